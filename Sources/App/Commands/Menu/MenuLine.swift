internal import CommandLineKit
internal import Editor
internal import Wording

/// A line that is typed on the screen, with what can complete it below.
struct MenuLine {
    private let question: String
    private let field: MenuField
    private(set) var text = ""
    private var offered: [String] = []

    init(_ question: String, _ field: MenuField) {
        self.question = question
        self.field = field
    }

    mutating func press(_ key: Key) {
        offered = []
        switch key {
        case .text(let bytes), .paste(let bytes):
            // A line end in what was pasted would be part of a name.
            text += String(decoding: bytes.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
        case .backspace: if !text.isEmpty { text.removeLast() }
        case .control("u"): text = ""
        case .control("w"), .deleteWordLeft:
            while let last = text.popLast(), !text.isEmpty {
                if last != "/" && last != " " && text.last.map({ "/ ".contains($0) }) ?? true {
                    break
                }
            }
        case .tab: complete()
        default: break
        }
    }

    private mutating func complete() {
        let found = field.completions(text)
        guard var common = found.first else { return }
        for other in found.dropFirst() {
            common = String(zip(common, other).prefix { $0 == $1 }.map(\.0))
        }
        if common.count >= text.count { text = common }
        if found.count > 1 { offered = found }
    }

    func lines(
        size: (columns: Int, rows: Int), _ language: Language
    ) -> (lines: [EditorFrame.Line], caret: (Int, Int)) {
        let columns = max(size.columns, 1)
        var lines: [EditorFrame.Line] = []
        func add(_ text: String = "", isStrong: Bool = false) {
            lines.append(EditorFrame.Line(text, isStrong: isStrong, columns: columns))
        }
        add()
        for row in Layout.wrap(question, width: columns - 2).split(separator: "\n") {
            add(" " + row, isStrong: true)
        }
        add()
        // The end of a long line is what is being typed.
        let room = max(1, columns - 4)
        let shown = String(text.suffix(room))
        let caret = (min(lines.count, size.rows - 1), min(shown.count + 3, columns - 1))
        add(" > " + shown)
        add()
        for row in Layout.wrap(field.hint, width: columns - 2).split(separator: "\n") {
            add(" " + row)
        }
        for name in offered.prefix(max(0, size.rows - lines.count - 2)) { add("   " + name) }
        while lines.count < size.rows - 1 { add() }
        add(" " + MenuWords.typing(language))
        return (Array(lines.prefix(size.rows)), caret)
    }
}
