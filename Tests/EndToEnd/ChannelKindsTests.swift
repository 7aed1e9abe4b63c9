import Foundation
import TestSupport
import Testing

@Suite("channels of every kind, from the command line")
struct ChannelKindsTests {
    @Test("each is added, serves its contacts, is tried, and shows no secret")
    func kinds() throws {
        let tool = try ChannelTests.tool()
        let hook = try WebServerPeer()
        let push = try WebServerPeer(.ntfy, secret: "tk_secreto")
        let bot = try WebServerPeer(.telegram, secret: "1:Asecreto")
        let gateway = try WebServerPeer(.twilio, user: "AC1", secret: "secreto")
        try tool.write(
            "send", Array("#!/bin/sh\ncat >'\(tool.path("sent"))'\n".utf8))
        chmod(tool.path("send"), 0o755)
        func run(_ words: String..., password: String? = nil) throws -> BuiltTool.Result {
            var all = words + ["--passphrase-fd", "3"]
            var descriptors = [3: "frase"]
            if let password {
                all += ["--password-fd", "4"]
                descriptors[4] = password
            }
            let done = try tool.run(all, descriptors: descriptors)
            #expect(done.status == 0, "\(words): \(done.complaint)")
            return done
        }
        _ = try run(
            "channel", "add", "hook", "http://127.0.0.1:\(hook.port)/T0/ruta-secreta",
            password: "clave-secreta")
        _ = try run(
            "channel", "add", "push", "ntfy://127.0.0.1:\(push.port)", password: "tk_secreto")
        _ = try run(
            "channel", "add", "bot", "telegram://127.0.0.1:\(bot.port)", password: "1:Asecreto")
        _ = try run(
            "channel", "add", "sms", "sms://AC1@127.0.0.1:\(gateway.port)?from=%2B15005550006",
            password: "secreto")
        _ = try run("channel", "add", "signal", "exec:" + tool.path("send"))
        _ = try run("channel", "add", "mesa", "ntfy://ntfy.example.org/tema-secreto", "--mine")
        _ = try run(
            "contact", "add", "laura", "--sms", "+52 (55) 1234-5678", "--telegram", "77",
            "--ntfy", "laura-x9", "--via", "hook", "--signal", "+525512345678")
        let shown = try run("contact", "list", "--json")
        let addresses =
            (shown.json["contacts"] as? [[String: Any]])?.first?["addresses"] as? [String]
        #expect(
            addresses == [
                "sms:+525512345678", "signal:+525512345678", "telegram:77", "ntfy:laura-x9",
                "via:hook",
            ])

        for name in ["hook", "push", "bot", "sms", "signal"] {
            let tried = try run("channel", "test", name, "laura", "--json")
            #expect(tried.json["result"] as? String == "delivered", "\(name): \(tried.text)")
        }
        #expect(try hook.requests().first?.json["kind"] as? String == "test")
        #expect(try push.requests().first?.json["topic"] as? String == "laura-x9")
        #expect(try bot.requests().first?.json["chat_id"] as? String == "77")
        #expect(try gateway.requests().first?.text.hasPrefix("To=%2B525512345678&") == true)
        let sent = try JSONSerialization.jsonObject(with: Data(tool.read("sent")))
        #expect((sent as? [String: Any])?["to"] as? String == "+525512345678")

        let listed = try run("channel", "list", "--json")
        let plain = try run("channel", "list")
        for secret in ["secret", "tema-"] {
            #expect(!listed.text.contains(secret) && !plain.text.contains(secret))
        }
        let channels = listed.json["channels"] as? [[String: Any]] ?? []
        #expect(channels.map { $0["mine"] as? Bool ?? false }.filter { $0 }.count == 1)
        #expect(
            channels.first?["url"] as? String == "http://127.0.0.1:\(hook.port)/...")
    }

    @Test("what is missing is said, and what does not fit is refused")
    func mistakes() throws {
        let tool = try ChannelTests.tool()
        func status(_ words: String...) throws -> Int32 {
            try tool.run(words + ["--passphrase-fd", "3"], descriptors: [3: "frase"]).status
        }
        // No token, and nobody to ask.
        #expect(try status("channel", "add", "bot", "telegram:") == 3)
        #expect(try status("channel", "add", "bot") == 2)
        #expect(try status("channel", "add", "sms", "sms://AC1@h?from=X", "--mine") == 2)
        #expect(
            try status("channel", "add", "x", "desktop:", "--my-address", "a@b.mx") == 2)
        #expect(try status("contact", "add", "x", "--sms", "5512345678") == 2)
        #expect(try status("contact", "add", "x", "--telegram", "laura") == 2)
        #expect(try status("channel", "add", "hook", "https://h.example.org/x") == 0)
        #expect(try status("contact", "add", "nadie", "--email", "n@example.org") == 0)
        // A channel made to go through Tor keeps it.
        #expect(
            try status("channel", "add", "tor", "https://h.example.org/y", "--tor") == 0)
        let listed = try tool.run(
            ["channel", "list", "--passphrase-fd", "3"], descriptors: [3: "frase"])
        #expect(listed.text.contains("https://h.example.org/... (socks=127.0.0.1:9050)"))
    }
}
