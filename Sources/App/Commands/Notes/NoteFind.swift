internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

extension NoteCommands {
    static let find = Command(
        "find", aliases: ["search"], spanish: ["busca", "buscar", "encontrar"],
        Text(
            en: "Find notes; case and accents do not matter",
            es: "Busca apuntes; no importan mayúsculas ni acentos"),
        why: Text(
            en: """
                What you search for is not stored in the vault. Typed on the command line it may \
                enter your shell's history: leave it out, and amparo asks for it.
                """,
            es: """
                Lo que buscas no se guarda en la bóveda. Si lo escribes en la línea de comandos puede \
                quedar en el historial del shell: déjalo fuera y amparo te lo pregunta.
                """),
        options: [
            .flag("trash", Text(en: "in the trash", es: "en la papelera"))
        ],
        arguments: [
            Argument(
                "WORDS", .repeating,
                Text(
                    en: "Words, \"phrases\", tag:NAME, before:2026-01-31, after:2026-01-31",
                    es: "Palabras, \"frases\", tag:NOMBRE, before:2026-01-31, after:2026-01-31"))
        ],
        examples: [
            "amparo note find puerto", "amparo note find '\"aguas profundas\" tag:veracruz'",
        ]
    ) { invocation in
        var words = invocation.arguments("WORDS")
        if words.isEmpty {
            words = [
                try invocation.ask(
                    Text(en: "what are you looking for?", es: "¿qué buscas?"),
                    instead: "amparo note find ...")
            ]
        }
        let search = try Search(parsing: words.joined(separator: " "))
        let time = LocalTime(invocation.world)
        let inTrash = invocation.flag("trash")
        let result = try invocation.withVault { vault in
            try Notebook(vault).find(search, inTrash: inTrash, day: time.date(of:))
        }
        let matches = result.matches.sorted {
            ($0.note.modified, $0.note.id) > ($1.note.modified, $1.note.id)
        }
        let notes = matches.map(\.note)
        if invocation.json {
            try invocation.printJSON([
                "notes": .list(notes.map { json($0) }),
                "unreadable": .list(result.unreadable.map { json($0) }),
            ])
            return try requireReadable(result, invocation)
        }
        var found: [String] = []
        for (line, match) in zip(invocation.folded(columns: rows(notes, invocation)), matches) {
            found.append(line)
            guard !match.line.isEmpty else { continue }
            let quoted = Printable.escape(shortened(match.line))
            found.append("    " + invocation.filled(quoted, on: .output, indent: 4, first: 4))
        }
        try invocation.show(found)
        if notes.isEmpty {
            invocation.say(Text(en: "nothing found", es: "no se encontró nada"))
        }
        try requireReadable(result, invocation)
    }

    /// What was found is shown first; then that there may be more, in texts that are damaged.
    private static func requireReadable(
        _ result: Notebook.Found, _ invocation: Invocation
    ) throws(Failure) {
        guard !result.unreadable.isEmpty else { return }
        for line in Columns.lines(rows(result.unreadable, invocation)) {
            invocation.warn(
                Text(en: "could not be searched: \(line)", es: "no se pudo buscar en: \(line)"))
        }
        throw Failure(
            .damaged,
            Text(
                en: "the text of \(result.unreadable.count) of your notes is damaged",
                es: "está dañado el texto de \(result.unreadable.count) de tus apuntes"),
            hint: Text(
                en: "see what was lost: amparo vault check; a copy may still have it",
                es: "mira qué se perdió: amparo vault check; quizá una copia lo tenga"))
    }

    /// A line of a list shows the beginning; the note shows the rest.
    private static func shortened(_ line: String) -> String {
        line.count <= 100 ? line : line.prefix(99) + "…"
    }
}
