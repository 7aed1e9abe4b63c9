import CheckIn
import Dispatch
import Platform
import Secrets
import TestSupport
import Watch

/// One plan's life in a world that breaks: processes die between any two commits, the network goes,
/// servers lie about what they took, the journalist is late, silent or without a watcher.
///
/// What the engine does is compared with a few lines of arithmetic over what the journalist was
/// told (which check-ins were confirmed) and what contacts received.
final class Simulation {
    private let random: SeededRandom
    private let store = FlakyStore()
    private let sample: Sample
    private var engine: WatchEngine?
    private var now = start
    private var netUp = true
    private var flights: [(shipment: Shipment, ends: Instant, arrives: Bool)] = []
    private var queue: [Token] = []
    private var counter: UInt64 = 0

    // What the oracle knows.
    private var issuedAcked: [(issued: Instant, acked: Instant)] = []
    private(set) var received:
        [(at: Instant, id: [UInt8], contact: String, subject: String, text: String)] = []
    private(set) var problems: [String] = []
    private(set) var alarms = 0
    /// Since when watcher and network have both been there.
    private var goodSince = start
    private var spans: [(from: Instant, to: Instant)] = []

    private let interval: Duration
    private let grace: Duration

    init(seed: UInt64, sample: Sample, interval: Duration, grace: Duration) {
        random = SeededRandom(seed: seed)
        self.sample = sample
        self.interval = interval
        self.grace = grace
    }

    func run(for horizon: Duration) throws {
        engine = makeEngine()
        try boot()
        _ = try engine?.register(sample.registration, envelopes: [], now: now)
        issuedAcked.append((now, now))
        let end = start + horizon
        var nextReport = now + plannedGap()
        while now < end {
            let wake = (try? engine?.nextWake()) ?? nil
            var next = min(nextReport, now + minute * (3 + Int(random.below(20))))
            if let wake, wake > now { next = min(next, wake) }
            if let flight = flights.map(\.ends).min(), flight > now { next = min(next, flight) }
            now = max(next, now + .milliseconds(1))
            changeTheWeather()
            if now >= nextReport {
                report()
                nextReport = now + plannedGap()
            }
            work()
        }
        try settle()
        judge()
    }

    /// Mostly in time, sometimes late, sometimes silent for long.
    private func plannedGap() -> Duration {
        let minutes = Int(interval.wholeMilliseconds / 60_000)
        switch random.below(10) {
        case 0: return minute * (minutes * 3 + Int(random.below(UInt32(minutes * 3))))
        case 1, 2: return minute * (minutes + Int(random.below(UInt32(minutes))))
        default: return minute * (1 + Int(random.below(UInt32(minutes))))
        }
    }

    // MARK: The world

    private func changeTheWeather() {
        if engine != nil, random.below(100) < 4 { shutDown() }
        if engine == nil, random.below(100) < 35 { try? boot() }
        if random.below(100) < 5 {
            mark(good: false)
            netUp.toggle()
            mark(good: engine != nil && netUp)
        }
        // Before or after a commit, which is all that a crash can tell apart.
        store.crashes = engine != nil && random.below(100) < 6 ? Int(random.below(12)) : nil
    }

    private func mark(good: Bool) {
        if good {
            goodSince = now
        } else if engine != nil, netUp {
            spans.append((goodSince, now))
        }
    }

    private func makeEngine() -> WatchEngine {
        WatchEngine(
            store: store, random: random,
            writer: AlertWriter(answers: answerCodes, zones: { _ in nil }))
    }

    private func shutDown() {
        mark(good: false)
        engine = nil
        // What was under way dies with the process, after or before it arrived.
        for flight in flights where flight.arrives && random.below(2) == 0 {
            arrive(flight.shipment)
        }
        flights = []
    }

    private func boot() throws {
        store.crashes = nil
        let fresh = makeEngine()
        try fresh.start(Watch.ClockMark(bootID: [1], boot: now - start, now: now))
        engine = fresh
        goodSince = now
        // The watcher takes what waits before it looks at any deadline.
        flush()
    }

    /// A call into the engine, which may die of it.
    private func attempt(_ body: (WatchEngine) throws -> Void) {
        guard let engine else { return }
        do {
            try body(engine)
        } catch {
            shutDown()
        }
    }

    private func work() {
        attempt { try $0.beat(Watch.ClockMark(bootID: [1], boot: now - start, now: now)) }
        attempt { try $0.tick(now) }
        for flight in flights where flight.ends <= now && engine != nil {
            flights.removeAll { $0.shipment.delivery == flight.shipment.delivery }
            let result: DeliveryResult
            if flight.arrives {
                arrive(flight.shipment)
                // The connection may be cut after the last word.
                result =
                    random.below(6) == 0 ? .tryAgain(DeliveryReason(.connection)) : .delivered
            } else {
                result =
                    random.below(8) == 0
                    ? .refused(DeliveryReason(.reply, "550"))
                    : .tryAgain(DeliveryReason(.connection))
            }
            attempt { try $0.finish(flight.shipment, result, now) }
        }
        while flights.count < 4, engine != nil {
            var taken: Shipment?
            attempt { taken = try $0.claim(now) }
            guard let shipment = taken else { break }
            checkFalse(shipment)
            let length: Duration = .seconds(Int64(random.below(40)))
            flights.append((shipment, now + length, netUp && random.below(12) > 0))
        }
    }

