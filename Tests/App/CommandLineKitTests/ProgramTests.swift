import CommandLineKit
import Platform
import TestSupport
import Testing
import Wording

@Suite("a run of the program")
struct ProgramTests {
    @Test("help and version win over mistakes and go to standard output")
    func helpWins() {
        let help = TestWorld(["seal", "--nonsense", "--help"])
        #expect(help.run(SampleTable.root) == .done)
        #expect(help.output.text.contains("amparo seal [OPTION...] FILE KEY..."))
        #expect(help.error.text == "")
        let version = TestWorld(["note", "nonsense", "--version"])
        #expect(version.run(SampleTable.root) == .done)
        #expect(version.output.text == "test 1\n")
    }

    @Test("mistakes are two lines on standard error and exit 2")
    func mistake() {
        let test = TestWorld(["nota", "buscar"], environment: ["LANG": "es_MX.UTF-8"])
        #expect(test.run(SampleTable.root) == .usage)
        #expect(
            test.error.text == """
                amparo: error: no existe el comando «nota buscar»
                amparo: hint: ¿quisiste decir «amparo note find»?

                """)
        #expect(test.output.text == "")
    }

    @Test("the first screen speaks both languages while nobody has chosen")
    func welcome() {
        let open = TestWorld(environment: ["LANG": "C"])
        #expect(open.run(SampleTable.root) == .done)
        #expect(open.output.text.contains("Programa de ejemplo"))
        #expect(open.output.text.contains("Sample program"))
        #expect(open.output.text.contains("amparo config lang es"))
        #expect(open.output.text.contains("  amparo note    Tus apuntes · Your notes\n"))
        #expect(!open.output.text.contains("seal"))
        let chosen = TestWorld(environment: ["LANG": "es_MX.UTF-8"])
        chosen.run(SampleTable.root)
        #expect(chosen.output.text.contains("Programa de ejemplo"))
        #expect(!chosen.output.text.contains("Sample program"))
    }

    @Test("the language is the option's, else the stored one, else the locale's")
    func language() {
        func speaks(_ arguments: [String], _ environment: [String: String], stored: Language?)
            -> String
        {
            let test = TestWorld(arguments + ["note", "--why"], environment: environment)
            let program = Program(
                version: "", root: SampleTable.root, storedLanguage: { _, _ in stored })
            _ = program.run(test.world)
            return test.output.text == "Los apuntes van sellados.\n" ? "es" : "en"
        }
        #expect(speaks([], ["LANG": "es_MX.UTF-8"], stored: nil) == "es")
        #expect(speaks([], ["LANG": "es"], stored: .english) == "en")
        #expect(speaks(["--lang", "es"], ["LANG": "en_US"], stored: .english) == "es")
        #expect(
            speaks([], ["LC_ALL": "", "LC_MESSAGES": "es_ES", "LANG": "en_US"], stored: nil) == "es"
        )
        #expect(speaks([], ["LC_ALL": "en_GB", "LANG": "es_MX"], stored: nil) == "en")
        #expect(speaks([], [:], stored: nil) == "en")
        #expect(LanguageChoice.fromLocale(["LANG": "POSIX"]) == nil)
        #expect(LanguageChoice.fromLocale(["LANG": "C.UTF-8"]) == nil)
        #expect(LanguageChoice.fromLocale(["LANG": "fr_FR"]) == .english)
    }

    @Test("a failure says what and what next, without control characters, and its exit code")
    func failure() {
        let root = Command("amparo", Text(verbatim: "x")) { _ in
            throw Failure(
                .refused, Text(verbatim: "\u{1B}[31mred\u{202E}\n"), hint: Text(verbatim: "next"))
        }
        let test = TestWorld()
        #expect(test.run(root) == .refused)
        #expect(
            test.error.text
                == "amparo: error: \\x1B[31mred\\u{202E}\\x0A\namparo: hint: next\n")
    }

    @Test("nobody at the other end of the output is no error message")
    func closedOutput() {
        let root = Command("amparo", Text(verbatim: "x")) { _ in throw StreamError.closed }
        let test = TestWorld()
        #expect(test.run(root) == .failed)
        #expect(test.error.text == "")
    }

    @Test("a terminal gets sentences broken between words, and commands whole; a pipe neither")
    func narrow() {
        let root = Command("amparo", Text(verbatim: "x")) { invocation in
            invocation.acknowledge(Text(verbatim: "kept"))
            invocation.say(Text(verbatim: "the quick brown fox jumps"))
            invocation.warn(Text(verbatim: "one two three"))
            try invocation.print(Text(verbatim: "a word or two too many here"))
            try invocation.print("id 0123456789abcdef 0123456789")
            throw Failure(
                .failed, Text(verbatim: "no"), hint: Text(verbatim: "do: amparo note find x"))
        }
        let shown = TestWorld(
            environment: ["LANG": "en"],
            terminal: ScriptedTerminal(streams: [.output, .error], width: 24))
        shown.run(root)
        #expect(
            shown.error.text == """
                kept
                the quick brown fox
                jumps
                amparo: warning: one two
                    three
                amparo: error: no
                amparo: hint: do:
                    amparo note find x

                """)
        #expect(
            shown.output.text
                == "a word or two too many\nhere\nid 0123456789abcdef 0123456789\n")
        let piped = TestWorld(environment: ["LANG": "en"])
        piped.run(root)
        #expect(
            piped.error.text == """
                the quick brown fox jumps
                amparo: warning: one two three
                amparo: error: no
                amparo: hint: do: amparo note find x

                """)
    }

    @Test("colours appear on a terminal that has them, unless refused")
    func colours() {
        func report(_ arguments: [String], _ more: [String: String]) -> String {
            let environment = ["LANG": "en", "TERM": "xterm"].merging(more) { _, new in new }
            let test = TestWorld(
                arguments, environment: environment, terminal: ScriptedTerminal(streams: [.error]))
            test.run(SampleTable.root)
            return test.error.text
        }
        #expect(report(["x"], [:]).contains("\u{1B}[1;31merror\u{1B}[0m"))
        #expect(!report(["x", "--no-color"], [:]).contains("\u{1B}"))
        #expect(!report(["x", "--plain"], [:]).contains("\u{1B}"))
        #expect(!report(["x"], ["NO_COLOR": "1"]).contains("\u{1B}"))
        #expect(!report(["x"], ["TERM": "dumb"]).contains("\u{1B}"))
    }

    @Test("results on a terminal show control characters, in a pipe they pass")
    func results() {
        let word = "a\u{1B}[2Jb"
        let shown = TestWorld(
            ["note", "show", word], terminal: ScriptedTerminal(streams: [.output]))
        shown.run(SampleTable.root)
        #expect(shown.output.text == "a\\x1B[2Jb\n")
        let piped = TestWorld(["note", "show", word])
        piped.run(SampleTable.root)
        #expect(piped.output.text == word + "\n")
    }
}
