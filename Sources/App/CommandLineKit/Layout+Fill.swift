extension Layout {
    /// Breaks sentences between words, for a terminal that would cut them anywhere.
    ///
    /// Spaces stay as they are; a line keeps its own indentation, and so does every line it is
    /// broken into; a command to paste is not broken where it fits on a line. Lines that begin with
    /// four spaces are no sentences and stay whole.
    ///
    /// - Parameters:
    ///   - indent: Spaces before every line after the first, besides its own.
    ///   - first: Columns that are already taken on the first line.
    package static func fill(
        _ text: String, width: Int, indent: Int = 0, first: Int = 0
    ) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { number, line in
                line.hasPrefix("    ")
                    ? String(line)
                    : fill(
                        line: line, width: width, indent: indent, taken: number == 0 ? first : 0)
            }.joined(separator: "\n")
    }

    private static func fill(
        line: Substring, width: Int, indent: Int, taken: Int
    ) -> String {
        let margin = line.prefix { $0 == " " }.count + indent
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        var filled = ""
        var column = taken
        for (index, word) in pieces(words, limit: width - margin).enumerated() {
            let gap = index == 0 ? 0 : 1
            let isAtMargin = filled.allSatisfy { $0 == " " }
            if !isAtMargin, !word.isEmpty, column + gap + word.count > width {
                while filled.last == " " { filled.removeLast() }
                filled += "\n" + String(repeating: " ", count: margin) + word
                column = margin + word.count
            } else {
                filled += (gap == 0 ? "" : " ") + word
                column += gap + word.count
            }
        }
        return filled
    }

    /// Words, and whole commands of at most `limit` columns.
    private static func pieces(_ words: [Substring], limit: Int) -> [String] {
        var pieces: [String] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            let count = lengthOfCommand(word, rest, after: pieces.last)
            let command = ([word] + rest.prefix(count)).joined(separator: " ")
            if command.count <= limit {
                pieces.append(command)
                rest = rest.dropFirst(count)
            } else {
                pieces.append(String(word))
            }
        }
        return pieces
    }

    /// How many of the words in `rest` belong to the command that `word` begins: 0 where it begins
    /// none. Elsewhere than after a colon or a quotation mark the program is only mentioned.
    private static func lengthOfCommand(
        _ word: Substring, _ rest: ArraySlice<Substring>, after before: String?
    ) -> Int {
        let isQuoted = word == "«amparo" || word == "'amparo"
        guard isQuoted || word == "amparo" && before?.hasSuffix(":") ?? true else { return 0 }
        let inside = rest.prefix { word in
            word != "·" && !word.hasPrefix("(") && !",;.»')".contains(word.last ?? " ")
        }
        // A mark that ends the command stands at its last word.
        guard inside.count < rest.count else { return inside.count }
        let next = rest[rest.startIndex + inside.count]
        return next == "·" || next.hasPrefix("(") ? inside.count : inside.count + 1
    }
}
