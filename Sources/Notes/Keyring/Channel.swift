internal import Encoding
package import Platform
package import Secrets
package import Vault

/// A way in which this person's alerts leave the machine.
///
/// Record kind 19; fields: 1 name, 2 URL, 3 password (UTF-8, absent when there is none), 4 present
/// when it also carries the owner's reminders, 5 her own address on it.
package struct Channel: Sendable {
    package let id: ID16
    package let name: String
    package let url: String
    package let password: SharedSecret?
    package let created: Instant
    /// Whether the journalist is reminded this way too.
    package let isOwn: Bool
    /// Hers on it; nil where the channel needs none.
    package let ownAddress: String?

    static let ownTag: UInt8 = 4
    static let ownAddressTag: UInt8 = 5
    static let nameTag: UInt8 = 1
    static let urlTag: UInt8 = 2
    static let passwordTag: UInt8 = 3

    init?(_ entity: Entity) {
        let fields = entity.current.fields
        guard let name = fields.text(Self.nameTag), let url = fields.text(Self.urlTag) else {
            return nil
        }
        id = entity.id
        self.name = name
        self.url = url
        let word = fields.first(Self.passwordTag).flatMap { $0.isEmpty ? nil : $0 }
        password = word.map { SharedSecret(SecretBytes(copying: $0.span)) }
        created = entity.created
        isOwn = fields.first(Self.ownTag) != nil
        ownAddress = fields.text(Self.ownAddressTag)
    }
}

extension Keyring {
    /// The oldest first.
    package var channels: [Channel] {
        entities(RecordKind.channel).compactMap(Channel.init)
    }

    /// - Parameters:
    ///   - url: Already parsed by whoever knows the schemes.
    ///   - isOwn: Whether it carries the owner's reminders.
    package func addChannel(
        name: String, url: String, password: SharedSecret?, isOwn: Bool = false,
        ownAddress: String? = nil
    ) throws(KeyringError) {
        let name = try EntryName(parsing: name)
        guard !channels.contains(where: { name.matches($0.name) }) else {
            throw .nameTaken(name.text)
        }
        let secret = password.map { [Field(Channel.passwordTag, $0.bytes.plainCopy)] } ?? []
        save(
            RecordKind.channel,
            [Field(Channel.nameTag, name.text), Field(Channel.urlTag, url)] + secret
                + (isOwn ? [Field(Channel.ownTag, [1])] : [])
                + (ownAddress.map { [Field(Channel.ownAddressTag, $0)] } ?? []))
    }

    /// - Returns: Whether there was one of that name.
    package func removeChannel(named name: String) -> Bool {
        let found = entities(RecordKind.channel).filter {
            $0.current.fields.text(Channel.nameTag)?.lowercased() == name.lowercased()
        }
        for entity in found { remove(entity) }
        return !found.isEmpty
    }
}
