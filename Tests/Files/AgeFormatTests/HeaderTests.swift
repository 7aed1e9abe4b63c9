import AgeFormat
import TestSupport
import Testing

@Suite("header")
struct HeaderTests {
    static let mac = String(repeating: "A", count: 43)

    static func header(_ stanzas: String) -> String {
        "age-encryption.org/v1\n\(stanzas)--- \(mac)\n"
    }

    static func parse(_ text: String) -> Result<Header, FormatError> {
        Result { () throws(FormatError) in try Header(parsing: Array(text.utf8)) }
    }

    @Test("stanzas of every body length are read back, and rewritten byte for byte")
    func roundTrips() throws {
        let random = SeededRandom(seed: 1)
        for count in 0...150 {
            let body = random.bytes(count)
            let stanzas = [
                Stanza(type: "grease", arguments: [], body: []),
                Stanza(type: "!~", arguments: ["-", "--->"], body: body),
            ]
            let header = Header(stanzas) { _ in random.bytes(32) }
            #expect(try Header(parsing: header.serialized()) == header)
        }
    }

    static let refused: [(String, FormatError)] = [
        ("", .truncated),
        ("age-encryption.org/v1", .truncated),
        ("age-encryption.org/v1\n", .truncated),
        ("age-encryption.org/v1\n-> a\n", .truncated),
        ("age-encryption.org/v1\n-> a\n\n", .truncated),
        ("age-encryption.org/v1\r\n", .convertedLineEnds),
        ("age-encryption.org/v2\n", .unsupportedVersion),
        ("age-encryption.org/v1 \n", .unsupportedVersion),
        ("age-encryption.org/v10\n", .unsupportedVersion),
        (" age-encryption.org/v1\n", .notAge),
        ("AGE-ENCRYPTION.ORG/v1\n", .notAge),
        ("\n", .notAge),
        (header(""), .noStanza),
        (header("\n"), .malformedLine),
        (header("a\n\n"), .malformedLine),
        (header("->\n\n"), .malformedLine),
        (header("-> \n\n"), .malformedLine),
        (header("->  a\n\n"), .malformedLine),
        (header("-> a \n\n"), .malformedLine),
        (header("-> a  b\n\n"), .malformedLine),
        (header("-> a\tb\n\n"), .malformedLine),
        (header("-> a\r\n\n"), .malformedLine),
        (header("-> ñ\n\n"), .malformedLine),
        (header("-> a\nAAAA=\n"), .malformedBody),
        (header("-> a\nAAAAA\n"), .malformedBody),
        (header("-> a\nAB\n"), .malformedBody),
        (header("-> a\n AA\n"), .malformedBody),
        (header("-> a\n" + String(repeating: "A", count: 64) + "\n"), .malformedBody),
        (header("-> a\n" + String(repeating: "A", count: 68) + "\n\n"), .malformedBody),
        ("age-encryption.org/v1\n-> a\n\n---\n", .malformedMAC),
        ("age-encryption.org/v1\n-> a\n\n--- \n", .malformedMAC),
        ("age-encryption.org/v1\n-> a\n\n---- \(mac)\n", .malformedMAC),
        ("age-encryption.org/v1\n-> a\n\n---\(mac)\n", .malformedMAC),
        ("age-encryption.org/v1\n-> a\n\n--- \(mac)=\n", .malformedMAC),
        ("age-encryption.org/v1\n-> a\n\n--- \(mac) \n", .malformedMAC),
        ("age-encryption.org/v1\n-> a\n\n--- \(mac)\r\n", .malformedMAC),
        ("age-encryption.org/v1\n-> a\n\n--- \(mac.dropLast())B\n", .malformedMAC),
        (header("-> a\n\n") + "\n", .malformedLine),
    ]

    @Test("every other spelling is refused, and said why", arguments: refused)
    func refuses(_ text: String, _ error: FormatError) {
        #expect(Self.parse(text) == .failure(error))
    }

    @Test("a header beyond the limit is refused before it is read to its end")
    func refusesGiants() {
        let stanza = "-> " + String(repeating: "a", count: 100_000) + "\n\n"
        let text = Self.header(String(repeating: stanza, count: 11))
        #expect(Self.parse(text) == .failure(.tooLarge))
        let within = Self.header(String(repeating: stanza, count: 10))
        #expect((try? Self.parse(within).get().stanzas.count) == 10)
    }

    @Test("whatever is accepted is written back byte for byte")
    func keepsOneSpelling() throws {
        let random = SeededRandom(seed: 2)
        let good = Array(Self.header("-> X25519 abc\nAAAA\n-> b\n\n").utf8)
        var accepted = 0
        for _ in 0..<5_000 {
            var text = good
            let place = Int(random.below(UInt32(text.count)))
            switch random.below(3) {
            case 0: text[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: text.remove(at: place)
            default: text.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            }
            guard let header = try? Header(parsing: text) else { continue }
            accepted += 1
            #expect(header.serialized() == text)
        }
        #expect(accepted > 0)
    }
}
