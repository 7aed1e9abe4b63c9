internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

extension NoteCommands {
    static let new = Command(
        "new", spanish: ["nuevo", "nueva", "crear", "escribir"],
        Text(en: "Write a note", es: "Escribe un apunte"),
        why: Text(
            en: """
                The note goes from your keyboard or a pipe straight into the vault; no draft lies on \
                the disk. A title typed on the command line may enter your shell's history: leave it \
                out, and amparo asks for it.
                """,
            es: """
                El apunte va del teclado o de un tubo directo a la bóveda; ningún borrador queda en \
                el disco. Un título escrito en la línea de comandos puede quedar en el historial del \
                shell: déjalo fuera y amparo te lo pregunta.
                """),
        options: [
            .value("title", "TITLE", Text(en: "its title", es: "su título")),
            .value(
                "tag", short: "t", "TAG", repeats: true,
                Text(en: "a tag; may be given again", es: "una etiqueta; se puede repetir")),
        ],
        examples: [
            "amparo note new", "amparo note new --title 'Puerto' --tag veracruz < notes.txt",
        ]
    ) { invocation in
        try Notebook.check(tags: invocation.values("tag"))
        let (title, body) = try content(invocation)
        let tags = invocation.values("tag")
        let id = try invocation.withVault { vault in
            try Notebook(vault).add(title: title, body: body, tags: tags)
        }
        try invocation.print(id.description)
    }

    /// Title and text, before any passphrase is asked for: what was typed must not be lost to a
    /// wrong one, and what is no note must not cost one.
    private static func content(_ invocation: Invocation) throws -> (String, [UInt8]) {
        let world = invocation.world
        let isTyped = world.terminal.isTerminal(.input)
        var title = invocation.value("title")
        if title == nil, isTyped {
            title = try invocation.ask(Text(en: "title:", es: "título:"), instead: "--title")
        }
        if isTyped {
            invocation.say(
                Text(
                    en: "write; finish with Ctrl-D on an empty line, or drop it all with Ctrl-C",
                    es: "escribe; termina con Ctrl-D en una línea vacía, o déjalo todo con Ctrl-C"))
        }
        guard let body = try world.standardInput.readAll(limit: Notebook.bodyLimit) else {
            throw NotebookError.bodyTooLong(limit: Notebook.bodyLimit)
        }
        return (title ?? "", body)
    }
}
