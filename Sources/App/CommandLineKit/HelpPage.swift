package import Wording

/// What `--help` shows of a command.
package struct HelpPage {
    private let language: Language
    private let width: Int
    private let heading: (String) -> String
    private var out = ""

    /// - Parameters:
    ///   - width: Columns to fill.
    ///   - heading: Makes a heading stand out.
    package static func render(
        _ path: [Command], language: Language, width: Int = 80,
        heading: @escaping (String) -> String = { $0 }
    ) -> String {
        var page = HelpPage(
            language: language, width: min(max(width, 40), 100), heading: heading)
        page.write(path)
        return page.out
    }

    private init(language: Language, width: Int, heading: @escaping (String) -> String) {
        self.language = language
        self.width = width
        self.heading = heading
    }

    private mutating func write(_ path: [Command]) {
        let command = path[path.count - 1]
        let isRoot = path.count == 1
        out += wrap(command.summary(language), indent: 0, first: 0) + "\n"
        section(Text(en: "Usage", es: "Uso"))
        for line in Self.usage(path, language) { out += "  \(line)\n" }
        if !command.aliases.isEmpty {
            let also = Text(en: "also", es: "también")(language)
            out += "  (\(also): \(command.aliases.joined(separator: ", ")))\n"
        }
        table(Text(en: "Commands", es: "Comandos"), command.subcommands.map(row))
        table(Text(en: "Arguments", es: "Argumentos"), command.arguments.map(row))
        table(Text(en: "Options", es: "Opciones"), path.flatMap(\.options).map(row))
        if isRoot {
            table(
                Text(en: "Options for every command", es: "Opciones de todos los comandos"),
                GlobalOptions.all.map(row))
        }
        if !command.examples.isEmpty {
            section(Text(en: "Examples", es: "Ejemplos"))
            for example in command.examples { out += "  \(example)\n" }
        }
        out += "\n"
        if isRoot {
            out += line(
                Text(
                    en: "A menu that leads you: amparo",
                    es: "Un menú que te guía: amparo"))
            out += line(
                Text(
                    en: "More about one: amparo COMMAND --help, and why: amparo COMMAND --why",
                    es: "Más de cada uno: amparo COMANDO --help, y por qué: amparo COMANDO --why"))
        } else {
            out += line(
                Text(
                    en: "Options for every command: amparo --help",
                    es: "Opciones de todos los comandos: amparo --help"))
        }
    }

    /// One line for the command itself, one for its subcommands.
    static func usage(_ path: [Command], _ language: Language) -> [String] {
        let command = path[path.count - 1]
        let name = path.map(\.name).joined(separator: " ")
        var lines: [String] = []
        if command.run != nil {
            let hasOptions = path.contains { !$0.options.isEmpty }
            let words = command.arguments.map { argument in
                let dots = argument.repeats ? "..." : ""
                let name = Placeholder.shown(argument.placeholder)(language) + dots
                return argument.isRequired ? name : "[\(name)]"
            }
            let options = Text(en: "[OPTION...]", es: "[OPCIÓN...]")(language)
            lines.append(([name] + (hasOptions ? [options] : []) + words).joined(separator: " "))
        }
        if !command.subcommands.isEmpty {
            lines.append(name + Text(en: " COMMAND ...", es: " COMANDO ...")(language))
        }
        return lines
    }

    private func row(_ command: Command) -> (String, Text) {
        (([command.name] + command.aliases).joined(separator: ", "), command.summary)
    }
    private func row(_ argument: Argument) -> (String, Text) {
        (Placeholder.shown(argument.placeholder)(language), argument.help)
    }
    private func row(_ option: Option) -> (String, Text) {
        (option.spelling(language), option.help)
    }

    private mutating func section(_ title: Text) { out += "\n\(heading(title(language)))\n" }

    private mutating func table(_ title: Text, _ rows: [(String, Text)]) {
        guard !rows.isEmpty else { return }
        section(title)
        let column = min((rows.map(\.0.count).max() ?? 0) + 4, width / 3)
        for (name, text) in rows {
            let left = "  " + name
            if left.count + 2 > column {
                out += left + "\n" + String(repeating: " ", count: column)
            } else {
                out += left + String(repeating: " ", count: column - left.count)
            }
            out += wrap(text(language), indent: column, first: column) + "\n"
        }
    }

    private func line(_ text: Text) -> String { wrap(text(language), indent: 0, first: 0) + "\n" }

    private func wrap(_ text: String, indent: Int, first: Int) -> String {
        Layout.wrap(text, width: width, indent: indent, first: first)
    }
}

extension Option {
    /// `-r, --recipient KEY`, with room for a short form where there is none.
    func spelling(_ language: Language) -> String {
        let letter = short.map { "-\($0), " } ?? "    "
        let value = placeholder.map { " " + Placeholder.shown($0)(language) } ?? ""
        return letter + "--\(long)" + value + (repeats ? "..." : "")
    }
}
