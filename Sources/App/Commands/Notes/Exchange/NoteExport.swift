internal import CommandLineKit
internal import Keyring
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

extension NoteCommands {
    static let export = Command(
        "export", spanish: ["exporta", "exportar"],
        Text(
            en: "Take notes out of the vault, for other programs or people",
            es: "Saca apuntes de la bóveda, para otros programas o personas"),
        why: Text(
            en: """
                What is exported lies there unencrypted, names of sources included: whoever has the \
                disk reads it, and deleting it from flash memory does not erase it. Write it to an \
                encrypted disk, or seal it at once with amparo encrypt. Only what the notes say now \
                goes out: earlier versions and the trash stay. --signed lists the hash of every file \
                and signs the list with your signing key: that shows that nothing changed since, and \
                ties the files to your key. It does not prove when a photo was taken or by whom.
                """,
            es: """
                Lo exportado queda sin cifrar, con nombres de fuentes y todo: lo lee quien tenga el \
                disco, y borrarlo de una memoria flash no lo destruye. Escríbelo en un disco cifrado, \
                o séllalo enseguida con amparo encrypt. Solo sale lo que los apuntes dicen ahora: las \
                versiones anteriores y la papelera se quedan. --signed anota el hash de cada archivo \
                y firma la lista con tu llave de firma: muestra que nada cambió desde entonces, y ata \
                los archivos a tu llave. No prueba cuándo se tomó una foto ni quién la tomó.
                """),
        options: [
            .value(
                "format", "markdown|json", spanish: ["formato"],
                Text(
                    en: "a folder of Markdown files with the files beside them (the default), or "
                        + "one JSON file",
                    es: "una carpeta de archivos Markdown con los archivos junto (lo normal), o un "
                        + "solo archivo JSON")),
            .value(
                "incidents", "md|html|csv|json", spanish: ["incidentes"],
                Text(
                    en: "only incidents, as one document with the fields of the form",
                    es: "solo los incidentes, en un documento con los campos del formulario")),
            .value(
                "output", short: "o", "OUT",
                Text(
                    en: "where to; must not exist; - is standard output, for one file",
                    es: "a dónde; no debe existir; - es la salida estándar, si es un archivo")),
            .flag(
                "signed", spanish: ["firmado"],
                Text(
                    en: "with a signed list of hashes (chain of custody)",
                    es: "con una lista de hashes firmada (cadena de custodia)")),
        ],
        conflicts: [Conflict("incidents", "format"), Conflict("incidents", "signed")],
        arguments: [
            Argument(
                "ID", .repeating,
                Text(
                    en: "Which notes; all, if left out",
                    es: "Cuáles apuntes; todos, si no dices"))
        ],
        examples: [
            "amparo note export -o notes", "amparo note export --signed -o evidence 3f9a",
            "amparo note export --incidents html -o incidents.html",
        ]
    ) { invocation in
        guard let path = invocation.value("output") else {
            throw Failure(
                .usage, Text(en: "say where to", es: "di a dónde"),
                hint: Text(
                    en: "amparo note export -o FOLDER", es: "amparo note export -o CARPETA"))
        }
        let isFolder =
            invocation.value("incidents") == nil
            && invocation.value("format") != "json"
        guard isFolder || !invocation.flag("signed") else {
            throw Failure(
                .usage,
                Text(
                    en: "a signed list goes with a folder of files",
                    es: "una lista firmada va con una carpeta de archivos"),
                hint: Text(
                    en: "leave --format out, or sign the file: amparo sign OUT",
                    es: "quita --format, o firma el archivo: amparo sign SALIDA"))
        }
        guard !isFolder || path != "-" else {
            throw Failure(
                .usage,
                Text(
                    en: "a folder cannot go to standard output",
                    es: "una carpeta no cabe en la salida estándar"),
                hint: Text(
                    en: "name a folder, or choose --format json",
                    es: "nombra una carpeta, o elige --format json"))
        }
        let exporting = try invocation.withVault { vault in
            try isFolder
                ? exportFolder(vault, path, invocation) : exportFile(vault, path, invocation)
        }
        exporting.report(invocation)
        if path != "-" { invocation.acknowledge(.nowPlain(path)) }
    }

