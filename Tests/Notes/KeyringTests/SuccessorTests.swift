import Age
import Keyring
import Minisign
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("retired keys and their successors")
struct SuccessorTests {
    private let day = CivilDate(year: 2026, month: 11, day: 24) ?? CivilDate(daysSince1970: 0)
    private let now = Instant(milliseconds: 1_795_500_000_000)

    @Test("the successor takes the name, the old key stays and is called after the day")
    func retire() throws {
        let store = MemoryRecordStore(seed: 1)
        let keyring = Keyring(store)
        let random = SeededRandom(seed: 2)
        let old = try keyring.addIdentity(name: "me", secret: random.secret(count: 32))
        store.now = store.now + .seconds(1)
        _ = try keyring.addIdentity(name: "viaje", secret: random.secret(count: 32))
        let new = try keyring.retire(old, for: random.secret(count: 32), at: now, day: day)
        #expect(new.name == "me" && new.recipient != old.recipient && new.retirement == nil)
        // `me` is the new key, although `viaje` is older.
        #expect(keyring.ownIdentity?.recipient == new.recipient)
        let kept = try #require(keyring.identities.first { $0.recipient == old.recipient })
        #expect(kept.name == "me (2026-11-24)")
        #expect(kept.retirement?.successor == new.recipient && kept.retirement?.time == now)
        let isSame = kept.secret.bytes.equals(old.secret.bytes)
        #expect(isSame)
        let third = try keyring.retire(new, for: random.secret(count: 32), at: now, day: day)
        #expect(
            Set(keyring.identities.map(\.name)) == [
                "me", "viaje", "me (2026-11-24)", "me (2026-11-24 2)",
            ])
        #expect(try keyring.recipients(of: "me") == [third.recipient])
    }

    @Test("a name of the greatest length still leaves room for the day")
    func longName() throws {
        let keyring = Keyring(MemoryRecordStore(seed: 3))
        let random = SeededRandom(seed: 4)
        let name = String(repeating: "ñ", count: 32)
        let old = try keyring.addIdentity(name: name, secret: random.secret(count: 32))
        _ = try keyring.retire(old, for: random.secret(count: 32), at: now, day: day)
        #expect(keyring.identities.map(\.name.utf8.count).allSatisfy { $0 <= 64 })
        #expect(keyring.identities.count == 2)
    }

    @Test("identities of every kind keep it", arguments: [Identity.Kind.curve, .hybrid, .ssh])
    func kinds(_ kind: Identity.Kind) throws {
        let keyring = Keyring(MemoryRecordStore(seed: 5))
        let identity = Identity.generate(SeededRandom(seed: 6), kind: kind)
        let secret = identity.withSecret { SecretBytes(copying: $0) }
        let stored = try keyring.addIdentity(name: "x", secret: secret, kind: kind)
        #expect(stored.recipient == identity.recipient.description)
        #expect(stored.identity.recipient == identity.recipient)
        let file = try Age.seal([1, 2, 3], to: [identity.recipient], random: SeededRandom(seed: 7))
        #expect(try Age.open(file, with: [stored.identity]) == [1, 2, 3])
        let next = try keyring.retire(
            stored, for: SeededRandom(seed: 8).secret(count: 32), at: now, day: day)
        #expect(next.kind == (kind == .ssh ? .curve : kind))
    }

    // MARK: Statements

    private func statement() throws -> SuccessorStatement {
        let keys = (0..<2).map {
            Identity.generate(SeededRandom(seed: 20 + $0)).recipient.description
        }
        return try SuccessorStatement(retired: keys[0], successor: keys[1], day: day)
    }

    @Test("a statement is read back as it was signed, by the key that signed it")
    func roundTrip() throws {
        let key = MinisignSecretKey.generate(random: SeededRandom(seed: 9))
        let published = key.publicKey
        let other = MinisignSecretKey.generate(random: SeededRandom(seed: 10)).publicKey
        let made = try statement()
        let file = try made.signed(with: key)
        let (found, signer) = try SuccessorStatement.verified(
            file.span, with: [other, published])
        #expect(found == made && signer == published && !found.isOfSigningKeys)
        let unknown = #expect(throws: SuccessorStatementError.self) {
            try SuccessorStatement.verified(file.span, with: [other])
        }
        #expect(unknown == .unknownSigner(published.keyID))
        // The same number on another key proves nothing.
        let forged = MinisignPublicKey(keyID: published.keyID, bytes: other.bytes)
        let refused = #expect(throws: SuccessorStatementError.self) {
            try SuccessorStatement.verified(file.span, with: [forged])
        }
        #expect(refused == .signature(.badSignature))
    }

    @Test("no byte of a statement can be changed unnoticed")
    func damage() throws {
        let key = MinisignSecretKey.generate(random: SeededRandom(seed: 11))
        let published = key.publicKey
        let made = try statement()
        let file = try made.signed(with: key)
        let comment = file.firstIndex(of: 10) ?? 0
        for place in file.indices where place > comment {
            var damaged = file
            damaged[place] ^= 1
            let found = try? SuccessorStatement.verified(damaged.span, with: [published])
            // A line end may be missing at the end.
            #expect(found == nil || place == file.count - 1, "\(place)")
        }
    }

    @Test("what else that key has signed is no statement")
    func otherComments() throws {
        let key = MinisignSecretKey.generate(random: SeededRandom(seed: 12))
        let published = key.publicKey
        let made = try statement()
        let parts = [
            "amparo-successor-1", "retired:\(made.retired)", "successor:\(made.successor)",
            "date:2026-11-24",
        ]
        func read(_ line: String) throws -> SuccessorStatement {
            let file = try key.sign(Prehash(of: Span()), trustedComment: line).serialized()
            return try SuccessorStatement.verified(file.span, with: [published]).statement
        }
        #expect(try read(parts.joined(separator: "\t")) == made)
        var bad = [
            "hashed", "", parts.dropLast().joined(separator: "\t"),
            parts.joined(separator: " "), (parts + ["x"]).joined(separator: "\t"),
        ]
        for (place, text) in [
            (0, "amparo-successor-2"), (1, "retired:\(made.successor)"), (1, "retired:age1x"),
            (1, "retired:" + made.retired.uppercased()), (2, "successor:\(published)"),
            (3, "date:2026-13-01"), (3, "date:2026-1-1"), (3, "date:"), (3, "date:+026-11-24"),
        ] {
            var changed = parts
            changed[place] = text
            bad.append(changed.joined(separator: "\t"))
        }
        for line in bad {
            let error = #expect(throws: SuccessorStatementError.self, "\(line)") {
                _ = try read(line)
            }
            #expect(error == .malformed, "\(line)")
        }
        // A good signature over a text is none over nothing.
        let text = Array("hola".utf8)
        let over = try key.sign(
            Prehash(of: text.span), trustedComment: parts.joined(separator: "\t")
        ).serialized()
        let error = #expect(throws: SuccessorStatementError.self) {
            _ = try SuccessorStatement.verified(over.span, with: [published])
        }
        #expect(error == .signature(.badSignature))
    }

    @Test("a contact's key is replaced where it stands, and only hers")
    func accept() throws {
        let keyring = Keyring(MemoryRecordStore(seed: 13))
        let made = try statement()
        let signing = MinisignSecretKey.generate(random: SeededRandom(seed: 14)).publicKey
        let laura = try keyring.add(
            ContactCard(
                name: "laura", recipients: [made.retired], signKeys: [signing.description],
                emails: ["laura@example.org"]))
        let ana = try keyring.add(ContactCard(name: "ana"))
        try keyring.accept(made, from: laura)
        let after = try keyring.contact(named: "laura")
        #expect(after.recipients == [made.successor])
        #expect(after.card.addresses == laura.card.addresses)
        #expect(after.card.signKeys == laura.card.signKeys)
        // Once more changes nothing.
        try keyring.accept(made, from: after)
        #expect(try keyring.contact(named: "laura") == after)
        #expect(throws: SuccessorStatementError.notHers) { try keyring.accept(made, from: ana) }
    }
}
