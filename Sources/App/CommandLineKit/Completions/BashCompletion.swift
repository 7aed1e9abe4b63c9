/// A completion script for bash. It knows the table only: completing never opens the vault.
package enum BashCompletion {
    package static func script(_ root: Command) -> String {
        let table = CompletionTable(root)
        return """
            # bash completion for \(table.program)
            _\(table.program)() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
                local key='' skip='' word i offer='' words='' options='' files=''
                COMPREPLY=()
                # Bash gives "--option=value" as three words.
                if [[ $cur == '=' ]]; then cur=''; prev=${COMP_WORDS[COMP_CWORD-1]}
                elif [[ $prev == '=' ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ $word == '=' ]]; then skip=1; continue; fi
                    if [[ $skip ]]; then skip=''; continue; fi
                    if [[ $word == -* ]]; then
                        case "$key $word" in
            \(lines(valueTakers(table), indent: 12))
                        esac
                        continue
                    fi
                    case "$key/$word" in
            \(lines(steps(table), indent: 8))
                    esac
                done
                case "$key $prev" in
            \(lines(offers(table), indent: 4))
                esac
                case $offer in
                    '') ;;
                    files) COMPREPLY=($(compgen -f -- "$cur")); return ;;
                    folders) COMPREPLY=($(compgen -d -- "$cur")); return ;;
                    nothing) return ;;
                    *) COMPREPLY=($(compgen -W "${offer#=}" -- "$cur")); return ;;
                esac
                case "$key" in
            \(lines(words(table), indent: 4))
                esac
                options+=' \(globals)'
                if [[ $cur == -* || -z $words$files ]]; then words=$options; files=''; fi
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
                if [[ $files ]]; then COMPREPLY+=($(compgen -f -- "$cur")); fi
            }
            complete -o filenames -F _\(table.program) \(table.program)

            """
    }

    private static var globals: String {
        GlobalOptions.all.flatMap(\.spellings).joined(separator: " ")
    }

    private static func lines(_ lines: [String], indent: Int) -> String {
        let margin = String(repeating: " ", count: indent + 4)
        return lines.map { margin + $0 }.joined(separator: "\n")
    }

    /// Words that lead from a command to one below it.
    private static func steps(_ table: CompletionTable) -> [String] {
        table.rows.flatMap { row in
            row.command.subcommands.map { child in
                let patterns = ([child.name] + child.aliases).map {
                    shellQuoted("\(row.key)/\($0)")
                }
                let key = row.key.isEmpty ? child.name : "\(row.key) \(child.name)"
                return "\(patterns.joined(separator: "|"))) key=\(shellQuoted(key)) ;;"
            }
        }
    }

    /// Options whose next word is a value: own ones by command, global ones for all.
    private static func valueTakers(_ table: CompletionTable) -> [String] {
        patterns(table).map { "\($0.pattern)) skip=1 ;;" }
    }

    private static func offers(_ table: CompletionTable) -> [String] {
        patterns(table).map { pattern, option in
            let offer =
                switch option.offer {
                case .free: "nothing"
                case .file: "files"
                case .folder: "folders"
                case .words(let words): shellQuoted("=" + words.joined(separator: " "))
                }
            return "\(pattern)) offer=\(offer) ;;"
        }
    }

    private static func patterns(
        _ table: CompletionTable
    ) -> [(pattern: String, option: Option)] {
        func taking(_ options: [Option]) -> [Option] { options.filter { $0.placeholder != nil } }
        let own = table.rows.flatMap { row in
            // A command's options may also be given after the name of one below it.
            taking(row.command.options).map { option in
                let places =
                    row.command.subcommands.isEmpty ? [row.key] : [row.key, row.key + " *"]
                let spelled = places.flatMap { place in
                    option.spellings.map { Self.glob("\(place) \($0)") }
                }
                return (spelled.joined(separator: "|"), option)
            }
        }
        let global = taking(GlobalOptions.all).map { option in
            (option.spellings.map { "*" + shellQuoted(" " + $0) }.joined(separator: "|"), option)
        }
        return own + global
    }

    /// Quoted, but for the star.
    private static func glob(_ text: String) -> String {
        text.split(separator: "*", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : shellQuoted(String($0)) }.joined(separator: "*")
    }

    private static func words(_ table: CompletionTable) -> [String] {
        table.rows.map { row in
            let words =
                row.command.subcommands.map(\.name)
                + row.command.arguments.flatMap { $0.choices ?? [] }
            let globals = Set(GlobalOptions.all.map(\.long))
            let options = row.options.filter { !globals.contains($0.long) }.flatMap(\.spellings)
            let takesFiles = row.command.arguments.contains {
                switch Placeholder($0.placeholder) {
                case .file, .folder: true
                case .free, .words: false
                }
            }
            let parts = [
                words.isEmpty ? nil : "words=\(shellQuoted(words.joined(separator: " ")))",
                options.isEmpty ? nil : "options=\(shellQuoted(options.joined(separator: " ")))",
                takesFiles ? "files=1" : nil,
            ]
            return "\(shellQuoted(row.key))) \(parts.compactMap(\.self).joined(separator: " ")) ;;"
        }
    }
}
