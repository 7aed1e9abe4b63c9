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

    @Test("what is typed for somebody who is there is added to her", arguments: languages)
    func more(_ language: String) throws {
        let (ana, laura) = try two()
        let recipient = laura.run("key", "show", "me").line
        func run(_ words: String...) -> Desk.Result {
            let terminal = ScriptedTerminal(streams: [.error])
            return ana.run(words, terminal: terminal, language: language)
        }
        func kept(_ field: String) -> Any? {
            ana.run("contact", "show", "laura", "--json").list("contacts")[0][field]
        }
        #expect(run("contact", "add", "laura", "--recipient", recipient).exit == .done)
        #expect(ana.run("contact", "verify", "laura", "--yes").exit == .done)
        let verified = kept("verified") as? String
        #expect(verified != nil)

        let mail = run("contact", "add", "laura", "--email", "laura@example.org")
        #expect(mail.exit == .done)
        #expect(
            mail.error.contains(
                language == "es"
                    ? "agregado a laura: laura@example.org" : "added to laura: laura@example.org"))
        #expect(
            run("contact", "add", "Laura", "--sms", "+52 55 1234 5678", "--phone", "5512345678")
                .exit == .done)
        #expect(
            run("contact", "add", "laura", "--speaks", "en").error.contains(
                language == "es" ? "primero en inglés" : "in English first"))
        let again = run("contact", "add", "laura", "--email", "laura@example.org")
        #expect(again.exit == .done)
        #expect(
            again.error.contains(
                language == "es" ? "no se cambió nada" : "nothing was changed"))
        let second = run("contact", "add", "laura", "--email", "otra@example.org")
        #expect(second.error.contains("amparo contact remove laura laura@example.org"))
        #expect(kept("verified") as? String == verified)
        #expect(kept("recipients") as? [String] == [recipient])
        #expect(
            kept("addresses") as? [String] == [
                "email:laura@example.org", "sms:+525512345678", "email:otra@example.org",
            ])
        #expect(kept("phones") as? [String] == ["5512345678"])

        let gone = run("contact", "remove", "laura", "laura@example.org")
        #expect(gone.exit == .done && gone.error.contains("laura: laura@example.org"))
        #expect(run("contact", "remove", "laura", "+52 (55) 1234-5678").exit == .done)
        #expect(kept("addresses") as? [String] == ["email:otra@example.org"])
        let none = run("contact", "remove", "laura", "nadie@example.org")
        #expect(none.exit == .failed && none.error.contains("amparo contact show laura"))
        #expect(kept("verified") as? String == verified)

        // Other keys are an alarm as before, and nothing is added beside them.
        let other = try Desk.ready(seed: 13).run("key", "show", "me").line
        let alarm = run(
            "contact", "add", "laura", "--recipient", other, "--email", "x@example.org")
        #expect(alarm.exit == .refused)
        let doubtful = run("contact", "add", "laura", "--email", "x@example.org")
        #expect(doubtful.exit == .refused)
        #expect(doubtful.error.contains("contact verify laura"))
        #expect(kept("addresses") as? [String] == ["email:otra@example.org"])
    }

    @Test("a key that nobody compared, or that two have, is pointed out", arguments: languages)
    func unverified(_ language: String) throws {
        let (ana, laura) = try two()
        let recipient = laura.run("key", "show", "me").line
        let first = ana.run("contact", "add", "laura", "-r", recipient, "--email", "l@example.org")
        #expect(first.exit == .done && first.error.isEmpty)
        let twin = ana.run("contact", "add", "beto", "-r", recipient, language: language)
        #expect(twin.exit == .done)
        #expect(
            twin.error.contains(
                language == "es"
                    ? "aviso: beto tiene la misma llave que laura"
                    : "warning: beto has the same key as laura"))

        try ana.folder.write("informe", Array("x".utf8))
        func seal(_ name: String, _ more: String...) -> Desk.Result {
            ana.run(
                ["encrypt", "-r", "laura", "-r", "me", "-o", ana.folder(name)] + more
                    + [ana.folder("informe")], language: language)
        }
        let doubtful = seal("uno.age")
        #expect(doubtful.exit == .done)
        #expect(doubtful.error.contains("amparo contact verify laura"))
        #expect(!doubtful.error.contains("verify me"))
        #expect(!seal("dos.age", "--quiet").error.contains("contact verify"))
        #expect(ana.run("contact", "verify", "laura", "--yes").exit == .done)
        #expect(!seal("tres.age").error.contains("contact verify"))
    }

    @Test("answering that the words differ leaves the key unverified", arguments: languages)
    func differing(_ language: String) throws {
        let (ana, laura) = try two()
        let recipient = laura.run("key", "show", "me").line
        #expect(ana.run("contact", "add", "laura", "-r", recipient).exit == .done)
        let asked = ScriptedTerminal(answers: ["n", "s"])
        let no = ana.run("contact", "verify", "laura", terminal: asked, language: language)
        #expect(no.exit == .refused && no.error.contains("contact remove laura"))
        #expect(asked.asked.count == 2)
        // Who has not called yet is told to call, not to throw the contact away.
        let later = ana.run(
            "contact", "verify", "laura", terminal: ScriptedTerminal(answers: ["n", "n"]),
            language: language)
        #expect(later.exit == .refused && later.error.contains("amparo contact verify laura"))
        #expect(!later.error.contains("contact remove"))
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
