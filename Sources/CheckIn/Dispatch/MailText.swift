internal import Encoding
internal import Platform

/// Writes a message as Internet mail, the form that mail and folder channels share.
///
/// Source: RFC 5322 (format), 2045 and 2046 (MIME), 2047 (words in headers), 2231 (file names).
/// Lines end in CRLF and have at most 78 characters, of which none is outside ASCII.
struct MailText {
    private var lines: [UInt8] = []

    /// - Parameter from: The sender's address: that of the channel, nil for a folder.
    static func bytes(_ message: OutgoingMessage, from: MailAddress?) -> [UInt8] {
        var mail = MailText()
        mail.headers(message, from: from)
        guard !message.attachments.isEmpty else {
            mail.text(message.text)
            return mail.lines
        }
        // Neither quoted-printable nor base64 can contain "=_".
        let boundary = "=_" + hex(message.id.prefix(16))
        mail.line("Content-Type: multipart/mixed; boundary=\"\(boundary)\"")
        mail.line("")
        mail.line("--" + boundary)
        mail.text(message.text)
        // The line end in front of a boundary is the boundary's: the text keeps its own.
        mail.line("")
        for attachment in message.attachments {
            mail.line("--" + boundary)
            mail.attachment(attachment)
        }
        mail.line("--" + boundary + "--")
        return mail.lines
    }

    private mutating func headers(_ message: OutgoingMessage, from: MailAddress?) {
        let domain = from.map { $0.domain.isIPv6 ? "localhost" : $0.domain.name } ?? "localhost"
        line("Date: " + Self.date(message))
        line(
            Self.word("From: ", message.sender)
                + "\r\n <\(from?.description ?? "amparo@localhost")>")
        // What is left in a folder was mailed to nobody.
        if from != nil, let address = message.address?.mail {
            line("To: <\(address)>")
        } else {
            line("To: undisclosed-recipients:;")
        }
        line(Self.word("Subject: ", message.subject))
        // A second delivery of the same message carries the same name.
        line("Message-ID: <\(hex(message.id))@\(domain)>")
        // No holiday notes in answer; RFC 3834.
        line("Auto-Submitted: auto-generated")
        if message.urgency == .urgent {
            line("Importance: high")
            line("X-Priority: 1")
        }
        line("MIME-Version: 1.0")
    }

    private mutating func text(_ text: String) {
        line("Content-Type: text/plain; charset=utf-8")
        line("Content-Transfer-Encoding: quoted-printable")
        line("")
        lines += QuotedPrintable.encode(Array(text.utf8))
    }

    private mutating func attachment(_ attachment: OutgoingMessage.Attachment) {
        line("Content-Type: application/octet-stream")
        line("Content-Transfer-Encoding: base64")
        line("Content-Disposition: attachment;\r\n " + Self.fileName(attachment.name))
        line("")
        let digits = Base64.encode(attachment.bytes.span, .padded)
        for start in stride(from: 0, to: digits.count, by: 76) {
            lines += digits[start..<min(start + 76, digits.count)]
            lines += [13, 10]
        }
    }

    private mutating func line(_ text: String) {
        lines += Array(text.utf8) + [13, 10]
    }

    /// `Tue, 01 Dec 2026 18:00:00 +0000`: always UTC, so that the zone does not tell the place.
    static func date(_ message: OutgoingMessage) -> String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let now = message.date.utc
        let parts = message.date.rfc3339
        let day = parts.prefix(10).suffix(2)
        return "\(days[now.date.weekday]), \(day) \(months[now.date.month - 1]) "
            + "\(parts.prefix(4)) \(parts.dropFirst(11).prefix(8)) +0000"
    }

    /// A header's words: as they are when they are plain and short, else as encoded words.
    ///
    /// - Parameter prefix: What stands in front on the first line.
    static func word(_ prefix: String, _ text: String) -> String {
        // No sign that has a meaning in a list of addresses, and nothing that looks encoded.
        let isPlain = text.utf8.allSatisfy { byte in
            (0x20...0x7E).contains(byte) && !"()<>[]:;@\\,.\"=?".utf8.contains(byte)
        }
        if isPlain, text.utf8.first != 0x20, text.utf8.last != 0x20,
            prefix.utf8.count + text.utf8.count <= 78
        {
            return prefix + text
        }
        // 75 characters is the longest word; 39 bytes give 52 digits and leave room for the prefix.
        var words: [String] = []
        var piece: [UInt8] = []
        for character in text.unicodeScalars.map({ Array(String($0).utf8) }) {
            if piece.count + character.count > 39 {
                words.append(base64(piece))
                piece = []
            }
            piece += character
        }
        words.append(base64(piece))
        return prefix + words.map { "=?utf-8?B?\($0)?=" }.joined(separator: "\r\n ")
    }

    private static func fileName(_ name: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)
        guard !name.utf8.allSatisfy(plain.contains) else { return "filename=\"\(name)\"" }
        let encoded = name.utf8.map { byte in
            plain.contains(byte) ? String(decoding: [byte], as: UTF8.self) : "%" + hex([byte])
        }
        return "filename*=utf-8''" + encoded.joined()
    }
}

private func base64(_ bytes: [UInt8]) -> String {
    String(decoding: Base64.encode(bytes.span, .padded), as: UTF8.self)
}

private func hex(_ bytes: some Sequence<UInt8>) -> String { Hex.encode(Array(bytes)) }

/// Source: RFC 2045 section 6.7.
enum QuotedPrintable {
    /// - Parameter text: With `\n` line ends; other control characters are encoded.
    /// - Returns: Lines that end in CRLF, the last one too.
    static func encode(_ text: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        let newline = UInt8(ascii: "\n")
        var out: [UInt8] = []
        var column = 0
        for (index, byte) in text.enumerated() {
            if byte == newline {
                out += [13, 10]
                column = 0
                continue
            }
            let isLast = index + 1 == text.count || text[index + 1] == newline
            var piece = [byte]
            switch byte {
            case 0x20, 0x09: if isLast { piece = [] }
            // A dot or "From " at the start of a line means something to old mail servers.
            case UInt8(ascii: "."), UInt8(ascii: "F"): if column == 0 { piece = [] }
            case UInt8(ascii: "="): piece = []
            case 0x21...0x7E: break
            default: piece = []
            }
            if piece.isEmpty {
                piece = [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
            // 76 characters at most, and a soft end takes one.
            if column + piece.count > 75 {
                out += [UInt8(ascii: "="), 13, 10]
                column = 0
            }
            out += piece
            column += piece.count
        }
        return column == 0 && !out.isEmpty ? out : out + [13, 10]
    }
}
