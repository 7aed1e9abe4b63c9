import CheckIn
import Dispatch
import Platform
import TestSupport
import Testing
import Watch

/// A laptop whose clock is set wrong, that sleeps, and whose watcher is closed and opened again.
/// She reports in time whenever the machine is awake, and soon after it wakes: nobody may be
/// alerted. In the end she is silent, and everybody must be.
@Suite("clocks, sleep and downtime, by seed")
struct ClockSimulationTests {
    static let histories = torture ? 10_000 : 40
    static let batches = 20

    @Test(
        "no false alarm while she reports, and the alarm when she does not", arguments: 0..<batches)
    func histories(_ batch: Int) throws {
        var events: [String: Int] = [:]
        for index in 0..<Self.histories / Self.batches {
            let seed = UInt64(batch * Self.histories + index)
            let laptop = try Laptop(seed: seed)
            try laptop.live()
            #expect(laptop.problems.isEmpty, "seed \(seed): \(laptop.problems.prefix(3))")
            events.merge(laptop.events, uniquingKeysWith: +)
        }
        for event in ["±1 s", "±1 h", "±30 d", "1970", "suspended", "closed", "reminded"]
        where Self.histories >= 10_000 {
            #expect(events[event, default: 0] > 100, "\(event): \(events)")
        }
    }
}

private final class Laptop {
    private let random: SeededRandom
    private let sample: Sample
    private let store = MemoryWatchStore()
    private let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    private let clock = ManualClock(now: start, boot: .seconds(100), bootID: [1])
    private let courier = NotingCourier()
    private var service: WatchService?
    private let interval: Duration
    private let grace: Duration
    /// What really passed, whatever a clock says.
    private var real: Duration = .zero
    /// She has until then, in real time.
    private var owed: Duration
    private(set) var events: [String: Int] = [:]
    private(set) var problems: [String] = []

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        interval = minute * (60 + Int(random.below(600)))
        grace = minute * (15 + Int(random.below(90)))
        sample = try Sample(
            seed: 31, promise: .interval(interval, end: nil), grace: grace, tiers: [.zero],
            contacts: [["laura"]], channels: ["mail"], owner: true)
        owed = interval
    }

    func live() throws {
        try open()
        guard
            case .armed = answer(
                .register(
                    sample.registration,
                    signature: sample.registration.signature(ticketSeed: sample.ticketSeed.bytes),
                    envelopes: []))
        else { return problems.append("not armed") }
        for _ in 0..<8 {
            try happen()
            // She reports in some time before it is due.
            let left = owed - real
            let wait = left / Int(2 + random.below(8))
            pass(max(.zero, min(left - minute, wait)))
            report()
        }
        check()
        // Silence. Clocks that are doubted hold an alarm for ten minutes, an outage for as long as
        // it lasted and no longer than the grace.
        pass(owed - real + grace * 2 + minute * 25)
        if try alerts() == 0 { problems.append("nobody heard of the silence") }
    }

    // MARK: What may happen to a laptop

    private func happen() throws {
        switch random.below(7) {
        case 0: jump("±1 s", .seconds(random.below(2) == 0 ? 1 : -1))
        case 1: jump("±1 h", random.below(2) == 0 ? hour : hour * -1)
        case 2: jump("±30 d", random.below(2) == 0 ? hour * 720 : hour * -720)
        case 3:
            note("1970")
            clock.set(now: Instant(milliseconds: Int64(random.below(100_000))))
        case 4: try sleep()
        case 5: try close()
        default: break
        }
    }

    private func note(_ event: String) { events[event, default: 0] += 1 }

    private func jump(_ event: String, _ length: Duration) {
        note(event)
        clock.set(now: clock.now + length)
    }

    /// A minute to three days.
    private func away() -> Duration {
        random.below(2) == 0
            ? .seconds(Int64(60 + random.below(7_200))) : .seconds(Int64(random.below(259_200)))
    }

    private func sleep() throws {
        note("suspended")
        let length = away()
        clock.advance(by: length)
        real += length
        service?.round()
        wake()
    }

    private func close() throws {
        note("closed")
        service = nil
        let length = away()
        clock.advance(by: length)
        real += length
        try open()
        service?.round()
        wake()
    }

    /// She sees what is owed, and reports within the ten minutes that she is always given.
    private func wake() {
        pass(.seconds(Int64(random.below(540))))
        if real > owed { note("reminded") }
        report()
    }

    // MARK: The watcher

    private func open() throws {
        let engine = WatchEngine(
            store: store, random: random, writer: AlertWriter(zones: { _ in nil }))
        let fresh = try WatchService(
            engine: engine, keys: keys, courier: courier, clock: clock, drain: { _ in },
            tell: { _ in })
        try fresh.once()
        service = fresh
    }

    private func pass(_ length: Duration) {
        var left = length
        while left > .zero {
            let step = min(left, .seconds(Int64(20 + random.below(19))))
            clock.advance(by: step)
            real += step
            left -= step
            service?.round()
        }
    }

    private func answer(_ request: WatchRequest) -> WatchReply? { service?.answer(request) }

    /// As `amparo ok` does it: by the watcher's clock, again at once where it has heard of more.
    private func report() {
        guard case .greeting(let greeting) = answer(.hello(sample.registration.plan)) else {
            return problems.append("no greeting")
        }
        let counter = Token.counter(after: greeting.lastCounter ?? 0, now: greeting.now)
        let token = sample.token(counter, at: greeting.now)
        guard let box = sealToWatcher(token.bytes, boxKey: keys.boxKey),
            case .answer(.accepted) = answer(.checkIn(box))
        else { return problems.append("a check-in was not taken at \(real)") }
        owed = real + interval
        check()
    }

    private func alerts() throws -> Int {
        try store.transaction { (tables) throws(WatchError) in
            try tables.deliveries(sample.registration.plan).count { $0.kind == .alert }
        }
    }

    private func check() {
        if (try? alerts()) != 0, problems.isEmpty {
            problems.append("false alarm by \(real), after \(events)")
        }
    }
}
