/// A mail server that takes messages of ours.
package struct MailServer: Hashable, Sendable {
    package enum Encryption: Sendable {
        /// Plain text, which never leaves this machine.
        case none
        /// STARTTLS, and nothing is said without it.
        case startTLS
        /// TLS from the first byte.
        case whole
    }

    package let host: Host
    package let port: Int
    package let encryption: Encryption
    /// For the login; its password is kept apart.
    package let user: String?
    package let from: MailAddress
    /// Certificates to trust instead of the system's: the newsroom's own authority. Absolute path.
    package let authority: String?
    /// Leave through this proxy, always.
    package let proxy: Proxy?

    /// Plain text only to this machine.
    var defaultEncryption: Encryption { host.isLoopback ? .none : .startTLS }
}

extension MailServer {
    init(parsing text: Substring, isWhole: Bool) throws(ChannelAddressError) {
        let place = try Place(parsing: text)
        guard place.path.isEmpty || place.path == "/" else { throw .badHost }
        host = place.host
        port = place.port ?? (isWhole ? 465 : 587)
        user = place.user
        let options = try AddressOptions(place.query, known: ["from", "tls", "ca", "socks"])
        guard let from = options["from"].flatMap({ MailAddress(parsing: $0) }) else {
            throw .badSender
        }
        self.from = from
        authority = try options.authority()
        proxy = try options.proxy()
        switch options["tls"] {
        case nil: encryption = isWhole ? .whole : host.isLoopback ? .none : .startTLS
        case "starttls" where !isWhole: encryption = .startTLS
        case "off" where !isWhole && host.isLoopback: encryption = .none
        default: throw .badEncryption
        }
    }

    func serialized(_ scheme: String) -> String {
        let user = user.map { percentEncoded($0, keeping: "") + "@" } ?? ""
        var text = "\(scheme)://\(user)\(host):\(port)?from="
        text += percentEncoded(from.description, keeping: "@[]:")
        if encryption != .whole, encryption != defaultEncryption {
            text += "&tls=" + (encryption == .none ? "off" : "starttls")
        }
        let rest = AddressOptions.common(authority, proxy)
        return rest.isEmpty ? text : text + "&" + rest
    }
}
