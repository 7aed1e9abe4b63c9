/// Standard-alphabet base64, with one accepted spelling for each byte string.
///
/// Source: RFC 4648, section 4. Decoding refuses white space, a wrong length, wrong or missing
/// padding and unused low bits that are not zero, so that encode(decode(x)) == x.
package enum Base64 {
    package enum Padding: Sendable { case padded, unpadded }

    package static func encode(_ bytes: Span<UInt8>, _ padding: Padding) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let present = min(3, bytes.count - index)
            var group: UInt32 = 0
            for offset in 0..<3 {
                group = group << 8 | (offset < present ? UInt32(bytes[index + offset]) : 0)
            }
            for digit in 0...present {
                out.append(character(UInt8(truncatingIfNeeded: group >> (18 - 6 * digit)) & 63))
            }
            if padding == .padded {
                for _ in present..<3 { out.append(UInt8(ascii: "=")) }
            }
            index += present
        }
        return out
    }

    /// - Returns: nil for any spelling that `encode` does not write.
    package static func decode(_ text: Span<UInt8>, _ padding: Padding) -> [UInt8]? {
        var digits = text.count
        if padding == .padded {
            guard digits % 4 == 0 else { return nil }
            if digits > 0, text[digits - 1] == UInt8(ascii: "=") { digits -= 1 }
            if digits > 0, text[digits - 1] == UInt8(ascii: "="), digits < text.count {
                digits -= 1
            }
        }
        guard digits % 4 != 1 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(digits / 4 * 3 + 2)
        var group: UInt32 = 0
        var bits = 0
        for index in 0..<digits {
            guard let value = value(of: text[index]) else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
                group &= (1 << UInt32(bits)) - 1
            }
        }
        // Unused low bits must be zero: another spelling of the same bytes is refused.
        return group == 0 ? out : nil
    }

    /// Without a table: a look-up at a secret index would leak through the cache.
    private static func character(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + (value - 26)
        case 52..<62: UInt8(ascii: "0") + (value - 52)
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
