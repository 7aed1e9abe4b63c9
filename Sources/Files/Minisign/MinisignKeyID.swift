/// The 8 random bytes that help to find a key. They prove nothing.
package struct MinisignKeyID: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 8
    package let bytes: [UInt8]

    /// - Precondition: 8 bytes.
    package init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "a key ID has 8 bytes")
        self.bytes = bytes
    }

    /// 16 upper-case digits of the bytes read as a little-endian number, as minisign prints it.
    package var description: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes.reversed() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
