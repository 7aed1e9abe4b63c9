/// The signature that came inside a bundle, not yet judged.
package struct BundleSignature: Hashable, Sendable {
    /// BLAKE2b-512 of what must have been signed: 64 bytes.
    package let sum: [UInt8]
    /// A signature file of minisign, as it came.
    package let text: [UInt8]

    package init(sum: [UInt8], text: [UInt8]) {
        self.sum = sum
        self.text = text
    }

    /// What the signature of a whole bundle is made over; `b2sum -c` checks it.
    static let listName = "amparo-signed.b2sum"
    static let suffix = ".minisig"
    /// More than any signature file has.
    static let byteLimit = 16_384
}

/// For whom something was signed, in the signature's trusted comment: a recipient could otherwise
/// seal it anew to somebody else, as if the signer had sent it there.
package struct SignedFor: Hashable, Sendable {
    /// Recipients in their one spelling, or `passphrase` alone.
    package let names: [String]

    package static let passphrase = "passphrase"
    private static let opening = "amparo-signed-1\tfor:"

    package init(_ names: [String]) { self.names = names }

    /// - Returns: nil for any other comment.
    package init?(parsing comment: String) {
        guard comment.hasPrefix(Self.opening) else { return nil }
        let names = comment.dropFirst(Self.opening.count).split(
            separator: ",", omittingEmptySubsequences: false)
        guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(names.map(String.init))
    }

    package var comment: String { Self.opening + names.joined(separator: ",") }
}
