internal import Encoding
internal import Platform

// A message in the form that a channel takes. What is not mail has one spelling too: the same
// message gives the same bytes, also when it is repeated.
extension OutgoingMessage {
    func body(for channel: ChannelAddress) -> [UInt8] {
        switch channel {
        case .mail(let server): MailText.bytes(self, from: server.from)
        case .folder: MailText.bytes(self, from: nil)
        case .webhook, .program: Array(envelope(for: channel).utf8)
        case .ntfy(let push): Array(notice(push.topic).utf8)
        case .telegram: Array(chat.utf8)
        case .sms(let gateway): Array(form(gateway).utf8)
        case .desktop: Array((subject + "\n" + push).utf8)
        }
    }

    /// What webhooks and programs get: everything. See Docs/formats/webhook.md.
    private func envelope(for channel: ChannelAddress) -> String {
        let files = attachments.map { file in
            let base64 = String(decoding: Base64.encode(file.bytes.span, .padded), as: UTF8.self)
            return JSONLine.object([
                ("name", JSONLine.text(file.name)), ("base64", JSONLine.text(base64)),
            ])
        }
        let isHers = channel.addressKind != nil
        return JSONLine.object([
            ("version", "1"), ("id", JSONLine.text(Hex.encode(id))),
            ("kind", JSONLine.text(kind)), ("urgent", urgency == .urgent ? "true" : "false"),
            ("date", JSONLine.text(date.rfc3339)), ("from", JSONLine.text(sender)),
            ("contact", JSONLine.text(contact)),
            ("to", isHers ? address.map { JSONLine.text("\($0)") } ?? "null" : "null"),
            ("subject", JSONLine.text(subject)), ("text", JSONLine.text(text)),
            ("short", JSONLine.text(push)), ("attachments", "[\(files.joined(separator: ","))]"),
        ])
    }

    /// Source: docs.ntfy.sh, "Publish as JSON"; 5 is the priority that breaks a phone's silence.
    private func notice(_ topic: Topic?) -> String {
        let topic = topic?.description ?? address?.description ?? ""
        return JSONLine.object([
            ("topic", JSONLine.text(topic)), ("title", JSONLine.text(subject)),
            ("message", JSONLine.text(push)), ("priority", urgency == .urgent ? "5" : "3"),
        ])
    }

    /// Source: core.telegram.org/bots/api, "sendMessage". No preview: that would fetch what a text
    /// names.
    private var chat: String {
        JSONLine.object([
            ("chat_id", JSONLine.text(address?.description ?? "")),
            ("text", JSONLine.text(subject + "\n" + push)),
            ("link_preview_options", JSONLine.object([("is_disabled", "true")])),
        ])
    }

    /// Source: Twilio's REST API, "Create a Message".
    private func form(_ gateway: SMSGateway) -> String {
        let isService = gateway.from.hasPrefix("MG") && gateway.from.utf8.count == 34
        let fields = [
            ("To", address?.description ?? ""),
            (isService ? "MessagingServiceSid" : "From", gateway.from),
            ("Body", GSM7.folded(sms)),
        ]
        return fields.map { "\($0.0)=" + percentEncoded($0.1, keeping: "") }
            .joined(separator: "&")
    }
}

/// JSON on one line, written by hand: members keep their order.
enum JSONLine {
    static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { text($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
    }

    /// Source: RFC 8259 section 7.
    static func text(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
