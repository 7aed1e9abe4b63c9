internal import Curriculum
package import Platform
package import Wording

/// One run of one command: what was typed, and the ways to speak with the person.
package final class Invocation: Sendable {
    package let world: World
    package let language: Language
    package let line: ParsedLine
    package let root: Command
    let style: Style

    package init(world: World, language: Language, line: ParsedLine, root: Command) {
        self.world = world
        self.language = language
        self.line = line
        self.root = root
        style = Style(world: world, line: line)
    }

    // MARK: What was typed

    package var json: Bool { flag("json") }
    package var quiet: Bool { flag("quiet") }
    package var plain: Bool { flag("plain") }
    package var yes: Bool { flag("yes") }
    /// A room looks on.
    package var isProjected: Bool { flag("projector") }

    /// Whether this process is in the practice world.
    package var isPractice: Bool { PracticeWorld(environment: world.environment) != nil }

    /// In front of every question: nobody is to type something real in practice, or the reverse.
    package var practiceMark: String {
        isPractice ? Text(en: "PRACTICE · ", es: "PRÁCTICA · ")(language) : ""
    }

    package func flag(_ long: String) -> Bool {
        assertDeclared(long)
        return line.flags.contains(long)
    }

    package func value(_ long: String) -> String? { values(long).last }

    package func values(_ long: String) -> [String] {
        assertDeclared(long)
        return line.values[long] ?? []
    }

    /// - Throws: Exit 2 when the option was left out.
    package func required(_ long: String) throws(Failure) -> String {
        guard let value = value(long) else {
            throw Failure(
                .usage, Text(en: "--\(long) is missing", es: "falta --\(long)"),
                hint: Text(en: "see '\(line.name) --help'", es: "mira «\(line.name) --help»"))
        }
        return value
    }

    /// - Throws: Exit 2 when it is no `90s`, `30m`, `6h` or `2d`.
    package func duration(_ long: String) throws(Failure) -> Duration? {
        guard let text = value(long) else { return nil }
        return try Self.duration(parsing: text, for: "--" + long)
    }

    package static func duration(
        parsing text: String, for place: String
    ) throws(Failure) -> Duration {
        guard let duration = DurationArgument.parse(text) else {
            throw Failure(
                .usage,
                Text(
                    en: "\(place) cannot be '\(text)'", es: "\(place) no puede ser «\(text)»"),
                hint: Text(
                    en: "write a time like 90s, 30m, 6h or 2d",
                    es: "escribe un tiempo como 90s, 30m, 6h o 2d"))
        }
        return duration
    }

    /// Every word after the options.
    package var arguments: [String] { line.words }

    /// The word at the place of `placeholder`; nil when it was left out.
    package func argument(_ placeholder: String) -> String? {
        arguments(placeholder).first
    }

    /// The words at the place of `placeholder`: all that are left for one that repeats.
    package func arguments(_ placeholder: String) -> [String] {
        let declared = line.command.arguments
        guard let place = declared.firstIndex(where: { $0.placeholder == placeholder }) else {
            preconditionFailure("\(line.name) declares no argument \(placeholder)")
        }
        let rest = line.words.dropFirst(place)
        return declared[place].repeats ? Array(rest) : Array(rest.prefix(1))
    }

    /// What a word that was read as an argument may have meant: a command, perhaps.
    package func misplaced(_ word: String) -> UsageMistake? {
        Suggestion.misplaced(word, under: line.path)
    }

    private func assertDeclared(_ long: String) {
        let known = line.path.contains { $0.options.contains { $0.long == long } }
        precondition(
            known || GlobalOptions.all.contains { $0.long == long },
            "\(line.name) declares no option --\(long)")
    }

    // MARK: Results, on standard output

    /// A line of the result. On a terminal, control characters in it become visible.
    package func print(_ text: String = "") throws(StreamError) {
        let isShown = world.terminal.isTerminal(.output)
        let shown = isShown ? Printable.escape(text, keepingLines: true) : text
        try world.standardOutput.write(shown + "\n")
    }

    /// A sentence, broken between words where a terminal would cut it.
    package func print(_ text: Text) throws(StreamError) {
        try print(filled(text(language), on: .output))
    }

    package func print(bytes: Span<UInt8>) throws(StreamError) {
        try world.standardOutput.write(bytes)
    }

    package func printJSON(_ value: JSON) throws(StreamError) {
        try world.standardOutput.write(value.serialized + "\n")
    }

    // MARK: Everything else, on standard error

    /// What the person may want to know; `--quiet` silences it.
    package func say(_ text: Text) {
        guard !quiet else { return }
        write(filled(Printable.escape(text(language), keepingLines: true), on: .error) + "\n")
    }

    /// That a change was made, for whoever sits at a terminal; scripts learn it from the exit code.
    package func acknowledge(_ text: Text) {
        if world.terminal.isTerminal(.error) { say(text) }
    }

    /// What the person must know; nothing silences it.
    package func warn(_ text: Text) {
        let label = Text(en: "warning", es: "aviso")(language)
        tell(label, style.strong, text)
    }

    func report(_ failure: Failure) {
        tell("error", style.alarm, failure.message)
        if let hint = failure.hint { tell("hint", style.strong, hint) }
    }

    /// - Parameter emphasis: Makes the label stand out; it takes no columns.
    private func tell(_ label: String, _ emphasis: (String) -> String, _ text: Text) {
        let opening = "amparo: \(label): "
        let words = filled(
            Printable.escape(text(language)), on: .error, indent: 4, first: opening.count)
        write("amparo: \(emphasis(label)): \(words)\n")
    }

    /// - Parameter stream: Where the words are shown; nil is the terminal that questions go to.
    package func filled(
        _ text: String, on stream: StandardStream?, indent: Int = 0, first: Int = 0
    ) -> String {
        guard stream.map(world.terminal.isTerminal) ?? true, let width = world.terminal.width
        else { return text }
        // Short lines are read from the last row.
        let limit = isProjected ? 60 : .max
        return Layout.fill(
            text, width: min(max(width, 20), limit), indent: indent, first: first)
    }

    /// Where standard error leads nowhere, there is nobody left to tell.
    func write(_ text: String) { try? world.standardError.write(text) }
}
