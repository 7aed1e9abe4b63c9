import Delivery
import Dispatch
import Encoding
import Foundation
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

/// A message to a contact, as the engine would hand it over.
func alert(to address: ContactAddress? = nil, attachment: [UInt8]? = nil) throws -> OutgoingMessage
{
    try OutgoingMessage(
        id: [UInt8](repeating: 7, count: 16), contact: "laura", address: address, sender: "Lucía",
        date: Instant(milliseconds: 1_796_148_000_000), subject: "ALERTA: Lucía no se ha reportado",
        text: "Haz esto, en orden:\n1) llámale \"ya\"\n", push: "Lucía no se ha reportado. A7K2",
        sms: "ALERTA: Lucía no se ha reportado & A7K2. NO ES SIMULACRO",
        attachments: try attachment.map { [try .init(name: "xalapa.age", bytes: $0)] } ?? [],
        urgency: .urgent, kind: "alert")
}

func setting(_ url: String, secret: String? = nil) throws -> ChannelSetting {
    ChannelSetting(
        name: "web", address: try ChannelAddress(parsing: url),
        password: secret.map { SharedSecret(SecretBytes(copying: Array($0.utf8).span)) })
}

private func phone(_ text: String = "+525512345678") -> ContactAddress? {
    ContactAddress(parsing: text, .sms)
}

@Suite("webhooks, push, chats and text messages through a web server")
struct WebDeliveryTests {
    @Test("a webhook gets the message whole, named and signed")
    func webhook() throws {
        let server = try WebServerPeer()
        let sealed = Array("-----BEGIN AGE ENCRYPTED FILE-----\n".utf8)
        let result = courier().deliver(
            try alert(attachment: sealed),
            through: try setting(
                "http://127.0.0.1:\(server.port)/hook/s3cret?desk=1", secret: "llave compartida"))
        #expect(result == .delivered)
        let request = try #require(try server.requests().first)
        #expect(request.target == "/hook/s3cret?desk=1")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["idempotency-key"] == String(repeating: "07", count: 16))
        #expect(request.headers["expect"] == nil && request.headers["user-agent"] == nil)
        let seen = request.json
        #expect(seen["version"] as? Int == 1 && seen["kind"] as? String == "alert")
        #expect(seen["urgent"] as? Bool == true && seen["from"] as? String == "Lucía")
        #expect(seen["contact"] as? String == "laura" && seen["to"] is NSNull)
        #expect(seen["text"] as? String == "Haz esto, en orden:\n1) llámale \"ya\"\n")
        #expect(seen["date"] as? String == "2026-12-01T18:00:00Z")
        let file = (seen["attachments"] as? [[String: String]])?.first
        #expect(file?["name"] == "xalapa.age")
        #expect(file?["base64"].flatMap { Data(base64Encoded: $0) } == Data(sealed))
        // The receiver's own computation, in another program.
        let parts = (request.headers["amparo-signature"] ?? "").split(separator: ",")
        let folder = try TemporaryDirectory()
        try folder.write("body", request.body)
        let mac = try run(
            """
            { printf '%s.' '\(parts.first?.dropFirst(2) ?? "")'; cat body; } \
                | openssl dgst -sha256 -hmac 'llave compartida' -r | cut -d' ' -f1
            """, in: folder)
        #expect(parts.first == "t=1796148000")
        #expect(parts.last == "v1=\(String(decoding: mac.dropLast(), as: UTF8.self))"[...])
    }

    @Test("without a key a webhook is not signed; a repeat has the same name and bytes")
    func repeated() throws {
        let server = try WebServerPeer()
        let channel = try setting("http://127.0.0.1:\(server.port)/")
        for _ in 0..<2 { #expect(courier().deliver(try alert(), through: channel) == .delivered) }
        let requests = try server.requests()
        #expect(requests.count == 2 && requests[0].body == requests[1].body)
        #expect(requests[0].headers["amparo-signature"] == nil)
        #expect(requests[0].headers["idempotency-key"] == requests[1].headers["idempotency-key"])
    }

    @Test("HTTPS with the newsroom's authority; nobody else's certificate gets a word")
    func certificates() throws {
        let authority = try ThrowawayAuthority()
        let elsewhere = try ThrowawayAuthority(for: "DNS:desk.elsewhere.example")
        let server = try WebServerPeer(authority: authority)
        let misnamed = try WebServerPeer(authority: elsewhere)
        let url = "https://127.0.0.1:\(server.port)/hook"
        #expect(
            courier().deliver(
                try alert(), through: try setting(url + "#ca=\(authority.authority)"))
                == .delivered)
        for other in [
            url, url + "#ca=\(elsewhere.authority)",
            "https://127.0.0.1:\(misnamed.port)/hook#ca=\(elsewhere.authority)",
        ] {
            let result = courier().deliver(try alert(), through: try setting(other))
            guard case .tryAgain(let reason) = result else {
                Issue.record("\(other): \(result)")
                continue
            }
            #expect(reason.kind == .certificate, "\(reason)")
        }
        #expect(try server.requests().count == 1)
        #expect(try misnamed.requests().isEmpty)
    }

