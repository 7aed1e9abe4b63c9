internal import Encoding
package import Minisign
package import Platform
internal import Primitives
package import Secrets
package import Vault

/// A minisign key pair kept in the vault as its seed.
///
/// Record kind 17; fields: 1 name, 2 Ed25519 seed (32 bytes), 3 key number (8 bytes), 4 retired
/// (Unix ms u64), 5 successor.
package struct SigningKey: Sendable {
    package let id: ID16
    package let name: String
    package let created: Instant
    package let seed: SharedSecret
    package let publicKey: MinisignPublicKey
    /// nil while it is in use.
    package let retirement: Retirement?

    static let nameTag: UInt8 = 1
    static let seedTag: UInt8 = 2
    static let numberTag: UInt8 = 3

    init?(_ entity: Entity) {
        let fields = entity.current.fields
        guard let name = fields.text(Self.nameTag), let seed = fields.first(Self.seedTag),
            seed.count == Ed25519.seedByteCount, let number = fields.first(Self.numberTag),
            number.count == MinisignKeyID.byteCount
        else { return nil }
        id = entity.id
        self.name = name
        created = entity.created
        self.seed = SharedSecret(SecretBytes(copying: seed.span))
        retirement = Retirement(fields)
        publicKey = MinisignPublicKey(
            keyID: MinisignKeyID(number), bytes: Ed25519.publicKey(seed: self.seed.bytes))
    }

    /// Lends the key, ready to sign.
    package func withSecret<R: ~Copyable, E: Error>(
        _ body: (borrowing MinisignSecretKey) throws(E) -> R
    ) throws(E) -> R {
        try body(MinisignSecretKey(keyID: publicKey.keyID, seed: seed.bytes.copy()))
    }
}
