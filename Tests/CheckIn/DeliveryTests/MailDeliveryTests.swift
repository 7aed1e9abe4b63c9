import Delivery
import Dispatch
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

/// A message to laura, as the engine would hand it over.
func message(_ id: UInt8 = 7, attachment: [UInt8] = []) throws -> OutgoingMessage {
    try OutgoingMessage(
        id: [UInt8](repeating: id, count: 32), contact: "laura",
        address: ContactAddress(parsing: "laura@example.org", .email), sender: "Lucía",
        date: Instant(milliseconds: 1_796_148_000_000), subject: "ALERTA: Lucía no se ha reportado",
        text: "Haz esto, en orden:\n.\n1) llámale\n",
        attachments: [.init(name: "itinerary.age", bytes: attachment)], urgency: .urgent)
}

func channel(
    _ server: SMTPServer, _ scheme: String = "smtp", user: String? = nil, password: String? = nil,
    options: String = "", authority: ThrowawayAuthority? = nil
) throws -> ChannelSetting {
    var url = scheme + "://" + (user.map { $0 + "@" } ?? "")
    url += "127.0.0.1:\(server.port)?from=alertas@example.org" + options
    if let authority { url += "&ca=" + authority.authority }
    return ChannelSetting(
        name: "mail", address: try ChannelAddress(parsing: url),
        password: password.map { SharedSecret(SecretBytes(copying: Array($0.utf8).span)) })
}

/// The built courier, as `amparo` starts it.
func courier(seconds: UInt32 = 20) -> ProcessCourier {
    ProcessCourier(path: BuiltTool.programs + "/amparo-courier", seconds: seconds)
}

@Suite("mail through a real server")
struct MailDeliveryTests {
    @Test("arrives whole, with a sheet that Debian's age opens")
    func plain() throws {
        let folder = try TemporaryDirectory()
        let sealed = try run(
            "age-keygen -o key 2>/dev/null; printf 'Hotel Xalapa, cuarto 5' | "
                + "age -a -r $(age-keygen -y key) -o sheet && cat sheet", in: folder)
        let server = try SMTPServer()
        let reply = courier().reply(
            to: try message(attachment: sealed), through: try channel(server))
        #expect(reply.result == .delivered)
        let mail = try #require(try server.mails().first)
        #expect(mail.defects == [])
        #expect(mail["subject"] == "ALERTA: Lucía no se ha reportado")
        let text = Array(mail["text"].utf8).filter { $0 != 13 }
        #expect(text == Array("Haz esto, en orden:\n.\n1) llámale\n".utf8))
        #expect(mail.envelope["from"] as? String == "alertas@example.org")
        #expect(mail.envelope["to"] as? [String] == ["laura@example.org"])
        // The name of the machine stays on the machine.
        #expect(mail.envelope["greeting"] as? String == "[127.0.0.1]")
        #expect(try mail.attachment("itinerary.age") == sealed)
        let opened = try run(
            "age -d -i key '\(mail.attachmentPath("itinerary.age"))'", in: folder)
        #expect(String(decoding: opened, as: UTF8.self) == "Hotel Xalapa, cuarto 5")
    }

    @Test("STARTTLS and login, with the newsroom's own authority")
    func startTLS() throws {
        let authority = try ThrowawayAuthority()
        let server = try SMTPServer(
            tls: .starttls, authority: authority, user: "me@example.org", password: "contraseña 1")
        func send(_ password: String?) throws -> DeliveryResult {
            courier().deliver(
                try message(),
                through: try channel(
                    server, user: "me%40example.org", password: password,
                    options: "&tls=starttls", authority: authority))
        }
        #expect(try send("contraseña 1") == .delivered)
        let mail = try #require(try server.mails().first)
        #expect(mail.envelope["login"] as? String == "me@example.org")
        #expect(mail.envelope["encrypted"] as? Bool == true)

        let wrong = try send("contraseña 2")
        #expect(wrong == .refused(DeliveryReason(.login, wrong.reason?.detail ?? "")))
        #expect(wrong.reason?.detail.hasPrefix("535") == true)
        #expect(try send(nil) == .refused(DeliveryReason(.login, "no password")))
        #expect(try server.mails().count == 1)
    }

    @Test("SMTPS")
    func whole() throws {
        let authority = try ThrowawayAuthority()
        let server = try SMTPServer(tls: .whole, authority: authority)
        let setting = try channel(server, "smtps", authority: authority)
        #expect(courier().deliver(try message(), through: setting) == .delivered)
        #expect(try server.mails().first?.envelope["encrypted"] as? Bool == true)
    }

    @Test("a certificate of somebody else, or for somewhere else, gets no word of the message")
    func certificates() throws {
        let authority = try ThrowawayAuthority()
        let stranger = try ThrowawayAuthority()
        let elsewhere = try ThrowawayAuthority(for: "DNS:mail.elsewhere.example")
        for (tls, scheme, options) in [
            (SMTPServer.Encryption.starttls, "smtp", "&tls=starttls"), (.whole, "smtps", ""),
        ] {
            let server = try SMTPServer(tls: tls, authority: authority)
            let misnamed = try SMTPServer(tls: tls, authority: elsewhere)
            let settings = try [
                channel(server, scheme, options: options),
                channel(server, scheme, options: options, authority: stranger),
                channel(misnamed, scheme, options: options, authority: elsewhere),
            ]
            for setting in settings {
                let result = courier().deliver(try message(), through: setting)
                #expect(result.reason?.kind == .certificate, "\(result)")
                #expect(result != .refused(result.reason ?? DeliveryReason(.courier)))
            }
            #expect(try server.mails().isEmpty && misnamed.mails().isEmpty)
        }
    }

