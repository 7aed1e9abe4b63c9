package import CommandLineKit
internal import Wording

/// The whole option table: help, manual pages and completions are derived from it.
package enum Root {
    package static let version = "amparo 0.1.0"

    package static var command: Command {
        Command(
            "amparo",
            Text(
                en: "Protection for journalists: notes, files, keys and check-ins",
                es: "Protección para periodistas: apuntes, archivos, llaves y reportes"),
            why: Text(
                en: """
                    Amparo keeps your notes sealed, encrypts files, guards keys and raises the alarm \
                    when you do not come back. It does not help against spyware on this machine, \
                    a camera over your shoulder, or somebody who makes you type your passphrase.
                    """,
                es: """
                    Amparo guarda tus apuntes sellados, cifra archivos, cuida tus llaves y da la \
                    alerta si no vuelves. No sirve contra un programa espía en esta máquina, una \
                    cámara a tus espaldas o alguien que te obliga a escribir tu frase.
                    """),
            // One to a line, in the order of a working day.
            subcommands: [
                InitCommand.command,
                NoteCommands.command,
                KeyCommands.command,
                ContactCommands.command,
                EncryptCommand.command,
                DecryptCommand.command,
                ChannelCommands.command,
                CheckInCommands.command,
                WatchCommands.command,
                VaultCommands.command,
                RecoverCommand.command,
                SessionCommands.close,
                DemoCommand.command,
                ConfigCommands.command,
                HelpCommands.help,
                HelpCommands.manual,
                HelpCommands.completions,
                VersionCommand.command,
            ])
    }
}
