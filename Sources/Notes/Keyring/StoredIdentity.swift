internal import Encoding
package import Platform
internal import Primitives
package import Secrets
package import Vault

/// An age X25519 identity kept in the vault.
///
/// Record kind 16; fields: 1 name, 2 secret scalar (32 bytes).
package struct StoredIdentity: Sendable {
    package let id: ID16
    package let name: String
    package let created: Instant
    package let secret: SharedSecret
    /// `age1…`
    package let recipient: String

    static let nameTag: UInt8 = 1
    static let secretTag: UInt8 = 2

    init?(_ entity: Entity) {
        guard let name = entity.current.fields.text(Self.nameTag),
            let scalar = entity.current.fields.first(Self.secretTag),
            scalar.count == X25519.byteCount
        else { return nil }
        id = entity.id
        self.name = name
        created = entity.created
        secret = SharedSecret(SecretBytes(copying: scalar.span))
        let point = X25519.publicKey(scalar: secret.bytes)
        recipient = String(decoding: Bech32.encode(point.span, prefix: "age"), as: UTF8.self)
    }
}
