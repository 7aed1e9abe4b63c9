internal import Dispatch
internal import Wording

/// What a person is told about a channel's address.
extension ChannelAddress {
    /// A secret that it takes to use a channel.
    struct Secret {
        let prompt: Text
        /// Some servers want none.
        let isOptional: Bool
    }

    /// nil for a channel that takes none.
    var secret: Secret? {
        switch self {
        case .mail(let server):
            server.user.map { user in
                Secret(
                    prompt: Text(
                        en: "password of \(user) at \(server.host)",
                        es: "contraseña de \(user) en \(server.host)"), isOptional: false)
            }
        case .webhook:
            Secret(
                prompt: Text(
                    en: "key for signatures, which the receiver has too",
                    es: "llave para firmar, que también tiene quien recibe"), isOptional: true)
        case .ntfy(let push):
            push.user.map { user in
                Secret(
                    prompt: Text(
                        en: "password of \(user) at \(push.server.host)",
                        es: "contraseña de \(user) en \(push.server.host)"), isOptional: false)
            }
                ?? Secret(
                    prompt: Text(
                        en: "access token of \(push.server.host)",
                        es: "token de acceso de \(push.server.host)"), isOptional: true)
        case .telegram:
            Secret(
                prompt: Text(en: "the bot's token", es: "token del bot"), isOptional: false)
        case .sms(let gateway):
            Secret(
                prompt: Text(
                    en: "token of the account at \(gateway.server.host)",
                    es: "token de la cuenta en \(gateway.server.host)"), isOptional: false)
        case .folder, .program, .desktop: nil
        }
    }

    /// The address without what opens something by itself: the path of a webhook, a topic.
    var shown: String {
        let proxy = proxy.map { " (socks=\($0))" } ?? ""
        switch self {
        case .webhook(let hook):
            return hook.server.origin + (hook.target == "/" ? "/" : "/...") + proxy
        case .ntfy(let push):
            let user = push.user.map { $0 + "@" } ?? ""
            let port = [443, 80].contains(push.server.port) ? "" : ":\(push.server.port)"
            return "ntfy://\(user)\(push.server.host)\(port)"
                + (push.topic == nil ? "" : "/...") + proxy
        case .mail, .folder, .telegram, .sms, .program, .desktop: return serialized()
        }
    }

    /// Whom it serves, in the words of `contact add`.
    var note: Text? {
        switch self {
        case .mail: nil
        case .folder: nil
        case .webhook, .program:
            Text(
                en: "it serves contacts who name it: amparo contact add NAME --via CHANNEL"
                    + (addressKind == .signal ? ", or --signal NUMBER" : ""),
                es: "sirve a los contactos que lo nombran: amparo contact add NOMBRE --via CANAL"
                    + (addressKind == .signal ? ", o --signal NÚMERO" : ""))
        case .ntfy(let push):
            push.topic == nil
                ? Text(
                    en: "it serves contacts with --ntfy TOPIC; whoever knows a topic can read it",
                    es: "sirve a contactos con --ntfy TEMA; quien sabe el tema lo puede leer")
                : Text(
                    en: "it serves contacts who name it (--via CHANNEL); whoever knows the topic"
                        + " can read it",
                    es: "sirve a los contactos que lo nombran (--via CANAL); quien sabe el tema lo"
                        + " puede leer")
        case .telegram:
            Text(
                en: "it serves contacts with --telegram CHAT, once they have written to your bot;"
                    + " Telegram can read what it sends",
                es: "sirve a contactos con --telegram CHAT, que antes le hayan escrito a tu bot;"
                    + " Telegram puede leer lo que manda")
        case .sms:
            Text(
                en: "it serves contacts with --sms NUMBER; telephone companies can read it",
                es: "sirve a contactos con --sms NÚMERO; las telefónicas lo pueden leer")
        case .desktop:
            Text(
                en: "your reminders appear on this screen, for whoever looks at it",
                es: "tus recordatorios salen en esta pantalla, a la vista de quien la mire")
        }
    }
}
