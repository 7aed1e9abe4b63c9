import Foundation
import TestSupport
import Testing

@Suite("keys of other programs, in and out of the vault")
struct KeyFilesTests {
    private static let phrase = "otra frase para el archivo"

    @Test("an age key comes in, opens what was sealed to it, and goes out again")
    func age() throws {
        let age = try #require(Peer("age"))
        let keygen = try #require(Peer("age-keygen"))
        let desk = try Desk()
        try desk.tool.write("viaje.txt", try keygen.run([]).output)
        let recipient = String(
            decoding: try keygen.run(["-y", desk.tool.path("viaje.txt")]).output, as: UTF8.self
        ).trimmingCharacters(in: .newlines)
        let added = try desk.done("key", "import", "viaje.txt")
        #expect(added.line == recipient && added.complaint.contains("viaje.txt"))
        #expect(try desk.done("key", "show", "viaje").line == recipient)
        let sealed = try age.run(["-r", recipient], input: Array("hola".utf8))
        try desk.tool.write("hola.age", sealed.output)
        #expect(try desk.done("decrypt", "hola.age").text == "hola")

        // Encrypted as it is unless one insists, and readable for age's own reader and for us.
        let exported = try desk.done(
            "key", "export", "viaje", "-o", "viaje.age", "--file-passphrase-fd", "4",
            descriptors: [4: Self.phrase])
        #expect(exported.line == "viaje.age")
        let other = try Desk()
        try other.tool.write("sealed", try desk.tool.read("viaje.age"))
        let wrong = try other(
            "key", "import", "sealed", "--file-passphrase-fd", "4", descriptors: [4: "no"])
        #expect(wrong.status == 3)
        let taken = try other.done(
            "key", "import", "sealed", "--name", "viaje", "--file-passphrase-fd", "4", "--json",
            descriptors: [4: Self.phrase])
        let keys = try #require(taken.json["keys"] as? [[String: Any]])
        #expect(keys.map { $0["recipient"] as? String } == [recipient])
        #expect(keys.map { $0["name"] as? String } == ["viaje"])
        try other.tool.write("again.txt", try desk.tool.read("viaje.txt"))
        let again = try other("key", "import", "again.txt")
        #expect(again.status == 6 && again.complaint.contains("viaje"))
    }

