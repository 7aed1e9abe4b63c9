import Dispatch
import Encoding
import Platform
import Secrets
import TestSupport
import Testing

func sample(
    subject: String = "ALERTA: Lucía no se ha reportado", text: String = "Haz esto\n",
    contact: String = "laura",
    address: ContactAddress? = ContactAddress(parsing: "laura@example.org", .email),
    attachments: [OutgoingMessage.Attachment] = []
) throws -> OutgoingMessage {
    try OutgoingMessage(
        id: Array(1...32), contact: contact, address: address, sender: "Lucía",
        date: Instant(milliseconds: 1_796_148_000_000), subject: subject, text: text,
        attachments: attachments, urgency: .urgent)
}

@Suite("what the courier is handed")
struct CourierRequestTests {
    static func request(_ url: String) throws -> CourierRequest {
        CourierRequest(try sample(), through: try ChannelAddress(parsing: url), seconds: 90)
    }

    @Test("comes out as it went in, with and without a password, and leaves no copy")
    func roundTrip() throws {
        let url = "smtp://u@mail.example.org?from=me@example.org"
        let request = try Self.request(url)
        var plain = request.serialized(passwordCount: nil)
        let parsed = try #require(CourierRequest.parse(&plain))
        #expect(parsed.password == nil)
        #expect(parsed.request.channel == request.channel)
        #expect(parsed.request.recipient == request.recipient)
        #expect(parsed.request.body == request.body)
        #expect(parsed.request.id == request.id && parsed.request.date == request.date)

        let password = Array("contraseña".utf8)
        var secret = request.serialized(passwordCount: password.count) + password
        let withPassword = try #require(CourierRequest.parse(&secret))
        let same = withPassword.password?.bytes.equals(SecretBytes(copying: password.span))
        #expect(same == true)
        #expect(secret.allSatisfy { $0 == 0 })
    }

    @Test("the reach of practice goes along, and an unknown one is refused")
    func reach() throws {
        let channel = try ChannelAddress(parsing: "file:/tmp/inbox")
        let near = CourierRequest(
            try sample(), through: channel, seconds: 90, reach: .thisMachine)
        var bytes = near.serialized(passwordCount: nil)
        let last = bytes.count - 1
        var unknown = bytes
        #expect(CourierRequest.parse(&bytes)?.request.reach == .thisMachine)
        // The last byte is that of the reach.
        unknown[last] = 2
        #expect(CourierRequest.parse(&unknown) == nil)
        var far = try Self.request("file:/tmp/inbox").serialized(passwordCount: nil)
        #expect(CourierRequest.parse(&far)?.request.reach == .anywhere)
    }

    @Test("folders and this machine are within the reach of practice, nothing else is")
    func withinReach() throws {
        for near in [
            "file:/tmp/inbox", "smtp://127.0.0.1:25?from=a@b.org", "smtp://[::1]:25?from=a@b.org",
            "smtp://localhost:25?from=a@b.org",
        ] {
            #expect(Reach.thisMachine.includes(try ChannelAddress(parsing: near)), "\(near)")
        }
        for far in [
            "smtp://mail.example.org?from=a@b.org", "smtp://10.0.0.1?from=a@b.org",
            "smtps://128.0.0.1?from=a@b.org", "smtp://localhost.example.org?from=a@b.org",
        ] {
            let channel = try ChannelAddress(parsing: far)
            #expect(!Reach.thisMachine.includes(channel), "\(far)")
            #expect(Reach.anywhere.includes(channel))
        }
    }

    @Test("any cut or added byte is refused, any changed one never crashes")
    func damage() throws {
        let request = try Self.request("file:/tmp/inbox")
        let whole = request.serialized(passwordCount: 3) + [1, 2, 3]
        for count in 0..<whole.count {
            // Without its last field it is a request without a password.
            var cut = Array(whole[..<count])
            if count == request.serialized(passwordCount: nil).count { continue }
            #expect(CourierRequest.parse(&cut) == nil)
        }
        for extra in [[UInt8(0)], [255, 0, 0, 0, 1, 7], [9, 0, 0, 0, 0]] {
            var long = whole + extra
            #expect(CourierRequest.parse(&long) == nil)
        }
        let random = SeededRandom(seed: 9)
        for _ in 0..<3_000 {
            var changed = whole
            let place = Int(random.next() % UInt64(changed.count))
            changed[place] ^= UInt8(truncatingIfNeeded: random.next())
            _ = CourierRequest.parse(&changed)
        }
    }

