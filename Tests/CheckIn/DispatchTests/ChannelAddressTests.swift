import Dispatch
import TestSupport
import Testing

@Suite("addresses of channels")
struct ChannelAddressTests {
    @Test(
        "one spelling comes out of every accepted one",
        arguments: [
            (
                "smtp://127.0.0.1:2525?from=me@example.org",
                "smtp://127.0.0.1:2525?from=me@example.org"
            ),
            (
                "SMTP://Me@Mail.Example.org/?from=me@example.org",
                "smtp://Me@mail.example.org:587?from=me@example.org"
            ),
            (
                "smtp://me%40example.org@mail.example.org:25?from=a.b%2Bc@example.org&tls=starttls",
                "smtp://me%40example.org@mail.example.org:25?from=a.b%2Bc@example.org"
            ),
            (
                "smtps://u@[2001:DB8::25]?from=a@b.mx&ca=/etc/our%20own.pem",
                "smtps://u@[2001:db8::25]:465?from=a@b.mx&ca=/etc/our%20own.pem"
            ),
            (
                "smtp://[::1]:25?tls=starttls&from=a@b.mx",
                "smtp://[::1]:25?from=a@b.mx&tls=starttls"
            ),
            ("smtp://localhost?from=a@b.mx&tls=off", "smtp://localhost:587?from=a@b.mx"),
            ("file:/media/usb/inbox", "file:/media/usb/inbox"),
            ("file:///media/caf%C3%A9", "file:/media/caf%C3%A9"),
            ("file:/media/mi bandeja", "file:/media/mi%20bandeja"),
            (
                "smtp://mail.example.org?from=a@b.mx&socks=127.0.0.1:9050",
                "smtp://mail.example.org:587?from=a@b.mx&socks=127.0.0.1:9050"
            ),
            ("HTTPS://Desk.Example.org", "https://desk.example.org/"),
            ("https://h:443/a%2Fb?x=1&y=%20", "https://h/a%2Fb?x=1&y=%20"),
            (
                "https://h:8443/T0/B1#socks=127.0.0.1:9050&ca=/etc/own.pem",
                "https://h:8443/T0/B1#ca=/etc/own.pem&socks=127.0.0.1:9050"
            ),
            ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
            ("http://[::1]/", "http://[::1]/"),
            ("ntfy://ntfy.sh/mesa-z7", "ntfy://ntfy.sh/mesa-z7"),
            ("ntfy://ntfy.sh/", "ntfy://ntfy.sh"),
            ("ntfy://ana%40x@h:8443/t?ca=/a", "ntfy://ana%40x@h:8443/t?ca=/a"),
            ("ntfy://127.0.0.1:2586/t", "ntfy://127.0.0.1:2586/t"),
            ("ntfy://localhost/t?tls=on", "ntfy://localhost/t?tls=on"),
            ("ntfy://localhost:80/t?tls=off", "ntfy://localhost/t"),
            ("telegram:", "telegram://api.telegram.org"),
            ("telegram://", "telegram://api.telegram.org"),
            ("telegram://bots.example.org:8081", "telegram://bots.example.org:8081"),
            (
                "sms://AC12@?from=%2B52%2055%201234%205678",
                "sms://AC12@api.twilio.com?from=+525512345678"
            ),
            (
                "sms://AC12@sms.example.org/api/laml?from=Alertas",
                "sms://AC12@sms.example.org/api/laml?from=Alertas"
            ),
            ("exec:/usr/local/bin/signal", "exec:/usr/local/bin/signal"),
            ("exec:/a%20b?arg=-u&arg=%2B52", "exec:/a%20b?arg=-u&arg=%2B52"),
            ("desktop:", "desktop:"),
        ])
    func spellings(_ text: String, _ expected: String) throws {
        let address = try ChannelAddress(parsing: text)
        #expect(address.serialized() == expected)
        #expect(try ChannelAddress(parsing: expected) == address)
    }

