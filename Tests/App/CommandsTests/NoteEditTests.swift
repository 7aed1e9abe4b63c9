import CommandLineKit
import Foundation
import Notebook
import Platform
import TestSupport
import Testing

/// The editor, on a terminal that a script types at.
@Suite("editing a note on the whole terminal")
struct NoteEditTests {
    private typealias Step = ScriptedScreen.Step

    /// Types `steps` into `amparo note …`.
    private func edit(
        _ desk: Desk, _ words: [String], _ steps: [Step], answers: [String] = [],
        passphrase: String = Desk.passphrase, language: String = "en", columns: Int = 80,
        rows: Int = 24
    ) -> (Desk.Result, ScriptedScreen) {
        let screen = ScriptedScreen(steps, columns: columns, rows: rows, clock: desk.clock)
        let result = desk.run(
            ["note"] + words, passphrase: passphrase,
            terminal: ScreenTerminal(screen, answers: answers), language: language)
        #expect(!screen.isOpen, "the terminal was given back")
        return (result, screen)
    }

    private func body(_ desk: Desk, _ id: String) -> String {
        desk.run("note", "show", id, "--body").output
    }

    @Test(
        "new asks for the title, keeps what is typed, and prints the id", arguments: ["en", "es"])
    func new(_ language: String) throws {
        let desk = try Desk.ready()
        let (made, screen) = edit(
            desk, ["new", "--tag", "puerto"],
            [
                .type("Señas del muelle\r"), .type("Dijo que sí,\ren el muélle.\u{13}"),
                .look { screen in
                    #expect(screen.shown[0].hasPrefix("Señas del muelle "))
                    #expect(screen.shown[1].hasPrefix("Dijo que sí, "))
                    #expect(screen.shown[2].hasPrefix("en el muélle."))
                    let keys = language == "es" ? "^S guardar" : "^S keep"
                    #expect(screen.shown[23].hasPrefix(keys), "\(screen.shown[23])")
                },
                .type("\u{11}"),
            ], language: language)
        #expect(made.exit == .done && made.line.utf8.count == 32, "\(made.error)")
        #expect(body(desk, made.line) == "Dijo que sí,\nen el muélle.")
        let note = desk.run("note", "show", made.line, "--json").list("notes").first
        #expect(note?["title"] as? String == "Señas del muelle")
        #expect(note?["tags"] as? [String] == ["puerto"])
        // It leaves the other screen empty, and the terminal as it was.
        #expect(screen.written.hasSuffix("\u{1B}[H\u{1B}[2J\u{1B}[?2004l\u{1B}[?7h\u{1B}[?1049l"))
    }

