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
        options: [Sealers.options[0], Sealers.options[1]] + [
            .value(
                "identity", short: "i", "FILE", repeats: true, spanish: ["llave"],
                Text(
                    en: "for the owner of the identities in this file",
                    es: "para quien tiene las llaves privadas de este archivo")),
            Sealers.passphrase,
        ] + InnerSigning.options + [
            .flag(
                "armor", short: "a",
                Text(
                    en: "as text that can be pasted into a message",
                    es: "como texto que se puede pegar en un mensaje")),
            .flag(
                "pad",
                Text(
                    en: "hide the exact length, with up to 12 % of zeros",
                    es: "oculta el tamaño exacto, con hasta 12 % de ceros")),
            .flag(
                "hide-name",
                Text(
                    en: "give the output a name drawn by lot",
                    es: "ponle a la salida un nombre al azar")),
            .flag(
                "keep-owners",
                Text(
                    en: "record in a folder who owns each file",
                    es: "anota en una carpeta de quién es cada archivo")),
            .flag(
                "letter",
                Text(
                    en: "write how to open it with age alone, in both languages, beside it",
                    es: "escribe al lado, en los dos idiomas, cómo abrirlo solo con age")),
            .flag(
                "each",
                Text(
                    en: "one output for each PATH, beside it or in the folder OUT",
                    es: "una salida por cada ARCHIVO, a su lado o en la carpeta SALIDA")),
            .flag(
                "verify",
                Text(
                    en: "read it back from the disk and decrypt it before saying done",
                    es: "léelo de vuelta del disco y descífralo antes de decir listo")),
            .flag(
                "remove-original",
                Text(
                    en: "then remove what was encrypted, once it is verified",
                    es: "luego borra lo que se cifró, una vez comprobado")),
        ] + FileOutput.options,
        conflicts: ["recipient", "recipients-file", "identity"].map {
            Conflict(
                "passphrase", $0,
                hint: Text(
                    en: "a passphrase stands alone: whoever has a key would not need it",
                    es: "la frase de contraseña va sola: quien tuviera una llave no la necesitaría")
            )
        } + InnerSigning.conflicts + [
            Conflict(
                "each", "letter",
                hint: Text(
                    en: "one letter serves for all: write it with the first file",
                    es: "una carta sirve para todos: escríbela con el primer archivo"))
        ],
        arguments: [
            Argument(
                "PATH", .repeating,
                Text(
                    en: "files and folders; standard input when left out or -",
                    es: "archivos y carpetas; la entrada estándar si faltan o es -"))
        ],
        examples: [
            "amparo encrypt -r laura -r me -o report.pdf.age report.pdf",
            "amparo encrypt -r laura -r me --sign --pad -o photos.age photos",
            "amparo encrypt -p -o notes.age notes.txt",
        ]
    ) { invocation in try run(invocation) }

    private static func run(_ invocation: Invocation) throws {
        // What can be wrong with the line itself is said before anything is opened or asked.
        let words = try Sealers(invocation, identityFiles: invocation.values("identity"))
        let order = try SealOrder(invocation)
        let keys = try KeyArguments(
            invocation, files: words.identityFiles + words.recipientFiles,
            besides: order.paths.contains("-") ? "-" : order.paths.first)
        guard !invocation.flag("each") else {
            let (sealers, signing) = try resolve(words, order, keys, invocation)
            return try EachFile(order, sealers, signing, invocation, keys).run()
        }
        let content = try SealContent(order.paths, order, invocation)
        let output = try FileOutput(
            invocation, derived: { try order.derivedName() }, hidden: try order.hiddenName(),
            access: .ordinary, onTerminal: order.form == .armored ? .write : .refuse,
            inputs: content.identities + keys.identities)
        let letter = try Letter(order, output, isBundle: content.isBundle, invocation)
        let file = try order.file(of: output)
        let (sealers, signing) = try resolve(words, order, keys, invocation)
        do throws(AgeError) {
            let sealed = try order.seal(
                content, signing: signing, into: output.bytes, to: sealers,
                random: invocation.world.random)
            if order.verifies, let file { try sealed.verify(file) }
        } catch {
            content.finish()
            if let failure = content.failure {
                throw failure.failure(input: content.name, output: output.name)
            }
            throw error.failure(
                input: content.name, output: output.name, leavesPart: output.isStream)
        }
        content.finish()
        content.tellLeftOut(invocation)
        try output.commit(invocation)
        try letter?.write(invocation)
        if order.removesOriginal {
            try content.removeOriginal(invocation)
            SealOrder.tellAboutRemoval(invocation)
        } else {
            for path in order.paths where path != "-" {
                invocation.acknowledge(.stillPlain(path))
            }
        }
    }

    /// Asks and looks up: for whom, and who signs.
    private static func resolve(
        _ words: Sealers, _ order: SealOrder, _ keys: KeyArguments, _ invocation: Invocation
    ) throws -> (sealers: [any Sealer], signing: InnerSigning?) {
        let keyFile = invocation.value("secret-key")
        let asksVault = order.signs && keyFile == nil
        let stored =
            asksVault || !words.names.isEmpty
            ? try invocation.storedKeys(
                of: words.names, signs: asksVault,
                instead: words.names.isEmpty ? SigningKeys.givenKey : Invocation.givenKeys) : nil
        let (sealers, leavesOwnerOut) = try words.resolve(invocation, keys, stored)
        try order.checkRemoval(invocation, leavesOwnerOut: leavesOwnerOut)
        let key =
            try keyFile.map { try SigningKeys.own(file: $0, invocation) }
            ?? stored?.signingKey
        return (sealers, try key.map { try InnerSigning($0, for: sealers) })
    }
}
