package import Wording

/// A completion script for zsh, with the help of each option beside it.
package enum ZshCompletion {
    package static func script(_ root: Command, language: Language) -> String {
        let table = CompletionTable(root)
        var out = "#compdef \(table.program)\n"
        for row in table.rows { out += function(row, table, language) }
        // Works both as a file in $fpath and when it is sourced.
        out += """
            if [ "$funcstack[1]" = "_\(table.program)" ]; then
                _\(table.program) "$@"
            else
                compdef _\(table.program) \(table.program)
            fi

            """
        return out
    }

    private static func name(_ key: String, _ table: CompletionTable) -> String {
        let words = key.split(separator: " ").map { "_" + $0 }.joined()
        return "_" + table.program + words
    }

    private static func function(
        _ row: CompletionTable.Row, _ table: CompletionTable, _ language: Language
    ) -> String {
        var specs = row.options.map { spec($0, language) }
        let children = row.command.subcommands
        var out = "\(name(row.key, table))() {\n"
        if children.isEmpty {
            specs += row.command.arguments.map { spec($0, language) }
            out += "    _arguments -s -S \\\n"
            out += specs.map { "        \($0)" }.joined(separator: " \\\n") + "\n}\n"
            return out
        }
        specs += ["'1: :->command'", "'*:: :->rest'"]
        out += "    local curcontext=$curcontext state line\n    _arguments -s -C \\\n"
        out += specs.map { "        \($0)" }.joined(separator: " \\\n") + "\n"
        out += "    case $state in\n    command)\n        local -a commands=(\n"
        for child in children {
            let text = escaped(child.summary(language), alsoColons: false)
            out += "            '\(child.name):\(text)'\n"
        }
        out += "        )\n        _describe command commands\n"
        // A command that also works alone takes its own words in the same place.
        if let first = row.command.arguments.first, row.command.run != nil {
            out += "        \(action(Placeholder(first.placeholder), outside: true))\n"
        }
        out += "        ;;\n    rest)\n        case $line[1] in\n"
        for child in children {
            let key = row.key.isEmpty ? child.name : "\(row.key) \(child.name)"
            let names = ([child.name] + child.aliases).joined(separator: "|")
            out += "        \(names)) \(name(key, table)) ;;\n"
        }
        out += "        esac\n        ;;\n    esac\n}\n"
        return out
    }

    private static func spec(_ option: Option, _ language: Language) -> String {
        let help = "[\(escaped(option.help(language)))]"
        let value =
            option.placeholder.map { placeholder in
                let shown = escaped(Placeholder.shown(placeholder)(language))
                return ":\(shown):\(action(option.offer, outside: false))"
            }
            ?? ""
        let mark = option.placeholder == nil ? "" : "="
        let star = option.repeats ? "*" : ""
        guard let short = option.short else {
            return "'\(star)--\(option.long)\(mark)\(help)\(value)'"
        }
        let rivals = option.repeats ? "'*'" : "'(-\(short) --\(option.long))'"
        let glued = option.placeholder == nil ? "" : "+"
        return "\(rivals){-\(short)\(glued),--\(option.long)\(mark)}'\(help)\(value)'"
    }

    private static func spec(_ argument: Argument, _ language: Language) -> String {
        let offer = action(Placeholder(argument.placeholder), outside: false)
        let place = argument.repeats ? "*" : argument.isRequired ? "" : ":"
        let shown = escaped(Placeholder.shown(argument.placeholder)(language))
        return "'\(place):\(shown):\(offer)'"
    }

    private static func action(_ offer: Placeholder, outside: Bool) -> String {
        switch offer {
        case .free: outside ? ":" : " "
        case .file: "_files"
        case .folder: "_files -/"
        case .words(let words):
            outside
                ? "compadd \(words.joined(separator: " "))" : "(\(words.joined(separator: " ")))"
        }
    }

    /// For inside single quotes in a specification of `_arguments`.
    private static func escaped(_ text: String, alsoColons: Bool = true) -> String {
        var out = ""
        for character in text {
            switch character {
            case "'": out += "'\\''"
            case "[", "]", "\\": out += "\\\(character)"
            case ":" where alsoColons: out += "\\:"
            default: out.append(character)
            }
        }
        return out
    }
}
