internal import Encoding

/// A mail of ours, read back: for the places that show one, such as the tour and a practice inbox.
///
/// Reads exactly what `MailText` writes; anything else is nil. It is not a reader for strangers'
/// mail.
package struct MailReading: Hashable, Sendable {
    package struct Attachment: Hashable, Sendable {
        package let name: String
        package let bytes: [UInt8]
    }

    package let subject: String
    package let text: String
    package let attachments: [Attachment]

    package init?(parsing mail: [UInt8]) {
        guard let all = String(validating: mail, as: UTF8.self) else { return nil }
        let lines = all.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
        guard let top = Part(lines), let subject = top.headers["subject"].flatMap(Self.words) else {
            return nil
        }
        var parts = [top]
        if let boundary = top.value(of: "boundary", in: "content-type") {
            // What stands before the first boundary is nobody's part.
            parts = top.body.prefix { $0 != "--\(boundary)--" }
                .split(separator: "--\(boundary)", omittingEmptySubsequences: false)
                .dropFirst().compactMap { Part($0) }
        }
        guard let first = parts.first,
            let text = String(validating: first.decoded ?? [], as: UTF8.self)
        else { return nil }
        var attachments: [Attachment] = []
        for part in parts.dropFirst() {
            guard let name = part.value(of: "filename", in: "content-disposition"),
                let bytes = part.decoded
            else { continue }
            attachments.append(Attachment(name: name, bytes: bytes))
        }
        self.subject = subject
        self.text = text
        self.attachments = attachments
    }

    /// Headers, names in lower case and folded lines joined, and the lines after them.
    private struct Part {
        var headers: [String: String] = [:]
        let body: ArraySlice<Substring>

        init?(_ lines: ArraySlice<Substring>) {
            let lines = lines.drop { $0.isEmpty }
            guard let end = lines.firstIndex(of: "") else { return nil }
            var last: String?
            for line in lines[..<end] {
                if let name = last, line.hasPrefix(" ") {
                    headers[name, default: ""] += line
                } else if let colon = line.firstIndex(of: ":") {
                    let name = line[..<colon].lowercased()
                    headers[name] = String(line[line.index(after: colon)...].drop { $0 == " " })
                    last = name
                }
            }
            body = lines[(end + 1)...]
        }

        func value(of parameter: String, in header: String) -> String? {
            let pieces = headers[header]?.split(separator: ";").map { $0.drop { $0 == " " } } ?? []
            let piece = pieces.first { $0.hasPrefix(parameter + "=") }
            return piece?.dropFirst(parameter.count + 1).split(separator: "\"").first.map(
                String.init)
        }

        var decoded: [UInt8]? {
            switch headers["content-transfer-encoding"] {
            case "base64": Base64.decode(Array(body.joined().utf8).span, .padded)
            case "quoted-printable": Self.plain(body)
            default: nil
            }
        }

        /// Source: RFC 2045 section 6.7.
        private static func plain(_ lines: ArraySlice<Substring>) -> [UInt8]? {
            var out: [UInt8] = []
            var continues = true
            for line in lines {
                if !continues { out.append(UInt8(ascii: "\n")) }
                var bytes = Array(line.utf8)[...]
                let isSoft = bytes.last == UInt8(ascii: "=")
                if isSoft { bytes.removeLast() }
                while let byte = bytes.popFirst() {
                    guard byte == UInt8(ascii: "=") else {
                        out.append(byte)
                        continue
                    }
                    let digits = String(decoding: bytes.prefix(2), as: UTF8.self)
                    guard let value = Hex.decode(digits), value.count == 1 else { return nil }
                    out += value
                    bytes = bytes.dropFirst(2)
                }
                continues = isSoft
            }
            return out
        }
    }

    /// A header as it was before `MailText.word`.
    private static func words(_ header: String) -> String? {
        guard header.hasPrefix("=?utf-8?B?") else { return header }
        var bytes: [UInt8] = []
        for word in header.split(separator: " ") {
            guard word.hasPrefix("=?utf-8?B?"), word.hasSuffix("?="),
                let piece = Base64.decode(Array(word.dropFirst(10).dropLast(2).utf8).span, .padded)
            else { return nil }
            bytes += piece
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
