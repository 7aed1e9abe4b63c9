import CommandLineKit
import Foundation
import TestSupport
import Testing

@Suite("notes go out and come in without loss")
struct NoteExchangeTests {
    /// Titles that are hard on file systems, bodies that are hard on formats.
    private static let titles = [
        "Puerto", "puerto", "PUERTO", "a/b: ¿qué?*", "..", "con", "\"comillas\" y \\barras\\",
        "ñandú e\u{301}", String(repeating: "largo ", count: 60), "uno: dos",
    ]
    private static let bodies = [
        "Dijo que sí,\nen el muelle.\n", "---\ntitle: otra\n---\nfin", "# Título\n\ntexto", "",
        "\r\nuno\r\ndos", "con [enlace](http://example.org/a.png) y [[Puerto]]",
        "\u{1b}[31m \u{7f}",
        String(repeating: "zarzamora ", count: 2_000), "---", "comillas \" \\ \u{2028} 字 👩🏽‍🚒",
    ]

    private func filled(_ desk: Desk) throws {
        for (title, body) in zip(Self.titles, Self.bodies) {
            let id = desk.note(title, body, tags: ["uno dos", "ñ, \(title.count)"])
            desk.clock.advance(by: .seconds(86_400))
            if body.isEmpty || title == "Puerto" {
                for name in ["foto.jpg", "..foto", "a:b?.jpg"] {
                    try desk.folder.write(name, SeededRandom(seed: 3).bytes(70_001) + name.utf8)
                    #expect(desk.run("note", "attach", id, desk.folder(name)).exit == .done)
                }
            }
        }
        let form = desk.run("note", "new", "--title", "Amenaza", "--template", "incident")
        #expect(form.exit == .done)
    }

    /// What a reader of both vaults could compare, files by their hash.
    private func content(_ desk: Desk) -> [String] {
        desk.run("note", "list", "--json").list("notes").map { note in
            let id = note["id"] as? String ?? ""
            let files = (note["attachments"] as? [[String: Any]] ?? []).map {
                "\($0["blake2b"] ?? "") \($0["bytes"] ?? 0)"
            }.sorted()
            let body = desk.run("note", "show", id, "--body").output
            let keys = ["title", "tags", "created", "modified", "template"]
            let head = keys.map { "\(note[$0] ?? "-")" }.joined(separator: "|")
            return "\(head)|\(files)|\(body.debugDescription)"
        }.sorted()
    }

    @Test("as Markdown and as JSON, and back into another vault", arguments: ["markdown", "json"])
    func roundTrip(_ format: String) throws {
        let desk = try Desk.ready()
        try filled(desk)
        let out = desk.folder("out")
        let made = desk.run("note", "export", "--format", format, "-o", out)
        #expect(made.exit == .done && made.error.contains("11 notes, 6 files"), "\(made.error)")
        #expect(desk.run("note", "export", "--format", format, "-o", out).exit == .refused)
        #expect(desk.mode(out) == (format == "json" ? 0o600 : 0o700))
        let other = try Desk.ready(seed: 2)
        let taken = other.run("note", "import", out, "--json")
        #expect(taken.exit == .done, "\(taken.error)")
        #expect((taken.json["imported"] as? [String: Any])?["notes"] as? Int == 11)
        #expect(content(other) == content(desk))
        #expect(content(desk).count == 11)
        #expect(other.run("vault", "check").exit == .done)
        // And once more: exporting what was imported says the same.
        let again = other.folder("again")
        #expect(other.run("note", "export", "--format", format, "-o", again).exit == .done)
        let third = try Desk.ready(seed: 3)
        #expect(third.run("note", "import", again).exit == .done)
        #expect(content(third) == content(desk))
    }

