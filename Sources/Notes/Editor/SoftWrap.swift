/// A line of text as rows of a screen: broken between words, and a word that is too long anywhere.
struct SoftWrap {
    /// One letter on a row.
    struct Cell {
        /// Where its bytes begin in the line.
        let offset: Int
        let byteCount: Int
        let column: Int
        let glyph: Glyph
    }

    /// Where each row begins in the line; the first one at 0.
    let starts: [Int]
    let width: Int

    /// - Parameter width: In columns. The last one is kept for a space or the caret.
    init(_ line: Span<UInt8>, width: Int) {
        let width = max(width, 4)
        var starts = [0]
        var column = 0
        // After the last space of this row: where, and in which column.
        var stop: (offset: Int, column: Int)?
        Letters.visit(line) { offset, letter in
            var size = Glyph(letter, column: column).width
            let isSpace = letter == " " || letter == "\t"
            if column + size > (isSpace ? width : width - 1), column > 0 {
                if let place = stop, !isSpace {
                    starts.append(place.offset)
                    column -= place.column
                } else {
                    starts.append(offset)
                    column = 0
                }
                stop = nil
                if column + size > width - 1, column > 0 {
                    starts.append(offset)
                    column = 0
                }
                size = Glyph(letter, column: column).width
            }
            column += size
            if isSpace { stop = (offset + letter.utf8.count, column) }
            return true
        }
        self.starts = starts
        self.width = width
    }

    func row(of offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a row.
    func range(_ row: Int, in line: Span<UInt8>) -> Range<Int> {
        starts[row]..<(row + 1 < starts.count ? starts[row + 1] : line.count)
    }

    func cells(_ row: Int, in line: Span<UInt8>) -> [Cell] {
        let range = range(row, in: line)
        var cells: [Cell] = []
        var column = 0
        Letters.visit(line.extracting(range)) { place, letter in
            let glyph = Glyph(letter, column: column)
            cells.append(
                Cell(
                    offset: range.lowerBound + place, byteCount: letter.utf8.count,
                    column: column, glyph: glyph))
            column += glyph.width
            return true
        }
        return cells
    }

    func column(of offset: Int, in line: Span<UInt8>) -> Int {
        let cells = cells(row(of: offset), in: line)
        guard let last = cells.last else { return 0 }
        return cells.first { $0.offset >= offset }?.column ?? last.column + last.glyph.width
    }

    /// The letter of a row that stands in or before a column.
    func offset(_ row: Int, column: Int, in line: Span<UInt8>) -> Int {
        let range = range(row, in: line)
        let cells = cells(row, in: line)
        if let cell = cells.first(where: { $0.column + $0.glyph.width > column }) {
            return cell.offset
        }
        // The end of a row that goes on is the beginning of the next one.
        let isLast = row + 1 == starts.count
        return isLast ? range.upperBound : cells.last?.offset ?? range.lowerBound
    }
}