    private static func exportFolder(
        _ vault: Vault, _ path: String, _ invocation: Invocation
    ) throws -> Exporting {
        let key =
            try invocation.flag("signed")
            ? SigningKeys.own(EntryName.me, in: Keyring(vault)) : nil
        let exporting = try Exporting(invocation, vault)
        try MarkdownFolder.write(exporting, to: path, signing: key, invocation)
        return exporting
    }

    private static func exportFile(
        _ vault: Vault, _ path: String, _ invocation: Invocation
    ) throws -> Exporting {
        let format = invocation.value("incidents").flatMap(IncidentReport.Format.init(rawValue:))
        let exporting = try Exporting(invocation, vault) { note in
            format == nil || note.template == NoteTemplate.incident.rawValue
        }
        func write(_ output: any ByteOutput) throws {
            if let format {
                try output.put(try IncidentReport.text(exporting, format, invocation), path)
            } else {
                try JSONNotes.write(exporting, to: output, path)
            }
        }
        guard path != "-" else {
            try write(invocation.world.standardOutput)
            return exporting
        }
        let output = try invocation.newFile(path)
        try write(output)
        try failing(path) { () throws(FileError) in try output.commit() }
        return exporting
    }

    static let importNotes = Command(
        "import", spanish: ["importa", "importar"],
        Text(
            en: "Take notes of other programs into the vault",
            es: "Mete a la bóveda apuntes de otros programas"),
        why: Text(
            en: """
                All of it comes in, or nothing: what would be lost is said, and nothing is imported. \
                The files stay where they were, unencrypted; delete them when you have seen that \
                everything came in. On flash memory deleting is not erasing.
                """,
            es: """
                Entra todo o nada: se dice lo que se perdería y no se importa nada. Los archivos \
                siguen donde estaban, sin cifrar; bórralos cuando hayas visto que todo entró. En una \
                memoria flash, borrar no es destruir.
                """),
        options: [
            .flag(
                "leave-out", spanish: ["dejar-fuera"],
                Text(
                    en: "leave out files that belong to no note",
                    es: "deja fuera los archivos que no son de ningún apunte"))
        ],
        arguments: [
            Argument(
                "PATH",
                Text(
                    en: "A folder of Markdown files, a JSON file that amparo exported, or a .jex "
                        + "file that Joplin exported",
                    es: "Una carpeta de archivos Markdown, un archivo JSON que exportó amparo o "
                        + "un archivo .jex que exportó Joplin"))
        ],
        examples: [
            "amparo note import notes", "amparo note import notes.json",
            "amparo note import joplin.jex",
        ]
    ) { invocation in
        let path = invocation.argument("PATH") ?? ""
        let files = invocation.world.files
        let status = try failing(path) { () throws(FileError) in try files.status(path) }
        guard let status else { throw FileError.notFound.failure(path) }
        let count = try invocation.withVault { vault in
            let notebook = Notebook(vault)
            if status.kind == .regular, path.lowercased().hasSuffix(JoplinArchive.ending) {
                return try JoplinArchive.read(
                    path, into: notebook, leavesOthersOut: invocation.flag("leave-out"), invocation)
            }
            guard status.kind == .directory else {
                let input = try failing(path) { () throws(FileError) in try files.input(path) }
                return try JSONNotes.read(input, path, into: notebook)
            }
            return try MarkdownFolder.read(
                path, into: notebook, leavesOthersOut: invocation.flag("leave-out"), invocation)
        }
        try Importing.report(count, invocation)
        invocation.acknowledge(.stillPlain(path))
    }
}
