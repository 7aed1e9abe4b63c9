internal import Encoding

/// How a person can be reached, as it stands in front of her address: `sms:+52…`.
package enum AddressKind: String, Hashable, Sendable, CaseIterable {
    case email, sms, signal, telegram, ntfy
    /// The name of a channel that reaches her by itself: a desk's webhook, a topic, a program.
    case via
}

/// One person's address on a channel, parsed once.
package enum ContactAddress: Hashable, Sendable, CustomStringConvertible {
    case mail(MailAddress)
    /// Of text messages and of Signal.
    case phone(PhoneNumber)
    case chat(Chat)
    case topic(Topic)

    /// - Returns: nil for what is none of that kind, and for `via`, which names a channel.
    package init?(parsing text: String, _ kind: AddressKind) {
        switch kind {
        case .email:
            guard let address = MailAddress(parsing: text) else { return nil }
            self = .mail(address)
        case .sms, .signal:
            guard let number = PhoneNumber(parsing: text) else { return nil }
            self = .phone(number)
        case .telegram:
            guard let chat = Chat(parsing: text) else { return nil }
            self = .chat(chat)
        case .ntfy:
            guard let topic = Topic(parsing: text) else { return nil }
            self = .topic(topic)
        case .via: return nil
        }
    }

    package var description: String {
        switch self {
        case .mail(let address): address.description
        case .phone(let number): number.description
        case .chat(let chat): chat.description
        case .topic(let topic): topic.description
        }
    }

    var mail: MailAddress? { if case .mail(let address) = self { address } else { nil } }
}

extension ChannelAddress {
    /// Which of a contact's addresses it uses; nil where it needs none.
    package var addressKind: AddressKind? {
        switch self {
        case .mail: .email
        case .sms: .sms
        case .telegram: .telegram
        case .ntfy(let push): push.topic == nil ? .ntfy : nil
        case .program: .signal
        case .folder, .webhook, .desktop: nil
        }
    }

    /// Whether it reaches nobody without an address. A program may know whom to reach.
    package var needsAddress: Bool {
        switch self {
        case .mail, .sms, .telegram: true
        case .ntfy(let push): push.topic == nil
        case .folder, .webhook, .program, .desktop: false
        }
    }

    /// Whether what arrives rings in a pocket. Mail wakes nobody.
    package var wakes: Bool {
        switch self {
        case .sms, .telegram, .ntfy, .program: true
        case .mail, .folder, .webhook, .desktop: false
        }
    }
}

/// A number with its country: `+` and 8–15 digits.
///
/// Source: ITU-T E.164.
package struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// - Parameter text: Spaces, dots, hyphens and brackets between digits are left out.
    package init?(parsing text: String) {
        guard text.utf8.count <= 40, text.utf8.first == UInt8(ascii: "+") else { return nil }
        let digits = text.utf8.dropFirst().filter { !" -.()".utf8.contains($0) }
        guard (8...15).contains(digits.count), digits.allSatisfy(isDigit),
            digits.first != UInt8(ascii: "0")
        else { return nil }
        description = "+" + String(decoding: digits, as: UTF8.self)
    }
}

/// A chat of Telegram's: its number, or the `@name` of a channel.
package struct Chat: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init?(parsing text: String) {
        let bytes = Array(text.utf8)
        if bytes.first == UInt8(ascii: "@") {
            guard (6...33).contains(bytes.count), bytes.dropFirst().allSatisfy(isWordByte) else {
                return nil
            }
        } else {
            let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
            guard (1...19).contains(digits.count), digits.allSatisfy(isDigit),
                digits.first != UInt8(ascii: "0")
            else { return nil }
        }
        description = text
    }
}

/// A topic of an ntfy server. Whoever knows its name can read it and write to it.
///
/// Source: docs.ntfy.sh, "Publishing": letters, digits, `_` and `-`, at most 64.
package struct Topic: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init?(parsing text: String) {
        guard (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ isWordByte($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        description = text
    }
}

private func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x7B
}
