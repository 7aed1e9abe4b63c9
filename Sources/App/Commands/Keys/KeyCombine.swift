internal import Age
internal import CommandLineKit
internal import Encoding
internal import Keyring
internal import Minisign
internal import Passphrases
internal import Platform
internal import Primitives
internal import Secrets
internal import Shares
internal import Vault
internal import Wording

/// `amparo key combine`: shares of SLIP-39 back into a key.
enum KeyCombine {
    static let command = Command(
        "combine", spanish: ["juntar", "combinar", "reunir"],
        Text(
            en: "Put shares together again", es: "Junta otra vez las partes de una llave"),
        why: Text(
            en: """
                The format does not tell a wrong passphrase from the right one: it gives another \
                key. So the public key stands on every sheet: with --public it is compared. Without \
                -o or --name the key is only tried, nothing is kept. Whoever sees your screen while \
                you type sees the shares.
                """,
            es: """
                El formato no distingue una frase de contraseña equivocada de la buena: da otra \
                llave. Por eso la llave pública está en cada hoja: con --public se compara. Sin -o \
                ni --name solo se prueba la llave, no se guarda nada. Quien vea tu pantalla \
                mientras escribes ve las partes.
                """),
        options: [
            .value(
                "public", short: "P", "KEY", spanish: ["pública"],
                Text(
                    en: "the public key on the sheets, or its first 20 characters",
                    es: "la llave pública de las hojas, o sus primeros 20 caracteres")),
            ShareInput.descriptor,
        ] + ShareInput.passphraseOptions + [
            .value(
                "name", "NAME", spanish: ["nombre"],
                Text(
                    en: "put the key into the vault under this name",
                    es: "guarda la llave en la bóveda con este nombre")),
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "write the key to this file, under a passphrase",
                    es: "escribe la llave en este archivo, con frase de contraseña")),
            .flag(
                "unencrypted",
                Text(
                    en: "with -o: without a passphrase; wants --yes",
                    es: "con -o: sin frase de contraseña; pide --yes")),
        ],
        conflicts: [Conflict("name", "output")],
        arguments: [
            Argument(
                "FILE", .repeating,
                Text(
                    en: "files with shares; none: you type them, or they come from standard input",
                    es:
                        "archivos con partes; sin ellos, las escribes o vienen de la entrada estándar"
                ))
        ],
        examples: [
            "amparo key combine", "amparo key combine share-1.txt share-4.txt -o key.age",
            "amparo key combine --public RWQf6LRCGA9i53mlYecO --name laptop",
        ]
    ) { invocation in try run(invocation) }.tellingSecrets()

    private static func run(_ invocation: Invocation) throws {
        let isSealed = !invocation.flag("unencrypted")
        guard isSealed || invocation.yes else { throw KeyExport.unencryptedRefusal }
        let wanted = try invocation.value("public").map(PublicStart.init)
        if let name = invocation.value("name") { _ = try EntryName(parsing: name) }
        let path = invocation.value("output").flatMap { $0 == "-" ? nil : $0 }
        let output = try path.map { try invocation.newFile($0) }
        let pool = try ShareInput.read(invocation, files: invocation.arguments("FILE"))
        let secret = try ShareInput.combine(pool, invocation)
        switch secret.bytes.count {
        case 16: try showRecovery(secret, invocation)
        case Identity.secretByteCount:
            let key = try key(of: secret, wanted)
            try deliver(key, to: path, output, isSealed: isSealed, invocation)
        default:
            throw Failure(
                .failed,
                Text(
                    en: "the shares are right; what they give has \(secret.bytes.count) bytes, "
                        + "and is no key of this program",
                    es: "las partes están bien; lo que dan tiene \(secret.bytes.count) bytes "
                        + "y no es una llave de este programa"),
                hint: Text(
                    en: "use the program that made them", es: "usa el programa con que se hicieron")
            )
        }
    }

    /// What the shares gave.
    private enum Key {
        case identity(Identity)
        case signing(SigningKeys.Own)

        var text: String {
            switch self {
            case .identity(let identity): identity.recipient.description
            case .signing(let key): key.publicKey.description
            }
        }

        var kind: String {
            switch self {
            case .identity: "age"
            case .signing: "minisign"
            }
        }
    }

    private static func key(of secret: SharedSecret, _ wanted: PublicStart?) throws -> Key {
        let key: Key
        switch wanted?.kind {
        case .signing(let id):
            key = .signing(
                SigningKeys.Own(MinisignSecretKey(keyID: id, seed: secret.bytes.copy())))
        case .opening(let kind):
            key = .identity(Identity(kind, secret: secret.bytes.copy()))
        case nil: key = .identity(Identity(.curve, secret: secret.bytes.copy()))
        }
        guard let wanted, !key.text.hasPrefix(wanted.text) else { return key }
        throw Failure(
            .noKey,
            Text(
                en: "the shares fit together, and give another key than the one on the sheets",
                es: "las partes coinciden, pero dan otra llave que la de las hojas"),
            hint: Text(
                en: "a wrong passphrase does that; try again, and look whether one is needed",
                es: "eso hace una frase equivocada; prueba otra vez y mira si hacía falta una"))
    }

    private static func deliver(
        _ key: Key, to path: String?, _ output: (any OutputFile)?, isSealed: Bool,
        _ invocation: Invocation
    ) throws {
        let terminal = invocation.world.terminal
        let isDialogue = terminal.canAsk && terminal.isTerminal(.input)
        if isDialogue, invocation.value("public") == nil {
            try invocation.print(key.text)
            let same = Text(
                en: "Is this the public key on the sheets?",
                es: "¿Es esta la llave pública de las hojas?")
            guard try invocation.choose(same, preset: true) else { throw anotherKey }
        }
        if invocation.value("output") != nil {
            let file = try file(of: key, isSealed: isSealed, invocation)
            try KeyExport.write(file, to: output, path, invocation)
            if let path {
                invocation.acknowledge(Text(en: "done: \(path)", es: "listo: \(path)"))
            }
        }
        if let name = invocation.value("name") {
            try keep(key, name, invocation)
        }
        if invocation.json {
            try invocation.printJSON([
                "kind": .text(key.kind), "recipient": .text(key.text),
                "name": .text(orNull: invocation.value("name")), "file": .text(orNull: path),
            ])
        } else if invocation.value("output") != "-",
            !isDialogue || invocation.value("public") != nil
        {
            try invocation.print(key.text)
        }
        guard invocation.value("name") == nil, invocation.value("output") == nil else { return }
        invocation.say(
            Text(
                en: "the shares give this key; nothing was kept: add -o OUT or --name NAME",
                es: "las partes dan esta llave; no se guardó nada: agrega -o SALIDA o --name NOMBRE"
            ))
    }

    private static let anotherKey = Failure(
        .noKey,
        Text(
            en: "then a passphrase is missing or wrong, or these are other sheets",
            es: "entonces falta la frase de contraseña o no es esa, o son otras hojas"),
        hint: Text(
            en: "for a signing key give the start of its public key: --public RW...",
            es: "para una llave de firma da el comienzo de su llave pública: --public RW..."))

    private static func file(
        of key: Key, isSealed: Bool, _ invocation: Invocation
    ) throws -> SharedSecret {
        switch key {
        case .identity(let identity):
            try KeyExport.text(
                of: identity, created: invocation.world.clock.now, isSealed: isSealed, invocation)
        case .signing(let key):
            try key.secret { try KeyExport.text(of: $0, isSealed: isSealed, invocation) }
        }
    }

    private static func keep(_ key: Key, _ name: String, _ invocation: Invocation) throws {
        try invocation.withVault { vault in
            let keyring = Keyring(vault)
            if let same = OwnKey.all(in: keyring).first(where: { $0.text == key.text }) {
                throw KeyImport.present(as: same.name)
            }
            switch key {
            case .identity(let identity):
                let secret = identity.withSecret { SecretBytes(copying: $0) }
                _ = try keyring.addIdentity(name: name, secret: secret, kind: identity.kind)
            case .signing(let key):
                _ = try key.secret { try keyring.addSigningKey(name: name, $0) }
            }
        }
    }

    /// A vault's recovery key: its twelve words, which open it.
    private static func showRecovery(_ secret: SharedSecret, _ invocation: Invocation) throws {
        let words = RecoveryWords(secret: secret.bytes.copy())
        let list = (1...RecoveryWords.count).map { words.word($0, in: invocation.language) }
        if invocation.json {
            return try invocation.printJSON([
                "kind": "recovery", "recovery_words": .list(list),
            ])
        }
        try invocation.showSecret([list.joined(separator: " ")])
        invocation.say(
            Text(
                en: "these are the recovery words of a vault; they open it: amparo recover",
                es: "son las palabras de recuperación de una bóveda; la abren: amparo recover"))
    }
}

