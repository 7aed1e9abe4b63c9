internal import Age
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo key export`: a private key as a file of age or minisign, encrypted unless one insists.
enum KeyExport {
    static let command = Command(
        "export", spanish: ["exportar", "exporta"],
        Text(
            en: "Write a private key to a file, under a passphrase",
            es: "Escribe una llave privada en un archivo, bajo una frase de contraseña"),
        why: Text(
            en: """
                Whoever has the file and its passphrase opens everything that was ever sealed to \
                this key. age and minisign read it: you do not need this program to open your files. \
                An unencrypted export is read by whoever finds it.
                """,
            es: """
                Quien tenga el archivo y su frase de contraseña abre todo lo que alguna vez se \
                cifró para esta llave. age y minisign lo leen: no necesitas este programa para \
                abrir tus archivos. Una llave exportada sin cifrar la lee quien la encuentre.
                """),
        options: [
            KeyCommands.signing,
            .flag(
                "unencrypted",
                Text(
                    en: "without a passphrase; wants --yes",
                    es: "sin frase de contraseña; pide --yes")),
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "where to; - is standard output", es: "a dónde; - es la salida estándar")),
        ],
        arguments: [KeyCommands.name],
        examples: [
            "amparo key export me -o me.age", "age -d -i me.age report.pdf.age",
            "amparo key export me --unencrypted --yes -o key.txt",
        ]
    ) { invocation in
        let isSealed = !invocation.flag("unencrypted")
        guard isSealed || invocation.yes else { throw unencryptedRefusal }
        let path = try target(invocation)
        // A name that is taken must not cost anybody two passphrases.
        let output = try path.map { try invocation.newFile($0) }
        let file = try invocation.withVault { vault -> SharedSecret in
            switch try OwnKey(invocation, in: Keyring(vault)) {
            case .identity(let key):
                try text(
                    of: key.identity, created: key.created, isSealed: isSealed, invocation)
            case .signing(let key):
                try key.withSecret { try text(of: $0, isSealed: isSealed, invocation) }
            }
        }
        try write(file, to: output, path, invocation)
        if let path { try invocation.print(path) }
    }.tellingSecrets()

    /// Whole or absent where there is a file; else to standard output.
    static func write(
        _ file: SharedSecret, to output: (any OutputFile)?, _ path: String?,
        _ invocation: Invocation
    ) throws {
        guard let path, let output else {
            return try file.bytes.withBytes { try invocation.print(bytes: $0) }
        }
        try failing(path) { () throws(FileError) in
            try file.bytes.withBytes { (bytes) throws(FileError) in
                do throws(StreamError) { try output.write(bytes) } catch { throw FileError(error) }
            }
            try output.commit()
        }
    }

    static let unencryptedRefusal = Failure(
        .refused,
        Text(
            en: "an unencrypted key is read by whoever finds the file",
            es: "una llave sin cifrar la lee quien encuentre el archivo"),
        hint: Text(
            en: "leave out --unencrypted, or add --yes if you are sure",
            es: "quita --unencrypted, o agrega --yes si es lo que quieres"))

    /// nil is standard output: what was asked for, or what is not a terminal.
    private static func target(_ invocation: Invocation) throws -> String? {
        if let chosen = invocation.value("output") { return chosen == "-" ? nil : chosen }
        guard invocation.world.terminal.isTerminal(.output) else { return nil }
        let name = invocation.argument("NAME") ?? ""
        // Not every name of a key is a good name for a file.
        return try EntryName(parsing: name).text
            + (invocation.flag("signing")
                ? ".minisign.key" : invocation.flag("unencrypted") ? ".key.txt" : ".key.age")
    }

    private static let question = Text(
        en: "passphrase for the exported key", es: "frase de contraseña para la llave exportada")

    private static func filePassphrase(_ invocation: Invocation) throws -> SecretBytes {
        try NewPassphrase.own(invocation, option: "file-passphrase-fd", prompt: question)
    }

    /// The file of an identity, under a passphrase that is asked for now.
    static func text(
        of identity: Identity, created: Instant, isSealed: Bool, _ invocation: Invocation
    ) throws -> SharedSecret {
        let text = KeyFile.text(of: identity, created: created.rfc3339)
        guard isSealed else { return SharedSecret(text) }
        let passphrase = FilePassphrase(try filePassphrase(invocation))
        var plain = text.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        defer { Zeroing.zero(&plain) }
        var file = try Age.seal(
            plain, to: [passphrase], form: .armored, random: invocation.world.random)
        return SharedSecret(SecretBytes(draining: &file))
    }

    /// The file of a signing key, as minisign's.
    static func text(
        of secret: borrowing MinisignSecretKey, isSealed: Bool, _ invocation: Invocation
    ) throws -> SharedSecret {
        guard isSealed else { return SharedSecret(MinisignSecretKeyFile.exposed(secret)) }
        let passphrase = try filePassphrase(invocation)
        let random = invocation.world.random
        var file = try sealed(secret, passphrase, random)
        return SharedSecret(SecretBytes(draining: &file))
    }

    private static func sealed(
        _ secret: borrowing MinisignSecretKey, _ passphrase: borrowing SecretBytes,
        _ random: any RandomSource
    ) throws(MinisignError) -> [UInt8] {
        try passphrase.withBytes { (bytes) throws(MinisignError) in
            try MinisignSecretKeyFile.seal(secret, passphrase: bytes, random: random).file
        }
    }
}