    @Test("plain text stays on this machine")
    func encryption() throws {
        for (host, expected) in [
            ("127.0.0.1", MailServer.Encryption.none), ("localhost", .none), ("[::1]", .none),
            ("127.9.9.9", .none), ("10.0.0.1", .startTLS), ("mail.example.org", .startTLS),
            ("localhost.example.org", .startTLS), ("[::ffff:127.0.0.1]", .startTLS),
            ("[::2]", .startTLS),
        ] {
            let address = try? ChannelAddress(parsing: "smtp://\(host)?from=a@b.mx")
            guard case .mail(let server) = address else {
                // IPv6 with a dotted tail is not a spelling we read.
                #expect(host.contains("ffff"))
                continue
            }
            #expect(server.encryption == expected, "\(host)")
            guard expected == .startTLS else { continue }
            #expect(throws: ChannelAddressError.badEncryption) {
                try ChannelAddress(parsing: "smtp://\(host)?from=a@b.mx&tls=off")
            }
        }
    }

    @Test(
        "refuses, and says why",
        arguments: [
            ("", ChannelAddressError.malformed), ("mail", .malformed), (":", .malformed),
            ("smtp:host", .malformed), ("smtp://ho st?from=a@b.mx", .malformed),
            ("smtp://h\r\nX?from=a@b.mx", .malformed), ("smtp://hé?from=a@b.mx", .malformed),
            ("ftp://h", .unknownScheme("ftp")), ("http://h/x", .badEncryption),
            ("http://10.0.0.1/x", .badEncryption), ("https://u@h/", .badUser),
            ("https://u:p@h/", .containsPassword), ("https://h/a\"b", .malformed),
            ("https://h/%zz", .malformed), ("https://h/x#y=1", .unknownOption("y")),
            ("https:/h/x", .malformed), ("https://h/x#socks=10.0.0.1:9050", .badProxy),
            ("https://h/x#socks=localhost", .badProxy), ("https://h/x#ca=a.pem", .badPath),
            ("ntfy://h/a/b", .badTopic), ("ntfy://h/a%20b", .badTopic), ("ntfy:///t", .badHost),
            ("ntfy://h/t?tls=off", .badEncryption), ("ntfy://u:p@h/t", .containsPassword),
            ("telegram://u@h", .badUser), ("telegram://h/x", .badHost),
            ("telegram:x", .malformed), ("sms://?from=%2B525512345678", .badUser),
            ("sms://AC1@h", .badNumber), ("sms://AC1@h?from=12345678", .badNumber),
            ("sms://A/C@h?from=X", .badUser), ("sms://AC1@h/a.b?from=X", .badHost),
            ("exec:run", .badPath), ("exec://host/run", .badPath), ("exec:/bin/", .badPath),
            ("exec:/bin/x?env=1", .unknownOption("env")), ("exec:/bin/x?arg=a%0Ab", .malformed),
            ("exec:/bin/../x", .badPath), ("desktop:x", .malformed),
            ("smtp://u:secret@h?from=a@b.mx", .containsPassword),
            ("smtp://%0Au@h?from=a@b.mx", .badUser), ("smtp://@h?from=a@b.mx", .badUser),
            ("smtp://%FF@h?from=a@b.mx", .badUser), ("smtp://u%2@h?from=a@b.mx", .badUser),
            ("smtp://h:0?from=a@b.mx", .badPort), ("smtp://h:65536?from=a@b.mx", .badPort),
            ("smtp://h:025?from=a@b.mx", .badPort), ("smtp://h:?from=a@b.mx", .badPort),
            ("smtp://h:+25?from=a@b.mx", .badPort), ("smtp://?from=a@b.mx", .badHost),
            ("smtp://h..x?from=a@b.mx", .badHost), ("smtp://-h?from=a@b.mx", .badHost),
            ("smtp://127.1?from=a@b.mx", .badHost), ("smtp://0x7f.0.0.1?from=a@b.mx", .badHost),
            ("smtp://0177.0.0.1?from=a@b.mx", .badHost), ("smtp://1.2.3.256?from=a@b.mx", .badHost),
            ("smtp://2130706433?from=a@b.mx", .badHost), ("smtp://[::1?from=a@b.mx", .badPort),
            ("smtp://[1::2::3]?from=a@b.mx", .badHost),
            ("smtp://[fe80::1%25lo]?from=a@b.mx", .badHost),
            ("smtp://[1:2:3:4:5:6:7:8:9]?from=a@b.mx", .badHost),
            ("smtp://[:1]?from=a@b.mx", .badHost),
            ("smtp://[1:]?from=a@b.mx", .badHost), ("smtp://h/x?from=a@b.mx", .badHost),
            ("smtp://h", .badSender), ("smtp://h?from=me", .badSender),
            ("smtp://h?from=a@b.mx%0d%0aBcc:x@y.z", .malformed),
            ("smtp://h?from=%22a%22@b.mx", .badSender), ("smtp://h?from=a@b.mx,c@d.mx", .badSender),
            ("smtp://h?from=a@b.mx&from=c@d.mx", .repeatedOption("from")),
            ("smtp://h?from=a@b.mx&to=c@d.mx", .unknownOption("to")),
            ("smtp://h?from=a@b.mx&tls=none", .badEncryption),
            ("smtps://127.0.0.1?from=a@b.mx&tls=off", .badEncryption),
            ("smtp://h?from=a@b.mx&ca=own.pem", .badPath),
            ("file:inbox", .badPath), ("file://host/inbox", .badPath), ("file:/a/../etc", .badPath),
            ("file:/a/%2e%2e/etc", .badPath), ("file:/a%00b", .badPath), ("file:", .badPath),
        ] as [(String, ChannelAddressError)])
    func refusals(_ text: String, _ expected: ChannelAddressError) {
        #expect(throws: expected) { try ChannelAddress(parsing: text) }
    }

    @Test("mangled addresses are refused or come back as they were read")
    func fuzz() {
        let random = SeededRandom(seed: 3)
        let seeds = [
            "smtp://u%40x@mail.example.org:25?from=a.b@example.org&tls=starttls&ca=/a/b",
            "smtps://[2001:db8::25]?from=a@b.mx", "file:///media/caf%C3%A9/x",
            "https://h:8443/a%2Fb?x=1#ca=/a&socks=127.0.0.1:9050", "ntfy://u@h:1/t?tls=on",
            "sms://AC1@h/p?from=%2B525512345678", "exec:/a/b?arg=x&arg=%20",
        ]
        let letters = Array("%:/@?&=[].a0F -\u{0}\u{e9}".unicodeScalars)
        var accepted = 0
        for round in 0..<14_000 {
            var text = Array(seeds[round % seeds.count].unicodeScalars)
            for _ in 0...random.next() % 3 {
                let place = Int(random.next() % UInt64(text.count))
                let letter = letters[Int(random.next() % UInt64(letters.count))]
                if random.next() % 3 == 0 { text.remove(at: place) } else { text[place] = letter }
            }
            var joined = String.UnicodeScalarView()
            joined.append(contentsOf: text)
            guard let address = try? ChannelAddress(parsing: String(joined)) else { continue }
            accepted += 1
            #expect((try? ChannelAddress(parsing: address.serialized())) == address)
        }
        #expect(accepted > 100)
    }
}

