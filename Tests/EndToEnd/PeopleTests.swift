import Foundation
import TestSupport
import Testing

@Suite("people and passphrases, from the built program")
struct PeopleTests {
    private static let languages = ["en", "es"]

    @Test(
        "two people exchange cards, compare words, and a forged card is stopped",
        arguments: languages)
    func people(_ language: String) throws {
        let ana = try Desk(language: language)
        let laura = try Desk(language: language)
        let mallory = try Desk(language: language)
        try laura.done(
            "contact", "card", "--name", "laura", "--email", "laura@example.org", "-o", "laura.card"
        )
        try ana.tool.write("laura.card", try laura.tool.read("laura.card"))
        try ana.done("contact", "add", "--card", "laura.card")
        let mine =
            try laura.done("contact", "verify", "me", "--json").json["words"] as? [String: [String]]
        let seen =
            try ana.done("contact", "verify", "laura", "--json").json["words"]
            as? [String: [String]]
        #expect(mine == seen && mine?["en"]?.count == 6 && mine?["es"]?.count == 6)
        try ana.done("contact", "verify", "laura", "--yes")
        try ana.tool.write("informe", "el informe\n")
        try ana.done("encrypt", "-r", "laura", "-o", "uno.age", "informe")

        let forged = try mallory.done("contact", "card", "--name", "laura").output
        try ana.tool.write("forged.card", forged)
        let alarm = try ana("contact", "add", "--card", "forged.card")
        #expect(alarm.status == 6 && alarm.complaint.contains(language == "es" ? "ALTO" : "STOP"))
        let stopped = try ana("encrypt", "-r", "laura", "-o", "dos.age", "informe")
        #expect(stopped.status == 6 && !ana.tool.exists("dos.age"))
        // Nor does the forged key sign as laura.
        try mallory.tool.write("informe", "otro informe\n")
        try mallory.done("sign", "informe")
        for name in ["informe", "informe.minisig"] {
            try ana.tool.write("de-" + name, try mallory.tool.read(name))
        }
        let signed = try ana("verify", "de-informe")
        #expect(signed.status != 0 && !signed.text.contains("laura"), "\(signed.text)")
        try ana.done("contact", "verify", "laura", "--reject")
        try ana.done("encrypt", "-r", "laura", "-o", "dos.age", "informe")
        try laura.tool.write("dos.age", try ana.tool.read("dos.age"))
        try laura.done("decrypt", "-o", "informe", "dos.age")
        #expect(try laura.tool.read("informe") == Array("el informe\n".utf8))
        #expect(try ana.filesHolding(["laura@example.org"]) == [])
    }

    @Test("a sheet and a card travel as QR codes", arguments: languages)
    func pictures(_ language: String) throws {
        let zbar = try #require(Peer("zbarimg"))
        let ana = try Desk(language: language)
        let recipient = try ana.done("key", "show", "me").line
        try ana.done("key", "qr", "me", "-o", "me.png")
        let read = try zbar.run(["--quiet", "--raw", ana.tool.path("me.png")])
        #expect(String(decoding: read.output, as: UTF8.self) == recipient + "\n")
        try ana.done("key", "sheet", "me", "--name", "Ana Ruiz", "-o", "hoja.html")
        let page = String(decoding: try ana.tool.read("hoja.html"), as: UTF8.self)
        #expect(page.contains(recipient) && page.contains("lang=\"\(language)\""))
        let shown = try ana.done("key", "sheet")
        #expect(shown.text.contains(recipient) && shown.text.contains("English"))
        let letter = try ana.done("contact", "invite")
        #expect(letter.text.contains(recipient) && letter.text.contains("AGE-SECRET-KEY"))
    }

    @Test("a passphrase is drawn without a vault", arguments: languages)
    func passphrase(_ language: String) throws {
        let tool = try BuiltTool(language: language)
        let drawn = try tool.run(["passphrase", "--words", "8"])
        #expect(drawn.status == 0 && drawn.lines.count == 1)
        #expect(drawn.line.split(separator: " ").count == 8)
        #expect(drawn.complaint.contains("95 bits"))
        #expect(try tool.run(["passphrase"]).line != tool.run(["passphrase"]).line)
        let own = try tool.run(
            ["passphrase", "--own", "--passphrase-fd", "3"], descriptors: [3: "Guadalupe1985"])
        #expect(own.status == 0 && !own.text.contains("Guadalupe"))
        #expect(try tool.run(["passphrase", "--rehearse"]).status == 2)
        #expect(!tool.exists(tool.store))
    }
}
