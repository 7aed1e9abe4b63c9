/// What changed between two texts, line by line.
package struct LineDiff: Sendable {
    /// Lines of the old text that lines of the new one replace; one of them may be empty.
    package struct Hunk: Hashable, Sendable {
        package let old: Range<Int>
        package let new: Range<Int>
    }

    package let old: [ArraySlice<UInt8>]
    package let new: [ArraySlice<UInt8>]
    /// In order; at least one line that stayed lies between two of them.
    package let hunks: [Hunk]

    package init(from old: [UInt8], to new: [UInt8]) {
        self.init(from: Self.lines(old), to: Self.lines(new))
    }

    init(from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]) {
        self.old = old
        self.new = new
        hunks = Self.hunks(old, new)
    }

    /// Each line with its end; the last one may have none.
    package static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for index in text.indices where text[index] == UInt8(ascii: "\n") {
            lines.append(text[start...index])
            start = index + 1
        }
        if start < text.count { lines.append(text[start...]) }
        return lines
    }

    /// Beyond so many changed lines the whole middle counts as changed: the search takes the square
    /// of it in memory (8 MB here), and nobody reads such a comparison.
    static let changeLimit = 1_000

    private static func hunks(
        _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
    ) -> [Hunk] {
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        func numbered(_ lines: [ArraySlice<UInt8>]) -> [Int] {
            lines.map { line in
                let next = numbers.count
                return numbers[line]
                    ?? {
                        numbers[line] = next
                        return next
                    }()
            }
        }
        let (a, b) = (numbered(old), numbered(new))
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var tail = 0
        while tail < min(a.count, b.count) - start, a[a.count - 1 - tail] == b[b.count - 1 - tail] {
            tail += 1
        }
        let middle = (old: start..<a.count - tail, new: start..<b.count - tail)
        guard let pairs = kept(a, middle.old, b, middle.new) else {
            return [Hunk(old: middle.old, new: middle.new)]
        }
        var hunks: [Hunk] = []
        var (at, to) = (start, start)
        for pair in pairs + [(middle.old.upperBound, middle.new.upperBound)] {
            if pair.0 > at || pair.1 > to {
                hunks.append(Hunk(old: at..<pair.0, new: to..<pair.1))
            }
            (at, to) = (pair.0 + 1, pair.1 + 1)
        }
        return hunks
    }

    /// The places of the lines that both have, as many as can be kept in order; nil when too many
    /// others changed.
    ///
    /// Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4.
    private static func kept(
        _ a: [Int], _ old: Range<Int>, _ b: [Int], _ new: Range<Int>
    ) -> [(Int, Int)]? {
        let (count, other) = (old.count, new.count)
        let limit = min(count + other, changeLimit)
        var reach = [Int](repeating: 0, count: 2 * limit + 3)
        var trace: [[Int]] = []
        let middle = limit + 1
        for changes in 0...limit {
            trace.append(Array(reach[(middle - changes)...(middle + changes)]))
            for diagonal in stride(from: -changes, through: changes, by: 2) {
                let isDown =
                    diagonal == -changes
                    || diagonal != changes
                        && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]
                var x =
                    isDown ? reach[middle + diagonal + 1] : reach[middle + diagonal - 1] + 1
                while x < count, x - diagonal < other,
                    a[old.lowerBound + x] == b[new.lowerBound + x - diagonal]
                {
                    x += 1
                }
                reach[middle + diagonal] = x
                if x >= count, x - diagonal >= other {
                    return path(back: trace, from: (count, other), old, new)
                }
            }
        }
        return nil
    }

    /// Walks the search back from its end.
    private static func path(
        back trace: [[Int]], from end: (Int, Int), _ old: Range<Int>, _ new: Range<Int>
    ) -> [(Int, Int)] {
        var (x, y) = end
        var pairs: [(Int, Int)] = []
        func keep(to stopX: Int, _ stopY: Int) {
            while x > stopX, y > stopY {
                (x, y) = (x - 1, y - 1)
                pairs.append((old.lowerBound + x, new.lowerBound + y))
            }
        }
        for changes in trace.indices.reversed() where changes > 0 {
            // As `reach` was before this round: its middle is diagonal 0.
            let reach = trace[changes]
            let diagonal = x - y
            func value(_ diagonal: Int) -> Int { reach[changes + diagonal] }
            let isDown =
                diagonal == -changes
                || diagonal != changes && value(diagonal - 1) < value(diagonal + 1)
            let previous = isDown ? diagonal + 1 : diagonal - 1
            let (startX, startY) = (value(previous), value(previous) - previous)
            keep(to: isDown ? startX : startX + 1, isDown ? startY + 1 : startY)
            (x, y) = (startX, startY)
        }
        keep(to: 0, 0)
        return pairs.reversed()
    }
}

/// Two texts that come from one, put together again.
package struct ThreeWayMerge: Sendable {
    package let text: [UInt8]
    /// Places that both changed, each in its own way: both are there, between marks.
    package let conflictCount: Int

    init(text: [UInt8], conflictCount: Int) {
        self.text = text
        self.conflictCount = conflictCount
    }

    /// Lines that stand around a place that both changed.
    package struct Marks: Sendable {
        let mine: String
        let theirs: String
        let end: String

        package init(mine: String, theirs: String, end: String) {
            self.mine = mine
            self.theirs = theirs
            self.end = end
        }
    }

    package init(base: [UInt8], mine: [UInt8], theirs: [UInt8], marks: Marks) {
        let mine = LineDiff(from: base, to: mine)
        let theirs = LineDiff(from: mine.old, to: LineDiff.lines(theirs))
        var (text, conflicts) = ([UInt8](), 0)
        func add(_ lines: some Sequence<ArraySlice<UInt8>>) {
            for line in lines { text += line }
        }
        func mark(_ words: String) {
            if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
            text += Array((words + "\n").utf8)
        }
        var (mineLeft, theirsLeft) = (mine.hunks[...], theirs.hunks[...])
        // How much further a place of the base lies in each.
        var (mineShift, theirsShift) = (0, 0)
        var at = 0
        while let start = [mineLeft.first, theirsLeft.first].compactMap({ $0?.old.lowerBound })
            .min()
        {
            add(mine.old[at..<start])
            var end = start
            let (mineBefore, theirsBefore) = (mineShift, theirsShift)
            var (isMine, isTheirs) = (false, false)
            // Changes that touch belong together: nobody can say in which order they come.
            while true {
                if let hunk = mineLeft.first, hunk.old.lowerBound <= end {
                    end = max(end, hunk.old.upperBound)
                    mineShift += hunk.new.count - hunk.old.count
                    mineLeft.removeFirst()
                    isMine = true
                } else if let hunk = theirsLeft.first, hunk.old.lowerBound <= end {
                    end = max(end, hunk.old.upperBound)
                    theirsShift += hunk.new.count - hunk.old.count
                    theirsLeft.removeFirst()
                    isTheirs = true
                } else {
                    break
                }
            }
            let mineLines = mine.new[start + mineBefore..<end + mineShift]
            let theirLines = theirs.new[start + theirsBefore..<end + theirsShift]
            if !isTheirs || isMine && mineLines == theirLines {
                add(mineLines)
            } else if !isMine {
                add(theirLines)
            } else {
                conflicts += 1
                mark(marks.mine)
                add(mineLines)
                mark(marks.theirs)
                add(theirLines)
                mark(marks.end)
            }
            at = end
        }
        add(mine.old[at...])
        self.text = text
        conflictCount = conflicts
    }
}
