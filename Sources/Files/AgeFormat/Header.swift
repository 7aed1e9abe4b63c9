internal import Encoding

/// The text at the front of an age file. Holds no key.
///
/// Source: age-encryption.org/v1, "Header".
package struct Header: Hashable, Sendable {
    package static let macByteCount = 32
    /// More than a thousand recipients; the format itself knows no limit.
    package static let byteLimit = 1 << 20

    static let version = Array("age-encryption.org/v1".utf8)
    static let columns = 64
    static let lineBreak = UInt8(ascii: "\n")

    /// At least one.
    package let stanzas: [Stanza]
    package let mac: [UInt8]
    /// Every byte that the MAC covers, as it was read: from `age-` to the three dashes.
    package let authenticated: [UInt8]

    /// - Precondition: At least one stanza.
    /// - Parameter authenticate: Gives the 32-byte MAC of the bytes that it is handed.
    package init(_ stanzas: [Stanza], authenticate: ([UInt8]) -> [UInt8]) {
        precondition(!stanzas.isEmpty, "a header wraps its key at least once")
        self.stanzas = stanzas
        authenticated = Self.text(of: stanzas)
        mac = authenticate(authenticated)
        precondition(mac.count == Self.macByteCount)
    }

    /// The bytes that the MAC of a header with these stanzas covers.
    package static func authenticated(_ stanzas: [Stanza]) -> [UInt8] { text(of: stanzas) }

    init(stanzas: [Stanza], mac: [UInt8], authenticated: [UInt8]) {
        self.stanzas = stanzas
        self.mac = mac
        self.authenticated = authenticated
    }

    /// Reads a whole header, without anything after it.
    package init(parsing bytes: [UInt8]) throws(FormatError) {
        var parser = HeaderParser()
        var rest = bytes[...]
        while let end = rest.firstIndex(of: Self.lineBreak) {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            guard let header = try parser.take(Array(line)) else { continue }
            guard rest.isEmpty else { throw .malformedLine }
            self = header
            return
        }
        throw .truncated
    }

    package func serialized() -> [UInt8] {
        authenticated + Array(" ".utf8) + Base64.encode(mac.span, .unpadded) + [Self.lineBreak]
    }

    private static func text(of stanzas: [Stanza]) -> [UInt8] {
        var text = version + [lineBreak]
        for stanza in stanzas {
            let words = ["->", stanza.type] + stanza.arguments
            text += Array(words.joined(separator: " ").utf8) + [lineBreak]
            let body = Base64.encode(stanza.body.span, .unpadded)
            // A body that fills its last line is closed by an empty one.
            for start in stride(from: 0, through: body.count, by: columns) {
                text += body[start..<min(start + columns, body.count)] + [lineBreak]
            }
        }
        return text + Array("---".utf8)
    }
}
