import CheckIn
import Platform
import TestSupport
import Testing

private let minute: Duration = .seconds(60)
private let hour: Duration = .seconds(3_600)
private let start = Instant(milliseconds: 1_800_000_000_000)

@Suite("a promise whose clock is put back")
struct PutBackTests {
    let terms: LeaseTerms
    /// How far the clock was ahead.
    let lead = hour * 240

    init() throws {
        terms = try LeaseTerms(
            promise: .interval(hour * 6, end: nil), grace: minute * 30,
            reminders: LeaseTerms.usualReminders(grace: minute * 30), tiers: [.zero, hour * 2])
    }

    func lease(since: Instant, epoch: UInt32 = 1) -> Lease {
        Lease(epoch: epoch, armed: start, since: since, deadline: since + hour * 6)
    }

    @Test("a hold until a day that never was ends after what was left of it")
    func heldUntilTheWrongDay() {
        let now = start + hour * 7
        let state = PlanState.hold(
            lease(since: start), .offline(hour), until: now + lead + minute * 20, told: 0)
        let step = state.putBack(by: lead, to: now, terms: terms)
        #expect(
            step.state
                == .hold(lease(since: start), .offline(hour), until: now + minute * 20, told: 0))
        #expect(step.effects.isEmpty)
    }

    @Test("a hold of an alarm that is not due yet is none")
    func heldTooEarly() {
        let now = start + minute * 40
        let state = PlanState.hold(
            lease(since: start), .offline(hour), until: now + lead + minute * 20, told: 0)
        let step = state.putBack(by: lead, to: now, terms: terms)
        #expect(step.state == .armed(lease(since: start, epoch: 2)))
        #expect(step.effects.isEmpty)
    }

    @Test("an alarm that only the wrong clock saw is taken back, and can sound again")
    func toldByTheWrongClock() throws {
        let now = start + minute * 40
        let state = PlanState.overdue(lease(since: start), start: now + lead, told: 1)
        let step = state.putBack(by: lead, to: now, terms: terms)
        #expect(step.effects == [.retract(epoch: 1)])
        let alarm = start + hour * 6 + minute * 30
        let later = try step.state.after(.tick(outage: .zero), terms: terms, now: alarm)
        #expect(later.effects == [.alert(tier: 0)])
        #expect(later.state.epoch == 2)
    }

    @Test("an alarm that is true by both clocks goes on, and its next tier waits no longer")
    func trueAlarm() {
        let now = start + hour * 7
        let old = lease(since: now + lead - hour * 6 - minute * 40)
        let state = PlanState.overdue(old, start: now + lead - minute * 10, told: 1)
        let step = state.putBack(by: lead, to: now, terms: terms)
        #expect(step.effects.isEmpty)
        #expect(step.state.epoch == 1 && step.state.isOverdue)
        #expect(step.state.wakes(terms) == now + minute * 110)
    }

    @Test("fixed hours stay; what was met in its window is not owed again")
    func fixedHours() throws {
        let hours = [start + hour * 24, start + hour * 300]
        let terms = try LeaseTerms(
            promise: .deadlines(hours), grace: hour, reminders: [], tiers: [.zero])
        // Reported in on the wrong day, for the second deadline.
        let old = Lease(epoch: 1, armed: start, since: start + lead, deadline: hours[1])
        let early = PlanState.armed(old).putBack(by: lead, to: start + hour, terms: terms)
        #expect(early.state.lease?.deadline == hours[0])
        let met = Lease(
            epoch: 1, armed: start, since: start + lead + hour * 22, deadline: hours[1])
        let late = PlanState.armed(met).putBack(by: lead, to: start + hour * 25, terms: terms)
        #expect(late.state.lease?.deadline == hours[1])
        let missed = PlanState.armed(old).putBack(by: lead, to: start + hour * 25, terms: terms)
        #expect(missed.state.lease?.deadline == hours[0])
    }

    @Test("a pause ends when it would have, and not in the past")
    func pause() {
        let now = start + hour
        let later = PlanState.paused(lease(since: start), until: now + lead + hour)
            .putBack(by: lead, to: now, terms: terms)
        #expect(later.state == .paused(lease(since: start), until: now + hour))
        let over = PlanState.paused(lease(since: start), until: now + lead - hour)
            .putBack(by: lead, to: now, terms: terms)
        #expect(over.state == .paused(lease(since: start), until: now))
    }

    @Test("what waited on the right clock waits on when only spoken hours were wrong")
    func onlySpoken() {
        let now = start + hour * 7
        for state in [
            PlanState.hold(lease(since: start), .offline(hour), until: now + minute * 20, told: 0),
            .due(lease(since: now - hour * 6), reminded: 2),
            .paused(lease(since: start), until: now + hour * 20),
        ] {
            let step = state.putBack(by: lead, to: now, terms: terms, reachesAlarms: false)
            #expect(step.state == state && step.effects.isEmpty)
        }
    }

    @Test("nothing waits longer than was left, nor longer than was promised", arguments: 0..<500)
    func neverLater(seed: Int) throws {
        let random = SeededRandom(seed: UInt64(seed))
        func some(_ limit: Duration) -> Duration {
            .milliseconds(Int64(random.below(UInt32(limit.wholeMilliseconds))))
        }
        let fixed = try LeaseTerms(
            promise: .deadlines((1...40).map { start + hour * 24 * $0 }), grace: minute * 30,
            reminders: terms.reminders, tiers: terms.tiers)
        let terms = seed % 2 == 0 ? self.terms : fixed
        // A life on the wrong clock.
        var old = start
        var state = try PlanState.draft.after(.arm, terms: terms, now: old).state
        let now = start + some(hour * 100)
        let wrong = now - some(hour * 5)
        var isWrong = false
        while old < now + lead {
            if !isWrong, old >= wrong { (isWrong, old) = (true, old + lead) }
            guard old < now + lead else { break }
            let event: PlanEvent =
                switch random.below(12) {
                case 0: .checkIn(issued: old)
                case 1: .pause(until: old + some(hour * 24))
                case 2: .resume
                default: .tick(outage: random.below(2) == 0 ? .zero : hour)
                }
            state = try state.after(event, terms: terms, now: old).state
            old = old + some(hour * 3)
        }
        state = try state.after(.tick(outage: .zero), terms: terms, now: now + lead).state
        let step = state.putBack(by: lead, to: now, terms: terms)
        guard let wake = state.wakes(terms) else { return }
        let after = try #require(step.state.wakes(terms))
        let lease = try #require(step.state.lease)
        #expect(lease.since <= now)
        let promised: Instant
        switch terms.promise {
        case .interval(let interval, _): promised = lease.since + interval + terms.grace
        // One of every day.
        case .deadlines: promised = now + hour * 48
        }
        #expect(after <= max(now, wake - lead, promised), "seed \(seed): \(state) \(step.state)")
    }
}
