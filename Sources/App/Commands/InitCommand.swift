internal import Age
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Passphrases
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo init`: a vault, its recovery words, the first identity and signing key.
enum InitCommand {
    static let command = Command(
        "init", spanish: ["iniciar", "crear", "empezar"],
        Text(en: "Make your vault", es: "Crea tu bóveda"),
        why: Text(
            en: """
                The vault is one file. Without its passphrase or its recovery words nobody reads it, \
                not even we; whoever has the file sees its size and when it was last used. The \
                recovery words replace a forgotten passphrase, not a lost file: make copies with \
                amparo vault backup. --provable leaves out the chaff that could hide more, for \
                people who must be able to prove that nothing is hidden. --pepper puts a second secret into a \
                file on this machine: a copy of the vault alone then opens with nothing, and \
                amparo close --pepper takes it away; without its 24 words on paper it is gone.
                """,
            es: """
                La bóveda es un solo archivo. Sin su frase de contraseña o sus palabras de \
                recuperación nadie la lee, tampoco nosotros; quien tenga el archivo ve su tamaño y \
                cuándo se usó por última vez. Las palabras sustituyen una frase de contraseña \
                olvidada, no un archivo perdido: haz copias con amparo vault backup. --provable \
                deja fuera el relleno que podría esconder algo más, para quien deba poder probar \
                que no esconde nada. --pepper pone un segundo secreto en un archivo de este equipo: una \
                copia de la bóveda sola ya no se abre con nada, y amparo close --pepper lo quita; \
                sin sus 24 palabras en papel no hay vuelta.
                """),
        options: [
            .flag(
                "provable",
                Text(
                    en: "without chaff: every cell opens with your passphrase",
                    es: "sin relleno: cada celda se abre con tu frase de contraseña")),
            .flag(
                "pepper", spanish: ["pimienta"],
                Text(
                    en: "with a second secret, kept in a file of this machine",
                    es: "con un segundo secreto, guardado en un archivo de este equipo")),
            .value(
                "kdf-memory", "MIB",
                Text(
                    en:
                        "memory to open it, 32 to 1024 MiB, for the weakest machine it must open on",
                    es:
                        "memoria para abrirla, de 32 a 1024 MiB, según el equipo más débil donde se abrirá"
                )),
        ],
        examples: ["amparo init", "amparo init --passphrase-fd 3 3<FILE"]
    ) { invocation in
        let options = try options(invocation)
        let path = try invocation.home.vault
        let exists = try failing(path) { () throws(FileError) in
            try invocation.world.files.exists(path)
        }
        guard !exists else { throw VaultError.alreadyExists }

        try refuseUnaskedPepper(invocation)
        let isScripted = invocation.value("passphrase-fd") != nil
        let passphrase =
            try isScripted
            ? invocation.passphrase(option: "passphrase-fd", prompt: NewPassphrase.question)
            : NewPassphrase.ask(invocation)
        let words = RecoveryWords(random: invocation.world.random)
        // Copied by hand before there is a vault: whoever stops here has nothing half made.
        if !isScripted { try RecoveryDialogue.teach(words, invocation) }
        let pepper =
            try invocation.flag("pepper") ? Pepper.prepare(invocation.home, invocation) : nil
        if !isScripted { try pepper?.teach(invocation) }
        // Before the vault: one without its pepper would open for nobody.
        try pepper?.store(in: invocation.createdHome(), invocation.world.files)
        let (recipient, signKey) = try make(passphrase, words, options, invocation)
        try report(words, pepper, recipient, signKey, isScripted: isScripted, invocation)
    }.tellingSecrets()

    /// One that an earlier vault left here would seal this one, and nobody would know its words.
    private static func refuseUnaskedPepper(_ invocation: Invocation) throws {
        guard !invocation.flag("pepper"),
            let path = try Pepper.load(invocation.home, invocation.world.files) != nil
                ? invocation.home.pepper : nil
        else { return }
        throw Failure(
            .refused,
            Text(
                en: "the pepper of an earlier vault is here: \(path)",
                es: "aquí está la pimienta de una bóveda anterior: \(path)"),
            hint: Text(
                en: "use it with: amparo init --pepper, or remove that file",
                es: "úsala con: amparo init --pepper, o quita ese archivo"))
    }

    private static func options(_ invocation: Invocation) throws -> Vault.CreateOptions {
        var cost: KeyDerivationCost?
        if let text = invocation.value("kdf-memory") {
            cost = Int(text).flatMap { KeyDerivationCost(mebibytes: $0) }
            guard cost != nil else {
                throw Failure(
                    .usage,
                    Text(
                        en: "--kdf-memory cannot be '\(text)'",
                        es: "--kdf-memory no puede ser «\(text)»"),
                    hint: Text(
                        en: "write a number of MiB from 32 to 1024",
                        es: "escribe un número de MiB de 32 a 1024"))
            }
        }
        return Vault.CreateOptions(cost: cost, isProvable: invocation.flag("provable"))
    }

    /// - Returns: The age recipient and the minisign public key of the first keys.
    private static func make(
        _ passphrase: borrowing SecretBytes, _ words: borrowing RecoveryWords,
        _ options: Vault.CreateOptions, _ invocation: Invocation
    ) throws -> (recipient: String, signKey: String) {
        let home = try invocation.createdHome()
        let recovery = words.withSecret { SecretBytes(copying: $0) }
        let random = invocation.world.random
        let vault = try Vault.create(
            at: home.vault, passphrase: passphrase, recovery: recovery, options: options,
            in: try invocation.vaultContext())
        let keyring = Keyring(vault)
        let identity = try keyring.addIdentity(
            name: EntryName.me, secret: random.secret(count: Identity.secretByteCount))
        let signing = try keyring.addSigningKey(
            name: EntryName.me, MinisignSecretKey.generate(random: random))
        try Interrupts.check()
        _ = try vault.commit()
        if invocation.value("passphrase-fd") == nil,
            (try? invocation.startSession(vault, for: Session.lifetime)) != nil
        {
            invocation.say(Session.opened)
        }
        return (identity.recipient, signing.publicKey.description)
    }

    private static func report(
        _ words: borrowing RecoveryWords, _ pepper: Pepper?, _ recipient: String,
        _ signKey: String, isScripted: Bool, _ invocation: Invocation
    ) throws {
        let path = try invocation.home.vault
        if isScripted {
            let list = (1...RecoveryWords.count).map { words.word($0, in: invocation.language) }
            let pepperWords = pepper?.words(in: invocation.language)
            guard !invocation.json else {
                let made: JSON = [
                    "vault": .text(path), "recovery_words": .list(list),
                    "recipient": .text(recipient), "sign_key": .text(signKey),
                ]
                return try invocation.printJSON(
                    pepperWords.map { made.adding("pepper_words", .list($0)) } ?? made)
            }
            try invocation.print(list.joined(separator: " "))
            if let pepperWords { try invocation.print(pepperWords.joined(separator: " ")) }
        }
        invocation.say(
            Text(
                en: """
                    your vault is ready: \(path)
                    your public key (recipient); give it to whoever is to send you encrypted files:
                    \(recipient)
                    next: amparo note new · and make a copy now: \
                    amparo vault backup /media/usb/vault.db
                    """,
                es: """
                    tu bóveda está lista: \(path)
                    tu llave pública (destinatario); dásela a quien quiera mandarte archivos cifrados:
                    \(recipient)
                    sigue: amparo note new · y haz ya una copia: \
                    amparo vault backup /media/usb/boveda.db
                    """))
    }
}
