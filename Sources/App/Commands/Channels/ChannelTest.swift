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
                    en: "a contact or an address of that kind; yourself if left out",
                    es: "un contacto o una dirección de ese tipo; si falta, a ti")),
        ],
        examples: ["amparo channel test mail", "amparo channel test mail laura"]
    ) { invocation in
        // The vault is closed again before anything is sent: that may take minutes.
        let (channel, receiver) = try invocation.withVault { vault in
            try choose(invocation, Keyring(vault))
        }
        let letter = try message(to: receiver, through: channel.name, invocation)
        let reply = ProcessCourier(
            files: invocation.world.files, proxy: invocation.proxy, reach: invocation.reach
        ).reply(
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
        let receiver = try receiver(
            invocation.argument("TO"), of: setting, own: found.ownAddress, keyring)
        if setting.address.needsAddress, receiver.address == nil { throw nobody(name) }
        return (setting, receiver)
    }

    /// Who gets a test.
    private struct Receiver {
        let contact: String
        /// nil where the channel needs none.
        let address: ContactAddress?

        var shown: String { address?.description ?? contact }
    }

    private static func receiver(
        _ word: String?, of channel: ChannelSetting, own: String?, _ keyring: Keyring
    ) throws -> Receiver {
        let kind = channel.address.addressKind
        guard let word else { return Receiver(contact: "test", address: mine(channel, own)) }
        let known = try? keyring.contact(named: word)
        guard let known else {
            // An address that is nobody's yet: to try it before a contact gets it.
            if let kind, let address = ContactAddress(parsing: word, kind) {
                return Receiver(contact: "test", address: address)
            }
            if word.contains("@") {
                guard MailAddress(parsing: word) != nil else {
                    throw KeyringError.malformedEmail(word)
                }
                guard channel.address.needsAddress else {
                    return Receiver(contact: "test", address: nil)
                }
            }
            return Receiver(contact: try keyring.contact(named: word).name, address: nil)
        }
        let address = kind.flatMap { kind in
            known.addresses(kind.rawValue).lazy.compactMap { ContactAddress(parsing: $0, kind) }
                .first
        }
        if channel.address.needsAddress, address == nil {
            throw DeliveryReason(.noAddress).failure(channel: channel.name, to: known.name)
        }
        return Receiver(contact: known.name, address: address)
    }

    /// The journalist herself: where she is reminded, or the account that sends.
    private static func mine(_ channel: ChannelSetting, _ own: String?) -> ContactAddress? {
        if let own, let kind = channel.address.addressKind {
            return ContactAddress(parsing: own, kind)
        }
        if case .mail(let server) = channel.address { return .mail(server.from) }
        return nil
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
        let brief = Text(
            en: "This is a test of amparo. Nothing has happened. Please tell her that it arrived.",
            es: "Esto es una prueba de amparo. No ha pasado nada. Por favor avisa que te llegó.")
        let order: [Language] =
            invocation.language == .spanish ? [.spanish, .english] : [.english, .spanish]
        let label = order == [.spanish, .english] ? "PRUEBA / TEST" : "TEST / PRUEBA"
        return try OutgoingMessage(
            id: invocation.world.random.bytes(16), contact: receiver.contact,
            address: receiver.address, sender: "Amparo", date: invocation.world.clock.now,
            subject: "\(label): amparo (\(channel))",
            text: order.map { body($0) }.joined(separator: "\n\n") + "\n",
            push: order.map { brief($0) }.joined(separator: " / "),
            sms: label + ": " + order.map { brief($0) }.joined(separator: " / "), kind: "test")
    }

    private static func nobody(_ name: String) -> Failure {
        Failure(
            .usage,
            Text(
                en: "say whom '\(name)' should reach",
                es: "di a quién debe llegar «\(name)»"),
            hint: Text(
                en: "a contact or an address: amparo channel test \(name) CONTACT",
                es: "un contacto o una dirección: amparo channel test \(name) CONTACTO"))
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
        case .mail, .webhook, .ntfy, .telegram, .sms, .program, .desktop:
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
