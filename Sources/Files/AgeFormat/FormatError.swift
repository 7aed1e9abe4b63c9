/// Why a header is not one.
package enum FormatError: Error, Hashable, Sendable {
    /// The first line is another one: not an age file at all.
    case notAge
    /// An age file of a version that is not spoken here.
    case unsupportedVersion
    /// The first line ends in CR LF: a mail program or a text mode converted the file.
    case convertedLineEnds
    /// Ends within the header or before the 16 bytes of the nonce.
    case truncated
    /// More than `Header.byteLimit` bytes.
    case tooLarge
    /// Neither a stanza nor the closing line, or an argument with other bytes than 0x21...0x7E.
    case malformedLine
    /// A body that is not base64 in lines of 64 columns, closed by a shorter one.
    case malformedBody
    case malformedMAC
    /// The closing line comes before any stanza.
    case noStanza
    /// A stanza of a known type with wrong arguments or a wrong length.
    case malformedStanza(type: String)
    case malformedWorkFactor
    /// An scrypt cost above `WorkFactor.maximum`.
    case excessiveWork(log2N: Int)
    /// A passphrase stanza with company: somebody else could open what only the passphrase may.
    case passphraseNotAlone
}
