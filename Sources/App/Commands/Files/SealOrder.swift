internal import Age
internal import CommandLineKit
internal import Platform
internal import Primitives
internal import Secrets
internal import Synchronization
internal import Wording

/// How `encrypt` is to go about it: every option but for whom.
struct SealOrder: Sendable {
    let paths: [String]
    let form: FileForm
    let pads: Bool
    let signs: Bool
    let keepsOwners: Bool
    let verifies: Bool
    let removesOriginal: Bool
    let hidesName: Bool
    private let writesLetter: Bool
    private let output: String?
    private let outputIsFolder: Bool

    init(_ invocation: Invocation) throws {
        paths = invocation.arguments("PATH")
        form = invocation.flag("armor") ? .armored : .binary
        pads = invocation.flag("pad")
        signs =
            invocation.flag("sign") || invocation.value("key") != nil
            || invocation.value("secret-key") != nil
        keepsOwners = invocation.flag("keep-owners")
        removesOriginal = invocation.flag("remove-original")
        verifies = removesOriginal || invocation.flag("verify")
        hidesName = invocation.flag("hide-name")
        writesLetter = invocation.flag("letter")
        output = invocation.value("output")
        let isEach = invocation.flag("each")
        let folder = try output.map { (path) throws(Failure) in
            do throws(FileError) {
                return try invocation.world.files.status(path)?.kind == .directory
            } catch { throw error.failure(making: path) }
        }
        outputIsFolder = folder ?? false
        let readsStream = paths.isEmpty || paths.contains("-")
        let needsFile = isEach || pads || hidesName || removesOriginal || paths.count > 1
        if readsStream, needsFile { throw Self.needsPath }
        if output != nil, !outputIsFolder, hidesName || isEach { throw Self.needsFolder }
    }

    /// The name to use where nobody gave one; nil for standard input.
    func derivedName() throws -> String? {
        guard let path = paths.first, path != "-" else { return nil }
        guard paths.count == 1, !["", ".", ".."].contains(Path.name(of: path)) else {
            throw Failure(
                .usage,
                Text(en: "the output needs a name", es: "la salida necesita un nombre"),
                hint: Text(en: "name it with -o OUT", es: "dilo con -o SALIDA"))
        }
        return Self.withoutSlash(path) + ".age"
    }

    /// Where a name drawn by lot goes: beside the first input, or into the folder that was named.
    func hiddenName() throws -> String? {
        guard hidesName else { return nil }
        return hiddenName(besides: paths.first ?? "")
    }

    private func hiddenName(besides path: String) -> String {
        var number = SystemRandomNumberGenerator()
        let name = String(UInt64.random(in: (1 << 60) ... .max, using: &number), radix: 16)
        return Path.join(output ?? Path.directory(of: path), name + ".age")
    }

    /// The output for one of many.
    func eachName(of path: String) -> String {
        guard !hidesName else { return hiddenName(besides: path) }
        let name = Path.name(of: path) + ".age"
        return output.map { Path.join($0, name) } ?? Self.withoutSlash(path) + ".age"
    }

    private static func withoutSlash(_ path: String) -> String {
        Path.join(Path.directory(of: path), Path.name(of: path)).hasPrefix("./")
            && !path.hasPrefix("./")
            ? Path.name(of: path) : Path.join(Path.directory(of: path), Path.name(of: path))
    }

    /// The output as a file, where one is needed.
    func file(of output: FileOutput) throws -> (any OutputFile)? {
        guard verifies || writesLetter else { return output.file }
        guard let file = output.file, output.canBecomeFolder else {
            throw Failure(
                .usage,
                Text(
                    en: "only a file can be verified, replace the original or have a letter",
                    es: "solo un archivo se comprueba, reemplaza al original o lleva carta"),
                hint: Text(en: "name it with -o OUT", es: "dilo con -o SALIDA"))
        }
        return file
    }

    var wantsLetter: Bool { writesLetter }

    /// - Parameter leavesOwnerOut: The copy that stays could not be opened by whoever removes.
    func checkRemoval(_ invocation: Invocation, leavesOwnerOut: Bool) throws {
        guard removesOriginal, leavesOwnerOut else { return }
        let question = Text(
            en: "Remove the original, though you cannot open the copy?",
            es: "¿Borrar el original, aunque tú no puedas abrir la copia?")
        guard try invocation.confirm(question) else {
            throw Failure(
                .refused, Text(en: "nothing was encrypted", es: "no se cifró nada"),
                hint: Text(en: "add '-r me'", es: "agrega «-r me»"))
        }
    }

    /// - Parameter signing: Whose signature goes inside; the content says what is signed.
    func seal(
        _ content: SealContent, signing: InnerSigning?, into output: any ByteOutput,
        to sealers: [any Sealer],
        random: any RandomSource
    ) throws(AgeError) -> SealedOnce {
        if let signing { content.sign(signing) }
        guard verifies else {
            let proof = try Age.seal(
                from: content, into: output, to: sealers, form: form, random: random)
            return SealedOnce(proof: proof, hash: [])
        }
        let hashed = HashedInput(content)
        let proof = try Age.seal(
            from: hashed, into: output, to: sealers, form: form, random: random)
        return SealedOnce(proof: proof, hash: hashed.digest.finish())
    }

    static func tellAboutRemoval(_ invocation: Invocation) {
        invocation.say(
            Text(
                en: """
                    The original is removed. On flash memory (SSDs, USB sticks, telephones) and on \
                    disks with snapshots its content may still be read by whoever has the device: \
                    only a disk that was encrypted beforehand prevents that.
                    """,
                es: """
                    Se borró el original. En memorias flash (SSD, USB, teléfonos) y en discos con \
                    copias instantáneas, quien tenga el aparato quizá aún pueda leer su contenido: \
                    solo lo evita un disco que ya estaba cifrado.
                    """))
    }

    private static let needsPath = Failure(
        .usage,
        Text(
            en: "that cannot be done with what comes through standard input",
            es: "eso no se puede con lo que llega por la entrada estándar"),
        hint: Text(en: "name the files", es: "nombra los archivos"))

    private static let needsFolder = Failure(
        .usage,
        Text(
            en: "with --each and --hide-name, -o names a folder that exists",
            es: "con --each y --hide-name, -o lleva una carpeta que ya existe"),
        hint: Text(
            en: "leave -o out to write beside the input",
            es: "quita -o para que quede junto al original"))
}

/// A file that was sealed, and the hash of what went into it.
struct SealedOnce: Sendable {
    let proof: SealProof
    /// Empty when nobody asked.
    let hash: [UInt8]

    /// Reads the file back from the disk, decrypts it and compares.
    func verify(_ file: any OutputFile) throws(AgeError) {
        let digest = Digest()
        let input: any ByteInput
        do { input = try file.reread() } catch { throw .output(error.asStreamError) }
        try proof.open(input, into: digest)
        guard digest.finish() == hash else { throw .headerNotAuthentic }
    }
}

/// BLAKE2b of all that is written to it.
final class Digest: ByteOutput {
    private let state = Mutex(BLAKE2bState(count: 32))

    func write(_ bytes: Span<UInt8>) { state.withLock { $0.update(bytes) } }

    /// Once.
    func finish() -> [UInt8] { state.withLock { $0.finish() } }
}

/// An input that is hashed on its way.
final class HashedInput: ByteInput {
    let digest = Digest()
    private let input: any ByteInput

    init(_ input: any ByteInput) { self.input = input }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        let count = try input.read(into: &span)
        digest.write(span.span.extracting(0..<count))
        return count
    }
}
