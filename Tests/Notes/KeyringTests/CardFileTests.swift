import Foundation
import Keyring
import Platform
import TestSupport
import Testing
import Wording

@Suite("contact cards")
struct CardFileTests {
    static let text = """
        amparo-card-1
        name: Laura Peña
        recipient: \(ContactTests.recipient)
        sign-key: \(ContactTests.signKey)
        address: email:laura@example.org
        phone: +52 228 123 4567
        language: es
        date: 2026-11-24
        check: CHECK

        """

    static func card() throws -> CardFile {
        CardFile(
            try ContactCard(
                name: "Laura Peña", recipients: [ContactTests.recipient],
                signKeys: [ContactTests.signKey], emails: ["laura@example.org"],
                phones: ["+52 228 123 4567"], language: .spanish),
            date: try #require(CivilDate(year: 2026, month: 11, day: 24)))
    }

    private func error(_ bytes: [UInt8]) -> CardError? {
        do throws(CardError) {
            _ = try CardFile(parsing: bytes)
            return nil
        } catch { return error }
    }

    private func error(_ text: String) -> CardError? { error(Array(text.utf8)) }

    @Test("is written as documented, and read back")
    func roundTrip() throws {
        let card = try Self.card()
        let bytes = card.serialized()
        let text = String(decoding: bytes, as: UTF8.self)
        let check = String(text.suffix(9).prefix(8))
        #expect(text == Self.text.replacing("CHECK", with: check))
        #expect(check == "bcbe5fec")
        #expect(try CardFile(parsing: bytes) == card)
        // A QR code loses the last line end; a mail program writes CRLF.
        #expect(try CardFile(parsing: Array(bytes.dropLast())) == card)
        #expect(try CardFile(parsing: Array(text.replacing("\n", with: "\r\n").utf8)) == card)
    }

    @Test("the smallest card is a name")
    func smallest() throws {
        let date = try #require(CivilDate(year: 2026, month: 1, day: 2))
        let card = CardFile(try ContactCard(name: "x"), date: date)
        #expect(try CardFile(parsing: card.serialized()) == card)
    }

    @Test("what is no card, and what is a later one")
    func kinds() throws {
        #expect(error("") == .notACard)
        #expect(error("AGE-SECRET-KEY-1X\n") == .notACard)
        #expect(error([0xff, 0xfe]) == .notACard)
        #expect(error("amparo-card-2\nname: x\n") == .unknownVersion("amparo-card-2"))
        #expect(
            error([UInt8](repeating: 65, count: CardFile.byteLimit + 1))
                == .tooLong(limit: CardFile.byteLimit))
    }

    @Test(
        "a line that does not belong there is named",
        arguments: [
            ("name: Laura Peña\n", "", 8), ("date: 2026-11-24\n", "", 8),
            ("language: es\n", "language: fr\n", 7),
            ("language: es\n", "language: es\nlanguage: es\n", 8),
            ("date: 2026-11-24", "date: 2026-11-31", 8), ("date: 2026-11-24", "date: 26-11-24", 8),
            ("phone: +52", "teléfono: +52", 6), ("phone: +52", "phone:  +52", 6),
            ("address: email:", "address: xmpp:", 5), ("name: Laura", "name:Laura", 2),
            ("language: es\n", "language: es\n\n", 8),
        ])
    func lines(_ change: (String, String, Int)) throws {
        let text = String(decoding: try Self.card().serialized(), as: UTF8.self)
        let changed = text.replacing(change.0, with: change.1)
        #expect(changed != text)
        switch error(changed) {
        case .line(change.2): break
        // A value that is none is named as such.
        case .field(.malformedPhone) where change.0.hasPrefix("phone"): break
        case let other: Issue.record("\(change): \(String(describing: other))")
        }
    }

    @Test("order is part of the format")
    func order() throws {
        let text = String(decoding: try Self.card().serialized(), as: UTF8.self)
        let swapped = text.replacing(
            "language: es\ndate: 2026-11-24\n", with: "date: 2026-11-24\nlanguage: es\n")
        #expect(error(swapped) == .line(7))
        #expect(error(text + "name: x\n") == .line(10))
        #expect(error(text + text) == .line(10))
    }

    @Test("a value of a known kind is checked as if it were typed")
    func values() throws {
        let text = String(decoding: try Self.card().serialized(), as: UTF8.self)
        #expect(
            error(text.replacing("name: Laura Peña", with: "name: me"))
                == .field(.reservedName("me")))
        #expect(
            error(text.replacing("laura@example.org", with: "laura"))
                == .field(.malformedEmail("laura")))
        #expect(
            error(text.replacing("recipient: age1", with: "recipient: AGE-SECRET-KEY-1"))
                == .field(.identityInsteadOfRecipient))
        // The one spelling: capitals are read on a command line, not in a card.
        #expect(
            error(text.replacing(ContactTests.recipient, with: ContactTests.recipient.uppercased()))
                == .line(3))
    }

    @Test("any changed letter is found")
    func slips() throws {
        let bytes = try Self.card().serialized()
        for index in bytes.indices {
            for bit in [UInt8(1), 0x20, 0x80] {
                var changed = bytes
                changed[index] ^= bit
                #expect(error(changed) != nil, "\(index) \(bit)")
            }
        }
        for count in 0..<bytes.count - 1 { #expect(error(Array(bytes[..<count])) != nil) }
    }

    @Test("no input traps, and what is accepted has one spelling")
    func fuzz() throws {
        let seed = try Self.card().serialized()
        let random = SeededRandom(seed: 7)
        let parts = String(decoding: seed, as: UTF8.self).split(separator: "\n").map {
            Array($0.utf8)
        }
        var accepted = 0
        let rounds = ProcessInfo.processInfo.environment["AMPARO_FUZZ"].flatMap(Int.init) ?? 20_000
        for round in 0..<rounds {
            var bytes: [UInt8]
            switch round % 3 {
            case 0:
                bytes = random.bytes(Int(random.below(300)))
            case 1:
                bytes = seed
                for _ in 0...random.below(4) {
                    let place = Int(random.below(UInt32(bytes.count)))
                    bytes[place] = random.bytes(1)[0]
                }
            default:
                bytes = (0..<random.below(14)).flatMap { _ in
                    parts[Int(random.below(UInt32(parts.count)))] + [10]
                }
                if random.below(2) == 0 { bytes = parts[0] + [10] + bytes }
            }
            guard let card = try? CardFile(parsing: bytes) else { continue }
            accepted += 1
            #expect(try CardFile(parsing: card.serialized()) == card)
        }
        print("fuzz: \(rounds) cards, \(accepted) accepted")
    }
}
