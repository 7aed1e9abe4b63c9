import Age
import AgeFormat
import Platform
import Secrets
import TestSupport
import Testing

@Suite("the post-quantum hybrid kind")
struct HybridTests {
    static let identity = Identity.generate(SeededRandom(seed: 11), kind: .hybrid)
    static let other = Identity.generate(SeededRandom(seed: 12), kind: .hybrid)
    static let curve = Identity.generate(SeededRandom(seed: 13))

    @Test("files are opened by each of their keys and by no other")
    func roundTrip() throws {
        let file = try Age.seal([1, 2, 3], to: [Self.identity.recipient, Self.other.recipient])
        #expect(try Age.open(file, with: [Self.identity]) == [1, 2, 3])
        #expect(try Age.open(file, with: [Self.curve, Self.other]) == [1, 2, 3])
        let stranger = Identity.generate(kind: .hybrid)
        #expect(throws: AgeError.noMatch) { try Age.open(file, with: [stranger, Self.curve]) }
    }

    @Test("a header for one key has 1,627 bytes")
    func size() throws {
        let file = try Age.seal([], to: [Self.identity.recipient])
        #expect(file.count == 1_627 + 16 + 16)
    }

    @Test("keys are written in one spelling and read back, recipients in upper case too")
    func spelling() throws {
        let text = Self.identity.recipient.description
        #expect(text.hasPrefix("age1pq1"))
        #expect(text.utf8.count == 1_959)
        #expect(try Recipient(parsing: text) == Self.identity.recipient)
        #expect(try Recipient(parsing: text.uppercased()) == Self.identity.recipient)
        let secret = Self.identity.secretText()
        let copy = try secret.withBytes { (span) throws(KeyError) in try Identity(parsing: span) }
        #expect(copy.recipient == Self.identity.recipient)
        #expect(copy.kind == .hybrid)
        let start = secret.withBytes { span in (0..<20).map { span[$0] } }
        #expect(start == Array("AGE-SECRET-KEY-PQ-1".utf8) + [start[19]])
    }

    @Test("a damaged recipient is refused, and an identity is not taken for one")
    func refusals() throws {
        let text = Self.identity.recipient.description
        #expect(throws: KeyError.malformed) { try Recipient(parsing: String(text.dropLast())) }
        #expect(throws: KeyError.identityGiven) { try Recipient(parsing: "AGE-SECRET-KEY-PQ-1Q") }
        let bytes = Array(text.utf8)
        #expect(throws: KeyError.recipientGiven) { try Identity(parsing: bytes.span) }
        #expect(throws: KeyError.unsupported(kind: "age1tagpq")) {
            try Recipient(parsing: "age1tagpq1qqqqqq")
        }
    }

    @Test("nothing is sealed to it and to an older kind together")
    func mixing() throws {
        for sealers in [
            [Self.identity.recipient, Self.curve.recipient],
            [Self.curve.recipient, Self.identity.recipient],
        ] {
            let output = MemoryOutput()
            #expect(throws: AgeError.mixedRecipients) {
                try Age.seal(from: MemoryInput([1]), into: output, to: sealers)
            }
            #expect(output.bytes.isEmpty)
        }
    }
}
