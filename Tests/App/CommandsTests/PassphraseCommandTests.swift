import CommandLineKit
import Commands
import Foundation
import TestSupport
import Testing

@Suite("amparo passphrase")
struct PassphraseCommandTests {
    private static let languages = ["en", "es"]

    @Test("draws words, alone on a line, and states their bits", arguments: languages)
    func draws(_ language: String) throws {
        let desk = try Desk()
        let drawn = desk.run("passphrase", passphrase: nil, language: language)
        #expect(drawn.exit == .done && drawn.output == drawn.line + "\n")
        #expect(drawn.line.split(separator: " ").count == 6)
        #expect(drawn.error.contains("71 bits"))
        let quiet = desk.run("passphrase", "--words", "9", "--quiet", passphrase: nil)
        #expect(quiet.line.split(separator: " ").count == 9 && quiet.error.isEmpty)
        let json = desk.run("passphrase", "--json", passphrase: nil, language: language).json
        #expect((json["passphrase"] as? String)?.split(separator: " ").count == 6)
        #expect(json["bits"] as? Int == 71 && json["words"] as? Int == 6)
        #expect(!desk.folder.names.contains("home"), "it needs no vault")
    }

    @Test(
        "a number of words that makes no sense is a mistake",
        arguments: ["0", "3", "21", "x", "-6"])
    func counts(_ count: String) throws {
        let desk = try Desk()
        #expect(desk.run("passphrase", "--words=\(count)", passphrase: nil).exit == .usage)
    }

    @Test("an own one is estimated and never repeated", arguments: languages)
    func own(_ language: String) throws {
        let desk = try Desk()
        let weak = desk.run("passphrase", "--own", passphrase: "Guadalupe1985", language: language)
        #expect(weak.exit == .done)
        #expect(weak.output.contains(language == "es" ? "débil" : "weak"))
        #expect(weak.output.contains(language == "es" ? "una fecha" : "a date"))
        let pipe = desk.run("passphrase", "--own", "--json", passphrase: "Guadalupe1985")
        #expect(pipe.json["verdict"] as? String == "weak")
        for result in [weak, pipe] { #expect(!(result.output + result.error).contains("uadalupe")) }
        #expect(desk.run("passphrase", "--own", passphrase: nil).exit == .noKey)
    }

    @Test(
        "rehearsing shows the words once, then asks for them with less help", arguments: languages)
    func rehearsal(_ language: String) throws {
        let phrase = try Desk(seed: 5).run("passphrase", passphrase: nil, language: language).line
        let terminal = ScriptedTerminal(
            answers: [phrase, "algo más", phrase, phrase, phrase, "", phrase, "", phrase])
        let desk = try Desk(seed: 5)
        let done = desk.run(
            ["passphrase", "--rehearse"], passphrase: nil, terminal: terminal, language: language)
        #expect(done.exit == .done, "\(done.error)")
        #expect(
            done.error.components(separatedBy: phrase).count == 3, "shown, and again after a slip")
        #expect(done.output.isEmpty)
        #expect(done.error.contains("--own --rehearse"))
        #expect(desk.run("passphrase", "--rehearse", passphrase: nil).exit == .usage)
        #expect(
            desk.run(["passphrase", "--rehearse"], terminal: ScriptedTerminal()).exit == .usage)
    }

    @Test("an own one is typed twice and then from memory; it is never on the screen")
    func ownRehearsal() throws {
        let own = "zarzamora en la azotea 58"
        let terminal = ScriptedTerminal(answers: [own, own, own, "", own, "", own])
        let done = try Desk().run(
            ["passphrase", "--own", "--rehearse"], passphrase: nil, terminal: terminal)
        #expect(done.exit == .done, "\(done.error)")
        #expect(!(done.output + done.error).contains("zarzamora"))
        #expect(terminal.asked.allSatisfy { !$0.contains("zarzamora") })
    }

    @Test("init warns of a weak one and says what it leans on", arguments: languages)
    func initWarns(_ language: String) throws {
        let terminal = ScriptedTerminal(answers: ["n", "Xalapa2024", "Xalapa2024", "n"])
        let stopped = try Desk().run(
            ["init", "--kdf-memory", "32"], passphrase: nil, terminal: terminal, language: language)
        #expect(stopped.exit != .done)
        #expect(stopped.error.contains(language == "es" ? "débil" : "weak"))
        #expect(stopped.error.contains(language == "es" ? "un lugar" : "a place"))
        #expect(!stopped.error.contains("Xalapa"))
    }
}
