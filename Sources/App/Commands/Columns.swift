internal import CommandLineKit
internal import Platform

extension Invocation {
    /// Rows as lines of columns; on a terminal the last column is broken between words, under itself.
    func print(columns rows: [[String]], indent: Int = 0) throws(StreamError) {
        for line in folded(columns: rows, indent: indent) { try print(line) }
    }

    /// The same, to be shown on standard output: a row may be several lines.
    func folded(columns rows: [[String]], indent: Int = 0) -> [String] {
        let start = Columns.start(ofLastIn: rows)
        // A column that begins far to the right would leave a strip of single words.
        let under = indent + (start > 48 ? 4 : start)
        return Columns.lines(rows).map { line in
            // Whatever begins with blanks is taken for no sentence; a row without a name is one.
            let blank = line.prefix { $0 == " " }
            let margin = String(repeating: " ", count: indent) + blank
            return margin
                + filled(
                    String(line.dropFirst(blank.count)), on: .output, indent: under,
                    first: margin.count)
        }
    }
}

/// Lines whose columns begin at the same place; the last column is as long as it is.
enum Columns {
    static func lines(_ rows: [[String]], gap: Int = 2) -> [String] {
        let widths = widths(rows)
        return rows.map { row in
            var line = ""
            for (place, cell) in row.enumerated() {
                line += cell
                guard place < row.count - 1 else { break }
                line += String(repeating: " ", count: widths[place] - cell.count + gap)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// Where the last column begins, in columns from the left.
    static func start(ofLastIn rows: [[String]], gap: Int = 2) -> Int {
        widths(rows).dropLast().reduce(0) { $0 + $1 + gap }
    }

    private static func widths(_ rows: [[String]]) -> [Int] {
        var widths: [Int] = []
        for row in rows {
            for (place, cell) in row.enumerated() {
                if place == widths.count { widths.append(0) }
                widths[place] = max(widths[place], cell.count)
            }
        }
        return widths
    }
}

/// Quantities as people read them.
enum Quantity {
    /// `0 B`, `999 B`, `1.2 KB`, `35 MB`: powers of 1,000, as file managers show them.
    static func bytes(_ count: UInt64) -> String {
        guard count >= 1_000 else { return "\(count) B" }
        var value = count
        var rest: UInt64 = 0
        var unit = 0
        while value >= 1_000, unit < 4 {
            rest = value % 1_000
            value /= 1_000
            unit += 1
        }
        let name = ["B", "KB", "MB", "GB", "TB"][unit]
        return value < 10 ? "\(value).\(rest / 100) \(name)" : "\(value) \(name)"
    }
}
