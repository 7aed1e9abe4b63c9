internal import CommandLineKit
internal import Platform
internal import Vault
internal import Wording

/// What is to be read and not to stay: in a terminal's other screen, which has no way back to what
/// it showed. Into a pipe or a file, on a plain terminal and for a screen reader it is printed.
extension Invocation {
    func show(_ lines: [String]) throws {
        guard let height = world.terminal.height, let width = world.terminal.width,
            world.terminal.isTerminal(.output), world.terminal.canAsk, !plain,
            world.environment["TERM"] != "dumb"
        else {
            for line in lines { try print(line) }
            return
        }
        let rows = lines.flatMap { Self.rows(Printable.escape($0, keepingLines: true), width) }
        // One row for the question, and one that its answer may scroll away.
        let pages = rows.chunks(of: max(1, height - 2))
        guard !pages.isEmpty else { return }
        try world.standardOutput.write("\u{1B}[?1049h")
        defer { try? world.standardOutput.write("\u{1B}[?1049l") }
        var page = 0
        while page < pages.count {
            try world.standardOutput.write("\u{1B}[H\u{1B}[2J")
            for row in pages[page] { try world.standardOutput.write(row + "\n") }
            switch try answer(page, of: pages.count) {
            case "q", "Q": return
            case "b", "B", "a", "A": page = max(0, page - 1)
            default: page += 1
            }
        }
    }

    private func answer(_ page: Int, of count: Int) throws -> String {
        let close = Text(en: "Enter: close", es: "Enter: cerrar")
        let more = Text(
            en: "\(page + 1)/\(count) · Enter: next · b: back · q: close",
            es: "\(page + 1)/\(count) · Enter: sigue · a: atrás · q: cerrar")
        let question = count == 1 ? close : more
        do throws(TerminalError) {
            return try world.terminal.readLine(prompt: question(language) + " ")
        } catch .endOfInput {
            return "q"
        }
    }

    /// As the terminal will break it: between words, and words that are too long anywhere.
    private static func rows(_ line: String, _ width: Int) -> [String] {
        let width = max(width, 20)
        return Layout.fill(line, width: width)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { row in
                row.isEmpty ? [""] : Array(row).chunks(of: width).map { String($0) }
            }
    }
}
