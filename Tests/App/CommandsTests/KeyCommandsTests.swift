import CommandLineKit
import Foundation
import TestSupport
import Testing

@Suite("keys and contacts, from the command line")
struct KeyCommandsTests {
    @Test("the first keys are me, and show prints the public half alone")
    func first() throws {
        let desk = try Desk.ready()
        let keys = desk.run("key", "list", "--json").list("keys")
        #expect(keys.map { $0["name"] as? String } == ["me", "me"])
        #expect(keys.map { $0["kind"] as? String } == ["age", "minisign"])
        #expect(Set(keys[0].keys) == ["name", "kind", "recipient", "created"])
        let recipient = keys[0]["recipient"] as? String ?? ""
        #expect(recipient.hasPrefix("age1") && recipient.utf8.count == 62)
        #expect(desk.run("key", "show", "me").output == recipient + "\n")
        let signKey = keys[1]["recipient"] as? String ?? ""
        #expect(signKey.hasPrefix("RW") && signKey.utf8.count == 56)
        #expect(desk.run("key", "show", "me", "--signing").output == signKey + "\n")
        #expect(desk.run("key", "show", "nadie").exit == .failed)
    }

    @Test("a new key prints its recipient; a name is used once")
    func new() throws {
        let desk = try Desk.ready()
        let made = desk.run("key", "new", "viaje")
        #expect(made.line.hasPrefix("age1") && made.output == made.line + "\n")
        #expect(desk.run("key", "show", "Viaje").line == made.line)
        #expect(desk.run("key", "new", "viaje").exit == .refused)
        #expect(desk.run("key", "new", "a/b").exit == .usage)
    }

    @Test("an export is encrypted and opens what was sealed to the key; Debian's age agrees")
    func export() throws {
        let desk = try Desk.ready()
        try desk.folder.write("informe", Array("el informe".utf8))
        let sealed = desk.folder("informe.age")
        #expect(
            desk.run("encrypt", "-r", "me", "-o", sealed, desk.folder("informe")).exit == .done)
        let file = desk.folder("me.age")
        let exported = desk.run(
            "key", "export", "me", "-o", file, "--file-passphrase-fd", "4", others: [4: "otra"])
        #expect(exported.exit == .done && exported.output == file + "\n", "\(exported.error)")
        #expect(desk.mode(file) == 0o600)
        #expect(try desk.folder.read("me.age").contains("AGE-SECRET-KEY") == false)
        let opened = desk.run(
            "decrypt", "-i", file, "-o", desk.folder("copia"), sealed, "--file-passphrase-fd", "4",
            passphrase: nil, others: [4: "otra"])
        #expect(opened.exit == .done, "\(opened.error)")
        #expect(try desk.folder.read("copia") == Array("el informe".utf8))
        #expect(
            desk.run(
                "key", "export", "me", "-o", file, "--file-passphrase-fd", "4", others: [4: "o"]
            )
            .exit == .refused)
    }

    @Test("an unencrypted export wants --yes, and is what age-keygen writes")
    func unencrypted() throws {
        let desk = try Desk.ready()
        let file = desk.folder("key.txt")
        let refused = desk.run("key", "export", "me", "--unencrypted", "-o", file)
        #expect(refused.exit == .refused && !desk.folder.names.contains("key.txt"))
        #expect(desk.run("key", "export", "me", "--unencrypted", "--yes", "-o", file).exit == .done)
        let lines = String(decoding: try desk.folder.read("key.txt"), as: UTF8.self)
            .split(separator: "\n")
        #expect(lines.count == 3 && lines[0].hasPrefix("# created: 2026-01-09T23:06:40Z"))
        #expect(lines[1] == "# public key: " + desk.run("key", "show", "me").line)
        #expect(lines[2].hasPrefix("AGE-SECRET-KEY-1"))
        #expect(desk.mode(file) == 0o600)
    }

    @Test("files go out to a contact and come back with the vault's own key")
    func roundTrip() throws {
        let desk = try Desk.ready()
        let laura = try Desk.ready(seed: 2)
        let recipient = laura.run("key", "show", "me").line
        #expect(desk.run("contact", "add", "laura", "--recipient", recipient).exit == .done)
        try desk.folder.write("report.pdf", Array("%PDF".utf8))
        let sealed = desk.folder("report.pdf.age")
        let made = desk.run(
            "encrypt", "-r", "laura", "-r", "me", "-o", sealed, desk.folder("report.pdf"))
        // Nobody has compared her key yet; one's own is nobody else's.
        #expect(made.exit == .done && made.error.contains("amparo contact verify laura"))
        #expect(!made.error.contains("verify me"), "\(made.error)")
        for (reader, name) in [(desk, "copy.pdf"), (laura, "suya.pdf")] {
            let opened = reader.run("decrypt", "-o", desk.folder(name), sealed)
            #expect(opened.exit == .done, "\(opened.error)")
            #expect(try desk.folder.read(name) == Array("%PDF".utf8))
        }
        let alone = desk.run(
            "encrypt", "-r", "laura", "-o", desk.folder("b.age"), desk.folder("report.pdf"))
        #expect(alone.exit == .done && alone.error.contains("you will not be able to open this"))
    }

    @Test("contacts: added, listed as agreed, shown, removed")
    func contacts() throws {
        let desk = try Desk.ready()
        let recipient = desk.run("key", "show", "me").line
        let signKey = desk.run("key", "show", "me", "--signing").line
        let added = desk.run(
            "contact", "add", "laura", "--recipient", recipient, "--email", "laura@example.org",
            "--sign-key", signKey, "--phone", "+52 228 123 4567")
        #expect(added.exit == .done && added.error.isEmpty)
        let alone = desk.run("contact", "add", "abogado", "--email", "abogado@example.org")
        #expect(alone.exit == .done && alone.error.contains("cannot open"))
        let listed = desk.run("contact", "list", "--json").list("contacts")
        #expect(listed.map { $0["name"] as? String } == ["abogado", "laura"])
        #expect(listed[1]["recipients"] as? [String] == [recipient])
        #expect(listed[1]["sign_keys"] as? [String] == [signKey])
        #expect(listed[1]["addresses"] as? [String] == ["email:laura@example.org"])
        #expect(listed[1]["verified"] is NSNull)
        #expect(desk.run("contact", "show", "Laura").output.contains("laura@example.org"))
        #expect(desk.run("contact", "add", "LAURA").exit == .refused)
        #expect(desk.run("contact", "add", "me").exit == .usage)
        #expect(desk.run("contact", "remove", "laura").exit == .done)
        #expect(desk.run("contact", "remove", "laura").exit == .failed)
        #expect(desk.run("contact", "show", "laura").exit == .failed)
    }

    @Test("a private key given for a public one is refused and not repeated")
    func privateKey() throws {
        let desk = try Desk.ready()
        let secret = "AGE-SECRET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSGWUXQF"
        let refused = desk.run("contact", "add", "x", "--recipient", secret)
        #expect(refused.exit == .refused && !refused.error.contains("QYQSZ"))
    }
}
