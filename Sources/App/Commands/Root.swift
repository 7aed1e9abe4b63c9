package import CommandLineKit
internal import Wording

/// The whole option table: help, manual pages and completions are derived from it.
package enum Root {
    package static let version = "amparo 0.1.0"

    package static var program: Program {
        Program(
            version: version, root: command, storedLanguage: Config.storedLanguage,
            opening: GuidedMenu.open, lesson: CommandLessons.line)
    }

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
                    alerta si no vuelves. No sirve contra un programa espía en este equipo, una \
                    cámara a tus espaldas o alguien que te obliga a escribir tu frase de contraseña.
                    """),
            // In the order of a working day; those in short are on the first screen.
            subcommands: [
                InitCommand.command.inShort(
                    en: "Make your vault", es: "Crea tu bóveda"),
                NoteCommands.command.inShort(
                    en: "Write and find notes", es: "Escribe y busca apuntes"),
                KeyCommands.command.inShort(
                    en: "Your keys", es: "Tus llaves"),
                PassphraseCommand.command,
                ContactCommands.command.inShort(
                    en: "Your contacts", es: "Tus contactos"),
                EncryptCommand.command.inShort(
                    en: "Encrypt a file", es: "Cifra un archivo"),
                DecryptCommand.command.inShort(
                    en: "Decrypt a file", es: "Descifra un archivo"),
                InspectCommand.command,
                RewrapCommand.command,
                SignCommand.command,
                VerifyCommand.command,
                ChannelCommands.command.inShort(
                    en: "How your alerts go out", es: "Por dónde salen tus alertas"),
                CheckInCommands.command.inShort(
                    as: "ok", spanish: ["bien", "estoy", "estoy-bien"],
                    en: "Report in", es: "Repórtate"),
                WatchCommands.command.inShort(
                    en: "Watch over your plans", es: "Vigila tus planes"),
                VaultCommands.command.inShort(
                    en: "Your vault and its copies", es: "Tu bóveda y sus copias"),
                RecoverCommand.command.inShort(
                    en: "Get in with your twelve words", es: "Entra con tus doce palabras"),
                SessionCommands.close.inShort(
                    en: "Lock everything now", es: "Cierra todo ya"),
                ShellCommand.command,
                RiskCommand.command,
                DoctorCommand.command,
                TravelCommand.command,
                LessonCommands.command,
                PracticeCommands.command,
                WorkshopCommand.command,
                DemoCommand.command.inShort(
                    en: "See it work in two minutes", es: "Míralo funcionar en dos minutos"),
                ConfigCommands.command,
                HelpCommands.help,
                HelpCommands.manual,
                HelpCommands.completions,
                VersionCommand.command,
            ])
    }
}
