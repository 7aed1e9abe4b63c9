import Secrets
import Shares
import TestSupport
import Testing

@Suite("typing a share")
struct ShareEntryTests {
    private func share() throws -> Share {
        let secret = SeededRandom(seed: 51).secret(count: 16)
        return try ShareScheme(threshold: 2, count: 3).split(
            secret, exponent: 0, random: SeededRandom(seed: 52))[0][1]
    }

    private func parse(_ words: [String]) throws -> ShareHeader {
        let text = Array(words.joined(separator: " ").utf8)
        return try Share(parsing: text.span).header
    }

    @Test("first four letters, capitals and loose white space are enough")
    func abbreviated() throws {
        let share = try share()
        let words = share.words()
        #expect(try parse(words.map { String($0.prefix(4)) }) == share.header)
        #expect(try parse(words.map { $0.uppercased() }) == share.header)
        let loose = Array(("\n  " + words.joined(separator: " \t\r\n") + "\n").utf8)
        #expect(try Share(parsing: loose.span).header == share.header)
    }

    @Test("an unknown word is named by its place, with what it may have been")
    func unknown() throws {
        let share = try share()
        var words = share.words()
        words[6] = "acadmic"
        #expect(throws: ShareError.unknownWord(position: 7, suggestions: ["academic"])) {
            _ = try parse(words)
        }
        for typo in ["abc", "acade", "academics", "añejo", "xyzxyzxy", "1234", "acid\u{0}"] {
            words[6] = typo
            let failure = #expect(throws: ShareError.self) { _ = try parse(words) }
            guard case .unknownWord(position: 7, _) = failure else {
                Issue.record("\(typo): \(String(describing: failure))")
                continue
            }
        }
    }

    @Test("any one wrong word and any two swapped words break the checksum")
    func checksum() throws {
        let share = try share()
        let words = share.words()
        for index in words.indices {
            var wrong = words
            wrong[index] = words[index] == "academic" ? "acid" : "academic"
            let failure = #expect(throws: ShareError.self) { _ = try parse(wrong) }
            #expect(failure == .checksum, "word \(index + 1)")
        }
        for index in words.indices.dropLast() where words[index] != words[index + 1] {
            var swapped = words
            swapped.swapAt(index, index + 1)
            #expect(throws: ShareError.checksum) { _ = try parse(swapped) }
        }
    }

    @Test("a length that no share has is refused", arguments: [0, 1, 19, 21, 24, 26, 60])
    func lengths(_ count: Int) throws {
        let words = [String](repeating: "academic", count: count)
        #expect(throws: ShareError.wordCount(count)) { _ = try parse(words) }
    }

    @Test("a share of another set is known after four words")
    func early() throws {
        var pool = SharePool()
        try pool.add(share())
        var entry = ShareEntry()
        for word in ["shadow", "pistol", "academic"] { try entry.add(Array(word.utf8).span) }
        let none = entry.header
        #expect(none == nil)
        try entry.add(Array("always".utf8).span)
        let found = entry.header
        let header = try #require(found)
        #expect(throws: ShareError.otherSet) { try pool.check(header) }
        entry.removeLast()
        let count = entry.count
        #expect(count == 3)
    }

    @Test("random words never trap")
    func hostile() throws {
        let random = SeededRandom(seed: 53)
        for _ in 0..<100 {
            let bytes = random.bytes(Int(random.below(200)))
            let text = bytes.map { $0 % 40 < 30 ? 97 + $0 % 26 : 32 }
            _ = try? Share(parsing: (random.below(2) == 0 ? bytes : text).span)
        }
    }
}
