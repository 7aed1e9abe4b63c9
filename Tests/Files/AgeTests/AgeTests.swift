import Age
import AgeFormat
import AgeStream
import Encoding
import Foundation
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("sealing and opening")
struct AgeTests {
    static let first = Identity.generate(SeededRandom(seed: 1))
    static let second = Identity.generate(SeededRandom(seed: 2))
    static let cheap = WorkFactor(10)

    static func passphrase(_ text: String) -> FilePassphrase {
        FilePassphrase(SecretBytes(copying: Array(text.utf8).span), cost: cheap)
    }

    @Test("each of several recipients opens the file, and nobody else")
    func severalRecipients() throws {
        let file = try Age.seal([1, 2, 3], to: [Self.first.recipient, Self.second.recipient])
        #expect(try Age.open(file, with: [Self.first]) == [1, 2, 3])
        #expect(try Age.open(file, with: [Self.second]) == [1, 2, 3])
        let stranger = Identity.generate()
        #expect(throws: AgeError.noMatch) { try Age.open(file, with: [stranger]) }
        #expect(throws: AgeError.noMatch) { try Age.open(file, with: []) }
        #expect(throws: AgeError.noMatch) { try Age.open(file, with: [Self.passphrase("x")]) }
        #expect(try Age.open(file, with: [stranger, Self.second]) == [1, 2, 3])
    }

    @Test("a passphrase opens what it sealed, and another one does not")
    func passphrases() throws {
        let file = try Age.seal([1], to: [Self.passphrase("señal")])
        let sealed = try SealedFile(reading: MemoryInput(file))
        #expect(sealed.wantsPassphrase)
        #expect(throws: AgeError.noMatch) { try sealed.unlock([Self.passphrase("senal")]) }
        // Another try on the same file.
        let text = MemoryOutput()
        try sealed.unlock([Self.passphrase("señal")]).open(into: text)
        #expect(text.bytes == [1])
        #expect(throws: AgeError.noMatch) { try Age.open(file, with: [Self.first]) }
    }

    @Test("a costly passphrase stanza is refused before it costs anything")
    func refusesCost() throws {
        let file = try Age.seal([1], to: [Self.passphrase("a")])
        let text = String(decoding: file.prefix(150), as: Unicode.ASCII.self)
        let costly = Array(text.replacing(" 10\n", with: " 23\n").utf8)
        #expect(throws: AgeError.header(.excessiveWork(log2N: 23))) {
            try Age.open(costly, with: [Self.passphrase("a")])
        }
    }

    @Test("a file with a passphrase and another key is refused for everybody")
    func passphraseStandsAlone() throws {
        let stanza = Stanza(type: "scrypt", arguments: ["a", "b"], body: [])
        let other = Stanza(type: "X25519", arguments: [], body: [])
        let header = Header([other, stanza]) { _ in [UInt8](repeating: 0, count: 32) }
        for opener in [Self.first as any Opener, Self.passphrase("a")] {
            #expect(throws: AgeError.header(.passphraseNotAlone)) {
                try Age.open(header.serialized(), with: [opener])
            }
        }
    }

    @Test("nothing is sealed to a point of low order")
    func refusesLowOrder() throws {
        let zero = Bech32.encode([UInt8](repeating: 0, count: 32).span, prefix: "age")
        let recipient = try Recipient(parsing: String(decoding: zero, as: UTF8.self))
        #expect(throws: AgeError.unusableRecipient) { try Age.seal([1], to: [recipient]) }
    }

    @Test("two files of the same text share nothing after the first line")
    func freshness() throws {
        let one = try Age.seal([1], to: [Self.first.recipient])
        let two = try Age.seal([1], to: [Self.first.recipient])
        let same = zip(one, two).filter { $0.0 == $0.1 }.count
        // 33 characters of form, 26 of structure, and chance.
        #expect(same < 100)
        #expect(one != two)
    }

    @Test("a thousand random damages of small files are all refused, with nothing released")
    func damages() throws {
        let random = SeededRandom(seed: 4)
        let text = Array("un apunte que nadie más debe leer\n".utf8)
        let files = try FileForm.allCases.map {
            try Age.seal(text, to: [Self.first.recipient], form: $0, random: random)
        }
        var harmless = 0
        for _ in 0..<1_000 {
            var file = files[Int(random.below(2))]
            let place = Int(random.below(UInt32(file.count)))
            switch random.below(4) {
            case 0: file[place] ^= UInt8(1 << random.below(8))
            case 1: file.remove(at: place)
            case 2: file.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            default: file.removeLast(file.count - place)
            }
            guard !files.contains(file) else { continue }
            let output = MemoryOutput()
            do {
                try SealedFile(reading: MemoryInput(file)).unlock([Self.first]).open(into: output)
                #expect(output.bytes == text)
                harmless += 1
            } catch {
                // Bytes after a whole armored text are noticed after its text was released.
                #expect(output.bytes.isEmpty || output.bytes == text)
            }
        }
        // Only a missing or other line end or white space around a text form.
        #expect(harmless < 10)
    }

    struct Manifest: Decodable {
        struct File: Decodable {
            let file: String
            let len: Int?
            let plaintext: String?
            let identities: [String]?
            let passphrase: String?
        }
        let files: [File]
    }

    static func text(of entry: Manifest.File) throws -> [UInt8] {
        if let count = entry.len { return (0..<count).map { UInt8(truncatingIfNeeded: 7 * $0) } }
        if let text = entry.plaintext { return Array(text.utf8) }
        return try Vectors.bytes("age-interop/identity1.txt")
    }

    @Test("files that Debian's age wrote are opened with each of their keys")
    func interopFiles() throws {
        guard Vectors.folder != nil else { return }
        let manifest = try JSONDecoder().decode(
            Manifest.self, from: Data(try Vectors.bytes("age-interop/manifest.json")))
        for entry in manifest.files {
            let file = try Vectors.bytes("age-interop/" + entry.file)
            let expected = try Self.text(of: entry)
            for name in entry.identities ?? [] {
                let bytes = try Vectors.bytes("age-interop/" + name)
                let text = SecretBytes(copying: bytes.span)
                let identities = try KeyFile.identities(text)
                #expect(try Age.open(file, with: identities) == expected)
            }
            if let passphrase = entry.passphrase {
                #expect(try Age.open(file, with: [Self.passphrase(passphrase)]) == expected)
            }
        }
        Vectors.report("age interop", ran: manifest.files.count)
        #expect(manifest.files.count == 9)
    }
}
