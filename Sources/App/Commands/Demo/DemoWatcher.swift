internal import CommandLineKit
internal import Platform
internal import Synchronization
internal import Wording

/// `amparo watch` in the reporter's home, on a thread of the tour, until the tour is over.
final class DemoWatcher: Sendable {
    private let ended = Mutex<ExitCode?>(nil)
    private static let tick: Duration = .milliseconds(100)

    /// - Returns: nil when the system gives no thread.
    init?(_ stage: DemoStage, _ person: DemoStage.Person) {
        let outer = stage.invocation
        let home = stage.home(of: person)
        let started = Threads.start { [self] in
            let (exit, _, _) = DemoStage.perform(
                ["watch"], home: home, passphrase: person.passphrase, input: [], code: [],
                outer: outer)
            ended.withLock { $0 = exit }
        }
        guard started else { return nil }
    }

    /// Asks it to stop as Ctrl-C would, and waits until it has: the scratch folder is its too.
    func stop() {
        let wasAsked = Interrupts.isRaised
        Interrupts.raise()
        // The watcher promises a clean stop within 5 s.
        for _ in 0..<100 where ended.withLock({ $0 == nil }) {
            _ = Waiting.forReadable([], limit: Self.tick)
        }
        if !wasAsked { Interrupts.clear() }
    }

    /// Looks every tenth of a second until `found` gives something.
    ///
    /// - Throws: `Interrupted`, or `Failure` after `limit`.
    static func wait<R>(_ limit: Duration, for found: () throws -> R?) throws -> R {
        for _ in 0..<Int(limit.wholeMilliseconds / tick.wholeMilliseconds) {
            try Interrupts.check()
            if let result = try found() { return result }
            _ = Waiting.forReadable([Interrupts.descriptor], limit: tick)
        }
        throw Failure(
            .failed,
            Text(
                en: "the tour waited in vain for the next step",
                es: "el recorrido esperó en vano el siguiente paso"))
    }
}
