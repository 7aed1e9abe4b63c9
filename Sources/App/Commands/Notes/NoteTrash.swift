internal import CommandLineKit
internal import Notebook
internal import Vault
internal import Wording

extension NoteCommands {
    static let trash = Command(
        "trash", aliases: ["rm", "remove", "delete"], spanish: ["borrar", "eliminar", "papelera"],
        Text(en: "Put a note into the trash", es: "Manda un apunte a la papelera"),
        why: Text(
            en: """
                The trash hides a note; nothing is erased. Its cells stay in the vault, and in every \
                copy of it, and open with your passphrase.
                """,
            es: """
                La papelera esconde un apunte; no borra nada. Sus celdas siguen en la bóveda y en \
                cada copia, y se abren con tu frase de contraseña.
                """),
        arguments: [id], examples: ["amparo note trash 3f9a"]
    ) { invocation in
        let note = try invocation.withVault { vault in
            let notebook = Notebook(vault)
            let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
            if !note.isTrashed { notebook.trash(note) }
            return note
        }
        invocation.say(
            Text(
                en: "in the trash; back with: amparo note restore \(note.id.description.prefix(8))",
                es: "en la papelera; se recupera con: "
                    + "amparo note restore \(note.id.description.prefix(8))"))
    }

    static let restore = Command(
        "restore", aliases: ["untrash"], spanish: ["recuperar", "restaurar"],
        Text(en: "Take a note out of the trash", es: "Saca un apunte de la papelera"),
        arguments: [id], examples: ["amparo note restore 3f9a"]
    ) { invocation in
        try invocation.withVault { vault in
            let notebook = Notebook(vault)
            let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
            guard note.isTrashed else {
                throw Failure(
                    .failed,
                    Text(
                        en: "that note is not in the trash", es: "ese apunte no está en la papelera"
                    ))
            }
            notebook.restore(note)
        }
        invocation.acknowledge(
            Text(en: "the note is back", es: "el apunte está de vuelta"))
    }
}
