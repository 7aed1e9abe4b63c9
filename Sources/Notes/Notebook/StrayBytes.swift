/// Text from a keyboard that does not speak UTF-8, or not only.
package enum StrayBytes {
    /// Keeps what is UTF-8 and reads every other byte as Windows-1252, of which Latin-1's letters
    /// are a part.
    ///
    /// - Returns: UTF-8, and how many bytes were not.
    package static func readable(_ bytes: [UInt8]) -> (text: [UInt8], strayCount: Int) {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var strayCount = 0
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var position = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                text.append(contentsOf: encoded)
                position += encoded.count
            case .error(let length):
                for byte in bytes[position..<position + length] {
                    text.append(contentsOf: Array(String(letter(byte)).utf8))
                }
                strayCount += length
                position += length
            case .emptyInput: return (text, strayCount)
            }
        }
    }

    /// Source: encoding.spec.whatwg.org, index windows-1252: 0x80 to 0x9F; the rest is Latin-1.
    private static let table: [UInt32] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    private static func letter(_ byte: UInt8) -> Character {
        let value = (0x80..<0xA0).contains(byte) ? table[Int(byte) - 0x80] : UInt32(byte)
        return Character(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
}
