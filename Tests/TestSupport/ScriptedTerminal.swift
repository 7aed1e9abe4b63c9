import Platform
import Secrets
import Synchronization

/// A person whose answers are written down beforehand, and who remembers what was asked.
package final class ScriptedTerminal: Terminal {
    private struct State {
        var answers: [String]
        var asked: [String] = []
    }
    private let state: Mutex<State>
    private let streams: Set<StandardStream>
    package let canAsk: Bool
    package let width: Int?
    package let height: Int?

    /// - Parameter streams: Which standard streams are this terminal.
    package init(
        answers: [String] = [], streams: Set<StandardStream> = [], canAsk: Bool = true,
        width: Int? = 80, height: Int? = nil
    ) {
        state = Mutex(State(answers: answers))
        self.streams = streams
        self.canAsk = canAsk
        self.width = width
        self.height = height
    }

    /// An answer whose bytes are not UTF-8.
    package static let noText = "\u{FFFF}"

    /// No person at all: pipes and a service manager.
    package static var absent: ScriptedTerminal { ScriptedTerminal(canAsk: false, width: nil) }

    /// Every question so far.
    package var asked: [String] { state.withLock { $0.asked } }

    package func isTerminal(_ stream: StandardStream) -> Bool { streams.contains(stream) }

    package func readLine(prompt: String) throws(TerminalError) -> String {
        guard canAsk else { throw .unavailable }
        let answer = state.withLock { state -> String? in
            state.asked.append(prompt)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else { throw .endOfInput }
        guard answer != Self.noText else { throw .notText }
        return answer
    }

    package func readSecret(prompt: String, erases: Bool) throws(TerminalError) -> SecretBytes? {
        var bytes = Array(try readLine(prompt: prompt).utf8)
        return bytes.isEmpty ? nil : SecretBytes(draining: &bytes)
    }
}
