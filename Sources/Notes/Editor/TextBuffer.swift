internal import Secrets

/// The text that is being edited, and the way back through its changes.
///
/// It lies in one piece of memory that is overwritten when it moves and at the end; so do the pieces
/// that were taken out. It is UTF-8 throughout: whoever puts something in sees to that.
package final class TextBuffer {
    /// No byte of it is kept by whoever reads it.
    package private(set) var bytes: [UInt8]
    /// Where each line begins; the first one at 0.
    package private(set) var lineStarts: [Int]
    /// Grows with every change, also with those that are undone.
    package private(set) var revision = 0

    private let limit: Int
    private var done: [Step] = []
    private var undone: [Step] = []
    private var isStepOpen = false

    /// One change: what lay at a place, and what took it.
    private struct Step {
        var offset: Int
        var removed: [UInt8]
        var inserted: [UInt8]
        /// Where the caret was.
        let caret: Int

        mutating func wipe() {
            Zeroing.zero(&removed)
            Zeroing.zero(&inserted)
        }
    }

    /// - Parameter limit: Greatest length in bytes.
    package init(_ bytes: [UInt8], limit: Int) {
        self.bytes = bytes
        self.limit = limit
        lineStarts = [0] + Self.starts(in: bytes, from: 0)
    }

    deinit {
        // What was taken out at the end is still there behind the text.
        bytes.append(contentsOf: repeatElement(0, count: bytes.capacity - bytes.count))
        Zeroing.zero(&bytes)
        for index in done.indices { done[index].wipe() }
        for index in undone.indices { undone[index].wipe() }
    }

    // MARK: Lines

    package var lineCount: Int { lineStarts.count }

    /// The line that `offset` lies in or at the end of.
    package func line(at offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Without its end.
    package func range(ofLine line: Int) -> Range<Int> {
        let end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
        return lineStarts[line]..<end
    }

    private static func starts(in text: some Collection<UInt8>, from offset: Int) -> [Int] {
        var starts: [Int] = []
        for (index, byte) in text.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + index + 1)
        }
        return starts
    }

    // MARK: Changing

    /// - Returns: false, and nothing is changed, where the text would be longer than the limit.
    @discardableResult
    package func replace(_ range: Range<Int>, with new: [UInt8], caret: Int) -> Bool {
        guard bytes.count - range.count <= limit - new.count else { return false }
        let step = Step(
            offset: range.lowerBound, removed: Array(bytes[range]), inserted: new, caret: caret)
        for index in undone.indices { undone[index].wipe() }
        undone = []
        if !extendsLast(step) {
            done.append(step)
            forgetOldest()
        }
        isStepOpen = true
        put(range, new)
        return true
    }

    /// The next change is a step of its own.
    package func endStep() { isStepOpen = false }

    /// Letters that are typed one after the other are taken back word by word, and so are those that
    /// are rubbed out.
    private func extendsLast(_ step: Step) -> Bool {
        guard isStepOpen, let last = done.last, step.inserted.count <= 64, step.removed.count <= 64
        else { return false }
        let place = done.count - 1
        if step.removed.isEmpty, last.removed.isEmpty, !step.inserted.isEmpty,
            step.offset == last.offset + last.inserted.count,
            !Self.isWordStart(step.inserted, after: last.inserted)
        {
            done[place].inserted += step.inserted
            return true
        }
        if step.inserted.isEmpty, last.inserted.isEmpty,
            step.offset + step.removed.count == last.offset
        {
            done[place].removed = step.removed + last.removed
            done[place].offset = step.offset
            return true
        }
        return false
    }

    private static func isWordStart(_ new: [UInt8], after old: [UInt8]) -> Bool {
        func isSpace(_ byte: UInt8?) -> Bool { byte.map { $0 <= 0x20 } ?? true }
        return isSpace(old.last) && !isSpace(new.first)
    }

    /// As many bytes of changes as the text may have, twice.
    private func forgetOldest() {
        var total = 0
        for index in done.indices.reversed() {
            total += done[index].removed.count + done[index].inserted.count
            guard total > 2 * limit, index < done.count - 1 else { continue }
            for old in 0...index { done[old].wipe() }
            done.removeFirst(index + 1)
            return
        }
    }

    /// - Returns: Where the caret belongs; nil when there is nothing to take back.
    package func undo() -> Int? {
        guard let step = done.popLast() else { return nil }
        put(step.offset..<step.offset + step.inserted.count, step.removed)
        undone.append(step)
        isStepOpen = false
        return step.caret
    }

    /// - Returns: Where the caret belongs; nil when nothing was taken back.
    package func redo() -> Int? {
        guard let step = undone.popLast() else { return nil }
        put(step.offset..<step.offset + step.removed.count, step.inserted)
        done.append(step)
        isStepOpen = false
        return step.offset + step.inserted.count
    }

    private func put(_ range: Range<Int>, _ new: [UInt8]) {
        revision += 1
        makeRoom(new.count - range.count)
        bytes.replaceSubrange(range, with: new)
        let first = line(at: range.lowerBound) + 1
        var last = first
        while last < lineStarts.count, lineStarts[last] <= range.upperBound { last += 1 }
        let shift = new.count - range.count
        if shift != 0 {
            for index in last..<lineStarts.count { lineStarts[index] += shift }
        }
        let starts = Self.starts(in: new, from: range.lowerBound)
        if first != last || !starts.isEmpty {
            lineStarts.replaceSubrange(first..<last, with: starts)
        }
    }

    /// Moves the text by hand, so that the memory that it leaves is overwritten.
    private func makeRoom(_ extra: Int) {
        guard bytes.count + extra > bytes.capacity else { return }
        var larger: [UInt8] = []
        larger.reserveCapacity((bytes.count + extra) * 2)
        larger.append(contentsOf: bytes)
        swap(&larger, &bytes)
        Zeroing.zero(&larger)
    }

    // MARK: Letters

    /// The end of the letter, with all its marks, that begins at `offset`.
    package func next(_ offset: Int) -> Int {
        let range = range(ofLine: line(at: offset))
        guard offset < range.upperBound else { return min(offset + 1, bytes.count) }
        let bytes = bytes
        return offset + Letters.firstByteCount(bytes.span.extracting(offset..<range.upperBound))
    }

    /// Where the letter begins that ends at `offset`.
    package func previous(_ offset: Int) -> Int {
        let start = lineStarts[line(at: offset)]
        guard offset > start else { return max(0, offset - 1) }
        let safe = boundary(before: offset, from: start)
        var last = safe
        let bytes = bytes
        Letters.visit(bytes.span.extracting(safe..<offset)) { place, _ in
            last = safe + place
            return true
        }
        return last
    }

    /// The nearest place between two plain letters, which nothing can join: long lines need not be
    /// read from their beginning.
    private func boundary(before offset: Int, from start: Int) -> Int {
        func isPlain(_ byte: UInt8) -> Bool { (0x20..<0x7f).contains(byte) }
        var place = offset - 1
        while place > start {
            if isPlain(bytes[place]), isPlain(bytes[place - 1]) { return place }
            place -= 1
        }
        return start
    }
}
