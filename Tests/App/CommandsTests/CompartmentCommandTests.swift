import CommandLineKit
import TestSupport
import Testing

@Suite("hidden compartments, from the command line")
struct CompartmentCommandTests {
    private static let hidden = "lo que nadie ve"
    private let add = ["vault", "compartment", "add", "--new-passphrase-fd", "4"]

    private func desk() throws -> Desk {
        let desk = try Desk.ready()
        let done = desk.run(add, others: [4: Self.hidden])
        #expect(done.exit == .done && done.output.isEmpty, "\(done.error)")
        return desk
    }

    @Test(
        "the passphrase decides; limits are said at the moment of choice", arguments: ["en", "es"])
    func add(_ language: String) throws {
        let desk = try Desk.ready()
        let done = desk.run(add, others: [4: Self.hidden], language: language)
        #expect(done.exit == .done)
        for word in language == "en"
            ? ["spy", "lost", "reviewed"] : ["espía", "pierde", "revisado"]
        {
            #expect(done.error.contains(word))
        }
        _ = desk.note("Afuera")
        let id = desk.run(
            "note", "new", "--title", "Adentro", passphrase: Self.hidden, language: language
        ).line
        #expect(desk.run("note", "show", id).exit == .failed)
        #expect(desk.run("note", "show", id, passphrase: Self.hidden).output.contains("Adentro"))
        #expect(!desk.run("note", "list", passphrase: Self.hidden).output.contains("Afuera"))
        // Keys of its own.
        let outer = desk.run("key", "show", "me").line
        let inner = desk.run("key", "show", "me", passphrase: Self.hidden).line
        #expect(outer.hasPrefix("age1") && inner.hasPrefix("age1") && outer != inner)
        #expect(desk.run("vault", "check", passphrase: Self.hidden).exit == .done)
        #expect(desk.run("vault", "check").exit == .done)
    }

    @Test("what does not fit ends with exit 6, and fits with --room", arguments: ["en", "es"])
    func room(_ language: String) throws {
        let desk = try desk()
        let long = [UInt8](repeating: 0x61, count: 90_000)
        let new = ["note", "new", "--title", "Largo"]
        let refused = desk.run(new, input: long, passphrase: Self.hidden, language: language)
        #expect(refused.exit == .refused && refused.error.contains("--room"))
        #expect(desk.run("note", "list", passphrase: Self.hidden).output.isEmpty)
        let done = desk.run(new + ["--room", "120K"], input: long, passphrase: Self.hidden)
        #expect(done.exit == .done, "\(done.error)")
        #expect(
            desk.run("note", "show", done.line, passphrase: Self.hidden).output.utf8.count > 90_000)
        for wrong in ["x", "-1", "1T", "300M", "1.5M", ""] {
            #expect(desk.run("note", "list", "--room=\(wrong)").exit == .usage)
        }
    }

    @Test("plans and the watcher, whose files tell, are for the outer passphrase")
    func traces() throws {
        let desk = try desk()
        let before = desk.files.keys.sorted()
        let watch = desk.run("watch", "--once", passphrase: Self.hidden)
        #expect(watch.exit == .refused, "\(watch.error)")
        #expect(desk.files.keys.sorted().filter { $0 != "watch.lock" } == before)
    }

    @Test("a provable vault takes no compartment and no noise", arguments: ["en", "es"])
    func provable(_ language: String) throws {
        let desk = try Desk()
        #expect(desk.run("init", "--provable", "--kdf-memory", "32").exit == .done)
        #expect(desk.run(add, others: [4: Self.hidden], language: language).exit == .refused)
        #expect(desk.run("vault", "pad", "1M", language: language).exit == .refused)
        #expect(desk.run("note", "list", passphrase: Self.hidden).exit == .noKey)
    }

    @Test("pad makes the vault grow by what was asked", arguments: ["en", "es"])
    func pad(_ language: String) throws {
        let desk = try Desk.ready()
        let before = try #require(desk.files["vault.db"]).count
        #expect(desk.run("vault", "pad", "1M", language: language).exit == .done)
        let grown = try #require(desk.files["vault.db"]).count - before
        #expect((1_000_000..<1_200_000).contains(grown))
        #expect(desk.run("vault", "pad", "mucho", language: language).exit == .usage)
        #expect(desk.run("vault", "check").exit == .done)
    }
}
