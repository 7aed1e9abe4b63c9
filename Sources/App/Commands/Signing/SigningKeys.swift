internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// Where keys that sign, and those that verify, come from: the vault or files of minisign.
enum SigningKeys {
    /// A secret key, ready to sign.
    struct Own: Sendable {
        let publicKey: MinisignPublicKey
        /// The key's own file, which no output may replace.
        let file: FileIdentity?
        private let seed: SharedSecret

        init(_ key: borrowing MinisignSecretKey, file: FileIdentity? = nil) {
            publicKey = key.publicKey
            seed = SharedSecret(key.seed.copy())
            self.file = file
        }

        init(_ key: SigningKey) {
            publicKey = key.publicKey
            seed = key.seed
            file = nil
        }

        func secret<R>(_ body: (borrowing MinisignSecretKey) throws -> R) rethrows -> R {
            try body(MinisignSecretKey(keyID: publicKey.keyID, seed: seed.bytes.copy()))
        }
    }

    /// The key of `--secret-key`, else of `--key`, else `me` of the vault.
    static func own(_ invocation: Invocation) throws -> Own {
        if let path = invocation.value("secret-key") { return try own(file: path, invocation) }
        try invocation.checkVaultExists(instead: givenKey)
        return try invocation.withVault { vault in try stored(in: Keyring(vault), invocation) }
    }

    static let givenKey = Text(
        en: "create one with 'amparo init', or give a key file: -s minisign.key",
        es: "crea una con «amparo init», o da el archivo de una llave: -s minisign.key")

    /// The key of `--key`, else `me`.
    static func stored(in keyring: Keyring, _ invocation: Invocation) throws -> Own {
        try own(invocation.value("key") ?? EntryName.me, in: keyring)
    }

    /// A key of the vault.
    static func own(_ name: String, in keyring: Keyring) throws -> Own {
        let key = try keyring.signingKey(named: name)
        guard key.retirement == nil else { throw retired(key.name) }
        return Own(key)
    }

    private static func retired(_ name: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "the key \(name) is retired: nothing new is signed with it",
                es: "la llave \(name) está retirada: ya no se firma nada con ella"),
            hint: Text(
                en: "sign with the key that replaced it: amparo key list",
                es: "firma con la que la reemplazó: amparo key list"))
    }

    static func own(file path: String, _ invocation: Invocation) throws -> Own {
        let files = invocation.world.files
        var text = try failing(path) { () throws(FileError) in
            try files.read(path, limit: MinisignSignature.maximumByteCount)
        }
        defer { Zeroing.zero(&text) }
        let key = try secretKey(text.span, path, invocation)
        let identity = try? files.status(path)?.identity
        return Own(key, file: identity)
    }

    /// Opens a key file of minisign; asks for its passphrase if it has one.
    static func secretKey(
        _ text: Span<UInt8>, _ path: String, _ invocation: Invocation
    ) throws -> MinisignSecretKey {
        do {
            let file = try MinisignSecretKeyFile(parsing: text)
            guard file.needsPassphrase else { return try file.open() }
            let passphrase = try invocation.passphrase(
                option: "file-passphrase-fd",
                prompt: Text(en: "Passphrase of \(path)", es: "Frase de contraseña de \(path)"))
            return try passphrase.withBytes { (bytes) throws(MinisignError) in
                try file.open(passphrase: bytes)
            }
        } catch let error as MinisignError { throw error.failure(path) }
    }
}

/// A public key that a signature may verify with, and whose it is.
struct Signer: Sendable {
    enum Owner: Sendable {
        /// Somebody gave the key itself.
        case unnamed
        case own(name: String)
        case contact(name: String, isVerified: Bool)
        /// A contact whose keys changed, or about whose keys two devices disagree: one of these.
        case doubtful(name: String)
    }

    let key: MinisignPublicKey
    let owner: Owner

    var name: String? {
        switch owner {
        case .unnamed: nil
        case .own(let name): name
        case .contact(let name, _), .doubtful(let name): name
        }
    }

    /// All that the vault trusts.
    static func all(in keyring: Keyring) -> [Signer] {
        let own = keyring.signingKeys.map { Signer(key: $0.publicKey, owner: .own(name: $0.name)) }
        // Keys that came in place of others prove nothing until somebody compared them.
        let trusted = keyring.contacts.filter { !$0.isContested && !$0.isChanged }
        return own + trusted.flatMap(of)
    }

    static func of(_ contact: Contact) -> [Signer] {
        keys(contact.card.signKeys).map {
            Signer(
                key: $0,
                owner: .contact(name: contact.name, isVerified: contact.verified != nil))
        }
    }

    /// Keys that came in place of others, and those others.
    static func doubtful(in keyring: Keyring) -> [Signer] {
        keyring.contacts.filter { $0.isContested || $0.isChanged }.flatMap { contact in
            keys(contact.card.signKeys + contact.formerKeys).map {
                Signer(key: $0, owner: .doubtful(name: contact.name))
            }
        }
    }

    /// Those among them that verify signatures.
    private static func keys(_ texts: [String]) -> [MinisignPublicKey] {
        texts.compactMap { try? MinisignPublicKey(parsing: $0) }
    }

    /// `signed by laura`, with what is to be known about her key.
    var words: Text {
        switch owner {
        case .unnamed: Text(en: "by the key \(key)", es: "por la llave \(key)")
        case .own(let name):
            Text(en: "by you, with your key \(name)", es: "por ti, con tu llave \(name)")
        case .contact(let name, true): Text(en: "by \(name)", es: "por \(name)")
        case .contact(let name, false):
            Text(
                en: "by \(name)'s key, which nobody has compared with \(name) yet",
                es: "por la llave de \(name), que nadie ha comparado todavía con \(name)")
        case .doubtful(let name):
            Text(
                en: "by a key of \(name)'s, whose keys changed and nobody has compared them",
                es: "por una llave de \(name), cuyas llaves cambiaron y nadie ha comparado")
        }
    }
}
