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
}
