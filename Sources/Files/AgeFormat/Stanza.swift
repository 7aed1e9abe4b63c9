/// One wrapped copy of a file key: a type, arguments and a body that only its kind understands.
///
/// Source: age-encryption.org/v1, "Header".
package struct Stanza: Hashable, Sendable {
    /// Case-sensitive: `x25519` is another type than `X25519`.
    package let type: String
    package let arguments: [String]
    package let body: [UInt8]

    /// - Precondition: Type and arguments are not empty and hold bytes of 0x21...0x7E only.
    package init(type: String, arguments: [String], body: [UInt8]) {
        precondition(([type] + arguments).allSatisfy(Self.isArgument), "not a stanza's argument")
        self.type = type
        self.arguments = arguments
        self.body = body
    }

    static func isArgument(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
