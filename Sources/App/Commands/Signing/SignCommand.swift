internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo sign`: a minisign signature beside each file.
enum SignCommand {
    static let command = Command(
        "sign", spanish: ["firmar", "firma"],
        Text(
            en: "Sign files, so that anybody can tell they are yours and unchanged",
            es: "Firma archivos: cualquiera puede ver que son tuyos y no cambiaron"),
        why: Text(
            en: """
                A signature shows that whoever has your signing key signed exactly these bytes. It \
                does not hide the file, and does not say when it was signed or under which name: \
                the signed comment is empty of both unless you ask for them. It binds you: whoever \
                holds file and signature can show them to anybody. minisign verifies it too.
                """,
            es: """
                Una firma muestra que quien tiene tu llave de firma firmó exactamente estos bytes. \
                No oculta el archivo, y no dice cuándo se firmó ni con qué nombre: el comentario \
                firmado no lleva ni hora ni nombre si no los pides. Te compromete: quien tenga el \
                archivo y la firma puede mostrarlos a quien sea. minisign también la verifica.
                """),
        options: [
            .value(
                "comment", short: "t", "TEXT", spanish: ["comentario"],
                Text(
                    en: "a line that is signed too; anybody can read it",
                    es: "una línea que también se firma; la lee cualquiera")),
            .flag(
                "stamp",
                Text(
                    en: "sign the file's name and the time too, as minisign does",
                    es: "firma también el nombre del archivo y la hora, como hace minisign")),
            .value(
                "key", short: "k", "NAME", spanish: ["llave"],
                Text(
                    en: "with this signing key of the vault; yours is me",
                    es: "con esta llave de firma de la bóveda; la tuya es me")),
            .value(
                "secret-key", short: "s", "FILE",
                Text(
                    en: "with the key in this file of minisign, instead of the vault's",
                    es: "con la llave de este archivo de minisign, no con la de la bóveda")),
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "where the signature goes, instead of FILE.minisig; - is standard output",
                    es: "a dónde va la firma, en vez de ARCHIVO.minisig; - es la salida estándar")),
            .flag(
                "force",
                Text(
                    en: "replace a signature that exists", es: "reemplaza una firma que ya existe")),
        ],
        conflicts: [
            Conflict("comment", "stamp"), Conflict("key", "secret-key"),
        ],
        arguments: [
            Argument(
                "FILE", .oneOrMore,
                Text(
                    en: "the files; - is standard input",
                    es: "los archivos; - es la entrada estándar"
                ))
        ],
        examples: [
            "amparo sign report.pdf", "amparo sign *.jpg --comment 'photos, 3 of 3'",
            "amparo sign -s minisign.key -o report.sig report.pdf",
        ]
    ) { invocation in try run(invocation) }

    /// One file to sign and where its signature goes; nil is standard output.
    private struct Task {
        let path: String
        let target: String?
        let isChosen: Bool
    }

    private static func run(_ invocation: Invocation) throws {
        // What can be wrong with the line itself is said before anything is asked.
        let comment = invocation.value("comment") ?? MinisignSignature.quietComment
        try check(comment: comment)
        let tasks = try tasks(invocation)
        let key = try SigningKeys.own(invocation)
        var signed: [JSON] = []
        for task in tasks {
            let signature = try sign(task, with: key, comment: comment, invocation)
            guard !invocation.json else {
                signed.append([
                    "file": .text(task.path), "signature": .text(orNull: task.target),
                    "key": .text(key.publicKey.description),
                    "trusted_comment": .text(signature),
                ])
                continue
            }
            guard let target = task.target else { continue }
            if task.isChosen {
                invocation.acknowledge(Text(en: "done: \(target)", es: "listo: \(target)"))
            } else {
                try invocation.print(target)
            }
        }
        if invocation.json { try invocation.printJSON(["signatures": .list(signed)]) }
    }

    private static func check(comment: String) throws {
        do throws(MinisignError) {
            try MinisignSignature.check(trustedComment: comment)
        } catch .commentTooLong(let limit) {
            throw Failure(
                .usage,
                Text(
                    en: "a comment has at most \(limit) bytes",
                    es: "un comentario tiene a lo más \(limit) bytes"),
                hint: Text(en: "say it in fewer words", es: "dilo con menos palabras"))
        } catch {
            throw Failure(
                .usage,
                Text(
                    en: "a comment is one line without control characters",
                    es: "un comentario es una línea sin caracteres de control"),
                hint: Text(
                    en: "they would move the cursor of whoever verifies it",
                    es: "moverían el cursor de quien la verifique"))
        }
    }

    /// Everything that would be refused is refused before a passphrase is asked for.
    private static func tasks(_ invocation: Invocation) throws -> [Task] {
        let paths = invocation.arguments("FILE")
        let output = invocation.value("output")
        guard paths.count == 1 || (output == nil && !paths.contains("-")) else {
            throw Failure(
                .usage,
                Text(
                    en: "several files have several signatures: -o and - go with one file",
                    es: "varios archivos llevan varias firmas: -o y - van con un solo archivo"),
                hint: Text(
                    en: "leave -o out: each signature goes beside its file",
                    es: "quita -o: cada firma queda junto a su archivo"))
        }
        var seen: Set<String> = []
        return try paths.map { path in
            guard seen.insert(path).inserted else {
                throw Failure(
                    .usage,
                    Text(en: "\(path) is named twice", es: "\(path) está dos veces"),
                    hint: Text(en: "name each file once", es: "nombra cada archivo una vez"))
            }
            if path == "-" {
                return Task(path: path, target: output == "-" ? nil : output, isChosen: true)
            }
            let status = try failing(path) { () throws(FileError) in
                try invocation.world.files.status(path)
            }
            guard let status else { throw FileError.notFound.failure(path) }
            guard status.kind != .directory else { throw FileError.isDirectory.failure(path) }
            guard output != "-" else { return Task(path: path, target: nil, isChosen: true) }
            let target = output ?? path + VerifyCommand.suffix
            if !invocation.flag("force") {
                let isTaken = try failing(target) { () throws(FileError) in
                    try invocation.world.files.status(target)?.kind == .regular
                }
                guard !isTaken else { throw FileError.alreadyExists.failure(target) }
            }
            return Task(path: path, target: target, isChosen: output != nil)
        }
    }

    /// - Returns: The trusted comment.
    private static func sign(
        _ task: Task, with key: SigningKeys.Own, comment: String, _ invocation: Invocation
    ) throws -> String {
        let input = try FileInput(task.path, invocation)
        let output = try task.target.map { target in
            try failing(target) { () throws(FileError) in
                try invocation.world.files.output(
                    target, existing: invocation.flag("force") ? .replace : .refuse,
                    access: .ordinary,
                    inputs: [input.status?.identity, key.file].compactMap { $0 })
            }
        }
        let hash = try Prehash(hashing: input)
        input.finish()
        let comment =
            invocation.flag("stamp") ? try stamp(task, invocation) : comment
        let signature = try key.secret { secret in
            try secret.sign(hash, trustedComment: comment).serialized()
        }
        guard let output, let target = task.target else {
            // Beside the JSON object nothing else fits on standard output.
            if !invocation.json { try invocation.print(bytes: signature.span) }
            return comment
        }
        try failing(target) { () throws(FileError) in
            do throws(StreamError) { try output.write(signature.span) } catch {
                throw FileError(error)
            }
            try output.commit()
        }
        return comment
    }

    private static func stamp(_ task: Task, _ invocation: Invocation) throws -> String {
        let name = task.path == "-" ? "stdin" : Path.name(of: task.path)
        let comment = MinisignSignature.tellingComment(
            fileName: name, time: invocation.world.clock.now.milliseconds / 1_000)
        try check(comment: comment)
        return comment
    }
}

extension Prehash {
    /// The hash of everything that comes in, in the memory of one buffer.
    init(hashing input: FileInput) throws(Failure) {
        do throws(StreamError) {
            // A file never makes anybody wait: it is read while what came before is hashed.
            if input.status?.kind == .regular {
                try self.init(lentBy: { (use) throws(StreamError) in try input.readAhead(use) })
            } else {
                try self.init(pulling: { (span) throws(StreamError) in
                    try input.read(into: &span)
                })
            }
        } catch { throw FileError(error).failure(input.name) }
    }
}
