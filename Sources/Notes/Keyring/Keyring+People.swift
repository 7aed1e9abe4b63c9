internal import Encoding
internal import Minisign
package import Platform
internal import Vault

/// What became of a card.
package enum TakenCard {
    /// Somebody new, or who had no keys. Her keys may differ from those of somebody of that name
    /// who was removed.
    case new(Contact)
    /// She was there with the same keys: nothing is changed.
    case known(Contact)
    /// She was there with other keys: these are kept, and not used until `verify`.
    case changed(Contact)
    /// She was there with the same keys, if any were given, and is reached in more ways now.
    case extended(Contact, before: Contact)
    /// She was there, and nothing was given.
    case nameTaken(Contact)

    package var contact: Contact {
        switch self {
        case .new(let contact), .known(let contact), .changed(let contact),
            .extended(let contact, _), .nameTaken(let contact):
            contact
        }
    }
}

/// People, and what becomes of their keys.
extension Keyring {
    /// Somebody new, or other keys or more addresses for somebody who is there already.
    ///
    /// - Parameter isWhole: Whether the card says all of it, as a file does; of what was typed the
    ///   keys that were left out stay as they are, and addresses are added.
    /// - Throws: Besides, `.keyChanged` for addresses of somebody whose other keys nobody compared.
    package func take(_ card: ContactCard, isWhole: Bool) throws(KeyringError) -> TakenCard {
        guard contacts.contains(where: { card.name.matches($0.name) }) else {
            return .new(try add(card))
        }
        let present = try person(named: card.name.text)
        let recipients =
            card.recipients.isEmpty && !isWhole ? present.recipients : card.recipients
        let signKeys =
            card.signKeys.isEmpty && !isWhole ? present.card.signKeys : card.signKeys
        let keys = recipients + signKeys
        if keys.isEmpty || Set(keys) == Set(present.keys) {
            guard !isWhole else { return .known(present) }
            guard card.saysMoreThanName else { return .nameTaken(present) }
            let extended = try extend(present, with: card)
            return extended == present ? .known(present) : .extended(extended, before: present)
        }
        let changed = try changeKeys(of: present.name, to: keys)
        guard !changed.isChanged else { return .changed(changed) }
        return .new(isWhole ? changed : try extend(changed, with: card))
    }

    /// More ways to reach somebody; keys, and whether they were compared, stay.
    private func extend(
        _ contact: Contact, with card: ContactCard
    ) throws(KeyringError) -> Contact {
        let extended = contact.card.reached(
            addresses: contact.card.addresses
                + card.addresses.filter { !contact.card.addresses.contains($0) },
            phones: contact.card.phones
                + card.phones.filter { !contact.card.phones.contains($0) },
            language: card.language ?? contact.card.language)
        guard extended != contact.card else { return contact }
        // Who sent the other keys may have sent the address as well.
        guard !contact.isChanged else { throw .keyChanged(contact.name) }
        return try store(extended, replacing: contact, verified: contact.verified)
    }

    /// Forgets one way to reach somebody, as it was typed or as it is shown.
    ///
    /// - Returns: The contact, and every address and number that went.
    /// - Throws: `.unknownAddress` when she has none like it.
    package func forget(
        _ way: String, of name: String
    ) throws(KeyringError) -> (contact: Contact, gone: [String]) {
        let contact = try person(named: name)
        guard !contact.isChanged else { throw .keyChanged(contact.name) }
        let addresses = contact.card.addresses.filter { !ContactCard.isSame($0, as: way) }
        let phones = contact.card.phones.filter { !ContactCard.isSame($0, as: way) }
        let gone = (contact.card.addresses + contact.card.phones).filter {
            !addresses.contains($0) && !phones.contains($0)
        }
        guard !gone.isEmpty else { throw .unknownAddress(way, of: contact.name) }
        let card = contact.card.reached(
            addresses: addresses, phones: phones, language: contact.card.language)
        return (try store(card, replacing: contact, verified: contact.verified), gone)
    }

    /// Others who have one of her keys: one person under two names, or a mistake.
    package func sharers(of contact: Contact) -> [Contact] {
        contacts.filter { other in
            other.id != contact.id && !Set(other.keys).isDisjoint(with: contact.keys)
        }
    }

    /// Somebody new. Of somebody who was removed and had other keys these count as changed.
    ///
    /// - Throws: `.nameTaken`, `.resembles`.
    package func add(_ card: ContactCard) throws(KeyringError) -> Contact {
        guard !contacts.contains(where: { card.name.matches($0.name) }) else {
            throw .nameTaken(card.name.text)
        }
        if let other = contacts.first(where: { card.name.resembles($0.name) }) {
            throw .resembles(card.name.text, present: other.name)
        }
        let before = removedContacts.last { card.name.matches($0.name) && !$0.keys.isEmpty }
        guard let before, !card.keys.isEmpty else { return try store(card) }
        // Removing somebody whose change nobody verified is no verification.
        let (former, verified) =
            before.isChanged
            ? (before.formerKeys, before.formerVerified) : (before.keys, before.verified)
        guard Set(former) != Set(card.keys) else { return try store(card) }
        return try store(card, formerKeys: former, formerVerified: verified)
    }

