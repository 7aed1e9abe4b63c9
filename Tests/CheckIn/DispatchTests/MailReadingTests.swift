import Dispatch
import TestSupport
import Testing

@Suite("mail of ours, read back")
struct MailReadingTests {
    private func read(_ message: OutgoingMessage) throws -> MailReading? {
        let channel = try ChannelAddress(parsing: "file:/inbox")
        return MailReading(
            parsing: CourierRequest(message, through: channel, seconds: 90).body)
    }

    @Test("subject, text and attachments come back as they were")
    func roundTrip() throws {
        let bytes = [UInt8](0...255)
        let message = try sample(
            subject: "ALERTA: Lucía no se ha reportado " + String(repeating: "ñ ", count: 40),
            text: "Debía reportarse.\n.\n" + String(repeating: "línea larga = ", count: 30),
            attachments: [
                .init(name: "xalapa.age", bytes: bytes), .init(name: "b.age", bytes: [1]),
            ])
        let mail = try #require(try read(message))
        #expect(mail.subject == message.subject)
        #expect(mail.text == message.text + "\n")
        #expect(mail.attachments.map(\.name) == ["xalapa.age", "b.age"])
        #expect(mail.attachments.map(\.bytes) == [bytes, [1]])
    }

    @Test("without attachments too")
    func plain() throws {
        let message = try sample(subject: "x", text: "uno\n\ndos", attachments: [])
        let mail = try #require(try read(message))
        #expect(mail.text.hasPrefix("uno\n\ndos"))
        #expect(mail.attachments.isEmpty)
    }

    @Test("anything cut, flipped or foreign is read or refused, never a crash")
    func hostile() throws {
        let random = SeededRandom(seed: 4)
        let channel = try ChannelAddress(parsing: "file:/inbox")
        let message = try sample(
            subject: "ñ", text: "hola", attachments: [.init(name: "a.age", bytes: [1, 2, 3])])
        let mail = CourierRequest(message, through: channel, seconds: 90).body
        for _ in 0..<2_000 {
            var damaged = Array(mail.prefix(Int(random.next() % UInt64(mail.count + 1))))
            if !damaged.isEmpty {
                damaged[Int(random.next() % UInt64(damaged.count))] = UInt8(
                    truncatingIfNeeded: random.next())
            }
            _ = MailReading(parsing: damaged)
        }
    }
}
