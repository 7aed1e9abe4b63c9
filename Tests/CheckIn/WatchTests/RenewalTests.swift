import CheckIn
import Dispatch
import Platform
import TestSupport
import Testing
import Watch
import Wording

@Suite("what is watched already is renewed without the code, and never weakened")
struct RenewalTests {
    private let sample: Sample
    private let watcher: WatchEngine
    private let now = start + hour

    init() throws {
        sample = try Sample(channels: ["mail"])
        watcher = engine()
        try watcher.start(mark(start))
        _ = try watcher.register(sample.registration, envelopes: sample.envelopes, now: start)
    }

    private func laura(
        address: String? = nil, phones: [String]? = nil, language: Language? = nil,
        also: [Route] = []
    ) -> [[Listener]] {
        let old = sample.registration.tiers[0][0]
        let route = old.routes[0]
        let changed = Route(
            channel: route.channel, url: route.url, password: nil,
            address: address ?? route.address)
        return [
            [
                Listener(
                    name: old.name, language: language ?? old.language,
                    phones: phones ?? old.phones, routes: [changed] + also, sheet: old.sheet)
            ], sample.registration.tiers[1],
        ]
    }

    /// The same plan as another registration says it.
    private func said(
        tiers: [[Listener]]? = nil, alias: String? = nil, phones: [String]? = nil,
        zone: String? = nil, place: String? = nil, owner: Listener? = nil,
        reminders: [Duration]? = nil,
        epoch: UInt32 = 1, texts: PlanTexts = PlanTexts(), isHandedOver: Bool = false
    ) throws -> Registration {
        let old = sample.registration
        var next = Registration(
            plan: old.plan, label: old.label, ticketKey: old.ticketKey, safeKey: old.safeKey,
            duressKey: old.duressKey,
            terms: try LeaseTerms(
                promise: old.terms.promise, grace: old.terms.grace,
                reminders: reminders ?? old.terms.reminders, tiers: old.terms.tiers),
            alias: alias ?? old.alias, zone: zone ?? old.zone, place: place ?? old.place,
            language: old.language, phones: phones ?? old.phones, tiers: tiers ?? old.tiers,
            owner: owner ?? old.owner, isUntested: old.isUntested, epoch: epoch,
            isHandedOver: isHandedOver)
        next.texts = texts
        return next
    }

    private func notices() throws -> [String] {
        var found: [String] = []
        while let shipment = try watcher.claim(now) {
            found.append(
                "\(shipment.message.contact) \(shipment.message.kind) "
                    + "\(shipment.message.address.map { "\($0)" } ?? "-")")
            try watcher.finish(shipment, .delivered, now)
        }
        return found
    }

