import CommandLineKit
import Foundation
import TestSupport
import Testing
import Vault

@Suite("init, recover and vault, from the command line")
struct VaultCommandsTests {
    @Test("a scripted init prints the twelve words alone and makes a private home")
    func initScripted() throws {
        let desk = try Desk()
        let made = desk.run("init", "--kdf-memory", "32")
        #expect(made.exit == .done)
        #expect(made.output.split(separator: " ").count == 12)
        #expect(made.output.split(separator: "\n").count == 1)
        #expect(desk.mode(desk.home) == 0o700 && desk.mode(desk.vault) == 0o600)
        let before = desk.files["vault.db"]
        let again = desk.run("init", "--kdf-memory", "32")
        #expect(again.exit == .refused && desk.files["vault.db"] == before)
    }

    @Test("an existing vault is refused before anything is asked")
    func initAsksNothing() throws {
        let desk = try Desk.ready()
        let terminal = ScriptedTerminal(answers: [])
        #expect(desk.run("init", passphrase: nil, terminal: terminal).exit == .refused)
        #expect(terminal.asked.isEmpty)
    }

    @Test("the cost that a vault may ask for has limits", arguments: ["31", "1025", "x", "-1", ""])
    func cost(_ memory: String) throws {
        let desk = try Desk()
        #expect(desk.run("init", "--kdf-memory=\(memory)").exit == .usage)
        #expect(!desk.folder.names.contains("home"))
    }

    @Test("recovery words set a new passphrase; the old one goes on")
    func recover() throws {
        let desk = try Desk()
        let words = desk.run("init", "--kdf-memory", "32", language: "es").line
        let id = desk.note("Puerto")
        let done = desk.run(
            "recover", "--recovery-fd", "4", passphrase: "la frase nueva", others: [4: words])
        #expect(done.exit == .done, "\(done.error)")
        #expect(desk.run("note", "show", id, passphrase: "la frase nueva").exit == .done)
        #expect(desk.run("note", "show", id).exit == .done)
        #expect(desk.run("note", "show", id, passphrase: "otra").exit == .noKey)
    }

    @Test(
        "a new passphrase opens everything, the old one too, and says so", arguments: ["en", "es"])
    func changePassphrase(_ language: String) throws {
        let desk = try Desk()
        let words = desk.run("init", "--kdf-memory", "32").line
        let before = desk.note("Antes")
        let change = ["vault", "change-passphrase", "--new-passphrase-fd", "4"]
        let new = "otra frase larga y nueva"
        let done = desk.run(change, others: [4: new], language: language)
        #expect(done.exit == .done && done.output.isEmpty, "\(done.error)")
        #expect(done.error.contains(language == "en" ? "old one" : "anterior"))
        let after = desk.note("Después")
        for passphrase in [Desk.passphrase, new] {
            for id in [before, after] {
                #expect(desk.run("note", "show", id, passphrase: passphrase).exit == .done)
            }
        }
        let recovered = desk.run(
            "recover", "--recovery-fd", "4", passphrase: "y una tercera frase", others: [4: words])
        #expect(recovered.exit == .done, "\(recovered.error)")

        // One that opens something already, a wrong old one, and nobody to ask for the new one.
        let same = desk.run(change, others: [4: new], language: language)
        #expect(same.exit == .failed || same.exit == .refused, "\(same.error)")
        let wrong = desk.run(
            change, passphrase: "ninguna", others: [4: "más frases"], language: language)
        #expect(wrong.exit == .noKey)
        let nobody = desk.run("vault", "change-passphrase", language: language)
        #expect(nobody.exit == .noKey && nobody.error.contains("--new-passphrase-fd"))
        #expect(desk.run("note", "list", passphrase: "más frases").exit == .noKey)
        #expect(desk.run("vault", "check").exit == .done)
    }

