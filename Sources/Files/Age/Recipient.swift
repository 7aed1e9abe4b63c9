package import AgeFormat
internal import Encoding
internal import PostQuantum
internal import Primitives
package import Secrets

/// A public key that files are sealed to: `age1…`, `age1pq1…` or `ssh-ed25519 …`.
package struct Recipient: Hashable, Sendable, CustomStringConvertible {
    enum Kind: Hashable, Sendable {
        case curve(point: [UInt8])
        case hybrid(HybridPublicKey)
        case ssh(SSHPublicKey)
    }

    static let prefix = "age"
    static let hybridPrefix = "age1pq"

    let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    /// - Parameter text: Bech32 in lower or, as in QR codes, upper case; or a line of OpenSSH.
    package init(parsing text: String) throws(KeyError) {
        guard !text.hasPrefix("ssh-") else {
            self.init(.ssh(try SSHPublicKey(parsing: text)))
            return
        }
        let lowered = text.lowercased()
        guard !lowered.hasPrefix("age-") else { throw .identityGiven }
        // An X25519 recipient has no second `1`, which is no digit of Bech32.
        let name = lowered.hasPrefix("age1") ? Self.name(in: lowered) : nil
        guard name == nil || name == Self.hybridPrefix else {
            throw .unsupported(kind: name ?? "")
        }
        guard let decoded = Bech32.decode(Array(text.utf8).span) else { throw .malformed }
        switch decoded.prefix {
        case Self.prefix where decoded.bytes.count == X25519.byteCount:
            self.init(.curve(point: decoded.bytes))
        case Self.hybridPrefix:
            guard let key = HybridPublicKey(decoded.bytes) else { throw .malformed }
            self.init(.hybrid(key))
        default:
            throw .malformed
        }
    }

    /// The one spelling in which it is written.
    package var description: String {
        switch kind {
        case .curve(let point): Self.text(point, Self.prefix)
        case .hybrid(let key): Self.text(key.bytes, Self.hybridPrefix)
        case .ssh(let key): key.description
        }
    }

    /// Whether the text looks like a recipient, rather than a contact's name.
    package static func looksLikeOne(_ text: String) -> Bool {
        // A private key is taken for one too, so that it is refused and never looked up or shown.
        let lowered = text.lowercased()
        return ["age1", "age-secret-key-", "age-plugin-", "ssh-"].contains { lowered.hasPrefix($0) }
    }

    /// `age1NAME` of `age1NAME1…`, such as a plugin's or the post-quantum kind.
    private static func name(in text: String) -> String? {
        text.lastIndex(of: "1").flatMap { last in
            let name = text[..<last]
            return name.count > 3 ? String(name) : nil
        }
    }

    private static func text(_ bytes: [UInt8], _ prefix: String) -> String {
        String(decoding: Bech32.encode(bytes.span, prefix: prefix), as: UTF8.self)
    }
}

extension Recipient: Sealer {
    package func wrap(
        _ fileKey: borrowing SecretBytes, random: any RandomSource
    ) throws(AgeError) -> Stanza {
        switch kind {
        case .curve(let point): try X25519Stanza.wrap(fileKey, for: point, random: random)
        case .hybrid(let key): try HybridStanza.wrap(fileKey, for: key, random: random)
        case .ssh(let key): try SSHStanza.wrap(fileKey, for: key, random: random)
        }
    }

    package var isPostQuantum: Bool {
        if case .hybrid = kind { true } else { false }
    }
}
