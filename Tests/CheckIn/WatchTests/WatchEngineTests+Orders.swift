import CheckIn
import Dispatch
import Encoding
import Platform
import Secrets
import TestSupport
import Testing
import Watch

// Orders and what contacts answer.
extension WatchEngineTests {
    private func update(
        _ engine: WatchEngine, _ sample: Sample, _ next: Registration, _ now: Instant
    )
        throws -> CheckInAnswer.Accepted
    {
        let order = sample.order(.update, at: now, enclosure: next.serialized())
        let answer = try engine.update(order, next, envelopes: [], now: now)
        guard case .accepted(let accepted) = answer else {
            Issue.record("\(answer)")
            return .init(next: nil, isStillOwed: false, allClear: [])
        }
        return accepted
    }

    private func subjects(_ engine: WatchEngine, _ now: Instant) throws -> [String] {
        var found: [String] = []
        while let shipment = try engine.claim(now) {
            found.append("\(shipment.message.contact): \(shipment.message.subject)")
            try engine.finish(shipment, .delivered, now)
        }
        return found
    }

    @Test("pausing, resuming and ending work at once and are told to tier 1")
    func orders() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        var now = start + hour
        _ = try engine.obey(sample.order(.pause, at: now, seconds: 7_200), now: now)
        #expect(try engine.plans()[0].state.name == "paused")
        let summary = try engine.summary(engine.plans()[0])
        #expect(summary.until == now + hour * 2)
        now = try read(engine, after: now)
        #expect(
            try subjects(engine, now) == ["laura: AVISO: Ana puso en pausa su plan de reportes"])
        _ = try engine.obey(sample.order(.resume, at: now), now: now)
        #expect(try engine.plans()[0].state.lease?.deadline == now + hour * 6)
        now = try read(engine, after: now)
        #expect(try subjects(engine, now) == ["laura: AVISO: Ana reanudó su plan de reportes"])
        // A second pause in its own epoch is told as well.
        _ = try engine.obey(sample.order(.pause, at: now, seconds: 600), now: now)
        now = try read(engine, after: now)
        #expect(try subjects(engine, now).count == 1)
        // Over by itself, the promise begins anew.
        try pass(engine, until: now + hour)
        #expect(try engine.plans()[0].state.name == "armed")
    }

    @Test("what makes a plan stricter counts at once")
    func strengthening() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        let now = start + hour
        let terms = try LeaseTerms(
            promise: .interval(hour * 2, end: nil), grace: minute * 20,
            reminders: LeaseTerms.usualReminders(grace: minute * 20),
            tiers: [.zero, hour])
        let accepted = try update(engine, sample, sample.changed(terms: terms), now)
        #expect(accepted.waits.isEmpty && accepted.next == now + hour * 2)
        #expect(try engine.plans()[0].registration.epoch == 2)
        let later = try read(engine, after: now)
        #expect(try subjects(engine, later) == ["laura: AVISO: Ana cambió su plan de reportes"])
        // The same change again, or one made before it, is refused and changes nothing.
        let stale = sample.changed(2, terms: terms)
        #expect(throws: WatchError.epoch(2)) {
            try engine.update(
                sample.order(.update, at: later, enclosure: stale.serialized()), stale,
                envelopes: [], now: later)
        }
        // An order for one change brings no other.
        let other = sample.changed(3, alias: "X")
        #expect(
            try engine.update(
                sample.order(.update, at: later, enclosure: stale.serialized()), other,
                envelopes: [], now: later) == .notOurs)
    }

    @Test("what weakens a plan waits for a met deadline and for two hours, whichever comes last")
    func weakening() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        let loose = try LeaseTerms(
            promise: .interval(hour * 12, end: nil), grace: hour,
            reminders: LeaseTerms.usualReminders(grace: hour),
            tiers: [hour])
        let next = sample.changed(
            terms: loose, tiers: [[sample.registration.tiers[0][0]]])
        let asked = start + hour
        let accepted = try update(engine, sample, next, asked)
        #expect(accepted.waits == [.rhythm, .grace, .laterTiers, .fewerContacts])
        #expect(accepted.waitsUntil == asked + hour * 2)
        #expect(accepted.next == asked + hour * 6, "typing the code was a sign of life")
        // Without a further check-in nothing changes, however long it takes.
        try pass(engine, until: asked + hour * 3)
        #expect(try engine.plans()[0].registration.epoch == 1)
        let met = asked + hour * 3
        _ = try engine.checkIn(sample.token(at: met).bytes, now: met)
        try pass(engine, until: met + .seconds(16))
        let row = try engine.plans()[0]
        #expect(row.registration.epoch == 2 && row.amendment == nil)
        #expect(row.state.lease?.deadline == met + hour * 12)
        #expect(engine.takeNews().contains(.amended(sample.registration.label)))
    }

    @Test("a change that was met early still waits its two hours")
    func weakeningEarly() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        let asked = start + hour
        _ = try update(engine, sample, sample.changed(alias: "Otra"), asked)
        let met = asked + minute
        _ = try engine.checkIn(sample.token(at: met).bytes, now: met)
        try pass(engine, until: asked + hour * 2 - minute)
        #expect(try engine.plans()[0].registration.alias == "Ana")
        #expect(try engine.summary(engine.plans()[0]).isChangeMet)
        try pass(engine, until: asked + hour * 2)
        #expect(try engine.plans()[0].registration.alias == "Otra")
    }

    @Test("a change that waits does not weaken an alarm that comes first")
    func weakeningAndSilence() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        let asked = start + hour
        let next = sample.changed(
            tiers: [[sample.registration.tiers[1][0]], [sample.registration.tiers[0][0]]])
        _ = try update(engine, sample, next, asked)
        let silence = asked + hour * 6 + minute * 30
        try pass(engine, until: silence)
        #expect(
            try subjects(engine, silence).contains("laura: ALERTA: Ana no se ha reportado"))
        #expect(try engine.plans()[0].registration.epoch == 1)
    }

    @Test("robbed, codes lost: two contacts hold, a third hears nothing, and it is no all-clear")
    func robbed() throws {
        let sample = try Sample(
            contacts: [["laura", "mesa"], ["abogado"]], channels: ["mail"])
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        var codes: [String: String] = [:]
        while let shipment = try engine.claim(alarm) {
            codes[shipment.message.contact] = DeliveryID(shipment.message.id)?.code
            try engine.finish(shipment, .delivered, alarm)
        }
        let laura = try #require(codes["laura"])
        let mesa = try #require(codes["mesa"])
        #expect(try engine.hold(code: "ZZZZ", plan: nil, now: alarm) == .unknownCode)
        // One person alone, however often, holds nothing.
        for seconds in [60, 120] {
            let answer = try engine.hold(
                code: laura.lowercased(), plan: nil, now: alarm + .seconds(Int64(seconds)))
            guard case .noted(let noted) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(noted.spoken == ["laura"] && noted.heldUntil == nil)
        }
        let now = alarm + minute * 5
        let answer = try engine.hold(code: mesa, plan: nil, now: now)
        guard case .noted(let noted) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(noted.heldUntil == now + hour * 24)
        let told = try subjects(engine, now)
        #expect(
            told.sorted() == [
                "laura: AVISO: dos contactos ya hablaron con Ana",
                "mesa: AVISO: dos contactos ya hablaron con Ana",
            ])
        try pass(engine, until: now + hour * 23)
        #expect(try engine.claim(now + hour * 23) == nil)
        // Again, by both: a day more.
        let renewal = now + hour * 23
        _ = try engine.hold(code: laura, plan: nil, now: renewal)
        #expect(try engine.summary(engine.plans()[0]).until == now + hour * 24)
        _ = try engine.hold(code: mesa, plan: nil, now: renewal + minute)
        #expect(try engine.summary(engine.plans()[0]).until == renewal + minute + hour * 24)
        // Nobody says it a third time: those who are left hear.
        var last = renewal
        while last < renewal + hour * 28 {
            last = last + hour
            try pass(engine, until: last)
        }
        #expect(try subjects(engine, last).contains { $0.hasPrefix("abogado: ALERTA") })
        #expect(try engine.deliveries(sample.registration.plan).allSatisfy { $0.kind != .allClear })
        #expect(try AuditEntry.firstBreak(in: engine.audit()) == nil)
    }

    @Test("whoever is on it puts the next tier off once, and never cancels")
    func acknowledging() throws {
        let sample = try Sample(tiers: [.zero, minute * 30], channels: ["mail"])
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        let shipment = try #require(try engine.claim(alarm))
        let code = try #require(DeliveryID(shipment.message.id)?.code)
        try engine.finish(shipment, .delivered, alarm)
        let now = alarm + minute * 10
        for _ in 0..<3 {
            let answer = try engine.acknowledge(code: code, plan: nil, now: now)
            guard case .noted(let noted) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(noted.next == now + hour)
        }
        #expect(try engine.summary(engine.plans()[0]).acknowledged == ["laura"])
        let later = try engine.acknowledge(code: code, plan: nil, now: now + minute * 50)
        guard case .noted(let noted) = later else {
            Issue.record("\(later)")
            return
        }
        #expect(noted.next == now + hour, "one person, one hour")
        try pass(engine, until: now + hour)
        #expect(try subjects(engine, now + hour) == ["abogado: ALERTA: Ana no se ha reportado"])
    }

    @Test("a drill goes to everybody, counts who answers, once a day, and touches nothing")
    func drill() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = engine()
        try engine.start(mark(start))
        let first = try engine.rehearse(sample.registration, now: start)
        #expect(first.people.map(\.name) == ["laura", "abogado"])
        // Known, and not watched.
        #expect(try engine.nextWake() == start)
        #expect(try engine.checkIn(sample.token(at: start).bytes, now: start) == .unknownPlan)
        var codes: [String] = []
        while let shipment = try engine.claim(start) {
            #expect(shipment.message.subject.hasPrefix("SIMULACRO"))
            codes.append(DeliveryID(shipment.message.id)?.code ?? "-")
            try engine.finish(shipment, .delivered, start)
        }
        #expect(codes.count == 2)
        guard
            case .noted(let noted) = try engine.acknowledge(
                code: codes[0], plan: nil, now: start + minute)
        else {
            Issue.record("not noted")
            return
        }
        #expect(noted.isDrill && noted.contact == "laura")
        #expect(try engine.hold(code: codes[0], plan: nil, now: start + minute) == .onlyDrill)
        let plan = sample.registration.plan
        let report = try #require(try engine.drillReport(plan))
        #expect(report.people[0].acknowledged == start + minute)
        #expect(report.people.allSatisfy { $0.channels == ["mail"] })
        #expect(report.unanswered(of: ["laura", "abogado"]) == ["abogado"])
        #expect(throws: WatchError.tooSoon(start + hour * 24)) {
            try engine.rehearse(sample.registration, now: start + hour * 23)
        }
        // Then it is armed, and rehearsed while it is watched.
        let armedAt = start + hour * 25
        _ = try engine.register(
            sample.registration, envelopes: sample.envelopes, now: armedAt)
        let state = try engine.plans()[0].state
        _ = try engine.rehearse(sample.registration, now: armedAt + minute)
        #expect(try engine.plans()[0].state == state)
        #expect(try subjects(engine, armedAt + minute).count == 2)
        #expect(try engine.deliveries(plan).allSatisfy { $0.kind == .drill })
        // A rehearsal that nothing follows is forgotten.
        let other = try Sample(seed: 5, label: "nada")
        _ = try engine.rehearse(other.registration, now: armedAt)
        try engine.start(mark(armedAt + hour * 24 * 31))
        #expect(try engine.plans().map(\.id) == [plan])
    }

    @Test("a card's codes count once, with the remembered ending, and an older card not at all")
    func card() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
        let card = PaperCard(random: SeededRandom(seed: 12))
        func order(_ card: PaperCard, _ now: Instant) throws -> CheckInAnswer {
            let enclosure = card.enclosure()
            let entries = try #require(PaperCard.entries(of: enclosure))
            let rows = entries.map {
                PaperCodeRow(
                    hash: keys.paperHash(sample.registration.plan, $0.code), number: $0.number,
                    kind: $0.kind)
            }
            return try engine.renewCard(
                sample.order(.card, at: now, enclosure: enclosure), enclosure: enclosure,
                codes: rows, now: now)
        }
        func typed(_ card: PaperCard, _ number: Int, _ ending: SharedSecret) throws -> [UInt8] {
            var text: [UInt8] = []
            for secret in [card.codes[number - 1], ending] {
                secret.bytes.withBytes { span in
                    for index in span.indices { text.append(span[index]) }
                }
            }
            let read = PaperCode(reading: text.span)
            let code = try #require(read)
            return keys.paperHash(sample.registration.plan, code)
        }
        var now = start + hour
        guard case .accepted = try order(card, now) else {
            Issue.record("no card")
            return
        }
        now = now + hour
        let plan = sample.registration.plan
        let wrong = try typed(card, 1, PaperCard(random: SeededRandom(seed: 13)).safeEnding)
        #expect(try engine.checkIn(onPaper: wrong, plan: plan, now: now) == .wrongCode(count: 1))
        let hash = try typed(card, 1, card.safeEnding)
        #expect(
            try engine.checkIn(onPaper: hash, plan: plan, now: now)
                == .accepted(.init(next: now + hour * 6, isStillOwed: false, allClear: [])))
        #expect(
            try engine.checkIn(onPaper: hash, plan: plan, now: now + minute) == .used(at: now))
        // Its other ending is spent with it.
        #expect(
            try engine.checkIn(
                onPaper: typed(card, 1, card.duressEnding), plan: plan, now: now + minute)
                == .used(at: now))
        // Tokens go on with greater counters.
        now = now + minute * 2
        guard case .accepted = try engine.checkIn(sample.token(at: now).bytes, now: now) else {
            Issue.record("not accepted")
            return
        }
        let summary = try engine.summary(engine.plans()[0])
        #expect(summary.paperCodes == 20 && summary.usedCodes.map(\.number) == [1])
        _ = try order(PaperCard(random: SeededRandom(seed: 14)), now + minute)
        #expect(
            try engine.checkIn(
                onPaper: typed(card, 2, card.safeEnding), plan: plan, now: now + minute)
                == .wrongCode(count: 1))
    }

    @Test("a reader follows the log from head to head; an altered or cut log is noticed")
    func log() throws {
        let sample = try Sample(channels: ["mail"])
        let other = try Sample(seed: 4, label: "otro")
        let engine = try armed(sample)
        _ = try engine.register(other.registration, envelopes: [], now: start)
        let plan = sample.registration.plan
        let first = try engine.log(after: 0, plan: plan)
        let head = try #require(AuditHead.start.followed(by: first))
        try pass(engine, until: alarm)
        let more = try engine.log(after: head.number, plan: plan)
        let next = try #require(head.followed(by: more))
        #expect(next.number == UInt64(first.count + more.count))
        #expect(next.hash == (try engine.audit()).last?.hash)
        // What is another plan's comes as a hash alone.
        #expect(more.contains { $0.fields == nil } && more.contains { $0.fields != nil })
        #expect((first + more).compactMap(\.entry).allSatisfy { $0.plan == nil || $0.plan == plan })
        #expect(head.followed(by: Array(more.dropFirst())) == nil, "cut")
        let said = try #require(first[1].entry)
        let lie = AuditEntry(
            number: said.number, at: said.at, fields: FieldList([Field(1, [9])]),
            hash: said.hash)
        let altered = [first[0], AuditLink(lie, isShown: true), first[2]]
        #expect(AuditHead.start.followed(by: altered) == nil, "altered")
        let stranger = try log(of: sample)
        #expect(AuditHead.start.followed(by: stranger) != nil)
        #expect(
            stranger.count > first.count
                && AuditHead.start.followed(by: Array(stranger.prefix(first.count))) != head,
            "begun anew")
        #expect(head.followed(by: Array(stranger.dropFirst(first.count))) == nil, "another one's")
        // Every message carries the head.
        let shipment = try #require(try engine.claim(alarm))
        let entry = try #require(
            try engine.audit().last { shipment.message.text.contains($0.short) })
        #expect(shipment.message.text.contains("Registro del vigilante: \(entry.number) "))
    }

    /// The log of another watcher of the same plan.
    private func log(of sample: Sample) throws -> [AuditLink] {
        let engine = engine()
        try engine.start(mark(start + .seconds(1)))
        _ = try engine.register(sample.registration, envelopes: [], now: start + .seconds(1))
        for minutes in 1...8 {
            let now = alarm + minute * minutes
            try pass(engine, until: now)
            while let shipment = try engine.claim(now) {
                try engine.finish(shipment, .delivered, now)
            }
        }
        return try engine.log(after: 0, plan: nil)
    }
}
