internal import AgeFormat
internal import Encoding
internal import Primitives
internal import Secrets

/// A file key wrapped for an SSH key of the kind ssh-ed25519. Its tag tells whose.
///
/// Source: age's `agessh`; the specification does not have it.
enum SSHStanza {
    static let type = "ssh-ed25519"

    private static let label = Array("age-encryption.org/v1/ssh-ed25519".utf8)

    static func wrap(
        _ fileKey: borrowing SecretBytes, for recipient: SSHPublicKey, random: any RandomSource
    ) throws(AgeError) -> Stanza {
        let ephemeral = random.secret(count: X25519.byteCount)
        let share = X25519.publicKey(scalar: ephemeral)
        let key: SecretBytes
        do {
            let shared = try X25519.sharedSecret(scalar: ephemeral, point: recipient.point.span)
            key = try wrapKey(shared, share: share, recipient: recipient)
        } catch { throw .unusableRecipient }
        let argument = String(decoding: Base64.encode(share.span, .unpadded), as: UTF8.self)
        return Stanza(
            type: type, arguments: [recipient.tag, argument],
            body: KeyBox.seal(fileKey, key: key))
    }

    /// - Parameter scalar: Of the recipient's point.
    /// - Returns: nil for a stanza of another type or another key.
    static func unwrap(
        _ stanza: Stanza, scalar: borrowing SecretBytes, recipient: SSHPublicKey
    ) throws(AgeError) -> SecretBytes? {
        guard stanza.type == type else { return nil }
        guard stanza.arguments.count == 2, stanza.body.count == KeyBox.byteCount,
            let share = Base64.decode(Array(stanza.arguments[1].utf8).span, .unpadded),
            share.count == X25519.byteCount
        else { throw .header(.malformedStanza(type: type)) }
        guard stanza.arguments[0] == recipient.tag else { return nil }
        let key: SecretBytes
        do {
            let shared = try X25519.sharedSecret(scalar: scalar, point: share.span)
            key = try wrapKey(shared, share: share, recipient: recipient)
        } catch { throw .header(.malformedStanza(type: type)) }
        return KeyBox.open(stanza.body, key: key)
    }

    /// The shared secret is multiplied once more by a scalar of the key's own, which ties it to the
    /// Ed25519 key and not only to its X25519 point.
    private static func wrapKey(
        _ shared: borrowing SecretBytes, share: [UInt8], recipient: SSHPublicKey
    ) throws(PrimitiveError) -> SecretBytes {
        let tweak = HKDF.derive(
            count: X25519.byteCount, from: Span(), salt: recipient.wire.span, info: label.span)
        let tied = try shared.withBytes { (point) throws(PrimitiveError) in
            try X25519.sharedSecret(scalar: tweak, point: point)
        }
        let salt = share + recipient.point
        return tied.withBytes { tied in
            HKDF.derive(count: 32, from: tied, salt: salt.span, info: label.span)
        }
    }
}