    private func arrive(_ shipment: Shipment) {
        received.append(
            (
                now, shipment.message.id, shipment.message.contact, shipment.message.subject,
                shipment.message.text
            ))
    }

    // MARK: The journalist

    private func report() {
        counter = max(counter + 1, UInt64(now.milliseconds))
        let token = sample.token(counter, at: now)
        queue.append(token)
        flush()
    }

    private func flush() {
        while let token = queue.first, engine != nil {
            var answer: CheckInAnswer?
            attempt { answer = try $0.checkIn(token.bytes, now: now) }
            guard let answer else { return }
            queue.removeFirst()
            switch answer {
            case .accepted: issuedAcked.append((token.issued, now))
            // Taken in before a crash that kept its answer from arriving.
            case .behind(let last) where last >= token.counter:
                issuedAcked.append((token.issued, now))
            case .behind, .wrongCode, .future, .unknownPlan, .ended, .notOurs, .used:
                problems.append("check-in refused: \(answer)")
            }
        }
    }

    // MARK: The oracle

    /// The end of the grace that follows from what was confirmed by `moment`.
    private func graceEnd(at moment: Instant) -> Instant {
        var last = start
        for (issued, acked) in issuedAcked where acked <= moment {
            // A check-in whose own deadline had passed when it came does not undo an alarm.
            if issued + interval + grace > acked { last = max(last, issued) }
        }
        return last + interval + grace
    }

    private func checkFalse(_ shipment: Shipment) {
        guard shipment.message.subject.hasPrefix("ALERTA") else { return }
        alarms += 1
        if graceEnd(at: now) > now {
            problems.append(
                "false alarm at \(now - start), owed only at \(graceEnd(at: now) - start)")
        }
    }

    /// Everything works again, and stays so until nothing is left to do.
    private func settle() throws {
        store.crashes = nil
        if engine == nil { try boot() }
        mark(good: false)
        netUp = true
        goodSince = now
        let end = now + hour * 72
        while now < end {
            let next = [(try engine?.nextWake()) ?? nil, flights.map(\.ends).min()].compactMap {
                $0
            }
            .min()
            guard let next else { break }
            now = max(next, now + .milliseconds(1))
            attempt { try $0.beat(Watch.ClockMark(bootID: [1], boot: now - start, now: now)) }
            attempt { try $0.tick(now) }
            for flight in flights where flight.ends <= now {
                arrive(flight.shipment)
                attempt { try $0.finish(flight.shipment, .delivered, now) }
            }
            flights.removeAll { $0.ends <= now }
            while let shipment = try engine?.claim(now) {
                checkFalse(shipment)
                flights.append((shipment, now + .seconds(1), true))
            }
        }
        spans.append((goodSince, now))
    }

    private func judge() {
        let contacts = sample.registration.tiers.flatMap { $0 }
        // Lost: a silence during which watcher and network were there long enough.
        let counted = issuedAcked.filter { $0.issued + interval + grace > $0.acked }
        for (index, step) in counted.enumerated() {
            let due = step.issued + interval + grace
            let over = index + 1 < counted.count ? counted[index + 1].acked : now
            // The longest hold, and a few of the longest waits between two tries: in this world
            // one message in twelve fails for no reason.
            let slack = max(minute * 10, grace) + minute * 22
            let isHeard = received.contains {
                $0.subject.hasPrefix("ALERTA") && $0.contact == contacts[0].name && $0.at >= due
                    && $0.at <= over
            }
            let good = spans.contains { min($0.to, over) - max($0.from, due) > slack }
            if good, !isHeard, now > due + slack {
                problems.append("lost: silent from \(due - start) to \(over - start)")
            }
        }
        // The last word that everybody has is the true one.
        let isOverdue = graceEnd(at: now) <= now
        for contact in contacts {
            let heard = received.filter { $0.contact == contact.name }
            guard let last = heard.last else {
                if isOverdue { problems.append("\(contact.name) never heard") }
                continue
            }
            if last.subject.hasPrefix("ALERTA") != isOverdue {
                problems.append("\(contact.name) believes '\(last.subject)'")
            }
        }
        // Repeats are labelled.
        var seen: Set<[UInt8]> = []
        for message in received {
            let isLabelled = message.text.hasPrefix("(Repetición")
            if !seen.insert(message.id).inserted, !isLabelled {
                problems.append("a repeat without a label: \(message.subject)")
            }
        }
        if let engine, let entries = try? engine.audit(), AuditEntry.firstBreak(in: entries) != nil
        {
            problems.append("the audit does not hold")
        }
    }
}

/// A store whose process dies at a chosen transaction: before its commit or just after.
final class FlakyStore: WatchStore {
    struct Died: Error {}

    private let store = MemoryWatchStore()
    /// Half-steps until the crash; nil for none.
    var crashes: Int?

    func transaction<R>(
        _ body: (any WatchTables) throws(WatchError) -> R
    ) throws(WatchError) -> R {
        guard let left = crashes else { return try store.transaction(body) }
        crashes = left - 2
        if left == 0 {
            return try store.transaction { (tables) throws(WatchError) -> R in
                _ = try body(tables)
                throw .store(.busy)
            }
        }
        let result = try store.transaction(body)
        if left == 1 { throw .store(.busy) }
        return result
    }
}
