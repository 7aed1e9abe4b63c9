internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo vault change-passphrase`: one more passphrase, in the place of the one that is typed.
enum ChangePassphraseCommand {
    private static let option = "new-passphrase-fd"

    static let command = Command(
        "change-passphrase", spanish: ["cambiar-frase", "cambiar-contraseña"],
        Text(
            en: "Set a new passphrase; the old one is not taken away",
            es: "Pon otra frase de contraseña; la anterior no se retira"),
        why: Text(
            en: """
                The new passphrase opens everything, what was written before and what comes after. \
                The old one still opens all of it too: this adds a key, and takes none away. Older \
                copies of the vault open with the old one for ever. If somebody knows it, keep the \
                vault and its copies out of that person's reach. The recovery words go on.
                """,
            es: """
                La frase nueva abre todo, lo de antes y lo que venga. La anterior también sigue \
                abriéndolo todo: esto agrega una llave y no quita ninguna. Las copias viejas de la \
                bóveda se abren con la anterior para siempre. Si alguien la conoce, que no tenga a su \
                alcance la bóveda ni sus copias. Las palabras de recuperación siguen valiendo.
                """),
        options: [
            .value(
                option, "N",
                Text(
                    en: "read the new passphrase from this file descriptor",
                    es: "lee la frase nueva de este descriptor de archivo"))
        ],
        examples: [
            "amparo vault change-passphrase",
            "amparo vault change-passphrase --passphrase-fd 3 --new-passphrase-fd 4 3<OLD 4<NEW",
        ]
    ) { invocation in
        // An open session is not enough: who sits down at somebody's machine must not leave a key.
        let vault = try invocation.openVaultByPassphrase()
        try invocation.end(vault) { vault in
            try vault.requireWritable()
            let passphrase =
                try invocation.value(option) != nil
                ? invocation.passphrase(option: option, prompt: NewPassphrase.question)
                : NewPassphrase.ask(invocation, option: option)
            try vault.addSlot(passphrase: passphrase)
        }
        invocation.say(
            Text(
                en: "the new passphrase opens the vault; the old one still opens all of it, and "
                    + "older copies for ever",
                es: "la frase de contraseña nueva abre la bóveda; la anterior la sigue abriendo "
                    + "entera, y las copias viejas para siempre"))
    }
}
