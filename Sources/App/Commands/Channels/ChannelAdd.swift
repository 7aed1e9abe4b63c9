internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Platform
internal import Secrets
internal import Wording

extension ChannelCommands {
    static let add = Command(
        "add", aliases: ["new"], spanish: ["agregar", "añadir", "nuevo"],
        Text(en: "Keep a new channel", es: "Guarda un canal nuevo"),
        why: Text(
            en: """
                What is left out is asked on a terminal. Secrets are typed or read from a \
                descriptor, never part of the address: a mail account's password, a webhook's key \
                for signatures, an ntfy or Telegram token, an SMS gateway's token. They lie sealed \
                in the vault and are never shown. Text messages, Telegram and ntfy carry a short \
                text that whoever runs them can read; sealed sheets go by mail, webhook or program.
                """,
            es: """
                Lo que falte se pregunta en la terminal. Los secretos se escriben o se leen de un \
                descriptor, nunca van en la dirección: la contraseña de un correo, la llave con \
                que se firma un webhook, el token de ntfy o de Telegram, el de un servicio de SMS. \
                Quedan sellados en la bóveda y no se muestran nunca. SMS, Telegram y ntfy llevan un \
                texto corto que puede leer quien maneja el servicio; las hojas selladas van por \
                correo, webhook o programa.
                """),
        options: [
            .value(
                "password-fd", "N",
                Text(
                    en: "read the password or token from this file descriptor",
                    es: "lee la contraseña o el token de este descriptor de archivo")),
            .flag(
                "mine",
                Text(
                    en: "remind you this way too", es: "recuérdate también por aquí")),
            .value(
                "my-address", "ADDRESS",
                Text(
                    en: "your own address on it, for reminders",
                    es: "tu propia dirección ahí, para recordatorios")),
        ],
        arguments: [
            Argument(
                "NAME", .optional, Text(en: "the channel's name", es: "el nombre del canal")),
            Argument(
                "URL", .optional,
                Text(
                    en: "smtp://user@host:587?from=ADDRESS, smtps://..., https://... (webhook), "
                        + "ntfy://host/topic, telegram:, sms://ACCOUNT@host?from=NUMBER, "
                        + "exec:/program, desktop:, or file:/folder",
                    es: "smtp://usuario@servidor:587?from=CORREO, smtps://..., https://... "
                        + "(webhook), ntfy://servidor/tema, telegram:, "
                        + "sms://CUENTA@servidor?from=NÚMERO, exec:/programa, desktop: o "
                        + "file:/carpeta")),
        ],
        examples: [
            "amparo channel add",
            "amparo channel add mail 'smtp://me%40example.org@mail.example.org:587?from=me@example.org'",
            "amparo channel add bot telegram:",
            "amparo channel add desk https://desk.example.org/alerts",
            "amparo channel add usb file:/media/usb/inbox",
        ], run: addChannel)

