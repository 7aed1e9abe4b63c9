package import AgeFormat
internal import Encoding
internal import Primitives
package import Secrets

/// A public key that files are sealed to: `age1…`.
package struct Recipient: Hashable, Sendable, CustomStringConvertible {
    static let prefix = "age"

    let point: [UInt8]

    init(point: [UInt8]) { self.point = point }

    /// - Parameter text: Bech32 in lower or, as in QR codes, upper case.
    package init(parsing text: String) throws(KeyError) {
        let lowered = text.lowercased()
        guard !lowered.hasPrefix("age-") else { throw .identityGiven }
        // An X25519 recipient has no second `1`, which is no digit of Bech32.
        if lowered.hasPrefix("age1"), let kind = Self.kind(in: lowered) {
            throw .unsupported(kind: kind)
        }
        guard let decoded = Bech32.decode(Array(text.utf8).span), decoded.prefix == Self.prefix,
            decoded.bytes.count == X25519.byteCount
        else { throw .malformed }
        point = decoded.bytes
    }

    /// The one spelling in which it is written.
    package var description: String {
        String(decoding: Bech32.encode(point.span, prefix: Self.prefix), as: UTF8.self)
    }

    /// Whether the text looks like a recipient, rather than a contact's name.
    package static func looksLikeOne(_ text: String) -> Bool {
        // A private key is taken for one too, so that it is refused and never looked up or shown.
        let lowered = text.lowercased()
        return ["age1", "age-secret-key-", "age-plugin-", "ssh-"].contains { lowered.hasPrefix($0) }
    }

    /// `age1NAME` of `age1NAME1…`, such as a plugin's or the post-quantum kind.
    private static func kind(in text: String) -> String? {
        text.lastIndex(of: "1").flatMap { last in
            let kind = text[..<last]
            return kind.count > 3 ? String(kind) : nil
        }
    }
}

extension Recipient: Sealer {
    package func wrap(
        _ fileKey: borrowing SecretBytes, random: any RandomSource
    ) throws(AgeError) -> Stanza {
        try X25519Stanza.wrap(fileKey, for: point, random: random)
    }
}
