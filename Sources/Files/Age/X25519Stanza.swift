internal import AgeFormat
internal import Encoding
internal import Primitives
internal import Secrets

/// A file key wrapped for an X25519 key. Says nothing about whose.
///
/// Source: age-encryption.org/v1, "X25519 recipient stanza".
enum X25519Stanza {
    static let type = "X25519"

    private static let label = Array("age-encryption.org/v1/X25519".utf8)

    static func wrap(
        _ fileKey: borrowing SecretBytes, for recipient: [UInt8], random: any RandomSource
    ) throws(AgeError) -> Stanza {
        let ephemeral = random.secret(count: X25519.byteCount)
        let share = X25519.publicKey(scalar: ephemeral)
        let shared: SecretBytes
        do {
            shared = try X25519.sharedSecret(scalar: ephemeral, point: recipient.span)
        } catch { throw .unusableRecipient }
        let key = wrapKey(shared, share: share, recipient: recipient)
        let argument = String(decoding: Base64.encode(share.span, .unpadded), as: UTF8.self)
        return Stanza(type: type, arguments: [argument], body: KeyBox.seal(fileKey, key: key))
    }

    /// - Returns: nil for a stanza of another type or another key.
    static func unwrap(
        _ stanza: Stanza, scalar: borrowing SecretBytes, recipient: [UInt8]
    ) throws(AgeError) -> SecretBytes? {
        guard stanza.type == type else { return nil }
        guard stanza.arguments.count == 1, stanza.body.count == KeyBox.byteCount,
            let share = Base64.decode(Array(stanza.arguments[0].utf8).span, .unpadded),
            share.count == X25519.byteCount
        else { throw .header(.malformedStanza(type: type)) }
        let shared: SecretBytes
        do {
            shared = try X25519.sharedSecret(scalar: scalar, point: share.span)
        } catch { throw .header(.malformedStanza(type: type)) }
        return KeyBox.open(
            stanza.body, key: wrapKey(shared, share: share, recipient: recipient))
    }

    private static func wrapKey(
        _ shared: borrowing SecretBytes, share: [UInt8], recipient: [UInt8]
    ) -> SecretBytes {
        let salt = share + recipient
        return shared.withBytes { shared in
            HKDF.derive(count: 32, from: shared, salt: salt.span, info: label.span)
        }
    }
}
