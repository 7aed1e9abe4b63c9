import CommandLineKit
import Foundation
import Platform
import Secrets
import Synchronization
import TestSupport
import Testing

/// What was typed exists nowhere else.
@Suite("a typed note is not lost")
struct NoteTypingTests {
    private func titles(_ desk: Desk) -> [String] {
        desk.run("note", "list", "--json").list("notes").compactMap { $0["title"] as? String }
    }

    private func body(_ desk: Desk) -> String {
        let id = desk.run("note", "list", "--json").list("notes").first?["id"] as? String
        return desk.run("note", "show", id ?? "", "--body").output
    }

    @Test("a title that cannot be one is asked for again, before the text is typed")
    func title() throws {
        let desk = try Desk.ready()
        let long = String(repeating: "a", count: 501)
        let terminal = ScriptedTerminal(answers: [long, "a\u{7}", "Muelle"], streams: [.input])
        let made = desk.run(
            "note", "new", "--plain", input: Array("de noche\n".utf8), terminal: terminal)
        #expect(made.exit == .done && terminal.asked.count == 3, "\(made.error)")
        #expect(titles(desk) == ["Muelle"] && body(desk) == "de noche\n")
        // On the command line it is a mistake, found before a key is typed.
        let unread = MemoryInput("de noche\n")
        for words in [["--title", long], ["--title", "x", "--tag", "\""]] {
            let refused = desk.run(
                ["note", "new", "--plain"] + words, terminal: ScriptedTerminal(streams: [.input]),
                typing: unread)
            #expect(refused.exit == .usage)
        }
        #expect(try unread.readAll(limit: 100) == Array("de noche\n".utf8))
    }

    @Test("bytes that are not UTF-8 become letters; from a pipe they stay an error")
    func strayBytes() throws {
        let desk = try Desk.ready()
        let typed = Array("sí, ma".utf8) + [0xF1] + Array("ana cuesta 5 ".utf8) + [0x80, 0x0A]
        let terminal = ScriptedTerminal(answers: ["x"], streams: [.input])
        let made = desk.run("note", "new", "--plain", input: typed, terminal: terminal)
        #expect(made.exit == .done && made.error.contains("2 bytes were not UTF-8"))
        #expect(body(desk) == "sí, mañana cuesta 5 €\n")
        #expect(desk.run("note", "new", "--plain", "--title", "y", input: typed).exit == .damaged)
    }

    @Test("a commit that fails is tried again until it works")
    func patience() throws {
        let desk = try Desk.ready()
        let (vault, other) = (desk.vault, desk.home + "/elsewhere")
        let text = "de noche\n" + String(repeating: "x", count: 5_000)
        let terminal = HookedTerminal(answers: ["Muelle", "", ""]) { count in
            // The vault is back at the second try only.
            if count == 3 { try? FileManager.default.moveItem(atPath: other, toPath: vault) }
        }
        let typing = HookedInput(text) {
            try? FileManager.default.moveItem(atPath: vault, toPath: other)
        }
        let made = desk.run(["note", "new", "--plain"], terminal: terminal, typing: typing)
        #expect(made.exit == .done && terminal.asked == 3, "\(made.error)")
        #expect(titles(desk) == ["Muelle"] && body(desk) == text)
    }

    @Test("only the whole word gives a note up, and then nothing is kept")
    func givenUp() throws {
        let desk = try Desk.ready()
        let (vault, other) = (desk.vault, desk.home + "/elsewhere")
        let terminal = HookedTerminal(answers: ["Muelle", "drop", "DROP"]) { _ in }
        let typing = HookedInput("de noche\n") {
            try? FileManager.default.moveItem(atPath: vault, toPath: other)
        }
        let made = desk.run(["note", "new", "--plain"], terminal: terminal, typing: typing)
        #expect(made.exit == .failed && made.output.isEmpty && terminal.asked == 3)
        try? FileManager.default.moveItem(atPath: other, toPath: vault)
        #expect(titles(desk).isEmpty)
    }

    @Test(
        "a terminal that goes away in the middle leaves a note with a mark",
        arguments: [StreamError.interrupted, .failed(code: 5)])
    func hangUp(_ failure: StreamError) throws {
        let desk = try Desk.ready()
        let terminal = ScriptedTerminal(answers: ["Muelle"], streams: [.input])
        let typing = HookedInput("de noche\n", then: failure) {}
        let made = desk.run(["note", "new", "--plain"], terminal: terminal, typing: typing)
        #expect(made.exit == .interrupted && made.error.contains("is kept"))
        let note = try #require(desk.run("note", "list", "--json").list("notes").first)
        #expect(note["id"] as? String == made.line && note["tags"] as? [String] == ["interrupted"])
        #expect(body(desk) == "de noche\n")
    }
}

/// Something happens to the world once the text was typed.
private final class HookedInput: ByteInput {
    private let text: MemoryInput
    private let failure: StreamError?
    private let hook: @Sendable () -> Void

    init(_ text: String, then failure: StreamError? = nil, hook: @escaping @Sendable () -> Void) {
        self.text = MemoryInput(text)
        self.failure = failure
        self.hook = hook
    }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        let count = try text.read(into: &span)
        guard count == 0 else { return count }
        hook()
        if let failure { throw failure }
        return 0
    }
}

/// Something happens to the world before a question is answered.
private final class HookedTerminal: Terminal {
    private let answers: [String]
    private let count = Mutex(0)
    private let hook: @Sendable (Int) -> Void

    init(answers: [String], hook: @escaping @Sendable (Int) -> Void) {
        self.answers = answers
        self.hook = hook
    }

    var asked: Int { count.withLock { $0 } }
    var canAsk: Bool { true }
    var width: Int? { 80 }
    var height: Int? { nil }

    func isTerminal(_ stream: StandardStream) -> Bool { stream == .input }

    func readLine(prompt: String) throws(TerminalError) -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        hook(number)
        guard number <= answers.count else { throw .endOfInput }
        return answers[number - 1]
    }

    func readSecret(prompt: String, erases: Bool) throws(TerminalError) -> SecretBytes? {
        throw .unavailable
    }
}
