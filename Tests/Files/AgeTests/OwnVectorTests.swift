import Age
import AgeFormat
import Encoding
import Primitives
import Secrets
import TestSupport
import Testing

/// What the public test kit asks and the part of it that is kept here does not: each file built by
/// hand, with a MAC that is right, so that nothing but the one mistake can stop it.
@Suite("age files by hand")
struct OwnVectorTests {
    typealias Outcome = TestkitVector.Outcome

    private static func check(_ test: ForgedFile) throws {
        var openers: [any Opener] = [FileForge.identity, FileForge.hybridIdentity]
        if let passphrase = test.passphrase {
            openers = [FilePassphrase(SecretBytes(copying: Array(passphrase.utf8).span))]
        }
        let (released, outcome) = try TestkitVector.run(
            test.file, isArmored: test.isArmored, with: openers)
        #expect(outcome == test.outcome)
        #expect(released.count == test.released)
    }

    // MARK: Stanzas and the MAC

    static let x25519 = good(FileForge.identity.recipient)
    private static func good(_ sealer: any Sealer, seed: UInt64 = 25) -> String {
        (try? FileForge.wrapped(sealer, seed: seed)).map(FileForge.text) ?? ""
    }

    private static func header(_ name: String, _ outcome: Outcome, _ stanzas: String) -> ForgedFile
    {
        ForgedFile(name, outcome, FileForge.file(FileForge.header(stanzas)))
    }

    private static func raw(_ name: String, _ header: String) -> ForgedFile {
        ForgedFile(name, .headerFailure, FileForge.file(header))
    }

    static let stanzas: [ForgedFile] = {
        let body = String(x25519.split(separator: "\n")[1])
        let words = String(x25519.split(separator: "\n")[0])
        let whole = FileForge.header(x25519)
        let mac = String(whole.dropLast().suffix(43))
        let before = String(whole.dropLast(44))
        return [
            header("it opens", .success, x25519),
            header("an empty body", .success, "-> empty\n\n" + x25519),
            header("no arguments", .headerFailure, "->\n\n" + x25519),
            header("no type, one space", .headerFailure, "-> \n\n" + x25519),
            header("no body", .headerFailure, "-> empty\n" + x25519),
            header("no body at the end", .headerFailure, x25519 + "-> empty\n"),
            header("padding", .headerFailure, "-> pad\nQUI=\n" + x25519),
            header("a letter that base64 has not", .headerFailure, "-> bad\n*AAA\n" + x25519),
            header("two short lines", .headerFailure, "-> two\nAAAA\nAAAA\n" + x25519),
            header(
                "65 columns", .headerFailure,
                "-> long\n" + String(repeating: "A", count: 68) + "\n" + x25519),
            header("a CR behind a body", .headerFailure, "-> cr\nAAAA\r\n" + x25519),
            header("a CR behind words", .headerFailure, "-> cr\r\n\n" + x25519),
            header("a letter above 0x7E", .headerFailure, "-> \u{7F}\n\n" + x25519),
            raw("CR LF everywhere", whole.replacing("\n", with: "\r\n")),
            raw("no MAC", before + "\n"),
            raw("no MAC, a space", before + " \n"),
            raw("another spelling of the MAC", before + " " + twin(of: mac) + "\n"),
            raw("a padded MAC", before + " " + mac + "=\n"),
            raw(
                "a MAC on two lines",
                before + " " + mac.prefix(20) + "\n" + mac.dropFirst(20) + "\n"),
            ForgedFile(
                "a MAC of other stanzas", .macFailure,
                FileForge.file("\(FileForge.version)-> grease\n\n\(x25519)--- \(mac)\n")),
            ForgedFile(
                "a newer version", .headerFailure,
                FileForge.file(
                    FileForge.header(x25519, version: "age-encryption.org/v1234\n"))),
            ForgedFile("no nonce", .headerFailure, Array(whole.utf8)),
            header(
                "lower case is another type", .noMatch, x25519.replacing("X25519", with: "x25519")),
            header("for somebody else", .noMatch, good(Identity.generate().recipient)),
            header("a changed tag", .noMatch, words + "\n" + changed(body) + "\n"),
            header(
                "another spelling of the body", .headerFailure, words + "\n" + twin(of: body) + "\n"
            ),
            header(
                "another spelling of the share", .headerFailure, twin(of: words) + "\n\(body)\n"),
            header("no share", .headerFailure, "-> X25519\n\(body)\n"),
            header("a body without a tag", .headerFailure, words + "\n" + body.prefix(22) + "\n"),
        ]
            + lowOrder.enumerated().map { number, point in
                header(
                    "low order \(number)", .headerFailure,
                    "-> X25519 \(FileForge.base64(point))\n\(body)\n")
            }
    }()

