internal import Encoding

/// Takes a header line by line; accepts one spelling of each.
package struct HeaderParser: Sendable {
    private enum Place { case version, stanzaOrEnd, body }

    private var place = Place.version
    private var stanzas: [Stanza] = []
    private var words: [String] = []
    private var body: [UInt8] = []
    private var taken: [UInt8] = []

    package init() {}

    /// Most bytes that the next line may have: enough of the first one to know another format.
    package var lineLimit: Int {
        place == .version ? Header.columns : Header.byteLimit - taken.count - 1
    }

    /// - Parameter line: Without its LF. A CR is an error anywhere.
    /// - Returns: The header with its last line, nil before.
    package mutating func take(_ line: [UInt8]) throws(FormatError) -> Header? {
        guard place == .version || line.count <= lineLimit else { throw .tooLarge }
        defer { taken += line + [Header.lineBreak] }
        switch place {
        case .version:
            guard line != Header.version + [UInt8(ascii: "\r")] else { throw .convertedLineEnds }
            guard line.starts(with: Header.version.dropLast(1)) else { throw .notAge }
            guard line == Header.version else { throw .unsupportedVersion }
            place = .stanzaOrEnd
        case .stanzaOrEnd where line.starts(with: "-> ".utf8):
            words = try Self.words(line.dropFirst(3))
            body = []
            place = .body
        case .stanzaOrEnd where line.starts(with: "---".utf8):
            return try header(closedBy: line)
        case .stanzaOrEnd:
            throw .malformedLine
        case .body:
            guard line.count <= Header.columns, let bytes = Base64.decode(line.span, .unpadded)
            else { throw .malformedBody }
            body += bytes
            guard line.count < Header.columns else { break }
            stanzas.append(Stanza(type: words[0], arguments: Array(words[1...]), body: body))
            place = .stanzaOrEnd
        }
        return nil
    }

    private func header(closedBy line: [UInt8]) throws(FormatError) -> Header {
        guard !stanzas.isEmpty else { throw .noStanza }
        guard line.starts(with: "--- ".utf8),
            let mac = Base64.decode(Array(line.dropFirst(4)).span, .unpadded),
            mac.count == Header.macByteCount
        else { throw .malformedMAC }
        return Header(stanzas: stanzas, mac: mac, authenticated: taken + line.prefix(3))
    }

    /// Splits on single spaces: an empty word is an error, and so there is at least one word.
    private static func words(_ text: ArraySlice<UInt8>) throws(FormatError) -> [String] {
        let words = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard words.allSatisfy(Stanza.isArgument) else { throw .malformedLine }
        return words
    }
}