    @Test("quitting asks; no drops, Esc goes on, yes keeps")
    func quit() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        let (dropped, _) = edit(desk, ["edit", id], [.type("x"), .type("\u{11}"), .type("n")])
        #expect(dropped.exit == .done && dropped.output.isEmpty && body(desk, id) == "uno")
        let (kept, _) = edit(
            desk, ["edit", id],
            [
                .type("x"), .type("\u{11}"), .type("\u{1B}"), .wait(.milliseconds(60)), .type("y"),
                .type("\u{3}"), .type("s"),
            ])
        #expect(kept.exit == .done && kept.line == id && body(desk, id) == "xyuno", "\(kept)")
        // Nothing changed: nothing is asked, and no version is made.
        let (same, _) = edit(desk, ["edit", id], [.type("\u{1B}[B\u{11}")])
        #expect(same.exit == .done && same.output.isEmpty)
        #expect(desk.run("note", "history", id, "--json").list("versions").count == 2)
    }

    @Test("every invocation of the editor adds at least one commit, and each save one")
    func commits() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        let before = desk.files["vault.db"]?.count ?? 0
        _ = edit(desk, ["edit", id], [.type("\u{11}")])
        let after = desk.files["vault.db"]?.count ?? 0
        #expect(after > before, "looking leaves a visit")
        _ = edit(desk, ["edit", id], [.type("a\u{13}b\u{13}c\u{13}\u{11}")])
        #expect(desk.run("note", "history", id, "--json").list("versions").count == 4)
    }

    @Test("30 seconds after a change there is a draft, and a hang-up leaves one")
    func drafts() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        // The script runs on this thread.
        nonisolated(unsafe) let meanwhile = desk
        let (cut, _) = edit(
            desk, ["edit", id],
            [
                .type("dos "), .wait(.seconds(29)),
                .look { _ in
                    #expect(meanwhile.run("note", "edit", "--draft").exit == .failed, "too early")
                },
                .wait(.seconds(2)),
                .look { screen in #expect(screen.shown[22].contains("draft kept")) },
                .type("tres "), .interrupt,
            ])
        #expect(cut.exit == .interrupted && cut.error.contains("note edit --draft"))
        #expect(body(desk, id) == "uno", "a draft is no version")
        let (resumed, screen) = edit(
            desk, ["edit", "--draft"],
            [
                .look { screen in #expect(screen.shown[1].hasPrefix("dos tres uno")) },
                .type("\u{13}\u{11}"),
            ])
        #expect(resumed.exit == .done && resumed.line == id, "\(screen.shown)")
        #expect(body(desk, id) == "dos tres uno")
        #expect(desk.run("note", "edit", "--draft").exit == .failed, "it is closed")
    }

    @Test(
        "in a hidden compartment no draft is kept, and the line below says so")
    func hidden() throws {
        let desk = try Desk.ready()
        let hidden = "lo que nadie ve"
        desk.run(
            ["vault", "compartment", "add", "--new-passphrase-fd", "4"], others: [4: hidden])
        nonisolated(unsafe) let meanwhile = desk
        @Sendable func rows() -> Int {
            (meanwhile.run("vault", "status", "--json").json["cells"] as? Int) ?? 0
        }
        nonisolated(unsafe) var before = 0
        let (made, _) = edit(
            desk, ["new"],
            [
                .type("Adentro\r"), .look { _ in before = rows() }, .type("uno "),
                .wait(.seconds(31)), .type("dos "), .wait(.seconds(31)),
                .look { screen in
                    #expect(screen.shown[22].contains("no drafts here"), "\(screen.shown[22])")
                    // A look at the status itself adds a visit and at most ten rows.
                    let added = rows() - before
                    #expect((0...11).contains(added) && before > 0)
                },
                .type("\u{1B}OP"),
                .look { screen in
                    let help = screen.shown.joined(separator: "\n")
                    #expect(help.contains("keeps no drafts") && !help.contains("30 seconds"))
                },
                .type("z\u{13}\u{11}"),
            ], passphrase: hidden)
        #expect(made.exit == .done, "\(made.error)")
        let shown = desk.run("note", "show", made.line, "--body", passphrase: hidden)
        #expect(shown.output == "uno dos ")
    }

    @Test("a new note that was cut off is no note yet; its draft becomes one, with its tags")
    func newDraft() throws {
        let desk = try Desk.ready()
        let (cut, _) = edit(
            desk, ["new", "--title", "Muelle", "--tag", "a", "--template", "source"],
            [.type("de noche"), .interrupt], language: "es")
        #expect(cut.exit == .interrupted && cut.error.contains("quedó como borrador"))
        #expect(desk.run("note", "list").output.isEmpty)
        // A script keeps it without a terminal.
        let kept = desk.run("note", "edit", "--draft")
        #expect(kept.exit == .done, "\(kept.error)")
        let note = try #require(desk.run("note", "show", kept.line, "--json").list("notes").first)
        #expect(note["title"] as? String == "Muelle" && note["tags"] as? [String] == ["a"])
        #expect(note["template"] as? String == "source")
        #expect((note["body"] as? String)?.hasPrefix("de noche## Nombre para esta fuente") == true)
        // Cut off without a change: nothing is left.
        _ = edit(desk, ["new", "--title", "x"], [.interrupt])
        #expect(desk.run("note", "edit", "--draft").exit == .failed)
    }

    @Test("several drafts are told apart, and a dropped one is gone")
    func severalDrafts() throws {
        let desk = try Desk.ready()
        let ids = ["uno", "dos"].map { desk.note($0, "x") }
        for id in ids { _ = edit(desk, ["edit", id], [.type("y"), .interrupt]) }
        let unclear = desk.run("note", "edit", "--draft")
        #expect(unclear.exit == .usage && unclear.error.contains("2 drafts"))
        // Opening such a note asks; no starts from the note itself.
        let (fresh, screen) = edit(
            desk, ["edit", ids[0]],
            [.look { #expect($0.shown[1].hasPrefix("x ")) }, .type("\u{11}")], answers: ["n"])
        #expect(fresh.exit == .done && screen.written.contains("x"))
        let (dropped, _) = edit(
            desk, ["edit", "--draft", ids[0]], [.type("\u{11}"), .type("n")])
        #expect(dropped.exit == .done)
        #expect(desk.run("note", "edit", "--draft").line == ids[1])
        #expect(body(desk, ids[1]) == "yx" && body(desk, ids[0]) == "x")
    }

    @Test("find, undo, redo, title and help")
    func keys() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "El muelle\nde Núñez\nmuelle")
        let (made, _) = edit(
            desk, ["edit", id],
            [
                .type("\u{6}nunez\r"),
                .look { screen in
                    #expect(screen.written.contains("\u{1B}[7mNúñez\u{1B}[27m"))
                },
                .type("don "), .type("\u{6}mezcal\r"),
                .look { #expect($0.shown[22].contains("not found")) },
                .type("\u{1A}\u{1A}"), .type("\u{19}"),
                .type("\u{1B}OP"), .look { #expect($0.shown[1].hasPrefix("^ is the Ctrl key")) },
                .type("z"), .type("\u{14}"), .type("\u{15}Otro título\r"), .type("\u{13}"),
                .type("\u{11}"),
            ])
        #expect(made.exit == .done, "\(made.error)")
        #expect(body(desk, id) == "El muelle\nde don Núñez\nmuelle")
        #expect(desk.run("note", "list").output.contains("Otro título"))
    }

    @Test("a megabyte is pasted, line ends and accents kept, at any size of the terminal")
    func paste() throws {
        let desk = try Desk.ready()
        let line = "Dijo que sí, en el muelle; ñandú.\r"
        let text = String(repeating: line, count: 1_048_576 / line.utf8.count + 1)
        let (made, _) = edit(
            desk, ["new", "--title", "Largo"],
            [
                .type("\u{1B}[200~" + text + "\u{1B}[201~"), .resize(columns: 40, rows: 10),
                .look { screen in
                    #expect(screen.shown.count == 10)
                    #expect(screen.shown[9].hasPrefix("^S keep  ^Q quit"))
                },
                .resize(columns: 8, rows: 3), .resize(columns: 200, rows: 60),
                .type("\u{13}\u{11}"),
            ])
        #expect(made.exit == .done, "\(made.error)")
        #expect(body(desk, made.line) == text.replacing("\r", with: "\n"))
    }

    @Test("what cannot be stored is said, kept on the screen, and stored later")
    func fullDisk() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        let (vault, other) = (desk.vault, desk.home + "/elsewhere")
        let (made, _) = edit(
            desk, ["edit", id],
            [
                .look { _ in try? FileManager.default.moveItem(atPath: vault, toPath: other) },
                .type("dos \u{13}"),
                .look { #expect($0.shown[22].contains("NOT kept")) },
                .look { _ in try? FileManager.default.moveItem(atPath: other, toPath: vault) },
                .type("\u{13}"), .type("\u{11}"),
            ])
        #expect(made.exit == .done && made.line == id, "\(made.error)")
        #expect(body(desk, id) == "dos uno")
    }

    @Test("line by line, for a screen reader", arguments: ["en", "es"])
    func plain(_ language: String) throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno\ndos\ntres\n")
        let terminal = ScriptedTerminal(
            answers: [
                "9", "x", "2", "DOS", "i 1", "cero", ".", "d 4", "a", "fin", ".", "t", "Otro", "s",
                "d 1", "u", "q", "y",
            ], streams: [.input, .error])
        let made = desk.run("note", "edit", id, "--plain", terminal: terminal, language: language)
        #expect(made.exit == .done && made.line == id, "\(made.error)")
        #expect(body(desk, id) == "cero\nuno\nDOS\nfin\n")
        #expect(made.error.contains("1: uno") && !made.error.contains("\u{1B}"))
        #expect(desk.run("note", "list").output.contains("Otro"))
        // Whose terminal goes away before the answer finds a draft.
        let gone = ScriptedTerminal(answers: ["a", "más", ".", "q"], streams: [.input])
        #expect(desk.run("note", "edit", id, "--plain", terminal: gone).exit == .interrupted)
        #expect(desk.run("note", "edit", "--draft").line == id)
        #expect(body(desk, id).hasSuffix("fin\nmás\n"))
        // In the middle of a block too, and after a line that is no text.
        let cut = ScriptedTerminal(
            answers: ["a", "otra", ScriptedTerminal.noText, "y otra"], streams: [.input])
        #expect(desk.run("note", "edit", id, "--plain", terminal: cut).exit == .interrupted)
        #expect(desk.run("note", "edit", "--draft").line == id)
        #expect(body(desk, id).hasSuffix("fin\nmás\notra\ny otra\n"))
    }

    @Test("a script gives a new text or title; an empty pipe empties nothing")
    func scripts() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno", tags: ["a"])
        #expect(desk.run("note", "edit", id).exit == .usage)
        #expect(desk.run("note", "edit").exit == .usage)
        #expect(desk.run("note", "edit", id, "--title", "Muelle").line == id)
        #expect(body(desk, id) == "uno")
        #expect(desk.run("note", "edit", id, input: Array("dos".utf8)).line == id)
        let note = desk.run("note", "show", id, "--json").list("notes").first
        #expect(note?["title"] as? String == "Muelle" && note?["body"] as? String == "dos")
        #expect(note?["tags"] as? [String] == ["a"])
        #expect(desk.run("note", "edit", id, input: [0xFF]).exit == .damaged)
        #expect(body(desk, id) == "dos")
    }
}
