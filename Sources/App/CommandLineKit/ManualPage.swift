package import Wording

/// A manual page in roff: of the program, or of one command with everything below it.
package struct ManualPage {
    private let language: Language
    private var out = ""

    /// - Parameter version: As in `amparo 0.1.0`.
    package static func render(_ path: [Command], language: Language, version: String) -> String {
        var page = ManualPage(language: language)
        page.write(path, version: version)
        return page.out
    }

    private init(language: Language) { self.language = language }

    /// `amparo`, `amparo-note`: the name that `man` looks for.
    package static func name(of path: [Command]) -> String {
        path.map(\.name).joined(separator: "-")
    }

    private mutating func write(_ path: [Command], version: String) {
        let command = path[path.count - 1]
        let name = Self.name(of: path)
        let group = Text(en: "Amparo Manual", es: "Manual de Amparo")
        line(
            #".TH "\#(escape(name.uppercased()))" 1 "" "\#(escape(version))" "\#(group(language))""#
        )
        // Only words break, never hyphens: commands are copied from here.
        line(".nh")
        section(Text(en: "NAME", es: "NOMBRE"))
        line("\(escape(name)) \\- \(escape(command.summary(language)))")
        section(Text(en: "SYNOPSIS", es: "SINOPSIS"))
        synopsis(path)
        if let why = command.why {
            section(Text(en: "DESCRIPTION", es: "DESCRIPCIÓN"))
            paragraphs(why(language))
        }
        body(command)
        if path.count == 1 {
            commands(command)
            program()
        } else {
            subcommands(of: path)
            section(Text(en: "SEE ALSO", es: "VÉASE TAMBIÉN"))
            line(".BR \(escape(path[0].name)) (1)")
        }
    }

    // MARK: One command

    private mutating func synopsis(_ path: [Command]) {
        for (index, usage) in HelpPage.usage(path, language).enumerated() {
            if index > 0 { line(".br") }
            line(".B \(escape(usage))")
        }
    }

    private mutating func body(_ command: Command) {
        table(Text(en: "ARGUMENTS", es: "ARGUMENTOS"), command.arguments.map(entry))
        table(Text(en: "OPTIONS", es: "OPCIONES"), command.options.map(entry))
        examples(command)
    }

    private mutating func examples(_ command: Command) {
        guard !command.examples.isEmpty else { return }
        section(Text(en: "EXAMPLES", es: "EJEMPLOS"))
        code(command.examples)
    }

    private mutating func code(_ lines: [String]) {
        line(".nf")
        for text in lines { line("    " + escape(text)) }
        line(".fi")
    }

    private mutating func subcommands(of path: [Command]) {
        let children = path[path.count - 1].subcommands
        if children.isEmpty { return }
        if path.count == 2 { section(Text(en: "COMMANDS", es: "COMANDOS")) }
        for child in children {
            let whole = path + [child]
            line(#".SS "\#(escape(whole.dropFirst().map(\.name).joined(separator: " ")))""#)
            synopsis(whole)
            line(".PP")
            line(escape(child.summary(language)))
            if let why = child.why {
                line(".PP")
                paragraphs(why(language))
            }
            for (tag, text) in child.arguments.map(entry) + child.options.map(entry) {
                item(tag, text)
            }
            guard !child.examples.isEmpty else { continue }
            line(".PP")
            code(child.examples)
            subcommands(of: whole)
        }
    }

    // MARK: The program

    private mutating func commands(_ root: Command) {
        section(Text(en: "COMMANDS", es: "COMANDOS"))
        for child in root.subcommands {
            item(child.name, child.summary)
        }
    }

    private mutating func program() {
        table(
            Text(en: "OPTIONS FOR EVERY COMMAND", es: "OPCIONES DE TODOS LOS COMANDOS"),
            GlobalOptions.all.map(entry))
        section(Text(en: "EXIT STATUS", es: "CÓDIGOS DE SALIDA"))
        for code in ExitCode.allCases { item(String(code.rawValue), code.meaning) }
        section(Text(en: "ENVIRONMENT", es: "VARIABLES DE ENTORNO"))
        for (name, text) in Self.environment { item(name, text) }
    }

    private static let environment: [(String, Text)] = [
        (
            "AMPARO_HOME",
            Text(
                en: "The folder that holds everything; else XDG_DATA_HOME/amparo, "
                    + "else ~/.local/share/amparo",
                es: "La carpeta donde está todo; si no, XDG_DATA_HOME/amparo, "
                    + "y si no, ~/.local/share/amparo")
        ),
        (
            "LC_ALL, LC_MESSAGES, LANG",
            Text(
                en: "The language, until one is chosen with 'amparo config lang'",
                es: "El idioma, mientras no elijas uno con «amparo config lang»")
        ),
        ("NO_COLOR", Text(en: "If set, no colours", es: "Si tiene valor, sin colores")),
    ]

    // MARK: Roff

    private func entry(_ argument: Argument) -> (String, Text) {
        (Placeholder.shown(argument.placeholder)(language), argument.help)
    }

    private func entry(_ option: Option) -> (String, Text) {
        (String(option.spelling(language).drop { $0 == " " }), option.help)
    }

    private mutating func table(_ title: Text, _ rows: [(String, Text)]) {
        guard !rows.isEmpty else { return }
        section(title)
        for (tag, text) in rows { item(tag, text) }
    }

    private mutating func item(_ tag: String, _ text: Text) {
        line(".TP")
        // A long list of choices may be broken between two of them. Source: groff(7), "\\:".
        let pieces = escape(tag).split(separator: "|", omittingEmptySubsequences: false)
        line(".B " + pieces.joined(separator: tag.count > 60 ? "|\\:" : "|"))
        line(escape(text(language)))
    }

    private mutating func section(_ title: Text) { line(#".SH "\#(title(language))""#) }

    private mutating func paragraphs(_ text: String) {
        for (index, paragraph) in text.split(separator: "\n").enumerated() {
            if index > 0 { line(".PP") }
            line(escape(String(paragraph)))
        }
    }

    private mutating func line(_ text: String) { out += text + "\n" }

    /// Source: groff_char(7): an unescaped `-` may be set as a hyphen, which a shell does not take;
    /// a line must not begin with `.` or `'`.
    private func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "\"": escaped += "\\(dq"
            case "'": escaped += "\\(aq"
            case "~": escaped += "\\(ti"
            case "^": escaped += "\\(ha"
            case "`": escaped += "\\(ga"
            default: escaped.append(character)
            }
        }
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }
}
