internal import CommandLineKit
internal import Platform
internal import Wording

/// The menu line by line: numbers only, nothing is drawn twice. For screen readers, for terminals
/// that cannot move their cursor, and for whoever asks for it.
final class PlainFace: MenuFace {
    private let invocation: Invocation
    private let language: () -> Language
    private var hasSaidKeys = false

    init(_ invocation: Invocation, language: @escaping () -> Language) {
        self.invocation = invocation
        self.language = language
    }

    func choose(_ view: MenuView) throws -> MenuChoice {
        try line("")
        for status in view.status(false) { try line(status) }
        try line(view.title)
        for (index, row) in view.rows.enumerated() {
            let command = row.command.isEmpty ? "" : " (\(row.command))"
            try line("\(index + 1). \(row.label)\(command)")
        }
        try line("0. \(view.back)")
        if !hasSaidKeys { try line(MenuWords.plainKeys(language())) }
        hasSaidKeys = true
        while true {
            guard let typed = try ask(MenuWords.number(language())) else { return .leave }
            if let choice = Self.choice(typed, of: view) { return choice }
            try line(MenuWords.noSuchNumber(language()))
        }
    }

    private static func choice(_ typed: String, of view: MenuView) -> MenuChoice? {
        let words = typed.split { $0 == " " }.map { $0.lowercased() }
        func row(_ text: some StringProtocol) -> Int? {
            Int(text).flatMap { (1...max(1, view.rows.count)).contains($0) ? $0 - 1 : nil }
        }
        switch words.count {
        case 1 where words[0] == "0": return .back
        case 1 where words[0] == "q": return .leave
        case 1 where words[0] == "r": return view.canRepeat ? .again : nil
        case 1 where words[0].hasPrefix("?"): return row(words[0].dropFirst()).map { .why($0) }
        case 1: return row(words[0]).flatMap { view.rows.isEmpty ? nil : .row($0) }
        case 2 where words[0] == "?": return row(words[1]).map { .why($0) }
        default: return nil
        }
    }

    func type(_ question: String, _ field: MenuField) throws -> String? {
        // Nothing typed is the way back: there is no Esc here.
        guard let typed = try ask(question), !typed.isEmpty else { return nil }
        return typed
    }

    func giveWay() {}

    /// nil when the person is done with everything.
    private func ask(_ question: String) throws -> String? {
        do throws(TerminalError) {
            return try invocation.world.terminal.readLine(prompt: question + " ")
        } catch {
            if error == .notText { return "" }
            guard error == .endOfInput else { throw error }
            return nil
        }
    }

    private func line(_ text: String) throws {
        try invocation.print(invocation.filled(text, on: .output, indent: 3))
    }
}
