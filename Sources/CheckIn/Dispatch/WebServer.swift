internal import Encoding

/// A server that is spoken to over HTTPS; in plain HTTP only on this machine.
package struct WebServer: Hashable, Sendable {
    package let host: Host
    package let port: Int
    package let isEncrypted: Bool
    /// Certificates to trust instead of the system's: the newsroom's own authority. Absolute path.
    package let authority: String?
    /// Leave through this proxy, always.
    package let proxy: Proxy?

    /// `https://host`, with the port where it is not the usual one.
    package var origin: String { (isEncrypted ? "https://" : "http://") + "\(host)" + tail }

    private var tail: String { port == usualPort ? "" : ":\(port)" }
    private var usualPort: Int { isEncrypted ? 443 : 80 }

    fileprivate init(
        _ place: Place, isEncrypted: Bool, _ options: AddressOptions
    ) throws(ChannelAddressError) {
        guard isEncrypted || place.host.isLoopback else { throw .badEncryption }
        host = place.host
        port = place.port ?? (isEncrypted ? 443 : 80)
        self.isEncrypted = isEncrypted
        authority = try options.authority()
        proxy = try options.proxy()
    }

    /// For schemes that do not say it themselves: plain on this machine, unless `tls=on`.
    fileprivate init(
        _ place: Place, _ options: AddressOptions
    ) throws(ChannelAddressError) {
        let isEncrypted: Bool
        switch options["tls"] {
        case nil: isEncrypted = !place.host.isLoopback
        case "on": isEncrypted = true
        case "off" where place.host.isLoopback: isEncrypted = false
        default: throw .badEncryption
        }
        try self.init(place, isEncrypted: isEncrypted, options)
    }

    fileprivate var hostAndPort: String { "\(host)" + tail }

    /// The options in their one spelling, those of the scheme in front.
    fileprivate func options(_ own: String? = nil) -> String {
        let list = [
            own, isEncrypted && host.isLoopback ? "tls=on" : nil,
            AddressOptions.common(authority, proxy),
        ].compactMap { $0 }.filter { !$0.isEmpty }
        return list.isEmpty ? "" : "?" + list.joined(separator: "&")
    }

    fileprivate static let known: Set<String> = ["tls", "ca", "socks"]
}

/// `https://host[:port][/path][?query][#ca=/file&socks=…]`: path and query are the receiver's and
/// often secret; what stands behind the `#` is ours and never sent.
package struct Webhook: Hashable, Sendable {
    package let server: WebServer
    /// Begins with a slash.
    package let target: String

    /// The front door of a server.
    init(server: WebServer) {
        self.server = server
        target = "/"
    }

    init(parsing text: Substring, isEncrypted: Bool) throws(ChannelAddressError) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let place = try Place(parsing: parts[0])
        guard place.user == nil else { throw .badUser }
        let options = try AddressOptions(
            parts.count == 2 ? parts[1] : nil, known: ["ca", "socks"])
        server = try WebServer(place, isEncrypted: isEncrypted, options)
        let path = place.path.isEmpty ? "/" : place.path
        let target = path + (place.query.map { "?" + $0 } ?? "")
        guard Self.isTarget(target) else { throw .malformed }
        self.target = String(target)
    }

    func serialized(_ scheme: String) -> String {
        let options = AddressOptions.common(server.authority, server.proxy)
        return server.origin + target + (options.isEmpty ? "" : "#" + options)
    }

    /// What may stand in a request line, with every `%` in front of two hexadecimal digits.
    ///
    /// Source: RFC 3986 sections 3.3 and 3.4.
    private static func isTarget(_ text: Substring) -> Bool {
        let signs = "-._~!$&'()*+,;=:@/?%".utf8
        return text.utf8.allSatisfy { byte in
            isDigit(byte) || signs.contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x7B
        } && percentDecoded(text) != nil
    }
}

