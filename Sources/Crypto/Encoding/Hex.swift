/// Lower-case hexadecimal.
package enum Hex {
    package static func encode(_ bytes: Span<UInt8>) -> String {
        String(hexOf: bytes)
    }

    package static func encode(_ bytes: [UInt8]) -> String { encode(bytes.span) }

    /// - Returns: nil for an odd length or a character outside 0–9, a–f, A–F.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(of: digits[index]), let low = value(of: digits[index + 1]) else {
                return nil
            }
            out.append(high << 4 | low)
        }
        return out
    }

    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension String {
    fileprivate init(hexOf bytes: Span<UInt8>) {
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count * 2)
        for index in bytes.indices {
            digits.append(Hex.digit(bytes[index] >> 4))
            digits.append(Hex.digit(bytes[index] & 15))
        }
        self.init(decoding: digits, as: UTF8.self)
    }
}
