internal import Encoding
internal import Primitives

/// An SSH public key of the kind ssh-ed25519, as a recipient.
///
/// Source: RFC 8709, section 4; RFC 4253, section 6.6.
struct SSHPublicKey: Hashable, Sendable {
    static let type = "ssh-ed25519"

    /// The Ed25519 key: 32 bytes.
    let bytes: [UInt8]
    /// The X25519 point of it.
    let point: [UInt8]

    /// - Parameter bytes: 32 bytes.
    /// - Returns: nil for bytes that are no key.
    init?(_ bytes: [UInt8]) {
        guard let point = Ed25519.agreementPoint(publicKey: bytes.span) else { return nil }
        self.bytes = bytes
        self.point = point
    }

    /// Reads a line of a `.pub` or `authorized_keys` file: type, base64 and whatever comment.
    init(parsing line: String) throws(KeyError) {
        let words = line.split(
            maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\t" })
        guard let type = words.first else { throw .malformed }
        guard type == Self.type else { throw .unsupported(kind: String(type)) }
        guard words.count >= 2,
            let wire = Base64.decode(Array(words[1].utf8).span, .padded),
            let key = SSHPublicKey(wire: wire)
        else { throw .malformed }
        self = key
    }

    /// string type ‖ string key, each after its length.
    init?(wire: [UInt8]) {
        let front = Self.front
        guard wire.count == front.count + Ed25519.publicKeyByteCount, wire.starts(with: front)
        else { return nil }
        self.init(Array(wire[front.count...]))
    }

    var wire: [UInt8] { Self.front + bytes }

    /// The first 4 bytes of SHA-256 of the wire form, by which an identity knows its stanzas.
    var tag: String {
        let hash = SHA256.hash(wire.span)
        return String(
            decoding: Base64.encode(hash.span.extracting(0..<4), .unpadded), as: UTF8.self)
    }

    /// The line without a comment.
    var description: String {
        "\(Self.type) \(String(decoding: Base64.encode(wire.span, .padded), as: UTF8.self))"
    }

    private static let front: [UInt8] = {
        var writer = ByteWriter()
        writer.u32(UInt32(type.utf8.count))
        writer.raw(Array(type.utf8))
        writer.u32(UInt32(Ed25519.publicKeyByteCount))
        return writer.bytes
    }()
}
