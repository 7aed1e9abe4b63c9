internal import CheckIn
internal import Platform
internal import Primitives
internal import Secrets
internal import Watch
internal import Wording

/// Whether a watcher takes longer for one code than for the other: check-ins with the safe and with the
/// duress code in a random order, from the sealed bytes to the commit, on a file with every commit
/// synced as in use. Each trial has a plan as it was, so that both kinds find the same.
package struct CodesBench {
    private let report: Report
    private let folder: String
    private let trials: Int

    package init(_ report: Report, folder: String, trials: Int) {
        self.report = report
        self.folder = folder
        self.trials = trials
    }

    package func run() throws {
        let random = SystemRandom()
        let ticket = SharedSecret(random.secret(count: 32))
        let seeds = (0..<2).map { _ in SharedSecret(random.secret(count: 32)) }
        let start = Instant(milliseconds: 1_800_000_000_000)
        let plan = PlanID.random(random)
        let registration = try registration(
            plan, ([ticket] + seeds).map { Ed25519.publicKey(seed: $0.bytes) })
        let keys = WatchKeys(host: random.secret(count: 32))
        let store = try SQLiteWatchStore(path: Path.join(folder, "watch.db"), keys: keys)
        let engine = WatchEngine(
            store: store, random: random, writer: AlertWriter(zones: { _ in nil }))
        try engine.start(ClockMark(bootID: [1], boot: .zero, now: start))
        _ = try engine.register(registration, envelopes: [], now: start)
        var times: [[Double]] = [[], []]
        let clock = ContinuousClock()
        for trial in 0..<trials {
            // The same instant within a window: nothing is read, and no plan is under duress yet.
            let now = start + .milliseconds(Int64(trial) + 1)
            let kind = Int(random.below(2))
            let token = Token(
                plan: plan, counter: UInt64(now.milliseconds), issued: now,
                codeSeed: seeds[kind].bytes, ticketSeed: ticket.bytes)
            guard let box = sealToWatcher(token.bytes, boxKey: keys.boxKey) else { continue }
            let began = clock.now
            guard let opened = keys.open(box), case .accepted = try engine.checkIn(opened, now: now)
            else { return try report.complain("a check-in was not accepted") }
            let spent = clock.now - began
            times[kind].append(
                Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18)
        }
        let names = ["safe code", "duress code"]
        for (name, list) in zip(names, times) {
            try report.line(name + ", median", list.sorted()[list.count / 2] * 1e6, "µs")
        }
        let difference = Self.mean(times[1]) - Self.mean(times[0])
        let error =
            (Self.variance(times[0]) / Double(times[0].count)
            + Self.variance(times[1]) / Double(times[1].count)).squareRoot()
        try report.line("duress − safe, mean", difference * 1e6, "µs")
        try report.line("standard error of it", error * 1e6, "µs")
        try report.line("Welch's t", error > 0 ? difference / error : 0, "")
    }

    /// - Parameter publicKeys: Of the ticket, the safe and the duress code.
    private func registration(_ plan: PlanID, _ publicKeys: [[UInt8]]) throws -> Registration {
        let route = Route(
            channel: "mail", url: "smtp://127.0.0.1:25?from=me@example.org", password: nil,
            address: "laura@example.org")
        let laura = Listener(
            name: "laura", language: .spanish, phones: [], routes: [route], sheet: nil)
        return Registration(
            plan: plan, label: try PlanLabel(parsing: "medida"),
            ticketKey: publicKeys[0], safeKey: publicKeys[1], duressKey: publicKeys[2],
            terms: try LeaseTerms(
                promise: .interval(.seconds(21_600), end: nil), grace: .seconds(1_800),
                reminders: [], tiers: [.zero]),
            alias: "Ana", zone: "Etc/UTC", place: "UTC", language: .spanish, phones: [],
            tiers: [[laura]], owner: nil, isUntested: true)
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(values.count, 1))
    }

    private static func variance(_ values: [Double]) -> Double {
        let middle = mean(values)
        return values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
            / Double(max(values.count - 1, 1))
    }
}
