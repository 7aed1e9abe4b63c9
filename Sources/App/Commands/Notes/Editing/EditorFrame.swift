internal import CommandLineKit
internal import Editor
internal import Secrets

/// The rows of a screen, and what of them has to be written anew.
struct EditorFrame {
    private var shown: [[UInt8]] = []

    static let opening = "\u{1B}[?1049h\u{1B}[?7l\u{1B}[?2004h\u{1B}[2J"
    /// Also where there is no other screen: nothing of the note stays to be read.
    static let closing = "\u{1B}[0m\u{1B}[H\u{1B}[2J\u{1B}[?2004l\u{1B}[?7h\u{1B}[?1049l"

    /// One row, ready to be written where it belongs.
    struct Line {
        fileprivate(set) var bytes: [UInt8] = []

        /// - Parameters:
        ///   - isBar: In reverse, over the whole width.
        ///   - isStrong: In bold, where the terminal has it.
        init(
            _ text: String = "", isBar: Bool = false, isStrong: Bool = false, columns: Int = 0
        ) {
            let cut = Printable.escape(text).prefix(columns)
            var words =
                isBar ? "\u{1B}[7m" + Layout.pad(String(cut), to: columns) + "\u{1B}[27m" : cut + ""
            if isStrong { words = "\u{1B}[1m" + words + "\u{1B}[22m" }
            bytes = Array(words.utf8)
        }

        /// - Parameter number: From 0: pieces say themselves where they stand.
        init(_ row: TextView.Row, number: Int) {
            for run in row.runs {
                bytes += Array("\u{1B}[\(number + 1);\(run.column + 1)H".utf8)
                let text = Array(run.text.utf8)
                bytes +=
                    run.isMarked ? Array("\u{1B}[7m".utf8) + text + Array("\u{1B}[27m".utf8) : text
            }
        }
    }

    /// Everything is to be written again.
    mutating func forget() {
        for index in shown.indices { Zeroing.zero(&shown[index]) }
        shown = []
    }

    /// - Parameter caret: Row and column from 0.
    mutating func bytes(_ lines: [Line], caret: (row: Int, column: Int)) -> [UInt8] {
        var out = Array("\u{1B}[?25l".utf8)
        for (number, line) in lines.enumerated() {
            guard number >= shown.count || shown[number] != line.bytes else { continue }
            out += Array("\u{1B}[\(number + 1);1H\u{1B}[2K".utf8) + line.bytes
        }
        out += Array("\u{1B}[\(caret.row + 1);\(caret.column + 1)H\u{1B}[?25h".utf8)
        forget()
        shown = lines.map(\.bytes)
        return out
    }
}
