/// How far messages of this process may go.
package enum Reach: Hashable, Sendable {
    case anywhere
    /// A folder, or a server on this machine: in practice nothing leaves it.
    case thisMachine
}

extension Reach {
    /// Whether a message may go through `channel`.
    package func includes(_ channel: ChannelAddress) -> Bool {
        switch self {
        case .anywhere: true
        case .thisMachine: channel.staysHere
        }
    }
}

extension ChannelAddress {
    /// Whether everything that is sent through it stays on this machine. What another program does
    /// with a message nobody knows.
    package var staysHere: Bool {
        guard proxy == nil else { return false }
        switch self {
        case .folder: return true
        case .mail(let server): return server.host.isLoopback
        case .webhook, .ntfy, .telegram, .sms: return web?.host.isLoopback ?? false
        case .program, .desktop: return false
        }
    }
}

extension OutgoingMessage {
    /// In practice the subject says so: whoever finds the message must not take it for an alert.
    func marked(for reach: Reach) -> OutgoingMessage {
        guard reach == .thisMachine else { return self }
        let mark = "PRÁCTICA / PRACTICE · "
        let limit = Self.subjectLimit - mark.utf8.count
        var subject = subject
        while subject.utf8.count > limit { subject.removeLast() }
        let short = "PRÁCTICA "
        let marked = try? OutgoingMessage(
            id: id, contact: contact, address: address, sender: sender, date: date,
            subject: mark + subject, text: "PRÁCTICA / PRACTICE\n\n" + text,
            push: short + push, sms: short + sms, attachments: attachments, urgency: urgency,
            kind: kind)
        return marked ?? self
    }
}
