/// A text on a screen: where the caret is, what is seen, and how keys move both.
package final class TextView {
    package enum Motion: Sendable {
        case left, right, up, down, wordLeft, wordRight, rowStart, rowEnd, pageUp, pageDown
        case top, bottom
    }

    /// One row of the screen.
    package struct Row: Hashable, Sendable {
        /// A piece that is drawn alike.
        package struct Run: Hashable, Sendable {
            package let column: Int
            package let text: String
            package let isMarked: Bool
        }

        package let runs: [Run]
    }

    package let text: TextBuffer
    /// Offset of the letter before which the caret stands.
    package private(set) var caret: Int
    /// What a search found; shown until the caret moves.
    package private(set) var mark: Range<Int>?
    package private(set) var columns = 80
    package private(set) var rows = 20

    /// The column that up and down aim at.
    private var goal: Int?
    private var top = Place(line: 0, row: 0)
    private var cache: (line: Int, revision: Int, wrap: SoftWrap)?

    private struct Place: Comparable {
        var line: Int
        var row: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.line, left.row) < (right.line, right.row)
        }
    }

    package init(_ text: TextBuffer, caret: Int = 0) {
        self.text = text
        self.caret = caret
    }

    package func resize(columns: Int, rows: Int) {
        self.columns = max(columns, 4)
        self.rows = max(rows, 1)
        cache = nil
        // The same words stay at the top, wherever their row begins now.
        top.row = 0
    }

    // MARK: Changing

    /// - Returns: false when the text is as long as it may be.
    @discardableResult
    package func insert(_ bytes: [UInt8]) -> Bool {
        guard text.replace(caret..<caret, with: bytes, caret: caret) else { return false }
        moveCaret(to: caret + bytes.count)
        return true
    }

    package func delete(_ motion: Motion) {
        let other = target(of: motion)
        let range = min(caret, other)..<max(caret, other)
        guard !range.isEmpty else { return }
        text.replace(range, with: [], caret: caret)
        moveCaret(to: range.lowerBound)
    }

    /// From the caret to the end of its line; at its end, the line's end itself.
    package func deleteToLineEnd() {
        let end = text.range(ofLine: text.line(at: caret)).upperBound
        let stop = end == caret ? min(end + 1, text.bytes.count) : end
        text.endStep()
        text.replace(caret..<stop, with: [], caret: caret)
        text.endStep()
    }

    package func undo() -> Bool { step(text.undo()) }

    package func redo() -> Bool { step(text.redo()) }

    private func step(_ place: Int?) -> Bool {
        guard let place else { return false }
        moveCaret(to: place)
        return true
    }

    // MARK: Moving

    package func move(_ motion: Motion) {
        text.endStep()
        let column = goal ?? self.column(of: caret)
        let target = target(of: motion, column: column)
        moveCaret(to: target)
        switch motion {
        case .up, .down, .pageUp, .pageDown: goal = column
        default: break
        }
    }

    package func show(_ range: Range<Int>) {
        text.endStep()
        moveCaret(to: range.lowerBound)
        mark = range
    }

    private func moveCaret(to offset: Int) {
        caret = min(max(offset, 0), text.bytes.count)
        goal = nil
        mark = nil
    }

    private func target(of motion: Motion, column: Int = 0) -> Int {
        switch motion {
        case .left: return text.previous(caret)
        case .right: return text.next(caret)
        case .wordLeft: return wordStart(before: caret)
        case .wordRight: return wordEnd(after: caret)
        case .top: return 0
        case .bottom: return text.bytes.count
        case .up: return offset(rows: -1, column)
        case .down: return offset(rows: 1, column)
        case .pageUp: return offset(rows: -max(1, rows - 2), column)
        case .pageDown: return offset(rows: max(1, rows - 2), column)
        case .rowStart, .rowEnd:
            let place = place(of: caret)
            let start = text.lineStarts[place.line]
            return withLine(place.line) { wrap, line in
                let range = wrap.range(place.row, in: line)
                guard motion == .rowEnd else { return start + range.lowerBound }
                let isLast = place.row + 1 == wrap.starts.count
                let end = isLast ? range.upperBound : wrap.cells(place.row, in: line).last?.offset
                return start + (end ?? range.upperBound)
            }
        }
    }

    private func offset(rows count: Int, _ column: Int) -> Int {
        let from = place(of: caret)
        let to = moved(from, by: count)
        // No further row: to the end that lies there.
        guard to != from else { return count < 0 ? 0 : text.bytes.count }
        return text.lineStarts[to.line]
            + withLine(to.line) { $0.offset(to.row, column: column, in: $1) }
    }

    private func moved(_ place: Place, by count: Int) -> Place {
        var place = place
        for _ in 0..<abs(count) {
            if count < 0 {
                if place.row > 0 {
                    place.row -= 1
                } else if place.line > 0 {
                    place.line -= 1
                    place.row = rowCount(place.line) - 1
                }
            } else if place.row + 1 < rowCount(place.line) {
                place.row += 1
            } else if place.line + 1 < text.lineCount {
                place = Place(line: place.line + 1, row: 0)
            }
        }
        return place
    }

    private func wordStart(before offset: Int) -> Int {
        var place = offset
        var isInside = false
        while place > 0 {
            let before = text.previous(place)
            if isWord(at: before) { isInside = true } else if isInside { break }
            place = before
        }
        return place
    }

    private func wordEnd(after offset: Int) -> Int {
        var place = offset
        var isInside = false
        while place < text.bytes.count {
            if isWord(at: place) { isInside = true } else if isInside { break }
            place = text.next(place)
        }
        return place
    }

    private func isWord(at offset: Int) -> Bool {
        var found = false
        let bytes = text.bytes
        Letters.visit(bytes.span.extracting(offset..<text.next(offset))) { _, letter in
            found = letter.isLetter || letter.isNumber
            return false
        }
        return found
    }

    // MARK: Drawing

    private func wrap(_ line: Int) -> SoftWrap {
        if let cache, cache.line == line, cache.revision == text.revision { return cache.wrap }
        let bytes = text.bytes
        let wrap = SoftWrap(
            bytes.span.extracting(text.range(ofLine: line)), width: columns)
        cache = (line, text.revision, wrap)
        return wrap
    }

    private func withLine<R>(_ line: Int, _ body: (SoftWrap, Span<UInt8>) -> R) -> R {
        let wrap = wrap(line)
        let bytes = text.bytes
        return body(wrap, bytes.span.extracting(text.range(ofLine: line)))
    }

    private func rowCount(_ line: Int) -> Int { wrap(line).starts.count }

    private func place(of offset: Int) -> Place {
        let line = text.line(at: offset)
        return Place(line: line, row: wrap(line).row(of: offset - text.lineStarts[line]))
    }

    private func column(of offset: Int) -> Int {
        let line = text.line(at: offset)
        return withLine(line) { $0.column(of: offset - text.lineStarts[line], in: $1) }
    }

    /// What is to be seen, with the caret in it.
    package func draw() -> (rows: [Row], caret: (row: Int, column: Int)) {
        let caretPlace = place(of: caret)
        top.line = min(top.line, text.lineCount - 1)
        top.row = min(top.row, rowCount(top.line) - 1)
        if caretPlace < top {
            top = caretPlace
        } else {
            let highest = moved(caretPlace, by: -(rows - 1))
            if top < highest { top = highest }
        }
        var drawn: [Row] = []
        var caretRow = 0
        var place = top
        while drawn.count < rows {
            if place == caretPlace { caretRow = drawn.count }
            drawn.append(row(place))
            let next = moved(place, by: 1)
            if next == place { break }
            place = next
        }
        return (drawn, (caretRow, min(column(of: caret), columns - 1)))
    }

    private func row(_ place: Place) -> Row {
        let start = text.lineStarts[place.line]
        return withLine(place.line) { wrap, line in
            var runs: [Row.Run] = []
            var (column, words, isMarked, isOver) = (0, "", false, true)
            func close() {
                if !words.isEmpty {
                    runs.append(Row.Run(column: column, text: words, isMarked: isMarked))
                }
                words = ""
                isOver = true
            }
            for cell in wrap.cells(place.row, in: line) {
                let offset = start + cell.offset
                let marked = mark.map { $0.contains(offset) } ?? false
                if isOver || marked != isMarked {
                    close()
                    (column, isMarked, isOver) = (cell.column, marked, false)
                }
                words +=
                    cell.glyph.substitute
                    ?? String(
                        decoding: Letters.bytes(line, cell.offset, cell.byteCount), as: UTF8.self)
                // The next piece says where it begins, whatever the terminal made of this letter.
                if cell.glyph.isDoubtful { close() }
            }
            close()
            return Row(runs: runs)
        }
    }
}

extension Letters {
    static func bytes(_ line: Span<UInt8>, _ start: Int, _ count: Int) -> [UInt8] {
        (start..<start + count).map { line[$0] }
    }
}
