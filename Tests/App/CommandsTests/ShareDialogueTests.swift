import CommandLineKit
import Foundation
import TestSupport
import Testing

@Suite("shares typed by a person")
struct ShareDialogueTests {
    private func shares(_ desk: Desk) -> [[String]] {
        let made = desk.run("key", "split", "--threshold", "2", "--shares", "3", "--json")
        return (made.json["shares"] as? [String] ?? []).map {
            $0.split(separator: " ").map(String.init)
        }
    }

    private func combine(_ desk: Desk, _ answers: [String], language: String = "en") -> (
        Desk.Result, ScriptedTerminal
    ) {
        let terminal = ScriptedTerminal(answers: answers, streams: [.input])
        let result = desk.run(
            ["key", "combine"], passphrase: nil, terminal: terminal, language: language)
        return (result, terminal)
    }

    @Test("word by word, by four letters, several at a time", arguments: ["en", "es"])
    func typed(_ language: String) throws {
        let desk = try Desk.ready()
        let me = desk.run("key", "show", "me").line
        let shares = shares(desk)
        let first = shares[2].map { String($0.prefix(4)) }
        let second = [shares[0].joined(separator: " ").uppercased()]
        let (result, terminal) = combine(desk, first + second + ["", ""], language: language)
        #expect(result.exit == .done && result.line == me, "\(result.error)")
        #expect(terminal.asked.first?.contains("1") == true)
        let words = language == "en" ? "2 of the 2 shares" : "2 de las 2 partes"
        #expect(result.error.contains(words))
    }

    @Test("a wrong word is named at once with its neighbours, and typed again")
    func unknownWord() throws {
        let desk = try Desk.ready()
        let me = desk.run("key", "show", "me").line
        let shares = shares(desk)
        var slow = Array(shares[0].prefix(6)) + ["acadmic"]
        slow += Array(shares[0].dropFirst(6))
        let (result, terminal) = combine(
            desk, slow + [shares[1].joined(separator: " "), "", ""])
        #expect(result.exit == .done && result.line == me, "\(result.error)")
        #expect(result.error.contains("word 7 is not in the list"))
        #expect(result.error.contains("academic"))
        #expect(terminal.asked.filter { $0.contains("word 7:") }.count == 2)
    }

    @Test("a misread word is found by the checksum, and replaced by its number")
    func misread() throws {
        let desk = try Desk.ready()
        let me = desk.run("key", "show", "me").line
        let shares = shares(desk)
        var wrong = shares[1]
        let right = wrong[9]
        wrong[9] = right == "academic" ? "acid" : "academic"
        let (result, _) = combine(
            desk,
            [shares[0].joined(separator: " "), wrong.joined(separator: " "), "10", right, "", ""]
        )
        #expect(result.exit == .done && result.line == me, "\(result.error)")
        #expect(result.error.contains("not the right one, or not in its place"))
    }

    @Test("a share of another set, and one that was typed before, are noticed after four words")
    func otherSet() throws {
        let desk = try Desk.ready()
        let me = desk.run("key", "show", "me").line
        let shares = shares(desk)
        let others = self.shares(desk)
        let (result, terminal) = combine(
            desk,
            [shares[0].joined(separator: " ")] + others[1].prefix(4) + shares[0].prefix(4)
                + [shares[1].joined(separator: " "), "", ""])
        #expect(result.exit == .done && result.line == me, "\(result.error)")
        #expect(result.error.contains("belongs to another set"))
        #expect(result.error.contains("was given before"))
        #expect(terminal.asked.filter { $0.contains("share 2, word 5:") }.isEmpty)
    }

    @Test("a minus sign takes the last word back; no is an answer to the public key")
    func back() throws {
        let desk = try Desk.ready()
        let shares = shares(desk)
        let start = ["academic", "-"] + [shares[0].joined(separator: " ")]
        let (result, _) = combine(desk, start + [shares[1].joined(separator: " "), "", "n"])
        #expect(result.exit == .noKey, "\(result.error)")
    }
}