/// The public key that stands on a sheet, or enough of its beginning to know the key by.
private struct PublicStart {
    enum Kind {
        case opening(Identity.Kind)
        case signing(MinisignKeyID)
    }

    private static let characterCount = 20

    let text: String
    let kind: Kind

    init(_ typed: String) throws(Failure) {
        guard typed.utf8.count >= Self.characterCount, let kind = Self.kind(typed) else {
            throw Failure(
                .usage,
                Text(
                    en: "--public cannot be '\(typed)'", es: "--public no puede ser «\(typed)»"),
                hint: Text(
                    en: "copy at least 20 characters from the sheet: age1... or RW...",
                    es: "copia al menos 20 caracteres de la hoja: age1... o RW..."))
        }
        text = typed
        self.kind = kind
    }

    private static func kind(_ typed: String) -> Kind? {
        if typed.hasPrefix("age1pq1") { return .opening(.hybrid) }
        if typed.hasPrefix("age1") { return .opening(.curve) }
        if typed.hasPrefix("ssh-ed25519 ") { return .opening(.ssh) }
        // "Ed" ‖ key number 8 ‖ the key's first 5 bytes.
        guard typed.hasPrefix("RW"),
            let start = Base64.decode(Array(typed.utf8.prefix(characterCount)).span, .padded),
            start.count == 15
        else { return nil }
        return .signing(MinisignKeyID(Array(start[2..<10])))
    }
}
