import Age
import Keyring
import TestSupport
import Testing
import Wording

@Suite("contacts")
struct ContactTests {
    static let recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    static let signKey = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"

    @Test("a contact comes back as she was added, whatever the case of her name")
    func add() throws {
        let keyring = Keyring(MemoryRecordStore(seed: 1))
        let card = try ContactCard(
            name: "Laura", recipients: [Self.recipient], signKeys: [Self.signKey],
            emails: ["laura@example.org"], phones: ["+52 228 123 4567"], language: .spanish)
        _ = try keyring.add(card)
        let laura = try keyring.contact(named: "laura")
        #expect(laura.card == card)
        #expect(laura.addresses("email") == ["laura@example.org"])
        #expect(laura.verified == nil)
        #expect(try keyring.recipients(of: "LAURA") == [Self.recipient])
        #expect(throws: KeyringError.nameTaken("laura")) {
            try keyring.add(ContactCard(name: "laura"))
        }
        try keyring.removeContact(named: "lauRA")
        #expect(keyring.contacts.isEmpty)
        #expect(throws: KeyringError.unknownContact("laura")) {
            try keyring.contact(named: "laura")
        }
        _ = try keyring.add(card)
        #expect(keyring.contacts.count == 1)
    }

    @Test(
        "names that a command line or a folder could misread are refused",
        arguments: [
            "", " ", "-r", ".oculto", "a/b", "a:b", "a=b", "a,b", "a\nb", "a\u{1b}[2J", "laura ",
            "age1laura", "AGE-SECRET-KEY-1", String(repeating: "a", count: 65),
        ])
    func names(_ name: String) {
        #expect(throws: KeyringError.malformedName(name)) { try ContactCard(name: name) }
    }

    @Test("names of people are accepted", arguments: ["laura", "María José", "Núñez-2", "日本"])
    func goodNames(_ name: String) throws {
        #expect(try ContactCard(name: name).name.text == name)
    }

    @Test("me is nobody else", arguments: ["me", "ME", "Me"])
    func reserved(_ name: String) {
        #expect(throws: KeyringError.reservedName(name)) { try ContactCard(name: name) }
    }

    @Test(
        "addresses that are none are refused",
        arguments: [
            "", "laura", "@", "a@", "@b", "a@b@c.org", "a b@c.org", "a@b.org\r\nBcc: x@y.z",
            "<a@b.org>", "a@b,c", "a@.org", "a@1.2", "ñ@b.org", "a@b.org\u{0}",
        ])
    func emails(_ email: String) {
        #expect(throws: KeyringError.malformedEmail(email)) {
            try ContactCard(name: "x", emails: [email])
        }
    }

    @Test(
        "telephone numbers",
        arguments: [
            ("+52 (228) 123-4567", true), ("911", true),
            ("12", false), ("1234567890123456", false), ("+5+2281", false), ("llámame", false),
            ("123\n456", false), ("", false),
        ])
    func phones(_ phone: String, _ isGood: Bool) {
        let card = try? ContactCard(name: "x", phones: [phone])
        #expect((card != nil) == isGood)
    }

    @Test("recipients of every kind are kept in one spelling")
    func kinds() throws {
        let ssh = Identity.generate(SeededRandom(seed: 8), kind: .ssh).recipient.description
        let hybrid = Identity.generate(SeededRandom(seed: 8), kind: .hybrid).recipient.description
        let card = try ContactCard(
            name: "x",
            recipients: [Self.recipient.uppercased(), ssh + " laura@portátil", hybrid])
        #expect(card.recipients == [Self.recipient, ssh, hybrid])
    }

    @Test("keys that are none are refused, and a private key is never repeated")
    func keys() {
        let cut = String(Self.recipient.dropLast())
        #expect(throws: KeyringError.malformedRecipient(cut)) {
            try ContactCard(name: "x", recipients: [cut])
        }
        #expect(throws: KeyringError.identityInsteadOfRecipient) {
            try ContactCard(name: "x", recipients: ["AGE-SECRET-KEY-1QQQ"])
        }
        #expect(throws: KeyringError.malformedSigningKey("RWQ")) {
            try ContactCard(name: "x", signKeys: ["RWQ"])
        }
    }

    @Test("two devices that disagree about keys block the contact; about a phone they do not")
    func contested() throws {
        let laptop = MemoryRecordStore(seed: 2)
        _ = try Keyring(laptop).add(ContactCard(name: "laura"))
        let phone = MemoryRecordStore(seed: 3)
        phone.merge(laptop)
        for (store, keys) in [(laptop, [Self.recipient]), (phone, [])] {
            let keyring = Keyring(store)
            let entity = try #require(keyring.entities(18).first)
            keyring.save(18, replacing: entity, [.init(1, "laura")] + keys.map { .init(2, $0) })
        }
        laptop.merge(phone)
        #expect(throws: KeyringError.contested("laura")) {
            try Keyring(laptop).contact(named: "laura")
        }
    }

    @Test(
        "letters that nobody sees are no part of a name",
        arguments: [
            "lau\u{200B}ra", "laura\u{200D}", "la\u{AD}ura", "laura\u{FE0F}", "la\u{2060}ura",
            "la\u{202E}ura", "laura\u{E0041}", "la\u{3164}ura", "la\u{180E}ura", "la\u{2800}ura",
            "\u{115F}", "laura\u{061C}",
        ])
    func invisible(_ name: String) {
        #expect(throws: KeyringError.malformedName(name)) { try EntryName(parsing: name) }
    }

    @Test(
        "a name in another alphabet that looks like somebody who is there is refused",
        arguments: [
            "l\u{430}ura", "L\u{410}UR\u{410}", "\u{FF4C}aura", "laur\u{3B1}", "l\u{251}ura",
        ])
    func resembling(_ name: String) throws {
        let keyring = Keyring(MemoryRecordStore(seed: 1))
        _ = try keyring.add(ContactCard(name: "Laura"))
        #expect(throws: KeyringError.resembles(name, present: "Laura")) {
            try keyring.add(ContactCard(name: name))
        }
        #expect(keyring.contacts.count == 1)
        try keyring.removeContact(named: "laura")
        _ = try keyring.add(ContactCard(name: name))
    }

    @Test("names that differ to the eye live side by side, and nobody can be called almost me")
    func different() throws {
        let keyring = Keyring(MemoryRecordStore(seed: 1))
        let names = [
            "José", "Jose", "María", "Marla", "Иван", "Нина", "Hina", "Ñoño", "佐藤", "Ρaula",
        ]
        for name in names { _ = try keyring.add(ContactCard(name: name)) }
        #expect(keyring.contacts.count == names.count)
        for name in ["me", "ME", "m\u{435}", "\u{41C}\u{415}"] {
            #expect(throws: KeyringError.reservedName(name)) { try ContactCard(name: name) }
        }
    }
}
