/// The Markdown that the guide is written in: headings, paragraphs, lists, tables.
enum GuideText {
    static func write(_ text: Substring, into html: inout HTML) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.first {
            if line.allSatisfy(\.isWhitespace) {
                lines.removeFirst()
            } else if line.hasPrefix("#") {
                lines.removeFirst()
                let level = line.prefix { $0 == "#" }.count
                html.element("h\(min(level, 3))", String(line.dropFirst(level + 1)))
            } else if line.hasPrefix("|") {
                table(&lines, &html)
            } else if isItem(line) {
                list(&lines, &html)
            } else {
                html.element("p", paragraph(&lines))
            }
        }
    }

    private static func isItem(_ line: Substring) -> Bool {
        line.hasPrefix("- ") || isNumbered(line)
    }

    private static func isNumbered(_ line: Substring) -> Bool {
        let digits = line.prefix(while: \.isNumber)
        return !digits.isEmpty && line.dropFirst(digits.count).hasPrefix(". ")
    }

    /// Lines that belong together, joined by spaces.
    private static func paragraph(_ lines: inout ArraySlice<Substring>) -> String {
        var words: [Substring] = []
        while let line = lines.first, !line.allSatisfy(\.isWhitespace), !line.hasPrefix("#"),
            !line.hasPrefix("|"), words.isEmpty || !isItem(line)
        {
            words.append(line.drop { $0 == " " })
            lines.removeFirst()
        }
        return words.joined(separator: " ")
    }

    private static func list(_ lines: inout ArraySlice<Substring>, _ html: inout HTML) {
        let tag = lines.first.map(isNumbered) == true ? "ol" : "ul"
        html.open(tag)
        while let line = lines.first, isItem(line) {
            let text = paragraph(&lines)
            html.element("li", String(text.drop { $0 != " " }.dropFirst()))
        }
        html.close(tag)
    }

    private static func table(_ lines: inout ArraySlice<Substring>, _ html: inout HTML) {
        html.open("table")
        var isHead = true
        while let line = lines.first, line.hasPrefix("|") {
            lines.removeFirst()
            let cells = line.split(separator: "|").map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            // The rule under the head.
            if cells.allSatisfy({ $0.allSatisfy { $0 == "-" } }) { continue }
            html.row(cells, tag: isHead ? "th" : "td")
            isHead = false
        }
        html.close("table")
    }
}
