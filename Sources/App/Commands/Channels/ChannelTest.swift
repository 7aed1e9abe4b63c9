internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

extension ChannelCommands {
    static let test = Command(
        "test", aliases: ["try"], spanish: ["probar", "prueba"],
        Text(
            en: "Send a message that says it is a test",
            es: "Manda un mensaje que dice que es una prueba"),
        why: Text(
            en: """
                It goes the way an alert would go, with a subject that says TEST, and without any \
                secret. That it was handed over does not prove that somebody read it: ask.
                """,
            es: """
                Va por donde iría una alerta, con un asunto que dice PRUEBA, y sin ningún secreto. \
                Que se haya entregado no prueba que alguien lo leyó: pregunta.
                """),
        arguments: [
            name,
            Argument(
                "TO", .optional,
                Text(
                    en: "a contact or a mail address; yourself if left out",
                    es: "un contacto o una dirección de correo; si falta, a ti")),
        ],
        examples: ["amparo channel test mail", "amparo channel test mail laura"]
    ) { invocation in
        // The vault is closed again before anything is sent: that may take minutes.
        let (channel, receiver) = try invocation.withVault { vault in
            try choose(invocation, Keyring(vault))
        }
        let letter = try message(to: receiver, through: channel.name, invocation)
        let reply = ProcessCourier(files: invocation.world.files).reply(
            to: letter, through: channel)
        try report(reply, channel, to: receiver, invocation)
    }

    private static func choose(
        _ invocation: Invocation, _ keyring: Keyring
    ) throws -> (ChannelSetting, Receiver) {
        let name = invocation.argument("NAME") ?? ""
        let found = keyring.channels.first { $0.name.lowercased() == name.lowercased() }
        guard let found else { throw unknown(name) }
        let setting = ChannelSetting(
            name: found.name, address: try ChannelAddress(parsing: found.url),
            password: found.password)
        return (setting, try receiver(invocation.argument("TO"), of: setting, keyring))
    }

    /// Who gets a test.
    private struct Receiver {
        let contact: String
        /// nil where nothing is mailed.
        let address: MailAddress?

        var shown: String { address?.description ?? contact }
    }

    private static func receiver(
        _ word: String?, of channel: ChannelSetting, _ keyring: Keyring
    ) throws -> Receiver {
        guard let word else {
            guard case .mail(let server) = channel.address else {
                return Receiver(contact: "test", address: nil)
            }
            return Receiver(contact: "test", address: server.from)
        }
        if word.contains("@") {
            guard let address = MailAddress(parsing: word) else {
                throw KeyringError.malformedEmail(word)
            }
            return Receiver(contact: "test", address: channel.isMail ? address : nil)
        }
        let contact = try keyring.contact(named: word)
        let address = contact.addresses("email").lazy.compactMap { MailAddress(parsing: $0) }.first
        guard channel.isMail else { return Receiver(contact: contact.name, address: nil) }
        if address == nil {
            throw DeliveryReason(.noAddress).failure(channel: channel.name, to: contact.name)
        }
        return Receiver(contact: contact.name, address: address)
    }

    private static func message(
        to receiver: Receiver, through channel: String, _ invocation: Invocation
    ) throws -> OutgoingMessage {
        let body = Text(
            en: """
                This is a test. Nothing has happened, and there is nothing to do.
                Somebody who uses amparo, a program that raises the alarm when a journalist does not \
                report in, tried whether a message over the channel "\(channel)" reaches you. \
                If you read this, please tell her so.
                """,
            es: """
                Esto es una prueba. No ha pasado nada y no tienes que hacer nada.
                Alguien que usa amparo, un programa que da la alerta cuando una periodista no se \
                reporta, quiso ver si te llega un mensaje por el canal «\(channel)». \
                Si lees esto, por favor avísale.
                """)
        let order: [Language] =
            invocation.language == .spanish ? [.spanish, .english] : [.english, .spanish]
        let label = order == [.spanish, .english] ? "PRUEBA / TEST" : "TEST / PRUEBA"
        return try OutgoingMessage(
            id: invocation.world.random.bytes(16), contact: receiver.contact,
            address: receiver.address, sender: "Amparo", date: invocation.world.clock.now,
            subject: "\(label): amparo (\(channel))",
            text: order.map { body($0) }.joined(separator: "\n\n") + "\n")
    }

    private static func report(
        _ reply: CourierReply, _ channel: ChannelSetting, to receiver: Receiver,
        _ invocation: Invocation
    ) throws {
        if invocation.json {
            let outcome =
                switch reply.result {
                case .delivered: "delivered"
                case .tryAgain: "try-again"
                case .refused: "refused"
                }
            try invocation.printJSON([
                "channel": .text(channel.name), "to": .text(receiver.shown),
                "result": .text(outcome),
                "reason": .text(orNull: reply.result.reason?.description),
                "fence": .number(Int64(reply.fence)),
            ])
        } else if reply.result == .delivered {
            try invocation.print(delivered(channel, to: receiver))
        }
        if let reason = reply.result.reason {
            throw reason.failure(channel: channel.name, to: receiver.shown)
        }
    }

    private static func delivered(_ channel: ChannelSetting, to receiver: Receiver) -> Text {
        switch channel.address {
        case .mail:
            return Text(
                en: "handed over for \(receiver.shown); ask whether it arrived",
                es: "entregado para \(receiver.shown); pregunta si llegó")
        case .folder(let path):
            let inbox = Path.join(Path.join(path, receiver.contact), "new")
            return Text(
                en: "left in \(inbox); no mail was sent",
                es: "guardado en \(inbox); no se mandó ningún correo")
        }
    }
}

extension ChannelSetting {
    fileprivate var isMail: Bool { if case .mail = address { true } else { false } }
}