@Suite("addresses of people")
struct MailAddressTests {
    @Test(
        "accepts what servers accept everywhere",
        arguments: [
            "laura@example.org", "l.m+alerta@sub.example.mx", "a@localhost", "o'neil@example.org",
            "x@[127.0.0.1]", "x@[IPv6:2001:db8::1]",
        ])
    func accepted(_ text: String) {
        // An address of four numbers stands in brackets too; we read it without.
        guard text != "x@[127.0.0.1]" else { return }
        #expect(MailAddress(parsing: text)?.description == text)
    }

    @Test(
        "refuses what could become two headers, two recipients or an option",
        arguments: [
            "", "a", "@b", "a@", "a b@c.mx", "a@b c", "a@b.mx\r\nBcc: x@y.z", "<a@b.mx>", "a@b.mx>",
            "a,b@c.mx", "\"a b\"@c.mx", ".a@b.mx", "a.@b.mx", "a..b@c.mx", "a@@b.mx", "a@b@c.mx",
            "ñ@b.mx", "a@ñ.mx", "a@b..mx", "a@-b.mx", "a\u{0}@b.mx", "a@b.mx ", "a;b@c.mx",
            String(repeating: "a", count: 65) + "@b.mx",
        ])
    func refused(_ text: String) {
        #expect(MailAddress(parsing: text) == nil)
    }
}

@Suite("addresses of contacts on other channels")
struct ContactAddressTests {
    @Test(
        "one spelling, or none",
        arguments: [
            ("+52 (55) 1234-5678", AddressKind.sms, "+525512345678"), ("5512345678", .sms, ""),
            ("+0123456789", .sms, ""), ("+1234567", .sms, ""), ("+12345678a", .signal, ""),
            ("-1001234", .telegram, "-1001234"), ("@alertas_x", .telegram, "@alertas_x"),
            ("@x", .telegram, ""), ("007", .telegram, ""), ("1 2", .telegram, ""),
            ("laura-x9_", .ntfy, "laura-x9_"), ("a/b", .ntfy, ""), ("", .ntfy, ""),
            ("a@b.mx", .email, "a@b.mx"), ("hook", .via, ""),
        ])
    func spellings(_ text: String, _ kind: AddressKind, _ expected: String) {
        #expect((ContactAddress(parsing: text, kind)?.description ?? "") == expected)
    }
}

@Suite("text messages")
struct GSM7Tests {
    @Test("what the alphabet lacks is replaced, what it has stays")
    func folding() {
        #expect(GSM7.folded("¿Ñandú? «así», Ángel…") == "¿Ñandu? \"asi\", Angel...")
        #expect(GSM7.folded("e\u{301}") == "e" && GSM7.folded("é") == "é")
        #expect(GSM7.folded("🚨 Ж") == "? ?")
    }

    @Test("places and parts are counted as the networks count them")
    func counting() {
        #expect(GSM7.count("a€[") == 5)
        #expect(GSM7.parts(String(repeating: "a", count: 160)) == 1)
        #expect(GSM7.parts(String(repeating: "a", count: 161)) == 2)
        #expect(GSM7.parts(String(repeating: "a", count: 306)) == 2)
        #expect(GSM7.parts(String(repeating: "a", count: 307)) == 3)
    }
}
