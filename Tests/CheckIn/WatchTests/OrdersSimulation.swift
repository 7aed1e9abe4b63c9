import CheckIn
import Dispatch
import Encoding
import Platform
import Secrets
import TestSupport
import Watch

/// A plan's life with everything that can be ordered and answered: pauses, changes, longer leases,
/// paper codes, drills, acknowledgements, holds, the duress code and the end, in a world where the
/// process dies between any two commits.
///
/// The oracle knows what the journalist was told, and what contacts received.
final class OrdersSimulation {
    private let random: SeededRandom
    private let store = FlakyStore()
    private let sample: Sample
    private let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    private var card = PaperCard(random: SeededRandom(seed: 5))
    private var engine: WatchEngine?
    private var now = start
    private var flights: [(shipment: Shipment, ends: Instant)] = []
    private var counter: UInt64 = 0

    /// What is handed over again until it is answered.
    private struct Statement {
        let send: (WatchEngine, Instant) throws -> CheckInAnswer
        let isAnswered: (CheckInAnswer, Instant) -> Void
    }
    private var waiting: [Statement] = []

    // What the oracle knows.
    /// No alarm before this and the grace; nil once it is over.
    private var owed: Instant?
    private var grace: Duration
    private var interval: Duration
    private var epoch: UInt32 = 1
    private var weakened: (epoch: UInt32, ready: Instant, isMet: Bool)?
    private var usedCodes = 0
    private var forcedAt: Instant?
    private var isEnded = false
    private var received: [(at: Instant, kind: MessageKind, contact: String, id: DeliveryID)] = []
    private(set) var problems: [String] = []
    private(set) var events: [String: Int] = [:]

    init(seed: UInt64, sample: Sample, interval: Duration, grace: Duration) {
        random = SeededRandom(seed: seed)
        self.sample = sample
        self.interval = interval
        self.grace = grace
    }

    func run(for horizon: Duration) throws {
        try boot()
        owed = try engine?.register(sample.registration, envelopes: [], now: now)
        let end = start + horizon
        var nextAct = now + minute * (5 + Int(random.below(30)))
        while now < end {
            let wake = (try? engine?.nextWake()) ?? nil
            var next = min(nextAct, now + minute * (5 + Int(random.below(40))))
            if let wake, wake > now { next = min(next, wake) }
            if let flight = flights.map(\.ends).min(), flight > now { next = min(next, flight) }
            now = max(next, now + .milliseconds(1))
            changeTheWeather()
            if now >= nextAct {
                act()
                nextAct = now + minute * (2 + Int(random.below(50)))
            }
            work()
        }
        try settle()
        judge()
    }

    // MARK: The world

    private func changeTheWeather() {
        if engine != nil, random.below(100) < 3 { shutDown() }
        if engine == nil, random.below(100) < 60 { try? boot() }
        store.crashes = engine != nil && random.below(100) < 6 ? Int(random.below(12)) : nil
    }

    private func shutDown() {
        engine = nil
        for flight in flights where random.below(2) == 0 { arrive(flight.shipment) }
        flights = []
    }

    private func boot() throws {
        store.crashes = nil
        let fresh = WatchEngine(
            store: store, random: random,
            writer: AlertWriter(answers: answerCodes, zones: { _ in nil }))
        try fresh.start(Watch.ClockMark(bootID: [1], boot: now - start, now: now))
        engine = fresh
        flush()
    }

    private func attempt(_ body: (WatchEngine) throws -> Void) {
        guard let engine else { return }
        do {
            try body(engine)
        } catch WatchError.tooSoon {
        } catch {
            shutDown()
        }
    }

    private func work() {
        attempt { try $0.beat(Watch.ClockMark(bootID: [1], boot: now - start, now: now)) }
        attempt { try $0.tick(now) }
        checkChange()
        for flight in flights where flight.ends <= now && engine != nil {
            flights.removeAll { $0.shipment.delivery == flight.shipment.delivery }
            let fails = random.below(10) == 0
            if !fails { arrive(flight.shipment) }
            let result: DeliveryResult =
                fails ? .tryAgain(DeliveryReason(.connection)) : .delivered
            attempt { try $0.finish(flight.shipment, result, now) }
        }
        while flights.count < 4, engine != nil {
            var taken: Shipment?
            attempt { taken = try $0.claim(now) }
            guard let shipment = taken else { break }
            check(shipment)
            flights.append((shipment, now + .seconds(Int64(random.below(40)))))
        }
    }

