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
            ("ftp://h", .unknownScheme("ftp")), ("https://h/x", .notYet(scheme: "https")),
            ("ntfy://h/t", .notYet(scheme: "ntfy")), ("exec:/bin/x", .notYet(scheme: "exec")),
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
        ]
        let letters = Array("%:/@?&=[].a0F -\u{0}\u{e9}".unicodeScalars)
        var accepted = 0
        for round in 0..<6_000 {
            var text = Array(seeds[round % 3].unicodeScalars)
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
