internal import Synchronization

/// Takes text for an output that may be stopped, and never waits for it: a thread of its own
/// writes. What does not fit any more is dropped and counted.
package final class PatientOutput: Sendable {
    private struct State {
        var waiting: [String] = []
        var dropped = 0
        var isWriting = false
    }

    private let output: any ByteOutput
    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: How many pieces wait at most.
    package init(_ output: any ByteOutput, limit: Int = 256) {
        self.output = output
        self.limit = limit
    }

    package func write(_ text: String) {
        let starts = state.withLock { state in
            guard state.waiting.count < limit else {
                state.dropped += 1
                return false
            }
            state.waiting.append(text)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        guard starts else { return }
        if !Threads.start({ [self] in run() }) { state.withLock { $0.isWriting = false } }
    }

    /// Returns when everything is written, or `time` is over.
    package func finish(within time: Duration) {
        var left = time
        let pause = Duration.milliseconds(20)
        while left > .zero, state.withLock({ $0.isWriting }) {
            _ = Waiting.forReadable([], limit: pause)
            left -= pause
        }
    }

    private func run() {
        while let text = next() {
            // An output that is gone takes nothing; there is nobody to tell.
            try? output.write(text)
        }
    }

    private func next() -> String? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
            let text = state.waiting.removeFirst()
            guard state.waiting.isEmpty, state.dropped > 0 else { return text }
            defer { state.dropped = 0 }
            return text + "[... \(state.dropped)]\n"
        }
    }
}