    /// The oracle sees everything: a crash that lies ahead is not used up by its looking.
    private func look<Seen>(_ body: (WatchEngine) throws -> Seen) -> Seen? {
        let crashes = store.crashes
        store.crashes = nil
        defer { store.crashes = crashes }
        return engine.flatMap { try? body($0) }
    }

    private var planRow: PlanRow? { look { try $0.plans().first } ?? nil }

    private func kind(_ shipment: Shipment) -> MessageKind {
        let rows = look { try $0.deliveries(sample.registration.plan) }
        return rows?.first { $0.id == shipment.delivery }?.kind ?? .reminder
    }

    private func arrive(_ shipment: Shipment) {
        let crashes = store.crashes
        store.crashes = nil
        defer { store.crashes = crashes }
        let rows = try? store.transaction { (tables) throws(WatchError) in
            try tables.delivery(shipment.delivery)
        }
        guard let row = rows ?? nil else { return }
        received.append((now, row.kind, row.contact, row.id))
    }

    // MARK: The people

    private func act() {
        switch random.below(40) {
        case 0: if forcedAt == nil, random.below(3) == 0 { order("end", .end) }
        case 1, 2: pause()
        case 3: order("resume", .resume)
        case 4: strengthen()
        case 5, 6: weaken()
        case 7, 8: report("asked", asked: UInt32(3_600 * (1 + random.below(14))))
        case 9: newCard()
        case 10: paper()
        case 11: drill()
        case 12: if random.below(2) == 0 { report("forced", isForced: true) }
        case 13...20: answer()
        case 21...23: break
        default: report("check-in")
        }
    }

    private func note(_ event: String) { events[event, default: 0] += 1 }

    private func nextCounter() -> UInt64 {
        counter = max(counter + 1, UInt64(now.milliseconds))
        return counter
    }

    /// An answer may arrive long after a crash kept the first one from arriving: what is taken
    /// counts at the earliest from the moment when it was first handed over.
    private func send(
        _ event: String, isForced: Bool = false,
        _ send: @escaping (WatchEngine, Instant) throws -> CheckInAnswer,
        then: @escaping (CheckInAnswer.Accepted, Instant) -> Void
    ) {
        note(event)
        waiting.append(
            Statement(send: send) { [unowned self] answer, arrived in
                switch answer {
                case .accepted(let accepted):
                    if isForced, forcedAt == nil { forcedAt = arrived }
                    then(accepted, arrived)
                case .ended: break
                // Taken before a crash that kept its answer from arriving.
                case .used(let at): owed = max(owed ?? at, at + interval)
                // A paper code was read later than this was signed: she signs again another time.
                case .behind(let last) where usedCodes > 0: counter = max(counter, last)
                case .behind, .wrongCode, .future, .unknownPlan, .notOurs:
                    problems.append("\(event) refused: \(answer)")
                }
            })
        flush()
    }

    private func flush() {
        while let first = waiting.first, let engine {
            do {
                let answer = try first.send(engine, now)
                waiting.removeFirst()
                first.isAnswered(answer, now)
            } catch WatchError.epoch, WatchError.plan {
                waiting.removeFirst()
                problems.append("a change was refused")
            } catch {
                shutDown()
            }
        }
    }

    private func met(_ accepted: CheckInAnswer.Accepted) {
        owed = accepted.next
        if accepted.next == nil { isEnded = true }
    }

    private func report(_ event: String, asked: UInt32 = 0, isForced: Bool = false) {
        let seed = isForced ? sample.duressSeed : sample.codeSeed
        let token = Token(
            plan: sample.registration.plan, counter: nextCounter(), issued: now,
            askedLease: asked, codeSeed: seed.bytes, ticketSeed: sample.ticketSeed.bytes)
        let before = owed
        send(event, isForced: isForced) {
            try $0.checkIn(token.bytes, now: $1)
        } then: {
            [unowned self] accepted, _ in
            if accepted.next != before { weakened?.isMet = true }
            // A pause is not shortened by a check-in.
            if case .paused = planRow?.state { return }
            met(accepted)
        }
    }

