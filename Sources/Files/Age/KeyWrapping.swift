package import AgeFormat
internal import Primitives
package import Secrets

/// The key of one file: 16 random bytes.
package enum FileKey {
    package static let byteCount = 16
}

/// Something that a file can be sealed to.
package protocol Sealer: Sendable {
    /// - Parameter fileKey: 16 bytes.
    func wrap(
        _ fileKey: borrowing SecretBytes, random: any RandomSource
    ) throws(AgeError) -> Stanza

    /// Whether what it wraps stays wrapped for somebody who keeps it for a quantum computer.
    var isPostQuantum: Bool { get }
}

extension Sealer {
    package var isPostQuantum: Bool { false }
}

/// Something that can open a file.
package protocol Opener: Sendable {
    /// - Returns: nil when none of the stanzas is for this opener.
    /// - Throws: For a stanza of its own type that breaks the format's rules.
    func unwrap(_ stanzas: [Stanza]) throws(AgeError) -> SecretBytes?
}

/// How a stanza's body holds the file key: ChaCha20-Poly1305 under a key used once, nonce zero.
///
/// Source: age-encryption.org/v1, "X25519 recipient stanza" and "scrypt recipient stanza".
enum KeyBox {
    static let byteCount = FileKey.byteCount + ChaChaPoly.tagByteCount

    private static let nonce = [UInt8](repeating: 0, count: ChaChaPoly.nonceByteCount)

    static func seal(_ fileKey: borrowing SecretBytes, key: borrowing SecretBytes) -> [UInt8] {
        precondition(fileKey.count == FileKey.byteCount)
        var box = [UInt8](repeating: 0, count: byteCount)
        var out = box.mutableSpan
        key.withBytes { key in
            fileKey.withBytes { fileKey in
                ChaChaPoly.seal(fileKey, into: &out, key: key, nonce: nonce.span)
            }
        }
        return box
    }

    /// - Precondition: The body has `byteCount` bytes: a longer one could be made to open under
    ///   several keys, which would tell an attacker which of them is here.
    /// - Returns: nil for another key's box.
    static func open(_ body: [UInt8], key: borrowing SecretBytes) -> SecretBytes? {
        precondition(body.count == byteCount)
        return key.withBytes { key in
            do throws(PrimitiveError) {
                return try SecretBytes(count: FileKey.byteCount) { (out) throws(PrimitiveError) in
                    try ChaChaPoly.open(body.span, into: &out, key: key, nonce: nonce.span)
                }
            } catch {
                return nil
            }
        }
    }
}
