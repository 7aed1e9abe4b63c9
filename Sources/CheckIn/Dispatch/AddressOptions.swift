internal import Encoding

/// `//[user@]host[:port][/path][?query]`, the part that addresses of servers share.
struct Place {
    let user: String?
    let host: Host
    let port: Int?
    /// With its slash, undecoded; empty when there is none.
    let path: Substring
    /// Undecoded, without its question mark; nil when there is none.
    let query: Substring?

    /// - Parameter usual: The host when none is named; nil requires one.
    init(parsing text: Substring, usual: String? = nil) throws(ChannelAddressError) {
        guard text.hasPrefix("//") else { throw .malformed }
        let parts = text.dropFirst(2).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        query = parts.count == 2 ? parts[1] : nil
        var rest = parts[0]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        path = rest[slash...]
        rest = rest[..<slash]
        if let at = rest.lastIndex(of: "@") {
            let text = rest[..<at]
            guard !text.contains(":") else { throw .containsPassword }
            guard let decoded = percentDecoded(text), decoded.isPlainLine(limit: 254) else {
                throw .badUser
            }
            user = decoded
            rest = rest[rest.index(after: at)...]
        } else {
            user = nil
        }
        // The colon before the port stands after the bracket of an IPv6 address.
        let tail = rest.lastIndex(of: "]") ?? rest.startIndex
        if let colon = rest[tail...].firstIndex(of: ":") {
            guard let port = number(rest[rest.index(after: colon)...].utf8, limit: 65_535),
                port > 0
            else { throw .badPort }
            self.port = port
            rest = rest[..<colon]
        } else {
            port = nil
        }
        let name = rest.isEmpty ? usual.map { $0[...] } ?? rest : rest
        guard let host = Host(parsing: name) else { throw .badHost }
        self.host = host
    }
}

/// What stands behind the `?` of an address: known names, each at most once.
struct AddressOptions {
    private var values: [String: String] = [:]

    subscript(_ name: String) -> String? { values[name] }

    init(_ query: Substring?, known: Set<String>) throws(ChannelAddressError) {
        guard let query, !query.isEmpty else { return }
        for pair in query.split(separator: "&", omittingEmptySubsequences: false) {
            let (name, value) = try Self.sides(pair)
            guard known.contains(name) else { throw .unknownOption(name) }
            guard values[name] == nil else { throw .repeatedOption(name) }
            values[name] = value
        }
    }

    static func sides(_ pair: Substring) throws(ChannelAddressError) -> (String, String) {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, let value = percentDecoded(sides[1]),
            value.isPlainLine(limit: 1_000)
        else { throw .malformed }
        return (String(sides[0]), value)
    }

    /// `ca=`: certificates to trust instead of the system's.
    func authority() throws(ChannelAddressError) -> String? {
        guard let file = values["ca"] else { return nil }
        guard isAbsolutePath(file) else { throw .badPath }
        return file
    }

    /// `socks=`: a proxy on this machine.
    func proxy() throws(ChannelAddressError) -> Proxy? {
        guard let text = values["socks"] else { return nil }
        guard let proxy = Proxy(parsing: text) else { throw .badProxy }
        return proxy
    }

    /// The spelling of the options that every server has.
    static func common(_ authority: String?, _ proxy: Proxy?) -> String {
        [
            authority.map { "ca=" + percentEncoded($0, keeping: "/") },
            proxy.map { "socks=\($0)" },
        ].compactMap { $0 }.joined(separator: "&")
    }
}

/// A SOCKS proxy on this machine, as Tor offers one. It is told names, not addresses: nothing is
/// looked up outside of it.
package struct Proxy: Hashable, Sendable, CustomStringConvertible {
    package let host: Host
    package let port: Int

    /// Where Tor listens, on Debian as on Tails.
    package static let tor = Proxy(parsing: "127.0.0.1:9050")

    /// - Parameter text: `host:port`, the host being this machine.
    /// - Returns: nil for anything else: a proxy elsewhere would see who is alerted.
    package init?(parsing text: String) {
        guard let colon = text.lastIndex(of: ":"), let host = Host(parsing: text[..<colon]),
            host.isLoopback,
            let port = number(text[text.index(after: colon)...].utf8, limit: 65_535), port > 0
        else { return nil }
        self.host = host
        self.port = port
    }

    package var description: String { "\(host):\(port)" }
}
