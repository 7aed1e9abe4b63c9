internal import Age
internal import Encoding
internal import Minisign
package import Platform
package import Vault
package import Wording

/// A person: how to seal things for her, know her signature and reach her.
///
/// Record kind 18; fields: 1 name, 2 recipient*, 3 signing key*, 4 `scheme:address`*, 5 phone*,
/// 6 language, 7 verified (Unix ms u64), 8 key before a change that nobody has verified yet*,
/// 9 when those were verified (Unix ms u64). (* repeats.)
package struct Contact: Hashable, Sendable {
    package let id: ID16
    package let card: ContactCard
    package let created: Instant
    /// When her key was compared by voice or face to face; nil when never.
    package let verified: Instant?
    /// The keys before a change that nobody has verified yet; empty when there is no such change.
    package let formerKeys: [String]
    let formerVerified: Instant?
    /// Two devices say different things about her keys: neither is used until one is removed.
    package let isContested: Bool

    package var name: String { card.name.text }
    package var recipients: [String] { card.recipients }
    /// Recipients and signing keys.
    package var keys: [String] { card.keys }
    /// Nothing is sealed to changed keys until they were compared.
    package var isChanged: Bool { !formerKeys.isEmpty }
    /// Of what files are sealed to; nil for somebody without.
    package var fingerprint: Fingerprint? {
        recipients.isEmpty ? nil : Fingerprint(keys: recipients)
    }
    /// Of what her signatures verify with; nil for somebody without.
    package var signingFingerprint: Fingerprint? {
        card.signKeys.isEmpty ? nil : Fingerprint(keys: card.signKeys)
    }

    /// What she is reached at over one scheme: `addresses("email")`.
    package func addresses(_ scheme: String) -> [String] {
        card.addresses.filter { $0.hasPrefix(scheme + ":") }
            .map { String($0.dropFirst(scheme.utf8.count + 1)) }
    }

    init?(_ entity: Entity) {
        guard let card = ContactCard(entity.current.fields) else { return nil }
        id = entity.id
        self.card = card
        created = entity.created
        let fields = entity.current.fields
        verified = fields.instant(ContactCard.verifiedTag)
        formerKeys = fields.texts(ContactCard.formerKeyTag)
        formerVerified = fields.instant(ContactCard.formerVerifiedTag)
        isContested = entity.heads.dropFirst().contains { head in
            [ContactCard.recipientTag, ContactCard.signKeyTag].contains { tag in
                Set(head.fields.all(tag)) != Set(entity.current.fields.all(tag))
            }
        }
    }
}

