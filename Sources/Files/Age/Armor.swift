/// The text form of a file.
///
/// Source: age-encryption.org/v1, "ASCII armor": strict PEM (RFC 7468) with one label.
enum Armor {
    static let begin = Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8)
    static let end = Array("-----END AGE ENCRYPTED FILE-----".utf8)
    static let columns = 64
    static let bytesPerLine = 48
    static let lineBreak = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    /// White space that may stand before the first line and after the last, as in age.
    static let whiteSpaceLimit = 1_024

    static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// Why a text form is not one.
package enum ArmorError: Error, Hashable, Sendable {
    /// The first line is another one, such as another program's label.
    case malformedBegin
    /// A line of the body is empty, too long, or not strict base64.
    case malformedLine
    /// A short line is not followed by the END line, or the END line is missing.
    case malformedEnd
    /// Something other than white space follows the END line.
    case trailing
    /// More white space around the text than `Armor.whiteSpaceLimit`.
    case tooMuchWhiteSpace
}
