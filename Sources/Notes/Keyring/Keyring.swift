package import Encoding
internal import Primitives
package import Vault

/// Keys, people and choices of an open vault.
///
/// What is added here is only staged: it is on disk after the vault's one commit.
package final class Keyring {
    let store: any RecordStore
    private var cached: (count: Int, index: RecordIndex)?

    package init(_ store: any RecordStore) { self.store = store }

    private var index: RecordIndex {
        let records = store.records
        if let cached, cached.count == records.count { return cached.index }
        let index = RecordIndex(records)
        cached = (records.count, index)
        return index
    }

    // MARK: Any kind

    /// What there is of a kind, the oldest first, without what was removed.
    package func entities(_ kind: UInt8) -> [Entity] {
        index.entities(kind).filter { !$0.isTrashed }
    }

    /// Adds an entity, or replaces all versions that were seen of it.
    @discardableResult
    package func save(_ kind: UInt8, replacing entity: Entity? = nil, _ fields: [Field]) -> ID16 {
        store.stage(
            kind: kind, entity: entity?.id, parents: (entity?.heads.map(\.version) ?? []).capped,
            fields: FieldList(fields)
        ).entity
    }

    /// Its versions stay in the vault's past; another device that changed it meanwhile brings it back.
    package func remove(_ entity: Entity) { store.stageTrash(entity) }

    // MARK: People

    /// Sorted by name.
    package var contacts: [Contact] {
        entities(RecordKind.contact).compactMap(Contact.init).sorted {
            ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id)
        }
    }

    /// Those in the trash, the oldest first.
    var removedContacts: [Contact] {
        index.entities(RecordKind.contact).filter(\.isTrashed).compactMap(Contact.init)
    }

    /// Removes everybody of that name.
    package func removeContact(named name: String) throws(KeyringError) {
        let ids = Set(contacts.filter { $0.name.lowercased() == name.lowercased() }.map(\.id))
        guard !ids.isEmpty else { throw .unknownContact(name) }
        for entity in entities(RecordKind.contact) where ids.contains(entity.id) {
            remove(entity)
        }
    }

    /// The recipients that a name stands for: those of `me` or of a contact; maybe none.
    package func recipients(of name: String) throws(KeyringError) -> [String] {
        if name.lowercased() == EntryName.me {
            guard let own = ownIdentity else { throw .unknownKey(name) }
            return [own.recipient]
        }
        return try contact(named: name).recipients
    }

    // MARK: Choices

    /// Record kind 22; fields: 1 name, 2 value. One entity per name on every device: its id is
    /// BLAKE2b-128("amparo/setting/1" ‖ name).
    package func setting(_ name: String) -> [UInt8]? {
        index.entity(RecordKind.setting, Self.settingID(name))?.current.fields.first(2)
    }

    package func set(_ name: String, to value: [UInt8]) {
        let id = Self.settingID(name)
        let seen = index.entity(RecordKind.setting, id)?.heads.map(\.version) ?? []
        store.stage(
            kind: RecordKind.setting, entity: id, parents: seen.capped,
            fields: FieldList([Field(1, name), Field(2, value)]))
    }

    private static func settingID(_ name: String) -> ID16 {
        let hash = BLAKE2b.hash(count: 16, Array("amparo/setting/1".utf8), Array(name.utf8))
        guard let id = ID16(hash) else { preconditionFailure("the hash has 16 bytes") }
        return id
    }
}
