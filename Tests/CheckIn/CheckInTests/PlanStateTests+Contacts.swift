import CheckIn
import Encoding
import Platform
import TestSupport
import Testing

private let minute: Duration = .seconds(60)
private let hour: Duration = .seconds(3_600)
private let start = Instant(milliseconds: 1_800_000_000_000)

// What contacts and orders change.
extension PlanStateTests {
    /// Overdue since `start + 6 h 30 min`, the first tier told.
    private func overdue() throws -> PlanState {
        var state = try armed()
        _ = try run(&state, until: start + hour * 7)
        return state
    }

    @Test("an acknowledgement gives an hour before the next tier, two hours in all, no more")
    func acknowledge() throws {
        var state = try overdue()
        let usual = try #require(state.wakes(terms))
        #expect(usual == start + hour * 8 + minute * 30)
        // Whoever answers two hours early puts nothing off.
        let early = try state.after(.acknowledge, terms: terms, now: start + hour * 7).state
        #expect(early.wakes(terms) == usual)
        var now = usual - minute
        for expected in [usual + minute * 59, usual + minute * 118, usual + hour * 2] {
            state = try state.after(.acknowledge, terms: terms, now: now).state
            #expect(state.wakes(terms) == expected)
            #expect(try PlanState(FieldList(parsing: state.fields.serialized()[...])) == state)
            now = expected - minute
        }
        let last = try state.after(.acknowledge, terms: terms, now: now)
        #expect(last.state == state && last.effects.isEmpty)
        let told = try state.after(
            .tick(outage: .zero), terms: terms, now: usual + hour * 2)
        #expect(told.effects == [.alert(tier: 1)])
    }