    private func order(_ event: String, _ order: Order, seconds: UInt32 = 0) {
        let bytes = SignedOrder(
            order, plan: sample.registration.plan, counter: nextCounter(), issued: now,
            seconds: seconds, codeSeed: sample.codeSeed.bytes, ticketSeed: sample.ticketSeed.bytes
        ).bytes
        var taken: Instant?
        send(event) {
            taken = taken ?? $1
            return try $0.obey(bytes, now: $1)
        } then: { [unowned self] accepted, arrived in
            switch order {
            case .end:
                owed = nil
                isEnded = true
            case .pause: owed = (taken ?? arrived) + .seconds(Int64(seconds)) + interval
            case .resume, .update, .card: owed = accepted.next
            }
        }
    }

    private func pause() { order("pause", .pause, seconds: 600 * (1 + random.below(30))) }

    private func change(_ event: String, _ terms: LeaseTerms) {
        guard !isEnded, weakened == nil, waiting.isEmpty else { return }
        let next = sample.changed(epoch + 1, terms: terms)
        let bytes = SignedOrder(
            .update, plan: next.plan, counter: nextCounter(), issued: now,
            enclosure: next.serialized(), codeSeed: sample.codeSeed.bytes,
            ticketSeed: sample.ticketSeed.bytes
        ).bytes
        var taken: Instant?
        send(event) {
            taken = taken ?? $1
            return try $0.update(bytes, next, envelopes: [], now: $1)
        } then: {
            [unowned self] accepted, arrived in
            epoch += 1
            if case .paused(_, let until) = planRow?.state {
                owed = until + min(interval, Self.interval(terms))
            } else {
                met(accepted)
            }
            if let ready = accepted.waitsUntil {
                if ready < (taken ?? arrived) + hour * 2 - minute {
                    problems.append("a change waits too little")
                }
                weakened = (epoch, ready, false)
                grace = min(grace, terms.grace)
            } else {
                grace = terms.grace
                interval = Self.interval(terms)
            }
        }
    }

    private static func interval(_ terms: LeaseTerms) -> Duration {
        if case .interval(let interval, _) = terms.promise { interval } else { .zero }
    }

    private func terms(_ interval: Duration, _ grace: Duration) -> LeaseTerms? {
        try? LeaseTerms(
            promise: .interval(interval, end: nil), grace: grace,
            reminders: LeaseTerms.usualReminders(grace: grace),
            tiers: sample.registration.terms.tiers)
    }

    private func strengthen() {
        let shorter = max(minute * 20, interval - minute * 10)
        guard let terms = terms(shorter, grace) else { return }
        change("stricter", terms)
    }

    private func weaken() {
        guard let terms = terms(interval + minute * 30, grace + minute * 5) else { return }
        change("looser", terms)
    }

    /// A change that protects less is in force only when it may be.
    private func checkChange() {
        guard let weakened, let row = planRow,
            row.registration.epoch == weakened.epoch
        else { return }
        if !weakened.isMet { problems.append("a change counted before a deadline was met") }
        if now < weakened.ready { problems.append("a change counted too early") }
        interval = Self.interval(row.registration.terms)
        self.weakened = nil
    }

    private func newCard() {
        let fresh = PaperCard(random: SeededRandom(seed: UInt64(random.below(1 << 30))))
        let enclosure = fresh.enclosure()
        let entries = PaperCard.entries(of: enclosure) ?? []
        let rows = entries.map {
            PaperCodeRow(
                hash: keys.paperHash(sample.registration.plan, $0.code), number: $0.number,
                kind: $0.kind)
        }
        let bytes = SignedOrder(
            .card, plan: sample.registration.plan, counter: nextCounter(), issued: now,
            enclosure: enclosure, codeSeed: sample.codeSeed.bytes,
            ticketSeed: sample.ticketSeed.bytes
        ).bytes
        send("card") {
            try $0.renewCard(bytes, enclosure: enclosure, codes: rows, now: $1)
        } then: { [unowned self] accepted, _ in
            card = fresh
            usedCodes = 0
            hasCard = true
            if case .paused = planRow?.state { return }
            met(accepted)
        }
    }
    private var hasCard = false