    @Test("a file of several keys brings all of them, under names of their own")
    func several() throws {
        let keygen = try #require(Peer("age-keygen"))
        let desk = try Desk()
        let files = try (0..<3).map { _ in try keygen.run([]).output }
        try desk.tool.write("all.txt", Array(files.joined()))
        let added = try desk.done("key", "import", "all.txt", "--name", "x")
        #expect(added.lines.count == 3)
        let listed = try desk.done("key", "list", "--json")
        let keys = try #require(listed.json["keys"] as? [[String: Any]])
        #expect(
            keys.compactMap { $0["name"] as? String }.sorted() == ["me", "me", "x", "x-2", "x-3"])
    }

    @Test("an SSH key comes in and goes out, and opens what age sealed to it")
    func ssh() throws {
        let age = try #require(Peer("age"))
        guard Peer("ssh-keygen") != nil else { return }
        let desk = try Desk()
        let made = try desk.tool.shell("ssh-keygen -q -t ed25519 -N '' -C '' -f id_ed25519")
        #expect(made.status == 0, "\(made.complaint)")
        let line = try desk.done("key", "import", "id_ed25519").line
        #expect(line.hasPrefix("ssh-ed25519 "))
        let sealed = try age.run(["-r", line], input: Array("hola".utf8))
        try desk.tool.write("hola.age", sealed.output)
        #expect(try desk.done("decrypt", "hola.age").text == "hola")
        try desk.done("key", "export", "id_ed25519", "--unencrypted", "--yes", "-o", "back")
        let opened = try age.run(["-d", "-i", desk.tool.path("back"), desk.tool.path("hola.age")])
        #expect(opened.output == Array("hola".utf8), "\(opened.complaint)")
        let locked = try desk.tool.shell("ssh-keygen -q -t ed25519 -N secreta -f locked")
        #expect(locked.status == 0)
        #expect(try desk("key", "import", "locked").status == 4)
    }

    @Test("a minisign key comes in with its number, and goes out under a passphrase")
    func minisign() throws {
        let minisign = try #require(Peer("minisign"))
        let desk = try Desk()
        let made = try minisign.run(
            ["-G", "-s", desk.tool.path("minisign.key"), "-p", desk.tool.path("minisign.pub")],
            input: Array("\(Self.phrase)\n\(Self.phrase)\n".utf8))
        #expect(made.status == 0, "\(made.complaint)")
        BuiltTool.give(desk.tool.path("minisign.key"))
        let added = try desk.done(
            "key", "import", "minisign.key", "--file-passphrase-fd", "4",
            descriptors: [4: Self.phrase])
        let published = String(decoding: try desk.tool.read("minisign.pub"), as: UTF8.self)
        #expect(published.contains(added.line))
        // No identity has the name, so no --signing is needed.
        #expect(try desk.done("key", "show", "minisign").line == added.line)
        try desk.tool.write("text", "hola")
        try desk.done("sign", "--key", "minisign", "text")
        let verified = try minisign.run([
            "-V", "-p", desk.tool.path("minisign.pub"), "-m", desk.tool.path("text"),
        ])
        #expect(verified.status == 0, "\(verified.complaint)")
        try desk.done(
            "key", "export", "minisign", "-o", "again.key", "--file-passphrase-fd", "4",
            descriptors: [4: "distinta"])
        let signed = try minisign.run(
            [
                "-S", "-s", desk.tool.path("again.key"), "-m", desk.tool.path("text"), "-x",
                desk.tool.path("again.sig"),
            ], input: Array("distinta\n".utf8))
        #expect(signed.status == 0, "\(signed.complaint)")
    }

    @Test(
        "a retired key opens its files; contacts take the new one from a signed statement",
        arguments: ["en", "es"])
    func retire(_ language: String) throws {
        let laura = try Desk(language: language)
        let desk = try Desk(language: language)
        let old = try laura.done("key", "show", "me").line
        let sign = try laura.done("key", "show", "me", "--signing").line
        try desk.done("contact", "add", "laura", "--recipient", old, "--sign-key", sign)
        try desk.tool.write("text", "para laura")
        try desk.done("encrypt", "-r", "laura", "-r", "me", "-o", "old.age", "text")

        #expect(try laura.done("key", "retire", "me", "-o", "next.txt").line == "next.txt")
        let new = try laura.done("key", "show", "me").line
        #expect(new != old)
        #expect(try laura("key", "retire", "me", "-o", "next.txt").status == 6)
        #expect(try laura.done("key", "show", "me").line == new)
        try laura.tool.write("old.age", try desk.tool.read("old.age"))
        #expect(try laura.done("decrypt", "old.age").text == "para laura")
        let listed = try laura.done("key", "list", "--json")
        let keys = try #require(listed.json["keys"] as? [[String: Any]])
        let retired = try #require(keys.first { $0["recipient"] as? String == old })
        #expect(retired["successor"] as? String == new)

        // minisign itself verifies the statement, over nothing.
        try desk.tool.write("next.txt", try laura.tool.read("next.txt"))
        let minisign = try #require(Peer("minisign"))
        let verified = try minisign.run([
            "-VQ", "-m", "/dev/null", "-x", desk.tool.path("next.txt"), "-P", sign,
        ])
        #expect(verified.status == 0, "\(verified.complaint)")
        let words = String(decoding: verified.output, as: UTF8.self)
        #expect(words.contains("retired:\(old)\tsuccessor:\(new)"))

        try desk.done("contact", "add", "ana", "--recipient", old)
        #expect(try desk("contact", "successor", "ana", "next.txt").status == 3)
        #expect(try desk.done("contact", "successor", "laura", "next.txt").line == new)
        try desk.done("contact", "successor", "laura", "next.txt")
        let shown = try desk.done("contact", "show", "laura", "--json")
        let contacts = try #require(shown.json["contacts"] as? [[String: Any]])
        #expect(contacts[0]["recipients"] as? [String] == [new])

        // The signing key vouches for its own successor.
        let statement = try laura.done("key", "retire", "me", "--signing").text
        try desk.tool.write("signing.txt", statement)
        try desk.done("contact", "successor", "laura", "signing.txt")
        try laura.tool.write("text", "hola")
        try laura.done("sign", "text")
        for name in ["text", "text.minisig"] {
            try desk.tool.write(name, try laura.tool.read(name))
        }
        #expect(
            try desk.done("verify", "text", "--from", "laura", "--json").json["signer"] as? String
                == "laura")
        let changed = statement.replacingOccurrences(of: "date:20", with: "date:21")
        try desk.tool.write("changed.txt", changed)
        #expect(try desk("contact", "successor", "laura", "changed.txt").status != 0)
    }
}
