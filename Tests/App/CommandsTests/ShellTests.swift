import CommandLineKit
import Platform
import Secrets
import TestSupport
import Testing

@testable import Commands

@Suite("amparo shell")
struct ShellTests {
    private func shell(
        _ desk: Desk, _ answers: [String], language: String = "en"
    ) -> (Desk.Result, ScriptedTerminal) {
        let terminal = ScriptedTerminal(answers: answers)
        return (
            desk.run("shell", passphrase: nil, terminal: terminal, language: language), terminal
        )
    }

    @Test("one passphrase serves the lines that follow, until close", arguments: ["en", "es"])
    func session(_ language: String) throws {
        let desk = try Desk.ready()
        _ = desk.note("Uno")
        let (result, terminal) = shell(
            desk,
            [
                "note list", Desk.passphrase, "amparo note tag --help", "", "note find 'Uno'",
                "close",
                "note list", Desk.passphrase, "exit", "never",
            ], language: language)
        #expect(result.exit == .done)
        #expect(result.output.split(separator: "\n").filter { $0.contains("Uno") }.count == 3)
        #expect(terminal.asked.filter { !$0.hasPrefix("amparo>") }.count == 2)
        // Nothing of it is where other programs could ask for it.
        #expect(desk.sessions.lifetimes.isEmpty)
    }

    @Test(
        "mistakes are told and the prompt comes back; the end of input ends it",
        arguments: ["en", "es"])
    func mistakes(_ language: String) throws {
        let desk = try Desk.ready()
        let (result, terminal) = shell(
            desk, ["note 'x", "nonsense", "shell", "config lang"], language: language)
        #expect(result.exit == .done && terminal.asked.count == 5)
        #expect(result.error.contains("nonsense"))
    }

    @Test("without a terminal it says what a script does")
    func script() throws {
        #expect(try Desk.ready().run("shell").exit == .usage)
    }

    @Test("words are cut as a shell cuts them")
    func words() {
        #expect(ShellWords.split("") == [] && ShellWords.split("  ") == [])
        #expect(ShellWords.split("a  b\tc") == ["a", "b", "c"])
        #expect(ShellWords.split("a 'b c' \"d 'e'\" f\\ g ''") == ["a", "b c", "d 'e'", "f g", ""])
        #expect(
            ShellWords.split("--title='Puerto de Veracruz' x") == [
                "--title=Puerto de Veracruz", "x",
            ])
        #expect(ShellWords.split("'a\\b' \"a\\\"b\"") == ["a\\b", "a\"b"])
        for bad in ["'", "\"a", "a\\", "a 'b\" c"] { #expect(ShellWords.split(bad) == nil) }
    }

    @Test("keys kept in the process end with their time, which use renews")
    func keyring() throws {
        let clock = ManualClock()
        let keyring = ProcessKeyring(clock: clock)
        try keyring.store(SecretBytes(copying: [1, 2].span), as: "a", for: .seconds(600))
        clock.advance(by: .seconds(599))
        #expect(try keyring.fetch("a") != nil)
        clock.advance(by: .seconds(599))
        keyring.dropExpired()
        #expect(try keyring.fetch("a") != nil)
        clock.advance(by: .seconds(601))
        #expect(try keyring.fetch("a") == nil)
        try keyring.store(SecretBytes(copying: [1].span), as: "a", for: .seconds(600))
        #expect(try keyring.revoke("a"))
        #expect(try !keyring.revoke("a"))
        #expect(try keyring.fetch("a") == nil)
    }
}
