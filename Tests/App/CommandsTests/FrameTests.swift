import CommandLineKit
import Commands
import TestSupport
import Testing
import Wording

@Suite("the frame of the program")
struct FrameTests {
    private func run(_ line: String, _ language: Language) -> (ExitCode, String) {
        let words = line.split(separator: " ").map(String.init)
        let test = TestWorld(words + ["--lang", language.rawValue])
        let program = Program(
            version: Root.version, root: Root.command, storedLanguage: Config.storedLanguage)
        let code = program.run(test.world)
        return (code, test.output.text + test.error.text)
    }

    @Test("its own commands word for word", arguments: Language.allCases)
    func golden(_ language: Language) throws {
        let lines = [
            "--why", "--version", "version", "config --help", "config lang --help", "config lang",
            "config lang fr", "config", "help --help", "help config lang", "help quux",
            "help config idioma", "man --help", "man quux", "completions --help", "completions",
            "completions tcsh", "--help=1", "ayuda", "nota buscar", "bóveda", "reportarse",
        ]
        var text = ""
        for line in lines {
            let (code, shown) = run(line, language)
            text += "$ amparo \(line)\n\(shown)[\(code.rawValue)]\n\n"
        }
        try Golden.check(text, "Commands/frame.\(language.rawValue).txt")
    }

    @Test("help and the manual say the same of every command", arguments: Language.allCases)
    func help(_ language: Language) {
        for command in Root.command.subcommands {
            let (code, page) = run("help \(command.name)", language)
            #expect(code == .done)
            #expect(page == run("\(command.name) --help", language).1)
            let (manCode, manual) = run("man \(command.name)", language)
            #expect(manCode == .done && manual.hasPrefix(".TH"))
        }
    }

    @Test("the first screen holds both languages on the smallest terminal")
    func welcome() {
        let test = TestWorld(environment: ["LANG": "C"])
        let program = Program(
            version: Root.version, root: Root.command, storedLanguage: Config.storedLanguage)
        #expect(program.run(test.world) == .done)
        let lines = test.output.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 21 && lines.allSatisfy { $0.count <= 80 })
        #expect(test.output.text.contains("Cifra un archivo · Encrypt a file"))
    }

    @Test("the version is told at once, and first of all")
    func version() {
        #expect(Root.version == "amparo 0.1.0")
        for line in ["--version", "nonsense --version", "note --version", "--nonsense --version"] {
            #expect(run(line, .english) == (.done, "amparo 0.1.0\n"))
        }
    }
}
