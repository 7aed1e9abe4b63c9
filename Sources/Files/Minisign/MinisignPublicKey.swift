internal import Encoding

/// The public half of a signing key, as minisign writes it.
///
/// line = base64("Ed" ‖ key ID 8 ‖ Ed25519 public key 32), 56 characters that begin with RW.
///
/// Source: minisign.c, `pubkey_load_string`.
package struct MinisignPublicKey: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 32
    package let keyID: MinisignKeyID
    /// The Ed25519 public key: 32 bytes.
    package let bytes: [UInt8]

    /// - Precondition: 32 bytes.
    package init(keyID: MinisignKeyID, bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "an Ed25519 public key has 32 bytes")
        self.keyID = keyID
        self.bytes = bytes
    }

    /// Reads a public key file (two lines), or its second line alone as it is passed around.
    package init(parsing text: Span<UInt8>) throws(MinisignError) {
        let lines = try Lines.split(text)
        switch lines.count {
        case 1:
            try self.init(line: text.extracting(lines[0]), number: 1)
        case 2:
            _ = try Comment(parsing: text.extracting(lines[0]), .untrusted, line: 1)
            try self.init(line: text.extracting(lines[1]), number: 2)
        default:
            throw .lineCount(found: lines.count, expected: 2)
        }
    }

    package init(parsing text: String) throws(MinisignError) {
        try self.init(parsing: Array(text.utf8).span)
    }

    private init(line: Span<UInt8>, number: Int) throws(MinisignError) {
        let bytes = try Lines.decode(line, count: 42, line: number)
        guard bytes[0..<2].elementsEqual("Ed".utf8) else {
            throw .unknownAlgorithm(Array(bytes[0..<2]))
        }
        self.init(keyID: MinisignKeyID(Array(bytes[2..<10])), bytes: Array(bytes[10..<42]))
    }

    /// The line that is passed around: RW….
    package var description: String {
        let all = Array("Ed".utf8) + keyID.bytes + bytes
        return String(decoding: Base64.encode(all.span, .padded), as: UTF8.self)
    }

    /// A public key file: two lines.
    package func serialized() -> [UInt8] {
        Array("untrusted comment: minisign public key \(keyID)\n\(description)\n".utf8)
    }
}