    @Test(
        "what a status means",
        arguments: [
            (200, "delivered"), (202, "delivered"), (204, "delivered"), (400, "refused reply"),
            (401, "refused login"), (403, "refused login"), (404, "refused reply"),
            (408, "again reply"), (410, "refused reply"), (413, "refused reply"),
            (425, "again reply"), (429, "again reply"), (500, "again reply"),
            (502, "again reply"), (503, "again reply"), (302, "again redirect"),
            (308, "refused redirect"),
        ])
    func statuses(_ status: Int, _ expected: String) throws {
        let server = try WebServerPeer(.plain, .status, status: status, answer: "porque sí")
        let result = courier(seconds: 8).deliver(
            try alert(), through: try setting("http://127.0.0.1:\(server.port)/"))
        let said =
            switch result {
            case .delivered: "delivered"
            case .tryAgain(let reason): "again \(reason.kind)"
            case .refused(let reason): "refused \(reason.kind)"
            }
        #expect(said == expected)
        if let reason = result.reason { #expect(reason.detail.hasPrefix("\(status)")) }
    }

    @Test("a server that asks to be left alone is, for as long as it says")
    func retryAfter() throws {
        let busy = try WebServerPeer(.plain, .status, status: 429, retryAfter: "120")
        let one = courier().deliver(
            try alert(), through: try setting("http://127.0.0.1:\(busy.port)/"))
        #expect(one.reason?.wait == 120)
        let bot = try WebServerPeer(
            .telegram, .status, status: 429,
            answer: #"{"ok":false,"error_code":429,"parameters":{"retry_after":35}}"#)
        let two = courier().deliver(
            try alert(to: ContactAddress(parsing: "5", .telegram)),
            through: try setting("telegram://127.0.0.1:\(bot.port)", secret: "1:a"))
        #expect(two.reason?.wait == 35)
        let vague = try WebServerPeer(
            .plain, .status, status: 503, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT")
        let three = courier().deliver(
            try alert(), through: try setting("http://127.0.0.1:\(vague.port)/"))
        #expect(three.reason?.wait == nil)
    }

    @Test("nobody is followed elsewhere", arguments: [WebServerPeer.Manner.redirect, .moved])
    func redirects(_ manner: WebServerPeer.Manner) throws {
        let server = try WebServerPeer(.plain, manner)
        let result = courier().deliver(
            try alert(), through: try setting("http://127.0.0.1:\(server.port)/"))
        #expect(result.reason?.kind == .redirect)
        #expect(try server.requests().isEmpty)
    }

    @Test(
        "a server that breaks off or says nothing is tried again, and given up in time",
        arguments: [
            (WebServerPeer.Manner.mute, DeliveryReason.Kind.timeLimit), (.stall, .timeLimit),
            (.drop, .connection), (.cut, .connection), (.endless, .connection),
            (.senseless, .connection),
        ])
    func faults(_ manner: WebServerPeer.Manner, _ kind: DeliveryReason.Kind) throws {
        let server = try WebServerPeer(.plain, manner)
        let started = ContinuousClock.now
        let result = courier(seconds: 2).deliver(
            try alert(), through: try setting("http://127.0.0.1:\(server.port)/"))
        guard case .tryAgain(let reason) = result else {
            Issue.record("\(manner): \(result)")
            return
        }
        #expect(reason.kind == kind, "\(reason)")
        #expect(ContinuousClock.now - started < .seconds(15))
    }

    @Test("a handshake that never comes, a closed port and a name that nobody knows")
    func unreachable() throws {
        let slow = try WebServerPeer(.plain, .slowTLS)
        let waiting = courier(seconds: 2).deliver(
            try alert(), through: try setting("https://127.0.0.1:\(slow.port)/"))
        #expect(waiting.reason?.kind == .timeLimit, "\(waiting)")
        let gone = try WebServerPeer()
        let port = gone.port
        gone.stop()
        let closed = courier().deliver(
            try alert(), through: try setting("http://127.0.0.1:\(port)/"))
        #expect(closed.reason?.kind == .connection, "\(closed)")
        let unknown = courier(seconds: 10).deliver(
            try alert(), through: try setting("https://no-such-host.invalid/hook"))
        #expect([.resolving, .timeLimit].contains(unknown.reason?.kind), "\(unknown)")
    }

    @Test("ntfy: a topic for everybody or her own, with a login, a token or neither")
    func ntfy() throws {
        let open = try WebServerPeer(.ntfy)
        let hers = ContactAddress(parsing: "laura-x9", .ntfy)
        #expect(
            courier().deliver(
                try alert(), through: try setting("ntfy://127.0.0.1:\(open.port)/mesa-z7"))
                == .delivered)
        #expect(
            courier().deliver(
                try alert(to: hers), through: try setting("ntfy://127.0.0.1:\(open.port)"))
                == .delivered)
        let seen = try open.requests().map(\.json)
        #expect(seen.map { $0["topic"] as? String } == ["mesa-z7", "laura-x9"])
        #expect(seen[0]["title"] as? String == "ALERTA: Lucía no se ha reportado")
        #expect(seen[0]["message"] as? String == "Lucía no se ha reportado. A7K2")
        #expect(seen[0]["priority"] as? Int == 5)
        #expect(
            courier().deliver(try alert(), through: try setting("ntfy://127.0.0.1:9"))
                == .refused(DeliveryReason(.noAddress)))

        let login = try WebServerPeer(.ntfy, user: "ana", secret: "contraseña")
        let token = try WebServerPeer(.ntfy, secret: "tk_abc")
        for (url, secret, isTaken) in [
            ("ntfy://ana@127.0.0.1:\(login.port)/t", "contraseña", true),
            ("ntfy://ana@127.0.0.1:\(login.port)/t", "otra", false),
            ("ntfy://127.0.0.1:\(token.port)/t", "tk_abc", true),
            ("ntfy://127.0.0.1:\(token.port)/t", "tk_abd", false),
        ] {
            let result = courier().deliver(
                try alert(), through: try setting(url, secret: secret))
            #expect((result == .delivered) == isTaken, "\(url): \(result)")
            if !isTaken { #expect(result.reason?.kind == .login) }
        }
        // Some other web server at that address has told nobody.
        let other = try WebServerPeer()
        let result = courier().deliver(
            try alert(), through: try setting("ntfy://127.0.0.1:\(other.port)/t"))
        guard case .tryAgain = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test("Telegram: the token stands in the path and nowhere else")
    func telegram() throws {
        let server = try WebServerPeer(.telegram, secret: "123456:AAh-_x")
        let url = "telegram://127.0.0.1:\(server.port)"
        let chat = ContactAddress(parsing: "-1001234", .telegram)
        #expect(
            courier().deliver(
                try alert(to: chat), through: try setting(url, secret: "123456:AAh-_x"))
                == .delivered)
        let request = try #require(try server.requests().first)
        #expect(request.json["chat_id"] as? String == "-1001234")
        #expect(
            request.json["text"] as? String
                == "ALERTA: Lucía no se ha reportado\nLucía no se ha reportado. A7K2")
        #expect(!request.text.contains("AAh"))
        let wrong = courier().deliver(
            try alert(to: chat), through: try setting(url, secret: "1:B"))
        #expect(wrong.reason?.kind == .login)
        #expect(wrong.reason?.detail.contains("1:B") == false)
        let unknown = courier().deliver(
            try alert(to: ContactAddress(parsing: "404", .telegram)),
            through: try setting(url, secret: "123456:AAh-_x"))
        #expect(unknown.reason?.detail.contains("chat not found") == true)
        guard case .refused = unknown else {
            Issue.record("\(unknown)")
            return
        }
        // What would change the path is no token.
        for token in ["1:a/../x", "a b", "1:a?x"] {
            let result = courier().deliver(
                try alert(to: chat), through: try setting(url, secret: token))
            #expect(result == .refused(DeliveryReason(.login, "no token")))
        }
    }

