internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// What imports of all kinds have in common: all or nothing, and every loss said aloud.
enum Importing {
    struct Count {
        var notes = 0
        var files = 0
        /// Notes whose unknown lines of a head went into their text.
        var keptHeads = 0
        /// Hidden files of other programs, and what the user said to leave out.
        var leftOut = 0
    }

    static func report(_ count: Count, _ invocation: Invocation) throws {
        if invocation.json {
            return try invocation.printJSON([
                "imported": [
                    "notes": .number(Int64(count.notes)), "files": .number(Int64(count.files)),
                    "left_out": .number(Int64(count.leftOut)),
                ]
            ])
        }
        invocation.say(
            Text(
                en: "imported: \(count.notes) notes, \(count.files) files",
                es: "importado: \(count.notes) apuntes, \(count.files) archivos"))
        if count.keptHeads > 0 {
            invocation.say(
                Text(
                    en: "\(count.keptHeads) notes had other lines in their head: "
                        + "they stand at the top of their text",
                    es: "\(count.keptHeads) apuntes tenían otras líneas en su encabezado: "
                        + "quedaron al principio de su texto"))
        }
        if count.leftOut > 0 {
            invocation.say(
                Text(
                    en: "left out: \(count.leftOut) hidden or other files",
                    es: "fuera quedaron: \(count.leftOut) archivos ocultos u otros"))
        }
    }

    static func attach(
        _ path: String, as name: String, to id: ID16, _ notebook: Notebook, _ invocation: Invocation
    ) throws {
        let input = try failing(path) { () throws(FileError) in
            try invocation.world.files.input(path)
        }
        guard input.status.kind == .regular else { throw FileError.notRegular.failure(path) }
        try notebook.attach(name, to: id, isNew: true) { try NoteCommands.piece(of: input) }
    }

    /// What is wrong, and in which file.
    static func failure(_ error: NotebookError, _ path: String) -> Failure {
        let failure = error.failure
        return Failure(
            failure.exit,
            Text(
                en: "\(path): \(failure.message.en); nothing was imported",
                es: "\(path): \(failure.message.es); no se importó nada"), hint: failure.hint)
    }

    static func missing(_ file: String, of note: String) -> Failure {
        Failure(
            .failed,
            Text(
                en: "\(note) names a file that is not there: \(file); nothing was imported",
                es: "\(note) nombra un archivo que no está: \(file); no se importó nada"))
    }

    static func damaged(_ path: String) -> Failure {
        Failure(
            .damaged,
            Text(
                en: "\(path) is damaged or not in the format; nothing was imported",
                es: "\(path) está dañado o no tiene el formato; no se importó nada"))
    }
}
