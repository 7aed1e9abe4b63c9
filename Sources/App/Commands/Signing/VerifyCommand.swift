internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Vault
internal import Wording

/// `amparo verify`: whose signature a file has, and whether it holds.
enum VerifyCommand {
    static let suffix = ".minisig"

    static let command = Command(
        "verify", spanish: ["verificar", "verifica", "comprobar"],
        Text(
            en: "Verify a file's signature", es: "Verifica la firma de un archivo"),
        why: Text(
            en: """
                A good signature says that these exact bytes were signed with that key. It does not \
                say when, nor that the file's name is the one it had, nor that the key is the \
                person's: that you learn by comparing it by voice. An old signed file stays valid \
                for ever.
                """,
            es: """
                Una firma buena dice que exactamente estos bytes se firmaron con esa llave. No dice \
                cuándo, ni que el archivo se llamara así, ni que la llave sea de esa persona: eso \
                se sabe comparándola de viva voz. Un archivo viejo firmado vale para siempre.
                """),
        options: [
            .value(
                "public-key", short: "P", "KEY", spanish: ["llave"],
                Text(
                    en: "with this minisign public key (RW...)",
                    es: "con esta llave pública de minisign (RW...)")),
            .value(
                "public-key-file", short: "p", "FILE",
                Text(
                    en: "with the public key in this file",
                    es: "con la llave pública de este archivo"
                )),
            .value(
                "from", "CONTACT", spanish: ["de"],
                Text(
                    en: "only with this contact's keys; without it, with any that you know",
                    es: "solo con las llaves de este contacto; sin esto, con todas las que conoces")
            ),
            .value(
                "signature", short: "x", "FILE", spanish: ["firma"],
                Text(
                    en: "the signature, if it is not FILE.minisig",
                    es: "la firma, si no es ARCHIVO.minisig")),
            .flag(
                "legacy",
                Text(
                    en: "accept a signature of the old kind too",
                    es: "acepta también una firma del tipo viejo")),
        ],
        conflicts: [
            Conflict("public-key", "public-key-file"), Conflict("public-key", "from"),
            Conflict("public-key-file", "from"),
        ],
        arguments: [
            Argument(
                "FILE",
                Text(
                    en: "the file that was signed; - is standard input",
                    es: "el archivo firmado; - es la entrada estándar"))
        ],
        examples: [
            "amparo verify report.pdf --from laura", "amparo verify report.pdf -P RWQf6LRC...",
        ]
    ) { invocation in try run(invocation) }

    /// Source: minisign.c, `message_load`: 1 GiB.
    private static let legacyLimit = 1 << 30

    private static func run(_ invocation: Invocation) throws {
        let path = invocation.argument("FILE") ?? ""
        let given = try givenKey(invocation)
        let signaturePath = try signaturePath(path, invocation)
        let signature = try read(signaturePath, of: path, invocation)
        guard signature.algorithm == .prehashed || invocation.flag("legacy") else {
            throw MinisignError.legacySignature.failure(signaturePath)
        }
        let candidates = try candidates(given, for: signature, signaturePath, invocation)
        let input = try FileInput(path, invocation)
        let (signer, comment) = try check(
            signature, signaturePath, input, candidates)
        input.finish()
        try report(path, signature, signer, comment, invocation)
    }

    // MARK: What is verified with

    private static func givenKey(_ invocation: Invocation) throws -> MinisignPublicKey? {
        if let text = invocation.value("public-key") {
            do throws(MinisignError) {
                return try MinisignPublicKey(parsing: text)
            } catch { throw KeyringError.malformedSigningKey(text).failure }
        }
        guard let path = invocation.value("public-key-file") else { return nil }
        let text = try failing(path) { () throws(FileError) in
            try invocation.world.files.read(path, limit: MinisignSignature.maximumByteCount)
        }
        do throws(MinisignError) {
            return try MinisignPublicKey(parsing: text.span)
        } catch { throw error.failure(path) }
    }

    private static func signaturePath(
        _ path: String, _ invocation: Invocation
    ) throws -> String {
        if let chosen = invocation.value("signature") { return chosen }
        guard path != "-" else {
            throw Failure(
                .usage,
                Text(
                    en: "the signature of standard input needs a name",
                    es: "la firma de la entrada estándar necesita un nombre"),
                hint: Text(en: "name it with -x FILE", es: "dilo con -x ARCHIVO"))
        }
        return path + suffix
    }

    private static func read(
        _ signaturePath: String, of path: String, _ invocation: Invocation
    ) throws -> MinisignSignature {
        let text: [UInt8]
        do throws(FileError) {
            text = try invocation.world.files.read(
                signaturePath, limit: MinisignSignature.maximumByteCount)
        } catch .notFound where invocation.value("signature") == nil {
            throw Failure(
                .failed,
                Text(
                    en: "there is no signature \(signaturePath)",
                    es: "no está la firma \(signaturePath)"),
                hint: path.hasSuffix(suffix)
                    ? Text(
                        en: "name the file that was signed, without \(suffix)",
                        es: "nombra el archivo firmado, sin \(suffix)")
                    : Text(
                        en: "ask for it, or say where it is with -x FILE",
                        es: "pídela, o di dónde está con -x ARCHIVO"))
        } catch { throw error.failure(signaturePath) }
        do throws(MinisignError) {
            return try MinisignSignature(parsing: text.span)
        } catch { throw error.failure(signaturePath) }
    }

