internal import CommandLineKit
internal import Editor
internal import Wording

/// A list on the screen: what is chosen in it, and how it looks in a given size.
struct MenuList {
    private let view: MenuView
    private let isProjector: Bool
    private var selected: Int
    /// Digits of a number that may still become longer.
    private var typed = ""
    private var first = 0
    /// What was wrong with the last key, until the next one.
    private var complaint: Text?

    init(_ view: MenuView, isProjector: Bool) {
        self.view = view
        self.isProjector = isProjector
        selected = min(view.selected, max(0, view.rows.count - 1))
    }

    // MARK: Keys

    mutating func press(_ key: Key) -> MenuChoice? {
        complaint = nil
        if case .text(let bytes) = key { return type(bytes) }
        let number = typed
        typed = ""
        let last = view.rows.count - 1
        switch key {
        case .enter, .right:
            if let row = Int(number) { return choice(of: row) }
            return view.rows.isEmpty ? nil : .row(selected)
        case .up: selected = selected > 0 ? selected - 1 : max(0, last)
        case .down, .tab: selected = selected < last ? selected + 1 : 0
        case .home, .top: selected = 0
        case .end, .bottom: selected = max(0, last)
        case .pageUp: selected = max(0, selected - 8)
        case .pageDown: selected = max(0, min(last, selected + 8))
        case .escape, .left: return .back
        case .backspace: if number.isEmpty { return .back }
        case .help: return .why(selected)
        case .control("d"), .control("q"): return .leave
        default: break
        }
        return nil
    }

    private mutating func type(_ bytes: [UInt8]) -> MenuChoice? {
        guard bytes.count == 1 else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            typed.append(Character(Unicode.Scalar(bytes[0])))
            return settle()
        case UInt8(ascii: "q"), UInt8(ascii: "Q"): return .leave
        case UInt8(ascii: "r"), UInt8(ascii: "R"): return view.canRepeat ? .again : nil
        case UInt8(ascii: "?"): return .why(selected)
        case UInt8(ascii: "j"): return press(.down)
        case UInt8(ascii: "k"): return press(.up)
        case UInt8(ascii: " "): return press(.enter)
        default:
            typed = ""
            complaint = MenuWords.noSuchKey
            return nil
        }
    }

    /// A number that cannot become another one is a choice.
    private mutating func settle() -> MenuChoice? {
        guard let number = Int(typed), number <= view.rows.count else {
            typed = ""
            complaint = MenuWords.noSuchNumber
            return nil
        }
        guard number > 0 else { return .back }
        selected = number - 1
        return number * 10 > view.rows.count ? choice(of: number) : nil
    }

    private func choice(of number: Int) -> MenuChoice? {
        view.rows.indices.contains(number - 1) ? .row(number - 1) : nil
    }

    // MARK: What is shown

    mutating func lines(
        status: [String], size: (columns: Int, rows: Int), _ language: Language
    ) -> (lines: [EditorFrame.Line], caret: (Int, Int)) {
        let columns = max(size.columns, 1)
        var lines = status.prefix(max(1, size.rows - 8)).enumerated().map { number, text in
            EditorFrame.Line(" " + text, isBar: number == 0, columns: columns)
        }
        func add(_ text: String = "", isBar: Bool = false, isStrong: Bool = false) {
            lines.append(EditorFrame.Line(text, isBar: isBar, isStrong: isStrong, columns: columns))
        }
        add()
        add(" " + view.title, isStrong: true)
        add()
        // Below the list: a blank line, the command of the chosen row, the keys.
        let gap = isProjector ? 2 : 1
        let room = max(1, (size.rows - lines.count - 4) / gap)
        scroll(within: room)
        let shown = view.rows.indices.dropFirst(first).prefix(room)
        let caretRow = lines.count + max(0, selected - first) * gap
        for index in shown {
            let row = view.rows[index]
            var text = "\(index == selected ? ">" : " ") \(pad(index + 1))  \(row.label)"
            if !isProjector, commandColumn + row.command.count < columns {
                text = Layout.pad(text, to: commandColumn) + row.command
            }
            if text.count > columns { text = text.prefix(columns - 1) + "…" }
            add(text, isBar: index == selected, isStrong: isProjector)
            if isProjector { add() }
        }
        let hasMore = first + shown.count < view.rows.count
        add(hasMore ? "       …" : "  \(pad(0))  \(view.back)")
        while lines.count < size.rows - 2 { add() }
        let command = view.rows.indices.contains(selected) ? view.rows[selected].command : ""
        add(command.isEmpty ? "" : " $ " + command)
        let keys = isProjector ? MenuWords.keysOnProjector : MenuWords.keys
        let below = Self.below(complaint?(language), keys(language), columns: columns - 1)
        add(typed.isEmpty ? " " + below : " \(MenuWords.number(language)) \(typed)")
        return (Array(lines.prefix(size.rows)), (min(caretRow, size.rows - 1), 0))
    }

    /// What was wrong, then the keys: where they do not all fit, the last ones, each of them whole.
    private static func below(_ complaint: String?, _ keys: String, columns: Int) -> String {
        var parts = keys.split(separator: " · ").map(String.init)
        func line() -> String { ((complaint.map { [$0] } ?? []) + parts).joined(separator: " · ") }
        while line().count > columns, !parts.isEmpty { parts.removeFirst() }
        return line()
    }

    private func pad(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }

    private var width: Int { String(view.rows.count).count }

    /// Where commands stand beside their rows; one that does not fit stands below the list alone.
    private var commandColumn: Int { (view.rows.map(\.label.count).max() ?? 0) + width + 7 }

    private mutating func scroll(within room: Int) {
        if selected < first { first = selected }
        if selected >= first + room { first = selected - room + 1 }
        first = max(0, min(first, view.rows.count - room))
    }
}
