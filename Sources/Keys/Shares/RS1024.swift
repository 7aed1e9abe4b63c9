internal import Secrets

/// The checksum of three words, which finds any three wrong words in a share.
///
/// Source: SLIP-39, "Checksum".
struct RS1024 {
    static let wordCount = 3
    private var state: UInt32 = 1

    /// - Parameter isExtendable: The share's own flag chooses the text that is hashed first.
    init(isExtendable: Bool) {
        for character in (isExtendable ? "shamir_extendable" : "shamir").utf8 {
            add(UInt16(character))
        }
    }

    mutating func add(_ word: UInt16) {
        let top = state >> 20
        state = (state & 0xf_ffff) << 10 ^ UInt32(word)
        let generators: [10 of UInt32] = [
            0xe0e040, 0x1c1c080, 0x3838100, 0x7070200, 0xe0e0009,
            0x1c0c_2412, 0x3808_6c24, 0x3090_fc48, 0x21b1_f890, 0x3f3_f120,
        ]
        // A mask instead of a branch: the words are secret. &- wraps by intent.
        for bit in 0..<10 { state ^= generators[bit] & (0 &- (top >> UInt32(bit) & 1)) }
    }

    /// After the whole share, checksum included.
    var isValid: Bool { state == 1 }

    /// After the words before the checksum: the three that make it hold.
    func checksum() -> [3 of UInt16] {
        var copy = self
        for _ in 0..<Self.wordCount { copy.add(0) }
        let rest = copy.state ^ 1
        return [
            UInt16(truncatingIfNeeded: rest >> 20 & 1023),
            UInt16(truncatingIfNeeded: rest >> 10 & 1023), UInt16(truncatingIfNeeded: rest & 1023),
        ]
    }
}
