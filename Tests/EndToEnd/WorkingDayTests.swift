import Foundation
import TestSupport
import Testing

@Suite("a working day")
struct WorkingDayTests {
    static let languages = ["en", "es"]
    /// Words that stand in the notes, titles, tags and contacts of the day and nowhere else.
    static let canaries = [
        "Xochitlquetzal", "zarzamora", "Puerto", "expediente", "veracruz", "escribana",
        "laura@example.org", "luciérnaga",
    ]

    @Test(
        "notes are written, found, shown, tagged, and leave no word on the disk",
        arguments: languages)
    func notes(_ language: String) throws {
        let desk = try Desk(language: language)
        let id = try desk.done(
            "note", "new", "--title", "Entrevista Puerto", "--tag", "veracruz",
            input: "Xochitlquetzal dijo: zarzamora.\nEl expediente lo tiene la escribana.\n"
        ).line
        #expect(id.count == 32 && id.allSatisfy(\.isHexDigit))
        let other = try desk.done(
            "note", "new", "--title", "Otra", input: "Una luciérnaga y nada más.\n"
        ).line

        let found = try desk.done("note", "find", "puerto")
        #expect(found.text.contains("Entrevista Puerto"))
        #expect(!found.text.contains("Otra"))
        let shown = try desk.done("note", "show", String(id.prefix(8)))
        #expect(shown.text.contains("Xochitlquetzal dijo: zarzamora."))
        let accents = try desk.done("note", "find", "LUCIERNAGA", "--json")
        let notes = try #require(accents.json["notes"] as? [[String: Any]])
        #expect(notes.map { $0["id"] as? String } == [other])
        #expect(try desk("note", "find", "nadie-lo-escribió").status == 0)

        try desk.done("note", "tag", id, "puebla")
        let listed = try desk.done("note", "list", "--json")
        let all = try #require(listed.json["notes"] as? [[String: Any]])
        #expect(all.count == 2)
        let first = try #require(all.first { $0["id"] as? String == id })
        #expect(Set(first["tags"] as? [String] ?? []) == ["veracruz", "puebla"])

        #expect(try desk.filesHolding(Self.canaries) == [])
    }

    @Test("an attachment comes back byte for byte", arguments: [0, 1, 3_000, 70_000, 2_000_000])
    func attachments(_ size: Int) throws {
        let desk = try Desk()
        let id = try desk.done("note", "new", "--title", "Fotos", input: "una foto\n").line
        let photo = SeededRandom(seed: UInt64(size)).bytes(size)
        try desk.tool.write("photo.jpg", photo)
        try desk.done("note", "attach", id, "photo.jpg")
        try desk.done("note", "extract", id, "photo.jpg", "-o", "back.jpg")
        #expect(try desk.tool.read("back.jpg") == photo)
        #expect(try desk.tool.read("photo.jpg") == photo)
    }

    @Test("files travel between the vault's people and age", arguments: languages)
    func files(_ language: String) throws {
        let desk = try Desk(language: language)
        let age = try #require(Peer("age"))
        let keygen = try #require(Peer("age-keygen"))
        let key = try keygen.run([])
        try desk.tool.write("laura.key", key.output)
        let recipient = try keygen.run(["-y", desk.tool.path("laura.key")])
            .output.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }[0]

        try desk.done(
            "contact", "add", "laura", "--recipient", recipient, "--email", "laura@example.org")
        try desk.done("contact", "add", "abogado", "--email", "abogado@example.org")
        let report = SeededRandom(seed: 1).bytes(200_000)
        try desk.tool.write("report.pdf", report)
        try desk.done(
            "encrypt", "-r", "laura", "-r", "me", "-o", "report.pdf.age", "report.pdf")
        try desk.done("decrypt", "-o", "copy.pdf", "report.pdf.age")
        #expect(try desk.tool.read("copy.pdf") == report)
        let opened = try age.run([
            "-d", "-i", desk.tool.path("laura.key"), desk.tool.path("report.pdf.age"),
        ])
        #expect(opened.output == report)

        let me = try desk.done("key", "list", "--json")
        let keys = try #require(me.json["keys"] as? [[String: Any]])
        let mine = try #require(keys.first { $0["kind"] as? String == "age" })
        let myRecipient = try #require(mine["recipient"] as? String)
        let sealed = try age.run(["-r", myRecipient], input: report)
        try desk.tool.write("from-laura.age", sealed.output)
        try desk.done("decrypt", "-o", "from-laura", "from-laura.age")
        #expect(try desk.tool.read("from-laura") == report)
        // The contact without a recipient hears alarms and opens nothing.
        #expect(try desk("encrypt", "-r", "abogado", "-o", "no.age", "report.pdf").status != 0)
        #expect(!desk.tool.exists("no.age"))
        #expect(try desk.filesHolding(["laura@example.org"]) == [])
    }

    @Test("a lost passphrase is replaced with the recovery words, in either language")
    func recovery() throws {
        let desk = try Desk()
        try desk.done("note", "new", "--title", "Antes", input: "antes\n")
        #expect(desk.recoveryWords.count == 12)
        let words = desk.recoveryWords.joined(separator: " ").uppercased()
        let fresh = "otra frase que sí recuerdo hoy"
        let recovered = try desk.tool.run(
            ["recover", "--recovery-fd", "4", "--passphrase-fd", "3"],
            descriptors: [3: fresh, 4: words])
        #expect(recovered.status == 0, "\(recovered.complaint)")
        let listed = try desk.tool.run(
            ["note", "list", "--passphrase-fd", "3"], descriptors: [3: fresh])
        #expect(listed.text.contains("Antes"))
        let wrong = try desk.tool.run(
            ["recover", "--recovery-fd", "4", "--passphrase-fd", "3"],
            descriptors: [3: fresh, 4: "abacus " + words])
        #expect(wrong.status == 3 || wrong.status == 2)
    }

    @Test("a backup is a vault, and restore never writes over one")
    func backup() throws {
        let desk = try Desk()
        try desk.done("note", "new", "--title", "Guardado", input: "guardado\n")
        try desk.done("vault", "backup", "copy.db")
        #expect(try desk("vault", "restore", "copy.db").status == 6)
        try FileManager.default.removeItem(atPath: desk.tool.store + "/vault.db")
        try desk.done("vault", "restore", "copy.db")
        #expect(try desk.done("note", "list").text.contains("Guardado"))
        try desk.done("vault", "check")
    }
}
