import Platform
import Secrets
import Synchronization

/// A terminal that somebody types at, from a script, and that shows what was drawn.
package final class ScriptedScreen: Screen, Sendable {
    package enum Step: Sendable {
        case type(String)
        /// Time passes and nothing happens.
        case wait(Duration)
        case resize(columns: Int, rows: Int)
        case interrupt
        /// The test looks, or does something elsewhere.
        case look(@Sendable (ScriptedScreen) -> Void)
    }

    private struct State {
        var steps: [Step]
        var columns: Int
        var rows: Int
        var written: [UInt8] = []
        var isOpen = true
    }

    private let state: Mutex<State>
    private let clock: ManualClock

    package init(_ steps: [Step], columns: Int = 80, rows: Int = 24, clock: ManualClock) {
        state = Mutex(State(steps: steps, columns: columns, rows: rows))
        self.clock = clock
    }

    package var isOpen: Bool { state.withLock { $0.isOpen } }

    package var size: (columns: Int, rows: Int) { state.withLock { ($0.columns, $0.rows) } }

    package func next(within limit: Duration) -> ScreenEvent {
        guard let step = state.withLock({ $0.steps.isEmpty ? nil : $0.steps.removeFirst() }) else {
            return .gone
        }
        switch step {
        case .type(let text): return .typed(Array(text.utf8))
        case .wait(let time):
            clock.advance(by: min(time, limit))
            if time > limit { state.withLock { $0.steps.insert(.wait(time - limit), at: 0) } }
            return .quiet
        case .resize(let columns, let rows):
            state.withLock { ($0.columns, $0.rows) = (columns, rows) }
            return .resized
        case .interrupt: return .interrupted
        case .look(let look):
            look(self)
            return next(within: limit)
        }
    }

    package func write(_ bytes: Span<UInt8>) throws(TerminalError) {
        state.withLock { state in for index in bytes.indices { state.written.append(bytes[index]) }
        }
    }

    package func close() { state.withLock { $0.isOpen = false } }

    /// Everything that was ever written.
    package var written: String {
        state.withLock { String(decoding: $0.written, as: UTF8.self) }
    }

    /// The rows as a terminal shows them, for the sequences that we write; wide letters count one.
    package var shown: [String] {
        let size = size
        var cells = [[Character]](
            repeating: [Character](repeating: " ", count: size.columns), count: size.rows)
        var (row, column) = (0, 0)
        var rest = Array(written)[...]
        while let letter = rest.popFirst() {
            guard letter == "\u{1B}" else {
                if cells.indices.contains(row), column < size.columns {
                    cells[row][column] = letter
                }
                column += 1
                continue
            }
            _ = rest.popFirst()
            let end = rest.firstIndex { $0.isLetter } ?? rest.endIndex
            let numbers = rest[..<end].split(separator: ";").map { Int(String($0)) ?? 0 }
            let order = end < rest.endIndex ? rest[end] : " "
            rest = rest[min(end + 1, rest.endIndex)...]
            switch order {
            case "H":
                (row, column) = (max(numbers.first ?? 1, 1) - 1, max(numbers.last ?? 1, 1) - 1)
            case "K":
                if cells.indices.contains(row) {
                    cells[row] = [Character](repeating: " ", count: size.columns)
                }
            default: break
            }
        }
        return cells.map { String($0) }
    }
}

/// A terminal whose screen is scripted.
package final class ScreenTerminal: Terminal {
    private let screen: ScriptedScreen
    private let asker: ScriptedTerminal

    package init(_ screen: ScriptedScreen, answers: [String] = []) {
        self.screen = screen
        asker = ScriptedTerminal(answers: answers)
    }

    package var asked: [String] { asker.asked }
    package var canAsk: Bool { true }
    package var width: Int? { 80 }
    package var height: Int? { 24 }
    package func isTerminal(_ stream: StandardStream) -> Bool { stream == .input }
    package func readLine(prompt: String) throws(TerminalError) -> String {
        try asker.readLine(prompt: prompt)
    }
    package func readSecret(prompt: String, erases: Bool) throws(TerminalError) -> SecretBytes? {
        try asker.readSecret(prompt: prompt, erases: erases)
    }
    package func openScreen() throws(TerminalError) -> any Screen { screen }
}
