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
            .value(
                "template", templates, spanish: ["plantilla"],
                Text(en: "begin with a form", es: "empieza con un formulario")),
            ownEditor,
        ],
        examples: [
            "amparo note new", "amparo note new --template incident",
            "amparo note new --title 'Puerto' --tag veracruz < notes.txt",
        ]
    ) { invocation in
        let tags = invocation.values("tag")
        try Notebook.check(tags: tags)
        let title = invocation.value("title")
        if let title { try Notebook.check(title: title) }
        try requireTerminalForEditor(invocation)
        // What comes through a pipe is read first: no passphrase for what is no note. What is
        // typed is typed into an open vault: an hour's work must not be lost to a slip.
        let template = invocation.value("template").flatMap(NoteTemplate.init(rawValue:))
        guard !invocation.world.terminal.isTerminal(.input) else {
            return try writeOnTerminal(invocation, tags: tags, template)
        }
        guard var body = try invocation.world.standardInput.readAll(limit: Notebook.bodyLimit)
        else { throw NotebookError.bodyTooLong(limit: Notebook.bodyLimit) }
        if body.isEmpty, let template { body = Array(template.body(in: invocation.language).utf8) }
        let id = try invocation.withVault { [body] vault in
            try Notebook(vault).add(
                title: title ?? "", body: body, tags: tags, template: template?.rawValue)
        }
        try kept(id, invocation)
    }

    /// What can be asked for: `interview|incident|…`.
    private static let templates = NoteTemplate.allCases.map(\.rawValue).joined(separator: "|")

    private static func writeOnTerminal(
        _ invocation: Invocation, tags: [String], _ template: NoteTemplate?
    ) throws {
        let vault = try invocation.openVault()
        invocation.announce(vault)
        do {
            try Interrupts.check()
            try vault.requireWritable()
        } catch {
            // The visit belongs to having opened it.
            _ = try? vault.commit()
            throw error
        }
        // Line by line, where there is no form to fill in and the terminal has no cursor to move.
        guard template != nil || invocation.hasEditorScreen || invocation.flag("editor") else {
            return try NoteTyping(invocation: invocation, vault: vault, tags: tags).run()
        }
        let desk = NoteDesk(
            vault, note: nil, draft: nil, tags: tags, template: template?.rawValue)
        try write(
            invocation, desk, title: invocation.value("title") ?? "",
            body: Array((template?.body(in: invocation.language) ?? "").utf8), isChanged: false)
    }

    /// The whole id for a program; for a person as much of it as commands ask for.
    static func kept(_ id: ID16, _ invocation: Invocation) throws {
        guard invocation.world.terminal.isTerminal(.output), !invocation.json else {
            return try invocation.print(id.description)
        }
        let short = id.description.prefix(8)
        try invocation.print(Text(en: "note kept: \(short)", es: "apunte guardado: \(short)"))
    }
}
