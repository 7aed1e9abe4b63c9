internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

extension NoteCommands {
    static let attach = Command(
        "attach", spanish: ["adjunta", "adjuntar"],
        Text(en: "Keep files with a note", es: "Guarda archivos con un apunte"),
        why: Text(
            en: """
                The file's bytes go into the vault as they are, with their BLAKE2b hash and the time: \
                you can show later that nothing changed. What a photo says about place and camera \
                stays in it. The file on your disk stays where it was: it is not erased.
                """,
            es: """
                Los bytes del archivo entran a la bóveda tal como son, con su hash BLAKE2b y la hora: \
                después puedes mostrar que nada cambió. Lo que una foto dice del lugar y la cámara se \
                queda en ella. El archivo de tu disco sigue donde estaba: no se borra.
                """),
        options: [
            .value(
                "name", "NAME", spanish: ["nombre"],
                Text(
                    en: "what to call the one file there", es: "cómo llamar ahí al único archivo"))
        ],
        arguments: [
            id, Argument("FILE", .oneOrMore, Text(en: "The files", es: "Los archivos")),
        ],
        examples: [
            "amparo note attach 3f9a photo.jpg",
            "amparo note attach 3f9a photo.jpg --name photo-2.jpg",
        ]
    ) { invocation in
        let paths = invocation.arguments("FILE")
        let name = invocation.value("name")
        guard name == nil || paths.count == 1 else {
            throw Failure(
                .usage,
                Text(
                    en: "--name goes with one file", es: "--name va con un solo archivo"),
                hint: Text(en: "attach them one by one", es: "adjúntalos uno por uno"))
        }
        // Every file is opened before the vault: a slip of the pen stores nothing.
        let inputs = try paths.map { path -> (path: String, input: any InputFile) in
            let input = try failing(path) { () throws(FileError) in
                try invocation.world.files.input(path)
            }
            guard input.status.kind == .regular else {
                throw (input.status.kind == .directory ? FileError.isDirectory : .notRegular)
                    .failure(path)
            }
            return (path, input)
        }
        let attachments = try invocation.withVault { vault in
            let notebook = Notebook(vault)
            let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
            return try inputs.map { path, input in
                try notebook.attach(name ?? Path.name(of: path), to: note.id) {
                    try piece(of: input)
                }
            }
        }
        for attachment in attachments {
            let size = Quantity.bytes(attachment.blob.byteCount)
            invocation.say(
                Text(verbatim: "\(attachment.name)  \(size)  BLAKE2b \(attachment.hash)"))
        }
        for path in paths { invocation.acknowledge(.stillPlain(path)) }
    }

    static func piece(of input: any InputFile) throws -> [UInt8] {
        try Interrupts.check()
        var piece = [UInt8](repeating: 0, count: 65_536)
        var span = piece.mutableSpan
        let count = try input.read(into: &span)
        piece.removeLast(piece.count - count)
        return piece
    }

    static let extract = Command(
        "extract", spanish: ["extrae", "extraer", "sacar"],
        Text(
            en: "Write a note's file to the disk", es: "Escribe en el disco un archivo de un apunte"
        ),
        why: Text(
            en:
                "What you extract lies on the disk for anybody who gets it; the vault keeps its own.",
            es: "Lo que extraes queda en el disco para quien lo tome; la bóveda conserva el suyo."),
        options: [
            .value(
                "output", short: "o", "OUT",
                Text(en: "where to; - is standard output", es: "a dónde; - es la salida estándar"))
        ],
        arguments: [
            id,
            Argument(
                "NAME", .optional,
                Text(en: "Which file, if there are several", es: "Qué archivo, si hay varios")),
        ],
        examples: ["amparo note extract 3f9a photo.jpg -o copy.jpg"]
    ) { invocation in
        let path = try invocation.withVault { vault -> String? in
            let notebook = Notebook(vault)
            let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
            let attachment = try lookUpFile(invocation.argument("NAME"), of: note)
            let path = invocation.value("output") ?? attachment.name
            if path == "-" {
                try notebook.extract(attachment) { try invocation.print(bytes: $0.span) }
                return nil
            }
            let output = try invocation.newFile(path)
            try notebook.extract(attachment) { piece in
                try Interrupts.check()
                do throws(StreamError) { try output.write(piece.span) } catch {
                    throw FileError(error).failure(path)
                }
            }
            try failing(path) { () throws(FileError) in try output.commit() }
            return path
        }
        guard let path else { return }
        try invocation.print(path)
        invocation.acknowledge(.nowPlain(path))
    }

