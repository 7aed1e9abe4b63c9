internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// `amparo note …`: the notebook.
enum NoteCommands {
    static let command = Command(
        "note", spanish: ["nota", "notas", "apunte", "apuntes", "libreta"],
        Text(en: "Write, find and keep notes", es: "Escribe, busca y guarda apuntes"),
        why: Text(
            en: """
                Notes lie in the vault: without a passphrase nobody sees their titles, words, dates \
                or how many there are. Whoever has the file sees how large it is and when it was \
                last used. Nothing here helps against spyware on this machine or somebody who makes \
                you open the vault. What you pipe in or extract lies outside the vault as well.
                """,
            es: """
                Los apuntes están en la bóveda: sin frase de contraseña nadie ve sus títulos, \
                palabras, fechas ni cuántos son. Quien tenga el archivo ve su tamaño y cuándo se usó \
                por última vez. Nada de esto sirve contra un programa espía en este equipo o \
                alguien que te obliga a abrir la bóveda. Lo que metes por un tubo o extraes existe \
                también afuera.
                """),
        subcommands: [
            new, list, show, edit, find, tag, attach, extract, history, restore, trash, purge,
            importNotes, export,
        ])

    static let id = Argument(
        "ID",
        Text(
            en: "The note's id; its first 4 digits or more are enough",
            es: "El identificador del apunte; bastan sus primeras 4 cifras o más"))

    /// The note whose id begins with `text`, also from the trash.
    ///
    /// - Throws: Exit 1 when there is none; exit 2, with the candidates, when there are several.
    static func lookUp(_ text: String, in notebook: Notebook) throws -> Note {
        guard let prefix = IDPrefix(parsing: text) else {
            throw Failure(
                text.utf8.count < 4 ? .usage : .failed,
                Text(
                    en: "'\(text)' is not a note's id",
                    es: "«\(text)» no es el identificador de un apunte"),
                hint: Text(
                    en: "amparo note list shows them; the first 4 digits or more are enough",
                    es: "amparo note list los muestra; bastan las primeras 4 cifras o más"))
        }
        let all = notebook.notes() + notebook.notes(inTrash: true)
        let matches = all.filter { prefix.matches($0.id.description) }
        guard let note = matches.first else {
            throw Failure(
                .failed,
                Text(
                    en: "no note has the id '\(text)'",
                    es: "ningún apunte tiene el identificador «\(text)»"),
                hint: Text(
                    en: "see which there are: amparo note list",
                    es: "mira cuáles hay: amparo note list"))
        }
        guard matches.count == 1 else {
            let candidates = matches.prefix(5).map { "\($0.id.description.prefix(12)) \($0.title)" }
                .joined(separator: "; ")
            throw Failure(
                .usage,
                Text(
                    en: "\(matches.count) notes have an id that begins with '\(text)'",
                    es: "\(matches.count) apuntes tienen un identificador que empieza con «\(text)»"
                ),
                hint: Text(
                    en: "type more of it: \(candidates)", es: "escribe más cifras: \(candidates)"))
        }
        return note
    }

    /// As many digits as tell these notes apart, at least 8.
    static func shortIDs(_ notes: [Note]) -> [String] {
        let ids = notes.map(\.id.description)
        var length = 8
        while length < 32, Set(ids.map { $0.prefix(length) }).count < ids.count { length += 4 }
        return ids.map { String($0.prefix(length)) }
    }

    static func json(_ note: Note) -> JSON {
        let json: JSON = [
            "id": .text(note.id.description), "title": .text(note.title),
            "tags": .list(note.tags), "created": .time(note.created),
            "modified": .time(note.modified),
            "bytes": .number(Int64(clamping: note.current.body.byteCount)),
            "attachments": .list(note.attachments.map(json)),
        ]
        return note.template.map { json.adding("template", .text($0)) } ?? json
    }

    private static func json(_ attachment: Attachment) -> JSON {
        [
            "name": .text(attachment.name),
            "bytes": .number(Int64(clamping: attachment.blob.byteCount)),
            "blake2b": .text(attachment.hash), "imported": .time(attachment.time),
        ]
    }
}
