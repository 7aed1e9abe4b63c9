import Keyring
import Minisign
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("stored keys")
struct KeyTests {
    @Test("an identity gives its age recipient; me is the first one")
    func identity() throws {
        let store = MemoryRecordStore(seed: 1)
        let keyring = Keyring(store)
        #expect(throws: KeyringError.unknownKey("me")) { try keyring.recipients(of: "me") }
        let random = SeededRandom(seed: 1)
        let first = try keyring.addIdentity(name: "me", secret: random.secret(count: 32))
        store.now = store.now + .seconds(1)
        let second = try keyring.addIdentity(name: "viaje", secret: random.secret(count: 32))
        #expect(first.recipient.hasPrefix("age1") && first.recipient.utf8.count == 62)
        #expect(keyring.identities.map(\.name) == ["me", "viaje"])
        #expect(try keyring.recipients(of: "me") == [first.recipient])
        #expect(try keyring.identity(named: "Viaje").recipient == second.recipient)
        #expect(throws: KeyringError.nameTaken("ME")) {
            try keyring.addIdentity(name: "ME", secret: random.secret(count: 32))
        }
    }

    @Test("a signing key comes back with its number, and signs what its public half verifies")
    func signingKey() throws {
        let keyring = Keyring(MemoryRecordStore(seed: 2))
        let secret = MinisignSecretKey.generate(random: SeededRandom(seed: 7))
        let key = try keyring.addSigningKey(name: "me", secret)
        #expect(key.publicKey == secret.publicKey)
        let stored = try keyring.signingKey(named: "ME")
        #expect(stored.publicKey.description.hasPrefix("RW"))
        #expect(Ed25519.publicKey(seed: stored.seed.bytes) == key.publicKey.bytes)
        #expect(throws: KeyringError.nameTaken("Me")) {
            try keyring.addSigningKey(name: "Me", secret)
        }
    }

    @Test("a setting is one thing on every device, the newest value wins")
    func setting() {
        let laptop = MemoryRecordStore(seed: 3)
        let phone = MemoryRecordStore(seed: 4)
        phone.now = phone.now + .seconds(5)
        Keyring(laptop).set("lang", to: [1])
        Keyring(phone).set("lang", to: [2])
        laptop.merge(phone)
        #expect(Keyring(laptop).setting("lang") == [2])
        Keyring(laptop).set("lang", to: [3])
        #expect(Keyring(laptop).setting("lang") == [3])
        #expect(Keyring(laptop).setting("zone") == nil)
    }

    @Test("a channel keeps its password, and its name is free again once it is removed")
    func channel() throws {
        let keyring = Keyring(MemoryRecordStore(seed: 5))
        let word = SharedSecret(SecretBytes(copying: Array("secreto".utf8).span))
        try keyring.addChannel(name: "mail", url: "smtp://h:25?from=a@b.org", password: word)
        let channel = try #require(keyring.channels.first)
        let isSame = channel.password.map { $0.bytes.equals(word.bytes) }
        #expect(isSame == true && channel.url == "smtp://h:25?from=a@b.org")
        #expect(throws: KeyringError.nameTaken("MAIL")) {
            try keyring.addChannel(name: "MAIL", url: "file:/x", password: nil)
        }
        #expect(keyring.removeChannel(named: "Mail"))
        #expect(!keyring.removeChannel(named: "mail"))
        try keyring.addChannel(name: "mail", url: "file:/x", password: nil)
        #expect(keyring.channels.map(\.url) == ["file:/x"])
    }
}
