import CheckIn
import Commands
import Encoding
import Foundation
import Platform
import Primitives
import Secrets
import Synchronization
import TestSupport
import Testing
import Watch

/// A watcher that answers as it was told to, on a real socket.
private final class FakeWatcher: Sendable {
    let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    private let stopped = Mutex(false)
    private let heard = Mutex<[[UInt8]]>([])

    /// The boxes that were handed over.
    var boxes: [[UInt8]] { heard.withLock { $0 } }

    /// - Parameter answers: To one check-in after the other; nil for a store that fails.
    init(home: String, now: Instant, answers: [CheckInAnswer?]) throws {
        let listener = try LocalListener(folder: home, name: WatchSocket.name)
        let left = Mutex(answers)
        _ = Threads.start { [self] in
            while !stopped.withLock({ $0 }) {
                _ = Waiting.forReadable([listener.descriptor], limit: .milliseconds(50))
                while let connection = listener.accept(limit: .seconds(2)) {
                    try? WatchSocket.serve(connection) { request in
                        switch request {
                        case .hello:
                            return .greeting(
                                .init(now: now, boxKey: keys.boxKey, lastCounter: nil))
                        case .checkIn(let box):
                            heard.withLock { $0.append(box) }
                            let answer = left.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                            return answer.map { .answer($0) } ?? .refused(.store)
                        default: return .refused(.store)
                        }
                    }
                }
            }
        }
    }

    func stop() { stopped.withLock { $0 = true } }
}

@Suite("reporting in")
struct ReportInTests {
    private let desk: Desk
    private let plan = PlanID.random(SeededRandom(seed: 5))
    private let watcher = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    private var code: String {
        get throws {
            let code = PlanCode(random: SeededRandom(seed: 6), list: .english)
            return code.text.withBytes { span in
                String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
            }
        }
    }

    init() throws {
        desk = try Desk()
        let random = SeededRandom(seed: 7)
        let ticket = Ticket(
            plan: plan, label: try PlanLabel(parsing: "xalapa"),
            planSecret: SharedSecret(random.secret(count: 32)),
            ticketSeed: SharedSecret(random.secret(count: 32)), lastCounter: 0,
            watchers: [WatcherEntry(place: .thisMachine, boxKey: watcher.boxKey)], deadlines: [],
            zone: "America/Mexico_City", place: "Xalapa", isUntested: true)
        try LinuxFileSystem().createDirectories(desk.home + "/tickets")
        try LinuxFileSystem().writeNew(
            desk.home + "/tickets/\(plan)", ticket.serialized())
    }

    private var person: ScriptedTerminal { ScriptedTerminal(streams: [.error]) }

    @Test("a queued check-in that does not count never ends as though the watcher had it")
    func waitingSeesItsOwnAnswer() throws {
        // The first is what makes it wait; then the watcher is well.
        let answers: [(CheckInAnswer, Int32)] = [
            (.wrongCode(count: 1), 3), (.unknownPlan, 5), (.ended, 1), (.notOurs, 1),
        ]
        for (answer, exit) in answers {
            let fake = try FakeWatcher(
                home: desk.home, now: desk.clock.now, answers: [nil, answer])
            defer { fake.stop() }
            let result = desk.run(
                "ok", "--code-fd", "4", passphrase: nil, others: [4: try code], terminal: person)
            #expect(result.exit.rawValue == exit, "\(answer): \(result.error)")
            #expect(!result.output.contains("watcher has your check-in"))
            let left = try LinuxFileSystem().list(desk.home + "/queue").count
            #expect(left == (answer.isFinal ? 0 : 1))
            for name in try LinuxFileSystem().list(desk.home + "/queue") {
                try LinuxFileSystem().remove(desk.home + "/queue/" + name)
            }
        }
    }

    @Test("by a clock that says a year long gone nothing is armed", arguments: ["en", "es"])
    func armedInAYearLongGone(language: String) throws {
        let past = Instant(milliseconds: 1_600_000_000_000)
        let fake = try FakeWatcher(home: desk.home, now: past, answers: [])
        defer { fake.stop() }
        let result = desk.run(
            "checkin", "plan", "arm", "xalapa", "--untested", language: language)
        #expect(result.exit == .refused)
        #expect(result.error.contains(language == "en" ? "it says 2020" : "marca 2020"))
    }

    @Test("a check-in by a clock that says a year long gone waits, and that is said")
    func queuedInAYearLongGone() throws {
        desk.clock.set(now: Instant(milliseconds: 1_600_000_000_000))
        let result = desk.run("ok", "--code-fd", "4", passphrase: nil, others: [4: try code])
        #expect(result.exit == .network)
        #expect(result.error.contains("this machine's clock is wrong: it says 2020"))
    }

    @Test("the bytes that waited are handed over again, and their acceptance is what is told")
    func waitingIsAccepted() throws {
        let next = desk.clock.now + .seconds(3_600)
        let accepted = CheckInAnswer.accepted(.init(next: next, isStillOwed: false, allClear: []))
        let fake = try FakeWatcher(
            home: desk.home, now: desk.clock.now, answers: [nil, accepted])
        defer { fake.stop() }
        let result = desk.run(
            "ok", "--code-fd", "4", passphrase: nil, others: [4: try code], terminal: person)
        #expect(result.exit == .done, "\(result.error)")
        #expect(result.output.contains("reported in"))
        #expect(try LinuxFileSystem().list(desk.home + "/queue").isEmpty)
    }

    @Test("what is no ticket is not read as one: a crash's draft does not double the plan")
    func draftsAreNoTickets() throws {
        let files = LinuxFileSystem()
        let bytes = try files.read(desk.home + "/tickets/\(plan)", limit: 65_536)
        try files.writeNew(desk.home + "/tickets/\(plan).1f.new", bytes)
        let next = desk.clock.now + .seconds(3_600)
        let accepted = CheckInAnswer.accepted(.init(next: next, isStillOwed: false, allClear: []))
        let ended = CheckInAnswer.accepted(.init(next: nil, isStillOwed: false, allClear: []))
        let fake = try FakeWatcher(
            home: desk.home, now: desk.clock.now, answers: [accepted, ended])
        defer { fake.stop() }
        for _ in 0..<2 {
            let result = desk.run(
                "ok", "--code-fd", "4", passphrase: nil, others: [4: try code])
            #expect(result.exit == .done, "\(result.error)")
        }
        // The plan is over: nothing of it stays, the draft neither.
        #expect(try files.list(desk.home + "/tickets").isEmpty)
    }
}
