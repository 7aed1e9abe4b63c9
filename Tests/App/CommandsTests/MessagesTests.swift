import CommandLineKit
import Encoding
import Foundation
import TestSupport
import Testing
import Vault

/// What a person reads when something is not as it should be, word for word.
@Suite("messages of notes, keys, contacts and the vault")
struct MessagesTests {
    private static let languages = ["en", "es"]

    @Test("mistakes, hints and exit codes", arguments: languages)
    func mistakes(_ language: String) throws {
        let desk = try Desk()
        var script = Script(desk: desk, language: language)
        script.heading("without a vault")
        for words in [
            ["note", "list"], ["key", "list"], ["vault", "status"], ["vault", "check"], ["recover"],
            ["vault", "lock"], ["close"],
        ] {
            script.run(words)
        }
        script.run(["init"], passphrase: nil)
        script.run(["init", "--kdf-memory", "9"])
        script.run(["init"], passphrase: "")

        #expect(desk.run("init", "--kdf-memory", "32").exit == .done)
        script.heading("with a vault")
        script.run(["init"])
        script.run(["note", "list"], passphrase: "mala")
        script.run(["note", "list"], passphrase: nil)
        script.run(["recover"], passphrase: nil)
        script.run(["recover", "--recovery-fd", "4"], others: [4: "uno dos tres"])
        for words in [
            ["note", "list"], ["note", "list", "--trash"], ["note", "find", "nada"],
            ["note", "find", "before:ayer"], ["note", "find"], ["note", "new"],
            ["note", "new", "--title", "a\u{7}"], ["note", "new", "--tag", "\"", "--title", "x"],
            ["note", "show"], ["note", "show", "abc"], ["note", "show", "zzzz"],
            ["note", "show", "ffff"], ["note", "tag", "ffff"], ["note", "tag", "ffff", "x"],
            ["note", "extract", "ffff"], ["note", "attach", "ffff", "no.jpg"],
            ["key", "show", "nadie"], ["key", "new", "a/b"], ["key", "new", "me"],
            ["key", "export", "me", "--unencrypted"], ["contact", "list"],
            ["contact", "add", "me"], ["contact", "add", "-x-"], ["contact", "add", "a:b"],
            ["contact", "add", "x", "--email", "x"], ["contact", "add", "x", "--phone", "no"],
            ["contact", "add", "x", "--recipient", "age1x"],
            ["contact", "add", "x", "--recipient", "AGE-SECRET-KEY-1X"],
            ["contact", "add", "x", "--sign-key", "RWx"], ["contact", "add", "x"],
            ["contact", "add", "X"], ["contact", "show", "nadie"], ["contact", "remove", "nadie"],
            ["encrypt", "-r", "nadie"], ["encrypt", "-r", "x"], ["vault", "unlock", "--for", "9"],
            ["vault", "unlock", "--for", "3d"], ["vault", "restore", "no.db"],
        ] {
            script.run(words)
        }
        script.heading("a note that is not text, and one in the trash")
        script.run(["note", "new", "--title", "x"], input: [0x61, 0xf1])
        try desk.withVault { vault in
            vault.stage(
                kind: RecordKind.note, entity: ID16([UInt8](repeating: 0xee, count: 16)),
                parents: [], fields: FieldList([Field(1, "Puerto")]))
        }
        for words in [
            ["note", "extract", "eeee"], ["note", "tag", "remove", "eeee", "x"],
            ["note", "restore", "eeee"], ["note", "trash", "eeee"], ["note", "show", "eeee"],
        ] {
            script.run(words)
        }
        try Golden.check(script.text, "Commands/mistakes.\(language).txt")
    }
}
