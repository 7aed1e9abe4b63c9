import CheckIn
import Encoding
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

private let start = Instant(milliseconds: 1_800_000_000_000)

@Suite("the file of a plan that is handed over")
struct HandOverFileTests {
    private let random = SeededRandom(seed: 77)
    private let receiver = HandOver.receiver("age1laura")

    private func handOver(_ promise: Promise, envelopes count: Int = 1) throws -> HandOver {
        let seed = SharedSecret(random.secret(count: 32))
        let envelopes = (0..<count).map { _ in random.bytes(500) }
        let hash = envelopes.first.map { BLAKE2b.hash(count: 32, of: $0.span) }
        let laura = Listener(
            name: "laura", language: .spanish, phones: ["+52 55 0000 0000"], routes: [],
            sheet: hash)
        let other = Listener(
            name: "abogado", language: .english, phones: [], routes: [], sheet: nil)
        let registration = Registration(
            plan: .random(random), label: try PlanLabel(parsing: "xalapa"),
            ticketKey: Ed25519.publicKey(seed: seed.bytes), safeKey: random.bytes(32),
            duressKey: random.bytes(32),
            terms: try LeaseTerms(
                promise: promise, grace: .seconds(60), reminders: [],
                tiers: [.zero, .seconds(3_600)]),
            alias: "Ana", zone: "America/Mexico_City", place: "Xalapa", language: .spanish,
            phones: [], tiers: [[laura], [other]], owner: nil, isUntested: true, epoch: 3,
            isHandedOver: true)
        return try HandOver(
            registration: registration, codeSecret: SharedSecret(random.secret(count: 32)),
            ticketSeed: seed,
            people: [
                .init(name: "laura", addresses: ["email:laura@example.org"]),
                .init(name: "abogado", addresses: ["email:a@example.org", "sms:+5255"]),
            ], envelopes: envelopes, made: start, receivers: [receiver])
    }

    @Test("it reads back as written, and what follows it is the signature")
    func roundTrip() throws {
        let written = try handOver(.interval(.seconds(3_600), end: nil))
        let bytes = written.serialized()
        #expect(bytes.count == 16_384)
        let read = try HandOver.parse(bytes + Array("signature".utf8))
        #expect(read.signedCount == bytes.count)
        #expect(read.signature == Array("signature".utf8))
        #expect(read.handOver.serialized() == bytes)
        #expect(read.handOver.people == written.people)
        #expect(read.handOver.registration == written.registration)
    }

    @Test("cut anywhere it is refused, and no bit of it can be flipped and trap")
    func damaged() throws {
        let bytes = try handOver(.interval(.seconds(3_600), end: nil)).serialized()
        for count in stride(from: 0, to: bytes.count, by: 37) {
            #expect(throws: CheckInError.self) { _ = try HandOver.parse(Array(bytes[..<count])) }
        }
        for _ in 0..<400 {
            var flipped = bytes
            flipped[Int(random.below(2_000))] ^= 1 << UInt8(random.below(8))
            _ = try? HandOver.parse(flipped)
        }
    }

    @Test("people, sheets and keys that do not belong together are refused")
    func mismatch() throws {
        let good = try handOver(.interval(.seconds(3_600), end: nil))
        func make(
            people: [HandOver.Person]? = nil, envelopes: [[UInt8]]? = nil, seed: SharedSecret? = nil
        ) throws {
            _ = try HandOver(
                registration: good.registration, codeSecret: good.codeSecret,
                ticketSeed: seed ?? good.ticketSeed, people: people ?? good.people,
                envelopes: envelopes ?? good.envelopes, made: start, receivers: [receiver])
        }
        #expect(throws: Never.self) { try make() }
        #expect(throws: CheckInError.self) { try make(people: good.people.reversed()) }
        #expect(throws: CheckInError.self) { try make(people: []) }
        #expect(throws: CheckInError.self) { try make(envelopes: []) }
        #expect(throws: CheckInError.self) {
            try make(envelopes: good.envelopes + [random.bytes(10)])
        }
        #expect(throws: CheckInError.self) {
            try make(seed: SharedSecret(random.secret(count: 32)))
        }
        #expect(throws: CheckInError.text) {
            try make(people: [.init(name: "laura", addresses: ["email:a\nb"]), good.people[1]])
        }
    }

    @Test("it says for whom it was made, and nobody else can say it in its place")
    func receivers() throws {
        let good = try handOver(.interval(.seconds(3_600), end: nil))
        let read = try HandOver.parse(good.serialized()).handOver
        #expect(read.receivers == [receiver])
        #expect(HandOver.receiver("age1beto") != receiver)
        for receivers in [[], [random.bytes(31)], [[UInt8]](repeating: receiver, count: 65)] {
            #expect(throws: CheckInError.self) {
                _ = try HandOver(
                    registration: good.registration, codeSecret: good.codeSecret,
                    ticketSeed: good.ticketSeed, people: good.people, envelopes: good.envelopes,
                    made: start, receivers: receivers)
            }
        }
    }

    @Test("her own words go with the plan")
    func words() throws {
        let good = try handOver(.interval(.seconds(3_600), end: nil))
        var registration = good.registration
        registration.texts.set(
            PlanText(
                key: .init(kind: 3, tier: nil, length: .mail, language: .spanish),
                subject: "Urge", body: "{alias} {codigo}"))
        let written = try HandOver(
            registration: registration, codeSecret: good.codeSecret, ticketSeed: good.ticketSeed,
            people: good.people, envelopes: good.envelopes, made: start,
            receivers: good.receivers)
        let read = try HandOver.parse(written.serialized()).handOver
        let taken = try read.registration(at: start, isWatched: false, epoch: 1, owner: nil) {
            _ in []
        }
        #expect(taken.texts == registration.texts && !taken.texts.isEmpty)
    }

    @Test("more ways to a person than anybody has are refused")
    func addresses() throws {
        let good = try handOver(.interval(.seconds(3_600), end: nil))
        for count in [16, 17] {
            let many = (0..<count).map { "email:laura\($0)@example.org" }
            let made = try? HandOver(
                registration: good.registration, codeSecret: good.codeSecret,
                ticketSeed: good.ticketSeed,
                people: [.init(name: "laura", addresses: many), good.people[1]],
                envelopes: good.envelopes, made: start, receivers: [receiver])
            #expect((made != nil) == (count == 16))
        }
    }

    @Test("deadlines that are over when she takes it are let go; all of them, and it is refused")
    func late() throws {
        let moments = (1...4).map { start + .seconds(Int64($0) * 3_600) }
        let made = try handOver(.deadlines(moments))
        func registered(_ now: Instant, isWatched: Bool = false) throws -> Registration {
            try made.registration(at: now, isWatched: isWatched, epoch: 7, owner: nil) { _ in [] }
        }
        #expect(try registered(start).terms.promise == .deadlines(moments))
        let late = start + .seconds(7_200)
        #expect(try registered(late).terms.promise == .deadlines(Array(moments.dropFirst(2))))
        #expect(try registered(late, isWatched: true).terms.promise == .deadlines(moments))
        #expect(throws: CheckInError.past) { _ = try registered(start + .seconds(90_000)) }
        #expect(try registered(start).isHandedOver)
        #expect(try registered(start).epoch == 7)
        let bytes = try registered(start).serialized()
        #expect(try Registration(parsing: bytes) == registered(start))
    }
}
