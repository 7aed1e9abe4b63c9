import CheckIn
import Encoding
import Platform
import Primitives
import Secrets
import TestSupport
import Testing
import Wording

private let start = Instant(milliseconds: 1_800_000_000_000)

@Suite("plans, registrations and tickets")
struct PlanTests {
    let random = SeededRandom(seed: 21)

    func plan(label: String = "xalapa", alias: String = "Ana", end: Instant? = nil) throws -> Plan {
        try Plan(
            id: .random(random), label: PlanLabel(parsing: label), alias: alias, place: "Xalapa",
            zone: "America/Mexico_City", schedule: .every(.seconds(3_600)), end: end,
            grace: .seconds(1_800),
            tiers: [
                Tier(offset: .zero, contacts: ["laura"]),
                Tier(offset: .seconds(7_200), contacts: ["abogado", "mesa"]),
            ],
            sheets: [
                Sheet(offset: nil, name: "itinerario", note: String(repeating: "a", count: 32)),
                Sheet(offset: .zero, name: "vida", note: String(repeating: "b", count: 32)),
            ], language: .spanish, planSecret: SharedSecret(random.secret(count: 32)),
            ticketSeed: SharedSecret(random.secret(count: 32)), safeKey: random.bytes(32),
            duressKey: random.bytes(32))
    }

    @Test("a plan reads back as written, whole or not at all")
    func planCodec() throws {
        let plan = try plan(end: start)
        let bytes = plan.fields.serialized()
        let read = try Plan(FieldList(parsing: bytes[...]))
        #expect(read.fields == plan.fields)
        #expect(read.sheets(for: read.tiers[1]).map(\.name) == ["itinerario"])
        for field in plan.fields.fields where ![8, 10, 11, 17].contains(field.tag) {
            let rest = FieldList(plan.fields.fields.filter { $0 != field })
            if field.tag == 9 { continue }
            #expect(throws: CheckInError.self) { try Plan(rest) }
        }
    }

    @Test(
        "labels are short, plain and no command",
        arguments: [
            "", "plan", "status", "-x", "Xalapa", "a b", "ñ", String(repeating: "a", count: 33),
        ])
    func labels(_ text: String) {
        #expect(throws: CheckInError.label) { try PlanLabel(parsing: text) }
    }

    @Test("names cannot forge lines", arguments: ["", "Ana\nBcc: x", "Ana\u{7f}", "Ana\u{85}"])
    func names(_ alias: String) {
        #expect(throws: CheckInError.text) { try plan(alias: alias) }
    }

    @Test("a ticket reads back as written; cut or marked otherwise it is refused")
    func ticket() throws {
        let ticket = Ticket(
            plan: .random(random), label: try PlanLabel(parsing: "xalapa"),
            planSecret: SharedSecret(random.secret(count: 32)),
            ticketSeed: SharedSecret(random.secret(count: 32)), lastCounter: 9,
            watchers: [WatcherEntry(place: .thisMachine, boxKey: random.bytes(32))],
            deadlines: [start], zone: "America/Mexico_City", place: "Xalapa", isUntested: true)
        let bytes = ticket.serialized()
        #expect(Array(bytes.prefix(8)) == Array("AMPTICK1".utf8))
        #expect(try Ticket(parsing: bytes).serialized() == bytes)
        for count in 0..<bytes.count where count != bytes.count - 6 {
            #expect(throws: CheckInError.self) { try Ticket(parsing: Array(bytes[..<count])) }
        }
    }

    @Test("a registration reads back as written, and only its own ticket key signed it")
    func registration() throws {
        let plan = try plan()
        let ticketKey = Ed25519.publicKey(seed: plan.ticketSeed.bytes)
        let route = Route(
            channel: "mail", url: "smtp://127.0.0.1:2525?from=me@example.org", password: [120],
            address: "laura@example.org")
        let laura = Listener(
            name: "laura", language: .spanish, phones: ["+52 55 0000 0000"], routes: [route],
            sheet: random.bytes(32))
        let other = Listener(
            name: "abogado", language: .english, phones: [], routes: [route], sheet: nil)
        let registration = Registration(
            plan: plan.id, label: plan.label, ticketKey: ticketKey, safeKey: plan.safeKey,
            duressKey: plan.duressKey,
            terms: try plan.terms(at: start, in: ZoneCatalog.embedded.rules(plan.zone)),
            alias: plan.alias, zone: plan.zone,
            place: plan.place, language: .spanish, phones: [], tiers: [[laura], [other]],
            owner: nil, isUntested: true)
        let bytes = registration.serialized()
        #expect(try Registration(parsing: bytes) == registration)
        let signature = registration.signature(ticketSeed: plan.ticketSeed.bytes)
        #expect(registration.isSigned(signature))
        #expect(!registration.isSigned(random.bytes(64)))
        for _ in 0..<200 {
            var flipped = bytes
            flipped[Int(random.below(UInt32(bytes.count)))] ^= 1 << UInt8(random.below(8))
            if let read = try? Registration(parsing: flipped) {
                #expect(!read.isSigned(signature))
            }
        }
    }
}
