internal import Age
internal import CommandLineKit
internal import Platform
internal import Wording

/// `amparo rewrap`: the same payload for other recipients.
enum RewrapCommand {
    static let command = Command(
        "rewrap", spanish: ["reenvolver", "recifrar"],
        Text(
            en: "Give an encrypted file other recipients, without decrypting it to disk",
            es: "Cambia los destinatarios de un archivo cifrado, sin descifrarlo en el disco"),
        why: Text(
            en: """
                Writes a copy that opens for the people you name, and only for them. It is no \
                revocation: whoever could open the file before may have a copy of it, or of its \
                key, which stays the same. To keep something from them, encrypt the original anew.
                """,
            es: """
                Escribe una copia que abren las personas que nombres, y solo ellas. No revoca \
                nada: quien ya podía abrir el archivo quizá tiene una copia, o su llave, que sigue \
                siendo la misma. Para que algo no lo lea, vuelve a cifrar el original.
                """),
        options: Sealers.options + [
            Sealers.passphrase,
            .value(
                "identity", short: "i", "FILE", repeats: true, spanish: ["llave"],
                Text(
                    en: "open it with the private keys in this file, not the vault's",
                    es: "ábrelo con las llaves privadas de este archivo, no las de la bóveda")),
            .flag(
                "armor", short: "a",
                Text(
                    en: "as text that can be pasted into a message",
                    es: "como texto que se puede pegar en un mensaje")),
        ] + FileOutput.options,
        conflicts: ["recipient", "recipients-file"].map { Conflict("passphrase", $0) },
        arguments: [Argument("FILE", Text(en: "an age file", es: "un archivo de age"))],
        examples: ["amparo rewrap -r laura -r me -o report2.pdf.age report.pdf.age"]
    ) { invocation in try run(invocation) }

    private static func run(_ invocation: Invocation) throws {
        let words = try Sealers(invocation, identityFiles: [])
        let path = invocation.argument("FILE")
        let identities = invocation.values("identity")
        let keys = try KeyArguments(
            invocation, files: identities + words.recipientFiles, besides: path)
        let input = try FileInput(path, invocation)
        let output = try FileOutput(
            invocation, derived: { path.flatMap(derivedName) }, access: .ordinary,
            onTerminal: invocation.flag("armor") ? .write : .refuse,
            inputs: [input.status?.identity].compactMap { $0 } + keys.identities)
        do {
            let sealed = try SealedFile(reading: input)
            let opens = Invocation.needsVault(sealed, files: identities)
            let stored =
                opens || !words.names.isEmpty
                ? try invocation.storedKeys(of: words.names, opens: opens) : nil
            let file = try invocation.unlock(sealed, files: identities, keys, stored)
            let sealers = try words.resolve(invocation, keys, stored).sealers
            try file.rewrap(
                to: sealers, into: output.bytes,
                form: invocation.flag("armor") ? .armored : file.form,
                random: invocation.world.random)
        } catch let error as AgeError {
            input.finish()
            throw error.failure(
                input: input.name, output: output.name, first: input.firstBytes,
                leavesPart: output.isStream)
        }
        input.finish()
        try output.commit(invocation)
        invocation.warn(
            Text(
                en: "this revokes nothing: whoever could open the old file still can",
                es: "esto no revoca nada: quien podía abrir el archivo anterior sigue pudiendo"))
    }

    private static func derivedName(_ path: String) -> String? {
        guard path != "-" else { return nil }
        return (path.hasSuffix(".age") ? String(path.dropLast(4)) : path) + ".new.age"
    }
}
