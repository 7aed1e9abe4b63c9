import Foundation
import TestSupport
import Testing

@Suite("bad input to the commands of the vault")
struct BadVaultTests {
    private static let one = [3: Desk.passphrase]

    /// With the vault's passphrase on descriptor 3.
    private func open(
        _ name: String, _ arguments: String..., exit: Int32, input: String = "",
        descriptors: [Int: String] = [:]
    ) -> Refusal {
        Refusal(
            name, arguments + ["--passphrase-fd", "3"], exit: exit, input: Array(input.utf8),
            descriptors: Self.one.merging(descriptors) { $1 })
    }

    @Test("notes")
    func notes() throws {
        let desk = try Desk()
        let id = try desk.done("note", "new", "--title", "Uno", input: "uno\n").line
        try desk.tool.write("photo.jpg", "not really")
        try FileManager.default.createDirectory(
            atPath: desk.tool.path("folder"), withIntermediateDirectories: false)
        BuiltTool.give(desk.tool.path("folder"))
        try desk.done("note", "attach", id, "photo.jpg")
        let rows = [
            open("unknown option", "note", "list", "--al", exit: 2),
            open("unknown command", "note", "sohw", id, exit: 2),
            open("unknown id", "note", "show", "ffffffffffff", exit: 1),
            open("an id that is none", "note", "show", "casa", exit: 1),
            open("an id too short", "note", "show", "abc", exit: 2),
            open("nothing to keep", "note", "new", exit: 2),
            open("a note that is no text", "note", "new", "--title", "\u{7}", exit: 2),
            open("a missing attachment", "note", "attach", id, "absent.jpg", exit: 1),
            open("a folder to attach", "note", "attach", id, "folder", exit: 1),
            open("no such attachment", "note", "extract", id, "other.jpg", exit: 1),
            open("over an existing file", "note", "extract", id, "photo.jpg", exit: 6),
            open("a search for no day", "note", "find", "before:ayer", exit: 2),
            Refusal("no passphrase", ["note", "list"], exit: 3),
            Refusal(
                "wrong passphrase", ["note", "list", "--passphrase-fd", "3"], exit: 3,
                descriptors: [3: "no es esta"]),
            Refusal(
                "a descriptor that is not open", ["note", "list", "--passphrase-fd", "9"], exit: 2),
            Refusal(
                "a descriptor that is no number", ["note", "list", "--passphrase-fd", "x"], exit: 2),
        ]
        for row in rows { try row.check(in: desk.tool) }
    }

    @Test("keys, contacts and channels")
    func people() throws {
        let desk = try Desk()
        let r = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
        try desk.done("contact", "add", "laura", "--recipient", r, "--email", "laura@example.org")
        try desk.tool.write("plain", "words")
        let rows = [
            open("a second laura", "contact", "add", "laura", exit: 6),
            open("me is taken", "contact", "add", "me", "--recipient", r, exit: 2),
            open("no recipient", "contact", "add", "eva", "--recipient", "age1xyz", exit: 2),
            open("no address", "contact", "add", "eva", "--email", "eva at home", exit: 2),
            open("nobody of that name", "contact", "show", "eva", exit: 1),
            open("nobody to remove", "contact", "remove", "eva", exit: 1),
            open("to nobody", "encrypt", "-r", "eva", "-o", "out", "plain", exit: 1),
            open("no key of that name", "key", "show", "nokey", exit: 1),
            open("an open key", "key", "export", "me", "--unencrypted", exit: 6),
            open("a channel of no kind", "channel", "add", "x", "gopher://example.org", exit: 2),
            open("no channel of that name", "channel", "remove", "x", exit: 1),
            open(
                "a channel without a sender", "channel", "add", "x", "smtp://example.org", exit: 2),
        ]
        for row in rows { try row.check(in: desk.tool) }
    }

    @Test("vaults")
    func vaults() throws {
        let desk = try Desk()
        try desk.tool.write("text", "no vault")
        try desk.tool.write("existing", "do not touch")
        try desk.tool.write("locked", "not for everybody")
        chmod(desk.tool.path("locked"), 0)
        let rows = [
            open(
                "restore what may not be read", "vault", "restore", "locked", "--home", "fresh",
                exit: 1),
            open("merge what may not be read", "vault", "merge", "locked", exit: 1),
            open("a second vault", "init", "--kdf-memory", "64", exit: 6),
            open("over an existing file", "vault", "backup", "existing", exit: 6),
            open("restore a text", "vault", "restore", "text", "--home", "fresh", exit: 4),
            open("restore nothing", "vault", "restore", "absent", "--home", "fresh", exit: 1),
            open("restore over a vault", "vault", "restore", "text", exit: 6),
            Refusal(
                "wrong passphrase", ["vault", "status", "--passphrase-fd", "3"], exit: 3,
                descriptors: [3: "x"]),
            Refusal(
                "recover with too few words",
                ["recover", "--recovery-fd", "4", "--passphrase-fd", "3"], exit: 3,
                descriptors: [3: "una frase nueva bien larga", 4: "abacus zebra"]),
            Refusal(
                "recover with words of another vault",
                ["recover", "--recovery-fd", "4", "--passphrase-fd", "3"], exit: 3,
                descriptors: [
                    3: "una frase nueva bien larga",
                    4: desk.recoveryWords.reversed().joined(separator: " "),
                ]),
        ]
        for row in rows { try row.check(in: desk.tool) }
        // A vault that may not be opened is not called missing: another one would be made.
        chmod(desk.tool.store + "/vault.db", 0)
        try open("a vault of somebody else", "note", "list", exit: 1).check(in: desk.tool)
        let refused = try desk("note", "list")
        #expect(!refused.complaint.contains("amparo init"), "\(refused.complaint)")
        let nobody = try BuiltTool()
        try Refusal(
            "no vault yet", ["note", "list", "--passphrase-fd", "3"], exit: 1, descriptors: Self.one
        )
        .check(in: nobody)
        try Refusal(
            "too little memory for the format",
            ["init", "--kdf-memory", "1", "--passphrase-fd", "3"], exit: 2, descriptors: Self.one
        )
        .check(in: nobody)
        try Refusal(
            "an empty passphrase", ["init", "--kdf-memory", "64", "--passphrase-fd", "3"], exit: 3,
            descriptors: [3: ""]
        )
        .check(in: nobody)
    }

