internal import CommandLineKit
internal import Notebook
internal import Vault
internal import Wording

extension NoteCommands {
    private static let tags = Argument(
        "TAG", .oneOrMore, Text(en: "One tag or several", es: "Una etiqueta o varias"))

    static let tag = Command(
        "tag", spanish: ["etiqueta", "etiquetar", "etiquetas"],
        Text(en: "Put tags on a note, or take them off", es: "Pon o quita etiquetas a un apunte"),
        options: [
            .flag("remove", Text(en: "take them off instead", es: "quítalas en vez de ponerlas"))
        ],
        arguments: [id, tags],
        examples: ["amparo note tag 3f9a veracruz fuente", "amparo note tag remove 3f9a fuente"],
        subcommands: [
            Command(
                "add", spanish: ["agregar", "poner"],
                Text(en: "Put tags on a note", es: "Pon etiquetas a un apunte"),
                arguments: [id, tags], run: add),
            Command(
                "remove", aliases: ["rm"], spanish: ["quitar", "borrar"],
                Text(en: "Take tags off a note", es: "Quita etiquetas a un apunte"),
                arguments: [id, tags], run: remove),
        ]
    ) { invocation in
        try invocation.flag("remove") ? remove(invocation) : add(invocation)
    }

    @Sendable private static func add(_ invocation: Invocation) throws {
        let tags = invocation.arguments("TAG")
        try Notebook.check(tags: tags)
        try invocation.withVault { vault in
            let notebook = Notebook(vault)
            try notebook.addTags(
                tags, to: try lookUp(invocation.argument("ID") ?? "", in: notebook).id)
        }
        invocation.acknowledge(Text(en: "the tags are on", es: "etiquetas puestas"))
    }

    @Sendable private static func remove(_ invocation: Invocation) throws {
        let tags = invocation.arguments("TAG")
        try Notebook.check(tags: tags)
        let absent = try invocation.withVault { vault in
            let notebook = Notebook(vault)
            let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
            return try notebook.removeTags(tags, from: note.id)
        }
        for tag in absent {
            invocation.say(
                Text(
                    en: "the note had no tag '\(tag)'",
                    es: "el apunte no tenía la etiqueta «\(tag)»"))
        }
        if Set(absent).count < Set(tags).count {
            invocation.acknowledge(Text(en: "the tags are off", es: "etiquetas quitadas"))
        }
    }
}
