package import Age
internal import Encoding
package import Platform
package import Secrets
package import Vault

/// An identity kept in the vault: what opens files.
///
/// Record kind 16; fields: 1 name, 2 secret (32 bytes: the scalar of X25519, the seed of other
/// kinds), 3 kind u8 (absent X25519, 1 post-quantum hybrid, 2 ssh-ed25519), 4 retired (Unix ms
/// u64), 5 successor.
package struct StoredIdentity: Sendable {
    package let id: ID16
    package let name: String
    package let created: Instant
    package let kind: Identity.Kind
    package let secret: SharedSecret
    /// `age1…`, `age1pq1…` or `ssh-ed25519 …`
    package let recipient: String
    /// nil while it is in use.
    package let retirement: Retirement?

    static let nameTag: UInt8 = 1
    static let secretTag: UInt8 = 2
    static let kindTag: UInt8 = 3

    init?(_ entity: Entity) {
        let fields = entity.current.fields
        guard let name = fields.text(Self.nameTag), let kind = Self.kind(fields),
            let secret = fields.first(Self.secretTag), secret.count == Identity.secretByteCount
        else { return nil }
        id = entity.id
        self.name = name
        created = entity.created
        self.kind = kind
        self.secret = SharedSecret(SecretBytes(copying: secret.span))
        recipient = Identity(kind, secret: self.secret.bytes.copy()).recipient.description
        retirement = Retirement(fields)
    }

    /// What opens and writes files.
    package var identity: Identity { Identity(kind, secret: secret.bytes.copy()) }

    private static func kind(_ fields: FieldList) -> Identity.Kind? {
        switch fields.first(kindTag) {
        case nil: .curve
        case [1]: .hybrid
        case [2]: .ssh
        default: nil
        }
    }

    static func kindFields(_ kind: Identity.Kind) -> [Field] {
        switch kind {
        case .curve: []
        case .hybrid: [Field(kindTag, [1])]
        case .ssh: [Field(kindTag, [2])]
        }
    }
}
