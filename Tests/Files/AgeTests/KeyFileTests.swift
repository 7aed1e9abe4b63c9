import Age
import Encoding
import Secrets
import TestSupport
import Testing

@Suite("keys as text")
struct KeyFileTests {
    static let identity = Identity.generate(SeededRandom(seed: 1))
    static let recipient = identity.recipient.description
    static let secret = identity.secretText().withBytes { span in
        String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
    }

    static func identities(_ text: String) -> Result<Int, KeyFileError> {
        Result { () throws(KeyFileError) in
            try KeyFile.identities(SecretBytes(copying: Array(text.utf8).span)).count
        }
    }

    static func recipient(_ text: String) -> Result<String, KeyError> {
        Result { () throws(KeyError) in try Recipient(parsing: text).description }
    }

    @Test("a key is written in one spelling and read back")
    func roundTrips() throws {
        #expect(Self.secret.count == 74 && Self.secret.hasPrefix("AGE-SECRET-KEY-1"))
        #expect(Self.recipient.count == 62 && Self.recipient.hasPrefix("age1"))
        let again = try Identity(parsing: Array(Self.secret.utf8).span)
        #expect(again.recipient == Self.identity.recipient)
        #expect(Self.recipient(Self.recipient) == .success(Self.recipient))
    }

    @Test("a recipient may be in upper case, as in a QR code")
    func readsUpperCase() {
        #expect(Self.recipient(Self.recipient.uppercased()) == .success(Self.recipient))
        let mixed = "Age" + Self.recipient.dropFirst(3)
        #expect(Self.recipient(mixed) == .failure(.malformed))
    }

    @Test("what is no recipient is refused, and said why")
    func refusesRecipients() {
        let short = String(
            decoding: Bech32.encode([UInt8](repeating: 9, count: 31).span, prefix: "age"),
            as: UTF8.self)
        let cases: [(String, KeyError)] = [
            ("", .malformed), ("age1", .malformed), ("laura", .malformed), (short, .malformed),
            (String(Self.recipient.dropLast()), .malformed),
            (" " + Self.recipient, .malformed), (Self.recipient + " ", .malformed),
            (Self.secret, .identityGiven), (Self.secret.lowercased(), .identityGiven),
            ("age1pq1" + Self.recipient.dropFirst(4), .malformed),
            ("age1yubikey1qwerty", .unsupported(kind: "age1yubikey")),
        ]
        for (text, error) in cases {
            #expect(Self.recipient(text) == .failure(error), "\(text)")
        }
    }

    @Test("a file of identities may hold comments, empty lines and CR LF")
    func readsIdentityFiles() {
        #expect(Self.identities(Self.secret) == .success(1))
        #expect(
            Self.identities("# a\n\n\(Self.secret)\r\n#b\r\n\r\n\(Self.secret)\n") == .success(2))
        #expect(Self.identities("# a\n\n") == .failure(.empty))
        #expect(Self.identities("#\n \(Self.secret)\n") == .failure(.line(2, .malformed)))
        #expect(Self.identities("\u{FEFF}\(Self.secret)\n") == .failure(.line(1, .malformed)))
        #expect(Self.identities("\n\(Self.recipient)\n") == .failure(.line(2, .recipientGiven)))
        #expect(Self.identities(Self.secret.lowercased()) == .success(1))
        let kind = "AGE-PLUGIN-YUBIKEY-"
        let plugin = String(
            decoding: Bech32.encode([1].span, prefix: kind.lowercased(), .upper), as: UTF8.self)
        #expect(
            Self.identities(plugin)
                == .failure(.line(1, .unsupported(kind: kind.lowercased()))))
    }

    @Test("a file of recipients names the bad line and not its content")
    func readsRecipientFiles() {
        func read(_ text: String) -> Result<[Recipient], KeyFileError> {
            Result { () throws(KeyFileError) in try KeyFile.recipients(Array(text.utf8)) }
        }
        let line = Self.recipient
        #expect(
            read("# us\n\(line)\r\n\n\(line)")
                == .success([Self.identity.recipient, Self.identity.recipient]))
        #expect(read("\(line)\n\(Self.secret)\n") == .failure(.line(2, .identityGiven)))
        #expect(read("\(line)\nlaura\n") == .failure(.line(2, .malformed)))
        #expect(read("") == .failure(.empty))
    }

    @Test("an identity file is written as age-keygen writes it, and knows when it is sealed")
    func writesIdentityFiles() throws {
        let text = KeyFile.text(of: Self.identity, created: "2026-11-23T12:00:00Z")
        let expected =
            "# created: 2026-11-23T12:00:00Z\n# public key: \(Self.recipient)\n\(Self.secret)\n"
        let bytes = text.withBytes { span in span.indices.map { span[$0] } }
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        let isSealed = KeyFile.isSealed(text)
        #expect(!isSealed)

        let passphrase = AgeTests.passphrase("clave")
        for form in FileForm.allCases {
            let sealed = try Age.seal(text, to: [passphrase], form: form)
            let looksSealed = KeyFile.isSealed(SecretBytes(copying: sealed.span))
            #expect(looksSealed)
            var count = 0
            if let opened = try Age.openSecret(sealed, with: [passphrase]) {
                count = try KeyFile.identities(opened).count
            }
            #expect(count == 1)
        }
    }
}
