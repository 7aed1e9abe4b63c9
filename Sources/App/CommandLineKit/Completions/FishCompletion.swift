package import Wording

/// A completion script for fish, with the help of each option beside it.
package enum FishCompletion {
    package static func script(_ root: Command, language: Language) -> String {
        let table = CompletionTable(root)
        let at = "__\(table.program)_at"
        var out = """
            # fish completion for \(table.program)
            # Succeeds when the command typed so far is the one given.
            function \(at)
                set -l key ''
                set -l skip 0
                for word in (commandline -opc)[2..-1]
                    if test $skip = 1
                        set skip 0
                        continue
                    end
                    switch "$key/$word"

            """
        for row in table.rows {
            for child in row.command.subcommands {
                let key = row.key.isEmpty ? child.name : "\(row.key) \(child.name)"
                let words = ([child.name] + child.aliases).map { shellQuoted("\(row.key)/\($0)") }
                out += "            case \(words.joined(separator: " "))\n"
                out += "                set key \(shellQuoted(key))\n"
            }
        }
        for option in GlobalOptions.all where option.placeholder != nil {
            let words = option.spellings.map { "'*/\($0)'" }.joined(separator: " ")
            out += "            case \(words)\n                set skip 1\n"
        }
        for row in table.rows {
            let spellings = row.command.options.filter { $0.placeholder != nil }
                .flatMap(\.spellings)
            guard !spellings.isEmpty else { continue }
            let words = spellings.map { shellQuoted("\(row.key)/\($0)") }.joined(separator: " ")
            out += "            case \(words)\n                set skip 1\n"
        }
        out += """
                    end
                end
                test "$key" = "$argv[1]"
            end
            complete -c \(table.program) -f

            """
        for option in GlobalOptions.all {
            out += "complete -c \(table.program)" + spec(option, language)
        }
        for row in table.rows {
            let condition = "complete -c \(table.program) -n \"\(at) '\(row.key)'\""
            for child in row.command.subcommands {
                let text = shellQuoted(child.summary(language))
                out += "\(condition) -a \(child.name) -d \(text)\n"
            }
            let inherited = Set(GlobalOptions.all.map(\.long))
            for option in row.options where !inherited.contains(option.long) {
                out += condition + spec(option, language)
            }
            for argument in row.command.arguments {
                switch Placeholder(argument.placeholder) {
                case .file, .folder: out += "\(condition) -F\n"
                case .words(let words):
                    out += "\(condition) -a \(shellQuoted(words.joined(separator: " ")))\n"
                case .free: break
                }
            }
        }
        return out
    }

    private static func spec(_ option: Option, _ language: Language) -> String {
        var out = " -l \(option.long)"
        if let short = option.short { out += " -s \(short)" }
        out += " -d \(shellQuoted(option.help(language)))"
        if option.placeholder != nil {
            switch option.offer {
            case .free: out += " -x"
            case .file, .folder: out += " -r -F"
            case .words(let words): out += " -x -a \(shellQuoted(words.joined(separator: " ")))"
            }
        }
        return out + "\n"
    }
}
