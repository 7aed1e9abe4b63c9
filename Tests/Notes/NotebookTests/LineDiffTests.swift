import Notebook
import TestSupport
import Testing

@Suite("comparing and merging texts")
struct LineDiffTests {
    private static func text(_ random: SeededRandom, _ count: Int) -> [UInt8] {
        let lines = (0..<Int(random.below(UInt32(count + 1)))).map { _ in
            "línea \(random.below(6))\n"
        }
        let text = lines.joined() + (random.below(4) == 0 ? "sin fin" : "")
        return Array(text.utf8)
    }

    @Test("hunks make the old text into the new one, and leave the rest")
    func apply() {
        let random = SeededRandom(seed: 11)
        for _ in 0..<1_500 {
            let (old, new) = (Self.text(random, 14), Self.text(random, 14))
            let diff = LineDiff(from: old, to: new)
            var made: [UInt8] = []
            var at = 0
            for hunk in diff.hunks {
                #expect(hunk.old.lowerBound >= at && !(hunk.old.isEmpty && hunk.new.isEmpty))
                made += diff.old[at..<hunk.old.lowerBound].joined()
                made += diff.new[hunk.new].joined()
                at = hunk.old.upperBound
            }
            made += diff.old[at...].joined()
            #expect(made == new)
            if old == new { #expect(diff.hunks.isEmpty) }
        }
    }

    @Test("one changed line is one hunk; a text that has nothing in common is one too")
    func small() {
        let diff = LineDiff(from: Array("a\nb\nc\n".utf8), to: Array("a\nX\nc\n".utf8))
        #expect(diff.hunks.map(\.old) == [1..<2] && diff.hunks.map(\.new) == [1..<2])
        let many = (0..<3_000).map { "a\($0)\n" }.joined()
        let others = (0..<3_000).map { "b\($0)\n" }.joined()
        let whole = LineDiff(from: Array(many.utf8), to: Array(others.utf8))
        #expect(whole.hunks.map(\.old) == [0..<3_000] && whole.hunks.map(\.new) == [0..<3_000])
    }

    private static let marks = ThreeWayMerge.Marks(mine: "<<<", theirs: "===", end: ">>>")

    @Test("one side alone wins; equal changes are no conflict; order does not matter without one")
    func properties() {
        let random = SeededRandom(seed: 12)
        var clean = 0
        for _ in 0..<1_500 {
            let base = Self.text(random, 12)
            let (mine, theirs) = (Self.text(random, 12), Self.text(random, 12))
            func merge(_ a: [UInt8], _ b: [UInt8]) -> ThreeWayMerge {
                ThreeWayMerge(base: base, mine: a, theirs: b, marks: Self.marks)
            }
            #expect(merge(mine, base).text == mine && merge(base, mine).text == mine)
            #expect(merge(mine, mine).text == mine && merge(mine, mine).conflictCount == 0)
            let one = merge(mine, theirs)
            let other = merge(theirs, mine)
            #expect((one.conflictCount == 0) == (other.conflictCount == 0))
            if one.conflictCount == 0 {
                clean += 1
                #expect(one.text == other.text)
            }
            // Nothing that either wrote is dropped.
            let lines = Set(LineDiff.lines(one.text).map { Array($0.filter { $0 != 10 }) })
            let old = Set(LineDiff.lines(base).map { Array($0.filter { $0 != 10 }) })
            for line in LineDiff.lines(mine) + LineDiff.lines(theirs) {
                let line = Array(line.filter { $0 != 10 })
                #expect(old.contains(line) || lines.contains(line))
            }
        }
        #expect(clean > 10)
    }

    @Test("a place that both changed keeps both, on lines of their own")
    func conflict() {
        let merge = ThreeWayMerge(
            base: Array("a\nb".utf8), mine: Array("a\nX".utf8), theirs: Array("a\nY".utf8),
            marks: Self.marks)
        #expect(String(decoding: merge.text, as: UTF8.self) == "a\n<<<\nX\n===\nY\n>>>\n")
        #expect(merge.conflictCount == 1)
    }
}
