import Age
import AgeFormat
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@Suite("Debian's age, both ways", .serialized)
struct InteropTests {
    static let age = Peer("age")
    static let lengths = [0, 1, 65_535, 65_536, 65_537, 1 << 20]

    /// age on a terminal of its own, where it asks for its passphrases.
    static let onTerminal = """
        import os, pty, sys
        passphrase, command = sys.argv[1], sys.argv[2:]
        child, terminal = pty.fork()
        if child == 0:
            os.execv(command[0], command)
        seen = b""
        try:
            while True:
                seen += os.read(terminal, 1024)
                # Enter passphrase (leave empty to autogenerate a secure one): / Confirm passphrase:
                if seen.rstrip().endswith(b":"):
                    seen = b""
                    os.write(terminal, passphrase.encode() + b"\\n")
        except OSError:
            pass
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """

    /// Runs age where it can ask for `passphrase`.
    static func ask(_ passphrase: String, _ arguments: [String]) throws -> Int32? {
        guard let age, let python = Peer("python3") else { return nil }
        return try python.run(["-c", onTerminal, passphrase, age.path] + arguments).status
    }

    static func text(_ count: Int) -> [UInt8] {
        var text = [UInt8](repeating: 3, count: count)
        for index in stride(from: 0, to: count, by: 1_009) {
            text[index] = UInt8(truncatingIfNeeded: index)
        }
        return text
    }

    @Test("files of every edge length, in both forms, with two recipients", arguments: lengths)
    func files(_ count: Int) throws {
        guard let age = Self.age else { return }
        let text = Self.text(count)
        let folder = try TemporaryDirectory()
        let identities = [Identity.generate(), Identity.generate()]
        try folder.write("plain", text)
        for (index, identity) in identities.enumerated() {
            let file = KeyFile.text(of: identity, created: "2026-11-23T12:00:00Z")
            try folder.write(
                "key\(index)", file.withBytes { span in span.indices.map { span[$0] } })
        }
        for form in FileForm.allCases {
            try folder.write(
                "ours", try Age.seal(text, to: identities.map(\.recipient), form: form))
            for index in identities.indices {
                let opened = try age.run(["-d", "-i", folder("key\(index)"), folder("ours")])
                #expect(opened.status == 0, "\(opened.complaint)")
                #expect(opened.output == text)
            }
            let recipients = identities.flatMap { ["-r", $0.recipient.description] }
            let theirs = try age.run(
                recipients + (form == .armored ? ["-a"] : []) + [folder("plain")])
            #expect(theirs.status == 0, "\(theirs.complaint)")
            for identity in identities {
                #expect(try Age.open(theirs.output, with: [identity]) == text)
            }
        }
    }

    @Test("files sealed with a passphrase")
    func passphrases() throws {
        let folder = try TemporaryDirectory()
        let phrase = "señal de lluvia"
        let passphrase = FilePassphrase(
            SecretBytes(copying: Array(phrase.utf8).span), cost: WorkFactor(12))
        try folder.write("plain", Self.text(70_000))
        guard let sealed = try Self.ask(phrase, ["-p", "-o", folder("theirs"), folder("plain")])
        else { return }
        #expect(sealed == 0)
        #expect(try Age.open(folder.read("theirs"), with: [passphrase]) == Self.text(70_000))

        try folder.write("ours", try Age.seal(Self.text(70_000), to: [passphrase]))
        #expect(try Self.ask(phrase, ["-d", "-o", folder("opened"), folder("ours")]) == 0)
        #expect(try folder.read("opened") == Self.text(70_000))
    }

    @Test("identity files under a passphrase")
    func sealedIdentityFiles() throws {
        guard let age = Self.age else { return }
        let folder = try TemporaryDirectory()
        let identity = Identity.generate()
        let passphrase = FilePassphrase(
            SecretBytes(copying: Array("clave".utf8).span), cost: WorkFactor(12))
        let text = KeyFile.text(of: identity, created: "2026-11-23T12:00:00Z")
        try folder.write("key", try Age.seal(text, to: [passphrase], form: .armored))
        try folder.write("file", try Age.seal([1, 2, 3], to: [identity.recipient]))
        guard
            let opened = try Self.ask(
                "clave", ["-d", "-i", folder("key"), "-o", folder("opened"), folder("file")])
        else { return }
        #expect(opened == 0)
        #expect(try folder.read("opened") == [1, 2, 3])

        // And one that age sealed.
        let bytes = text.withBytes { span in span.indices.map { span[$0] } }
        try folder.write("plain", bytes)
        #expect(try Self.ask("clave", ["-p", "-a", "-o", folder("theirs"), folder("plain")]) == 0)
        var count = 0
        if let secret = try Age.openSecret(folder.read("theirs"), with: [passphrase]) {
            count = try KeyFile.identities(secret).count
        }
        #expect(count == 1)
        #expect(age.path.hasSuffix("age"))
    }
}
