import CheckIn
import Dispatch
import Platform
import TestSupport
import Testing
import Watch

/// She reports in just as the last people are about to be told. Whichever comes first, everybody
/// who got the alert learns that she is well, nobody is alerted after her check-in was taken, and
/// the next silence is an alarm again.
@Suite("a check-in that races the last tier")
struct RaceTests {
    static let interleavings = torture ? 100_000 : 2_000
    static let batches = 20

    @Test("in whatever order the steps of everybody come", arguments: 0..<batches)
    func races(_ batch: Int) throws {
        var endings: [Ending: Int] = [:]
        let samples = try [["mail"], ["mail", "folder"], ["sms", "mail", "spare"]].map {
            try Sample(
                seed: 11, promise: .interval(hour, end: nil), grace: minute * 15,
                tiers: [.zero, minute * 45], contacts: [["laura"], ["abogado"]], channels: $0)
        }
        for index in 0..<Self.interleavings / Self.batches {
            let seed = UInt64(batch * Self.interleavings + index)
            let race = Race(seed: seed, sample: samples[index % samples.count])
            try race.run()
            #expect(race.problems.isEmpty, "seed \(seed): \(race.problems.prefix(3))")
            endings[race.ending, default: 0] += 1
        }
        // Each way to end is met, or nothing was raced.
        for ending in Ending.allCases {
            let least = Self.interleavings / Self.batches / 100
            #expect(endings[ending, default: 0] >= least, "\(ending): \(endings)")
        }
    }
}

/// How far the last tier had come when the check-in was taken.
private enum Ending: CaseIterable {
    case untouched, fired, attempted, arrived
}

private final class Race {
    private let random: SeededRandom
    private let sample: Sample
    private let store = FlakyStore()
    private var engine: WatchEngine?
    private var now: Instant
    private let last: String
    private let token: Token

    /// Messages with a courier: they arrive, and then the watcher hears of it.
    private var flights: [(shipment: Shipment, begun: Instant, hasArrived: Bool)] = []
    private var received: [(contact: String, kind: MessageKind, id: DeliveryID, at: Instant)] = []
    private var taken: Instant?
    private var answer: CheckInAnswer?
    private(set) var ending = Ending.untouched
    private(set) var problems: [String] = []

    private var plan: PlanID { sample.registration.plan }

    init(seed: UInt64, sample: Sample) {
        random = SeededRandom(seed: seed)
        self.sample = sample
        last = sample.registration.tiers.last?.first?.name ?? ""
        // The last tier is due in two hours; she is some seconds before or after it.
        now = start + hour * 2 - .seconds(Int64(random.below(20)))
        token = sample.token(at: now + .seconds(Int64(random.below(10))))
    }

    func run() throws {
        try boot(at: start)
        _ = try engine?.register(sample.registration, envelopes: sample.envelopes, now: start)
        let first = start + minute * 75
        try engine?.beat(mark(first))
        try engine?.tick(first)
        while let shipment = try engine?.claim(first) {
            // Most of the first tier has been told long ago.
            if random.below(4) > 0 {
                try arrive(shipment, first)
                try engine?.finish(shipment, .delivered, first)
            } else {
                try engine?.finish(shipment, .tryAgain(DeliveryReason(.connection)), first)
            }
        }
        let begun = now
        while now < begun + .seconds(45) || engine == nil || answer == nil {
            now = now + .milliseconds(Int64(random.below(1_200)))
            try step()
        }
        try settle()
        try judge()
    }

    // MARK: One step of somebody

    private func step() throws {
        store.crashes = engine != nil && random.below(12) == 0 ? Int(random.below(6)) : nil
        defer { store.crashes = nil }
        while flights.contains(where: { now - $0.begun > .seconds(30) }) { try courier() }
        switch random.below(8) {
        case 0 where engine == nil, 1 where engine == nil: try boot(at: now)
        case 0 where random.below(6) == 0: die()
        case 1, 2:
            attempt { try $0.beat(mark(now)) }
            attempt { try $0.tick(now) }
            note()
        case 3, 4: claim()
        case 5: try courier()
        case 6 where now >= token.issued: try report()
        default: break
        }
    }

    private func boot(at moment: Instant) throws {
        store.crashes = nil
        let fresh = WatchEngine(
            store: store, random: random, writer: AlertWriter(zones: { _ in nil }))
        try fresh.start(mark(moment))
        engine = fresh
        // What waits in the queue is taken before any deadline is looked at.
        if answer == nil, moment >= token.issued, moment > start, random.below(2) == 0 {
            try report()
        }
    }

    private func die() {
        engine = nil
        // What was on its way may have arrived.
        for flight in flights where !flight.hasArrived && random.below(2) == 0 {
            try? arrive(flight.shipment, now)
        }
        flights = []
    }

    private func attempt(_ body: (WatchEngine) throws -> Void) {
        guard let engine else { return }
        do { try body(engine) } catch { die() }
    }

    private func claim() {
        guard flights.count < 4 else { return }
        var shipment: Shipment?
        attempt { shipment = try $0.claim(now) }
        guard let shipment else { return }
        flights.append((shipment, now, false))
        if let taken, kind(shipment.delivery) == .alert {
            problems.append("an alert was begun \(now - taken) after the check-in was taken")
        }
    }

