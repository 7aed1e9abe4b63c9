import CommandLineKit
import Platform
import Secrets
import Synchronization
import TestSupport
import Testing
import Wording

@Suite("questions to the person")
struct PromptTests {
    /// Runs `body` as the only command.
    private func run(
        _ test: TestWorld, _ body: @escaping @Sendable (Invocation) throws -> Void
    ) -> ExitCode {
        test.run(Command("amparo", Text(verbatim: "x"), run: body))
    }

    private static func passphrase(_ confirm: Bool) -> @Sendable (Invocation) throws -> Void {
        { invocation in
            let secret = try invocation.passphrase(
                option: "passphrase-fd", prompt: Text(en: "passphrase", es: "frase"),
                confirm: confirm)
            let text = secret.withBytes { span in
                String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
            }
            try invocation.print(text)
        }
    }

    @Test("a passphrase comes from the descriptor when one is given")
    func descriptor() {
        let test = TestWorld(["--passphrase-fd", "3"], descriptors: [3: "casa azul\n"])
        #expect(run(test, Self.passphrase(true)) == .done)
        #expect(test.output.text == "casa azul\n")
    }

    @Test(
        "a descriptor that cannot serve is said with the way to open it",
        arguments: [
            (["--passphrase-fd", "x"], ExitCode.usage), (["--passphrase-fd", "-1"], .usage),
            (["--passphrase-fd", "99999999999"], .usage), (["--passphrase-fd", "7"], .usage),
            (["--passphrase-fd", "3"], .noKey), ([], .noKey),
        ])
    func badDescriptor(_ arguments: [String], _ expected: ExitCode) {
        let test = TestWorld(arguments, descriptors: [3: "\n"])
        #expect(run(test, Self.passphrase(false)) == expected)
        #expect(test.error.text.contains("hint: "))
        #expect(test.error.text.contains("--passphrase-fd"))
    }

    @Test("a new passphrase is asked until both answers agree")
    func confirmation() {
        let terminal = ScriptedTerminal(answers: ["", "uno", "dos", "tres", "tres"])
        let test = TestWorld(environment: ["LANG": "es"], terminal: terminal)
        #expect(run(test, Self.passphrase(true)) == .done)
        #expect(test.output.text == "tres\n")
        #expect(terminal.asked.count == 5)
        #expect(terminal.asked[0] == "frase: ")
        #expect(test.error.text.contains("no coinciden"))
    }

    @Test("yes and no in either language; anything else is asked again")
    func yesOrNo() {
        func answer(_ typed: String...) -> String {
            let test = TestWorld(terminal: ScriptedTerminal(answers: typed))
            _ = run(test) {
                try $0.print(try $0.confirm(Text(en: "sure?", es: "¿segura?")) ? "1" : "0")
            }
            return test.output.text
        }
        for yes in ["y", "YES", "s", "sí", "Si", " y "] { #expect(answer(yes) == "1\n", "\(yes)") }
        for no in ["", "n", "NO", " no"] { #expect(answer(no) == "0\n", "\(no)") }
        for other in ["yeah", "x", "0", "yesno"] {
            #expect(answer(other, "y") == "1\n" && answer(other, "n") == "0\n", "\(other)")
            #expect(answer(other) == "", "\(other) alone decided")
        }
    }

    @Test("a choice can mean yes where nothing is typed, and --yes does not make it")
    func choice() {
        func answer(_ typed: String, preset: Bool) -> Bool {
            let terminal = ScriptedTerminal(answers: [typed])
            let test = TestWorld(["--yes"], environment: ["LANG": "es"], terminal: terminal)
            _ = run(test) {
                let chosen = try $0.choose(Text(en: "draw?", es: "¿al azar?"), preset: preset)
                try $0.print(chosen ? "1" : "0")
            }
            #expect(terminal.asked == ["¿al azar? " + (preset ? "[S/n] " : "[s/N] ")])
            return test.output.text == "1\n"
        }
        #expect(answer("", preset: true) && !answer("", preset: false))
        for preset in [true, false] {
            #expect(answer("s ", preset: preset) && answer("Y", preset: preset))
            #expect(!answer("n", preset: preset))
        }
    }

    @Test("--yes answers questions of judgement and never a typed consent")
    func yesOption() {
        let test = TestWorld(["--yes"])
        let code = run(test) { invocation in
            #expect(try invocation.confirm(Text(verbatim: "sure?")))
            _ = try invocation.consent(
                Text(verbatim: "all gone"), typing: Text(en: "DELETE", es: "BORRAR"))
        }
        #expect(code == .usage)
        let typed = TestWorld(["--yes"], terminal: ScriptedTerminal(answers: ["DELETE", "delete"]))
        _ = run(typed) { invocation in
            for expected in [true, false] {
                let given = try invocation.consent(
                    Text(verbatim: "all gone"), typing: Text(en: "DELETE", es: "BORRAR"))
                #expect(given == expected)
            }
        }
    }

    @Test("without a terminal a question names the option to use")
    func nobody() {
        let test = TestWorld()
        #expect(
            run(test) { _ = try $0.ask(Text(verbatim: "Title?"), instead: "--title") } == .usage)
        #expect(test.error.text.contains("amparo: hint: use --title"))
    }

    @Test("Ctrl-D in a question is exit 130 and silent")
    func endOfInput() {
        let test = TestWorld(terminal: ScriptedTerminal(answers: []))
        #expect(run(test) { _ = try $0.ask(Text(verbatim: "Title?")) } == .interrupted)
        #expect(test.error.text == "")
    }
}
