package import AgeFormat
internal import Encoding
internal import PostQuantum
internal import Primitives
package import Secrets

/// A private key that opens files: `AGE-SECRET-KEY-1…`, `AGE-SECRET-KEY-PQ-1…` or an OpenSSH key.
package final class Identity: Sendable {
    package enum Kind: Hashable, Sendable {
        /// X25519: what everybody's age reads.
        case curve
        /// ML-KEM-768 and X25519: also against a machine that does not exist yet.
        case hybrid
        /// An SSH key of the kind ssh-ed25519.
        case ssh
    }

    /// Of the scalar or the seed.
    package static let secretByteCount = 32

    private static let prefix = "age-secret-key-"
    private static let hybridPrefix = "age-secret-key-pq-"

    package let kind: Kind
    package let recipient: Recipient
    /// X25519's scalar, or the seed of the other kinds.
    private let secret: SecretBytes

    /// - Parameter secret: 32 bytes: the scalar of `.curve`, the seed of the others.
    package init(_ kind: Kind, secret: consuming SecretBytes) {
        precondition(secret.count == Self.secretByteCount)
        self.kind = kind
        switch kind {
        case .curve:
            recipient = Recipient(.curve(point: X25519.publicKey(scalar: secret)))
        case .hybrid:
            recipient = Recipient(.hybrid(HybridSecretKey(seed: secret).publicKey))
        case .ssh:
            guard let key = SSHPublicKey(Ed25519.publicKey(seed: secret)) else {
                // The public key of a seed lies in the main group.
                preconditionFailure("libsodium refuses its own key")
            }
            recipient = Recipient(.ssh(key))
        }
        self.secret = secret
    }

    /// - Parameter scalar: 32 bytes.
    package convenience init(scalar: consuming SecretBytes) {
        self.init(.curve, secret: scalar)
    }

    /// - Parameter text: Bech32, without any white space; written in upper case, read in either.
    package convenience init(parsing text: Span<UInt8>) throws(KeyError) {
        guard var decoded = Bech32.decode(text) else { throw .malformed }
        defer { Zeroing.zero(&decoded.bytes) }
        let kind: Kind
        switch decoded.prefix {
        case Self.prefix: kind = .curve
        case Self.hybridPrefix: kind = .hybrid
        case Recipient.prefix, Recipient.hybridPrefix: throw .recipientGiven
        case let other where other.hasPrefix("age-"): throw .unsupported(kind: other)
        default: throw .malformed
        }
        guard decoded.bytes.count == Self.secretByteCount else { throw .malformed }
        self.init(kind, secret: SecretBytes(copying: decoded.bytes.span))
    }

    /// Reads an OpenSSH private key, a whole file.
    ///
    /// - Throws: `.encryptedSSHKey` for one with a passphrase.
    convenience init(parsingSSH text: Span<UInt8>) throws(KeyError) {
        self.init(.ssh, secret: try SSHPrivateKey.seed(parsing: text))
    }

    package static func generate(
        _ random: any RandomSource = SystemRandom(), kind: Kind = .curve
    ) -> Identity {
        Identity(kind, secret: random.secret(count: secretByteCount))
    }

    /// What age reads, in guarded memory: 74 characters, 77 of the hybrid kind; for an SSH key the
    /// whole file.
    package func secretText() -> SecretBytes {
        switch kind {
        case .curve: bech32(Self.prefix)
        case .hybrid: bech32(Self.hybridPrefix)
        case .ssh: SSHPrivateKey.text(seed: secret)
        }
    }

    private func bech32(_ prefix: String) -> SecretBytes {
        secret.withBytes { secret in
            var text = Bech32.encode(secret, prefix: prefix, .upper)
            return SecretBytes(draining: &text)
        }
    }

    /// Lends the 32 bytes, for storage that seals them itself and keeps `kind` beside them.
    package func withSecret<R: ~Copyable, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try secret.withBytes(body)
    }
}

extension Identity: Opener {
    package func unwrap(_ stanzas: [Stanza]) throws(AgeError) -> SecretBytes? {
        switch recipient.kind {
        case .curve(let point):
            return try first(of: stanzas) { (stanza) throws(AgeError) in
                try X25519Stanza.unwrap(stanza, scalar: secret, recipient: point)
            }
        case .hybrid:
            // Expanding the seed is most of the work: not for files of other kinds.
            guard stanzas.contains(where: { $0.type == HybridStanza.type }) else { return nil }
            let key = HybridSecretKey(seed: secret)
            return try first(of: stanzas) { (stanza) throws(AgeError) in
                try HybridStanza.unwrap(stanza, with: key)
            }
        case .ssh(let recipient):
            let scalar = Ed25519.agreementScalar(seed: secret)
            return try first(of: stanzas) { (stanza) throws(AgeError) in
                try SSHStanza.unwrap(stanza, scalar: scalar, recipient: recipient)
            }
        }
    }

    private func first(
        of stanzas: [Stanza], _ unwrap: (Stanza) throws(AgeError) -> SecretBytes?
    ) throws(AgeError) -> SecretBytes? {
        for stanza in stanzas {
            if let key = try unwrap(stanza) { return key }
        }
        return nil
    }
}