    @Test("an alarm cannot be sent elsewhere, or in other words, by arming again")
    func rerouted() throws {
        var words = PlanTexts()
        words.set(
            PlanText(
                key: .init(
                    kind: MessageKind.alert.rawValue, tier: nil, length: .mail, language: .spanish),
                subject: "Todo bien", body: "{alias} {code} no hagas nada"))
        let weaker = try [
            said(tiers: laura(address: "x@attacker.example")),
            said(alias: "Otra"), said(phones: ["+1"]), said(zone: "Asia/Tokyo"),
            said(place: "Otra"), said(reminders: []), said(texts: words),
            said(tiers: laura(language: .english)),
        ]
        for (number, registration) in weaker.enumerated() {
            #expect(throws: WatchError.differs, "\(number)") {
                try watcher.register(registration, envelopes: [], now: now)
            }
        }
        #expect(try watcher.plans()[0].registration == sample.registration)
        #expect(try notices().isEmpty)
    }

    @Test(
        "a way behind those that are there is taken, and the first people hear of it by the old one"
    )
    func another() throws {
        let route = Route(
            channel: "spare", url: "smtp://127.0.0.1:2526?from=me@example.org", password: nil,
            address: "laura2@example.org")
        let larger = try said(tiers: laura(also: [route]))
        _ = try watcher.register(larger, envelopes: [], now: now)
        #expect(try watcher.plans()[0].registration == larger)
        #expect(try notices() == ["laura edited laura@example.org"])
        // The same again is nothing new.
        _ = try watcher.register(larger, envelopes: [], now: now + minute)
        #expect(try notices().isEmpty)
    }

    @Test("the notice does not say that the code was typed, and when it was")
    func words() throws {
        _ = try watcher.register(
            said(phones: sample.registration.phones + ["+1"]), envelopes: [], now: now)
        let shipment = try #require(try watcher.claim(now))
        #expect(shipment.message.subject == "AVISO: Ana cambió su plan de reportes")
        #expect(!shipment.message.text.contains("con su código"))
        #expect(!shipment.message.text.contains("with the code"))
        #expect(shipment.message.text.contains("Si no lo esperabas, llámale"))
    }

    @Test(
        "arming again on one's own machine counts no change back; a handed-over plan goes to none older"
    )
    func epochs() throws {
        let next = sample.changed(2)
        let order = sample.order(.update, at: now, enclosure: next.serialized())
        guard case .accepted = try watcher.update(order, next, envelopes: [], now: now) else {
            Issue.record("not accepted")
            return
        }
        _ = try watcher.register(said(), envelopes: [], now: now)
        #expect(try watcher.plans()[0].registration.epoch == 2)
        #expect(throws: WatchError.differs) {
            try watcher.register(said(isHandedOver: true), envelopes: [], now: now)
        }
        _ = try watcher.register(said(epoch: 3, isHandedOver: true), envelopes: [], now: now)
        #expect(try watcher.plans()[0].registration.epoch == 3)
    }

    @Test("one that is only rehearsed is changed freely")
    func draft() throws {
        let watcher = engine()
        try watcher.start(mark(start))
        _ = try watcher.rehearse(sample.registration, now: start)
        let other = try said(tiers: laura(address: "new@example.org"), zone: "Asia/Tokyo")
        _ = try watcher.register(other, envelopes: [], now: now)
        #expect(try watcher.plans()[0].registration == other)
    }

    // MARK: Changes with the code

    private func update(_ next: Registration) throws -> CheckInAnswer.Accepted? {
        let order = sample.order(.update, at: now, enclosure: next.serialized())
        guard
            case .accepted(let accepted) = try watcher.update(order, next, envelopes: [], now: now)
        else { return nil }
        return accepted
    }

    private func told() throws -> [String] {
        let later = now + .seconds(16)
        try watcher.beat(mark(later))
        try watcher.tick(later)
        return try watcher.deliveries(sample.registration.plan).filter { $0.kind == .edited }
            .map(\.contact).sorted()
    }

    @Test("other hours of the same moments, other words: each waits")
    func weakenings() throws {
        var words = PlanTexts()
        words.set(
            PlanText(
                key: .init(
                    kind: MessageKind.alert.rawValue, tier: nil, length: .sms, language: .spanish),
                subject: nil, body: "{alias} {code}"))
        let old = sample.registration
        let changes: [(Registration, Weakening)] = try [
            (said(zone: "Asia/Tokyo"), .otherPlace), (said(place: "Otra"), .otherPlace),
            (said(reminders: []), .otherReminders),
            (said(reminders: old.terms.reminders + [.seconds(60)]), .otherReminders),
            (said(texts: words), .otherTexts),
            (said(tiers: laura(language: .english)), .otherTexts),
        ]
        for (next, why) in changes {
            #expect(old.weakenings(in: next, now: now) == [why])
        }
        #expect(old.weakenings(in: try said(), now: now).isEmpty)
    }

    @Test("a tier that is put before the first waits, and those who were first hear of it")
    func before() throws {
        let sample = try Sample(tiers: [minute, hour], channels: ["mail"])
        let watcher = engine()
        try watcher.start(mark(start))
        _ = try watcher.register(sample.registration, envelopes: [], now: start)
        let stranger = Listener(
            name: "mesa", language: .spanish, phones: [],
            routes: sample.registration.tiers[0][0].routes, sheet: nil)
        let terms = try LeaseTerms(
            promise: sample.registration.terms.promise, grace: sample.registration.terms.grace,
            reminders: sample.registration.terms.reminders, tiers: [.zero, minute, hour])
        let next = sample.changed(
            terms: terms, tiers: [[stranger]] + sample.registration.tiers)
        let order = sample.order(.update, at: now, enclosure: next.serialized())
        guard
            case .accepted(let accepted) = try watcher.update(order, next, envelopes: [], now: now)
        else {
            Issue.record("not accepted")
            return
        }
        #expect(accepted.waits == [.laterTiers])
        let later = now + .seconds(16)
        try watcher.beat(mark(later))
        try watcher.tick(later)
        #expect(
            try watcher.deliveries(sample.registration.plan).filter { $0.kind == .edited }
                .map(\.contact) == ["laura"])
    }

    @Test("whoever comes into the first tier at once hears of it beside those who are there")
    func union() throws {
        let next = sample.changed(tiers: [
            sample.registration.tiers[0] + sample.registration.tiers[1],
            sample.registration.tiers[1],
        ])
        #expect(try update(next)?.waits == [])
        #expect(try told() == ["abogado", "laura"])
    }
}
