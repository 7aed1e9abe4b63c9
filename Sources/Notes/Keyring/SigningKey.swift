internal import Encoding
package import Platform
internal import Primitives
package import Secrets
package import Vault

/// A minisign key pair kept in the vault as its seed.
///
/// Record kind 17; fields: 1 name, 2 Ed25519 seed (32 bytes), 3 key number (8 bytes).
package struct SigningKey: Sendable {
    package let id: ID16
    package let name: String
    package let created: Instant
    package let seed: SharedSecret
    package let publicKey: MinisignPublicKey

    static let nameTag: UInt8 = 1
    static let seedTag: UInt8 = 2
    static let numberTag: UInt8 = 3

    init?(_ entity: Entity) {
        let fields = entity.current.fields
        guard let name = fields.text(Self.nameTag), let seed = fields.first(Self.seedTag),
            seed.count == Ed25519.seedByteCount, let number = fields.first(Self.numberTag),
            number.count == MinisignPublicKey.numberByteCount
        else { return nil }
        id = entity.id
        self.name = name
        created = entity.created
        self.seed = SharedSecret(SecretBytes(copying: seed.span))
        publicKey = MinisignPublicKey(
            number: number, key: Ed25519.publicKey(seed: self.seed.bytes))
    }
}

/// The public half of a minisign key: base64 of "Ed" ‖ key number 8 ‖ key 32, so that it starts RW.
///
/// Source: minisign 0.11, "Public keys".
package struct MinisignPublicKey: Hashable, Sendable, CustomStringConvertible {
    /// Only helps to find the key; proves nothing.
    package let number: [UInt8]
    package let key: [UInt8]

    package static let numberByteCount = 8
    private static let algorithm = Array("Ed".utf8)

    package init(number: [UInt8], key: [UInt8]) {
        precondition(number.count == Self.numberByteCount && key.count == 32)
        self.number = number
        self.key = key
    }

    /// - Returns: nil for anything but the 56 characters that minisign's `-P` takes.
    package init?(parsing text: String) {
        guard let bytes = Base64.decode(Array(text.utf8).span, .padded), bytes.count == 42,
            bytes.starts(with: Self.algorithm)
        else { return nil }
        self.init(number: Array(bytes[2..<10]), key: Array(bytes[10...]))
    }

    package var description: String {
        let bytes = Self.algorithm + number + key
        return String(decoding: Base64.encode(bytes.span, .padded), as: UTF8.self)
    }
}
