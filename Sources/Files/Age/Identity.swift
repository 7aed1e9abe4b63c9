package import AgeFormat
internal import Encoding
internal import Primitives
package import Secrets

/// A private key that opens files: `AGE-SECRET-KEY-1…`.
package final class Identity: Sendable {
    package static let scalarByteCount = X25519.byteCount

    static let prefix = "age-secret-key-"

    package let recipient: Recipient
    private let scalar: SecretBytes

    /// - Parameter scalar: 32 bytes.
    package init(scalar: consuming SecretBytes) {
        precondition(scalar.count == Self.scalarByteCount)
        recipient = Recipient(point: X25519.publicKey(scalar: scalar))
        self.scalar = scalar
    }

    /// - Parameter text: Bech32, without any white space; written in upper case, read in either.
    package convenience init(parsing text: Span<UInt8>) throws(KeyError) {
        guard var decoded = Bech32.decode(text) else { throw .malformed }
        defer { Zeroing.zero(&decoded.bytes) }
        guard decoded.prefix == Self.prefix else {
            switch decoded.prefix {
            case Recipient.prefix: throw .recipientGiven
            case let other where other.hasPrefix("age-"): throw .unsupported(kind: other)
            default: throw .malformed
            }
        }
        guard decoded.bytes.count == Self.scalarByteCount else { throw .malformed }
        self.init(scalar: SecretBytes(copying: decoded.bytes.span))
    }

    package static func generate(_ random: any RandomSource = SystemRandom()) -> Identity {
        Identity(scalar: random.secret(count: scalarByteCount))
    }

    /// The 74 characters that age reads, in guarded memory.
    package func secretText() -> SecretBytes {
        scalar.withBytes { scalar in
            var text = Bech32.encode(scalar, prefix: Self.prefix, .upper)
            return SecretBytes(draining: &text)
        }
    }

    /// Lends the 32 bytes, for storage that seals them itself.
    package func withScalar<R: ~Copyable, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try scalar.withBytes(body)
    }
}

extension Identity: Opener {
    package func unwrap(_ stanzas: [Stanza]) throws(AgeError) -> SecretBytes? {
        for stanza in stanzas {
            if let key = try X25519Stanza.unwrap(
                stanza, scalar: scalar, recipient: recipient.point)
            {
                return key
            }
        }
        return nil
    }
}
