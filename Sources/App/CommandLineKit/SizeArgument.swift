/// A number of bytes as it is typed: `500`, `64K`, `2M`, `1G`; powers of 1,000.
package enum SizeArgument {
    /// - Returns: nil for any other spelling, and for more than nine digits.
    package static func parse(_ text: some StringProtocol) -> Int? {
        var bytes = Array(text.utf8)
        var unit = 1
        switch bytes.last {
        case UInt8(ascii: "K"): unit = 1_000
        case UInt8(ascii: "M"): unit = 1_000_000
        case UInt8(ascii: "G"): unit = 1_000_000_000
        default: break
        }
        if unit > 1 { bytes.removeLast() }
        guard (1...9).contains(bytes.count) else { return nil }
        var count = 0
        for digit in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            // Nine digits and nine zeros at most: neither this nor the product can overflow.
            count = count * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return count * unit
    }
}