    /// The keys that may have made the signature, which names one by its number.
    private static func candidates(
        _ given: MinisignPublicKey?, for signature: MinisignSignature, _ signaturePath: String,
        _ invocation: Invocation
    ) throws -> [Signer] {
        if let given {
            guard given.keyID == signature.keyID else {
                throw MinisignError.keyIDMismatch(signature: signature.keyID, key: given.keyID)
                    .failure(signaturePath)
            }
            return [Signer(key: given, owner: .unnamed)]
        }
        try invocation.checkVaultExists(
            instead: Text(
                en: "create one with 'amparo init', or give the key itself: -P RW...",
                es: "crea una con «amparo init», o da la llave: -P RW..."))
        let from = invocation.value("from")
        let known = try invocation.withVault { vault -> [Signer] in
            let keyring = Keyring(vault)
            guard let from, from.lowercased() != EntryName.me else {
                let all = Signer.all(in: keyring)
                return from == nil ? all : all.filter(\.isOwn)
            }
            let signers = Signer.of(try keyring.contact(named: from))
            guard !signers.isEmpty else { throw noKey(of: from) }
            return signers
        }
        let matching = known.filter { $0.key.keyID == signature.keyID }
        guard !matching.isEmpty else { throw unknown(signature.keyID, from: from) }
        return matching
    }

    private static func noKey(of name: String) -> Failure {
        Failure(
            .noKey,
            Text(
                en: "\(name) has no signing key yet", es: "\(name) aún no tiene llave de firma"),
            hint: Text(
                en: "ask for it (RW...), then: amparo contact add --sign-key",
                es: "pídesela (RW...) y luego: amparo contact add --sign-key"))
    }

    private static func unknown(_ id: MinisignKeyID, from name: String?) -> Failure {
        Failure(
            .noKey,
            name.map {
                Text(
                    en: "the signature is of key \(id), which is not \($0)'s",
                    es: "la firma es de la llave \(id), que no es de \($0)")
            }
                ?? Text(
                    en: "the signature is of key \(id), which nobody here has",
                    es: "la firma es de la llave \(id), que aquí nadie tiene"),
            hint: Text(
                en: "do not trust it yet: ask by voice which signing key is right",
                es: "no confíes todavía: pregunta de viva voz cuál es la llave de firma"))
    }

    // MARK: The verdict

    private static func check(
        _ signature: MinisignSignature, _ signaturePath: String, _ input: FileInput,
        _ candidates: [Signer]
    ) throws -> (Signer, comment: String) {
        let verify: (Signer) throws(MinisignError) -> String
        switch signature.algorithm {
        case .prehashed:
            let hash = try Prehash(hashing: input)
            verify = { (signer) throws(MinisignError) in
                try signature.verify(hash, with: signer.key)
            }
        case .legacy:
            let content = try whole(input)
            verify = { (signer) throws(MinisignError) in
                try signature.verifyAllowingLegacy(content.span, with: signer.key)
            }
        }
        var refusal = MinisignError.badSignature
        for signer in candidates {
            do throws(MinisignError) {
                return (signer, try verify(signer))
            } catch { refusal = error }
        }
        throw refusal.failure(signaturePath)
    }

    private static func whole(_ input: FileInput) throws -> [UInt8] {
        let content: [UInt8]?
        do throws(StreamError) { content = try input.readAll(limit: legacyLimit) } catch {
            throw FileError(error).failure(input.name)
        }
        guard let content else {
            throw FileError.tooLarge(limit: legacyLimit).failure(input.name)
        }
        return content
    }

    private static func report(
        _ path: String, _ signature: MinisignSignature, _ signer: Signer, _ comment: String,
        _ invocation: Invocation
    ) throws {
        guard !invocation.json else {
            return try invocation.printJSON([
                "file": .text(path), "valid": true, "key": .text(signer.key.description),
                "key_id": .text(signer.key.keyID.description),
                "signer": .text(orNull: signer.name), "verified": .bool(signer.isVerified),
                "legacy": .bool(signature.algorithm == .legacy),
                "trusted_comment": .text(comment),
            ])
        }
        let words = signer.words
        try invocation.print(
            Text(
                en: "good signature \(words.en)", es: "firma buena, hecha \(words.es)"))
        // What a signature of ours says when its owner wanted to say nothing.
        guard comment != MinisignSignature.quietComment else { return }
        // Also where no terminal is seen now: it may be shown on one later.
        let shown = Printable.escape(comment)
        try invocation.print(
            Text(en: "trusted comment: \(shown)", es: "comentario firmado: \(shown)")(
                invocation.language))
    }
}

extension Signer {
    fileprivate var isOwn: Bool { if case .own = owner { true } else { false } }

    /// Whether the key was compared with its owner, or is one's own.
    var isVerified: Bool {
        switch owner {
        case .unnamed, .doubtful: false
        case .own: true
        case .contact(_, let isVerified): isVerified
        }
    }
}
