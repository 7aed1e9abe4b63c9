internal import CommandLineKit
internal import Platform
internal import Vault
internal import Wording

/// `amparo vault …`: the file in which everything lies.
enum VaultCommands {
    static let command = Command(
        "vault", spanish: ["bóveda", "boveda"],
        Text(
            en: "Look after the vault: copies, checks, locking",
            es: "Cuida la bóveda: copias, revisión, cierre"),
        why: Text(
            en: """
                A copy of the vault shows its size, how much was added between two copies, the \
                number of writes and when it was last used; nothing else without the passphrase. \
                A copy opens with the passphrase it was made under, for ever.
                """,
            es: """
                Una copia de la bóveda muestra su tamaño, cuánto creció entre dos copias, cuántas \
                veces se escribió y cuándo se usó por última vez; nada más sin la frase de \
                contraseña. Una copia se abre con la frase de contraseña que tenía al hacerse, para \
                siempre.
                """),
        subcommands: [
            VaultStatusCommand.command, VaultCheckCommand.command, VaultCopyCommands.backup,
            VaultCopyCommands.restore, SessionCommands.unlock, SessionCommands.lock,
            ChangePassphraseCommand.command, CompartmentCommand.command, PadCommand.command,
            VaultMergeCommand.command, VaultSyncCommand.command, RewriteCommand.command,
        ])
}