    private func courier() throws {
        guard !flights.isEmpty else { return }
        // No courier is given a minute.
        let late = flights.firstIndex { now - $0.begun > .seconds(30) }
        let place = late ?? Int(random.below(UInt32(flights.count)))
        let flight = flights[place]
        if flight.hasArrived {
            flights.remove(at: place)
            attempt { try $0.finish(flight.shipment, .delivered, now) }
        } else if random.below(8) == 0 {
            flights.remove(at: place)
            attempt { try $0.finish(flight.shipment, .tryAgain(DeliveryReason(.connection)), now) }
        } else {
            try arrive(flight.shipment, now)
            if place < flights.count { flights[place].hasArrived = true }
        }
    }

    private func report() throws {
        var heard: CheckInAnswer?
        attempt { heard = try $0.checkIn(token.bytes, now: now) }
        note()
        guard let heard else { return }
        if let answer, answer != heard { problems.append("\(answer), then \(heard)") }
        answer = heard
    }

    // MARK: What is seen

    private func rows<R>(_ body: (any WatchTables) throws(WatchError) -> R) throws -> R {
        let crashes = store.crashes
        store.crashes = nil
        defer { store.crashes = crashes }
        return try store.transaction(body)
    }

    /// The moment at which the check-in was committed, answered or not.
    private func note() {
        guard taken == nil,
            let row = try? rows({ (tables) throws(WatchError) in try tables.plan(plan) }),
            row.lastCounter >= token.counter
        else { return }
        taken = now
        let alerts =
            (try? rows { (tables) throws(WatchError) in try tables.deliveries(plan) }) ?? []
        let mine = alerts.filter { $0.contact == last && $0.kind == .alert }
        let ids = Set(mine.map(\.id))
        if received.contains(where: { ids.contains($0.id) }) {
            ending = .arrived
        } else if mine.contains(where: { $0.attempts > 0 }) {
            ending = .attempted
        } else if !mine.isEmpty {
            ending = .fired
        }
    }

    private func kind(_ id: DeliveryID) -> MessageKind? {
        (try? rows { (tables) throws(WatchError) in try tables.delivery(id) })?.kind
    }

    private func arrive(_ shipment: Shipment, _ at: Instant) throws {
        guard let kind = kind(shipment.delivery) else { return }
        received.append((shipment.message.contact, kind, shipment.delivery, at))
    }

    // MARK: The end

    /// All goes well from here on, for half an hour.
    private func settle() throws {
        store.crashes = nil
        if engine == nil { try boot(at: now) }
        let end = now + minute * 30
        while now < end {
            now = now + .seconds(5)
            try engine?.beat(mark(now))
            try engine?.tick(now)
            for flight in flights {
                if !flight.hasArrived { try arrive(flight.shipment, now) }
                try engine?.finish(flight.shipment, .delivered, now)
            }
            flights = []
            while let shipment = try engine?.claim(now) {
                flights.append((shipment, now, false))
                if kind(shipment.delivery) == .alert {
                    problems.append("an alert was begun long after the check-in")
                }
            }
        }
    }

    private func judge() throws {
        guard case .accepted(let accepted) = answer, let taken else {
            return problems.append("the check-in was answered \(String(describing: answer))")
        }
        if accepted.next != token.issued + hour { problems.append("it counts from elsewhere") }
        let all = try engine?.deliveries(plan) ?? []
        for contact in sample.registration.tiers.flatMap({ $0 }) {
            let heard = received.filter { $0.contact == contact.name }
            let alerts = heard.filter { $0.kind == .alert }
            let clears = heard.filter { $0.kind == .allClear }
            if !alerts.isEmpty, heard.last?.kind != .allClear {
                problems.append("\(contact.name) is left with \(heard.map(\.kind))")
            }
            let wasTried = all.contains {
                $0.contact == contact.name && $0.kind == .alert && $0.attempts > 0
            }
            if !clears.isEmpty, !wasTried { problems.append("\(contact.name) was never alerted") }
            if clears.contains(where: { $0.at < taken }) { problems.append("cleared too early") }
        }
        let event = [AuditEntry.Event.fired.rawValue]
        let fired =
            try engine?.audit().count { $0.fields.first(1) == event && $0.fields.u32(4) == 1 } ?? 0
        if fired > 1 { problems.append("the last tier fired \(fired) times") }
        // The next silence.
        let before = all.count { $0.kind == .alert }
        let due = token.issued + hour + minute * 15
        try engine?.beat(mark(due - .milliseconds(1)))
        try engine?.tick(due - .milliseconds(1))
        if try engine?.deliveries(plan).count(where: { $0.kind == .alert }) != before {
            problems.append("an alarm before the next promise lapsed")
        }
        try engine?.beat(mark(due))
        try engine?.tick(due)
        let fresh = try engine?.deliveries(plan).count { $0.kind == .alert } ?? 0
        if fresh == before { problems.append("the next silence is no alarm") }
    }
}
