import CheckIn
import Database
import Dispatch
import Encoding
import Platform
import Secrets
import TestSupport
import Testing
import Watch

@Suite("a code that is typed under threat")
struct DuressTests {
    let sample: Sample
    let store = MemoryWatchStore()
    let watcher: WatchEngine

    init() throws {
        sample = try Sample(channels: ["mail"], owner: true)
        watcher = engine(store)
        try watcher.start(mark(start))
        _ = try watcher.register(sample.registration, envelopes: sample.envelopes, now: start)
    }

    private func pass(until now: Instant) throws {
        try watcher.beat(mark(now))
        try watcher.tick(now)
    }

    private func sent(_ now: Instant) throws -> [(contact: String, kind: MessageKind)] {
        var found: [(String, MessageKind)] = []
        while let shipment = try watcher.claim(now) {
            let row = try watcher.deliveries(sample.registration.plan).first {
                $0.id == shipment.delivery
            }
            found.append((shipment.message.contact, try #require(row).kind))
            try watcher.finish(shipment, .delivered, now)
        }
        return found
    }

    @Test("the answer, the status and the news are those of the safe code; contacts hear apart")
    func looksSafe() throws {
        let now = start + hour
        let twin = engine(MemoryWatchStore())
        try twin.start(mark(start))
        _ = try twin.register(sample.registration, envelopes: sample.envelopes, now: start)
        _ = watcher.takeNews()
        _ = twin.takeNews()
        #expect(
            try watcher.checkIn(sample.duressToken(at: now).bytes, now: now)
                == twin.checkIn(sample.token(at: now).bytes, now: now))
        let later = now + .seconds(16)
        for one in [watcher, twin] {
            try one.beat(mark(later))
            try one.tick(later)
        }
        while let shipment = try watcher.claim(later) {
            #expect(shipment.message.contact == "laura")
            #expect(
                shipment.message.subject
                    == "ALERTA: Ana está bajo amenaza. NO le llames ni le escribas")
            #expect(!shipment.message.attachments.isEmpty)
            #expect(!shipment.message.text.contains("Llámale"))
            try watcher.finish(shipment, .delivered, later)
        }
        #expect(watcher.takeNews() == twin.takeNews())
        #expect(
            try watcher.summary(watcher.plans()[0]) == twin.summary(twin.plans()[0]))
        // The later tier hears at its distance from the first.
        try pass(until: now + hour * 2)
        #expect(try sent(now + hour * 2).isEmpty)
        try pass(until: later + hour * 2)
        #expect(try sent(later + hour * 2).map(\.contact) == ["abogado"])
        #expect(watcher.takeNews().isEmpty)
    }

    @Test("rows of both kinds are alike: as many, as long, and the same outside the seal")
    func equalRows() throws {
        func rows(_ make: (Instant) -> [UInt8]) throws -> [String] {
            let temporary = try TemporaryStore()
            let engine = engine(try temporary.open())
            try engine.start(mark(start))
            _ = try engine.register(sample.registration, envelopes: [], now: start)
            let now = start + hour * 7
            try engine.beat(mark(now))
            try engine.tick(now)
            _ = try engine.checkIn(make(now), now: now)
            let database = try Database(path: temporary.path, access: .readOnly)
            var found: [String] = []
            let tables = [
                "plan": "epoch, wake, length(box)", "delivery": "kind, state, due, length(box)",
                "checkin": "counter, issued, arrived, length(hash), length(answer)",
                "audit": "n, at, length(box)", "tier_fire": "epoch, tier, at",
            ]
            for (table, columns) in tables.sorted(by: { $0.key < $1.key }) {
                let statement = try database.prepare(
                    "SELECT \(columns.split(separator: ", ").joined(separator: " || '/' || ")) "
                        + "FROM \(table) ORDER BY 1")
                while try statement.step() {
                    found.append(table + " " + (statement.text(0) ?? "-"))
                }
            }
            return found
        }
        let safe = try rows { sample.token(at: $0).bytes }
        #expect(safe == (try rows { sample.duressToken(at: $0).bytes }))
        #expect(safe.count >= 8)
    }

    @Test("no later code takes it back, and no message says that she is well")
    func nothingCancels() throws {
        var now = start + hour * 7
        try pass(until: now)
        #expect(try sent(now).contains { $0 == ("laura", .alert) })
        // Under an alarm, the duress code looks as if it had ended it.
        guard
            case .accepted(let accepted) = try watcher.checkIn(
                sample.duressToken(at: now).bytes, now: now)
        else {
            Issue.record("not accepted")
            return
        }
        #expect(accepted.allClear == ["laura"])
        now = now + .seconds(16)
        try pass(until: now)
        #expect(try sent(now).map(\.kind) == [.duress])
        for minutes in [1, 2, 3] {
            let later = now + minute * minutes
            _ = try watcher.checkIn(sample.token(at: later).bytes, now: later)
            try pass(until: later + .seconds(16))
            #expect(try sent(later + .seconds(16)).isEmpty)
        }
        now = now + hour
        // Orders only seem to work.
        _ = try watcher.obey(sample.order(.end, at: now), now: now)
        try pass(until: now + .seconds(16))
        #expect(try watcher.plans()[0].state.isEnded)
        #expect(try sent(now + .seconds(16)).isEmpty, "nobody is told that it is over")
        try pass(until: now + hour * 3)
        let last = try sent(now + hour * 3)
        #expect(last.map(\.contact) == ["abogado"] && last.map(\.kind) == [.duress])
    }

    @Test("a forced change keeps the people who were there before it")
    func forcedChange() throws {
        let now = start + hour
        let next = sample.changed(tiers: [
            [sample.registration.tiers[1][0]], [sample.registration.tiers[1][0]],
        ])
        let order = sample.order(
            .update, at: now, enclosure: next.serialized(), isForced: true)
        guard
            case .accepted(let accepted) = try watcher.update(
                order, next, envelopes: [], now: now)
        else {
            Issue.record("not accepted")
            return
        }
        #expect(accepted.waits.contains(.fewerContacts))
        try pass(until: now + .seconds(16))
        #expect(try sent(now + .seconds(16)).map(\.contact) == ["laura"])
        // A stricter one, which counts at once: the same.
        let other = try DuressTests()
        let stricter = other.sample.changed(tiers: [
            other.sample.registration.tiers[0] + other.sample.registration.tiers[1],
            other.sample.registration.tiers[1],
        ])
        _ = try other.watcher.update(
            other.sample.order(
                .update, at: now, enclosure: stricter.serialized(), isForced: true),
            stricter, envelopes: [], now: now)
        try other.pass(until: now + .seconds(16))
        #expect(try other.sent(now + .seconds(16)).map(\.contact) == ["laura"])
        #expect(try other.watcher.plans()[0].registration.tiers[0].count == 2, "as the screen says")
    }

    @Test("a missed deadline tells everybody anew, and calls it what it is")
    func silenceAfterwards() throws {
        let now = start + hour
        _ = try watcher.checkIn(sample.duressToken(at: now).bytes, now: now)
        try pass(until: now + .seconds(16))
        _ = try sent(now + .seconds(16))
        var later = now
        while later < now + hour * 12 {
            later = later + minute * 30
            try pass(until: later)
            #expect(try sent(later).allSatisfy { $0.kind == .duress || $0.contact == "me" })
        }
        #expect(
            try watcher.deliveries(sample.registration.plan).filter { $0.kind == .duress }
                .map(\.contact) == ["laura", "abogado", "laura", "abogado"])
    }

    @Test("two contacts hold it, and a code typed again tells everybody anew")
    func held() throws {
        let sample = try Sample(contacts: [["laura", "mesa"], ["abogado"]], channels: ["mail"])
        let watcher = engine()
        try watcher.start(mark(start))
        _ = try watcher.register(sample.registration, envelopes: [], now: start)
        let now = start + hour
        _ = try watcher.checkIn(sample.duressToken(at: now).bytes, now: now)
        let later = now + .seconds(16)
        try watcher.beat(mark(later))
        try watcher.tick(later)
        while let shipment = try watcher.claim(later) {
            try watcher.finish(shipment, .delivered, later)
            _ = try watcher.hold(
                code: try #require(DeliveryID(shipment.message.id)).code, plan: nil, now: later)
        }
        let row = try #require(try watcher.plans()[0].duress)
        #expect(row.machine.hold?.until == later + hour * 24)
        #expect(
            try watcher.deliveries(sample.registration.plan).filter { $0.kind == .held }.count == 2)
        let again = later + hour * 2
        _ = try watcher.checkIn(sample.duressToken(at: again).bytes, now: again)
        try watcher.beat(mark(again + .seconds(16)))
        try watcher.tick(again + .seconds(16))
        let fresh = try watcher.deliveries(sample.registration.plan).filter {
            $0.kind == .duress && $0.epoch == 2
        }
        #expect(fresh.map(\.contact) == ["laura", "mesa"])
    }

    @Test("a crash between code and look changes nothing")
    func crash() throws {
        let now = start + hour
        _ = try watcher.checkIn(sample.duressToken(at: now).bytes, now: now)
        let second = engine(store)
        let back = now + hour
        try second.start(mark(back))
        try second.tick(back)
        #expect(try second.claim(back)?.message.contact == "laura")
    }

    @Test("its entries do not show in the log that a screen reads")
    func log() throws {
        let now = start + hour
        _ = try watcher.checkIn(sample.duressToken(at: now).bytes, now: now)
        try pass(until: now + .seconds(16))
        _ = try sent(now + .seconds(16))
        let links = try watcher.log(after: 0, plan: sample.registration.plan)
        #expect(AuditHead.start.followed(by: links) != nil)
        #expect(
            links.compactMap { $0.entry?.event } == [.started, .armed, .checkIn])
    }
}