    @Test("two contacts hold later tiers for a day, may say so again, and nothing is cancelled")
    func hold() throws {
        let now = start + hour * 7
        let held = try overdue().after(.holdByContacts, terms: terms, now: now)
        #expect(held.effects == [.announceHold(until: now + hour * 24)])
        #expect(held.state.isAlarming && !held.state.isOverdue)
        #expect(held.state.wakes(terms) == now + hour * 24)
        #expect(
            try PlanState(FieldList(parsing: held.state.fields.serialized()[...])) == held.state)
        let again = try held.state.after(.holdByContacts, terms: terms, now: now + hour * 20)
        #expect(again.state.wakes(terms) == now + hour * 44)
        // The second tier keeps the hour and a half that were left of its two.
        var state = again.state
        let effects = try run(&state, until: now + hour * 60)
        #expect(effects.map(\.1) == [.alert(tier: 1)])
        #expect(effects.first?.0 == now + hour * 44 + minute * 90)
        // Her own word ends it.
        let met = try again.state.after(
            .checkIn(issued: now + hour * 30), terms: terms, now: now + hour * 30)
        #expect(met.effects == [.allClear(epoch: 1)])
        // Before an alarm there is nothing to hold.
        let quiet = try armed().after(.holdByContacts, terms: terms, now: now)
        #expect(quiet.effects.isEmpty)
    }

    @Test("a check-in may ask for a longer lease, up to twelve hours, and tier 1 hears of it")
    func asked() throws {
        let now = start + hour
        func ask(_ asked: Duration) throws -> (PlanState, [PlanEffect]) {
            let step = try armed().after(
                .checkIn(issued: now, asked: asked), terms: terms, now: now)
            return (step.state, step.effects)
        }
        let (ten, effects) = try ask(hour * 10)
        #expect(ten.lease?.deadline == now + hour * 10)
        #expect(effects == [.announceLease(until: now + hour * 10)])
        #expect(try ask(hour * 90).0.lease?.deadline == now + hour * 12)
        let (short, quiet) = try ask(hour * 2)
        #expect(short.lease?.deadline == now + hour * 2 && quiet.isEmpty)
        // A later check-in that would come sooner leaves it: still owed.
        let soon = now + hour * 2
        let step = try ten.after(.checkIn(issued: soon), terms: terms, now: soon)
        #expect(step.state == ten)

        let fixed = try LeaseTerms(
            promise: .deadlines([start + hour * 3, start + hour * 20]), grace: minute * 30,
            reminders: [], tiers: [.zero])
        let fresh = try PlanState.draft.after(.arm, terms: fixed, now: start).state
        let asleep = try fresh.after(
            .checkIn(issued: now, asked: hour * 10), terms: fixed, now: now
        ).state
        #expect(asleep.lease?.deadline == start + hour * 11)
        let early = start + hour * 2
        let awake = try asleep.after(.checkIn(issued: early), terms: fixed, now: early)
        #expect(awake.state.lease?.deadline == start + hour * 20, "it met the first one itself")
        let last = try asleep.after(
            .checkIn(issued: start + hour * 11, asked: hour * 12), terms: fixed,
            now: start + hour * 11)
        #expect(last.state.lease?.deadline == start + hour * 20, "never beyond the end")
    }

    @Test("stricter terms count from the order; looser ones from the last sign, and raise nothing")
    func amend() throws {
        let now = start + hour * 3
        let strict = try LeaseTerms(
            promise: .interval(hour, end: nil), grace: minute * 10, reminders: [],
            tiers: [.zero])
        let step = try armed().after(.amend(strict, sign: now), terms: terms, now: now)
        #expect(step.state.lease?.deadline == now + hour)
        #expect(step.effects == [.announce(.update)])
        let late = start + hour * 8
        let loud = try overdue().after(.amend(strict, sign: late), terms: terms, now: late)
        #expect(loud.effects == [.allClear(epoch: 1), .announce(.update)])
        #expect(loud.state.epoch == 2)

        let loose = try LeaseTerms(
            promise: .interval(hour * 12, end: nil), grace: minute * 30, reminders: [],
            tiers: [.zero])
        let quiet = try armed().after(.amend(loose, sign: nil), terms: terms, now: now)
        #expect(quiet.state.lease?.deadline == start + hour * 12 && quiet.effects.isEmpty)
        // Terms that would be broken already, or sooner than was promised, count from the next sign.
        let mixed = try armed().after(.amend(strict, sign: nil), terms: terms, now: now)
        #expect(mixed.state.lease?.deadline == start + hour * 6)
        let asked = try armed().after(
            .checkIn(issued: now, asked: hour * 12), terms: terms, now: now
        ).state
        let later = try asked.after(.amend(loose, sign: nil), terms: terms, now: now + hour)
        #expect(later.state.lease?.deadline == now + hour * 12, "a lease that was asked for stays")
        let waiting = try overdue()
        #expect(
            try waiting.after(.amend(loose, sign: nil), terms: terms, now: late).state == waiting)
    }

    @Test("duress tells the first tier at once, later ones at their distances, and is only held")
    func duress() throws {
        let terms = try LeaseTerms(
            promise: .interval(hour, end: nil), grace: minute, reminders: [],
            tiers: [minute * 5, hour, hour * 3])
        var duress = Duress(at: start)
        #expect(duress.handle(.tick, terms, now: start) == 0..<1)
        #expect(duress.wakes(terms) == start + minute * 55)
        #expect(duress.handle(.raise, terms, now: start + minute) == 1..<1, "once")
        #expect(duress.handle(.acknowledge, terms, now: start + minute * 50).isEmpty)
        #expect(duress.wakes(terms) == start + minute * 110)
        #expect(duress.handle(.tellAtLeast(2), terms, now: start + hour) == 1..<2)
        #expect(duress.handle(.holdByContacts, terms, now: start + hour).isEmpty)
        #expect(duress.wakes(terms) == start + hour * 25)
        #expect(Duress(duress.fields) == duress)
        #expect(duress.handle(.tellAtLeast(3), terms, now: start + hour * 2).isEmpty, "held")
        var renewed = duress
        // Typed again after contacts believed her safe: everybody hears anew.
        #expect(renewed.handle(.raise, terms, now: start + hour * 3) == 0..<1)
        #expect(renewed.epoch == 2 && renewed.hold == nil)
        #expect(duress.handle(.tick, terms, now: start + hour * 25).isEmpty)
        let last = try #require(duress.wakes(terms))
        #expect(last > start + hour * 25)
        #expect(duress.handle(.tick, terms, now: last) == 2..<3)
        #expect(duress.wakes(terms) == nil)
    }
}
