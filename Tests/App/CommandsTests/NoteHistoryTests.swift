import CommandLineKit
import Encoding
import Notebook
import TestSupport
import Testing
import Vault

@Suite("what a note said before")
struct NoteHistoryTests {
    private func body(_ desk: Desk, _ id: String) -> String {
        desk.run("note", "show", id, "--body").output
    }

    private func change(_ desk: Desk, _ id: String, _ text: String) {
        desk.clock.advance(by: .seconds(60))
        #expect(desk.run("note", "edit", id, input: Array(text.utf8)).exit == .done)
    }

    @Test("every version is listed, the newest first, with what it changed")
    func history() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno\ndos\ntres\n")
        change(desk, id, "uno\nDOS\ntres\n")
        change(desk, id, "uno\nDOS\ntres\ncuatro\n")
        let listed = desk.run("note", "history", id)
        #expect(listed.output.split(separator: "\n").count == 3)
        #expect(listed.output.hasPrefix(listed.output.prefix(8)) && listed.output.contains("[now]"))
        let diff = desk.run("note", "history", id, "--diff").output
        #expect(diff.contains("  ...\n  DOS\n  tres\n+ cuatro\n"), "\(diff)")
        #expect(diff.contains("  uno\n- dos\n+ DOS\n  tres\n"))
        #expect(diff.contains("+ uno\n+ dos\n+ tres\n"))
        let versions = desk.run("note", "history", id, "--diff", "--json").list("versions")
        #expect(versions.count == 3 && versions[0]["current"] as? Bool == true)
        #expect(versions[1]["diff"] as? [String] == ["  uno", "- dos", "+ DOS", "  tres"])
        #expect((versions[0]["parents"] as? [String])?.first == versions[1]["version"] as? String)
        let first = try #require(versions[2]["version"] as? String)
        let shown = desk.run("note", "history", id, "--version-id", first, language: "es")
        #expect(shown.output.hasSuffix("\n\nuno\ndos\ntres\n\n"), "\(shown.output)")
        #expect(desk.run("note", "history", id, "--version-id", "ffffffff").exit == .failed)
    }

    @Test("an earlier version comes back as a new one, and nothing is lost")
    func restore() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        change(desk, id, "dos")
        let first = try #require(
            desk.run("note", "history", id, "--json").list("versions").last?["version"] as? String)
        #expect(desk.run("note", "trash", id).exit == .done)
        #expect(
            desk.run("note", "restore", id, "--version-id", String(first.prefix(6))).exit == .done)
        #expect(body(desk, id) == "uno" && desk.run("note", "list").output.contains("Puerto"))
        #expect(desk.run("note", "history", id, "--json").list("versions").count == 3)
    }

    @Test("a purged note and its files are shown nowhere again, and only after a question")
    func purge() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        let other = desk.note("Muelle", "dos")
        try desk.folder.write("foto.jpg", [1, 2, 3])
        #expect(desk.run("note", "attach", id, desk.folder("foto.jpg")).exit == .done)
        #expect(desk.run("note", "purge", id).exit == .usage)
        let no = ScriptedTerminal(answers: ["n"])
        #expect(desk.run("note", "purge", id, terminal: no).exit == .failed)
        #expect(no.asked.first?.contains("1 files") == true)
        #expect(desk.run("note", "purge", id, "--yes").exit == .done)
        for words in [["show", id], ["history", id], ["extract", id], ["restore", id]] {
            #expect(desk.run(["note"] + words).exit == .failed, "\(words)")
        }
        #expect(!desk.run("note", "list", "--trash").output.contains("Puerto"))
        #expect(desk.run("note", "list").output.contains("Muelle") && body(desk, other) == "dos")
        #expect(desk.run("vault", "check").exit == .done)
    }

    @Test("versions of two devices are put together, and places changed in two ways keep both")
    func merge() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno\ndos\ntres\ncuatro\ncinco\n")
        func fork(_ texts: [String]) throws {
            try desk.withVault { vault in
                let notebook = Notebook(vault)
                let note = try #require(notebook.notes().first { $0.id.description == id })
                for text in texts {
                    desk.clock.advance(by: .seconds(60))
                    try notebook.edit(note, title: note.title, body: Array(text.utf8))
                }
            }
        }
        try fork(["UNO\ndos\ntres\ncuatro\ncinco\n", "uno\ndos\ntres\ncuatro\nCINCO\n"])
        #expect(desk.run("note", "list").output.contains("[2 versions]"))
        #expect(desk.run("note", "history", id).output.contains("one of 2"))
        let merged = desk.run("note", "edit", id, "--merge")
        #expect(merged.exit == .done && merged.error.isEmpty, "\(merged.error)")
        #expect(body(desk, id) == "UNO\ndos\ntres\ncuatro\nCINCO\n")
        try fork(["UNO\ndos A\ntres\n", "UNO\ndos B\ntres\n"])
        let both = desk.run("note", "edit", id, "--merge", language: "es")
        #expect(both.exit == .done && both.error.contains("1 lugares"))
        let text = body(desk, id)
        #expect(text.contains("\ndos B\n===") && text.contains("\ndos A\n>>>\n"), "\(text)")
        #expect(!desk.run("note", "list").output.contains("versions]"))
    }
}
