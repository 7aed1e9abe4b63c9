internal import Secrets

/// A share that is being typed: each word is judged as it comes, not after the last share.
package struct ShareEntry: ~Copyable {
    private var indices = SecretBuffer<UInt16>(count: Share.wordCounts.upperBound)
    /// Words accepted so far.
    package private(set) var count = 0

    package init() {}

    /// Takes the next word: in full or by its first four letters, in either case.
    ///
    /// - Throws: `.unknownWord` with what it may have been, or `.wordCount` past the longest share;
    ///   the entry stays as it was.
    package mutating func add(_ word: Span<UInt8>) throws(ShareError) {
        guard count < Share.wordCounts.upperBound else { throw .wordCount(count + 1) }
        guard let index = ShareWords.index(of: word) else {
            throw .unknownWord(
                position: count + 1, suggestions: ShareWords.suggestions(for: word))
        }
        let place = count
        indices.withMutableElements { $0[place] = index }
        count += 1
    }

    /// Takes back the last word.
    package mutating func removeLast() {
        precondition(count > 0, "no word to take back")
        count -= 1
    }

    /// Puts another word in the place of one that was accepted.
    ///
    /// - Parameter position: 1...count.
    /// - Throws: `.unknownWord`; the entry stays as it was.
    package mutating func replace(_ position: Int, with word: Span<UInt8>) throws(ShareError) {
        precondition((1...count).contains(position), "no such word yet")
        guard let index = ShareWords.index(of: word) else {
            throw .unknownWord(
                position: position, suggestions: ShareWords.suggestions(for: word))
        }
        indices.withMutableElements { $0[position - 1] = index }
    }

    /// The words so far, in full, on their way back to the screen where they were typed.
    package var words: [String] {
        indices.withElements { indices in (0..<count).map { ShareWords.word(at: indices[$0]) } }
    }

    /// Whether the words so far are a share: their number can be one's, and the checksum holds.
    package var isWhole: Bool { Self.filling(count) != nil && hasChecksum }

    private var hasChecksum: Bool {
        var sum = RS1024(isExtendable: firstWords[1] >> 4 & 1 == 1)
        indices.withElements { indices in
            for index in 0..<count { sum.add(indices[index]) }
        }
        return sum.isValid
    }

    /// Zero bits before the value, of which there are at most 8: the value has whole pairs of bytes.
    ///
    /// - Returns: nil where no share has so many words.
    private static func filling(_ count: Int) -> Int? {
        guard Share.wordCounts.contains(count) else { return nil }
        let filling = (count - ShareHeader.wordCount - RS1024.wordCount) * 10 % 16
        return filling <= 8 ? filling : nil
    }

    /// What the first four words say, not yet covered by a checksum: enough to tell that a share
    /// of another set is being typed.
    package var header: ShareHeader? {
        guard count >= ShareHeader.wordCount else { return nil }
        return try? ShareHeader(words: firstWords)
    }

    /// Ends the share.
    ///
    /// - Throws: `.wordCount`, `.checksum`, `.thresholds` or `.padding`, in this order.
    package consuming func finish() throws(ShareError) -> Share {
        let valueWords = count - ShareHeader.wordCount - RS1024.wordCount
        guard let filling = Self.filling(count) else { throw .wordCount(count) }
        guard hasChecksum else { throw .checksum }
        let header = try ShareHeader(words: firstWords)
        let top = indices.withElements { $0[ShareHeader.wordCount] }
        guard top >> UInt16(10 - filling) == 0 else { throw .padding }
        let value = SecretBytes(count: (valueWords * 10 - filling) / 8) { bytes in
            indices.withElements { indices in
                var group: UInt32 = 0
                var bits = -filling
                var next = 0
                for index in 0..<valueWords {
                    group = group << 10 | UInt32(indices[ShareHeader.wordCount + index])
                    bits += 10
                    while bits >= 8 {
                        bits -= 8
                        bytes[next] = UInt8(truncatingIfNeeded: group >> UInt32(bits))
                        next += 1
                    }
                }
            }
        }
        return Share(header: header, value: SharedSecret(value))
    }

    private var firstWords: [4 of UInt16] {
        indices.withElements { [$0[0], $0[1], $0[2], $0[3]] }
    }
}