    @Test(
        "a no that was said before STARTTLS may be anybody's: it is tried again, and hurries nobody",
        arguments: [SMTPServer.Manner.banned, .bannedAtHello, .bannedAndCut])
    func noInPlainText(_ manner: SMTPServer.Manner) throws {
        let server = try SMTPServer(manner)
        let result = courier().deliver(
            try message(), through: try channel(server, options: "&tls=starttls"))
        #expect(result == .tryAgain(DeliveryReason(.connection, result.reason?.detail ?? "")))
        // Where nothing was to be encrypted the answer is as good as any other.
        if manner == .banned {
            let plain = courier().deliver(try message(), through: try channel(server))
            #expect(plain == .refused(DeliveryReason(.reply, plain.reason?.detail ?? "")))
        }
    }

    @Test("a no that comes under STARTTLS is final")
    func noUnderEncryption() throws {
        let authority = try ThrowawayAuthority()
        for manner in [SMTPServer.Manner.refuse, .refuseData] {
            let server = try SMTPServer(manner, tls: .starttls, authority: authority)
            let result = courier().deliver(
                try message(),
                through: try channel(server, options: "&tls=starttls", authority: authority))
            #expect(result == .refused(DeliveryReason(.reply, result.reason?.detail ?? "")))
        }
    }

    @Test("a server that offers no encryption gets neither password nor message")
    func stripped() throws {
        let server = try SMTPServer(user: "u", password: "p")
        let result = courier().deliver(
            try message(),
            through: try channel(server, user: "u", password: "p", options: "&tls=starttls"))
        #expect(result.reason?.kind == .encryption, "\(result)")
        #expect(try server.mails().isEmpty)
    }

    @Test(
        "temporary trouble is tried again",
        arguments: [
            (SMTPServer.Manner.greylist, DeliveryReason.Kind.reply, "451"),
            (.busy, .reply, "421"), (.drop, .connection, ""), (.keepAndDrop, .connection, ""),
            (.senseless, .timeLimit, ""),
        ])
    func temporary(
        _ manner: SMTPServer.Manner, _ kind: DeliveryReason.Kind, _ start: String
    ) throws {
        let server = try SMTPServer(manner)
        let result = courier(seconds: 4)
            .deliver(try message(), through: try channel(server))
        guard case .tryAgain(let reason) = result else {
            Issue.record("\(manner): \(result)")
            return
        }
        #expect(reason.kind == kind, "\(reason)")
        #expect(reason.detail.hasPrefix(start))
        if manner == .greylist {
            #expect(courier().deliver(try message(), through: try channel(server)) == .delivered)
        }
    }

    @Test(
        "a final no is final",
        arguments: [
            (SMTPServer.Manner.refuse, "550"), (.refuseData, "554"),
        ])
    func permanent(_ manner: SMTPServer.Manner, _ start: String) throws {
        let server = try SMTPServer(manner)
        let result = courier().deliver(try message(), through: try channel(server))
        guard case .refused(let reason) = result else {
            Issue.record("\(manner): \(result)")
            return
        }
        #expect(reason.kind == .reply && reason.detail.hasPrefix(start), "\(reason)")
    }

    @Test(
        "a server that goes silent is given up in time",
        arguments: [
            SMTPServer.Manner.mute, .stall,
        ])
    func silence(_ manner: SMTPServer.Manner) throws {
        let server = try SMTPServer(manner)
        let started = ContinuousClock.now
        let result = courier(seconds: 2).deliver(try message(), through: try channel(server))
        #expect(result.reason?.kind == .timeLimit, "\(result)")
        #expect(ContinuousClock.now - started < .seconds(15))
    }

    @Test("nobody at the port, and a name that nobody knows")
    func unreachable() throws {
        let server = try SMTPServer()
        let setting = try channel(server)
        server.stop()
        let closed = courier().deliver(try message(), through: setting)
        #expect(closed.reason?.kind == .connection, "\(closed)")
        let nowhere = try ChannelAddress(parsing: "smtp://no-such-host.invalid?from=a@example.org")
        let unknown = courier(seconds: 10).deliver(
            try message(), through: ChannelSetting(name: "mail", address: nowhere))
        #expect([.resolving, .timeLimit].contains(unknown.reason?.kind), "\(unknown)")
    }

    @Test("the same delivery twice carries the same name")
    func repeated() throws {
        let server = try SMTPServer()
        for _ in 0..<2 {
            #expect(courier().deliver(try message(), through: try channel(server)) == .delivered)
        }
        let mails = try server.mails()
        #expect(mails.count == 2 && mails[0]["id"] == mails[1]["id"])
    }

    @Test("a contact without an e-mail address is refused before anything is started")
    func noAddress() throws {
        let nobody = try OutgoingMessage(
            id: [UInt8](repeating: 1, count: 16), contact: "laura", address: nil, sender: "x",
            date: Instant(milliseconds: 0), subject: "x", text: "x")
        let setting = ChannelSetting(
            name: "mail", address: try ChannelAddress(parsing: "smtp://127.0.0.1:9?from=a@b.mx"))
        #expect(
            ProcessCourier(path: nil).deliver(nobody, through: setting)
                == .refused(DeliveryReason(.noAddress)))
    }
}

/// What a shell script prints, run in a folder.
func run(_ script: String, in folder: TemporaryDirectory) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(filePath: folder.path)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
}
