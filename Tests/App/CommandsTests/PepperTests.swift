import CommandLineKit
import Foundation
import TestSupport
import Testing

@Suite("pepper, from the command line")
struct PepperTests {
    private func made() throws -> (desk: Desk, words: String, pepper: String) {
        let desk = try Desk()
        let made = desk.run("init", "--pepper", "--kdf-memory", "32")
        let lines = made.output.split(separator: "\n").map(String.init)
        guard made.exit == .done, lines.count == 2 else { throw Desk.NotReady(reason: made.error) }
        return (desk, lines[0], lines[1])
    }

    @Test("a copy of the vault without the pepper opens with nothing", arguments: ["en", "es"])
    func copy(_ language: String) throws {
        let (desk, words, pepper) = try made()
        #expect(pepper.split(separator: " ").count == 24)
        #expect(desk.files["pepper"]?.count == 32 && desk.mode(desk.home + "/pepper") == 0o600)
        let note = desk.note("Uno")
        desk.run("vault", "backup", desk.folder("copy.db"), passphrase: nil)

        let other = try Desk(seed: 7)
        #expect(
            other.run("vault", "restore", desk.folder("copy.db"), passphrase: nil).exit == .done)
        #expect(other.run("note", "list", language: language).exit == .noKey)
        let recover = ["recover", "--recovery-fd", "4"]
        #expect(other.run(recover, passphrase: "otra frase", others: [4: words]).exit == .noKey)
        let back = other.run(
            "recover", "--pepper-fd", "5", passphrase: nil, others: [5: pepper + "\n"],
            language: language)
        #expect(back.exit == .done, "\(back.error)")
        #expect(other.run("note", "show", note).output.contains("Uno"))
        #expect(other.run(recover, passphrase: "otra frase", others: [4: words]).exit == .done)
        #expect(other.run("note", "show", note, passphrase: "otra frase").exit == .done)
        // New slots are under it too: away with it, and they open nothing.
        try FileManager.default.removeItem(atPath: other.home + "/pepper")
        #expect(other.run("note", "list", passphrase: "otra frase").exit == .noKey)
    }

    @Test("wrong words, and another pepper in its place, are refused", arguments: ["en", "es"])
    func wrong(_ language: String) throws {
        let (desk, _, pepper) = try made()
        let again = ["recover", "--pepper-fd", "5"]
        #expect(desk.run(again, passphrase: nil, others: [5: pepper]).exit == .done)
        let swapped = pepper.split(separator: " ").reversed().joined(separator: " ")
        for text in [swapped, "uno", "", pepper + " " + pepper] {
            let result = desk.run(again, passphrase: nil, others: [5: text], language: language)
            #expect(result.exit == .noKey, "\(text): \(result.error)")
        }
        let other = try made()
        #expect(
            desk.run(again, passphrase: nil, others: [5: other.pepper], language: language).exit
                == (other.pepper == pepper ? .done : .refused))
        try desk.folder.write("home/pepper", [1, 2, 3])
        #expect(desk.run("note", "list", language: language).exit == .damaged)
    }

    @Test("close --pepper takes a typed word, and nothing opens until the words are back")
    func close() throws {
        let (desk, _, pepper) = try made()
        let close = ["close", "--pepper"]
        #expect(desk.run(close, passphrase: nil).exit == .usage)
        #expect(desk.run(close + ["--yes"], passphrase: nil).exit == .usage)
        let no = ScriptedTerminal(answers: ["yes"])
        #expect(desk.run(close, passphrase: nil, terminal: no).exit == .refused)
        #expect(desk.run("note", "list").exit == .done)
        for (language, word) in [("en", "PEPPER"), ("es", "PIMIENTA")] {
            let terminal = ScriptedTerminal(answers: [word])
            let closed = desk.run(
                close, passphrase: nil, terminal: terminal, language: language)
            #expect(closed.exit == .done && desk.files["pepper"] == nil, "\(closed.error)")
            #expect(desk.run("note", "list").exit == .noKey)
            // Twice is nothing.
            #expect(desk.run(close, passphrase: nil, language: language).exit == .done)
            let back = ["recover", "--pepper-fd", "5"]
            #expect(desk.run(back, passphrase: nil, others: [5: pepper]).exit == .done)
            #expect(desk.run("note", "list").exit == .done)
        }
    }

    @Test("a pepper that an earlier vault left is not used unasked")
    func leftover() throws {
        let (desk, _, pepper) = try made()
        try FileManager.default.removeItem(atPath: desk.vault)
        #expect(desk.run("init", "--kdf-memory", "32").exit == .refused)
        let again = desk.run("init", "--pepper", "--kdf-memory", "32")
        #expect(again.exit == .done && again.output.contains(pepper))
    }

    @Test("on a terminal all 24 words are typed back before there is a vault")
    func typedBack() throws {
        // With a tape of its own each desk draws the same words.
        let (_, _, pepper) = try made()
        let words = pepper.split(separator: " ").map(String.init)
        let desk = try Desk()
        let terminal = ScriptedTerminal(answers: ["una frase larga de verdad sí"])
        let result = desk.run(
            "init", "--pepper", "--kdf-memory", "32", passphrase: nil, terminal: terminal)
        #expect(result.exit != .done && desk.files["pepper"] == nil)
        #expect(desk.files["vault.db"] == nil && words.count == 24)
    }
}
