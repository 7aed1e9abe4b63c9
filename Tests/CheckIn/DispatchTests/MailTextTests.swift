import Dispatch
import Foundation
import Platform
import TestSupport
import Testing

@Suite("mail as another program reads it")
struct MailTextTests {
    static func read(_ message: OutgoingMessage, _ url: String) throws -> Mail {
        let folder = try TemporaryDirectory()
        let request = CourierRequest(
            message, through: try ChannelAddress(parsing: url), seconds: 90)
        try folder.write("mail", request.body)
        return try Mail(file: folder("mail"))
    }

    static let url = "smtp://127.0.0.1?from=alertas@example.org"

    @Test("subject, names, text and attachments arrive as they were written")
    func everything() throws {
        let bytes = [UInt8](0...255) + Array("age\r\nx\n".utf8)
        let message = try sample(
            subject: "ALERTA: \"Lucía\" <no> se ha reportado; NO ES SIMULACRO — 🚨 "
                + String(repeating: "ñandú ", count: 20) + "fin",
            text: "Debía reportarse.\n.\n..dos\nFrom aquí\ntab\t\n espacio \n"
                + String(repeating: "línea larguísima=", count: 40) + "\n\n¿Fin?",
            attachments: [
                .init(name: "itinerary.age", bytes: bytes), .init(name: "señas 1.age", bytes: []),
            ])
        let mail = try Self.read(message, Self.url)
        #expect(mail.defects == [])
        #expect(mail["subject"] == message.subject)
        #expect(mail["from"] == "Lucía <alertas@example.org>")
        #expect(mail["to"] == "laura@example.org")
        #expect(mail["date"] == "Tue, 01 Dec 2026 18:00:00 +0000")
        let id = message.id.map { String(format: "%02x", $0) }.joined()
        #expect(mail["id"] == "<\(id)@example.org>")
        #expect(mail["text"].replacingOccurrences(of: "\r\n", with: "\n") == message.text + "\n")
        #expect(mail.attachments == ["itinerary.age", "señas 1.age"])
        #expect(try mail.attachment("itinerary.age") == bytes)
        #expect(mail.headers.contains("Importance"))
        // The Message-ID of a long delivery id is the one line that cannot be broken.
        #expect(mail.longestLine <= 100)
        #expect(mail.bareLineEnds == 0)
        #expect(mail.isASCII)
    }

    @Test("any text in any script, of any length")
    func property() throws {
        let random = SeededRandom(seed: 21)
        let letters = Array("aZ09 .=\t\n\u{1}\r\u{7f}\"<>()@,;:\\ñé¿€🚨漢\u{301}_?-".unicodeScalars)
        for _ in 0..<25 {
            func words(_ count: Int, inHeader: Bool) -> String {
                var text = String.UnicodeScalarView()
                while text.count < count {
                    let letter = letters[Int(random.next() % UInt64(letters.count))]
                    if inHeader, letter.value < 0x20 || letter.value == 0x7F { continue }
                    text.append(letter)
                }
                return String(text)
            }
            let subject = words(1 + Int(random.next() % 90), inHeader: true)
            let text = words(Int(random.next() % 700), inHeader: false)
            let mail = try Self.read(try sample(subject: subject, text: text), Self.url)
            #expect(mail.defects == [])
            #expect(mail["subject"] == subject)
            // Bytes, since a sign and its accent compare equal to the accented sign; carriage
            // returns are line ends to every reader.
            let sent = Array((text.utf8.last == 10 ? text : text + "\n").utf8)
            #expect(Array(mail["text"].utf8).filter { $0 != 13 } == sent.filter { $0 != 13 })
            #expect(mail.longestLine <= 100)
            #expect(mail.isASCII && mail.bareLineEnds == 0)
        }
    }

    @Test("a folder's mail was mailed to nobody, and says so")
    func folder() throws {
        for message in [try sample(address: nil), try sample()] {
            let mail = try Self.read(message, "file:/tmp/x")
            #expect(mail.defects == [])
            #expect(mail["from"] == "Lucía <amparo@localhost>")
            #expect(mail["to"] == "undisclosed-recipients:;")
        }
    }
}