    /// The file of that name, or the only one.
    private static func lookUpFile(_ name: String?, of note: Note) throws -> Attachment {
        let files = note.attachments
        let names = files.map(\.name).joined(separator: ", ")
        guard let name else {
            if files.count == 1 { return files[0] }
            guard !files.isEmpty else {
                throw Failure(
                    .failed,
                    Text(en: "that note has no files", es: "ese apunte no tiene archivos"))
            }
            throw Failure(
                .usage,
                Text(
                    en: "that note has \(files.count) files: say which",
                    es: "ese apunte tiene \(files.count) archivos: di cuál"),
                hint: Text(verbatim: names))
        }
        var found = files.filter { $0.name == name }
        // Two devices may have given one name to two files.
        if found.isEmpty, let prefix = IDPrefix(parsing: name) {
            found = files.filter { prefix.matches(String($0.hash.prefix(32))) }
        }
        if found.count == 1 { return found[0] }
        guard found.isEmpty else {
            let choices = found.map {
                "\($0.hash.prefix(8)) (\(Quantity.bytes($0.blob.byteCount)))"
            }
            .joined(separator: ", ")
            throw Failure(
                .usage,
                Text(
                    en: "that note has \(found.count) files '\(name)'",
                    es: "ese apunte tiene \(found.count) archivos «\(name)»"),
                hint: Text(
                    en: "say which by the beginning of its hash: \(choices)",
                    es: "di cuál con el principio de su hash: \(choices)"))
        }
        throw Failure(
            .failed,
            Text(
                en: "that note has no file '\(name)'",
                es: "ese apunte no tiene el archivo «\(name)»"),
            hint: names.isEmpty
                ? nil : Text(en: "it has: \(names)", es: "tiene: \(names)"))
    }
}

extension Invocation {
    /// An output of mode 0600 that must not exist yet; only `commit` gives it its name.
    func newFile(_ path: String) throws(Failure) -> any OutputFile {
        do {
            return try world.files.output(path, existing: .refuse, access: .ownerOnly, inputs: [])
        } catch .alreadyExists {
            throw Failure.exists(path)
        } catch {
            throw error.failure(making: path)
        }
    }
}

extension Text {
    /// Of an original whose copy was sealed.
    static func stillPlain(_ path: String) -> Text {
        Text(
            en: "\(path) is still on the disk, unencrypted",
            es: "\(path) sigue en el disco, sin cifrar")
    }

    /// Of what was just opened into a file.
    static func nowPlain(_ path: String) -> Text {
        Text(
            en: "\(path) is unencrypted: whoever has this disk reads it",
            es: "\(path) está sin cifrar: lo lee quien tenga este disco")
    }
}

extension Failure {
    /// Where there is no `--force`.
    static func exists(_ path: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "\(path) exists already, and nothing is overwritten",
                es: "\(path) ya existe, y aquí no se sobrescribe nada"),
            hint: Text(
                en: "choose another name for the output", es: "elige otro nombre para la salida"))
    }
}

/// Runs one act on a file and says what went wrong with the path that the user knows.
func failing<R>(_ path: String, _ body: () throws(FileError) -> R) throws(Failure) -> R {
    do { return try body() } catch { throw error.failure(path) }
}