/// What somebody typed about a contact, every field checked.
package struct ContactCard: Hashable, Sendable {
    package let name: EntryName
    /// `age1…`; none: she hears the alarm, but cannot open what is sealed.
    package let recipients: [String]
    /// minisign public keys, `RW…`.
    package let signKeys: [String]
    /// `scheme:address`, such as `email:laura@example.org`.
    package let addresses: [String]
    package let phones: [String]
    /// The language in which she is written to first; nil when nobody said.
    package let language: Language?

    static let nameTag: UInt8 = 1
    static let recipientTag: UInt8 = 2
    static let signKeyTag: UInt8 = 3
    static let addressTag: UInt8 = 4
    static let phoneTag: UInt8 = 5
    static let languageTag: UInt8 = 6
    static let verifiedTag: UInt8 = 7
    static let formerKeyTag: UInt8 = 8
    static let formerVerifiedTag: UInt8 = 9

    package var keys: [String] { recipients + signKeys }

    /// - Parameter ways: Addresses other than e-mail, `scheme:address`, checked by whoever knows the
    ///   schemes.
    /// - Throws: The first field that is not what it should be.
    package init(
        name: String, recipients: [String] = [], signKeys: [String] = [], emails: [String] = [],
        ways: [String] = [], phones: [String] = [], language: Language? = nil
    ) throws(KeyringError) {
        self.name = try Self.name(name)
        var written: [String] = []
        for text in recipients { written.append(try Self.recipient(text)) }
        for key in signKeys where (try? MinisignPublicKey(parsing: key))?.description != key {
            throw .malformedSigningKey(key)
        }
        for email in emails where !Self.isEmail(email) { throw .malformedEmail(email) }
        for way in ways where !Self.isWay(way) { throw .malformedAddress(way) }
        for phone in phones where !Self.isPhone(phone) { throw .malformedPhone(phone) }
        self.recipients = written
        self.signKeys = signKeys
        addresses = emails.map { "email:" + $0 } + ways
        self.phones = phones
        self.language = language
    }

    /// The same person with other keys.
    init(_ card: ContactCard, keys: [String]) {
        name = card.name
        recipients = keys.filter { !Self.isSigningKey($0) }
        signKeys = keys.filter(Self.isSigningKey)
        addresses = card.addresses
        phones = card.phones
        language = card.language
    }

    /// The same card under the name that its reader chose; nil leaves it.
    package func named(_ name: String?) throws(KeyringError) -> ContactCard {
        guard let name else { return self }
        return ContactCard(
            self, name: try Self.name(name), addresses: addresses, phones: phones,
            language: language)
    }

    /// The same person, reached in other ways.
    func reached(addresses: [String], phones: [String], language: Language?) -> ContactCard {
        ContactCard(self, name: name, addresses: addresses, phones: phones, language: language)
    }

    private init(
        _ card: ContactCard, name: EntryName, addresses: [String], phones: [String],
        language: Language?
    ) {
        self.name = name
        recipients = card.recipients
        signKeys = card.signKeys
        self.addresses = addresses
        self.phones = phones
        self.language = language
    }

    /// Whether there is anything to add to somebody who is there.
    var saysMoreThanName: Bool {
        !keys.isEmpty || !addresses.isEmpty || !phones.isEmpty || language != nil
    }

    /// Whether `typed` means this address or number: with or without its scheme, and a number with
    /// whatever marks between its digits.
    static func isSame(_ way: String, as typed: String) -> Bool {
        let bare = way.drop { $0 != ":" }.dropFirst()
        if way == typed || !bare.isEmpty && bare == typed { return true }
        guard isPhone(typed) else { return false }
        let number = bare.isEmpty ? way : String(bare)
        return isPhone(number) && digits(number) == digits(typed)
    }

    private static func digits(_ number: String) -> String {
        number.filter { !" -.()".contains($0) }
    }

    private static func name(_ text: String) throws(KeyringError) -> EntryName {
        let name = try EntryName(parsing: text)
        guard !name.resembles(EntryName.me) else { throw .reservedName(text) }
        return name
    }

    /// No recipient begins like one.
    private static func isSigningKey(_ key: String) -> Bool { key.hasPrefix("RW") }

    /// - Returns: nil for a record without a name that could be typed.
    init?(_ fields: FieldList) {
        guard let text = fields.text(Self.nameTag), let name = try? EntryName(parsing: text) else {
            return nil
        }
        self.name = name
        recipients = fields.texts(Self.recipientTag)
        signKeys = fields.texts(Self.signKeyTag)
        addresses = fields.texts(Self.addressTag)
        phones = fields.texts(Self.phoneTag)
        language = fields.text(Self.languageTag).flatMap(Language.init(rawValue:))
    }

    var fields: [Field] {
        [Field(Self.nameTag, name.text)] + recipients.map { Field(Self.recipientTag, $0) }
            + signKeys.map { Field(Self.signKeyTag, $0) }
            + addresses.map { Field(Self.addressTag, $0) }
            + phones.map { Field(Self.phoneTag, $0) }
            + (language.map { [Field(Self.languageTag, $0.rawValue)] } ?? [])
    }

    /// The one spelling of a recipient of any kind that files can be sealed to: an SSH key loses its
    /// comment, a QR code its capitals.
    private static func recipient(_ text: String) throws(KeyringError) -> String {
        do throws(KeyError) {
            return try Recipient(parsing: text).description
        } catch .identityGiven {
            throw .identityInsteadOfRecipient
        } catch {
            throw .malformedRecipient(text)
        }
    }

    /// Visible ASCII with one `@` between two parts, and nothing that a mail header reads as syntax.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && parts[1].contains(where: \.isLetter) && !parts[1].hasPrefix(".")
            && !parts[1].hasSuffix(".")
            && text.utf8.allSatisfy { (0x21...0x7e).contains($0) && !syntax.contains($0) }
    }

    /// A known scheme, a colon and something on one line.
    private static func isWay(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        return ["sms", "signal", "telegram", "ntfy", "via"].contains(text[..<colon])
            && String(text[text.index(after: colon)...]).isPlainLine(limit: 200)
    }

    private static let syntax = Set("<>()[],;:\\\"".utf8)

    /// 3–15 digits with the usual marks between them.
    /// Source: ITU-T E.164, at most 15 digits.
    private static func isPhone(_ text: String) -> Bool {
        let digits = text.utf8.filter { (48...57).contains($0) }.count
        return (3...15).contains(digits) && text.utf8.count <= 40
            && text.drop { $0 == "+" }.allSatisfy { "0123456789 -.()#*".contains($0) }
            && text.filter { $0 == "+" }.count <= 1
    }
}

extension FieldList {
    fileprivate func instant(_ tag: UInt8) -> Instant? {
        u64(tag).map { Instant(milliseconds: Int64(clamping: $0)) }
    }
}
