internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Platform
internal import Wording

/// What a person at a terminal is asked about a new channel when she left it out.
struct ChannelQuestions {
    private let invocation: Invocation

    init(_ invocation: Invocation) { self.invocation = invocation }

    func name() throws -> String {
        guard invocation.canConverse else { throw missing("NAME") }
        return try again {
            let typed = try invocation.ask(
                Text(
                    en: "What do you want to call this channel? (for example: mail)",
                    es: "¿Cómo quieres llamar a este canal? (por ejemplo: correo)"))
            return try EntryName(parsing: typed).text
        }
    }

    private func missing(_ argument: String) -> UsageMistake {
        UsageMistake.missingArgument(
            argument,
            help: ChannelCommands.add.arguments.first(where: { $0.placeholder == argument })?.help
                ?? ChannelCommands.name.help,
            of: invocation.line.name)
    }

    func address() throws -> ChannelAddress {
        guard invocation.canConverse else { throw missing("URL") }
        invocation.acknowledge(Self.menu)
        let kind = try again {
            let typed = try invocation.ask(
                Text(en: "A number, 1 to 8:", es: "Un número, del 1 al 8:"))
            guard let number = Int(typed.filter { !$0.isWhitespace }), (1...8).contains(number)
            else {
                throw Failure(
                    .usage, Text(en: "a number from 1 to 8", es: "un número del 1 al 8"))
            }
            return number
        }
        if [1, 3, 4].contains(kind) { invocation.acknowledge(Self.ownAccount) }
        return try again { try ChannelAddress(parsing: text(kind)) }
    }

    private static let menu = Text(
        en: """
            How do your alerts leave?
              1  a mail account (carries sealed sheets; wakes nobody)
              2  push to phones through an ntfy server
              3  Telegram, with a bot of yours
              4  text messages, through a gateway such as Twilio
              5  a webhook: a desk's machine takes them
              6  a program on this machine, such as one for Signal
              7  notices on this screen, only for your own reminders
              8  a folder, for practice
            """,
        es: """
            ¿Por dónde salen tus alertas?
              1  una cuenta de correo (lleva hojas selladas; no despierta a nadie)
              2  aviso a teléfonos, por un servidor ntfy
              3  Telegram, con un bot tuyo
              4  mensajes SMS, por un servicio como Twilio
              5  un webhook: los recibe el equipo de una redacción
              6  un programa de este equipo, por ejemplo uno para Signal
              7  avisos en esta pantalla, solo para tus recordatorios
              8  una carpeta, para practicar
            """)

    static let ownAccount = Text(
        en: "Use an account made only for alerts: the watcher keeps its password in memory.",
        es: "Usa una cuenta hecha solo para alertas: el vigilante tiene su contraseña en memoria.")

    /// The address that the answers make; each is checked when it is parsed.
    private func text(_ kind: Int) throws -> String {
        switch kind {
        case 1:
            let from = try line(
                Text(en: "The account's e-mail address:", es: "El correo de la cuenta:"))
            let host = try line(
                Text(
                    en: "Its server for sending (like smtp.example.org):",
                    es: "Su servidor de salida (como smtp.example.org):"))
            let user = try line(
                Text(en: "User name [\(from)]:", es: "Usuario [\(from)]:"), preset: from)
            return "smtp://\(percentEncoded(user))@\(host)?from=\(percentEncoded(from))"
        case 2:
            let host = try line(
                Text(en: "The ntfy server [ntfy.sh]:", es: "El servidor ntfy [ntfy.sh]:"),
                preset: "ntfy.sh")
            let topic = try line(
                Text(
                    en: "A topic for everybody here, or Enter if each contact has one:",
                    es: "Un tema para todos, o Enter si cada contacto tiene el suyo:"), preset: "")
            return "ntfy://\(host)" + (topic.isEmpty ? "" : "/" + topic)
        case 3: return "telegram:"
        case 4:
            let account = try line(
                Text(
                    en: "The account's SID (AC...):", es: "El SID de la cuenta (AC...):"))
            let number = try line(
                Text(
                    en: "The number it sends from, with its country (+...):",
                    es: "El número desde el que manda, con el del país (+...):"))
            return "sms://\(account)@?from=\(percentEncoded(number))"
        case 5:
            return try line(
                Text(en: "The address, https://...:", es: "La dirección, https://...:"))
        case 6:
            return "exec:"
                + percentEncoded(
                    try line(
                        Text(
                            en: "The program, from the first /:",
                            es: "El programa, desde la primera /:")), keeping: "/")
        case 7: return "desktop:"
        default:
            return "file:"
                + percentEncoded(
                    try line(
                        Text(
                            en: "The folder, from the first /:",
                            es: "La carpeta, desde la primera /:")), keeping: "/")
        }
    }

    private func line(_ question: Text, preset: String? = nil) throws -> String {
        while true {
            let typed = try invocation.ask(question).drop { $0.isWhitespace }
            let end = typed.lastIndex { !$0.isWhitespace }
            if let end { return String(typed[...end]) }
            if let preset { return preset }
        }
    }

    private func again<R>(_ body: () throws -> R) throws -> R {
        while true {
            do {
                return try body()
            } catch let error as any Explainable where error.failure.exit != .interrupted {
                invocation.warn(error.failure.message)
                if let hint = error.failure.hint { invocation.acknowledge(hint) }
            }
        }
    }
}
