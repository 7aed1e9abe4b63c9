import CommandLineKit
import Foundation
import TestSupport
import Testing

@Suite("notes of Joplin come in")
struct JoplinImportTests {
    private static let times = """
        created_time: 2025-03-04T10:20:30.123Z
        updated_time: 2025-04-05T11:00:00.000Z
        user_created_time: 2024-01-02T03:04:05.000Z
        user_updated_time: 2024-05-06T07:08:09.999Z
        """

    private static func id(_ letter: Character) -> String { String(repeating: letter, count: 32) }

    private static func item(
        _ id: Character, _ type: Int, title: String? = nil, body: String = "", _ values: String = ""
    ) -> String {
        let text = [title, body.isEmpty ? nil : body].compactMap { $0 }.joined(separator: "\n\n")
        let tail = ["id: \(Self.id(id))", values, times, "encryption_applied: 0", "type_: \(type)"]
        return (text.isEmpty ? "" : text + "\n\n")
            + tail.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Two notebooks, three notes, a file that two of them show, tags.
    private static func items() -> [String: String] {
        let body = """
            Primera línea: con dos puntos

            ![foto](:/\(id("e"))) y [la otra](:/\(id("b"))), <img src=":/\(id("e"))">
            [perdida](:/\(id("f")))
            """
        return [
            "\(id("a")).md": item(
                "a", 1, title: "Puerto", body: body,
                """
                parent_id: \(id("2"))
                latitude: 19.17380000
                longitude: -96.13420000
                altitude: 0.0000
                author:\u{20}
                is_todo: 1
                todo_due: 0
                todo_completed: 0
                """),
            "\(id("b")).md": item("b", 1, title: "Otra", body: "![x](:/\(id("e")))"),
            "\(id("c")).md": item("c", 1, title: "", body: "sin título", "deleted_time: 17"),
            "\(id("1")).md": item("1", 2, title: "Trabajo"),
            "\(id("2")).md": item("2", 2, title: "Veracruz", "parent_id: \(id("1"))"),
            "\(id("e")).md": item(
                "e", 4, title: "foto uno (1).jpg", "mime: image/jpeg\nfile_extension: jpg"),
            "resources/\(id("e")).jpg": "FOTO",
            "\(id("d")).md": item("d", 5, title: "fuente"),
            "\(id("9")).md": item("9", 6, "note_id: \(id("a"))\ntag_id: \(id("d"))"),
        ]
    }

    private func archive(_ desk: Desk, _ items: [String: String]) throws -> String {
        let folder = desk.folder("jex")
        try? FileManager.default.removeItem(atPath: folder)
        for (name, text) in items {
            let url = URL(filePath: folder + "/" + name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        let tar = try #require(Peer("tar"))
        let path = desk.folder("export.jex")
        let made = try tar.run(["-C", folder, "-cf", path, "."])
        #expect(made.status == 0)
        return path
    }

    @Test("titles, texts, times, tags, notebooks, files and links; the trash stays the trash")
    func comesIn() throws {
        let desk = try Desk.ready()
        let path = try archive(desk, Self.items())
        let taken = desk.run("note", "import", path)
        #expect(taken.exit == .done, "\(taken.error)")
        #expect(taken.error.contains("imported: 3 notes, 2 files"), "\(taken.error)")
        #expect(taken.error.contains("1 notes had other lines"))
        let notes = desk.run("note", "list", "--json").list("notes")
        #expect(notes.count == 2)
        let note = try #require(notes.first { $0["title"] as? String == "Puerto" })
        #expect(note["id"] as? String == Self.id("a"))
        #expect(note["tags"] as? [String] == ["fuente", "Trabajo/Veracruz"])
        #expect(note["created"] as? String == "2024-01-02T03:04:05Z")
        #expect(note["modified"] as? String == "2024-05-06T07:08:09Z")
        let body = desk.run("note", "show", Self.id("a"), "--body").output
        #expect(
            body == """
                latitude: 19.17380000
                longitude: -96.13420000
                todo: open

                Primera línea: con dos puntos

                ![foto](foto%20uno%20%281%29.jpg) y [[\(Self.id("b"))|la otra]], \
                <img src="foto%20uno%20%281%29.jpg">
                [perdida](:/\(Self.id("f")))
                """)
        for id in ["a", "b"] {
            let out = desk.folder("out-" + id)
            let name = "foto uno (1).jpg"
            let made = desk.run("note", "extract", Self.id(Character(id)), name, "-o", out)
            #expect(made.exit == .done, "\(made.error)")
            #expect(try desk.folder.read("out-" + id) == Array("FOTO".utf8))
        }
        #expect(desk.run("note", "list", "--trash", "--json").list("notes").count == 1)
        #expect(desk.run("vault", "check").exit == .done)
        // A second time they are other notes, which link to each other.
        #expect(desk.run("note", "import", path).exit == .done)
        let again = desk.run("note", "list", "--json").list("notes")
        #expect(again.count == 4 && Set(again.compactMap { $0["id"] as? String }).count == 4)
    }

    @Test("what would be lost stops it, and nothing comes in")
    func losses() throws {
        let desk = try Desk.ready()
        func attempt(
            _ words: String..., change: (inout [String: String]) -> Void
        ) throws -> Desk.Result {
            var items = Self.items()
            change(&items)
            return desk.run(["note", "import", try archive(desk, items)] + words)
        }
        let unseen = try attempt { $0["resources/\(Self.id("7")).pdf"] = "x" }
        #expect(unseen.exit == .failed && unseen.error.contains(Self.id("7")))
        #expect(try attempt { $0["resources/\(Self.id("e")).jpg"] = nil }.exit == .failed)
        #expect(try attempt { $0["readme.txt"] = "x" }.exit == .failed)
        #expect(try attempt { $0["\(Self.id("8")).md"] = Self.item("8", 13) }.exit == .failed)
        #expect(try attempt { $0["\(Self.id("8")).md"] = "no item" }.exit == .damaged)
        let sealed = try attempt { items in
            items = items.mapValues {
                $0.replacing("encryption_applied: 0", with: "encryption_applied: 1")
            }
        }
        #expect(sealed.exit == .refused && sealed.error.contains("Joplin"))
        try desk.folder.write("x.jex", Array(repeating: 7, count: 5_000))
        #expect(desk.run("note", "import", desk.folder("x.jex")).exit == .damaged)
        #expect(desk.run("note", "list").output.isEmpty)
        let left = try attempt("--leave-out") { $0["readme.txt"] = "x" }
        #expect(left.exit == .done && left.error.contains("left out: 1"))
    }
}