    @Test("what stays behind is said: earlier versions, the trash, versions written apart")
    func left() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno")
        desk.run("note", "edit", id, input: Array("dos".utf8))
        desk.run("note", "trash", desk.note("Basura", "x"))
        let out = desk.run("note", "export", "-o", desk.folder("out"), language: "es")
        #expect(out.error.contains("1 versiones anteriores, 1 apuntes en la papelera"))
        #expect(try desk.folder.read("out/Puerto.md").contains("dos"))
        let piped = desk.run("note", "export", id, "--format", "json", "-o", "-")
        #expect(piped.json["amparo_notes"] as? Int == 1)
        #expect(desk.run("note", "export", "-o", "-").exit == .usage)
        #expect(desk.run("note", "export").exit == .usage)
        #expect(
            desk.run("note", "export", "--format", "json", "--signed", "-o", "x").exit == .usage)
    }

    @Test("Markdown of other programs comes in: heads of many kinds, linked files, hidden folders")
    func foreign() throws {
        let desk = try Desk.ready()
        let folder = desk.folder("obsidian")
        for name in [".obsidian", "notas", "imágenes"] {
            try FileManager.default.createDirectory(
                atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        try desk.folder.write("obsidian/.obsidian/app.json", Array("{}".utf8))
        try desk.folder.write("obsidian/imágenes/una foto.jpg", [1, 2, 3])
        try desk.folder.write("obsidian/notas/audio.ogg", [4])
        let text = """
            ---\r
            title: 'Doña ''Lupe'''\r
            tags:\r
              - fuente\r
              - "a, b"\r
            date: 2025-03-04 10:20\r
            aliases: [lupe]\r
            ---\r
            ![foto](../im%C3%A1genes/una%20foto.jpg) ![[audio.ogg]] [fuera](../../x) [w](https://a.b/c)\r

            """
        try desk.folder.write("obsidian/notas/lupe.md", Array(text.utf8))
        try desk.folder.write("obsidian/sin cabeza.MD", Array("hola".utf8))
        let taken = desk.run("note", "import", folder)
        #expect(taken.exit == .done, "\(taken.error)")
        #expect(taken.error.contains("2 notes, 2 files") && taken.error.contains("left out: 1"))
        #expect(taken.error.contains("1 notes had other lines"))
        let notes = desk.run("note", "list", "--json").list("notes")
        let lupe = try #require(notes.first { ($0["title"] as? String) == "Doña 'Lupe'" })
        #expect(lupe["created"] as? String == "2025-03-04T10:20:00Z")
        #expect(lupe["tags"] as? [String] == ["a, b", "fuente"])
        let body = desk.run("note", "show", lupe["id"] as? String ?? "", "--body").output
        #expect(body.hasPrefix("aliases: [lupe]\n\n![foto]"))
        #expect(notes.contains { ($0["title"] as? String) == "sin cabeza" })
    }

    @Test("whatever would be lost stops an import, and nothing of it comes in")
    func losses() throws {
        let desk = try Desk.ready()
        func attempt(_ files: [String: [UInt8]], _ words: String...) throws -> Desk.Result {
            let folder = desk.folder("in")
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            for (name, bytes) in files { try desk.folder.write("in/" + name, bytes) }
            return desk.run(["note", "import", folder] + words)
        }
        let note = Array("hola".utf8)
        let stray = try attempt(["a.md": note, "tabla.ods": [1]])
        #expect(stray.exit == .failed && stray.error.contains("tabla.ods"))
        #expect(try attempt(["a.md": note, "b.md": [0xFF]]).exit == .damaged)
        #expect(
            try attempt(["a.md": Array("---\nattachments: [no.jpg]\n---\n".utf8)]).exit == .failed)
        #expect(
            try attempt([
                "a.md": Array("---\nattachments: [\"../../../etc/passwd\"]\n---\nx".utf8)
            ]).exit == .failed)
        #expect(
            try attempt(["a.md": Array("---\ntitle: \"a\\u0007\"\n---\nx".utf8)]).exit == .usage)
        #expect(desk.run("note", "list").output.isEmpty)
        #expect(try attempt(["a.md": note, "tabla.ods": [1]], "--leave-out").exit == .done)
        // A link is never followed.
        let folder = desk.folder("links")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/a.md", withDestinationPath: "/etc/passwd")
        #expect(desk.run("note", "import", folder).exit == .failed)
        #expect(desk.run("note", "list").output.split(separator: "\n").count == 1)
        // Nor are two of them, of which neither leads out by itself as its text stands.
        let chain = desk.folder("chain")
        try FileManager.default.createDirectory(atPath: chain, withIntermediateDirectories: true)
        try desk.folder.write("secreto.txt", Array("secreto".utf8))
        for (name, target) in [("out", desk.folder("")), ("photo.jpg", "out/secreto.txt")] {
            try FileManager.default.createSymbolicLink(
                atPath: chain + "/" + name, withDestinationPath: target)
        }
        try desk.folder.write(
            "chain/a.md", Array("---\nattachments: [\"photo.jpg\"]\n---\nx".utf8))
        #expect(desk.run("note", "import", "--leave-out", chain).exit == .failed)
        try desk.folder.write("chain/a.md", Array("x".utf8))
        #expect(desk.run("note", "import", chain).exit == .failed)
        #expect(desk.run("note", "import", "--leave-out", chain).exit == .done)
    }

    @Test("JSON is read strictly: cut, altered or foreign, nothing comes in and nothing crashes")
    func hostileJSON() throws {
        let desk = try Desk.ready()
        let id = desk.note("Puerto", "uno \"dos\" \\ ñ", tags: ["a"])
        try desk.folder.write("foto.jpg", Array("foto foto".utf8))
        desk.run("note", "attach", id, desk.folder("foto.jpg"))
        let json = Array(desk.run("note", "export", "--format", "json", "-o", "-").output.utf8)
        let other = try Desk.ready(seed: 4)
        func attempt(_ bytes: [UInt8]) throws -> ExitCode {
            try other.folder.write("in.json", bytes)
            return other.run("note", "import", other.folder("in.json")).exit
        }
        for cut in stride(from: 0, to: json.count - 2, by: 23) {
            #expect(try attempt(Array(json.prefix(cut))) == .damaged, "\(cut)")
        }
        let text = String(decoding: json, as: UTF8.self)
        for (old, new) in [
            ("\"amparo_notes\":1", "\"amparo_notes\":2"), ("\"title\"", "\"titel\""),
            ("Zm90by", "Zm90bz"), ("\"created\":\"2", "\"created\":\"x"), ("Puerto", "Pu\u{0}to"),
            ("foto.jpg", "../foto.jpg"), ("ñ", "\\ud800"), ("]}\n]}\n", "]}\n]}\n{}"),
            ("Zm90by", "Zm9=by"),
        ] {
            let altered = text.replacing(old, with: new)
            #expect(altered != text)
            let exit = try attempt(Array(altered.utf8))
            #expect(exit == .damaged || exit == .usage, "\(new): \(exit)")
        }
        #expect(try attempt(Array("[\(String(repeating: "[", count: 100_000))".utf8)) == .damaged)
        #expect(other.run("note", "list").output.isEmpty)
        #expect(try attempt(json) == .done)
        #expect(content(other) == content(desk))
    }

    @Test("a signed list holds every file; sha256sum and minisign agree with it")
    func custody() throws {
        let desk = try Desk.ready()
        try filled(desk)
        let out = desk.folder("prueba")
        let made = desk.run("note", "export", "--signed", "-o", out)
        #expect(made.exit == .done, "\(made.error)")
        let key = desk.run("key", "show", "me", "--signing").line
        if let shell = Peer("sh") {
            let sums = try shell.run(
                ["-c", "cd \"$1\" && sha256sum -c --strict --quiet SHA256SUMS", "sh", out])
            #expect(sums.status == 0, "\(sums.complaint)")
        }
        let listed = try desk.folder.read("prueba/SHA256SUMS").split(separator: 10).count
        #expect(listed == 11 + 6 + 1)
        if let minisign = Peer("minisign") {
            let verified = try minisign.run(["-V", "-P", key, "-m", out + "/SHA256SUMS"])
            #expect(verified.status == 0, "\(verified.complaint)")
            #expect(verified.output.contains("hashes of 18 files"))
        }
        let table = String(decoding: try desk.folder.read("prueba/custody.csv"), as: UTF8.self)
        #expect(table.contains("\"2026-01-10T23:06:40Z\"") && table.contains("\"a:b?.jpg\""))
        // Such a folder comes in like any other.
        let other = try Desk.ready(seed: 5)
        #expect(other.run("note", "import", out).exit == .done)
        #expect(content(other) == content(desk))
    }

    @Test("incidents as one document, in every format", arguments: ["en", "es"])
    func incidents(_ language: String) throws {
        let desk = try Desk.ready()
        let form = desk.run(
            "note", "new", "--title", "Amenaza", "--template", "incident", language: language)
        let blank = desk.run("note", "show", form.line, "--body").output
        #expect(blank.split(separator: "\n").filter { $0.hasPrefix("## ") }.count == 10)
        let filled = blank.replacing(
            language == "es" ? "## Cuándo\n" : "## When\n",
            with: (language == "es" ? "## Cuándo\n" : "## When\n") + "el <martes> \"5\", a las 9\n")
        #expect(desk.run("note", "edit", form.line, input: Array(filled.utf8)).exit == .done)
        try desk.folder.write("audio.ogg", [1, 2, 3])
        desk.run("note", "attach", form.line, desk.folder("audio.ogg"))
        _ = desk.note("Otra cosa", "no es incidente")
        func export(_ format: String) -> String {
            desk.run("note", "export", "--incidents", format, "-o", "-", language: language).output
        }
        let heading = language == "es" ? "Cuándo" : "When"
        #expect(export("md").contains("## \(heading)\n\nel <martes> \"5\", a las 9\n"))
        #expect(export("html").contains("<dd>el &lt;martes&gt; &quot;5&quot;, a las 9</dd>"))
        #expect(export("html").contains("lang=\"\(language)\"") && !export("html").contains("Otra"))
        let rows = export("csv")
        #expect(
            rows.hasPrefix("\"id\",\"title\",\"created\"")
                && rows.contains("\"el <martes> \"\"5\"\", a las 9\""))
        #expect(rows.split(separator: "\r\n").count == 2)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(export("json").utf8)) as? [String: Any])
        let incident = try #require((json["incidents"] as? [[String: Any]])?.first)
        #expect(incident["when"] as? String == "el <martes> \"5\", a las 9")
        #expect(incident["what"] as? String == "" && incident["other"] as? String == "")
        #expect((incident["attachments"] as? [[String: Any]])?.count == 1)
    }

    @Test("every form has headings in both languages, which are found again")
    func templates() throws {
        for name in [
            "interview", "incident", "travel", "source", "proof-of-life", "contact-sheet", "wishes",
        ] {
            for language in ["en", "es"] {
                let desk = try Desk.ready()
                let made = desk.run(
                    "note", "new", "--title", "x", "--template", name, language: language)
                #expect(made.exit == .done)
                let note = desk.run("note", "show", made.line, "--json").list("notes").first
                #expect(note?["template"] as? String == name)
                #expect((note?["body"] as? String)?.hasPrefix("## ") == true)
            }
        }
        let desk = try Desk.ready()
        #expect(desk.run("note", "new", "--title", "x", "--template", "otra").exit == .usage)
    }
}
