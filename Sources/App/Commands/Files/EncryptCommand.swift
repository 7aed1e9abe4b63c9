internal import Age
internal import CommandLineKit
internal import Platform
internal import Wording

/// `amparo encrypt`: a file in the format of age, for people or under a passphrase.
enum EncryptCommand {
    static let command = Command(
        "encrypt", spanish: ["cifrar", "cifra", "encriptar", "encripta"],
        Text(
            en: "Encrypt a file for people, or under a passphrase",
            es: "Cifra un archivo para personas, o con una frase de contraseña"),
        why: Text(
            en: """
                Only the people you name can read the file, wherever it travels. It does not hide \
                that a file exists, its exact length, or how many people can open it; the original \
                stays where it was; and who once could open it cannot be made to forget it.
                """,
            es: """
                Solo pueden leer el archivo las personas que nombres, pase por donde pase. No \
                oculta que hay un archivo, ni su tamaño exacto, ni cuántas personas lo abren; el \
                original sigue donde estaba; y a quien ya pudo abrirlo no se le puede quitar.
                """),
        options: [
            .value(
                "recipient", short: "r", "RECIPIENT|CONTACT", repeats: true,
                spanish: ["para", "destinatario"],
                Text(
                    en: "for this recipient (age1...), contact, or me",
                    es: "para este destinatario (age1...), contacto, o me: para ti")),
            .value(
                "recipients-file", short: "R", "FILE", repeats: true,
                Text(
                    en: "for every recipient in this file, one to a line",
                    es: "para todos los destinatarios de este archivo, uno por línea")),
            .value(
                "identity", short: "i", "FILE", repeats: true, spanish: ["llave"],
                Text(
                    en: "for the owner of the identities in this file",
                    es: "para quien tiene las llaves privadas de este archivo")),
            .flag(
                "passphrase", short: "p", spanish: ["frase", "contraseña"],
                Text(
                    en: "with a passphrase instead of recipients",
                    es: "con una frase de contraseña en vez de destinatarios")),
            .flag(
                "armor", short: "a",
                Text(
                    en: "as text that can be pasted into a message",
                    es: "como texto que se puede pegar en un mensaje")),
        ] + FileOutput.options,
        conflicts: ["recipient", "recipients-file", "identity"].map {
            Conflict(
                "passphrase", $0,
                hint: Text(
                    en: "a passphrase stands alone: whoever has a key would not need it",
                    es: "la frase de contraseña va sola: quien tuviera una llave no la necesitaría")
            )
        },
        arguments: [
            Argument(
                "PATH", .optional,
                Text(
                    en: "the file; standard input when left out or -",
                    es: "el archivo; la entrada estándar si falta o es -"))
        ],
        examples: [
            "amparo encrypt -r laura -r me -o report.pdf.age report.pdf",
            "amparo encrypt -p -o notes.age notes.txt",
        ]
    ) { invocation in try run(invocation) }

    private static func run(_ invocation: Invocation) throws {
        // What can be wrong with the line itself is said before anything is opened or asked.
        let words = try Words(invocation)
        let path = invocation.argument("PATH")
        let keys = try KeyArguments(
            invocation, files: words.identityFiles + words.recipientFiles, besides: path)
        let input = try FileInput(
            path, invocation, onScreen: FileOutput.isScreen(path, invocation))
        let form: FileForm = invocation.flag("armor") ? .armored : .binary
        let output = try FileOutput(
            invocation, derived: { path.flatMap { $0 == "-" ? nil : $0 + ".age" } },
            access: .ordinary, onTerminal: form == .armored ? .write : .refuse,
            inputs: [input.status?.identity].compactMap { $0 } + keys.identities)
        let sealers = try sealers(words, invocation, keys)
        do throws(AgeError) {
            try Age.seal(
                from: input, into: output.bytes, to: sealers, form: form,
                random: invocation.world.random)
        } catch {
            throw error.failure(
                input: input.name, output: output.name, leavesPart: output.isStream)
        }
        input.finish()
        try output.commit(invocation)
        if !input.isStandardInput { invocation.acknowledge(.stillPlain(input.name)) }
    }

    /// For whom, as the command line says it.
    private struct Words {
        let wantsPassphrase: Bool
        var recipients: [Recipient] = []
        var names: [String] = []
        let recipientFiles: [String]
        let identityFiles: [String]

        init(_ invocation: Invocation) throws {
            wantsPassphrase = invocation.flag("passphrase")
            recipientFiles = invocation.values("recipients-file")
            identityFiles = invocation.values("identity")
            for word in invocation.values("recipient") {
                guard Recipient.looksLikeOne(word) else {
                    names.append(word)
                    continue
                }
                do throws(KeyError) {
                    recipients.append(try Recipient(parsing: word))
                } catch { throw error.failure(.usage, "-r \(word)") }
            }
            let isNobody =
                recipients.isEmpty && names.isEmpty && recipientFiles.isEmpty
                && identityFiles.isEmpty
            if isNobody, !wantsPassphrase { throw nobodyNamed }
        }
    }

    private static func sealers(
        _ words: Words, _ invocation: Invocation, _ keys: KeyArguments
    ) throws -> [any Sealer] {
        if words.wantsPassphrase {
            let passphrase = try NewPassphrase.own(
                invocation, option: "file-passphrase-fd",
                prompt: Text(
                    en: "new passphrase of the file", es: "frase de contraseña nueva del archivo"))
            return [FilePassphrase(passphrase)]
        }
        var found = words.recipients
        for path in words.recipientFiles { found += try keys.recipients(file: path) }
        for path in words.identityFiles {
            found += try keys.open(keys.identities(file: path)).map(\.recipient)
        }
        if !words.names.isEmpty {
            let stored = try invocation.storedRecipients(of: words.names)
            found += stored.named
            if Set(stored.own).isDisjoint(with: found) { invocation.warn(absent) }
        }
        var seen: Set<Recipient> = []
        return found.filter { seen.insert($0).inserted }
    }

    private static let absent = Text(
        en: "you will not be able to open this file yourself; add '-r me' if you should",
        es: "tú no vas a poder abrir este archivo; agrega «-r me» si quieres poder")

    private static let nobodyNamed = Failure(
        .usage,
        Text(
            en: "nobody is named who could open the file",
            es: "no dijiste quién va a poder abrir el archivo"),
        hint: Text(
            en: "name a recipient or contact with -r, or choose a passphrase with -p",
            es: "nombra un destinatario o contacto con -r, o elige una frase de contraseña con -p"))
}
