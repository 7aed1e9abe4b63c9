internal import CommandLineKit
internal import Notebook
internal import Wording

extension NoteCommands {
    static let list = Command(
        "list", aliases: ["ls"], spanish: ["lista", "listar"],
        Text(en: "List the notes, the newest first", es: "Lista los apuntes, el más nuevo primero"),
        options: [
            .flag("trash", Text(en: "those in the trash", es: "los que están en la papelera"))
        ],
        examples: ["amparo note list", "amparo note list --json"]
    ) { invocation in
        let inTrash = invocation.flag("trash")
        let notes = try invocation.withVault { vault in
            newestFirst(Notebook(vault).notes(inTrash: inTrash))
        }
        if invocation.json {
            return try invocation.printJSON(["notes": .list(notes.map { json($0) })])
        }
        guard !notes.isEmpty else {
            return invocation.say(
                inTrash
                    ? Text(en: "the trash is empty", es: "la papelera está vacía")
                    : Text(
                        en: "no notes yet; write one: amparo note new",
                        es: "todavía no hay apuntes; escribe uno: amparo note new"))
        }
        try invocation.print(columns: rows(notes, invocation))
    }

    static func newestFirst(_ notes: [Note]) -> [Note] {
        notes.sorted { ($0.modified, $0.id) > ($1.modified, $1.id) }
    }

    /// Id, hour, what is attached, title and tags.
    static func rows(_ notes: [Note], _ invocation: Invocation) -> [[String]] {
        let time = LocalTime(invocation.world)
        return zip(shortIDs(notes), notes).map { id, note in
            [id, time.text(note.modified), marks(note, invocation) + headline(note)]
        }
    }

    private static func headline(_ note: Note) -> String {
        let tags = note.tags.map { "#" + $0 }.joined(separator: " ")
        return Printable.escape(note.title) + (tags.isEmpty ? "" : "  " + Printable.escape(tags))
    }

    /// What a title does not say: two versions, files.
    private static func marks(_ note: Note, _ invocation: Invocation) -> String {
        var marks = ""
        if note.versions.count > 1 {
            let versions = Text(
                en: "[\(note.versions.count) versions] ", es: "[\(note.versions.count) versiones] ")
            marks += versions(invocation.language)
        }
        if !note.attachments.isEmpty { marks += "[+\(note.attachments.count)] " }
        return marks
    }
}
