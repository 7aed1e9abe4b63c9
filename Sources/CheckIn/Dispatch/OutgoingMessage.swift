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
    /// Of the subject, in bytes.
    static let subjectLimit = 400

    /// The delivery's id: the Message-ID, and what makes a second delivery harmless.
    package let id: [UInt8]
    /// The contact's name, which is also the name of their place in a folder channel.
    package let contact: String
    /// Hers, on the channel that it goes over; nil where that needs none.
    package let address: ContactAddress?
    /// The name in front of the sender's address: the plan's alias.
    package let sender: String
    package let date: Instant
    package let subject: String
    /// Plain text with `\n` line ends, both languages.
    package let text: String
    /// The same for a screen that shows a few lines, without what only she should read.
    package let push: String
    /// The same for a text message; only signs of GSM-7 are left when it is sent.
    package let sms: String
    package let attachments: [Attachment]
    package let urgency: Urgency
    /// What it is about, in one English word, for machines that receive it: `alert`.
    package let kind: String

    /// - Throws: `MessageError`; a header that would break into two is refused here, once.
    package init(
        id: [UInt8], contact: String, address: ContactAddress?, sender: String, date: Instant,
        subject: String, text: String, push: String? = nil, sms: String? = nil,
        attachments: [Attachment] = [], urgency: Urgency = .ordinary, kind: String = "message"
    ) throws(MessageError) {
        guard (8...64).contains(id.count) else { throw .badID }
        guard isFileName(contact, limit: 200), sender.isPlainLine() else {
            throw .badName
        }
        guard subject.isPlainLine(limit: Self.subjectLimit) else { throw .badSubject }
        let total = attachments.reduce(text.utf8.count) { $0 + $1.bytes.count }
        guard total <= Self.byteLimit else { throw .tooLarge(limit: Self.byteLimit) }
        self.id = id
        self.contact = contact
        self.address = address
        self.sender = sender
        self.date = date
        self.subject = subject
        self.text = text
        self.push = push ?? subject
        self.sms = sms ?? subject
        self.kind = kind
        self.attachments = attachments
        self.urgency = urgency
    }
}

func isFileName(_ name: String, limit: Int) -> Bool {
    name.isPlainLine(limit: limit) && !name.utf8.contains(UInt8(ascii: "/"))
        && name.utf8.first != UInt8(ascii: ".")
}
