internal import Age
internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Wording

/// Keys as they are given on a command line: in files, some under a passphrase.
struct KeyArguments {
    /// What an identity file turned out to be.
    enum Identities {
        case plain([Identity])
        case sealed(SharedSecret, path: String)
    }

    private let invocation: Invocation
    private let files: [String]

    /// - Parameters:
    ///   - files: Every file of keys on the line.
    ///   - path: The text; nil or `-` is standard input, which can be read only once.
    init(_ invocation: Invocation, files: [String], besides path: String?) throws(Failure) {
        self.invocation = invocation
        self.files = files
        let readers = (files + [path ?? "-"]).filter { $0 == "-" }
        guard readers.count <= 1 else {
            throw Failure(
                .usage,
                Text(
                    en: "standard input cannot give both the keys and the text",
                    es: "la entrada estándar no puede dar a la vez las llaves y el texto"),
                hint: Text(
                    en: "name a file for one of the two", es: "nombra un archivo para una de ellas")
            )
        }
    }

    /// The recipients of a file.
    func recipients(file path: String) throws -> [Recipient] {
        var bytes = try read(path)
        // A private key may have ended up in the wrong file.
        defer { Zeroing.zero(&bytes) }
        do throws(KeyFileError) {
            return try KeyFile.recipients(bytes)
        } catch { throw error.failure(path) }
    }

    /// A file of identities; a passphrase is not asked for yet.
    func identities(file path: String) throws -> Identities {
        var bytes = try read(path)
        return try Self.identities(draining: &bytes, path)
    }

    /// The same of a file that was read already, and is zeroed.
    static func identities(draining bytes: inout [UInt8], _ path: String) throws -> Identities {
        guard !bytes.isEmpty else { throw KeyFileError.empty.failure(path) }
        let text = SecretBytes(draining: &bytes)
        if KeyFile.isSealed(text) { return .sealed(SharedSecret(text), path: path) }
        do throws(KeyFileError) {
            return .plain(try KeyFile.identities(text))
        } catch { throw error.failure(path, isPrivate: true) }
    }

    /// The identities themselves; asks for the passphrase of a sealed file.
    func open(_ identities: Identities) throws -> [Identity] {
        switch identities {
        case .plain(let identities): return identities
        case .sealed(let file, let path):
            let passphrase = try invocation.passphrase(
                option: "file-passphrase-fd",
                prompt: Text(en: "Passphrase of \(path)", es: "Frase de contraseña de \(path)"),
                spelling: .typed)
            do throws(KeyFileError) {
                return try KeyFile.identities(
                    sealed: file.bytes,
                    with: FilePassphrase(spellings: Passphrase.spellings(passphrase)))
            } catch { throw error.failure(path, isPrivate: true) }
        }
    }

    /// The files that no output may replace.
    var identities: [FileIdentity] {
        files.compactMap { path in
            path == "-" ? nil : (try? invocation.world.files.status(path))?.identity
        }
    }

    /// A whole file, for the caller to zero.
    func read(_ path: String) throws -> [UInt8] {
        guard path == "-" else {
            do throws(FileError) {
                return try invocation.world.files.read(path, limit: KeyFile.byteLimit)
            } catch { throw error.failure(path) }
        }
        guard let bytes = try invocation.world.standardInput.readAll(limit: KeyFile.byteLimit)
        else { throw FileError.tooLarge(limit: KeyFile.byteLimit).failure("stdin") }
        return bytes
    }
}
