import CheckIn
import Database
import Dispatch
import Platform
import TestSupport
import Testing
import Watch

/// Two watchers live through the same hours; one is given the duress code where the other is given
/// the safe one. Whoever looks over her shoulder, or at the bytes, must not tell which is which.
@Suite("twins, one of them under threat")
struct DuressTwinTests {
    static let histories = torture ? 1_000 : 30

    @Test("the same bytes, rows, answers, status and news, whatever came before")
    func twins() throws {
        var states: [String: Int] = [:]
        for seed in 0..<Self.histories {
            let twins = try Twins(seed: UInt64(seed))
            try twins.live()
            #expect(twins.problems.isEmpty, "seed \(seed): \(twins.problems.prefix(3))")
            for state in twins.states { states[state, default: 0] += 1 }
        }
        // A code is typed at ease, when it is time, late, and when people have been alerted.
        for state in ["armed", "due", "grace", "overdue", "paused"] {
            #expect(states[state, default: 0] > 0, "\(states)")
        }
    }
}

private final class Twins {
    private final class Twin {
        let temporary: TemporaryStore
        let store: SQLiteWatchStore
        let engine: WatchEngine

        init(_ sample: Sample, seed: UInt64) throws {
            temporary = try TemporaryStore()
            store = try temporary.open()
            engine = WatchEngine(
                store: store, random: SeededRandom(seed: seed), writer: AlertWriter(zones: mexico))
            try engine.start(mark(start))
            _ = try engine.register(
                sample.registration, envelopes: sample.envelopes, now: start)
        }

        /// Each message is on its way for a moment, also one that only seems to be.
        ///
        /// - Returns: The kinds of what really left.
        func send(_ now: Instant) throws -> [String] {
            var flying: [Shipment] = []
            while let shipment = try engine.claim(now) { flying.append(shipment) }
            let arrival = now + .seconds(3)
            for shipment in flying { try engine.finish(shipment, .delivered, arrival) }
            #expect(try engine.claim(arrival) == nil)
            return flying.map(\.message.kind)
        }

        /// What lies open in the file, and how long what is sealed is.
        func rows() throws -> [String] {
            let database = try Database(path: temporary.path, access: .readOnly)
            var found: [String] = []
            for (table, columns) in [
                ("plan", "epoch, wake, length(box)"),
                ("checkin", "counter, issued, arrived, length(hash), length(answer)"),
                ("delivery", "epoch, tier, kind, state, due, length(box)"),
                ("tier_fire", "epoch, tier, at"), ("audit", "n, at, length(box)"),
                ("attempt", "number, at, outcome, length(box)"),
            ] {
                let words = columns.split(separator: ", ").map { "ifnull(\($0),'-')" }
                let statement = try database.prepare(
                    "SELECT \(words.joined(separator: " || '/' || ")) FROM \(table) ORDER BY 1")
                while try statement.step() { found.append(table + " " + (statement.text(0) ?? "")) }
            }
            return found
        }
    }

    private let random: SeededRandom
    private let sample: Sample
    private let twins: [Twin]
    private var now = start
    /// From then on the second one's contacts know what the first one's do not.
    private var isForced = false
    private(set) var states: [String] = []
    private(set) var problems: [String] = []

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        let sample = try Sample(
            seed: 21, promise: .interval(hour * 2, end: nil), grace: minute * 30,
            tiers: [.zero, hour], contacts: [["laura", "mesa"], ["abogado"]],
            channels: ["mail"], owner: true)
        self.sample = sample
        twins = try (0..<2).map { _ in try Twin(sample, seed: seed) }
    }

    func live() throws {
        for _ in 0..<12 {
            try pass(minute * (1 + Int(random.below(70))))
            switch random.below(6) {
            case 0: try order(.pause, seconds: 600 * (1 + random.below(6)))
            case 1: try order(.resume)
            default: try report()
            }
            // The next fixed look, and what follows from it.
            try pass(.seconds(20))
        }
    }

    private func pass(_ length: Duration) throws {
        let end = now + length
        while now < end {
            now = min(end, now + minute * 5)
            for twin in twins {
                try twin.engine.beat(mark(now))
                try twin.engine.tick(now)
                let left = try twin.send(now)
                guard isForced, twin === twins[1] else { continue }
                let told = left.filter { !["duress", "reminder", "hold-reminder"].contains($0) }
                if !told.isEmpty { problems.append("\(told) left at \(now - start)") }
            }
            compare("news", twins.map { $0.engine.takeNews().map { "\($0)" }.sorted() })
        }
        try compare("summary", twins.map { try $0.engine.summary($0.engine.plans()[0]) })
    }

    /// The first is told the truth; the second may be forced.
    private func report() throws {
        let kinds = [false, random.below(3) == 0]
        let tokens = kinds.map {
            $0 ? sample.duressToken(at: now).bytes : sample.token(at: now).bytes
        }
        compare("length", tokens.map(\.count))
        let boxKey = twins[0].temporary.keys.boxKey
        compare("sealed length", tokens.map { sealToWatcher($0, boxKey: boxKey)?.count })
        try tell(kinds[1]) { try $0.checkIn(tokens[$1], now: now) }
    }

    private func order(_ order: Order, seconds: UInt32 = 0) throws {
        let kinds = [false, random.below(3) == 0]
        let orders = kinds.map { sample.order(order, at: now, seconds: seconds, isForced: $0) }
        compare("length", orders.map(\.count))
        try tell(kinds[1]) { try $0.obey(orders[$1], now: now) }
    }

    private func tell(
        _ forces: Bool, _ send: (WatchEngine, Int) throws -> CheckInAnswer
    ) throws {
        if forces { states.append(try twins[0].engine.plans()[0].state.name) }
        let before = try twins.map { try $0.rows() }
        compare("answer", try twins.indices.map { try send(twins[$0].engine, $0) })
        compare("news", twins.map { $0.engine.takeNews().map { "\($0)" } })
        if !isForced {
            compare("rows", try twins.map { try $0.rows() })
        } else {
            // What is known apart lies there already; what this adds is the same.
            let added = try twins.indices.map { index in
                try twins[index].rows().count - before[index].count
            }
            compare("rows added", added)
        }
        isForced = isForced || forces
    }

    private func compare<Seen: Equatable>(_ what: String, _ seen: [Seen]) {
        guard seen[0] != seen[1] else { return }
        problems.append("\(what) at \(now - start): \(seen[0]) and \(seen[1])")
    }
}