    @Test("two homes with one vault are merged, and say the same", arguments: ["en", "es"])
    func merge(_ language: String) throws {
        let desk = try Desk.ready()
        let away = try Desk(seed: 2)
        _ = desk.note("Aquí")
        let copy = desk.folder("copy.db")
        #expect(desk.run("vault", "backup", copy).exit == .done)
        #expect(away.run("vault", "restore", copy).exit == .done)
        _ = desk.note("Solo aquí")
        _ = away.note("Solo allá")

        let merged = desk.run("vault", "merge", away.vault, passphrase: nil, language: language)
        #expect(merged.exit == .done && merged.error.isEmpty, "\(merged.error)")
        #expect(merged.line.contains(language == "en" ? "came in" : "entraron"))
        let back = away.run("vault", "merge", desk.vault, "--json", passphrase: nil)
        #expect((back.json["added"] as? Int ?? 0) > 0 && back.json["refused"] as? Int == 0)
        func words(_ desk: Desk) -> String? {
            desk.run("vault", "status", "--json", passphrase: nil).json["words"] as? String
        }
        #expect(words(desk) != nil && words(desk) == words(away))
        for desk in [desk, away] {
            let list = desk.run("note", "list").output
            for title in ["Aquí", "Solo aquí", "Solo allá"] { #expect(list.contains(title)) }
        }

        let other = try Desk.ready(seed: 3)
        for (source, exit, english) in [
            (other.vault, ExitCode.damaged, "another vault"),
            (desk.vault, .usage, "itself"), (desk.folder("none"), .failed, "none"),
        ] {
            let refused = desk.run(
                "vault", "merge", source, passphrase: nil, language: language)
            #expect(refused.exit == exit, "\(refused.error)")
            #expect(language == "es" || refused.error.contains(english), "\(refused.error)")
        }
        #expect(VaultError.otherLineage.failure.exit == .refused)
    }

    @Test("an open session does not give a key away")
    func changeNeedsPassphrase() throws {
        let desk = try Desk.ready()
        #expect(desk.run("vault", "unlock").exit == .done)
        let done = desk.run(
            "vault", "change-passphrase", "--new-passphrase-fd", "4", passphrase: nil,
            others: [4: "otra frase larga y nueva"])
        #expect(done.exit == .noKey, "\(done.error)")
        #expect(desk.run("note", "list", passphrase: nil).exit == .done)
    }

    @Test("words that are not these words are refused, each in its way")
    func wrongWords() throws {
        let desk = try Desk()
        let words = desk.run("init", "--kdf-memory", "32").line
        let other = try Desk(seed: 9).run("init", "--kdf-memory", "32").line
        let list = words.split(separator: " ").map(String.init)
        let swapped = ([list[1], list[0]] + list[2...]).joined(separator: " ")
        let misspelt = (["zzzzzz"] + list[1...]).joined(separator: " ")
        for (text, says) in [
            (other, "do not open"), (swapped, "not in its place"), (misspelt, "number 1"),
            ("uno dos", "these are 2"),
        ] {
            let refused = desk.run(
                "recover", "--recovery-fd", "4", passphrase: "nueva", others: [4: text])
            #expect(refused.exit == .noKey && refused.error.contains(says), "\(refused.error)")
        }
    }

    @Test("every opening adds one commit, also a read and a mistake")
    func visits() throws {
        let desk = try Desk.ready()
        func cells() -> Int {
            desk.run("vault", "status", "--json", passphrase: nil).json["cells"] as? Int ?? 0
        }
        var last = cells()
        for arguments in [["note", "list"], ["note", "show", "ffffffff"], ["note", "find", "x"]] {
            desk.run(arguments)
            let now = cells()
            #expect((4...11).contains(now - last), "\(arguments): \(now - last) cells")
            last = now
        }
        desk.run("note", "list", passphrase: "mala")
        #expect(cells() == last)
    }

    @Test("status tells little without a key, and asks for none")
    func status() throws {
        let desk = try Desk.ready()
        _ = desk.note("Puerto")
        let closed = desk.run("vault", "status", "--json", passphrase: nil).json
        #expect(closed["notes"] == nil && closed["open"] as? Bool == false)
        #expect((closed["words"] as? String)?.split(separator: " ").count == 6)
        let open = desk.run("vault", "status", "--json").json
        #expect(open["notes"] as? Int == 1 && open["contacts"] as? Int == 0)
    }

    @Test("a copy is the same vault, and comes back where there is none")
    func copies() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        let copy = desk.folder("copia.db")
        let made = desk.run("vault", "backup", copy, passphrase: nil)
        #expect(made.exit == .done && made.output == copy + "\n")
        #expect(desk.run("vault", "backup", copy, passphrase: nil).exit == .refused)
        #expect(desk.run("vault", "backup", desk.folder("no/x"), passphrase: nil).exit == .failed)
        #expect(desk.run("vault", "restore", copy, passphrase: nil).exit == .refused)

        let other = try Desk(seed: 3)
        #expect(other.run("vault", "restore", copy, passphrase: nil).exit == .done)
        #expect(other.run("note", "show", id, "--body").output == "uno")
        let third = try Desk(seed: 4)
        try third.folder.write("texto", Array("no soy una bóveda".utf8))
        #expect(
            third.run("vault", "restore", third.folder("texto"), passphrase: nil).exit == .damaged)
        #expect(third.run("vault", "restore", third.folder("no"), passphrase: nil).exit == .failed)
        #expect(third.run("init", "--kdf-memory", "32").exit == .done)
    }

    @Test("check finds a flipped byte, says so, and the rest is still read")
    func check() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        #expect(desk.run("vault", "check").exit == .done)
        #expect(desk.run("vault", "check", "--without-key", passphrase: nil).exit == .done)
        let long = String(repeating: "relleno ", count: 2_000)
        let lost = desk.note("Largo", long)
        // Some cells of the long body lie at the end of the file.
        var bytes = try #require(desk.files["vault.db"])
        for page in stride(from: bytes.count - 4_096, to: bytes.count - 5 * 4_096, by: -4_096) {
            bytes[page + 2_000] ^= 1
        }
        try Data(bytes).write(to: URL(filePath: desk.vault))
        let keyless = desk.run("vault", "check", "--without-key", passphrase: nil)
        #expect(keyless.exit == .damaged)
        let checked = desk.run("vault", "check")
        #expect(checked.exit == .damaged && checked.error.contains("damaged"))
        _ = lost
        #expect(desk.run("note", "show", id, "--body").output == "uno")
    }

    @Test("unlock keeps the vault open for the time that was said; close ends it")
    func session() throws {
        let desk = try Desk.ready()
        #expect(desk.run("vault", "unlock", "--for", "2h").exit == .done)
        #expect(desk.sessions.lifetimes.values.map { $0 } == [.seconds(7_200)])
        #expect(desk.run("note", "list", passphrase: nil).exit == .done)
        #expect(desk.run("vault", "lock", passphrase: nil).exit == .done)
        #expect(desk.run("note", "list", passphrase: nil).exit == .noKey)
        #expect(desk.run("vault", "unlock", "--for", "48h").exit == .usage)
        #expect(desk.run("vault", "unlock", passphrase: "mala").exit == .noKey)
        let closed = desk.run("close", passphrase: nil, language: "es")
        #expect(closed.exit == .done && closed.output == "No se avisó a nadie.\n")
        let away = try Desk(seed: 2, sessions: MemorySessionKeyring(isAvailable: false))
        #expect(away.run("init", "--kdf-memory", "32").exit == .done)
        #expect(away.run("vault", "unlock").exit == .failed)
    }

    @Test("on a terminal init asks three words back before there is a vault")
    func dialogue() throws {
        let desk = try Desk()
        // The words are not known beforehand: a wrong answer shows them again, Ctrl-D stops.
        let own = "zarzamora en la azotea 58 bis"
        let terminal = ScriptedTerminal(answers: ["n", own, own, "", "mala"], streams: [.error])
        let stopped = desk.run(
            "init", "--kdf-memory", "32", passphrase: nil, terminal: terminal)
        #expect(stopped.exit == .interrupted)
        #expect(terminal.asked.contains { $0.hasPrefix("Word number") })
        #expect(!desk.folder.names.contains("home"))
    }
}
