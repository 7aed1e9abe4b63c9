internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Platform
internal import Secrets
internal import Wording

/// How this person's alerts leave the machine.
enum ChannelCommands {
    static let command = Command(
        "channel", aliases: ["channels"], spanish: ["canal", "canales"],
        Text(
            en: "Choose how your alerts are sent", es: "Elige por dónde salen tus alertas"),
        why: Text(
            en: """
                A channel is how an alert leaves this machine: a mail account, a push server, \
                Telegram, text messages, a webhook, a program, a folder. Use an account made only \
                for alerts: its password lies in the vault, and a running watcher keeps it in \
                memory. Whoever runs the service sees when, from whom and to whom you write, and \
                the words of the alert; the attached sheets stay sealed.
                """,
            es: """
                Un canal es por donde sale una alerta de este equipo: una cuenta de correo, un \
                servidor de avisos, Telegram, mensajes SMS, un webhook, un programa, una carpeta. \
                Usa una cuenta hecha solo para alertas: su contraseña está en la bóveda, y el \
                vigilante la tiene en memoria mientras trabaja. Quien maneja el servicio ve \
                cuándo, de quién y a quién escribes, y las palabras de la alerta; las hojas \
                adjuntas siguen selladas.
                """),
        subcommands: [add, list, test, remove])

    static let name = Argument(
        "NAME", Text(en: "the channel's name", es: "el nombre del canal"))

    private static let list = Command(
        "list", aliases: ["ls"], spanish: ["lista", "listar"],
        Text(en: "List the channels", es: "Lista los canales"),
        examples: ["amparo channel list"]
    ) { invocation in
        let channels = try invocation.withVault { Keyring($0).channels }
        if invocation.json {
            return try invocation.printJSON([
                "channels": .list(
                    channels.map { channel in
                        [
                            "name": .text(channel.name), "url": .text(shown(channel)),
                            "password": .bool(channel.password != nil),
                            "mine": .bool(channel.isOwn),
                            "created": .time(channel.created),
                        ]
                    })
            ])
        }
        guard !channels.isEmpty else {
            return invocation.say(
                Text(
                    en: "no channels yet; add one: amparo channel add",
                    es: "todavía no hay canales; agrega uno: amparo channel add"))
        }
        for line in Columns.lines(channels.map { [$0.name, shown($0)] }) {
            try invocation.print(line)
        }
    }

    private static func shown(_ channel: Channel) -> String {
        (try? ChannelAddress(parsing: channel.url))?.shown ?? "?"
    }

    private static let remove = Command(
        "remove", aliases: ["rm", "delete"], spanish: ["quitar", "borrar", "eliminar"],
        Text(en: "Forget a channel", es: "Olvida un canal"),
        why: Text(
            en: """
                A plan that is armed keeps the channel it was armed with; to change that, end the \
                plan and make another.
                """,
            es: """
                Un plan ya activado conserva el canal con el que se activó; para cambiarlo, \
                termina el plan y haz otro.
                """),
        arguments: [name], examples: ["amparo channel remove mail"]
    ) { invocation in
        let name = invocation.argument("NAME") ?? ""
        try invocation.withVault { vault in
            guard Keyring(vault).removeChannel(named: name) else { throw unknown(name) }
        }
        invocation.say(
            Text(en: "channel '\(name)' is forgotten", es: "canal «\(name)» olvidado"))
    }

    static func unknown(_ name: String) -> Failure {
        Failure(
            .failed,
            Text(
                en: "there is no channel called '\(name)'",
                es: "no hay ningún canal que se llame «\(name)»"),
            hint: Text(
                en: "see which there are: amparo channel list",
                es: "mira cuáles hay: amparo channel list"))
    }
}
