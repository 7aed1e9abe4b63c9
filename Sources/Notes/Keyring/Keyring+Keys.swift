package import Age
internal import Encoding
package import Minisign
package import Platform
package import Secrets
internal import Vault

// One's own keys. A retired key stays: it opens what was sealed to it, and nothing else.
extension Keyring {
    /// The oldest first, retired ones too.
    package var identities: [StoredIdentity] {
        entities(RecordKind.identity).compactMap(StoredIdentity.init)
    }

    /// The oldest first, retired ones too.
    package var signingKeys: [SigningKey] {
        entities(RecordKind.signingKey).compactMap(SigningKey.init)
    }

    /// The identity that `me` stands for: the oldest in use, of that name if there is one.
    package var ownIdentity: StoredIdentity? {
        let inUse = identities.filter { $0.retirement == nil }
        return inUse.first { $0.name.lowercased() == EntryName.me } ?? inUse.first
    }

    /// - Parameter secret: 32 bytes: a scalar, or the seed of another kind.
    package func addIdentity(
        name: String, secret: borrowing SecretBytes, kind: Identity.Kind = .curve
    ) throws(KeyringError) -> StoredIdentity {
        let name = try EntryName(parsing: name)
        guard !identities.contains(where: { name.matches($0.name) }) else {
            throw .nameTaken(name.text)
        }
        let id = save(
            RecordKind.identity,
            [
                Field(StoredIdentity.nameTag, name.text),
                Field(StoredIdentity.secretTag, secret.plainCopy),
            ] + StoredIdentity.kindFields(kind))
        guard let added = identities.first(where: { $0.id == id }) else { throw .unreadableKey }
        return added
    }

    package func addSigningKey(
        name: String, _ key: borrowing MinisignSecretKey
    ) throws(KeyringError) -> SigningKey {
        let name = try EntryName(parsing: name)
        guard !signingKeys.contains(where: { name.matches($0.name) }) else {
            throw .nameTaken(name.text)
        }
        let id = save(
            RecordKind.signingKey,
            [
                Field(SigningKey.nameTag, name.text), Field(SigningKey.seedTag, key.seed.plainCopy),
                Field(SigningKey.numberTag, key.keyID.bytes),
            ])
        guard let added = signingKeys.first(where: { $0.id == id }) else { throw .unreadableKey }
        return added
    }

    package func identity(named name: String) throws(KeyringError) -> StoredIdentity {
        let wanted = name.lowercased()
        if let found = identities.first(where: { $0.name.lowercased() == wanted }) { return found }
        if wanted == EntryName.me, let own = ownIdentity { return own }
        throw .unknownKey(name)
    }

    package func signingKey(named name: String) throws(KeyringError) -> SigningKey {
        let wanted = name.lowercased()
        if let found = signingKeys.first(where: { $0.name.lowercased() == wanted }) {
            return found
        }
        throw .unknownKey(name)
    }

    // MARK: Retiring

    /// Takes a key out of use. The fresh one gets its name; the old one is called after the day.
    ///
    /// - Parameter secret: 32 random bytes of the successor, of the same kind; after an SSH key
    ///   comes an age key.
    /// - Returns: The successor.
    package func retire(
        _ key: StoredIdentity, for secret: borrowing SecretBytes, at now: Instant, day: CivilDate
    ) throws(KeyringError) -> StoredIdentity {
        let kind: Identity.Kind = key.kind == .hybrid ? .hybrid : .curve
        let successor = Identity(kind, secret: secret.copy()).recipient.description
        try retire(
            RecordKind.identity, key.id, key.name, names: identities.map(\.name),
            Retirement(time: now, successor: successor), day)
        return try addIdentity(name: key.name, secret: secret, kind: kind)
    }

    /// - Returns: The successor.
    package func retire(
        _ key: SigningKey, for successor: borrowing MinisignSecretKey, at now: Instant,
        day: CivilDate
    ) throws(KeyringError) -> SigningKey {
        try retire(
            RecordKind.signingKey, key.id, key.name, names: signingKeys.map(\.name),
            Retirement(time: now, successor: successor.publicKey.description), day)
        return try addSigningKey(name: key.name, successor)
    }

    private func retire(
        _ kind: UInt8, _ id: ID16, _ name: String, names: [String], _ retirement: Retirement,
        _ day: CivilDate
    ) throws(KeyringError) {
        guard let entity = entities(kind).first(where: { $0.id == id }) else {
            throw .unknownKey(name)
        }
        let nameTag = StoredIdentity.nameTag
        let others = entity.current.fields.fields.filter { $0.tag != nameTag }
        save(
            kind, replacing: entity,
            [Field(nameTag, Self.name(name, after: day, besides: names))] + others
                + retirement.fields)
    }

    /// `me (2026-11-24)`, cut so that it is a name, and with a number if it is taken.
    private static func name(_ name: String, after day: CivilDate, besides taken: [String])
        -> String
    {
        var number = 1
        while true {
            let ending = number == 1 ? " (\(day))" : " (\(day) \(number))"
            var start = name
            while start.utf8.count + ending.utf8.count > EntryName.limit { start.removeLast() }
            let candidate = start + ending
            if !taken.contains(where: { $0.lowercased() == candidate.lowercased() }) {
                return candidate
            }
            number += 1
        }
    }
}

/// When a key went out of use, and what took its place.
package struct Retirement: Hashable, Sendable {
    package let time: Instant
    /// `age1…` or `RW…`
    package let successor: String

    /// Fields of both kinds of key.
    static let timeTag: UInt8 = 4
    static let successorTag: UInt8 = 5

    init(time: Instant, successor: String) {
        self.time = time
        self.successor = successor
    }

    init?(_ fields: FieldList) {
        guard let time = fields.u64(Self.timeTag), let successor = fields.text(Self.successorTag)
        else { return nil }
        self.init(time: Instant(milliseconds: Int64(clamping: time)), successor: successor)
    }

    var fields: [Field] {
        [
            Field(Self.timeTag, u64: UInt64(max(0, time.milliseconds))),
            Field(Self.successorTag, successor),
        ]
    }
}

extension SecretBytes {
    /// A record's bytes live in ordinary memory until the vault has sealed them.
    var plainCopy: [UInt8] {
        withBytes { span in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(span.count)
            for index in span.indices { bytes.append(span[index]) }
            return bytes
        }
    }
}
