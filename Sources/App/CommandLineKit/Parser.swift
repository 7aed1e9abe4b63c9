/// Turns words into a `ParsedLine`: `--opt value`, `--opt=value`, `-o value`, `-ovalue`, clusters
/// `-ab`, `-` as a word, `--` as the end of options.
package struct Parser {
    private var line: ParsedLine
    private var rest: ArraySlice<String>
    private var optionsEnded = false

    /// - Parameter arguments: Without the program's name.
    package static func parse(_ arguments: [String], root: Command) -> ParsedLine {
        var parser = Parser(line: ParsedLine(path: [root]), rest: arguments[...])
        parser.readAll()
        return parser.line
    }

    private init(line: ParsedLine, rest: ArraySlice<String>) {
        self.line = line
        self.rest = rest
    }

    private mutating func readAll() {
        while let word = rest.popFirst() {
            if optionsEnded || word == "-" || !word.hasPrefix("-") {
                readWord(word)
            } else if word == "--" {
                optionsEnded = true
            } else if word.hasPrefix("--") {
                readLong(word.dropFirst(2))
            } else {
                readCluster(word.dropFirst())
            }
        }
        checkWhole()
    }

    private mutating func note(_ mistake: UsageMistake) {
        if line.mistake == nil { line.mistake = mistake }
    }

    // MARK: Words

    private mutating func readWord(_ word: String) {
        let command = line.command
        if line.words.isEmpty, !optionsEnded, let found = command.subcommand(word) {
            line.path.append(found)
        } else if line.words.isEmpty, command.run == nil, line.mistake == nil {
            note(
                Suggestion.misplaced(word, under: line.path)
                    ?? Suggestion.mistake(for: [word] + leadingWords(), under: line.path))
            line.words.append(word)
        } else {
            line.words.append(word)
        }
    }

    /// The words up to the next option, for suggesting a whole command at once.
    private func leadingWords() -> [String] { Array(rest.prefix { !$0.hasPrefix("-") }) }

    // MARK: Options

    private func option(where matches: (Option) -> Bool) -> Option? {
        for command in line.path.reversed() {
            if let found = command.options.first(where: matches) { return found }
        }
        return GlobalOptions.all.first(where: matches)
    }

    private mutating func readLong(_ body: Substring) {
        let name = String(body.prefix { $0 != "=" })
        let attached = body.count > name.count ? String(body.dropFirst(name.count + 1)) : nil
        guard let option = option(where: { $0.long == name }) else {
            // `checkin pause xalapa --for 5m`: the option is right, and the command is elsewhere.
            if let word = line.words.first,
                let misplaced = Suggestion.misplaced(
                    word, Array(line.words.dropFirst()), under: line.path)
            {
                return note(misplaced)
            }
            let nearest = Suggestion.option(
                for: name, in: line.path.flatMap(\.options) + GlobalOptions.all)
            return note(.unknownOption("--" + name, nearest: nearest, of: line.name))
        }
        if option.placeholder != nil {
            take(option, value: attached, shown: "--" + name)
        } else if attached != nil {
            note(.needlessValue(option: "--" + name))
        } else {
            line.flags.insert(name)
        }
    }

    private mutating func readCluster(_ cluster: Substring) {
        var letters = cluster
        while let letter = letters.popFirst() {
            guard let option = option(where: { $0.short == letter }) else {
                return note(.unknownOption("-\(letter)", nearest: nil, of: line.name))
            }
            if option.placeholder == nil {
                line.flags.insert(option.long)
                continue
            }
            return take(option, value: letters.isEmpty ? nil : String(letters), shown: "-\(letter)")
        }
    }

    private mutating func take(_ option: Option, value attached: String?, shown: String) {
        guard let value = attached ?? rest.popFirst() else {
            return note(.missingValue(option: shown))
        }
        if let choices = option.choices, !choices.contains(value) {
            return note(.notAChoice(of: shown, value: value, choices: choices))
        }
        if !option.repeats, line.values[option.long] != nil { note(.repeated(option: shown)) }
        line.values[option.long, default: []].append(value)
        guard option.takesTwo else { return }
        guard let second = rest.popFirst() else { return note(.missingValue(option: shown)) }
        line.values[option.long]?.append(second)
    }

    // MARK: The whole line

    private mutating func checkWhole() {
        let command = line.command
        guard command.run != nil else {
            return note(.missingCommand(of: line.name))
        }
        for conflict in line.path.flatMap(\.conflicts)
        where isGiven(conflict.first) && isGiven(conflict.second) {
            note(.conflict("--" + conflict.first, "--" + conflict.second, hint: conflict.hint))
        }
        var left = line.words[...]
        for argument in command.arguments {
            guard let word = left.popFirst() else {
                if argument.isRequired {
                    note(
                        .missingArgument(
                            argument.placeholder, help: argument.help, of: line.name))
                }
                continue
            }
            if let choices = argument.choices, !choices.contains(word) {
                note(.notAChoice(of: line.command.name, value: word, choices: choices))
            }
            if argument.repeats { left = [] }
        }
        if let excess = left.first {
            // `checkin simulate xalapa`: the first word was meant as a command.
            note(
                Suggestion.misplaced(
                    line.words[0], Array(line.words.dropFirst()), under: line.path)
                    ?? .excessArgument(excess, of: line.name))
        }
    }

    private func isGiven(_ long: String) -> Bool {
        line.flags.contains(long) || line.values[long] != nil
    }
}