    @Sendable private static func addChannel(_ invocation: Invocation) throws {
        let questions = ChannelQuestions(invocation)
        let name = try EntryName(
            parsing: invocation.argument("NAME") ?? questions.name()
        ).text
        var address =
            try invocation.argument("URL").map { try ChannelAddress(parsing: $0) }
            ?? questions.address()
        guard invocation.reach.includes(address) else { throw leavesThePractice }
        if invocation.flag("tor") { address = try throughTor(address) }
        let own = try ownAddress(on: address, invocation)
        let secret = try secret(for: address, questions, invocation)
        if case .folder(let path) = address { try makeFolder(path, invocation) }
        let isOnlyFolders = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            try keyring.addChannel(
                name: name, url: address.serialized(), password: secret, isOwn: own != nil,
                ownAddress: own?.address?.description)
            return keyring.channels.allSatisfy { $0.url.hasPrefix("file:") }
        }
        if case .folder = address { warnAboutFolder(isOnlyFolders, invocation) }
        if invocation.json {
            return try invocation.printJSON([
                "name": .text(name), "url": .text(address.shown), "password": .bool(secret != nil),
            ])
        }
        if let note = address.note { invocation.acknowledge(note) }
        invocation.say(
            Text(
                en: "channel '\(name)' is kept; try it: amparo channel test \(name)",
                es: "canal «\(name)» guardado; pruébalo: amparo channel test \(name)"))
    }

    private static let leavesThePractice = Failure(
        .refused,
        Text(
            en: "in PRACTICE nothing leaves this machine: that channel would",
            es: "en PRÁCTICA nada sale de este equipo, y por ese canal saldría"),
        hint: Text(
            en: "take the practice inbox: amparo channel add inbox file:$AMPARO_PRACTICE/inbox",
            es: "usa el buzón de práctica: amparo channel add buzon file:$AMPARO_PRACTICE/buzon"))

    /// For good, whatever the watcher is told at its start.
    private static func throughTor(_ address: ChannelAddress) throws -> ChannelAddress {
        guard !address.isLocal, address.proxy == nil, let tor = Proxy.tor else { return address }
        let text = address.serialized()
        let mark: String
        if case .webhook = address {
            mark = text.contains("#") ? "&" : "#"
        } else {
            mark = text.contains("?") ? "&" : "?"
        }
        return try ChannelAddress(parsing: "\(text)\(mark)socks=\(tor)")
    }

    /// The journalist's own place on a channel.
    private struct Own { let address: ContactAddress? }

    /// - Returns: nil for a channel that carries no reminders.
    private static func ownAddress(
        on channel: ChannelAddress, _ invocation: Invocation
    ) throws -> Own? {
        if let text = invocation.value("my-address") {
            guard let kind = channel.addressKind else {
                throw Failure(
                    .usage,
                    Text(
                        en: "this channel needs no address of yours",
                        es: "este canal no necesita una dirección tuya"),
                    hint: Text(en: "use --mine alone", es: "usa solo --mine"))
            }
            guard let address = ContactAddress(parsing: text, kind) else {
                throw KeyringError.malformedAddress(text)
            }
            return Own(address: address)
        }
        guard invocation.flag("mine") else { return nil }
        guard !channel.needsAddress else {
            throw Failure(
                .usage,
                Text(
                    en: "this channel has to know where to reach you",
                    es: "este canal tiene que saber dónde te encuentra"),
                hint: Text(
                    en: "add your own address: --my-address ADDRESS",
                    es: "agrega tu dirección: --my-address DIRECCIÓN"))
        }
        return Own(address: nil)
    }

    /// What it takes to use the channel, and nothing for one that takes nothing.
    private static func secret(
        for address: ChannelAddress, _ questions: ChannelQuestions, _ invocation: Invocation
    ) throws -> SharedSecret? {
        guard let wanted = address.secret else {
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
        if wanted.isOptional, invocation.value("password-fd") == nil {
            guard invocation.canConverse else { return nil }
            let question = wanted.prompt + Text(en: ": is there one?", es: ": ¿hay?")
            guard try invocation.choose(question, preset: false) else { return nil }
        }
        let typed = try invocation.passphrase(option: "password-fd", prompt: wanted.prompt)
        guard typed.count <= CourierRequest.passwordLimit else {
            throw Failure(
                .usage,
                Text(en: "that password is too long", es: "esa contraseña es demasiado larga"))
        }
        return SharedSecret(typed)
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
}

extension Invocation {
    /// What everything that leaves this machine goes through: with `--tor`, and on Tails.
    var proxy: Proxy? {
        flag("tor") || world.isTails ? Proxy.tor : nil
    }
}

extension World {
    /// The live system that sends everything through Tor and forgets everything when it is off.
    var isTails: Bool {
        ["/usr/share/tails", "/etc/amnesia"].contains { (try? files.exists($0)) == true }
    }
}