    /// Other keys for somebody who is there already: kept as changed, and not used until `verify`.
    /// Addresses stay as they were: whoever could change them would hear the alarms.
    ///
    /// - Throws: `.nameTaken` when the keys are none, or those that are kept.
    package func changeKeys(of name: String, to keys: [String]) throws(KeyringError) -> Contact {
        let contact = try person(named: name)
        guard !keys.isEmpty, Set(keys) != Set(contact.keys) else {
            throw .nameTaken(contact.name)
        }
        // Nobody's trust is in danger where there was no key.
        guard !contact.keys.isEmpty else {
            return try store(ContactCard(contact.card, keys: keys), replacing: contact)
        }
        // The keys that were used last are those before the first change that nobody verified.
        let former = contact.isChanged ? contact.formerKeys : contact.keys
        guard Set(former) != Set(keys) else { return try reject(name) }
        return try store(
            ContactCard(contact.card, keys: keys), replacing: contact, formerKeys: former,
            formerVerified: contact.isChanged ? contact.formerVerified : contact.verified)
    }

    /// Her keys were compared, word by word.
    package func verify(_ name: String, at now: Instant) throws(KeyringError) -> Contact {
        let contact = try person(named: name)
        guard !contact.keys.isEmpty else { throw .noKeys(contact.name) }
        return try store(contact.card, replacing: contact, verified: now)
    }

    /// The words differ: back to the keys before the change.
    package func reject(_ name: String) throws(KeyringError) -> Contact {
        let contact = try person(named: name)
        guard contact.isChanged else { throw .noFormerKeys(contact.name) }
        return try store(
            ContactCard(contact.card, keys: contact.formerKeys), replacing: contact,
            verified: contact.formerVerified)
    }

    /// - Throws: `.unknownContact`, or `.contested` when two devices disagree about her keys.
    package func person(named name: String) throws(KeyringError) -> Contact {
        let found = contacts.filter { $0.name.lowercased() == name.lowercased() }
        guard let contact = found.first else { throw .unknownContact(name) }
        guard !contact.isContested, found.allSatisfy({ $0.card == contact.card }) else {
            throw .contested(name)
        }
        return contact
    }

    /// Somebody whose keys may be used.
    ///
    /// - Throws: Besides, `.keyChanged`.
    package func contact(named name: String) throws(KeyringError) -> Contact {
        let contact = try person(named: name)
        guard !contact.isChanged else { throw .keyChanged(contact.name) }
        return contact
    }

    /// Whether any contact was ever given this key, also if it was rejected later.
    package func hasEverHeld(recipient: String) -> Bool {
        store.records.contains { record in
            record.kind == RecordKind.contact
                && record.fields.texts(ContactCard.recipientTag).contains(recipient)
        }
    }

    private func store(
        _ card: ContactCard, replacing contact: Contact? = nil, verified: Instant? = nil,
        formerKeys: [String] = [], formerVerified: Instant? = nil
    ) throws(KeyringError) -> Contact {
        let before = contact.flatMap { contact in
            entities(RecordKind.contact).first { $0.id == contact.id }
        }
        // What a later version wrote is carried along.
        let unknown = before?.current.fields.fields.filter {
            $0.tag > ContactCard.formerVerifiedTag
        }
        let id = save(
            RecordKind.contact, replacing: before,
            card.fields + Self.field(ContactCard.verifiedTag, verified)
                + formerKeys.map { Field(ContactCard.formerKeyTag, $0) }
                + Self.field(ContactCard.formerVerifiedTag, formerVerified) + (unknown ?? []))
        guard let stored = contacts.first(where: { $0.id == id }) else { throw .unreadableKey }
        return stored
    }

    private static func field(_ tag: UInt8, _ moment: Instant?) -> [Field] {
        moment.map { [Field(tag, u64: UInt64(clamping: $0.milliseconds))] } ?? []
    }

    // MARK: Oneself

    /// The public halves of an own key: what files are sealed to and, if there is one of the same
    /// name, what signatures verify with.
    package func ownKeys(_ name: String) throws(KeyringError) -> [String] {
        let identity = try identity(named: name)
        let signing = signingKeys.first {
            $0.name.lowercased() == identity.name.lowercased() && $0.retirement == nil
        }
        return [identity.recipient] + (signing.map { [$0.publicKey.description] } ?? [])
    }
}