/// `ntfy://[user@]host[:port][/topic]`: with a topic it reaches whoever listens there, without one
/// each contact has a topic of her own.
package struct PushServer: Hashable, Sendable {
    package let server: WebServer
    package let user: String?
    package let topic: Topic?

    init(parsing text: Substring) throws(ChannelAddressError) {
        let place = try Place(parsing: text)
        server = try WebServer(place, AddressOptions(place.query, known: WebServer.known))
        user = place.user
        if place.path.isEmpty || place.path == "/" {
            topic = nil
        } else {
            guard let topic = Topic(parsing: String(place.path.dropFirst())) else {
                throw .badTopic
            }
            self.topic = topic
        }
    }

    func serialized() -> String {
        let user = user.map { percentEncoded($0, keeping: "") + "@" } ?? ""
        let topic = topic.map { "/\($0)" } ?? ""
        return "ntfy://" + user + server.hostAndPort + topic + server.options()
    }
}

/// `telegram:`, or `telegram://host` for a server of one's own that speaks the same.
package struct BotServer: Hashable, Sendable {
    package static let usualHost = "api.telegram.org"
    package let server: WebServer

    init(parsing text: Substring) throws(ChannelAddressError) {
        let text = text.isEmpty ? "//" : text
        let place = try Place(parsing: text, usual: Self.usualHost)
        guard place.user == nil else { throw .badUser }
        guard place.path.isEmpty || place.path == "/" else { throw .badHost }
        server = try WebServer(place, AddressOptions(place.query, known: WebServer.known))
    }

    func serialized() -> String { "telegram://" + server.hostAndPort + server.options() }
}

/// `sms://ACCOUNT@host[/prefix]?from=NUMBER`: a gateway that speaks as Twilio's does.
package struct SMSGateway: Hashable, Sendable {
    package static let usualHost = "api.twilio.com"
    package let server: WebServer
    /// Letters and digits: it stands in the path.
    package let account: String
    /// In front of the versioned path; empty at Twilio.
    package let prefix: String
    /// A number, or what the gateway calls a sender: letters and digits.
    package let from: String

    init(parsing text: Substring) throws(ChannelAddressError) {
        let place = try Place(parsing: text, usual: Self.usualHost)
        let options = try AddressOptions(place.query, known: WebServer.known.union(["from"]))
        server = try WebServer(place, options)
        guard let account = place.user, account.utf8.count <= 64, Self.isWord(account) else {
            throw .badUser
        }
        self.account = account
        let steps = place.path.split(separator: "/")
        guard steps.allSatisfy({ Self.isWord($0) }) else { throw .badHost }
        prefix = steps.map { "/" + $0 }.joined()
        guard let from = options["from"] else { throw .badNumber }
        if let number = PhoneNumber(parsing: from) {
            self.from = number.description
        } else {
            guard from.utf8.count <= 40, Self.isWord(from), from.contains(where: \.isLetter) else {
                throw .badNumber
            }
            self.from = from
        }
    }

    /// Source: Twilio's REST API, "Message resource".
    package var target: String { prefix + "/2010-04-01/Accounts/\(account)/Messages.json" }

    func serialized() -> String {
        let from = "from=" + percentEncoded(from, keeping: "+")
        return "sms://\(account)@" + server.hostAndPort + prefix + server.options(from)
    }

    private static func isWord(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                isDigit(byte) || byte == UInt8(ascii: "-")
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x7B
            }
    }
}

/// `exec:/path[?arg=…&arg=…]`: started without a shell, always with these arguments.
package struct Program: Hashable, Sendable {
    package let path: String
    package let arguments: [String]

    init(parsing text: Substring) throws(ChannelAddressError) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard !parts[0].hasPrefix("//"), let path = percentDecoded(parts[0]), isAbsolutePath(path),
            !path.hasSuffix("/")
        else { throw .badPath }
        self.path = path
        var arguments: [String] = []
        for pair in (parts.count == 2 ? parts[1] : "").split(separator: "&") {
            let (name, value) = try AddressOptions.sides(pair)
            guard name == "arg" else { throw .unknownOption(name) }
            arguments.append(value)
        }
        guard arguments.count <= 16 else { throw .malformed }
        self.arguments = arguments
    }

    func serialized() -> String {
        let list = arguments.map { "arg=" + percentEncoded($0, keeping: "/") }
        return "exec:" + percentEncoded(path, keeping: "/")
            + (list.isEmpty ? "" : "?" + list.joined(separator: "&"))
    }
}
