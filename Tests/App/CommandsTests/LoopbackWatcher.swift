import CheckIn
import Commands
import Foundation
import Platform
import Secrets
import Synchronization
import TestSupport
import Watch
import Wording

/// The engine of a watcher behind a real socket, which can go away in the middle of a sentence.
final class LoopbackWatcher: Sendable {
    enum Mood: Sendable {
        case well
        /// Gone after the greeting: before it takes a plan, or just after.
        case gone(taking: Bool)
        case refusing(WatchReply.Refusal)
    }

    private let mood = Mutex(Mood.well)
    private let stopped = Mutex(false)
    private let isGone = Mutex(false)
    private let known = Mutex([Registration]())
    private let home: String
    /// What a check-in for it is sealed to.
    let boxKey: [UInt8]

    init(home: String, host: [UInt8], clock: ManualClock) throws {
        self.home = home
        let listener = try LocalListener(folder: home, name: WatchSocket.name)
        let keys = WatchKeys(host: SecretBytes(copying: host.span))
        boxKey = keys.boxKey
        _ = Threads.start { [self] in
            let engine = WatchEngine(
                store: MemoryWatchStore(), random: SeededRandom(seed: 3),
                writer: AlertWriter(answers: keys.answers, zones: { _ in nil }))
            defer { isGone.withLock { $0 = true } }
            while !stopped.withLock({ $0 }) {
                _ = Waiting.forReadable([listener.descriptor], limit: .milliseconds(50))
                while let connection = listener.accept(limit: .seconds(2)) {
                    try? serve(connection, engine, keys, clock)
                }
            }
        }
    }

    private func serve(
        _ connection: LocalConnection, _ engine: WatchEngine, _ keys: WatchKeys,
        _ clock: ManualClock
    ) throws {
        guard let request = try WatchSocket.request(over: connection, clock: clock) else { return }
        let reply: WatchReply
        switch request {
        case .hello(let plan):
            let known = try engine.plans().first { $0.id == plan }
            reply = .greeting(
                .init(now: clock.now, boxKey: keys.boxKey, lastCounter: known?.lastCounter))
        case .register(let registration, _, let envelopes):
            func take() throws -> WatchReply {
                .armed(
                    deadline: try engine.register(
                        registration, envelopes: envelopes, now: clock.now))
            }
            switch mood.withLock({ $0 }) {
            case .well:
                do { reply = try take() } catch WatchError.differs { reply = .refused(.differs) }
            case .refusing(let refusal): reply = .refused(refusal)
            case .gone(let taking):
                if taking { _ = try take() }
                return
            }
        case .checkIn(let box):
            reply = .answer(
                try keys.open(box).map { try engine.checkIn($0, now: clock.now) } ?? .notOurs)
        case .order(let box):
            reply = .answer(
                try keys.open(box).map { try engine.obey($0, now: clock.now) } ?? .notOurs)
        case .status:
            reply = .status(
                try engine.plans().map { PlanSummary($0, deliveries: []) }, now: clock.now)
        case .drillReport(let plan): reply = .drill(try engine.drillReport(plan))
        case .rehearse(let registration, _):
            reply = .drill(try engine.rehearse(registration, now: clock.now))
        case .acknowledge(let code, let plan):
            reply = .contact(try engine.acknowledge(code: code, plan: plan, now: clock.now))
        case .update(let box, let registration, _, let envelopes):
            let answer = try keys.open(box).map {
                try engine.update($0, registration, envelopes: envelopes, now: clock.now)
            }
            reply = .answer(answer ?? .notOurs)
        case .card, .paper, .hold, .log, .release, .unlock: reply = .refused(.malformed)
        }
        let registrations = try engine.plans().map(\.registration)
        known.withLock { $0 = registrations }
        try WatchSocket.answer(reply, over: connection)
    }

    func be(_ mood: Mood) { self.mood.withLock { $0 = mood } }

    // MARK: What is in force

    private var registration: Registration? { known.withLock { $0.first } }

    var grace: Duration? { registration?.terms.grace }

    /// Where the first plan's alert would go.
    var addresses: Set<String> {
        let listeners = registration?.tiers.flatMap { $0 } ?? []
        return Set(listeners.flatMap(\.routes).compactMap(\.address))
    }

    var textCount: Int? { registration?.texts.all.count }

    var lastHour: Instant? {
        guard case .deadlines(let deadlines)? = registration?.terms.promise else { return nil }
        return deadlines.last
    }

    // MARK: Its end

    /// Its thread looks every twentieth of a second.
    func waitUntilGone() { _ = eventually(within: 10) { isGone.withLock { $0 } } }

    func stop() { stopped.withLock { $0 = true } }

    /// Ids of the plans whose alarm would go off, were they forgotten.
    var watched: [String] {
        guard case .status(let plans, _)? = try? WatchSocket.ask(.status, folder: home) else {
            return []
        }
        return plans.filter { $0.state != "ended" }.map(\.plan.description)
    }
}

extension LoopbackWatcher {
    /// The one of a desk on which a plan was made; it keeps the key that the vault has for it.
    static func beside(_ desk: Desk) throws -> LoopbackWatcher {
        // Draws the host key.
        let once = desk.run("watch", "--once")
        guard once.exit == .done else { throw Unready(words: once.error) }
        var host: [UInt8] = []
        try desk.withVault { vault in
            host = vault.records.last { $0.kind == 21 }?.fields.first(1) ?? []
        }
        guard host.count == 32 else { throw Unready(words: "no host key") }
        return try LoopbackWatcher(home: desk.home, host: host, clock: desk.clock)
    }

    struct Unready: Error {
        let words: String
    }
}
