import Age
import Encoding
import Platform
import Secrets
import TestSupport
import Testing

@Suite("text form")
struct ArmorTests {
    static let identity = Identity.generate(SeededRandom(seed: 1))

    static func armored(_ count: Int) throws -> String {
        let bytes = [UInt8](repeating: 65, count: count)
        return String(
            decoding: try Age.seal(
                bytes, to: [identity.recipient], form: .armored, random: SeededRandom(seed: 2)),
            as: UTF8.self)
    }

    static func open(_ text: String) -> Result<[UInt8], AgeError> {
        Result { () throws(AgeError) in try Age.open(Array(text.utf8), with: [identity]) }
    }

    @Test("every length of a last line is written strictly and read back")
    func everyLastLine() throws {
        for count in 0..<100 {
            let text = try Self.armored(count)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.first == "-----BEGIN AGE ENCRYPTED FILE-----")
            #expect(lines.suffix(2) == ["-----END AGE ENCRYPTED FILE-----", ""])
            let body = lines.dropFirst().dropLast(2)
            #expect(body.dropLast().allSatisfy { $0.count == 64 })
            #expect((1...64).contains(body.last?.count ?? 0))
            #expect(Self.open(text) == .success([UInt8](repeating: 65, count: count)))
        }
    }

    @Test("it is read across any pieces, and after more text than is decoded at a time")
    func pieces() throws {
        let text = try Self.armored(200_000)
        for piece in [1_000, 4_097, 65_536] {
            let output = MemoryOutput()
            try SealedFile(reading: MemoryInput(Array(text.utf8), pieceSize: piece))
                .unlock([Self.identity]).open(into: output)
            #expect(output.bytes.count == 200_000)
        }
    }

    @Test("line ends may be CR LF, the last one missing, and white space may stand around it")
    func liberties() throws {
        let text = try Self.armored(10)
        let crlf = text.replacing("\n", with: "\r\n")
        for variant in [
            crlf, String(text.dropLast()), "\n\n" + text, " \t\r\n" + text, text + "\n\n \t\n",
            String(repeating: " ", count: 1_000) + "\n" + text,
        ] {
            #expect(Self.open(variant) == .success([UInt8](repeating: 65, count: 10)))
        }
    }

    @Test("any other spelling is refused, and said why")
    func refuses() throws {
        let text = try Self.armored(10)
        let first = try #require(text.split(separator: "\n").dropFirst().first).description
        let cases: [(String, ArmorError)] = [
            ("-----BEGIN PGP MESSAGE-----\n\nabc\n", .malformedBegin),
            (text.replacing("BEGIN AGE", with: "begin age"), .malformedBegin),
            (text.replacing("FILE-----\nYWdl", with: "FILE----- \nYWdl"), .malformedBegin),
            (text.replacing(first, with: "\n" + first), .malformedLine),
            (text.replacing(first, with: " " + first), .malformedLine),
            (text.replacing(first, with: first + " "), .malformedLine),
            (text.replacing(first, with: first + "AAAA"), .malformedLine),
            (text.replacing(first, with: first.dropLast(4)), .malformedEnd),
            (text.replacing(first, with: "!" + first.dropFirst()), .malformedLine),
            (text.replacing("-----END AGE ENCRYPTED FILE-----\n", with: ""), .malformedEnd),
            (text + "x", .trailing),
            (text + String(repeating: "\n", count: 1_100), .tooMuchWhiteSpace),
        ]
        for (variant, error) in cases {
            #expect(Self.open(variant) == .failure(.armor(error)), "\(variant)")
        }
        // Beyond what is looked at, it is not taken for a text form any more.
        let far = String(repeating: "\n", count: 1_100) + text
        #expect(Self.open(far) == .failure(.header(.notAge)))
    }
}
