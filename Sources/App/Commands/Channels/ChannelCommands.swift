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
                A channel is how an alert leaves this machine: a mail account, or a folder. Use a \
                mail account made only for alerts: its password lies in the vault, and a running \
                watcher keeps it in memory. Whoever runs the mail server sees when, from whom and \
                to whom you write, and the words of the alert; the attached sheets stay sealed.
                """,
            es: """
                Un canal es por donde sale una alerta de este equipo: una cuenta de correo o una \
                carpeta. Usa una cuenta hecha solo para alertas: su contraseña está en la bóveda, \
                y el vigilante la tiene en memoria mientras trabaja. Quien maneja el servidor de \
                correo ve cuándo, de quién y a quién escribes, y las palabras de la alerta; las \
                hojas adjuntas siguen selladas.
                """),
        subcommands: [add, list, test, remove])

    static let name = Argument(
        "NAME", Text(en: "the channel's name", es: "el nombre del canal"))

    private static let add = Command(
        "add", aliases: ["new"], spanish: ["agregar", "añadir", "nuevo"],
        Text(en: "Keep a new channel", es: "Guarda un canal nuevo"),
        options: [
            .value(
                "password-fd", "N",
                Text(
                    en: "read the account's password from this file descriptor",
                    es: "lee la contraseña de la cuenta de este descriptor de archivo"))
        ],
        arguments: [
            name,
            Argument(
                "URL",
                Text(
                    en: "smtp://user@host:587?from=ADDRESS, smtps://..., or file:/folder",
                    es: "smtp://usuario@servidor:587?from=CORREO, smtps://... o file:/carpeta")),
        ],
        examples: [
            "amparo channel add mail 'smtp://me%40example.org@mail.example.org:587?from=me@example.org'",
            "amparo channel add usb file:/media/usb/inbox",
        ]
    ) { invocation in
        let name = try EntryName(parsing: invocation.argument("NAME") ?? "").text
        let address = try ChannelAddress(parsing: invocation.argument("URL") ?? "")
        let secret = try password(for: address, invocation)
        if case .folder(let path) = address { try makeFolder(path, invocation) }
        let isOnlyFolders = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            try keyring.addChannel(name: name, url: address.serialized(), password: secret)
            return keyring.channels.allSatisfy { $0.url.hasPrefix("file:") }
        }
        if case .folder = address { warnAboutFolder(isOnlyFolders, invocation) }
        if invocation.json {
            return try invocation.printJSON([
                "name": .text(name), "url": .text(address.serialized()),
                "password": .bool(secret != nil),
            ])
        }
        invocation.say(
            Text(
                en: "channel '\(name)' is kept; try it: amparo channel test \(name)",
                es: "canal «\(name)» guardado; pruébalo: amparo channel test \(name)"))
    }

    /// A folder is for practice and for copies: no person hears of what lies in it.
    private static func warnAboutFolder(_ isOnlyFolders: Bool, _ invocation: Invocation) {
        let what = Text(
            en: "this folder is on your machine: nobody else reads it. ",
            es: "esta carpeta está en tu equipo: nadie más la lee. ")
        invocation.warn(
            what
                + (isOnlyFolders
                    ? Text(en: "Add a mail channel too", es: "Agrega también un correo")
                    : Text(
                        en: "Whoever has another channel gets only a copy here",
                        es: "De lo que salga por otro canal, aquí queda solo una copia")))
    }

    /// The password of the user in the address, and of nobody else.
    private static func password(
        for address: ChannelAddress, _ invocation: Invocation
    ) throws -> SharedSecret? {
        guard case .mail(let server) = address, let user = server.user else {
            guard invocation.value("password-fd") == nil else {
                throw Failure(
                    .usage,
                    Text(
                        en: "this address names no user, so it takes no password",
                        es: "esta dirección no nombra a ningún usuario: no lleva contraseña"),
                    hint: Text(
                        en: "write the user before the server: smtp://user@host",
                        es: "pon el usuario antes del servidor: smtp://usuario@servidor"))
            }
            return nil
        }
        let question = Text(
            en: "password of \(user) at \(server.host)",
            es: "contraseña de \(user) en \(server.host)")
        let typed = try invocation.passphrase(option: "password-fd", prompt: question)
        guard typed.count <= CourierRequest.passwordLimit else {
            throw Failure(
                .usage,
                Text(en: "that password is too long", es: "esa contraseña es demasiado larga"))
        }
        return SharedSecret(typed)
    }

    /// Made now and by name, never while an alert is sent: then a missing folder is an unplugged
    /// disk.
    private static func makeFolder(_ path: String, _ invocation: Invocation) throws {
        let files = invocation.world.files
        do throws(FileError) {
            guard try !files.exists(path) else {
                guard try files.status(path)?.kind == .directory else { throw .notDirectory }
                return
            }
            try files.createDirectories(path)
        } catch {
            throw error.failure(path)
        }
        invocation.say(
            Text(en: "made the folder \(path)", es: "se creó la carpeta \(path)"))
    }

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
                            "name": .text(channel.name), "url": .text(channel.url),
                            "password": .bool(channel.password != nil),
                            "created": .time(channel.created),
                        ]
                    })
            ])
        }
        guard !channels.isEmpty else {
            return invocation.say(
                Text(
                    en: "no channels yet; add one: amparo channel add NAME URL",
                    es: "todavía no hay canales; agrega uno: amparo channel add NOMBRE URL"))
        }
        for line in Columns.lines(channels.map { [$0.name, $0.url] }) {
            try invocation.print(line)
        }
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