    private func paper() {
        guard hasCard, usedCodes < PaperCard.codeCount, waiting.isEmpty else { return }
        var text: [UInt8] = []
        for secret in [card.codes[usedCodes], card.safeEnding] {
            secret.bytes.withBytes { span in
                for index in span.indices { text.append(span[index]) }
            }
        }
        usedCodes += 1
        guard let code = PaperCode(reading: text.span) else { return }
        let hash = keys.paperHash(sample.registration.plan, code)
        send("paper") { [plan = sample.registration.plan] in
            try $0.checkIn(onPaper: hash, plan: plan, now: $1)
        } then: { [unowned self] accepted, _ in
            weakened?.isMet = true
            counter = max(counter, planRow?.lastCounter ?? counter)
            if case .paused = planRow?.state { return }
            met(accepted)
        }
        counter = max(counter, planRow?.lastCounter ?? counter)
    }

    private func drill() {
        guard !isEnded else { return }
        note("drill")
        let before = planRow?.state
        attempt { _ = try $0.rehearse(sample.registration, now: now) }
        let after = planRow?.state
        if let before, let after, before != after { problems.append("a drill moved the plan") }
    }

    /// Somebody answers to what she received: she is on it, or has spoken with her.
    private func answer() {
        let alarms = received.filter { [.alert, .duress, .drill].contains($0.kind) }
        guard !alarms.isEmpty else { return }
        let message = alarms[Int(random.below(UInt32(alarms.count)))]
        let before = planRow?.state.isAlarming
        attempt { engine in
            if random.below(3) > 0 {
                note("acknowledge")
                _ = try engine.acknowledge(code: message.id.code, plan: nil, now: now)
            } else {
                note("hold")
                _ = try engine.hold(code: message.id.code, plan: nil, now: now)
            }
        }
        let after = planRow?.state.isAlarming
        if before == true, after == false { problems.append("an answer ended an alarm") }
    }

    // MARK: The oracle

    private func check(_ shipment: Shipment) {
        let kind = kind(shipment)
        switch kind {
        case .alert:
            note("alert")
            guard let owed, !isEnded else { return problems.append("an alert after the end") }
            if owed + grace > now {
                problems.append("false alarm at \(now - start), owed \(owed - start)")
            }
        case .duress:
            note("duress")
            if forcedAt == nil, waiting.isEmpty { problems.append("duress from nothing") }
        case .allClear, .ended, .paused, .resumed, .edited, .extended:
            if let forcedAt, now > forcedAt + .seconds(16), engine != nil {
                problems.append("\(kind) \(now - forcedAt) after the duress code")
            }
        case .reminder, .holdReminder, .undeliverable, .drill, .wrongCodes, .retracted, .held,
            .daily:
            break
        }
    }

    private func settle() throws {
        store.crashes = nil
        if engine == nil { try boot() }
        flush()
        let end = now + hour * 72
        while now < end {
            let next = [(try engine?.nextWake()) ?? nil, flights.map(\.ends).min()].compactMap {
                $0
            }
            .min()
            guard let next else { break }
            now = max(next, now + .milliseconds(1))
            attempt { try $0.beat(Watch.ClockMark(bootID: [1], boot: now - start, now: now)) }
            attempt { try $0.tick(now) }
            for flight in flights where flight.ends <= now {
                arrive(flight.shipment)
                attempt { try $0.finish(flight.shipment, .delivered, now) }
            }
            flights.removeAll { $0.ends <= now }
            while let shipment = try engine?.claim(now) {
                check(shipment)
                flights.append((shipment, now + .seconds(1)))
            }
        }
    }

    private func judge() {
        for contact in sample.registration.tiers.flatMap({ $0 }) {
            let heard = received.filter { $0.contact == contact.name }
            if let forcedAt {
                let isTold = heard.contains { $0.kind == .duress && $0.at >= forcedAt }
                if !isTold { problems.append("\(contact.name) never heard of the duress") }
                continue
            }
            let words = heard.filter { [.alert, .allClear, .retracted].contains($0.kind) }
            let believesAlarm = words.last?.kind == .alert
            if believesAlarm == isEnded {
                problems.append(
                    "\(contact.name) \(isEnded ? "is left with an alert" : "was not alerted")")
            }
        }
        guard let engine, let entries = try? engine.audit() else { return }
        if AuditEntry.firstBreak(in: entries) != nil { problems.append("the audit does not hold") }
    }
}
