/// Finds what somebody probably meant.
package enum Nearest {
    /// The candidate closest to `word`, if it is close enough to be worth saying.
    package static func word(to word: String, in candidates: [String]) -> String? {
        guard word.utf8.count <= 64 else { return nil }
        // One slip in a short word, two in a long one; more is guessing.
        let reach = word.count <= 4 ? 1 : 2
        let close = candidates.map { (name: $0, distance: distance(word, $0)) }
            .filter { $0.distance <= reach }
            // Of three letters another first one makes another word: `--for` is no slip of `--tor`.
            .filter { word.count > 3 || $0.name.first == word.first }
        if let best = close.min(by: { $0.distance < $1.distance }) { return best.name }
        // `--pass` for `--passphrase-fd`, as long as it could be no other.
        let longer = candidates.filter { word.count >= 3 && $0.hasPrefix(word) }
        return longer.count == 1 ? longer[0] : nil
    }

    /// Damerau–Levenshtein distance (optimal string alignment): insert, delete, replace, or swap
    /// two neighbours.
    static func distance(_ left: String, _ right: String) -> Int {
        let a = Array(left)
        let b = Array(right)
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
                var best = min(replaced, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, beforeLast[j - 1] + 1)
                }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}

/// What to propose for words that name no command.
enum Suggestion {
    /// - Parameter words: At least one; those that follow may complete the command.
    static func mistake(for words: [String], under path: [Command]) -> UsageMistake {
        var command = path[path.count - 1]
        var names = path.dropFirst().map(\.name)
        // What led here is repeated, so that the words can be found on the line.
        var typed = names
        var isWord = false
        for word in words {
            guard let found = match(word, in: command) else { break }
            typed.append(word)
            names.append(found.name)
            command = found
            isWord = found.spanish.map(fold).contains(fold(word))
            if command.subcommands.isEmpty { break }
        }
        // `bien` means what people are told to type, not the name in the table.
        if isWord { names[names.count - 1] = command.spoken }
        guard typed.count > path.count - 1 else {
            let all = typed + words.prefix(1)
            let deeper = words.first.flatMap { below($0, in: command) }
            return .unknownCommand(
                all.joined(separator: " "),
                suggestion: deeper.map { (names + $0).joined(separator: " ") })
        }
        return .unknownCommand(
            typed.joined(separator: " "), suggestion: names.joined(separator: " "))
    }

    /// A word in the place of an argument that names a command in Spanish, one a level further
    /// down, or one of a later version; nil when it is none of these.
    ///
    /// - Parameter rest: Repeated in the proposal: `plan simulate xalapa` can be typed as it stands.
    static func misplaced(
        _ word: String, _ rest: [String] = [], under path: [Command]
    ) -> UsageMistake? {
        let command = path[path.count - 1]
        let names = path.dropFirst().map(\.name)
        let typed = (names + [word]).joined(separator: " ")
        let wanted = fold(word)
        if command.later.contains(wanted) {
            return .notYet(typed, of: path.map(\.name).joined(separator: " "))
        }
        // Without work of its own, the ordinary search for what was meant knows more.
        guard command.run != nil else { return nil }
        for below in command.subcommands {
            if below.spanish.map(fold).contains(wanted) {
                return .unknownCommand(
                    typed, suggestion: (names + [below.name] + rest).joined(separator: " "))
            }
        }
        for below in command.subcommands {
            if below.later.contains(wanted) {
                return .notYet(typed, of: path.map(\.name).joined(separator: " "))
            }
            let found = below.subcommands.first {
                $0.name == wanted || $0.aliases.contains(wanted)
                    || $0.spanish.map(fold).contains(wanted)
            }
            if let found {
                return .unknownCommand(
                    typed,
                    suggestion: (names + [below.name, found.name] + rest)
                        .joined(separator: " "))
            }
        }
        return nil
    }

    /// `note find` for `buscar`: the only command below one of these that goes by `word`.
    private static func below(_ word: String, in command: Command) -> [String]? {
        let wanted = fold(word)
        let found = command.subcommands.flatMap { child in
            child.subcommands.filter { grandchild in
                ([grandchild.name] + grandchild.aliases + grandchild.spanish.map(fold))
                    .contains(wanted)
            }.map { [child.name, $0.name] }
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The option that `name`, without its dashes, probably means, as it is typed.
    static func option(for name: String, in options: [Option]) -> String? {
        let wanted = fold(name)
        if let named = options.first(where: { $0.spanish.map(fold).contains(wanted) }) {
            return "--\(named.long)" + (named.short.map { " (-\($0))" } ?? "")
        }
        return Nearest.word(to: name, in: options.map(\.long)).map { "--" + $0 }
    }

    /// Exact, then Spanish, then a slip in either language.
    private static func match(_ word: String, in command: Command) -> Command? {
        let wanted = fold(word)
        // Meant for the terminal, not a slip of `crear`.
        guard !["clear", "cls"].contains(wanted) else { return nil }
        if let exact = command.subcommand(wanted) { return exact }
        if let spanish = command.subcommands.first(where: { $0.spanish.map(fold).contains(wanted) })
        {
            return spanish
        }
        let spellings = command.subcommands.flatMap {
            [$0.name] + $0.aliases + $0.spanish.map(fold)
        }
        guard let near = Nearest.word(to: wanted, in: spellings) else { return nil }
        return command.subcommands.first {
            $0.name == near || $0.aliases.contains(near) || $0.spanish.map(fold).contains(near)
        }
    }

    /// Small letters without accents: `Bóveda` and `boveda` are the same try.
    static func fold(_ word: String) -> String {
        let plain: [Character: Character] = [
            "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n",
        ]
        return String(word.lowercased().map { plain[$0] ?? $0 })
    }
}
