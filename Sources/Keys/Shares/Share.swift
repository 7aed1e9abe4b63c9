package import Secrets

/// What a share says about itself; none of it is secret.
///
/// Source: SLIP-39, "Format of the share mnemonic": identifier 15 bits ‖ extendable 1 ‖ exponent 4 ‖
/// group index 4 ‖ group threshold − 1 4 ‖ group count − 1 4 ‖ member index 4 ‖ member threshold − 1 4.
package struct ShareHeader: Hashable, Sendable {
    static let wordCount = 4

    /// Random, 15 bits: common to the shares of one splitting.
    package let identifier: Int
    /// Shares written since 2023: the identifier does not enter the encryption.
    package let isExtendable: Bool
    /// The derivation takes 10,000 · 2^exponent rounds; 0...15.
    package let exponent: Int
    /// 0...15, the group's place in the field.
    package let groupIndex: Int
    package let groupThreshold: Int
    package let groupCount: Int
    /// 0...15, the member's place in the field.
    package let memberIndex: Int
    package let memberThreshold: Int

    var words: [4 of UInt16] {
        let first = identifier << 5 | (isExtendable ? 1 : 0) << 4 | exponent
        let second =
            groupIndex << 16 | (groupThreshold - 1) << 12 | (groupCount - 1) << 8
            | memberIndex << 4 | (memberThreshold - 1)
        return [
            UInt16(truncatingIfNeeded: first >> 10), UInt16(truncatingIfNeeded: first & 1_023),
            UInt16(truncatingIfNeeded: second >> 10), UInt16(truncatingIfNeeded: second & 1_023),
        ]
    }

    init(
        identifier: Int, isExtendable: Bool, exponent: Int, groupIndex: Int, groupThreshold: Int,
        groupCount: Int, memberIndex: Int, memberThreshold: Int
    ) {
        self.identifier = identifier
        self.isExtendable = isExtendable
        self.exponent = exponent
        self.groupIndex = groupIndex
        self.groupThreshold = groupThreshold
        self.groupCount = groupCount
        self.memberIndex = memberIndex
        self.memberThreshold = memberThreshold
    }

    /// - Throws: `.thresholds` when more groups are asked for than there are.
    init(words: [4 of UInt16]) throws(ShareError) {
        let first = Int(words[0]) << 10 | Int(words[1])
        let second = Int(words[2]) << 10 | Int(words[3])
        self.init(
            identifier: first >> 5, isExtendable: first >> 4 & 1 == 1, exponent: first & 15,
            groupIndex: second >> 16, groupThreshold: (second >> 12 & 15) + 1,
            groupCount: (second >> 8 & 15) + 1, memberIndex: second >> 4 & 15,
            memberThreshold: (second & 15) + 1)
        guard groupThreshold <= groupCount else { throw .thresholds }
    }
}

/// One share of a secret: what one sheet of paper carries.
package struct Share: Sendable {
    /// Words of a share of 16 to 64 bytes: 20 for 16 bytes, 33 for 32.
    package static let wordCounts = 20...59

    package let header: ShareHeader
    let value: SharedSecret

    /// Reads words with white space between them, in full or by their first four letters.
    ///
    /// - Throws: The first thing that is wrong, by the place of the word where one can be named.
    package init(parsing text: Span<UInt8>) throws(ShareError) {
        var entry = ShareEntry()
        var start = 0
        while start < text.count {
            if Self.isSpace(text[start]) {
                start += 1
                continue
            }
            var end = start
            while end < text.count, !Self.isSpace(text[end]) { end += 1 }
            try entry.add(text.extracting(start..<end))
            start = end
        }
        self = try entry.finish()
    }

    init(header: ShareHeader, value: SharedSecret) {
        self.header = header
        self.value = value
    }

    /// The two words that all shares of one splitting begin with: the set's name on a sheet.
    package var setLabel: String {
        "\(ShareWords.word(at: header.words[0])) \(ShareWords.word(at: header.words[1]))"
    }

    /// The three words that all shares of one group begin with.
    package var groupLabel: String { "\(setLabel) \(ShareWords.word(at: header.words[2]))" }

    /// The words one by one, on their way to a screen or to paper.
    package func words() -> [String] {
        indices.withElements { indices in
            indices.indices.map { ShareWords.word(at: indices[$0]) }
        }
    }

    /// The words with single spaces between them.
    package func text() -> SecretBytes {
        let indices = indices
        var byteCount = 0
        let draft = SecretBytes(count: indices.count * 9) { text in
            indices.withElements { indices in
                for index in indices.indices {
                    if index > 0 {
                        text[byteCount] = UInt8(ascii: " ")
                        byteCount += 1
                    }
                    byteCount += ShareWords.write(indices[index], into: &text, at: byteCount)
                }
            }
        }
        return draft.slice(0..<byteCount)
    }

    /// header ‖ value, left-padded with zero bits to whole words ‖ checksum.
    private var indices: SecretBuffer<UInt16> {
        let head = header.words
        let bitCount = value.bytes.count * 8
        let valueWords = (bitCount + 9) / 10
        var sum = RS1024(isExtendable: header.isExtendable)
        var all = SecretBuffer<UInt16>(count: head.count + valueWords + RS1024.wordCount)
        all.withMutableElements { all in
            for index in 0..<head.count { all[index] = head[index] }
            value.bytes.withBytes { bytes in
                var group: UInt32 = 0
                var bits = valueWords * 10 - bitCount
                var next = head.count
                for index in bytes.indices {
                    group = group << 8 | UInt32(bytes[index])
                    bits += 8
                    if bits >= 10 {
                        bits -= 10
                        all[next] = UInt16(truncatingIfNeeded: group >> UInt32(bits) & 1_023)
                        next += 1
                    }
                }
            }
            for index in 0..<head.count + valueWords { sum.add(all[index]) }
            let checksum = sum.checksum()
            for index in 0..<checksum.count {
                all[head.count + valueWords + index] = checksum[index]
            }
        }
        return all
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (9...13).contains(byte)
    }
}
