internal import Platform

/// The parts of commits as they come, each put straight to its place in the whole.
///
/// Only what this program writes is joined here: full slices in every part but the last, each part
/// once. Whatever else there is stays a list of parts, of which `History` makes what it can.
struct LogPile {
    private var wholes: [ID16: Whole] = [:]
    private var others: [LogPart] = []

    private struct Whole {
        let parts: UInt16
        var joined: [UInt8]
        var isThere: [Bool]
        var missing: Int
        /// Of the last part's slice; nil until it comes.
        var lastByteCount: Int?
        /// Sequence of the first part, as its own and the others' have it.
        var first: UInt64?
        var isInRow = true

        init(parts: UInt16) {
            self.parts = parts
            joined = [UInt8](repeating: 0, count: Int(parts) * LogPart.sliceLimit)
            isThere = [Bool](repeating: false, count: Int(parts))
            missing = Int(parts)
        }

        /// - Returns: Whether the part fits in.
        mutating func add(_ part: UInt16, _ sequence: UInt64, _ slice: Span<UInt8>) -> Bool {
            let isLast = part == parts - 1
            guard !isThere[Int(part)], isLast || slice.count == LogPart.sliceLimit else {
                return false
            }
            var out = joined.mutableSpan
            out.copy(slice, to: Int(part) * LogPart.sliceLimit)
            if isLast { lastByteCount = slice.count }
            isThere[Int(part)] = true
            missing -= 1
            let start = sequence >= UInt64(part) ? sequence - UInt64(part) : nil
            if start == nil || (first ?? start) != start { isInRow = false }
            first = start
            return true
        }

        var bytes: ArraySlice<UInt8> {
            let unused = LogPart.sliceLimit - (lastByteCount ?? LogPart.sliceLimit)
            return joined.dropLast(unused)
        }

        /// Cut again into those parts that came.
        func cut(_ commit: ID16) -> [LogPart] {
            (0..<parts).filter { isThere[Int($0)] }.map { part in
                let start = Int(part) * LogPart.sliceLimit
                return LogPart(
                    commit: commit, part: part, parts: parts,
                    slice: bytes[start..<min(start + LogPart.sliceLimit, bytes.endIndex)])
            }
        }
    }

    /// A commit claims the space of its parts at once; all of them together no more than there are
    /// cells. What is beyond, a lie, is joined from what has really come.
    private var unclaimed: Int

    /// - Parameter cellCount: How many parts can come.
    init(cellCount: Int) { unclaimed = cellCount }

    /// - Parameter slice: At most `LogPart.sliceLimit` bytes.
    mutating func add(
        _ commit: ID16, part: UInt16, of parts: UInt16, at sequence: UInt64, _ slice: Span<UInt8>
    ) {
        if wholes[commit] == nil, parts <= unclaimed {
            wholes[commit] = Whole(parts: parts)
            unclaimed -= Int(parts)
        }
        if wholes[commit]?.parts == parts, wholes[commit]?.add(part, sequence, slice) == true {
            return
        }
        var copy: [UInt8] = []
        copy.append(copying: slice)
        others.append(LogPart(commit: commit, part: part, parts: parts, slice: copy[...]))
    }

    var isEmpty: Bool { wholes.isEmpty && others.isEmpty }

    /// What came whole and once, and the parts of all else.
    func sorted() -> (wholes: [ID16: ArraySlice<UInt8>], parts: [LogPart]) {
        var parts = others
        let doubtful = Set(others.map(\.commit))
        var joined: [ID16: ArraySlice<UInt8>] = [:]
        for (commit, whole) in wholes {
            if whole.missing == 0, !doubtful.contains(commit) {
                joined[commit] = whole.bytes
            } else {
                parts += whole.cut(commit)
            }
        }
        return (joined, parts)
    }

    /// Where those commits lie whose parts came whole, once and in a row.
    func places() -> [ID16: CommitPlace] {
        let doubtful = Set(others.map(\.commit))
        var places: [ID16: CommitPlace] = [:]
        for (commit, whole) in wholes where whole.missing == 0 && whole.isInRow {
            guard let first = whole.first, !doubtful.contains(commit) else { continue }
            places[commit] = CommitPlace(id: commit, first: first, parts: whole.parts)
        }
        return places
    }
}
