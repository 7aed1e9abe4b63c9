import CommandLineKit
import Commands
import TestSupport
import Testing
import Wording

@Suite("the whole option table")
struct OptionTableTests {
    private static func all(_ path: [Command]) -> [[Command]] {
        [path] + path[path.count - 1].subcommands.flatMap { all(path + [$0]) }
    }
    private static let paths = all([Root.command])
    private static let names = paths.map { $0.map(\.name).joined(separator: " ") }

    @Test("every command has its own name, a summary in both languages and something to do")
    func commands() {
        #expect(Set(Self.names).count == Self.names.count)
        for path in Self.paths {
            let command = path[path.count - 1]
            let name = path.map(\.name).joined(separator: " ")
            #expect(command.run != nil || !command.subcommands.isEmpty, "\(name)")
            let words = command.subcommands.flatMap { [$0.name] + $0.aliases }
            #expect(Set(words).count == words.count, "\(name): a name is taken twice")
            let spanish = command.subcommands.flatMap(\.spanish)
            #expect(Set(spanish).isDisjoint(with: words), "\(name): a suggestion is a command")
            #expect(Set(spanish).count == spanish.count, "\(name): a suggestion leads two ways")
            expectSentence(command.summary, in: name, startsUpper: true)
        }
    }

    @Test("every option is named once on its line and has help in both languages")
    func options() {
        for path in Self.paths {
            let name = path.map(\.name).joined(separator: " ")
            let options = path.flatMap(\.options) + GlobalOptions.all
            let longs = options.map(\.long)
            let shorts = options.compactMap(\.short)
            #expect(Set(longs).count == longs.count, "\(name): \(longs)")
            #expect(Set(shorts).count == shorts.count, "\(name): \(shorts)")
            for option in options {
                #expect(
                    option.long.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" },
                    "\(name) --\(option.long)")
                #expect(option.long.count >= 2, "\(name) --\(option.long)")
                expectSentence(option.help, in: "\(name) --\(option.long)", startsUpper: nil)
            }
            for conflict in path.flatMap(\.conflicts) {
                #expect(
                    longs.contains(conflict.first) && longs.contains(conflict.second), "\(name)")
            }
        }
    }

    @Test("every value has a name in both languages, and no Spanish suggestion is an option")
    func placeholders() {
        for path in Self.paths {
            let command = path[path.count - 1]
            let name = path.map(\.name).joined(separator: " ")
            let options = path.flatMap(\.options) + GlobalOptions.all
            let values = options.compactMap(\.placeholder) + command.arguments.map(\.placeholder)
            for value in values {
                #expect(Placeholder.untranslated(value) == [], "\(name): \(value)")
            }
            let spanish = options.flatMap(\.spanish)
            #expect(Set(spanish).isDisjoint(with: options.map(\.long)), "\(name)")
            #expect(Set(spanish).count == spanish.count, "\(name): \(spanish)")
        }
        #expect(Placeholder.shown("[TIME:]NAME=NOTE").es == "[TIEMPO:]NOMBRE=APUNTE")
        #expect(Placeholder.shown("en|es").es == "en|es")
    }

    @Test("only the last argument may be left out or repeat")
    func arguments() {
        for path in Self.paths {
            let name = path.map(\.name).joined(separator: " ")
            let arguments = path[path.count - 1].arguments
            #expect(Set(arguments.map(\.placeholder)).count == arguments.count, "\(name)")
            for (index, argument) in arguments.enumerated() {
                expectSentence(
                    argument.help, in: "\(name) \(argument.placeholder)", startsUpper: nil)
                guard index < arguments.count - 1 else { continue }
                #expect(argument.count == .required || argument.count == .optional, "\(name)")
                if argument.count == .optional {
                    #expect(arguments[index + 1].count != .required, "\(name)")
                }
            }
        }
    }

    @Test("every example is a line that parses to its own command")
    func examples() {
        for path in Self.paths {
            let name = path.map(\.name).joined(separator: " ")
            let examples = path[path.count - 1].examples
            // Other programs' lines may stand between ours.
            let lines = examples.flatMap(Self.commandLines).map {
                Parser.parse($0, root: Root.command)
            }
            for line in lines { #expect(line.mistake == nil, "\(name): \(line.name)") }
            #expect(
                examples.isEmpty || lines.contains { $0.name.hasPrefix(name) },
                "\(name) is not shown by its own examples")
        }
    }

    @Test("a Spanish word leads to every command that has a Spanish name")
    func spanish() {
        for path in Self.paths.dropFirst() {
            let command = path[path.count - 1]
            let before = path.dropFirst().dropLast().map(\.name)
            guard path[path.count - 2].run == nil else { continue }
            for word in command.spanish {
                let parsed = Parser.parse(before + [word], root: Root.command)
                let expected = (before + [command.spoken]).joined(separator: " ")
                #expect(
                    parsed.mistake
                        == .unknownCommand(
                            (before + [word]).joined(separator: " "), suggestion: expected),
                    "\(word)")
            }
        }
    }

    @Test("every manual page is clean for groff", arguments: Language.allCases)
    func manual(_ language: Language) throws {
        guard let groff = Peer("groff") else { return }
        for path in Self.paths where path.count <= 2 {
            let page = ManualPage.render(path, language: language, version: Root.version)
            let result = try groff.run(
                ["-ww", "-man", "-Tutf8", "-k", "-z", "-"], input: Array(page.utf8))
            #expect(result.status == 0 && result.complaint == "", "\(page)")
        }
    }

    @Test("bash, zsh and fish can read the completions")
    func completions() throws {
        for (shell, script) in [
            ("bash", BashCompletion.script(Root.command)),
            ("zsh", ZshCompletion.script(Root.command, language: .spanish)),
            ("fish", FishCompletion.script(Root.command, language: .spanish)),
        ] {
            guard let peer = Peer(shell) else { continue }
            let folder = try TemporaryDirectory()
            try folder.write("script", Array(script.utf8))
            let result = try peer.run(["-n", folder("script")])
            #expect(result.status == 0 && result.complaint == "", "\(shell): \(result.complaint)")
        }
    }

    // MARK: Helpers

    /// One line, no full stop, different words in the two languages.
    private func expectSentence(_ text: Text, in place: String, startsUpper: Bool?) {
        for language in Language.allCases {
            let words = text(language)
            #expect(!words.isEmpty && !words.hasSuffix(".") && !words.contains("\n"), "\(place)")
            #expect(words.first != " " && words.last != " ", "\(place)")
            guard let startsUpper, let first = words.first else { continue }
            #expect(first.isUppercase == startsUpper, "\(place): \(words)")
        }
        #expect(text.en != text.es, "\(place): not translated")
    }

    /// The words after `amparo` in each part of a shell line; redirections are left out.
    static func commandLines(in example: String) -> [[String]] {
        var lines: [[String]] = []
        var word = ""
        var isQuoted = false
        var words: [String] = []
        func isRedirection(_ word: String) -> Bool {
            word.drop(while: \.isNumber).first.map { "<>".contains($0) } ?? false
        }
        func close() {
            let start = words.firstIndex(of: "amparo")
            var rest = start.map { Array(words[($0 + 1)...]) } ?? []
            while let place = rest.firstIndex(where: isRedirection) {
                let stands = rest[place].drop(while: \.isNumber).allSatisfy { "<>".contains($0) }
                rest.remove(at: place)
                if stands, place < rest.count { rest.remove(at: place) }
            }
            if start != nil { lines.append(rest) }
            words = []
        }
        for character in example + " " {
            switch character {
            case "'", "\"": isQuoted.toggle()
            case " " where !isQuoted:
                if ["|", ";", "&&"].contains(word) {
                    close()
                } else if !word.isEmpty {
                    words.append(word)
                }
                word = ""
            default: word.append(character)
            }
        }
        close()
        return lines
    }
}
