import CheckIn
import Platform
import Secrets
import TestSupport
import Testing
import Watch
import Wording

@Suite("a plan of somebody else, and letting go of it")
struct ReleaseTests {
    let sample: Sample
    let watcher = engine()

    init() throws {
        sample = try Sample(channels: ["mail"], owner: true)
        try watcher.start(mark(start))
        _ = try watcher.register(sample.handedOver, envelopes: sample.envelopes, now: start)
    }

    private func pass(until now: Instant) throws {
        try watcher.beat(mark(now))
        try watcher.tick(now)
    }

    private func sent(_ now: Instant) throws -> [(contact: String, subject: String)] {
        var found: [(String, String)] = []
        while let shipment = try watcher.claim(now) {
            found.append((shipment.message.contact, shipment.message.subject))
            try watcher.finish(shipment, .delivered, now)
        }
        return found
    }

    @Test("the ticket lets go of it, nothing stays and nobody is told")
    func released() throws {
        let plan = sample.registration.plan
        #expect(
            try watcher.release(plan, signature: sample.release(), now: start + hour) == .ended)
        #expect(try watcher.plans().isEmpty)
        try pass(until: start + hour * 20)
        #expect(try sent(start + hour * 20).isEmpty)
        #expect(
            try watcher.release(plan, signature: sample.release(), now: start + hour)
                == .unknownPlan)
    }

    @Test("nobody else lets go of it, and of one's own plan not even the ticket")
    func refused() throws {
        let plan = sample.registration.plan
        let stranger = SharedSecret(SeededRandom(seed: 7).secret(count: 32))
        #expect(
            try watcher.release(plan, signature: sample.release(by: stranger), now: start)
                == .notOurs)
        #expect(try watcher.release(plan, signature: [], now: start) == .notOurs)
        #expect(try watcher.plans().count == 1)
        let own = engine()
        try own.start(mark(start))
        _ = try own.register(sample.registration, envelopes: sample.envelopes, now: start)
        #expect(try own.release(plan, signature: sample.release(), now: start) == .notOurs)
        #expect(try own.plans().count == 1)
    }

    @Test("while a check-in is missing it is kept")
    func alarming() throws {
        let plan = sample.registration.plan
        for now in [start + hour * 6 + minute, start + hour * 7] {
            try pass(until: now)
            #expect(throws: WatchError.alarming) {
                try watcher.release(plan, signature: sample.release(), now: now)
            }
        }
        #expect(try sent(start + hour * 7).contains { $0.contact == "laura" })
        #expect(try watcher.plans().count == 1)
    }

    @Test(
        "an alarm that the screen does not show goes on; the answer and the screen are the same",
        arguments: [true, false])
    func duress(isRead: Bool) throws {
        var now = start + hour
        let plan = sample.registration.plan
        _ = try watcher.checkIn(sample.duressToken(at: now).bytes, now: now)
        // Also when the code has not been looked at yet.
        if isRead {
            now = now + .seconds(16)
            try pass(until: now)
        }
        #expect(try watcher.release(plan, signature: sample.release(), now: now) == .ended)
        let shown = try watcher.plans().filter(\.isWatched)
        #expect(shown.isEmpty)
        try pass(until: now + minute)
        let first = try sent(now + minute)
        #expect(first.map(\.contact) == ["laura"])
        #expect(first.allSatisfy { $0.subject.contains("bajo amenaza") })
        try pass(until: now + hour * 3)
        #expect(try sent(now + hour * 3).map(\.contact) == ["abogado"])
    }

    @Test("its watcher is reminded of a call, in no words that were written for somebody else")
    func reminder() throws {
        var own = sample.handedOver
        let key = PlanText.Key(
            kind: MessageKind.reminder.rawValue, tier: nil, length: .mail, language: .spanish)
        own.texts.set(
            PlanText(key: key, subject: "Acuérdate del {plan}", body: "Toma tu pastilla. {plan}"))
        let watcher = engine()
        try watcher.start(mark(start))
        _ = try watcher.register(own, envelopes: sample.envelopes, now: start)
        let due = start + hour * 6
        try watcher.beat(mark(due))
        try watcher.tick(due)
        let message = try #require(try watcher.claim(due)).message
        #expect(message.contact == "me")
        #expect(message.subject.hasPrefix("Te deben una llamada: xalapa"))
        #expect(message.text.contains("Ana prometió reportarse antes de las"))
        #expect(message.text.contains("amparo watch checkin xalapa"))
        #expect(!message.text.contains("pastilla") && !message.text.contains("amparo ok"))
        #expect(!message.push.contains("Ana") && !message.push.contains("pastilla"))
        #expect(message.push.contains("amparo watch checkin xalapa"))
        // The journalist's own words reach the people whom they were written for.
        #expect(own.texts.forOthers.isEmpty)
    }

    @Test("other texts wait as whatever weakens a plan, and register nothing without an order")
    func texts() throws {
        let watcher = engine()
        try watcher.start(mark(start))
        _ = try watcher.register(sample.registration, envelopes: sample.envelopes, now: start)
        var next = sample.changed()
        next.texts.set(
            PlanText(
                key: PlanText.Key(
                    kind: MessageKind.alert.rawValue, tier: nil, length: .sms, language: .spanish),
                subject: nil, body: "{alias} duerme ({code})"))
        #expect(throws: WatchError.differs) {
            try watcher.register(next, envelopes: sample.envelopes, now: start + minute)
        }
        let now = start + hour
        guard
            case .accepted(let accepted) = try watcher.update(
                sample.order(.update, at: now, enclosure: next.serialized()), next, envelopes: [],
                now: now)
        else {
            Issue.record("not accepted")
            return
        }
        #expect(accepted.waits == [.otherTexts])
        #expect(try watcher.plans()[0].registration.texts.isEmpty)
        // The same texts in another order are the same.
        var one = PlanTexts()
        var other = PlanTexts()
        let texts = [Language.spanish, .english].map { language in
            PlanText(
                key: PlanText.Key(kind: 3, tier: nil, length: .sms, language: language),
                subject: nil, body: "{alias} {code}")
        }
        texts.forEach { one.set($0) }
        texts.reversed().forEach { other.set($0) }
        #expect(one.says(sameAs: other) && !one.says(sameAs: PlanTexts()))
    }
}