    @Test("answers come out as they went in; anything else is not believed")
    func replies() throws {
        var results: [DeliveryResult] = [.delivered]
        for kind in DeliveryReason.Kind.allCases {
            results.append(.tryAgain(DeliveryReason(kind, "451 later")))
            results.append(.refused(DeliveryReason(kind)))
            results.append(.tryAgain(DeliveryReason(kind, "429", wait: 35)))
        }
        for result in results {
            let reply = CourierReply(result, fence: 7)
            let bytes = reply.serialized()
            #expect(CourierReply(parsing: bytes) == reply)
            for count in bytes.indices {
                #expect(CourierReply(parsing: Array(bytes[..<count])) == nil)
            }
            #expect(CourierReply(parsing: bytes + [0]) == nil)
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 0x80
                let read = CourierReply(parsing: changed)
                #expect(read != reply)
                #expect(read.map { $0.serialized() == changed } ?? true)
            }
        }
    }

    @Test("a server's words cannot steer a terminal")
    func words() {
        let reason = DeliveryReason(
            .reply, "550 \u{1b}[31mred\r\n\u{7}" + String(repeating: "ñ", count: 300))
        #expect(reason.detail.utf8.count == 200)
        #expect(reason.detail.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
}

@Suite("messages that would break a header")
struct OutgoingMessageTests {
    @Test(
        "are refused before any channel sees them",
        arguments: [
            "a\r\nBcc: x@y.z", "a\nb", "a\rb", "\u{0}", "a\u{85}b", "a\u{2028}b", "\u{7f}", "",
            String(repeating: "a", count: 401),
        ])
    func subjects(_ subject: String) {
        #expect(throws: MessageError.badSubject) { try sample(subject: subject) }
    }

    @Test(
        "contacts and attachments are names, not paths",
        arguments: [
            "", "../x", "a/b", ".hidden", "a\nb", "..",
        ])
    func names(_ name: String) {
        #expect(throws: MessageError.badName) { try sample(contact: name) }
        #expect(throws: MessageError.badAttachmentName) {
            try OutgoingMessage.Attachment(name: name, bytes: [])
        }
    }

    @Test("more than any server takes is refused")
    func size() throws {
        let big = try OutgoingMessage.Attachment(
            name: "a.age", bytes: [UInt8](repeating: 1, count: OutgoingMessage.byteLimit))
        #expect(throws: MessageError.tooLarge(limit: OutgoingMessage.byteLimit)) {
            try sample(text: "x", attachments: [big])
        }
        let request = CourierRequest(
            try sample(text: "", attachments: [big]),
            through: try ChannelAddress(parsing: "file:/x"), seconds: 1)
        #expect(request.body.count < CourierRequest.byteLimit - 4_096)
    }
}

@Suite("the question for the hour")
struct HourRequestTests {
    private func server(_ url: String) throws -> WebServer {
        try #require(try ChannelAddress(parsing: url).web)
    }

    @Test(
        "names the server and no more of its address, and has one spelling",
        arguments: [
            "https://desk.example.org/T0/secret?key=1", "ntfy://user@push.example.org/topic",
            "https://desk.example.org:8443/x#ca=/etc/desk.pem&socks=127.0.0.1:9050", "telegram:",
        ])
    func spelling(_ url: String) throws {
        let request = HourRequest(try server(url), seconds: 25)
        let bytes = request.serialized()
        #expect(HourRequest(parsing: bytes) == request)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("secret") && !text.contains("user") && !text.contains("topic"))
        for count in bytes.indices {
            #expect(HourRequest(parsing: Array(bytes[..<count])) == nil)
        }
        #expect(HourRequest(parsing: bytes + bytes) == nil)
        // A message is no question, and a question no message.
        var copy = bytes
        #expect(CourierRequest.parse(&copy) == nil)
    }

    @Test("asks nobody whose answer proves nothing")
    func witnesses() throws {
        for url in ["http://127.0.0.1/x", "ntfy://127.0.0.1?tls=on", "https://[::1]/"] {
            let request = HourRequest(try server(url), seconds: 25)
            #expect(HourRequest(parsing: request.serialized()) == nil, "\(url)")
        }
    }

    @Test("the answer is believed in one spelling")
    func reply() {
        for hour in [nil, Instant(milliseconds: 1_796_148_000_000)] {
            let bytes = HourReply(hour).serialized()
            #expect(HourReply(parsing: bytes)?.hour == hour)
            #expect(HourReply(parsing: bytes + [0]) == nil)
            #expect(HourReply(parsing: Array(bytes.dropLast())) == nil)
        }
    }
}
