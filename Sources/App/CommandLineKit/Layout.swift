/// Text in columns.
package enum Layout {
    /// Breaks between words so that no line passes `width`, where words allow it; breaks that are
    /// there already stay.
    ///
    /// - Parameters:
    ///   - indent: Spaces before every line after the first.
    ///   - first: Columns that are already taken on the first line.
    package static func wrap(
        _ text: String, width: Int, indent: Int = 0, first: Int = 0
    ) -> String {
        var lines = ""
        var column = first
        let margin = "\n" + String(repeating: " ", count: indent)
        for (number, paragraph) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if number > 0 {
                lines += margin
                column = indent
            }
            for (index, word) in paragraph.split(separator: " ").enumerated() {
                if index > 0, column + 1 + word.count > width {
                    lines += margin
                    column = indent
                } else if index > 0 {
                    lines += " "
                    column += 1
                }
                lines += word
                column += word.count
            }
        }
        return lines
    }

    /// `text` with spaces up to `width` columns.
    package static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// `1.2 MB`: decimal units, one digit after the point from a thousand bytes on.
    package static func bytes(_ count: Int) -> String {
        guard count >= 1_000 else { return "\(max(0, count)) B" }
        let names = ["kB", "MB", "GB", "TB"]
        var unit = 1_000
        var place = 0
        while count / 1_000 >= unit, place < names.count - 1 {
            unit *= 1_000
            place += 1
        }
        let tenths = count / (unit / 10)
        return "\(tenths / 10).\(tenths % 10) \(names[place])"
    }

    /// `3 h 20 min`, `4 min 05 s`, `12 s`: at most two units.
    package static func time(seconds: Int64) -> String {
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return switch max(0, seconds) {
        case 0..<60: "\(max(0, seconds)) s"
        case 60..<3_600: "\(seconds / 60) min \(two(seconds % 60)) s"
        default: "\(seconds / 3_600) h \(two(seconds / 60 % 60)) min"
        }
    }
}
