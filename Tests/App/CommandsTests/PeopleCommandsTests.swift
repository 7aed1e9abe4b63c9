import CommandLineKit
import Commands
import Foundation
import TestSupport
import Testing

@Suite("cards, invitations, six words and sheets")
struct PeopleCommandsTests {
    private static let languages = ["en", "es"]

    /// Two people, each with the other's card when `exchange` was asked for.
    private func two() throws -> (ana: Desk, laura: Desk) {
        (try Desk.ready(seed: 11), try Desk.ready(seed: 12))
    }

    private func card(_ desk: Desk, _ name: String) throws -> String {
        let made = desk.run("contact", "card", "--name", name, "--email", "\(name)@example.org")
        #expect(made.exit == .done, "\(made.error)")
        return made.output
    }

    @Test("a card goes out and comes in, and both sides see the same words", arguments: languages)
    func exchange(_ language: String) throws {
        let (ana, laura) = try two()
        try ana.folder.write("laura.card", Array(try card(laura, "laura").utf8))
        let added = ana.run(
            "contact", "add", "--card", ana.folder("laura.card"), language: language)
        #expect(added.exit == .done, "\(added.error)")
        let kept = ana.run("contact", "list", "--json").list("contacts")
        #expect(kept[0]["name"] as? String == "laura")
        #expect(kept[0]["recipients"] as? [String] == [laura.run("key", "show", "me").line])
        #expect(
            kept[0]["sign_keys"] as? [String] == [laura.run("key", "show", "me", "--signing").line])
        #expect(kept[0]["addresses"] as? [String] == ["email:laura@example.org"])

