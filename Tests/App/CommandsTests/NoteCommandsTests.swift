import CommandLineKit
import Encoding
import Foundation
import Notebook
import Platform
import TestSupport
import Testing
import Vault

@Suite("note, from the command line")
struct NoteCommandsTests {
    @Test("new prints the id alone; show, list and find give the note back")
    func life() throws {
        let desk = try Desk.ready()
        let made = desk.run(
            "note", "new", "--title", "Entrevista Puerto", "--tag", "veracruz",
            input: Array("Dijo que sí,\nen el muelle.\n".utf8))
        #expect(made.exit == .done && made.error.isEmpty)
        let id = made.line
        #expect(made.output == id + "\n" && id.utf8.count == 32)

        let shown = desk.run("note", "show", String(id.prefix(4)))
        #expect(shown.output.contains("Entrevista Puerto"))
        #expect(shown.output.hasSuffix("\n\nDijo que sí,\nen el muelle.\n"))
        let body = desk.run("note", "show", id, "--body")
        #expect(body.output == "Dijo que sí,\nen el muelle.\n")

        for query in ["PUERTO", "\"si, en el\"", "tag:veracruz muelle", "before:2026-01-10"] {
            let found = desk.run("note", "find", query, "--json").list("notes")
            #expect(found.map { $0["id"] as? String } == [id], "\(query)")
        }
        let nothing = desk.run("note", "find", "mezcal")
        #expect(nothing.exit == .done && nothing.output.isEmpty)
        #expect(
            desk.run("note", "find", "mezcal", "--json").output
                == "{\"notes\":[],\"unreadable\":[]}\n")
    }

    @Test("on a terminal notes are shown on the other screen, which keeps nothing")
    func otherScreen() throws {
        let desk = try Desk.ready()
        let body = (1...30).map { "renglón \($0)" }.joined(separator: "\n")
        let id = desk.run("note", "new", "--title", "Largo", input: Array(body.utf8)).line
        let enter = "\u{1B}[?1049h"
        let leave = "\u{1B}[?1049l"
        for (answers, language, page) in [
            (["", "b", "", "", "", ""], "en", "2/4"), (["q"], "es", "1/4"), ([], "es", "1/4"),
        ] {
            let reader = ScriptedTerminal(answers: answers, streams: [.output], height: 12)
            let shown = desk.run("note", "show", id, terminal: reader, language: language)
            #expect(shown.exit == .done, "\(shown.error)")
            #expect(shown.output.hasPrefix(enter) && shown.output.hasSuffix(leave))
            #expect(reader.asked.contains { $0.hasPrefix(page) }, "\(reader.asked)")
            #expect(shown.output.contains("renglón 30") == (answers.count > 1))
        }
        let finder = ScriptedTerminal(answers: [""], streams: [.output], height: 12)
        let found = desk.run("note", "find", "renglon", terminal: finder)
        #expect(found.output.hasPrefix(enter) && finder.asked == ["Enter: close "])
        // A screen reader and a pipe get lines.
        let plain = ScriptedTerminal(streams: [.output], height: 12)
        #expect(!desk.run("note", "show", id, "--plain", terminal: plain).output.contains("\u{1B}"))
        #expect(desk.run("note", "show", id, "--json", terminal: plain).list("notes").count == 1)
    }

    @Test("a list in JSON has the agreed members")
    func json() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno", tags: ["b", "a"])
        let note = try #require(desk.run("note", "list", "--json").list("notes").first)
        #expect(
            Set(note.keys) == [
                "id", "title", "tags", "created", "modified", "bytes", "attachments",
            ])
        #expect(note["id"] as? String == id && note["bytes"] as? Int == 3)
        #expect(note["tags"] as? [String] == ["a", "b"])
        #expect(note["created"] as? String == "2026-01-09T23:06:40Z")
    }

    @Test("hours are those of the person's own zone")
    func hours() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto")
        #expect(desk.run("note", "list").output.contains("2026-01-09 17:06  Puerto"))
        #expect(desk.run("note", "show", id).output.contains("written:  2026-01-09 17:06 (UTC-6)"))
        // A machine that does not know its place says so, and does not pass UTC for local time.
        for zone in ["UTC", "Etc/UTC", "Nowhere/At_All"] {
            desk.zone = zone
            #expect(desk.run("note", "list").output.contains("2026-01-09 23:06 UTC  Puerto"))
            #expect(desk.run("note", "show", id).output.contains("2026-01-09 23:06 UTC\n"))
        }
        desk.zone = "Asia/Kathmandu"
        #expect(desk.run("note", "show", id).output.contains("2026-01-10 04:51 (UTC+5:45)"))
    }

    @Test("on a terminal lists are broken between words, never inside one")
    func narrow() throws {
        let desk = try Desk.ready()
        let title = "Entrevista con la fuente del ministerio en el puerto viejo"
        let text = "me dijo que los pagos salieron de la cuenta de la empresa fantasma en marzo"
        _ = desk.note(title, text, tags: ["corrupcion", "violencia"])
        for line in [["note", "list"], ["note", "find", "pagos"], ["vault", "status"]] {
            let terminal = ScriptedTerminal(streams: [.output], width: 64)
            let shown = desk.run(line, terminal: terminal).output
            let rows = shown.split(separator: "\n").filter { !$0.contains("/") }
            #expect(rows.allSatisfy { $0.count <= 64 }, "\(shown)")
            let words = Set(shown.split { $0 == " " || $0 == "\n" })
            if line[0] == "note" {
                #expect(words.isSuperset(of: ["#corrupcion", "#violencia", "ministerio"]))
            }
            if line[1] == "find" { #expect(words.isSuperset(of: ["fantasma", "empresa"])) }
        }
    }

    @Test("without a title the first line stands for it; nothing at all is no note")
    func titles() throws {
        let desk = try Desk.ready()
        #expect(desk.run("note", "new", input: Array("\nLa lancha\nsalió".utf8)).exit == .done)
        #expect(desk.run("note", "list").output.contains("La lancha"))
        #expect(desk.run("note", "new").exit == .usage)
        #expect(desk.run("note", "new", "--title", "x", input: [0xff]).exit == .damaged)
    }

    @Test("on a terminal it asks, opens the vault first, and keeps it open for a while")
    func typed() throws {
        let desk = try Desk.ready()
        let terminal = ScriptedTerminal(
            answers: [Desk.passphrase, "Muelle"], streams: [.input, .error])
        let made = desk.run(
            "note", "new", "--plain", input: Array("de noche\n".utf8), passphrase: nil,
            terminal: terminal)
        #expect(made.exit == .done && made.line.utf8.count == 32, "\(made.error)")
        #expect(made.error.contains("amparo close"))
        #expect(desk.sessions.lifetimes.values.map { $0 } == [.seconds(600)])
        // The session answers for the passphrase now.
        let listed = desk.run("note", "list", passphrase: nil)
        #expect(listed.exit == .done && listed.output.contains("Muelle"))
        #expect(desk.run("close", passphrase: nil).output == "Nobody was called.\n")
        #expect(desk.run("note", "list", passphrase: nil).exit == .noKey)
    }

    @Test("three wrong passphrases on a terminal are enough")
    func wrongPassphrases() throws {
        let desk = try Desk.ready()
        let terminal = ScriptedTerminal(answers: ["a", "b", "c", Desk.passphrase])
        #expect(desk.run("note", "list", passphrase: nil, terminal: terminal).exit == .noKey)
        #expect(terminal.asked.count == 3)
        #expect(desk.sessions.lifetimes.isEmpty)
    }

    @Test("tags come and go, in either order of words")
    func tags() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto")
        for words in [["tag", id, "uno"], ["tag", "add", id, "dos", "Río"]] {
            #expect(desk.run(["note"] + words).exit == .done)
        }
        #expect(desk.run("note", "tag", "remove", id, "rio", "nada").error.contains("nada"))
        #expect(desk.run("note", "tag", id, "--remove", "uno").exit == .done)
        let note = desk.run("note", "show", id, "--json").list("notes").first
        #expect(note?["tags"] as? [String] == ["dos"])
        #expect(desk.run("note", "tag", id, "\"").exit == .usage)
    }

    @Test("an attachment comes back byte for byte, never over another file")
    func attachments() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto")
        let photo = SeededRandom(seed: 5).bytes(50_000)
        try desk.folder.write("foto.jpg", photo)
        #expect(desk.run("note", "attach", id, desk.folder("foto.jpg")).exit == .done)
        let out = desk.folder("copia.jpg")
        let extracted = desk.run("note", "extract", id, "foto.jpg", "-o", out)
        #expect(extracted.output == out + "\n")
        #expect(try desk.folder.read("copia.jpg") == photo)
        #expect(desk.mode(out) == 0o600)
        #expect(desk.run("note", "extract", id, "-o", out).exit == .refused)
        #expect(desk.run("note", "extract", id, "otra", "-o", desk.folder("x")).exit == .failed)
        #expect(desk.run("note", "attach", id, desk.folder("no")).exit == .failed)
        #expect(desk.run("note", "attach", id, desk.folder.path).exit == .failed)
        let files = desk.run("note", "show", id, "--json").list("notes").first?["attachments"]
        #expect((files as? [[String: Any]])?.first?["bytes"] as? Int == 50_000)
    }

    @Test("two files of one name do not lie on one note; a second name is given, or asked for")
    func sameName() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto")
        try desk.folder.write("foto.jpg", Array("una".utf8))
        try FileManager.default.createDirectory(
            atPath: desk.folder("b"), withIntermediateDirectories: true)
        try desk.folder.write("b/foto.jpg", Array("otra".utf8))
        let both = desk.run(
            "note", "attach", id, desk.folder("foto.jpg"), desk.folder("b/foto.jpg"))
        #expect(both.exit == .refused && both.error.contains("--name"))
        #expect(desk.run("note", "extract", id).exit == .failed, "nothing was stored")
        #expect(desk.run("note", "attach", id, desk.folder("foto.jpg")).exit == .done)
        let again = desk.run("note", "attach", id, desk.folder("b/foto.jpg"))
        #expect(again.exit == .refused && again.error.contains("'foto.jpg'"), "\(again.error)")
        #expect(
            desk.run("note", "attach", id, desk.folder("b/foto.jpg"), "--name", "foto-2.jpg").exit
                == .done)
        #expect(desk.run("note", "extract", id, "foto-2.jpg", "-o", "-").output == "otra")
        #expect(
            desk.run(
                "note", "attach", id, desk.folder("foto.jpg"), desk.folder("b/foto.jpg"),
                "--name", "x"
            ).exit == .usage)
        // Two devices may have attached one each: the hash tells them apart.
        try desk.withVault { vault in
            let notebook = Notebook(vault)
            let note = try #require(notebook.notes().first)
            var rest = [Array("tercera".utf8)]
            try notebook.attach("foto.jpg", to: note.id, isNew: true) { rest.popLast() ?? [] }
        }
        let doubtful = desk.run("note", "extract", id, "foto.jpg", "-o", "-")
        #expect(doubtful.exit == .usage && doubtful.error.contains("2 files"), "\(doubtful.error)")
        let files = desk.run("note", "show", id, "--json").list("notes").first?["attachments"]
        let third = (files as? [[String: Any]])?.first { $0["bytes"] as? Int == 7 }
        let last = try #require(third?["blake2b"] as? String)
        #expect(
            desk.run("note", "extract", id, String(last.prefix(8)), "-o", "-").output == "tercera")
    }

    @Test("an id that several notes begin with names them")
    func ambiguous() throws {
        let desk = try Desk.ready()
        try desk.withVault { vault in
            for (end, title) in [(UInt8(1), "Muelle"), (2, "Puerto")] {
                let id = ID16([0xab, 0xcd] + [UInt8](repeating: end, count: 14))
                vault.stage(
                    kind: RecordKind.note, entity: id, parents: [],
                    fields: FieldList([Field(1, title)]))
            }
        }
        let refused = desk.run("note", "show", "abcd")
        #expect(refused.exit == .usage && refused.error.contains("2 notes"))
        #expect(refused.error.contains("abcd01010101 Muelle; abcd02020202 Puerto"))
        #expect(desk.run("note", "show", "ABCD01").output.contains("Muelle"))
    }

    @Test("control characters reach a pipe as they are and a terminal as marks")
    func control() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "rojo \u{1b}[31m fin")
        #expect(desk.run("note", "show", id).output.contains("\u{1b}[31m"))
        let terminal = ScriptedTerminal(streams: [.output])
        let shown = desk.run("note", "show", id, terminal: terminal)
        #expect(shown.output.contains("\\x1B[31m") && !shown.output.contains("\u{1b}"))
    }

    @Test("the trash hides, and gives back")
    func trash() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto")
        #expect(desk.run("note", "trash", id).exit == .done)
        #expect(desk.run("note", "list").output.isEmpty)
        #expect(desk.run("note", "list", "--trash").output.contains("Puerto"))
        #expect(desk.run("note", "restore", id).exit == .done)
        #expect(desk.run("note", "restore", id).exit == .failed)
        #expect(desk.run("note", "list").output.contains("Puerto"))
    }

    @Test("no word of a day's work lies in any file of the home")
    func canary() throws {
        let desk = try Desk.ready()
        let word = "ZARZAMORA"
        let id = desk.note(
            "\(word) uno", String(repeating: "\(word) dos ", count: 900), tags: [word])
        try desk.folder.write("\(word).jpg", Array("\(word) tres".utf8))
        desk.run("note", "attach", id, desk.folder("\(word).jpg"))
        desk.run("note", "find", word)
        desk.run("note", "show", id)
        desk.run("contact", "add", word, "--email", "\(word)@example.org")
        desk.run("note", "trash", id)
        #expect(desk.files.count >= 3)
        for (name, bytes) in desk.files {
            for form in [word, word.lowercased(), Desk.passphrase] {
                #expect(!bytes.contains(form), "\(form) in \(name)")
                #expect(!name.contains(form))
            }
        }
    }
}

extension [UInt8] {
    func contains(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}
