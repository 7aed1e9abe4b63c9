internal import CommandLineKit
internal import Passphrases
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo recover`: in with the recovery words, and a new passphrase.
enum RecoverCommand {
    static let command = Command(
        "recover", spanish: ["recuperar", "olvidé"],
        Text(
            en: "Open the vault with recovery words or shares and set a new passphrase",
            es: "Abre la bóveda con palabras de recuperación o partes y pon otra frase"),
        why: Text(
            en: """
                The words open everything that the passphrase did. The old passphrase is not taken \
                away: whoever knows it still opens this vault, and older copies for ever.
                """,
            es: """
                Las palabras abren lo mismo que abría la frase de contraseña. La frase anterior no \
                se retira: quien la sepa sigue abriendo esta bóveda, y las copias viejas para \
                siempre.
                """),
        options: [
            .value(
                "recovery-fd", "N",
                Text(
                    en: "read the words from this file descriptor",
                    es: "lee las palabras de este descriptor de archivo")),
            .flag(
                "shares", spanish: ["partes"],
                Text(
                    en: "with shares of 'amparo key split --recovery', instead of the words",
                    es: "con partes de «amparo key split --recovery», no con las palabras")),
            .flag(
                "pepper", spanish: ["pimienta"],
                Text(
                    en: "bring the pepper back from its 24 words, and no more",
                    es: "trae de vuelta la pimienta con sus 24 palabras, y nada más")),
            .value(
                "pepper-fd", "N",
                Text(
                    en: "read the 24 words from this file descriptor",
                    es: "lee las 24 palabras de este descriptor de archivo")),
            ShareInput.descriptor,
        ] + ShareInput.passphraseOptions,
        conflicts: [Conflict("recovery-fd", "shares"), Conflict("recovery-fd", "shares-fd")],
        examples: [
            "amparo recover", "amparo recover --shares", "amparo recover --pepper",
            "amparo recover --recovery-fd 3 --passphrase-fd 4 3<WORDS 4<NEW",
        ]
    ) { invocation in
        if invocation.flag("pepper") || invocation.value("pepper-fd") != nil {
            let pepper = try Pepper.read(invocation)
            try pepper.store(in: invocation.createdHome(), invocation.world.files)
            return invocation.say(
                Text(
                    en: "the pepper is back: the passphrase opens the vault again",
                    es: "la pimienta está de vuelta: la frase de contraseña abre la bóveda otra vez"
                ))
        }
        let file = try VaultFile(try invocation.home.vault)
        let words = try RecoveryDialogue.readWordsOrShares(invocation)
        let recovery = words.withSecret { SecretBytes(copying: $0) }
        let vault = try open(file, recovery, invocation)
        try invocation.end(vault) { vault in
            let passphrase =
                try invocation.value("passphrase-fd") != nil
                ? invocation.passphrase(option: "passphrase-fd", prompt: NewPassphrase.question)
                : NewPassphrase.ask(invocation)
            try vault.addSlot(passphrase: passphrase)
        }
        invocation.say(
            Text(
                en: "the new passphrase opens the vault; the old one does too, and so do the words",
                es:
                    "la frase de contraseña nueva abre la bóveda; la anterior también, y las palabras igual"
            ))
    }.tellingSecrets()

    static func open(
        _ file: VaultFile, _ recovery: consuming SecretBytes, _ invocation: Invocation
    ) throws -> Vault {
        do {
            return try Vault.open(file, with: .recovery(recovery), in: invocation.vaultContext())
        } catch VaultError.wrongPassphrase {
            throw Failure(
                .noKey,
                Text(
                    en: "those words are well spelt, but they do not open this vault",
                    es: "las palabras están bien escritas, pero no abren esta bóveda"),
                hint: Text(
                    en:
                        "are they of another vault? another one opens with amparo --home DIR recover",
                    es: "¿son de otra bóveda? otra se abre con amparo --home CARPETA recover"))
        }
    }
}