    @Test("check-ins")
    func checkIns() throws {
        let desk = try Desk()
        try desk.done("contact", "add", "laura", "--email", "laura@example.org")
        try desk.done("channel", "add", "mail", "smtp://127.0.0.1:9?from=me@example.org")
        func plan(_ name: String, exit: Int32, _ change: [String: String?]) -> Refusal {
            var options = [
                "--every": "6h", "--grace": "30m", "--until": "2099-01-01 18:00",
                "--zone": "America/Mexico_City",
                "--tier": "0m:laura",
            ]
            for (key, value) in change { options[key] = value }
            return Refusal(
                name,
                ["checkin", "plan", "new", "p"]
                    + options.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
                    + ["--yes", "--json", "--passphrase-fd", "3"],
                exit: exit, descriptors: Self.one)
        }
        let rows = [
            plan("a zone that is none", exit: 2, ["--zone": "America/Xalapa"]),
            plan("an end in the past", exit: 2, ["--until": "2001-01-01 18:00"]),
            plan("an end that is no time", exit: 2, ["--until": "mañana"]),
            plan("a rhythm that is none", exit: 2, ["--every": "often"]),
            plan("a tier for nobody", exit: 1, ["--tier": "0m:eva"]),
            plan("a tier without a time", exit: 2, ["--tier": "laura"]),
            plan("a sheet of no note", exit: 1, ["--sheet": "x=ffffffffffff"]),
            open("no plan of that name", "checkin", "plan", "show", "q", exit: 1),
            open("arming while nobody watches", "checkin", "plan", "arm", "q", exit: 5),
            Refusal(
                "no ticket", ["ok", "--code-fd", "4"], exit: 1,
                descriptors: [4: "abacus abacus abacus abacus abacus"]),
        ]
        for row in rows { try row.check(in: desk.tool) }
    }

    @Test("a full disk keeps the vault as it was, and says so", .enabled(if: BuiltTool.canMount))
    func fullDisk() throws {
        let desk = try Desk()
        let id = try desk.done("note", "new", "--title", "Uno", input: "uno\n").line
        let long = String(repeating: "una línea larga de un apunte\n", count: 20_000)
        let failed = try desk.tool.run(
            ["note", "new", "--title", "Dos", "--passphrase-fd", "3"], input: Array(long.utf8),
            descriptors: Self.one, disk: .full(desk.tool.store, free: 100))
        #expect(failed.status == 1, "\(failed.complaint)")
        #expect(failed.complaint.contains("amparo: error: "))
        #expect(failed.output.isEmpty)
        // What the small disk held opens, and holds what it held.
        try FileManager.default.removeItem(atPath: desk.tool.store + "/vault.db")
        try FileManager.default.copyItem(
            atPath: desk.tool.after + "/vault.db", toPath: desk.tool.store + "/vault.db")
        BuiltTool.give(desk.tool.store + "/vault.db")
        let left = try desk.done("note", "list", "--json")
        let notes = try #require(left.json["notes"] as? [[String: Any]])
        #expect(notes.map { $0["id"] as? String } == [id])
        try desk.done("vault", "check")
    }

    @Test("a read-only disk still shows the notes", .enabled(if: BuiltTool.canMount))
    func readOnly() throws {
        let desk = try Desk()
        let id = try desk.done("note", "new", "--title", "Uno", input: "uno\n").line
        let shown = try desk.tool.run(
            ["note", "show", id, "--passphrase-fd", "3"], descriptors: Self.one,
            disk: .readOnly(desk.tool.store))
        #expect(shown.status == 0, "\(shown.complaint)")
        #expect(shown.text.contains("uno"))
        let refused = try desk.tool.run(
            ["note", "new", "--title", "Dos", "--passphrase-fd", "3"], input: Array("dos".utf8),
            descriptors: Self.one, disk: .readOnly(desk.tool.store))
        #expect(refused.status == 1, "\(refused.complaint)")
    }
}
