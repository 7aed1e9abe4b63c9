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

        init(parts: UInt16) {
            self.parts = parts
            joined = [UInt8](repeating: 0, count: Int(parts) * LogPart.sliceLimit)
            isThere = [Bool](repeating: false, count: Int(parts))
            missing = Int(parts)
        }

        /// - Returns: Whether the part fits in.
        mutating func add(_ part: UInt16, _ slice: Span<UInt8>) -> Bool {
            let isLast = part == parts - 1
            guard !isThere[Int(part)], isLast || slice.count == LogPart.sliceLimit else {
                return false
            }
            var out = joined.mutableSpan
            out.copy(slice, to: Int(part) * LogPart.sliceLimit)
            if isLast { lastByteCount = slice.count }
            isThere[Int(part)] = true
            missing -= 1
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

    /// A commit of so many parts claims its space at once: 64 MB at 16,384 parts. Larger ones,
    /// and lies, are joined from what has really come.
    private static let partLimit = 16_384

    /// - Parameter slice: At most `LogPart.sliceLimit` bytes.
    mutating func add(_ commit: ID16, part: UInt16, of parts: UInt16, _ slice: Span<UInt8>) {
        if wholes[commit] == nil, parts <= Self.partLimit { wholes[commit] = Whole(parts: parts) }
        if wholes[commit]?.parts == parts, wholes[commit]?.add(part, slice) == true { return }
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
}