    /// Points of small order, in whose group every secret is the same.
    /// Source: RFC 7748, section 7; https://cr.yp.to/ecdh.html, "validate".
    private static let lowOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
    ]

    /// The same bits and one more that nobody counts.
    private static func twin(of text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        guard let last = text.last, let place = alphabet.firstIndex(of: last) else { return text }
        return text.dropLast() + String(alphabet[place | 1])
    }

    /// The same length, other bits.
    private static func changed(_ text: String) -> String {
        (text.hasPrefix("A") ? "B" : "A") + text.dropFirst()
    }

    @Test("stanzas and the MAC", arguments: stanzas)
    func checkStanzas(_ test: ForgedFile) throws { try Self.check(test) }

    // MARK: Passphrases

    private static let cheap = FilePassphrase(
        SecretBytes(copying: Array(FileForge.passphrase.utf8).span), cost: WorkFactor(10))

    static let passphrases: [ForgedFile] = {
        let stanza = good(cheap)
        let words = stanza.split(separator: "\n")[0].split(separator: " ").map(String.init)
        let body = String(stanza.split(separator: "\n")[1])
        func file(_ name: String, _ outcome: Outcome, _ stanzas: String) -> ForgedFile {
            ForgedFile(
                name, outcome, FileForge.file(FileForge.header(stanzas)),
                passphrase: FileForge.passphrase)
        }
        func cost(_ text: String, _ outcome: Outcome = .headerFailure) -> ForgedFile {
            file("work factor '\(text)'", outcome, "-> scrypt \(words[2]) \(text)\n\(body)\n")
        }
        func salt(_ count: Int) -> ForgedFile {
            let salt = FileForge.base64([UInt8](repeating: 9, count: count))
            return file("\(count) bytes of salt", .headerFailure, "-> scrypt \(salt) 10\n\(body)\n")
        }
        return [
            file("it opens", .success, stanza),
            file("twice", .headerFailure, stanza + stanza),
            file("beside a key", .headerFailure, stanza + x25519),
            file("behind a key", .headerFailure, x25519 + stanza),
            file("beside grease", .headerFailure, "-> grease\n\n" + stanza),
            file("one argument more", .headerFailure, stanza.replacing(" 10\n", with: " 10 10\n")),
            file("no salt", .headerFailure, "-> scrypt 10\n\(body)\n"),
            file("a changed tag", .noMatch, "\(words.joined(separator: " "))\n\(changed(body))\n"),
            file(
                "another spelling of the body", .headerFailure,
                "\(words.joined(separator: " "))\n\(twin(of: body))\n"),
            file(
                "a longer file key", .headerFailure,
                "\(words.joined(separator: " "))\n\(FileForge.base64([UInt8](repeating: 1, count: 40)))\n"
            ),
            salt(0), salt(15), salt(17), cost("11", .noMatch), cost("0"), cost("-1"), cost("+10"),
            cost("010"), cost("0xa"), cost("a"), cost("23"), cost("64"), cost("1e1"),
            cost("10\u{7E}"),
            cost("18446744073709551616"), cost("18446744073709551626"), cost("10 "), cost(" 10"),
            ForgedFile(
                "another passphrase", .noMatch, FileForge.file(FileForge.header(stanza)),
                passphrase: "otra"),
        ]
    }()

    @Test("passphrases", arguments: passphrases)
    func checkPassphrases(_ test: ForgedFile) throws { try Self.check(test) }

    // MARK: Post-quantum

    static let hybrid: [ForgedFile] = {
        let stanza = good(FileForge.hybridIdentity.recipient)
        let words = String(stanza.split(separator: "\n")[0])
        let body = String(stanza.split(separator: "\n")[1])
        let share =
            (try? FileForge.wrapped(FileForge.hybridIdentity.recipient))
            .flatMap { Base64.decode(Array($0.arguments[0].utf8).span, .unpadded) } ?? []
        func with(_ name: String, _ outcome: Outcome, share: [UInt8]) -> ForgedFile {
            header(name, outcome, "-> mlkem768x25519 \(FileForge.base64(share))\n\(body)\n")
        }
        var mlkem = share
        mlkem[7] ^= 1
        return [
            header("it opens", .success, stanza),
            header("beside a key of the older kind", .success, x25519 + stanza),
            header("capitals are another type", .noMatch, stanza.replacing("mlkem", with: "MLKEM")),
            header(
                "for somebody else", .noMatch, good(Identity.generate(kind: .hybrid).recipient)),
            header("no share", .headerFailure, "-> mlkem768x25519\n\(body)\n"),
            header(
                "another spelling of the share", .headerFailure, twin(of: words) + "\n\(body)\n"),
            header("a body without a tag", .headerFailure, words + "\n" + body.prefix(22) + "\n"),
            with("one byte short", .headerFailure, share: share.dropLast()),
            with("the older kind's share", .headerFailure, share: share.suffix(32)),
            with("a changed lattice part", .noMatch, share: mlkem),
        ]
            + lowOrder.enumerated().map { number, point in
                with("low order \(number)", .headerFailure, share: share.prefix(1_088) + point)
            }
    }()

    @Test("post-quantum stanzas", arguments: hybrid)
    func checkHybrid(_ test: ForgedFile) throws { try Self.check(test) }

    // MARK: Chunks

    static let streams: [ForgedFile] = {
        let top = FileForge.header(x25519)
        let full = [UInt8](repeating: 65, count: FileForge.chunk)
        let first = FileForge.box(full, 0, isFinal: false)
        func chunks(_ name: String, _ outcome: Outcome, _ released: Int, _ boxes: [[UInt8]])
            -> ForgedFile
        {
            ForgedFile(name, outcome, FileForge.file(top, boxes), released: released)
        }
        func box(_ count: Int, _ counter: Int, isFinal: Bool) -> [UInt8] {
            FileForge.box([UInt8](repeating: 66, count: count), counter, isFinal: isFinal)
        }
        var bad = box(10, 1, isFinal: true)
        bad[3] ^= 1
        let size = FileForge.chunk
        return [
            chunks(
                "a full last chunk behind a full one", .success, 2 * size,
                [first, box(size, 1, isFinal: true)]),
            chunks(
                "an empty last chunk", .payloadFailure, size, [first, box(0, 1, isFinal: true)]),
            chunks(
                "a chunk without its tag", .payloadFailure, 0,
                [Array(box(3, 0, isFinal: true).prefix(3))]),
            chunks(
                "a tag without its chunk's end", .payloadFailure, 0,
                [Array(box(3, 0, isFinal: true).prefix(15))]),
            chunks("a full chunk and no last one", .payloadFailure, size, [first]),
            chunks("a changed second chunk", .payloadFailure, size, [first, bad]),
            chunks(
                "a cut second chunk", .payloadFailure, size,
                [first, Array(box(10, 1, isFinal: true).dropLast())]),
            chunks(
                "fifteen bytes behind", .payloadFailure, size,
                [first, Array(box(10, 1, isFinal: true).prefix(15))]),
            chunks("the wrong number", .payloadFailure, size, [first, box(10, 2, isFinal: true)]),
            chunks("the first one twice", .payloadFailure, size, [first, first]),
            chunks(
                "chunks changed about", .payloadFailure, 0, [box(size, 1, isFinal: false), first]),
            chunks(
                "a short chunk that is not the last", .payloadFailure, 0,
                [box(10, 0, isFinal: false)]),
            chunks(
                "two last chunks, both full", .payloadFailure, size,
                [box(size, 0, isFinal: true), box(size, 1, isFinal: true)]),
            chunks(
                "a byte behind a full last one", .payloadFailure, size,
                [box(size, 0, isFinal: true), [0]]),
            chunks("nothing", .payloadFailure, 0, []),
        ]
    }()

    @Test("chunks", arguments: streams)
    func checkStreams(_ test: ForgedFile) throws { try Self.check(test) }

    // MARK: Text form

    static let armor: [ForgedFile] = {
        let top = FileForge.header(x25519)
        func of(_ count: Int) -> [UInt8] {
            FileForge.file(
                top, [FileForge.box([UInt8](repeating: 65, count: count), 0, isFinal: true)])
        }
        let text = FileForge.armored(of(3))
        let begin = "-----BEGIN AGE ENCRYPTED FILE-----"
        let end = "-----END AGE ENCRYPTED FILE-----"
        let lines = text.split(separator: "\n").map(String.init)
        let last = lines[lines.count - 2]
        func armor(_ name: String, _ outcome: Outcome, _ text: String, released: Int? = nil)
            -> ForgedFile
        {
            ForgedFile(name, outcome, Array(text.utf8), isArmored: true, released: released)
        }
        // A text whose base64 fills its last line, and one that needs padding.
        let fullCount = (0..<48).first { of($0).count % 48 == 0 } ?? 0
        let paddedCount = (0..<48).first { of($0).count % 3 == 1 } ?? 0
        let full = FileForge.armored(of(fullCount))
        let padded = FileForge.armored(of(paddedCount))
        return [
            armor("it opens", .success, text),
            armor("no line end at the end", .success, String(text.dropLast())),
            armor("a full last line", .success, full, released: fullCount),
            armor(
                "a full last line and an empty one", .armorFailure,
                full.replacing(end, with: "\n" + end)),
            armor("white space around", .success, " \n\t\r\n" + text + " \r\n\t"),
            armor("something before", .armorFailure, "garbage\n" + text),
            armor("something before, on the line", .armorFailure, "x" + text),
            armor("lower case", .armorFailure, text.lowercased()),
            armor("no BEGIN", .armorFailure, String(text.dropFirst(begin.count + 1))),
            armor("END twice", .armorFailure, text + end + "\n"),
            armor("two files", .armorFailure, text + text),
            armor(
                "an empty line in the middle", .armorFailure,
                text.replacing(lines[2], with: "\n" + lines[2])),
            armor("an empty line at the end", .armorFailure, text.replacing(end, with: "\n" + end)),
            armor(
                "white space at a line's start", .armorFailure,
                text.replacing(lines[2], with: " " + lines[2])),
            armor("white space behind END on its line", .armorFailure, text.dropLast() + " \n"),
            armor("padding left out", .armorFailure, padded.replacing("=", with: "")),
            armor("other padding", .armorFailure, padded.replacing("==", with: "=A")),
            armor(
                "padding in the middle", .armorFailure,
                text.replacing(lines[2], with: lines[2].dropLast() + "=")),
            armor(
                "cut within a line", .armorFailure,
                text.replacing(last + "\n" + end + "\n", with: String(last.prefix(5)))),
            armor("nothing between the marks", .headerFailure, begin + "\n" + end + "\n"),
            armor("nothing", .armorFailure, ""),
            armor(
                "for somebody else", .noMatch,
                FileForge.armored(
                    FileForge.file(
                        FileForge.header(good(Identity.generate().recipient))))),
            armor("a binary file", .armorFailure, String(decoding: of(3), as: UTF8.self)),
        ]
    }()

    @Test("the text form", arguments: armor)
    func checkArmor(_ test: ForgedFile) throws { try Self.check(test) }
}

/// A file, and how it must end.
struct ForgedFile: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let outcome: TestkitVector.Outcome
    let file: [UInt8]
    var isArmored = false
    /// Bytes that come out all the same.
    var released = 0
    var passphrase: String?

    init(
        _ name: String, _ outcome: TestkitVector.Outcome, _ file: [UInt8], isArmored: Bool = false,
        released: Int? = nil, passphrase: String? = nil
    ) {
        testDescription = name
        self.outcome = outcome
        self.file = file
        self.isArmored = isArmored
        self.released = released ?? (outcome == .success ? 3 : 0)
        self.passphrase = passphrase
    }
}
