internal import Encoding

/// Why the address of a channel was refused.
package enum ChannelAddressError: Error, Hashable {
    /// Not of the form `scheme:…`, or with spaces or control characters.
    case malformed
    case unknownScheme(String)
    case badHost
    case badPort
    case badUser
    /// A password never stands in an address, which shells remember and others can see.
    case containsPassword
    /// A folder or program that is not an absolute path, or one with `..` in it.
    case badPath
    /// `from=` is missing or not an e-mail address.
    case badSender
    /// `from=` is missing or no telephone number.
    case badNumber
    /// `tls=` other than the channel knows, or off for a machine that is not this one.
    case badEncryption
    /// `socks=` that is not `127.0.0.1:PORT`.
    case badProxy
    /// A topic of an ntfy server that is none.
    case badTopic
    case unknownOption(String)
    case repeatedOption(String)
}

/// How a channel is reached: parsed once, strictly, and written back in one spelling.
package enum ChannelAddress: Hashable, Sendable {
    case mail(MailServer)
    /// An absolute path; messages go to `PATH/CONTACT/new`.
    case folder(path: String)
    /// A machine of somebody's that takes messages as JSON.
    case webhook(Webhook)
    /// A server that wakes telephones.
    case ntfy(PushServer)
    /// A bot that writes into chats.
    case telegram(BotServer)
    /// A company that sends text messages.
    case sms(SMSGateway)
    /// A program on this machine.
    case program(Program)
    /// A notice on this screen, for the journalist herself.
    case desktop

    package var scheme: String {
        switch self {
        case .mail(let server): server.encryption == .whole ? "smtps" : "smtp"
        case .folder: "file"
        case .webhook(let hook): hook.server.isEncrypted ? "https" : "http"
        case .ntfy: "ntfy"
        case .telegram: "telegram"
        case .sms: "sms"
        case .program: "exec"
        case .desktop: "desktop"
        }
    }

    /// The server, where it is one over the web.
    package var web: WebServer? {
        switch self {
        case .webhook(let hook): hook.server
        case .ntfy(let push): push.server
        case .telegram(let bot): bot.server
        case .sms(let gateway): gateway.server
        case .mail, .folder, .program, .desktop: nil
        }
    }

    /// The proxy that its owner wrote into it.
    package var proxy: Proxy? {
        if case .mail(let server) = self { server.proxy } else { web?.proxy }
    }

    /// Whether nothing leaves this machine, so that no proxy has to be asked.
    package var isLocal: Bool {
        switch self {
        case .mail(let server): server.host.isLoopback
        case .webhook, .ntfy, .telegram, .sms: web?.host.isLoopback ?? true
        // What a program does is its own affair.
        case .folder, .program, .desktop: true
        }
    }
}

extension ChannelAddress {
    /// Reads the address of a channel of any kind; each kind says how it is written.
    package init(parsing text: String) throws(ChannelAddressError) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) || text.hasPrefix("file:"),
            text.isPlainLine(limit: 2_000), let colon = text.firstIndex(of: ":")
        else { throw .malformed }
        let scheme = text[..<colon].lowercased()
        let rest = text[text.index(after: colon)...]
        switch scheme {
        case "smtp", "smtps":
            self = .mail(try MailServer(parsing: rest, isWhole: scheme == "smtps"))
        case "file": self = .folder(path: try Self.path(rest))
        case "https", "http":
            self = .webhook(try Webhook(parsing: rest, isEncrypted: scheme == "https"))
        case "ntfy": self = .ntfy(try PushServer(parsing: rest))
        case "telegram": self = .telegram(try BotServer(parsing: rest))
        case "sms": self = .sms(try SMSGateway(parsing: rest))
        case "exec": self = .program(try Program(parsing: rest))
        case "desktop":
            guard rest.isEmpty else { throw .malformed }
            self = .desktop
        default:
            let isName = scheme.utf8.allSatisfy {
                isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            }
            throw isName && !scheme.isEmpty ? .unknownScheme(scheme) : .malformed
        }
    }

    /// The one spelling; parsing it gives the same address.
    package func serialized() -> String {
        switch self {
        case .folder(let path): "file:" + percentEncoded(path, keeping: "/")
        case .mail(let server): server.serialized(scheme)
        case .webhook(let hook): hook.serialized(scheme)
        case .ntfy(let push): push.serialized()
        case .telegram(let bot): bot.serialized()
        case .sms(let gateway): gateway.serialized()
        case .program(let program): program.serialized()
        case .desktop: "desktop:"
        }
    }

    private static func path(_ text: Substring) throws(ChannelAddressError) -> String {
        // file:///folder has an empty host; file://host/folder is another machine's.
        let local = text.hasPrefix("///") ? text.dropFirst(2) : text
        guard !local.hasPrefix("//"), let path = percentDecoded(local), isAbsolutePath(path) else {
            throw .badPath
        }
        return path
    }
}
