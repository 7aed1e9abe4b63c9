/// An e-mail address that cannot break a header or an SMTP command.
package struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    package let local: String
    package let domain: Host

    /// Reads `local@domain`: letters, digits and RFC 5322's atom signs with single dots between,
    /// at most 64 bytes, then a DNS name or an address in brackets. No quoted forms, ASCII only.
    ///
    /// - Returns: nil for anything else.
    package init?(parsing text: String) {
        guard let at = text.lastIndex(of: "@") else { return nil }
        let local = text[..<at]
        var domain = String(text[text.index(after: at)...])
        // RFC 5321 writes IPv6 addresses with a tag.
        if domain.lowercased().hasPrefix("[ipv6:") { domain = "[" + domain.dropFirst(6) }
        let parts = local.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...64).contains(local.utf8.count), text.utf8.count <= 254,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isAtom) }),
            let host = Host(parsing: domain)
        else { return nil }
        self.local = String(local)
        self.domain = host
    }

    package var description: String {
        local + "@" + (domain.isIPv6 ? "[IPv6:\(domain.name)]" : domain.name)
    }

    private static let signs = Set("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isAtom(_ byte: UInt8) -> Bool {
        isDigit(byte) || signs.contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                && (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(byte)
    }
}
