/// One comment line's text: valid UTF-8 without a control character other than the tab.
///
/// minisign 0.11 prints a validly signed comment raw, so an escape sequence in it reaches the
/// terminal. We refuse C0, DEL and C1 when reading and when writing.
struct Comment: Hashable, Sendable {
    /// What stands before the text on its line.
    enum Kind: Hashable, Sendable {
        case untrusted, trusted

        var prefix: String {
            switch self {
            case .untrusted: "untrusted comment: "
            case .trusted: "trusted comment: "
            }
        }

        /// Longest text in bytes that minisign's line buffer (1,024 or 8,192) holds together with
        /// the prefix, the line end and C's closing zero.
        ///
        /// Source: minisign.h, `COMMENTMAXBYTES` and `TRUSTEDCOMMENTMAXBYTES`.
        var maximumByteCount: Int {
            switch self {
            case .untrusted: 1_024 - prefix.utf8.count - 2
            case .trusted: 8_192 - prefix.utf8.count - 2
            }
        }
    }

    let kind: Kind
    let text: String

    /// - Parameter line: Number of the line in its file, for the error.
    /// - Throws: `.unprintableComment` or `.commentTooLong`.
    init(_ text: String, _ kind: Kind, line: Int) throws(MinisignError) {
        guard text.utf8.count <= kind.maximumByteCount else {
            throw .commentTooLong(limit: kind.maximumByteCount)
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09: continue
            case 0..<0x20, 0x7f..<0xa0: throw .unprintableComment(line: line)
            default: continue
            }
        }
        self.kind = kind
        self.text = text
    }

    /// Reads a whole line, prefix included, without its line end.
    init(parsing bytes: Span<UInt8>, _ kind: Kind, line: Int) throws(MinisignError) {
        let prefix = Array(kind.prefix.utf8)
        guard bytes.count >= prefix.count else { throw .missingPrefix(line: line) }
        for index in prefix.indices where bytes[index] != prefix[index] {
            throw .missingPrefix(line: line)
        }
        var rest: [UInt8] = []
        for index in prefix.count..<bytes.count { rest.append(bytes[index]) }
        guard let text = String(validating: rest, as: UTF8.self) else {
            throw .unprintableComment(line: line)
        }
        try self.init(text, kind, line: line)
    }

    /// The whole line, line end included.
    var line: [UInt8] { Array("\(kind.prefix)\(text)\n".utf8) }
}
