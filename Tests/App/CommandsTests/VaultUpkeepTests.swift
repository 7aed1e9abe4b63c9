import CommandLineKit
import Foundation
import TestSupport
import Testing

@Suite("sync, rewrite and salvage, from the command line")
struct VaultUpkeepTests {
    @Test("two homes share what they wrote through a folder", arguments: ["en", "es"])
    func sync(_ language: String) throws {
        let first = try Desk.ready(seed: 1)
        let folder = first.folder("shared")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        _ = first.note("Uno")
        #expect(first.run("vault", "sync", folder, passphrase: nil).exit == .done)
        let second = try Desk(seed: 2)
        let made = second.run("vault", "sync", folder, passphrase: nil, language: language)
        #expect(made.exit == .done, "\(made.error)")
        #expect(second.run("note", "list").output.contains("Uno"))
        _ = second.note("Dos")
        #expect(second.run("vault", "sync", folder, passphrase: nil).exit == .done)
        let back = first.run("vault", "sync", folder, "--json", passphrase: nil)
        #expect(back.exit == .done && (back.json["added"] as? Int ?? 0) > 0)
        #expect(back.json["refused"] as? Int == 0 && back.json["incomplete"] as? Int == 0)
        #expect(first.run("note", "list").output.contains("Dos"))
        #expect(first.run("vault", "check").exit == .done)

        let missing = first.run("vault", "sync", folder + "/no", passphrase: nil)
        #expect(missing.exit == .failed)
        #expect(first.run("vault", "sync", first.vault, passphrase: nil).exit == .failed)
        let empty = try Desk(seed: 3)
        try FileManager.default.createDirectory(
            atPath: empty.folder("x"), withIntermediateDirectories: false)
        let none = empty.run("vault", "sync", empty.folder("x"), passphrase: nil)
        #expect(none.exit == .failed && !empty.files.keys.contains("vault.db"))
    }

    @Test(
        "after a rewrite the folder of before is refused, and nothing mixes",
        arguments: ["en", "es"])
    func lineage(_ language: String) throws {
        let desk = try Desk.ready()
        let folder = desk.folder("shared")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        let before = desk.note("Uno")
        #expect(desk.run("vault", "sync", folder, passphrase: nil).exit == .done)
        let rewritten = desk.run("vault", "rewrite", "--yes", language: language)
        #expect(rewritten.exit == .done, "\(rewritten.error)")
        #expect(rewritten.line.split(separator: " ").count == 12)
        #expect(desk.run("note", "show", before).output.contains("Uno"))
        let refused = desk.run("vault", "sync", folder, passphrase: nil, language: language)
        #expect(refused.exit == .refused)
    }

    @Test(
        "rewrite: chosen passphrases stay, the others stop, new words open",
        arguments: ["en", "es"])
    func rewrite(_ language: String) throws {
        let desk = try Desk()
        let words = desk.run("init", "--kdf-memory", "32").line
        let note = desk.note("Uno", "texto")
        desk.run(
            "vault", "change-passphrase", "--new-passphrase-fd", "4",
            others: [4: "la que alguien vio"])
        desk.run(
            "vault", "change-passphrase", "--new-passphrase-fd", "4", others: [4: "la de mi colega"]
        )
        // A judgement that a script has to give.
        #expect(desk.run("vault", "rewrite", language: language).exit == .usage)
        #expect(
            desk.run("vault", "rewrite", "--yes", "--discard-unopened", language: language).exit
                == .usage)
        let done = desk.run(
            "vault", "rewrite", "--yes", "--keep-passphrase-fd", "4",
            others: [4: "la de mi colega"],
            language: language)
        #expect(done.exit == .done, "\(done.error)")
        #expect(desk.run("note", "show", note).exit == .done)
        #expect(desk.run("note", "show", note, passphrase: "la de mi colega").exit == .done)
        #expect(desk.run("note", "show", note, passphrase: "la que alguien vio").exit == .noKey)
        let old = desk.run(
            "recover", "--recovery-fd", "4", passphrase: "nueva frase", others: [4: words])
        #expect(old.exit == .noKey)
        let new = desk.run(
            "recover", "--recovery-fd", "4", passphrase: "nueva frase", others: [4: done.line])
        #expect(new.exit == .done, "\(new.error)")
        #expect(desk.run("vault", "check").exit == .done)
    }

    @Test("salvage makes a vault of a file that SQLite cannot read", arguments: ["en", "es"])
    func salvage(_ language: String) throws {
        let desk = try Desk.ready()
        let note = desk.note("Uno")
        let copy = desk.folder("copy.db")
        #expect(desk.run("vault", "backup", copy, passphrase: nil).exit == .done)
        var bytes = try desk.folder.read("home/vault.db")
        bytes.replaceSubrange(0..<4_096, with: repeatElement(0, count: 4_096))
        try desk.folder.write("home/vault.db", bytes)
        #expect(desk.run("note", "list", language: language).exit == .damaged)
        let saved = desk.folder("saved.db")
        let done = desk.run(
            "vault", "check", "--salvage", "--output", saved, passphrase: nil, language: language)
        #expect(done.exit == .done && done.line == saved, "\(done.error)")
        let home = try Desk(seed: 5)
        #expect(home.run("vault", "restore", saved, passphrase: nil).exit == .done)
        #expect(home.run("note", "show", note).output.contains("Uno"))

        let salvage = ["vault", "check", "--salvage"]
        let again = desk.run(
            salvage + ["-o", saved], passphrase: nil, language: language)
        #expect(again.exit == .refused)
        #expect(desk.run(salvage, passphrase: nil, language: language).exit == .usage)
        #expect(
            desk.run("vault", "check", saved, passphrase: nil, language: language).exit == .usage)
        let nothing = desk.folder("nothing")
        try desk.folder.write("nothing", [UInt8](repeating: 7, count: 10_000))
        let none = desk.run(
            salvage + ["-o", nothing + ".db", nothing], passphrase: nil, language: language)
        #expect(none.exit == .damaged)
        let other = desk.run(
            salvage + ["-o", nothing + ".db", "--head", copy, nothing, "--json"], passphrase: nil,
            language: language)
        #expect(other.exit == .damaged)
        #expect(desk.folder.names == ["copy.db", "home", "nothing", "saved.db"])
    }
}
