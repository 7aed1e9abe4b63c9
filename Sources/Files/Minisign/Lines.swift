internal import Encoding
internal import Secrets

/// The lines of a key or signature file: LF or CRLF ends each, the last one's may be missing.
///
/// CRLF is let through because mail programs write it, and no line end is ever signed. Lines after
/// the last are refused: nobody signed them either, and somebody might read them.
enum Lines {
    /// More than a signature file with the longest comments: 1,024 + 8,192 + 2 lines of base64.
    static let maximumByteCount = 12 * 1_024

    /// Where each line's text lies.
    static func split(_ text: Span<UInt8>) throws(MinisignError) -> [Range<Int>] {
        guard text.count <= maximumByteCount else { throw .tooLong(limit: maximumByteCount) }
        var lines: [Range<Int>] = []
        var start = 0
        for index in text.indices where text[index] == 10 {
            let hasReturn = index > start && text[index - 1] == 13
            lines.append(start..<(hasReturn ? index - 1 : index))
            start = index + 1
        }
        if start < text.count { lines.append(start..<text.count) }
        return lines
    }

    static func split(_ text: Span<UInt8>, expecting count: Int) throws(MinisignError)
        -> [Range<Int>]
    {
        let lines = try split(text)
        guard lines.count == count else {
            throw .lineCount(found: lines.count, expected: count)
        }
        return lines
    }

    /// The bytes of a line of padded base64 that must have exactly `count`.
    ///
    /// The caller zeroes them if they are secret.
    static func decode(_ text: Span<UInt8>, count: Int, line: Int) throws(MinisignError) -> [UInt8]
    {
        guard text.count == (count + 2) / 3 * 4, var bytes = Base64.decode(text, .padded) else {
            throw .encoding(line: line)
        }
        guard bytes.count == count else {
            Zeroing.zero(&bytes)
            throw .encoding(line: line)
        }
        return bytes
    }
}
