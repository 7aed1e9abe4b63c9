internal import Platform
internal import Synchronization
internal import Wording

/// How far long work has come: bytes, rate and time left, on a terminal and nowhere else.
///
/// Any thread may report; it is drawn at most ten times a second, and not at all for work that
/// takes less than half a second. With `--plain` a line is written every ten seconds instead.
package final class Progress: Sendable {
    private struct State {
        var done = 0
        var drawn: Duration
        var isShown = false
    }

    private let invocation: Invocation
    private let total: Int?
    private let started: Duration
    private let isSilent: Bool
    private let redraws: Bool
    private let state: Mutex<State>

    /// - Parameter total: Bytes in all; nil when nobody knows.
    init(_ invocation: Invocation, total: Int?) {
        let world = invocation.world
        self.invocation = invocation
        self.total = total
        started = world.clock.boot
        isSilent = invocation.quiet || !world.terminal.isTerminal(.error)
        redraws = !invocation.plain && world.environment["TERM"] != "dumb"
        state = Mutex(State(drawn: started + (redraws ? .milliseconds(400) : .zero)))
    }

    /// `count` more bytes are done.
    package func advance(by count: Int) {
        guard !isSilent else { return }
        state.withLock { state in
            state.done += count
            let now = invocation.world.clock.boot
            guard now - state.drawn >= (redraws ? .milliseconds(100) : .seconds(10)) else { return }
            state.drawn = now
            state.isShown = true
            let text = line(done: state.done, after: now - started)
            invocation.write(redraws ? "\r\u{1B}[K" + text : text + "\n")
        }
    }

    /// Removes what was drawn; to be called whatever way the work ends.
    package func finish() {
        state.withLock { state in
            if state.isShown, redraws { invocation.write("\r\u{1B}[K") }
            state.isShown = false
        }
    }

    private func line(done: Int, after elapsed: Duration) -> String {
        let milliseconds = max(1, elapsed.wholeMilliseconds)
        let rate = Int64(Double(done) * 1_000 / Double(milliseconds))
        let speed = Layout.bytes(Int(rate)) + "/s"
        guard let total, total > 0 else { return "\(Layout.bytes(done))  \(speed)" }
        let percent = Int(Double(min(done, total)) * 100 / Double(total))
        let of = Text(en: "of", es: "de")(invocation.language)
        let amount = "\(percent) %  \(Layout.bytes(done)) \(of) \(Layout.bytes(total))  \(speed)"
        guard rate > 0 else { return amount }
        let left = Layout.time(seconds: Int64(max(0, total - done)) / rate)
        return amount + "  " + Text(en: "\(left) left", es: "faltan \(left)")(invocation.language)
    }
}

extension Invocation {
    /// - Parameter total: Bytes in all; nil when nobody knows.
    package func progress(total: Int?) -> Progress { Progress(self, total: total) }
}
