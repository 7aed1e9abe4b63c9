internal import Age
internal import Bundles
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
                opens does not say who sent it: anybody can encrypt to you, and anybody who can \
                open it can take a signature off. A signature does not say when. The decrypted \
                copy is an ordinary file that whoever has this disk can read.
                """,
            es: """
                En un archivo queda todo o nada. Por un tubo puede salir una parte antes de notar el \
                daño: entonces lo dice y termina con 4; no uses esa parte. Que abra no dice quién \
                lo mandó: cualquiera puede cifrarte algo, y quien puede abrirlo puede quitarle la \
                firma. Una firma no dice cuándo. La copia descifrada la lee quien tenga este disco.
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
            "amparo decrypt -o photos photos.age",
        ]
    ) { invocation in try run(invocation) }

    private static func run(_ invocation: Invocation) throws {
        let path = invocation.argument("PATH")
        let keys = try KeyArguments(
            invocation, files: invocation.values("identity"), besides: path)
        try refuseFolder(invocation.value("output"), invocation)
        let input = try FileInput(
            path, invocation, onScreen: FileOutput.isScreen(path, invocation))
        let output = try FileOutput(
            invocation, derived: { try derivedName(path, invocation) }, access: .ownerOnly,
            onTerminal: .showText,
            inputs: [input.status?.identity].compactMap { $0 } + keys.identities)
        guard !invocation.json || output.file != nil else { throw jsonNeedsFile }
        let sink = UnpackingOutput(
            plain: output.bytes, folder: output.canBecomeFolder ? output.name : nil,
            on: invocation.world.files)
        let file: UnlockedFile
        var signers: [Signer]?
        do {
            let sealed = try SealedFile(reading: input)
            let identities = invocation.values("identity")
            let stored =
                Invocation.needsVault(sealed, files: identities)
                ? try invocation.storedKeys(opens: true) : nil
            signers = stored?.signers
            file = try invocation.unlock(sealed, files: identities, keys, stored)
            try file.open(into: sink)
        } catch let error as AgeError {
            sink.stop()
            input.finish()
            if case .output = error, let failure = sink.failure {
                throw failure.failure(input: input.name, output: output.name)
            }
            throw error.failure(
                input: input.name, output: output.name, first: input.firstBytes,
                leavesPart: output.isStream)
        }
        input.finish()
        let unpacked = try unpacked(sink, input, output)
        let signature = unpacked?.result.signature ?? sink.takeSignature()
        if signature != nil, signers == nil { signers = try invocation.signersAtHand() }
        // A signature that does not hold leaves no output behind.
        let author = try Authorship(
            signature, signers: signers, opener: file.opener, input: input.name)
        if let unpacked, let folder = unpacked.folder {
            do throws(FileError) {
                try folder.commit(only: unpacked.result.only)
            } catch {
                throw BundleError.output(error).failure(input: input.name, output: output.name)
            }
            if !invocation.json { try output.announce(invocation) }
        } else {
            try output.commit(invocation, isQuiet: invocation.json)
        }
        author.tell(invocation)
        if output.file != nil { invocation.acknowledge(.nowPlain(output.name)) }
        if invocation.json {
            try invocation.printJSON([
                "file": .text(input.name), "output": .text(output.name),
                "signature": author.json,
            ])
        }
    }

    private static let jsonNeedsFile = Failure(
        .usage,
        Text(
            en: "--json and what is decrypted cannot share standard output",
            es: "--json y lo descifrado no caben juntos en la salida estándar"),
        hint: Text(en: "name a file with -o OUT", es: "nombra un archivo con -o SALIDA"))

    private static func unpacked(
        _ sink: UnpackingOutput, _ input: FileInput, _ output: FileOutput
    ) throws(Failure) -> UnpackingOutput.Unpacked? {
        do throws(BundleError) {
            return try sink.finish()
        } catch { throw error.failure(input: input.name, output: output.name) }
    }

    /// `report.pdf` of `report.pdf.age`; nil for standard input.
    private static func derivedName(
        _ path: String?, _ invocation: Invocation
    ) throws -> String? {
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
        let derived = String(path.dropLast(4))
        try refuseFolder(derived, invocation)
        return derived
    }

    /// A folder in the way is as much in the way as a file.
    private static func refuseFolder(_ path: String?, _ invocation: Invocation) throws {
        guard let path, path != "-" else { return }
        let status: FileStatus?
        do throws(FileError) { status = try invocation.world.files.status(path) } catch {
            throw error.failure(making: path)
        }
        guard status?.kind == .directory else { return }
        let free = (2...99).lazy.map { "\(path)-\($0)" }.first {
            (try? invocation.world.files.exists($0)) == false
        }
        // What was typed may have had --force already, which replaces no folder.
        throw Failure(
            .refused,
            Text(
                en: "\(path) is a folder that exists already, and no folder is overwritten",
                es: "\(path) es una carpeta que ya existe, y ninguna carpeta se sobrescribe"),
            hint: free.map {
                Text(en: "choose another name: -o \($0)", es: "elige otro nombre: -o \($0)")
            } ?? Text(en: "choose another name with -o", es: "elige otro nombre con -o"))
    }
}
