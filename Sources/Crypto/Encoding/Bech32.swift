internal import Secrets

/// Bech32 without a length limit, as age uses it.
///
/// Source: BIP-173 (checksum constant 1, not Bech32m); age-encryption.org/v1, "Bech32".
package enum Bech32 {
    package enum Case: Sendable { case lower, upper }

    package struct Decoded: Sendable {
        /// The human-readable part in lower case.
        package let prefix: String
        /// Zero it, or drain it into `SecretBytes`, when it is a key.
        package var bytes: [UInt8]
    }

    /// - Parameter prefix: Human-readable part in lower case, 1 or more characters of 33...126.
    /// - Returns: ASCII text of `prefix.count + 1 + ⌈8n/5⌉ + 6` bytes.
    package static func encode(_ bytes: Span<UInt8>, prefix: String, _ letters: Case = .lower)
        -> [UInt8]
    {
        let human = Array(prefix.utf8)
        var values: [UInt8] = []
        values.reserveCapacity((bytes.count * 8 + 4) / 5 + 6)
        defer { Zeroing.zero(&values) }
        var group: UInt32 = 0
        var bits = 0
        for index in bytes.indices {
            group = group << 8 | UInt32(bytes[index])
            bits += 8
            while bits >= 5 {
                bits -= 5
                values.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)) & 31)
            }
            group &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { values.append(UInt8(truncatingIfNeeded: group << UInt32(5 - bits)) & 31) }
        var state = checksum(human: human, values: values)
        for _ in 0..<6 { state = step(state, 0) }
        state ^= 1
        for place in 0..<6 {
            values.append(UInt8(truncatingIfNeeded: state >> UInt32(5 * (5 - place))) & 31)
        }
        var out: [UInt8] = []
        out.reserveCapacity(human.count + 1 + values.count)
        out.append(contentsOf: human)
        out.append(UInt8(ascii: "1"))
        for value in values { out.append(charset[Int(value)]) }
        guard letters == .upper else { return out }
        for index in out.indices where lowerCase.contains(out[index]) { out[index] -= 32 }
        return out
    }

    /// - Returns: nil for mixed case, a bad character, checksum or regrouping.
    package static func decode(_ text: Span<UInt8>) -> Decoded? {
        var separator: Int? = nil
        var hasLower = false
        var hasUpper = false
        for index in text.indices {
            guard (33...126).contains(text[index]) else { return nil }
            if lowerCase.contains(text[index]) { hasLower = true }
            if upperCase.contains(text[index]) { hasUpper = true }
            if text[index] == UInt8(ascii: "1") { separator = index }
        }
        guard !(hasLower && hasUpper), let separator, separator >= 1,
            text.count - separator - 1 >= 6
        else { return nil }
        var human: [UInt8] = []
        for index in 0..<separator { human.append(lowered(text[index])) }
        var values: [UInt8] = []
        values.reserveCapacity(text.count - separator - 1)
        defer { Zeroing.zero(&values) }
        for index in (separator + 1)..<text.count {
            let character = lowered(text[index])
            guard let value = charset.firstIndex(of: character) else { return nil }
            values.append(UInt8(value))
        }
        guard checksum(human: human, values: values) == 1 else { return nil }
        guard let bytes = regrouped(values.dropLast(6)) else { return nil }
        return Decoded(prefix: String(decoding: human, as: UTF8.self), bytes: bytes)
    }

    private static let charset = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let lowerCase = UInt8(ascii: "a")...UInt8(ascii: "z")
    private static let upperCase = UInt8(ascii: "A")...UInt8(ascii: "Z")

    private static func lowered(_ character: UInt8) -> UInt8 {
        upperCase.contains(character) ? character + 32 : character
    }

    /// Five-bit values to bytes: fewer than 5 bits may be left over, and they must be zero.
    private static func regrouped(_ values: ArraySlice<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(values.count * 5 / 8)
        var group: UInt32 = 0
        var bits = 0
        for value in values {
            group = group << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
                group &= (1 << UInt32(bits)) - 1
            }
        }
        return bits < 5 && group == 0 ? out : nil
    }

    private static func checksum(human: [UInt8], values: [UInt8]) -> UInt32 {
        var state: UInt32 = 1
        for character in human { state = step(state, character >> 5) }
        state = step(state, 0)
        for character in human { state = step(state, character & 31) }
        for value in values { state = step(state, value) }
        return state
    }

    /// Source: BIP-173, `bech32_polymod`.
    private static func step(_ state: UInt32, _ value: UInt8) -> UInt32 {
        let top = state >> 25
        var next = (state & 0x1ff_ffff) << 5 ^ UInt32(value)
        let generators: [5 of UInt32] = [
            0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3,
        ]
        for bit in 0..<5 where top >> UInt32(bit) & 1 == 1 { next ^= generators[bit] }
        return next
    }
}
