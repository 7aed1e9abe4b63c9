import Keyring
import Platform
import TestSupport
import Testing
import Wording

@Suite("a contact's keys change")
struct ChangedKeyTests {
    private static let old = ContactTests.recipient
    private static let new = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg"
    private static let third = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa"
    private static let now = Instant(milliseconds: 1_768_000_000_000)

    private func keyring(_ keys: [String] = [old]) throws -> Keyring {
        let keyring = Keyring(MemoryRecordStore(seed: 1))
        _ = try keyring.add(
            ContactCard(name: "laura", recipients: keys, emails: ["laura@example.org"]))
        return keyring
    }

    @Test("other keys are not used until somebody verifies them")
    func change() throws {
        let keyring = try keyring()
        let changed = try keyring.changeKeys(of: "Laura", to: [Self.new])
        #expect(changed.isChanged && changed.formerKeys == [Self.old])
        #expect(changed.addresses("email") == ["laura@example.org"])
        #expect(throws: KeyringError.keyChanged("laura")) { try keyring.recipients(of: "laura") }
        #expect(throws: KeyringError.keyChanged("laura")) { try keyring.contact(named: "laura") }
        let verified = try keyring.verify("laura", at: Self.now)
        #expect(verified.verified == Self.now && !verified.isChanged)
        #expect(try keyring.recipients(of: "laura") == [Self.new])
    }

    @Test("when the words differ, the key from before is back, and as verified as it was")
    func reject() throws {
        let keyring = try keyring()
        _ = try keyring.verify("laura", at: Self.now)
        _ = try keyring.changeKeys(of: "laura", to: [Self.new])
        // A second change does not make the first one's keys trusted.
        let again = try keyring.changeKeys(of: "laura", to: [Self.third])
        #expect(again.formerKeys == [Self.old] && again.verified == nil)
        let back = try keyring.reject("laura")
        #expect(back.recipients == [Self.old] && back.verified == Self.now && !back.isChanged)
        #expect(throws: KeyringError.noFormerKeys("laura")) { try keyring.reject("laura") }
    }

    @Test("going back by hand ends the alarm")
    func back() throws {
        let keyring = try keyring()
        _ = try keyring.changeKeys(of: "laura", to: [Self.new])
        #expect(try keyring.changeKeys(of: "laura", to: [Self.old]).isChanged == false)
        #expect(try keyring.recipients(of: "laura") == [Self.old])
    }

    @Test("removing somebody and adding her with other keys is a change too")
    func removal() throws {
        let keyring = try keyring()
        try keyring.removeContact(named: "laura")
        let added = try keyring.add(ContactCard(name: "LAURA", recipients: [Self.new]))
        #expect(added.isChanged && added.formerKeys == [Self.old])
        try keyring.removeContact(named: "laura")
        #expect(try keyring.add(ContactCard(name: "laura", recipients: [Self.new])).isChanged)
        try keyring.removeContact(named: "laura")
        #expect(try !keyring.add(ContactCard(name: "laura", recipients: [Self.old])).isChanged)
        #expect(try !keyring.add(ContactCard(name: "otra", recipients: [Self.new])).isChanged)
    }

    @Test("the same keys, or none, are no change")
    func same() throws {
        let keyring = try keyring([Self.old, Self.new])
        for keys in [[Self.new, Self.old], []] {
            #expect(throws: KeyringError.nameTaken("laura")) {
                try keyring.changeKeys(of: "laura", to: keys)
            }
        }
        _ = try keyring.add(ContactCard(name: "abogado", emails: ["a@example.org"]))
        #expect(throws: KeyringError.noKeys("abogado")) {
            try keyring.verify("abogado", at: Self.now)
        }
        // The first key of somebody who had none is news all the same: she may be somebody else.
        #expect(try keyring.changeKeys(of: "abogado", to: [Self.third]).recipients == [Self.third])
    }

    @Test("more addresses leave the keys as they were compared; other keys keep new addresses out")
    func addresses() throws {
        let keyring = try keyring()
        _ = try keyring.verify("laura", at: Self.now)
        func take(_ email: String, _ keys: [String] = []) throws -> TakenCard {
            try keyring.take(
                ContactCard(name: "Laura", recipients: keys, emails: [email]), isWhole: false)
        }
        guard case .extended(let more, let before) = try take("l@example.net", [Self.old]) else {
            Issue.record("nothing was added")
            return
        }
        #expect(more.addresses("email") == ["laura@example.org", "l@example.net"])
        #expect(more.verified == Self.now && more.name == "laura" && before.verified == Self.now)
        guard case .known = try take("l@example.net") else {
            Issue.record("added twice")
            return
        }
        let (less, gone) = try keyring.forget("l@example.net", of: "LAURA")
        #expect(gone == ["email:l@example.net"] && less.verified == Self.now)
        #expect(throws: KeyringError.unknownAddress("l@example.net", of: "laura")) {
            try keyring.forget("l@example.net", of: "laura")
        }
        guard case .changed = try take("l@example.net", [Self.new]) else {
            Issue.record("other keys are no alarm")
            return
        }
        #expect(throws: KeyringError.keyChanged("laura")) { try take("l@example.net") }
        #expect(throws: KeyringError.keyChanged("laura")) {
            try keyring.forget("laura@example.org", of: "laura")
        }
        #expect(try keyring.person(named: "laura").addresses("email") == ["laura@example.org"])
        let twin = try keyring.add(ContactCard(name: "otra", recipients: [Self.new]))
        #expect(keyring.sharers(of: twin).map(\.name) == ["laura"])
    }

    @Test("six words are the same for the same keys, in any order, and others for others")
    func fingerprint() {
        let one = Fingerprint(keys: [Self.old, ContactTests.signKey])
        #expect(one == Fingerprint(keys: [ContactTests.signKey, Self.old]))
        #expect(one != Fingerprint(keys: [Self.old]))
        #expect(one.words(in: .english).count == 6 && one.words(in: .spanish).count == 6)
        let alone = Fingerprint(keys: [Self.old])
        #expect(alone.text(in: .english) == "grafting unloved eagle yelling stout shell")
        #expect(alone.text(in: .spanish) == "frescor toquen dejen zapata rumania psoe")
    }
}
