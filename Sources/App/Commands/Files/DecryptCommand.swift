internal import Age
internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Wording

/// `amparo decrypt`: an age file, binary or text, with a key or a passphrase.
enum DecryptCommand {
    static let command = Command(
        "decrypt", spanish: ["descifrar", "descifra", "desencriptar", "abrir", "abre"],
        Text(en: "Decrypt a file", es: "Descifra un archivo"),
        why: Text(
            en: """
                A file comes out whole or not at all. Through a pipe a part may come out before \
                damage is noticed: then it says so and ends with 4; do not use that part. That it \
                opens does not say who sent it: anybody can encrypt to you. The decrypted copy is \
                an ordinary file that whoever has this disk can read.
                """,
            es: """
                En un archivo queda todo o nada. Por un tubo puede salir una parte antes de notar el \
                daño: entonces lo dice y termina con 4; no uses esa parte. Que abra no dice quién \
                lo mandó: cualquiera puede cifrarte algo. La copia descifrada la lee quien tenga \
                este disco.
                """),
        options: [
            .value(
                "identity", short: "i", "FILE", repeats: true, spanish: ["llave"],
                Text(
                    en: "with the private keys in this file, instead of the vault's",
                    es: "con las llaves privadas de este archivo, no las de la bóveda"))
        ] + FileOutput.options,
        arguments: [
            Argument(
                "PATH", .optional,
                Text(
                    en: "the file; standard input when left out or -",
                    es: "el archivo; la entrada estándar si falta o es -"))
        ],
        examples: [
            "amparo decrypt -o report.pdf report.pdf.age",
            "amparo decrypt -i key.txt -o report.pdf report.pdf.age",
        ]
    ) { invocation in try run(invocation) }

    private static func run(_ invocation: Invocation) throws {
        let path = invocation.argument("PATH")
        let keys = try KeyArguments(
            invocation, files: invocation.values("identity"), besides: path)
        let input = try FileInput(
            path, invocation, onScreen: FileOutput.isScreen(path, invocation))
        let output = try FileOutput(
            invocation, derived: { try derivedName(path) }, access: .ownerOnly,
            onTerminal: .showText,
            inputs: [input.status?.identity].compactMap { $0 } + keys.identities)
        do {
            let sealed = try SealedFile(reading: input)
            let file = try unlock(sealed, invocation, keys)
            try file.open(into: output.bytes)
        } catch let error as AgeError {
            throw error.failure(
                input: input.name, output: output.name, first: input.firstBytes,
                leavesPart: output.isStream)
        }
        input.finish()
        try output.commit(invocation)
        if output.isFile { invocation.acknowledge(.nowPlain(output.name)) }
    }

    /// `report.pdf` of `report.pdf.age`; nil for standard input.
    private static func derivedName(_ path: String?) throws -> String? {
        guard let path, path != "-" else { return nil }
        let name = Path.name(of: path)
        guard name.hasSuffix(".age"), name != ".age" else {
            throw Failure(
                .usage,
                Text(
                    en: "\(path) does not end in .age, so the output needs a name",
                    es: "\(path) no termina en .age: hace falta un nombre para la salida"),
                hint: Text(en: "name it with -o OUT", es: "dilo con -o SALIDA"))
        }
        return String(path.dropLast(4))
    }

    private static func unlock(
        _ sealed: SealedFile, _ invocation: Invocation, _ keys: KeyArguments
    ) throws -> UnlockedFile {
        if sealed.wantsPassphrase {
            return try unlockWithPassphrase(sealed, invocation)
        }
        let files = invocation.values("identity")
        guard !files.isEmpty else {
            let own = try invocation.storedIdentities()
            return try unlock(sealed, own) ?? { throw noMatch(sealed) }()
        }
        // Those that cost no question first.
        let sources = try files.map(keys.identities(file:))
        var open: [Identity] = []
        for case .plain(let identities) in sources { open += identities }
        if let file = try unlock(sealed, open) { return file }
        for source in sources {
            guard case .sealed = source else { continue }
            if let file = try unlock(sealed, keys.open(source)) { return file }
        }
        throw noMatch(sealed)
    }

    /// A person may mistype twice; a script has one passphrase to offer.
    private static func unlockWithPassphrase(
        _ sealed: SealedFile, _ invocation: Invocation
    ) throws -> UnlockedFile {
        let option = "file-passphrase-fd"
        let isTyped = invocation.value(option) == nil && invocation.world.terminal.canAsk
        for attempt in 1...(isTyped ? 3 : 1) {
            let opener = FilePassphrase(
                try invocation.passphrase(
                    option: option,
                    prompt: Text(
                        en: "passphrase of the file", es: "frase de contraseña del archivo")))
            if let file = try unlock(sealed, [opener]) { return file }
            if isTyped, attempt < 3 { invocation.say(wrongPassphrase.message) }
        }
        throw wrongPassphrase
    }

    /// - Returns: nil when none of the openers has the key.
    private static func unlock(
        _ sealed: SealedFile, _ openers: [any Opener]
    ) throws(AgeError) -> UnlockedFile? {
        do { return try sealed.unlock(openers) } catch .noMatch { return nil }
    }

    private static let wrongPassphrase = Failure(
        .noKey,
        Text(
            en: "that is not the passphrase of this file",
            es: "esa no es la frase de contraseña de este archivo"),
        hint: Text(
            en: "capitals, spaces and accents count; try again",
            es: "cuentan mayúsculas, espacios y acentos; inténtalo de nuevo"))

    private static func noMatch(_ sealed: SealedFile) -> Failure {
        let count = sealed.kinds.count
        return Failure(
            .noKey,
            Text(
                en: "none of the private keys here opens this file",
                es: "ninguna de las llaves privadas de aquí abre este archivo"),
            hint: Text(
                en: count == 1
                    ? "it was encrypted for one key, another one; ask the sender to add yours"
                    : "it was encrypted for \(count) keys, all others; ask the sender to add yours",
                es: count == 1
                    ? "se cifró para una llave, y es otra; pide a quien lo mandó que agregue la tuya"
                    : "se cifró para \(count) llaves, todas otras; pide que agreguen la tuya"))
    }
}