        let hers =
            laura.run("contact", "verify", "me", "--json").json["words"] as? [String: [String]]
        let seen =
            ana.run("contact", "verify", "laura", "--json").json["words"] as? [String: [String]]
        #expect(hers == seen && hers?["en"]?.count == 6 && hers?["es"]?.count == 6)
        let sheet = laura.run("key", "sheet", "me", language: language)
        let page = ana.run("contact", "verify", "laura", language: language)
        for words in (hers ?? [:]).values.map({ $0.joined(separator: " ") }) {
            #expect(sheet.output.contains(words) && page.output.contains(words))
        }
        // Somebody who typed the recipient alone sees the same words for it.
        #expect(
            ana.run("contact", "add", "l2", "-r", laura.run("key", "show", "me").line).exit == .done
        )
        let typed = ana.run("contact", "verify", "l2", "--json").json
        #expect(typed["words"] as? [String: [String]] == hers && typed["sign_words"] is NSNull)
        // Nobody was there to say that they were compared.
        #expect(page.exit == .done && page.error.contains("--yes"))
        for contact in ana.run("contact", "list", "--json").list("contacts") {
            #expect(contact["verified"] is NSNull)
        }
        let verified = ana.run("contact", "verify", "laura", "--yes", language: language)
        #expect(verified.exit == .done)
        let after = ana.run("contact", "list", "--json").list("contacts").filter {
            $0["name"] as? String == "laura"
        }
        #expect(after[0]["verified"] as? String == "2026-01-09T23:06:40Z")
    }

    @Test("a card under another name, from standard input; twice it changes nothing")
    func again() throws {
        let (ana, laura) = try two()
        let card = Array(try card(laura, "laura").utf8)
        #expect(ana.run("contact", "add", "Editora", "--card", "-", input: card).exit == .done)
        let again = ana.run("contact", "add", "editora", "--card", "-", input: card)
        #expect(again.exit == .done && again.error.contains("nothing was changed"))
        #expect(ana.run("contact", "add", "x", "--card", "-", "--email", "a@b.org").exit == .usage)
        #expect(ana.run("contact", "add").exit == .usage)
        let torn = ana.run("contact", "add", "--card", "-", input: Array(card.dropLast(5)))
        #expect(torn.exit == .damaged)
        #expect(ana.run("contact", "add", "--card", ana.folder("no")).exit == .failed)
    }

    @Test("a changed key stops encrypt with an alarm until it is verified", arguments: languages)
    func changed(_ language: String) throws {
        let (ana, laura) = try two()
        let thief = try Desk.ready(seed: 13)
        let real = Array(try card(laura, "laura").utf8)
        let forged = Array(
            try card(thief, "laura").replacingOccurrences(of: "laura@", with: "laura@").utf8)
        #expect(ana.run("contact", "add", "--card", "-", input: real).exit == .done)
        #expect(ana.run("contact", "verify", "laura", "--yes").exit == .done)
        let alarm = ana.run("contact", "add", "--card", "-", input: forged, language: language)
        #expect(alarm.exit == .refused)
        #expect(alarm.error.contains(language == "es" ? "ALTO" : "STOP"))

        try ana.folder.write("informe", Array("x".utf8))
        let out = ana.folder("informe.age")
        let stopped = ana.run(
            "encrypt", "-r", "laura", "-o", out, ana.folder("informe"), language: language)
        #expect(stopped.exit == .refused && stopped.error.contains("contact verify laura"))
        #expect(!ana.folder.names.contains("informe.age"))
        #expect(
            ana.run("contact", "list", language: language).output
                .contains(language == "es" ? "CAMBIÓ" : "CHANGED"))

        let back = ana.run("contact", "verify", "laura", "--reject", language: language)
        #expect(back.exit == .done, "\(back.error)")
        #expect(ana.run("encrypt", "-r", "laura", "-o", out, ana.folder("informe")).exit == .done)
        #expect(laura.run("decrypt", "-o", ana.folder("copia"), out).exit == .done)
        #expect(ana.run("contact", "verify", "laura", "--reject").exit == .failed)

        // By hand it is the same, and after removing her too.
        let other = thief.run("key", "show", "me").line
        #expect(ana.run("contact", "add", "laura", "--recipient", other).exit == .refused)
        #expect(ana.run("contact", "remove", "laura").exit == .done)
        let anew = ana.run("contact", "add", "laura", "--recipient", other, language: language)
        #expect(anew.exit == .done && anew.error.contains(language == "es" ? "ALTO" : "STOP"))
        let second = ana.folder("segundo.age")
        #expect(
            ana.run("encrypt", "-r", "laura", "-o", second, ana.folder("informe")).exit == .refused)
        #expect(ana.run("contact", "verify", "laura", "--yes").exit == .done)
        #expect(
            ana.run("encrypt", "-r", "laura", "-o", second, ana.folder("informe")).exit == .done)
    }

    @Test("answering that the words differ leaves the key unverified", arguments: languages)
    func differing(_ language: String) throws {
        let (ana, laura) = try two()
        let recipient = laura.run("key", "show", "me").line
        #expect(ana.run("contact", "add", "laura", "-r", recipient).exit == .done)
        let asked = ScriptedTerminal(answers: ["n"])
        let no = ana.run("contact", "verify", "laura", terminal: asked, language: language)
        #expect(no.exit == .refused && no.error.contains("contact remove laura"))
        #expect(asked.asked.count == 1)
        let yes = ana.run(
            "contact", "verify", "laura", terminal: ScriptedTerminal(answers: ["s"]),
            language: language)
        #expect(yes.exit == .done)
        #expect(ana.run("contact", "verify", "nadie").exit == .failed)
        #expect(ana.run("contact", "add", "abogado", "--email", "a@example.org").exit == .done)
        #expect(ana.run("contact", "verify", "abogado").exit == .noKey)
    }

    @Test("the invitation is in the contact's language and holds no secret", arguments: languages)
    func invite(_ language: String) throws {
        let ana = try Desk.ready(seed: 11)
        let letter = ana.run("contact", "invite", "laura", language: language)
        #expect(letter.exit == .done && letter.output.contains("laura"))
        #expect(letter.output.contains(ana.run("key", "show", "me").line))
        #expect(letter.output.contains(language == "es" ? "Quiero poder" : "I would like"))
        #expect(letter.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(ana.run("contact", "add", "pat", "--speaks", "en").exit == .done)
        #expect(
            ana.run("contact", "invite", "pat", language: "es").output.contains("I would like"))
        #expect(
            ana.run("contact", "invite", "--speaks", "es", language: "en").output
                .contains("Quiero poder"))
        #expect(ana.run("contact", "invite", "-r").exit == .usage)
    }

    @Test("a sheet is a page or HTML, with what was asked for", arguments: languages)
    func sheet(_ language: String) throws {
        let ana = try Desk.ready(seed: 11)
        let recipient = ana.run("key", "show", "me").line
        let page = ana.run("key", "sheet", "--name", "Ana Ruiz", language: language)
        #expect(page.exit == .done && page.output.contains(recipient))
        #expect(page.output.contains("Ana Ruiz") && page.output.contains("2026-01-09"))
        #expect(page.output.contains("▀") && !page.output.contains("\u{1B}"))
        let file = ana.folder("hoja.html")
        let made = ana.run(
            "key", "sheet", "me", "--name", "Ana & Co", "-o", file, language: language)
        #expect(made.exit == .done && made.output == file + "\n")
        let html = String(decoding: try ana.folder.read("hoja.html"), as: UTF8.self)
        #expect(html.hasPrefix("<!doctype html>\n<html lang=\"\(language)\">"))
        #expect(html.contains("Ana &amp; Co") && !html.contains("Ana & Co"))
        #expect(html.contains("<svg ") && html.contains("--recipient \(recipient)"))
        for fetched in ["src=", "href=", "url(", "@import", "<script"] {
            #expect(!html.contains(fetched))
        }
        #expect(ana.run("key", "sheet", "me", "-o", file).exit == .refused)
        #expect(ana.run("key", "sheet", "nadie").exit == .failed)
        #expect(ana.run("key", "sheet", "--name", "<b>").exit == .usage)
    }

    @Test("a QR code is read back by zbarimg: the key, the card")
    func pictures() throws {
        guard let zbar = Peer("zbarimg") else { return }
        let (ana, laura) = try two()
        let recipient = ana.run("key", "show", "me").line
        let png = ana.folder("me.png")
        #expect(ana.run("key", "qr", "me", "-o", png).exit == .done)
        let read = try zbar.run(["--quiet", "--raw", png])
        #expect(String(decoding: read.output, as: UTF8.self) == recipient + "\n")
        let picture = ana.folder("ana.png")
        #expect(
            ana.run(
                "contact", "card", "--name", "María José", "--phone", "+52 228 123 4567", "-o",
                picture
            )
            .exit == .done)
        let scanned = try zbar.run(["--quiet", "--raw", "-Sbinary", picture])
        let added = laura.run("contact", "add", "--card", "-", input: scanned.output)
        #expect(added.exit == .done, "\(added.error)")
        let kept = laura.run("contact", "list", "--json").list("contacts")
        #expect(kept[0]["name"] as? String == "María José")
        #expect(kept[0]["recipients"] as? [String] == [recipient])
        #expect(ana.run("key", "qr", "me").output.split(separator: "\n").count == 21)
        let svg = ana.folder("me.svg")
        #expect(ana.run("key", "qr", "me", "--signing", "-o", svg).exit == .done)
        #expect(String(decoding: try ana.folder.read("me.svg"), as: UTF8.self).hasPrefix("<svg "))
        let narrow = ScriptedTerminal(streams: [.output], width: 30)
        #expect(ana.run("key", "qr", "me", terminal: narrow).exit == .failed)
    }
}
