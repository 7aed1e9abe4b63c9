internal import AgeFormat
internal import Encoding
internal import PostQuantum
internal import Primitives
internal import Secrets

/// A file key wrapped for a post-quantum hybrid key. Says nothing about whose.
///
/// Source: age-encryption.org/v1, "mlkem768x25519 recipient stanza".
enum HybridStanza {
    static let type = "mlkem768x25519"

    private static let info = "age-encryption.org/mlkem768x25519"
    private static let bodyByteCount = FileKey.byteCount + HPKE.overheadByteCount

    static func wrap(
        _ fileKey: borrowing SecretBytes, for recipient: HybridPublicKey,
        random: any RandomSource
    ) throws(AgeError) -> Stanza {
        do throws(PrimitiveError) {
            let sent = try recipient.encapsulate(random: random)
            let argument = String(
                decoding: Base64.encode(sent.ciphertext.span, .unpadded), as: UTF8.self)
            let body = fileKey.withBytes { HPKE.seal($0, secret: sent.secret, info: info) }
            return Stanza(type: type, arguments: [argument], body: body)
        } catch { throw .unusableRecipient }
    }

    /// - Returns: nil for a stanza of another type or another key.
    static func unwrap(
        _ stanza: Stanza, with key: borrowing HybridSecretKey
    ) throws(AgeError) -> SecretBytes? {
        guard stanza.type == type else { return nil }
        guard stanza.arguments.count == 1, stanza.body.count == bodyByteCount,
            let sent = Base64.decode(Array(stanza.arguments[0].utf8).span, .unpadded),
            sent.count == HybridKEM.ciphertextByteCount
        else { throw .header(.malformedStanza(type: type)) }
        let secret: SecretBytes
        do {
            secret = try key.decapsulate(sent)
        } catch { throw .header(.malformedStanza(type: type)) }
        do {
            return try HPKE.open(stanza.body.span, secret: secret, info: info)
        } catch {
            return nil
        }
    }
}
