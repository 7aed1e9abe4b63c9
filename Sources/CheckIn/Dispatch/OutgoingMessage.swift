internal import Encoding
package import Platform

/// What makes a message impossible to send.
package enum MessageError: Error, Hashable {
    /// Neither 8 nor more bytes, or more than 64.
    case badID
    /// A name or subject that is empty, too long, or holds a line end or another control character.
    case badName
    case badSubject
    case badAttachmentName
    case tooLarge(limit: Int)
}

/// One message for one contact, in plain words and sealed attachments, before it takes the form of
/// any channel.
package struct OutgoingMessage: Hashable, Sendable {
    package struct Attachment: Hashable, Sendable {
        package let name: String
        package let bytes: [UInt8]

        /// - Parameter name: A file name: at most 64 bytes, no slash, no control characters, no dot
        ///   in front.
        /// - Throws: `.badAttachmentName`.
        package init(name: String, bytes: [UInt8]) throws(MessageError) {
            guard isFileName(name, limit: 64) else { throw .badAttachmentName }
            self.name = name
            self.bytes = bytes
        }
    }

    package enum Urgency: Sendable { case ordinary, urgent }

    /// All attachments and the text together.
    package static let byteLimit = 8 << 20

    /// The delivery's id: the Message-ID, and what makes a second delivery harmless.
    package let id: [UInt8]
    /// The contact's name, which is also the name of their place in a folder channel.
    package let contact: String
    /// Where a mail channel sends; nil when the contact has no e-mail.
    package let address: MailAddress?
    /// The name in front of the sender's address: the plan's alias.
    package let sender: String
    package let date: Instant
    package let subject: String
    /// Plain text with `\n` line ends, both languages.
    package let text: String
    package let attachments: [Attachment]
    package let urgency: Urgency

    /// - Throws: `MessageError`; a header that would break into two is refused here, once.
    package init(
        id: [UInt8], contact: String, address: MailAddress?, sender: String, date: Instant,
        subject: String, text: String, attachments: [Attachment] = [],
        urgency: Urgency = .ordinary
    ) throws(MessageError) {
        guard (8...64).contains(id.count) else { throw .badID }
        guard isFileName(contact, limit: 200), sender.isPlainLine() else {
            throw .badName
        }
        guard subject.isPlainLine(limit: 400) else { throw .badSubject }
        let total = attachments.reduce(text.utf8.count) { $0 + $1.bytes.count }
        guard total <= Self.byteLimit else { throw .tooLarge(limit: Self.byteLimit) }
        self.id = id
        self.contact = contact
        self.address = address
        self.sender = sender
        self.date = date
        self.subject = subject
        self.text = text
        self.attachments = attachments
        self.urgency = urgency
    }
}

func isFileName(_ name: String, limit: Int) -> Bool {
    name.isPlainLine(limit: limit) && !name.utf8.contains(UInt8(ascii: "/"))
        && name.utf8.first != UInt8(ascii: ".")
}
