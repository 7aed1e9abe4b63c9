import CheckIn
import Database
import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing
import Watch

/// One suite for every store.
@Suite("watch stores")
struct WatchStoreTests {
    enum Kind: CaseIterable { case memory, sqlite }

    let temporary: TemporaryStore

    init() throws { temporary = try TemporaryStore() }

    func store(_ kind: Kind) throws -> any WatchStore {
        switch kind {
        case .memory: MemoryWatchStore()
        case .sqlite: try temporary.open()
        }
    }

    func row(_ contact: String, due: Instant = start, state: DeliveryRow.State = .pending)
        throws -> DeliveryRow
    {
        var row = DeliveryRow(
            plan: try Sample().registration.plan, epoch: 1, tier: 0, kind: .alert,
            contact: contact, channel: "mail", created: start, state: state)
        row.due = due
        return row
    }

    @Test("plans come back as put, ordered by their wake", arguments: Kind.allCases)
    func plans(_ kind: Kind) throws {
        let store = try store(kind)
        let early = try Sample(seed: 1, promise: .interval(hour, end: nil))
        let late = try Sample(seed: 2)
        try store.transaction { (tables) throws(WatchError) in
            #expect(try tables.firstWake() == nil)
            for sample in [late, early] {
                var plan = PlanRow(registration: sample.registration, state: .draft)
                try tables.put(plan)
                #expect(try tables.firstWake() == nil || sample.registration == early.registration)
                let armed = try? plan.state.after(
                    .arm, terms: sample.registration.terms, now: start)
                plan.state = armed?.state ?? .draft
                plan.lastCounter = .max
                plan.outage = minute
                plan.lastSeen = start
                try tables.put(plan)
                #expect(try tables.plan(plan.id) == plan)
            }
            #expect(try tables.plans().count == 2)
            #expect(try tables.firstWake() == start + minute * 30)
            #expect(try tables.duePlans(start + minute * 29).isEmpty)
            #expect(
                try tables.duePlans(start + hour * 9)
                    == [early.registration.plan, late.registration.plan])
            try tables.purge(early.registration.plan)
            #expect(try tables.plan(early.registration.plan) == nil)
            #expect(try tables.plans().count == 1)
        }
    }

    @Test("a transaction that throws leaves nothing", arguments: Kind.allCases)
    func rollback(_ kind: Kind) throws {
        let store = try store(kind)
        let sample = try Sample()
        let delivery = try row("laura")
        #expect(throws: WatchError.damagedRow) {
            try store.transaction { (tables) throws(WatchError) in
                try tables.put(PlanRow(registration: sample.registration, state: .draft))
                try tables.insert(delivery)
                try tables.openCoverage(start)
                try tables.append(AuditEntry(after: nil, at: start, .started))
                throw WatchError.damagedRow
            }
        }
        try store.transaction { (tables) throws(WatchError) in
            #expect(try tables.plans().isEmpty)
            #expect(try tables.delivery(delivery.id) == nil)
            #expect(try tables.coverage(since: start - hour).isEmpty)
            #expect(try tables.audit().isEmpty)
        }
    }

    @Test("a tier fires once per epoch, a delivery is inserted once", arguments: Kind.allCases)
    func unique(_ kind: Kind) throws {
        let plan = try Sample().registration.plan
        let delivery = try row("laura")
        try store(kind).transaction { (tables) throws(WatchError) in
            #expect(try tables.insertFire(plan, epoch: 1, tier: 0, at: start))
            #expect(try !tables.insertFire(plan, epoch: 1, tier: 0, at: start + hour))
            #expect(try tables.insertFire(plan, epoch: 2, tier: 0, at: start))
            #expect(try tables.insert(delivery))
            #expect(try !tables.insert(delivery))
        }
    }

    @Test(
        "the longest due is next, a claimed one is not, a void claim is again",
        arguments: Kind.allCases)
    func claims(_ kind: Kind) throws {
        let first = try row("laura", due: start)
        let second = try row("abogado", due: start + .seconds(5))
        let standby = try row("mesa", state: .standby)
        try store(kind).transaction { (tables) throws(WatchError) in
            #expect(try tables.firstDelivery() == nil)
            for delivery in [second, first, standby] { try tables.insert(delivery) }
            #expect(
                try tables.deliveries(first.plan).map(\.contact) == ["abogado", "laura", "mesa"])
            #expect(try tables.firstDelivery() == start)
            #expect(try tables.nextDelivery(start - .milliseconds(1)) == nil)
            #expect(try tables.nextDelivery(start + hour) == first)
            var claimed = first
            claimed.claimedUntil = start + minute
            claimed.fence = 1
            claimed.failures = 3
            claimed.isRefused = true
            try tables.update(claimed)
            #expect(try tables.delivery(first.id) == claimed)
            #expect(try tables.nextDelivery(start) == nil)
            #expect(try tables.firstDelivery() == start + .seconds(5))
            #expect(try tables.nextDelivery(start + .seconds(59)) == second)
            #expect(try tables.nextDelivery(start + minute)?.id == first.id)
            try tables.voidClaims()
            #expect(try tables.nextDelivery(start)?.id == first.id)
            claimed.state = .delivered
            try tables.update(claimed)
            #expect(try tables.nextDelivery(start) == nil)
        }
    }

    @Test("check-ins, attempts, envelopes, coverage and marks come back", arguments: Kind.allCases)
    func rest(_ kind: Kind) throws {
        let plan = try Sample().registration.plan
        let delivery = try row("laura")
        let checkIn = CheckInRow(
            plan: plan, counter: .max, hash: [1], issued: start, arrived: start + hour,
            answer: [2])
        try store(kind).transaction { (tables) throws(WatchError) in
            try tables.insert(checkIn)
            #expect(try tables.checkIn(plan, counter: .max) == checkIn)
            #expect(try tables.checkIn(plan, counter: 1) == nil)
            try tables.insert(delivery)
            var attempt = AttemptRow(
                delivery: delivery.id, number: 1, at: start, outcome: .unknown, reason: "")
            try tables.put(attempt)
            attempt.outcome = .failed
            attempt.reason = "reply: 451"
            try tables.put(attempt)
            #expect(try tables.attempts(delivery.id) == [attempt])
            try tables.putEnvelope(plan, hash: [9], [1, 2, 3])
            #expect(try tables.envelope(plan, hash: [9]) == [1, 2, 3])
            #expect(try tables.envelope(plan, hash: [8]) == nil)

            try tables.openCoverage(start)
            try tables.extendCoverage(to: start + minute)
            try tables.extendCoverage(to: start)
            try tables.openCoverage(start + hour)
            try tables.extendCoverage(to: start + hour * 2)
            let all = [
                Coverage(from: start, to: start + minute),
                Coverage(from: start + hour, to: start + hour * 2),
            ]
            #expect(try tables.coverage(since: start) == all)
            #expect(try tables.coverage(since: start + minute * 2) == [all[1]])
            try tables.dropCoverage(before: start + minute * 2)
            #expect(try tables.coverage(since: start) == [all[1]])

            #expect(try tables.clockMark() == nil)
            try tables.put(mark(start))
            try tables.put(mark(start + hour))
            #expect(try tables.clockMark() == mark(start + hour))

            try tables.purge(plan)
            #expect(try tables.checkIn(plan, counter: .max) == nil)
            #expect(try tables.delivery(delivery.id) == nil)
            #expect(try tables.attempts(delivery.id).isEmpty)
            #expect(try tables.envelope(plan, hash: [9]) == nil)
        }
    }

    @Test("codes of a card, answers and unread check-ins come back", arguments: Kind.allCases)
    func codes(_ kind: Kind) throws {
        let plan = try Sample().registration.plan
        let delivery = try row("laura")
        let codes = (1...4).flatMap { number in
            CodeKind.allCases.map { kind in
                PaperCodeRow(
                    hash: [UInt8(number), kind.rawValue] + [UInt8](repeating: 7, count: 30),
                    number: number, kind: kind)
            }
        }
        try store(kind).transaction { (tables) throws(WatchError) in
            #expect(try tables.paperCodes(plan).isEmpty)
            try tables.replacePaperCodes(plan, with: codes)
            #expect(try tables.paperCodes(plan) == codes)
            try tables.usePaperCode(plan, number: 3, at: start)
            let used = try tables.paperCodes(plan).filter { $0.used != nil }
            #expect(used.map(\.number) == [3, 3] && used.allSatisfy { $0.used == start })
            try tables.replacePaperCodes(plan, with: Array(codes.prefix(2)))
            #expect(try tables.paperCodes(plan).count == 2)

            try tables.insert(delivery)
            let acks = [
                AckRow(delivery: delivery.id, at: start, contact: "laura", kind: .acknowledged),
                AckRow(
                    delivery: delivery.id, at: start + minute, contact: "laura", kind: .spoken),
            ]
            for ack in acks.reversed() { try tables.put(ack) }
            #expect(try tables.acks(plan) == acks)

            for counter: UInt64 in [5, 9, 7] {
                try tables.insert(
                    CheckInRow(
                        plan: plan, counter: counter, hash: [1], issued: start, arrived: start,
                        answer: [2, 3], kind: counter == 7 ? .duress : .safe))
            }
            #expect(try tables.checkIns(plan, after: 5).map { $0?.counter } == [7, 9])
            #expect(try tables.checkIns(plan, after: 5).map { $0?.kind } == [.duress, .safe])
            #expect(try tables.checkIns(plan, after: 5).allSatisfy { $0?.answer == [2, 3] })

            try tables.append(AuditEntry(after: nil, at: start, .started))
            #expect(try tables.audit(after: 0).count == 1)
            #expect(try tables.audit(after: 1).isEmpty)

            try tables.purge(plan)
            #expect(try tables.paperCodes(plan).isEmpty)
            #expect(try tables.acks(plan).isEmpty)
            #expect(try tables.checkIns(plan, after: 0).isEmpty)
        }
    }

    @Test("a plan's row keeps what waits beside its state", arguments: Kind.allCases)
    func planRow(_ kind: Kind) throws {
        let sample = try Sample()
        var machine = Duress(at: start)
        _ = machine.handle(.tick, sample.registration.terms, now: start)
        _ = machine.handle(.holdByContacts, sample.registration.terms, now: start + minute)
        var row = PlanRow(registration: sample.registration, state: .draft)
        row.readCounter = 7
        row.look = start
        row.deferred = [
            .remind(1), .remindOfHold, .alert(tier: 2), .allClear(epoch: 3), .retract(epoch: 4),
            .announce(.update), .announceLease(until: start), .announceHold(until: start + hour),
        ]
        row.before = sample.registration
        row.amendment = Amendment(
            registration: sample.registration, ready: start + hour, isMet: true)
        row.duress = DuressRow(machine: machine, registration: sample.registration)
        row.drill = DrillRow(number: 3, at: start)
        try store(kind).transaction { (tables) throws(WatchError) in
            try tables.put(row)
            #expect(try tables.plan(row.id) == row)
        }
    }

    @Test(
        "time put back: what waits is due now, and no coverage lies ahead", arguments: Kind.allCases
    )
    func lowerTime(_ kind: Kind) throws {
        let now = start + hour
        var late = try row("laura", due: start + hour * 9)
        late.claimedUntil = start + hour * 9 + minute
        late.fence = 2
        // Claimed with the clock that is right, and due before: they stay as they are.
        var claimed = try row("abogado", due: start)
        claimed.claimedUntil = now + minute
        let due = try row("mesa", due: now)
        var claimedLate = try row("editora", due: start)
        claimedLate.claimedUntil = now + minute + .milliseconds(1)
        let done = try row("red", due: start + hour * 9, state: .delivered)
        let rows = [late, claimed, due, claimedLate, done]
        try store(kind).transaction { (tables) throws(WatchError) in
            for row in rows { try tables.insert(row) }
            try tables.openCoverage(start)
            try tables.extendCoverage(to: start + minute)
            try tables.openCoverage(start + minute * 30)
            try tables.extendCoverage(to: start + hour * 9)
            try tables.openCoverage(start + hour * 8)
            try tables.lowerTime(to: now)
            late.due = now
            late.claimedUntil = nil
            claimedLate.due = now
            claimedLate.claimedUntil = nil
            #expect(try tables.deliveries(late.plan) == [late, claimed, due, claimedLate, done])
            #expect(
                try tables.coverage(since: start) == [
                    Coverage(from: start, to: start + minute),
                    Coverage(from: start + minute * 30, to: now),
                ])
            // Nothing is left to be lowered.
            try tables.lowerTime(to: now)
            #expect(try tables.firstDelivery() == now)
        }
    }

    @Test(
        "the audit is a chain: nothing in it can be changed, cut or moved", arguments: Kind.allCases
    )
    func audit(_ kind: Kind) throws {
        let store = try store(kind)
        let plan = try Sample().registration.plan
        let entries = try store.transaction { (tables) throws(WatchError) -> [AuditEntry] in
            for index in 0..<5 {
                try tables.append(
                    AuditEntry(
                        after: tables.lastAudit(), at: start + minute * index, .attempt,
                        plan: plan, epoch: 1, tier: index))
            }
            return try tables.audit()
        }
        #expect(AuditEntry.firstBreak(in: entries) == nil)
        #expect(entries.last?.number == 5 && entries.last?.event == .attempt)
        for index in entries.indices {
            var cut = entries
            cut.remove(at: index)
            #expect((AuditEntry.firstBreak(in: cut) == nil) == (index == 4))
            let old = entries[index]
            var altered = entries
            altered[index] = AuditEntry(
                number: old.number, at: old.at + minute, fields: old.fields, hash: old.hash)
            #expect(AuditEntry.firstBreak(in: altered) == old.number)
        }
    }

    @Test("the file shows no name, no address, no text; another key opens nothing")
    func sealed() throws {
        let sample = try Sample()
        do {
            let engine = engine(try temporary.open())
            try engine.start(mark(start))
            _ = try engine.register(
                sample.registration, envelopes: sample.envelopes, now: start)
            try engine.tick(start + hour * 7)
            _ = try engine.claim(start + hour * 7)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path) {
            let bytes = try Data(contentsOf: temporary.folder.appending(path: name))
            for word in ["laura", "example.org", "xalapa", "Ana", "Xalapa", "Mexico"] {
                #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
            }
        }
        let stranger = WatchKeys(host: SeededRandom(seed: 5).secret(count: 32))
        let other = try SQLiteWatchStore(path: temporary.path, keys: stranger)
        #expect(throws: WatchError.damagedRow) {
            try other.transaction { (tables) throws(WatchError) in _ = try tables.plans() }
        }
    }

    @Test("boxes moved to another row do not open")
    func moved() throws {
        do {
            let engine = engine(try temporary.open())
            for seed in 1...2 {
                _ = try engine.register(
                    Sample(seed: UInt64(seed)).registration, envelopes: [], now: start)
            }
        }
        do {
            let database = try Database(path: temporary.path, access: .readWrite)
            try database.execute(
                "UPDATE plan SET box=(SELECT box FROM plan ORDER BY id LIMIT 1)")
        }
        let engine = engine(try temporary.open())
        #expect(try engine.plans().count == 1)
        #expect(engine.takeNews().count == 1)
    }
}
