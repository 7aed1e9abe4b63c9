import CheckIn
import Dispatch
import Encoding
import Platform
import Primitives
import Secrets
import TestSupport
import Testing
import Watch

@Suite("the watcher's engine")
struct WatchEngineTests {
    /// Silence until `start + 7 h`: the alarm of a 6 h promise with half an hour of grace.
    let alarm = start + hour * 6 + minute * 30

    func armed(_ sample: Sample, on store: any WatchStore = MemoryWatchStore()) throws
        -> WatchEngine
    {
        let engine = engine(store)
        try engine.start(mark(start))
        _ = try engine.register(sample.registration, envelopes: sample.envelopes, now: start)
        return engine
    }

    /// The machine was awake all the time.
    func pass(_ engine: WatchEngine, until now: Instant) throws {
        try engine.beat(mark(now))
        try engine.tick(now)
    }

    /// The next fixed look at what came in has been.
    func read(_ engine: WatchEngine, after now: Instant) throws -> Instant {
        let later = now + .seconds(16)
        try pass(engine, until: later)
        return later
    }

    @Test("an alert is in the outbox, on every channel, before anything is sent")
    func outbox() throws {
        let sample = try Sample()
        let engine = try armed(sample)
        try pass(engine, until: alarm - .milliseconds(1))
        #expect(try engine.deliveries(sample.registration.plan).isEmpty)
        try pass(engine, until: alarm)
        let rows = try engine.deliveries(sample.registration.plan)
        #expect(rows.map(\.contact) == ["laura", "laura"])
        #expect(rows.map(\.state) == [.pending, .standby])
        #expect(rows.allSatisfy { $0.attempts == 0 })
        try pass(engine, until: alarm + hour * 2)
        #expect(
            try engine.deliveries(sample.registration.plan).map(\.contact)
                == ["laura", "laura", "abogado", "abogado"])
        // Ticking again adds nothing.
        try pass(engine, until: alarm + hour * 3)
        #expect(try engine.deliveries(sample.registration.plan).count == 4)
    }

    @Test("a crash while sending repeats the message, labelled and under the same id")
    func crash() throws {
        let sample = try Sample()
        let store = MemoryWatchStore()
        let first = try armed(sample, on: store)
        try pass(first, until: alarm)
        let lost = try #require(try first.claim(alarm))
        #expect(try first.claim(alarm) == nil, "a claimed message is nobody else's")
        #expect(!lost.message.text.contains("Repetición"))
        // The process is gone; nothing was recorded.
        let second = engine(store)
        try second.start(mark(alarm + .seconds(1)))
        let again = try #require(try second.claim(alarm + .seconds(1)))
        #expect(again.message.id == lost.message.id)
        let code = DeliveryID(again.message.id)?.code ?? "-"
        #expect(again.message.text.hasPrefix("(Repetición de \(code)"))
        // The first process was only slow: what it says now changes nothing.
        try second.finish(lost, .refused(DeliveryReason(.reply, "550")), alarm + .seconds(2))
        #expect(try second.deliveries(sample.registration.plan)[0].failures == 0)
        try second.finish(again, .delivered, alarm + .seconds(3))
        #expect(
            try second.deliveries(sample.registration.plan).map(\.state)
                == [.delivered, .cancelled])
        #expect(try second.claim(alarm + hour) == nil)
    }

    @Test("failures are retried after 5, 15, 45 s, 2 and 5 min, and then for ever")
    func retries() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        var now = alarm
        var waits: [Duration] = []
        for _ in 0..<1_000 {
            let shipment = try #require(try engine.claim(now))
            try engine.finish(shipment, .tryAgain(DeliveryReason(.connection)), now)
            let due = try engine.deliveries(sample.registration.plan)[0].due
            waits.append(due - now)
            now = due
        }
        #expect(
            waits.prefix(5) == [.seconds(5), .seconds(15), .seconds(45), minute * 2, minute * 5])
        #expect(waits.dropFirst(5).allSatisfy { (.seconds(270)...(.seconds(331))).contains($0) })
        #expect(now - alarm > hour * 72)
        // The server is back: nothing was given up.
        let shipment = try #require(try engine.claim(now))
        try engine.finish(shipment, .delivered, now)
        #expect(try engine.deliveries(sample.registration.plan)[0].state == .delivered)
    }

    @Test("after two failures the next channel starts beside the first")
    func secondChannel() throws {
        let sample = try Sample()
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        var now = alarm
        for failures in 1...2 {
            let shipment = try #require(try engine.claim(now))
            #expect(shipment.channel.name == "mail")
            try engine.finish(shipment, .tryAgain(DeliveryReason(.connection)), now)
            let states = try engine.deliveries(sample.registration.plan).map(\.state)
            #expect(states == [.pending, failures == 1 ? .standby : .pending])
            now = try engine.deliveries(sample.registration.plan)[0].due
        }
        let other = try #require(try engine.claim(now - .seconds(10)))
        #expect(other.channel.name == "spare")
        try engine.finish(other, .delivered, now)
        #expect(
            try engine.deliveries(sample.registration.plan).map(\.state)
                == [.cancelled, .delivered])
    }

    @Test("a permanent error tells the next tier at once, and the journalist; nobody is given up")
    func refusal() throws {
        let sample = try Sample(channels: ["folder"], owner: true)
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        var sent: [String] = []
        while let shipment = try engine.claim(alarm) {
            sent.append(shipment.message.contact)
            let result: DeliveryResult =
                shipment.message.contact == "laura"
                ? .refused(DeliveryReason(.reply, "550 no such user")) : .delivered
            try engine.finish(shipment, result, alarm)
        }
        #expect(sent.contains("abogado"), "told two hours early")
        #expect(sent.filter { $0 == "me" }.count >= 1)
        let laura = try #require(
            try engine.deliveries(sample.registration.plan).first { $0.contact == "laura" })
        #expect(laura.state == .pending && laura.isRefused)
        let later = try #require(try engine.claim(alarm + .seconds(5)))
        #expect(later.message.contact == "laura")
    }

    @Test("with another channel left, a permanent error tries that one first")
    func refusalWithChannel() throws {
        let sample = try Sample()
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        let mail = try #require(try engine.claim(alarm))
        try engine.finish(mail, .refused(DeliveryReason(.reply, "550")), alarm)
        let spare = try #require(try engine.claim(alarm))
        #expect(spare.message.contact == "laura" && spare.channel.name == "spare")
        #expect(try engine.claim(alarm) == nil)
        try engine.finish(spare, .refused(DeliveryReason(.login)), alarm)
        #expect(try engine.claim(alarm)?.message.contact == "abogado")
    }

    @Test("a folder on this machine gets a copy at once, and tells nobody")
    func folderIsACopy() throws {
        let sample = try Sample(channels: ["folder", "mail", "spare"])
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        let plan = sample.registration.plan
        func states() throws -> [DeliveryRow.State] { try engine.deliveries(plan).map(\.state) }
        func summary() throws -> PlanSummary {
            PlanSummary(try engine.plans()[0], deliveries: try engine.deliveries(plan))
        }
        #expect(try states() == [.pending, .pending, .standby])
        for _ in 0..<2 {
            let shipment = try #require(try engine.claim(alarm))
            try engine.finish(
                shipment,
                shipment.channel.name == "folder"
                    ? .delivered : .tryAgain(DeliveryReason(.connection)), alarm)
        }
        #expect(try states() == [.delivered, .pending, .standby])
        #expect(try summary().told == [])
        #expect(try summary().waiting == ["laura"])
        let now = try engine.deliveries(plan)[1].due
        let again = try #require(try engine.claim(now))
        try engine.finish(again, .tryAgain(DeliveryReason(.connection)), now)
        let other = try #require(try engine.claim(now))
        #expect(other.channel.name == "spare")
        try engine.finish(other, .delivered, now)
        #expect(try states() == [.delivered, .cancelled, .delivered])
        #expect(try summary().told == ["laura"])
    }

    @Test("the next tier does not wait because a copy lies in a folder")
    func copyIsNoAnswer() throws {
        let sample = try Sample(channels: ["folder", "mail"])
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        var told: Set<String> = []
        while let shipment = try engine.claim(alarm) {
            told.insert(shipment.message.contact)
            try engine.finish(
                shipment,
                shipment.channel.name == "folder"
                    ? .delivered : .refused(DeliveryReason(.reply, "550")), alarm)
        }
        #expect(told == ["laura", "abogado"])
    }

    @Test("a check-in tells those who were told, on the same channels, and withdraws the rest")
    func allClear() throws {
        let sample = try Sample(contacts: [["laura", "mesa"], ["abogado"]])
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        let first = try #require(try engine.claim(alarm))
        try engine.finish(first, .delivered, alarm)
        let now = alarm + minute
        guard
            case .accepted(let accepted) = try engine.checkIn(sample.token(at: now).bytes, now: now)
        else {
            Issue.record("not accepted")
            return
        }
        #expect(accepted.allClear == [first.message.contact])
        #expect(accepted.next == now + hour * 6)
        #expect(try engine.claim(now) == nil, "nothing is said before the look")
        let later = try read(engine, after: now)
        let clear = try #require(try engine.claim(later))
        #expect(clear.message.contact == first.message.contact)
        #expect(clear.channel.name == first.channel.name)
        #expect(clear.message.subject == "AVISO: Ana ya se reportó")
        let code = DeliveryID(first.message.id)?.code ?? "-"
        #expect(clear.message.text.contains("La alerta \(code) queda sin efecto"))
        try engine.finish(clear, .delivered, later)
        #expect(try engine.claim(now + hour) == nil)
    }

    @Test("an all-clear waits for an alert that is still on its way")
    func allClearWaits() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        let slow = try #require(try engine.claim(alarm))
        let now = alarm + .seconds(10)
        _ = try engine.checkIn(sample.token(at: now).bytes, now: now)
        #expect(try engine.claim(read(engine, after: now)) == nil)
        try engine.finish(slow, .tryAgain(DeliveryReason(.timeLimit)), now + .seconds(20))
        let clear = try #require(try engine.claim(now + .seconds(20)))
        #expect(clear.message.subject.hasPrefix("AVISO"))
        // Without any word from the courier, the claim's lease is the limit.
        #expect(
            try engine.deliveries(sample.registration.plan).filter { $0.kind == .alert }
                .allSatisfy { $0.state == .cancelled })
    }

    @Test("a new alarm withdraws an all-clear that was not delivered")
    func staleAllClear() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        let alert = try #require(try engine.claim(alarm))
        try engine.finish(alert, .delivered, alarm)
        _ = try engine.checkIn(sample.token(at: alarm).bytes, now: alarm)
        _ = try read(engine, after: alarm)
        let second = alarm + hour * 6 + minute * 30
        try pass(engine, until: second)
        let rows = try engine.deliveries(sample.registration.plan)
        #expect(rows.first { $0.kind == .allClear }?.state == .cancelled)
        let next = try #require(try engine.claim(second))
        #expect(next.message.subject.hasPrefix("ALERTA"))
        #expect(next.message.id != alert.message.id)
    }

    @Test("tokens: forged, wrong, repeated, old, early and late ones get their answers")
    func intake() throws {
        let sample = try Sample()
        let stranger = try Sample(seed: 2)
        let engine = try armed(sample)
        let now = start + hour
        let token = sample.token(at: now)
        #expect(try engine.checkIn([1, 2, 3], now: now) == .notOurs)
        #expect(try engine.checkIn(stranger.token(at: now).bytes, now: now) == .unknownPlan)
        let noTicket = Token(
            plan: sample.registration.plan, counter: 1, issued: now,
            codeSeed: sample.codeSeed.bytes, ticketSeed: stranger.ticketSeed.bytes)
        #expect(try engine.checkIn(noTicket.bytes, now: now) == .notOurs)
        let noCode = Token(
            plan: sample.registration.plan, counter: 1, issued: now,
            codeSeed: stranger.codeSeed.bytes, ticketSeed: sample.ticketSeed.bytes)
        #expect(try engine.checkIn(noCode.bytes, now: now) == .wrongCode(count: 1))
        #expect(try engine.checkIn(noCode.bytes, now: now) == .wrongCode(count: 1), "a repeat")
        let another = Token(
            plan: sample.registration.plan, counter: 2, issued: now,
            codeSeed: stranger.codeSeed.bytes, ticketSeed: sample.ticketSeed.bytes)
        #expect(try engine.checkIn(another.bytes, now: now) == .wrongCode(count: 2))

        let answer = try engine.checkIn(token.bytes, now: now)
        #expect(try engine.checkIn(token.bytes, now: now + hour) == answer)
        #expect(try engine.plans()[0].state.lease?.deadline == now + hour * 6)
        #expect(
            try engine.checkIn(sample.token(5, at: now).bytes, now: now)
                == .behind(last: token.counter))
        let future = sample.token(at: now + minute * 6)
        #expect(try engine.checkIn(future.bytes, now: now) == .future)
        let soon = sample.token(at: now + minute * 4)
        guard case .accepted(let accepted) = try engine.checkIn(soon.bytes, now: now + minute)
        else {
            Issue.record("not accepted")
            return
        }
        #expect(accepted.next == now + minute + hour * 6, "it counts from its arrival")
        #expect(try engine.checkIn(noCode.bytes, now: now) == .wrongCode(count: 1))
    }

    @Test("five wrong codes are told to tier 1, once; the right one is accepted all the same")
    func guessing() throws {
        let sample = try Sample(channels: ["mail"])
        let stranger = try Sample(seed: 2)
        let engine = try armed(sample)
        for count in 1...8 {
            let wrong = Token(
                plan: sample.registration.plan, counter: UInt64(count), issued: start,
                codeSeed: stranger.codeSeed.bytes, ticketSeed: sample.ticketSeed.bytes)
            #expect(
                try engine.checkIn(wrong.bytes, now: start) == .wrongCode(count: UInt32(count)))
        }
        let notice = try #require(try engine.claim(start))
        #expect(notice.message.contact == "laura")
        #expect(notice.message.subject == "AVISO: alguien está probando códigos de Ana")
        #expect(try engine.claim(start) == nil)
        guard case .accepted = try engine.checkIn(sample.token(at: start).bytes, now: start) else {
            Issue.record("not accepted")
            return
        }
    }

    @Test("an order ends the plan; what comes after is told so")
    func ending() throws {
        let sample = try Sample(channels: ["mail"])
        let engine = try armed(sample)
        let now = start + hour
        let order = SignedOrder(
            .end, plan: sample.registration.plan, counter: 9, issued: now,
            codeSeed: sample.codeSeed.bytes, ticketSeed: sample.ticketSeed.bytes)
        #expect(
            try engine.obey(order.bytes, now: now)
                == .accepted(.init(next: nil, isStillOwed: false, allClear: [])))
        #expect(try engine.checkIn(sample.token(at: now).bytes, now: now) == .ended)
        #expect(throws: WatchError.ended) {
            try engine.register(sample.registration, envelopes: [], now: now)
        }
        let notice = try #require(try engine.claim(read(engine, after: now)))
        #expect(notice.message.contact == "laura")
        #expect(notice.message.subject == "AVISO: Ana terminó su plan de reportes")
        try pass(engine, until: alarm + hour * 90)
        #expect(try engine.deliveries(sample.registration.plan).count == 1)
        // A month later nothing is left of it but the audit.
        try engine.start(mark(now + hour * 24 * 31))
        #expect(try engine.plans().isEmpty)
        #expect(try AuditEntry.firstBreak(in: engine.audit()) == nil)
    }

    @Test("the last check-in fulfils the plan")
    func fulfilled() throws {
        let sample = try Sample(promise: .deadlines([start + hour * 3]))
        let engine = try armed(sample)
        let early = try engine.checkIn(sample.token(at: start + hour).bytes, now: start + hour)
        #expect(
            early == .accepted(.init(next: start + hour * 3, isStillOwed: true, allClear: [])))
        let now = start + hour * 2
        #expect(
            try engine.checkIn(sample.token(at: now).bytes, now: now)
                == .accepted(.init(next: nil, isStillOwed: false, allClear: [])))
        _ = try read(engine, after: now)
        #expect(try engine.nextWake() == nil)
    }

    @Test("arming twice is one plan; other terms under its id are refused")
    func registering() throws {
        let sample = try Sample()
        let engine = try armed(sample)
        let again = try engine.register(
            sample.registration, envelopes: sample.envelopes, now: start + hour)
        #expect(again == start + hour * 6)
        let other = try Sample(grace: hour)
        #expect(throws: WatchError.differs) {
            try engine.register(other.registration, envelopes: [], now: start)
        }
        let past = try Sample(seed: 3, promise: .deadlines([start - hour]))
        #expect(throws: WatchError.plan(.past)) {
            try engine.register(past.registration, envelopes: [], now: start)
        }
        #expect(try engine.plans().count == 1)
    }

    @Test("after its own downtime the watcher reminds first and says so in the alert")
    func downtime() throws {
        let sample = try Sample(channels: ["folder"], owner: true)
        let store = MemoryWatchStore()
        let first = try armed(sample, on: store)
        try first.beat(mark(start + hour * 4))
        // Off from the fourth hour to the eighth.
        let back = start + hour * 8
        let second = engine(store)
        try second.start(mark(back))
        try second.tick(back)
        let reminder = try #require(try second.claim(back))
        #expect(reminder.message.contact == "me")
        #expect(reminder.message.subject == "Repórtate ahora: xalapa")
        try second.finish(reminder, .delivered, back)
        #expect(try second.claim(back + minute * 29) == nil)
        try second.tick(back + minute * 30)
        let alert = try #require(try second.claim(back + minute * 30))
        #expect(alert.message.contact == "laura")
        #expect(alert.message.text.contains("estuvo apagado 2 h 30 min"))
    }

    @Test("a check-in that waited for the watcher raises no alarm")
    func waited() throws {
        let sample = try Sample()
        let store = MemoryWatchStore()
        _ = try armed(sample, on: store)
        let back = start + hour * 9
        let engine = engine(store)
        try engine.start(mark(back))
        let token = sample.token(at: start + hour * 5)
        guard case .accepted(let accepted) = try engine.checkIn(token.bytes, now: back) else {
            Issue.record("not accepted")
            return
        }
        #expect(accepted.next == start + hour * 11)
        try engine.tick(back)
        #expect(try engine.deliveries(sample.registration.plan).isEmpty)
    }

    @Test(
        "downtime of a minute to a week with check-ins that arrive within the extra wait: no alarm",
        arguments: 0..<200)
    func lateQueue(seed: Int) throws {
        let random = SeededRandom(seed: UInt64(seed))
        let interval = minute * (30 + Int(random.below(600)))
        let grace = minute * (5 + Int(random.below(120)))
        let sample = try Sample(
            promise: .interval(interval, end: nil), grace: grace, channels: ["mail"])
        let store = MemoryWatchStore()
        let first = try armed(sample, on: store)
        // Off shortly before the alarm, for as long as it pleases.
        let due = start + interval
        let down = due + grace - .seconds(Int64(61 + random.below(600)))
        try pass(first, until: down)
        let length: Duration = .seconds(Int64(61 + random.below(seed % 2 == 0 ? 600 : 604_800)))
        let back = down + length
        // She has reported in time all along; the last of it reaches the watcher a little late.
        let issued = max(down, back - .seconds(Int64(random.below(300))))
        let engine = engine(store)
        try engine.start(mark(back))
        try engine.tick(back)
        let arrives = max(back, due + grace) + .seconds(Int64(random.below(599)))
        var now = back
        while now < arrives {
            now = min(arrives, now + .seconds(Int64(1 + random.below(60))))
            try engine.beat(mark(now))
            if now < arrives { try engine.tick(now) }
        }
        if issued <= due + grace || back > due + grace {
            _ = try engine.checkIn(sample.token(at: issued).bytes, now: now)
            try engine.tick(now)
        }
        #expect(
            try engine.deliveries(sample.registration.plan).allSatisfy { $0.kind != .alert })
    }
}