    @Test("text messages: number, sender and words, in the gateway's own form")
    func sms() throws {
        let server = try WebServerPeer(.twilio, user: "AC12ab", secret: "tok en")
        let url = "sms://AC12ab@127.0.0.1:\(server.port)?from=%2B15005550006"
        #expect(
            courier().deliver(
                try alert(to: phone()), through: try setting(url, secret: "tok en"))
                == .delivered)
        let request = try #require(try server.requests().first)
        #expect(
            request.text == "To=%2B525512345678&From=%2B15005550006&Body=ALERTA%3A%20Lucia%20no"
                + "%20se%20ha%20reportado%20%26%20A7K2.%20NO%20ES%20SIMULACRO")
        let wrong = courier().deliver(
            try alert(to: phone()), through: try setting(url, secret: "otro"))
        #expect(wrong.reason?.kind == .login)
        #expect(
            courier().deliver(try alert(), through: try setting(url, secret: "tok en"))
                == .refused(DeliveryReason(.noAddress)))
    }
}

@Suite("through a proxy that is told names")
struct ProxyTests {
    @Test("mail and web requests leave through it alone; no name is looked up outside")
    func names() throws {
        let authority = try ThrowawayAuthority(for: "DNS:desk.test,DNS:mail.test")
        let web = try WebServerPeer(authority: authority)
        let mail = try SMTPServer(tls: .starttls, authority: authority)
        let proxy = try SOCKSPeer()
        let through = try #require(Proxy(parsing: "127.0.0.1:\(proxy.port)"))
        let sender = ProcessCourier(
            path: BuiltTool.programs + "/amparo-courier", seconds: 20, proxy: through)
        #expect(
            sender.deliver(
                try alert(),
                through: try setting(
                    "https://desk.test:\(web.port)/hook#ca=\(authority.authority)"))
                == .delivered)
        #expect(
            sender.deliver(
                try message(),
                through: try setting(
                    "smtp://mail.test:\(mail.port)?from=a@b.mx&ca=\(authority.authority)"))
                == .delivered)
        #expect(try web.requests().count == 1 && mail.mails().count == 1)
        let asked = try proxy.asked()
        #expect(asked.map { $0["name"] as? String } == ["desk.test", "mail.test"])
        #expect(asked.allSatisfy { $0["kind"] as? Int == 3 && $0["user"] as? String == "amparo" })
        #expect(Set(asked.compactMap { $0["password"] as? String }).count == 2)
    }

    @Test("a channel's own proxy is used whatever the watcher was told")
    func own() throws {
        let authority = try ThrowawayAuthority(for: "DNS:desk.test")
        let web = try WebServerPeer(authority: authority)
        let proxy = try SOCKSPeer()
        let url =
            "https://desk.test:\(web.port)/#ca=\(authority.authority)&socks=127.0.0.1:\(proxy.port)"
        #expect(courier().deliver(try alert(), through: try setting(url)) == .delivered)
        #expect(try proxy.asked().count == 1)
    }

    @Test("a server is asked for the hour by its name, its certificate and nothing else")
    func hour() throws {
        let authority = try ThrowawayAuthority(for: "DNS:desk.test")
        let web = try WebServerPeer(authority: authority)
        let proxy = try SOCKSPeer()
        let way = "socks=127.0.0.1:\(proxy.port)"
        func hour(_ url: String) throws -> Instant? {
            courier().hour(of: try #require(try ChannelAddress(parsing: url).web))
        }
        let path = "desk.test:\(web.port)/secret"
        let found = try hour("https://\(path)#ca=\(authority.authority)&\(way)")
        let now = LinuxClock().now
        #expect(try #require(found) <= now && now - #require(found) < .seconds(60))
        // A certificate of nobody's proves no hour; nor does this machine's own clock.
        #expect(try hour("https://\(path)#\(way)") == nil)
        #expect(try hour("http://127.0.0.1:\(web.port)/") == nil)
        #expect(try hour("ntfy://127.0.0.1:\(web.port)?tls=on&ca=\(authority.authority)") == nil)
        #expect(try proxy.asked().count == 2)
        #expect(try web.requests().isEmpty, "nothing was delivered")
    }

    @Test("without it nothing leaves, and what stays on this machine needs none")
    func absent() throws {
        let refusing = try SOCKSPeer(refuses: true)
        for port in [refusing.port, 9] {
            let proxy = try #require(Proxy(parsing: "127.0.0.1:\(port)"))
            let sender = ProcessCourier(
                path: BuiltTool.programs + "/amparo-courier", seconds: 5, proxy: proxy)
            let result = sender.deliver(
                try alert(), through: try setting("https://desk.test/hook"))
            #expect(result.reason?.kind == .connection, "\(result)")
            let web = try WebServerPeer()
            #expect(
                sender.deliver(
                    try alert(), through: try setting("http://127.0.0.1:\(web.port)/"))
                    == .delivered)
        }
    }
}
