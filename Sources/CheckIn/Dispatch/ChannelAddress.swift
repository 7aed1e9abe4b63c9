internal import Encoding
/// Why the address of a channel was refused.
package enum ChannelAddressError: Error, Hashable {
    /// Not of the form `scheme:…`, or with spaces or control characters.
    case malformed
    case unknownScheme(String)
    /// Known and not spoken yet: `https`, `ntfy`, `exec`.
    case notYet(scheme: String)
    case badHost
    case badPort
    case badUser
    /// A password never stands in an address, which shells remember and others can see.
    case containsPassword
    /// A folder that is not an absolute path, or one with `..` in it.
    case badPath
    /// `from=` is missing or not an e-mail address.
    case badSender
    /// `tls=` other than `starttls` and `off`, or off for a machine that is not this one.
    case badEncryption
    case unknownOption(String)
    case repeatedOption(String)
}

/// How a channel is reached: parsed once, strictly, and written back in one spelling.
package enum ChannelAddress: Hashable, Sendable {
    case mail(MailServer)
    /// An absolute path; messages go to `PATH/CONTACT/new`.
    case folder(path: String)

    package var scheme: String {
        switch self {
        case .mail(let server): server.encryption == .whole ? "smtps" : "smtp"
        case .folder: "file"
        }
    }
}

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

    /// Plain text only to this machine.
    fileprivate var defaultEncryption: Encryption { host.isLoopback ? .none : .startTLS }
}

extension ChannelAddress {
    /// Reads `smtp://[user@]host[:port]?from=…[&tls=starttls|off][&ca=/file]`, `smtps://…` or
    /// `file:/folder`, with percent-encoding in user, values and path.
    package init(parsing text: String) throws(ChannelAddressError) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) || text.hasPrefix("file:"),
            text.isPlainLine(limit: 2_000), let colon = text.firstIndex(of: ":")
        else { throw .malformed }
        let scheme = text[..<colon].lowercased()
        let rest = text[text.index(after: colon)...]
        switch scheme {
        case "smtp", "smtps":
            self = .mail(try MailServer(parsing: rest, isWhole: scheme == "smtps"))
        case "file":
            self = .folder(path: try Self.path(rest))
        case "https", "ntfy", "exec":
            throw .notYet(scheme: scheme)
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
        case .folder(let path): return "file:" + percentEncoded(path, keeping: "/")
        case .mail(let server):
            let user = server.user.map { percentEncoded($0, keeping: "") + "@" } ?? ""
            var text = "\(scheme)://\(user)\(server.host):\(server.port)?from="
            text += percentEncoded(server.from.description, keeping: "@[]:")
            if server.encryption != .whole, server.encryption != server.defaultEncryption {
                text += "&tls=" + (server.encryption == .none ? "off" : "starttls")
            }
            if let authority = server.authority {
                text += "&ca=" + percentEncoded(authority, keeping: "/")
            }
            return text
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

extension MailServer {
    fileprivate init(parsing text: Substring, isWhole: Bool) throws(ChannelAddressError) {
        guard text.hasPrefix("//") else { throw .malformed }
        let parts = text.dropFirst(2).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var authority = parts[0]
        if authority.hasSuffix("/") { authority.removeLast() }

        if let at = authority.lastIndex(of: "@") {
            let text = authority[..<at]
            guard !text.contains(":") else { throw .containsPassword }
            guard let decoded = percentDecoded(text), decoded.isPlainLine(limit: 254) else {
                throw .badUser
            }
            user = decoded
            authority = authority[authority.index(after: at)...]
        } else {
            user = nil
        }

        // The colon before the port stands after the bracket of an IPv6 address.
        let tail = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[tail...].firstIndex(of: ":") {
            guard
                let port = number(authority[authority.index(after: colon)...].utf8, limit: 65_535),
                port > 0
            else { throw .badPort }
            self.port = port
            authority = authority[..<colon]
        } else {
            port = isWhole ? 465 : 587
        }
        guard let host = Host(parsing: authority) else { throw .badHost }
        self.host = host

        let options = try Self.options(parts.count == 2 ? parts[1] : "")
        guard let from = options["from"].flatMap({ MailAddress(parsing: $0) }) else {
            throw .badSender
        }
        self.from = from
        if let file = options["ca"] {
            guard isAbsolutePath(file) else { throw .badPath }
            self.authority = file
        } else {
            self.authority = nil
        }
        switch options["tls"] {
        case nil: encryption = isWhole ? .whole : host.isLoopback ? .none : .startTLS
        case "starttls" where !isWhole: encryption = .startTLS
        case "off" where !isWhole && host.isLoopback: encryption = .none
        default: throw .badEncryption
        }
    }

    private static func options(_ query: Substring) throws(ChannelAddressError)
        -> [String: String]
    {
        var options: [String: String] = [:]
        for pair in query.split(separator: "&", omittingEmptySubsequences: false)
        where !query.isEmpty {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(sides[0])
            guard ["from", "tls", "ca"].contains(name) else { throw .unknownOption(name) }
            guard options[name] == nil else { throw .repeatedOption(name) }
            guard sides.count == 2, let value = percentDecoded(sides[1]),
                value.isPlainLine(limit: 1_000)
            else { throw .malformed }
            options[name] = value
        }
        return options
    }
}

private func isAbsolutePath(_ path: String) -> Bool {
    path.isPlainLine(limit: 1_000) && path.hasPrefix("/")
        && !path.split(separator: "/").contains { $0 == ".." || $0 == "." }
}

/// - Returns: nil for a `%` without two hexadecimal digits, or bytes that are not UTF-8.
private func percentDecoded(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte)
            continue
        }
        guard let high = rest.popFirst().flatMap(nibble), let low = rest.popFirst().flatMap(nibble)
        else { return nil }
        bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
}

private func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
}

/// Everything but letters, digits, `-._~` and the signs in `kept`.
private func percentEncoded(_ text: String, keeping kept: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x7F
        if isLetter || isDigit(byte) || "-._~".utf8.contains(byte) || kept.utf8.contains(byte) {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
