import CheckIn
import Encoding
import Platform
import TestSupport
import Testing

private let minute: Duration = .seconds(60)
private let hour: Duration = .seconds(3_600)
private let start = Instant(milliseconds: 1_800_000_000_000)

@Suite("states of a plan")
struct PlanStateTests {
    let terms: LeaseTerms

    init() throws {
        terms = try LeaseTerms(
            promise: .interval(hour * 6, end: nil), grace: minute * 30,
            reminders: LeaseTerms.usualReminders(grace: minute * 30), tiers: [.zero, hour * 2])
    }

    func armed() throws -> PlanState {
        try PlanState.draft.after(.arm, terms: terms, now: start).state
    }

    /// Ticks at every wake until `end`; gives all effects with their moments.
    func run(_ state: inout PlanState, until end: Instant) throws -> [(Instant, PlanEffect)] {
        var effects: [(Instant, PlanEffect)] = []
        while let wake = state.wakes(terms), wake <= end {
            let step = try state.after(.tick(outage: .zero), terms: terms, now: wake)
            state = step.state
            effects += step.effects.map { (wake, $0) }
        }
        return effects
    }

    @Test("silence reminds four times, then tells tier after tier")
    func silence() throws {
        var state = try armed()
        let effects = try run(&state, until: start + hour * 24)
        let due = start + hour * 6
        let expected: [(Instant, PlanEffect)] = [
            (due - minute * 30, .remind(0)), (due - minute * 5, .remind(1)), (due, .remind(2)),
            (due + minute * 15, .remind(3)), (due + minute * 30, .alert(tier: 0)),
            (due + minute * 150, .alert(tier: 1)),
        ]
        #expect(effects.map(\.0) == expected.map(\.0))
        #expect(effects.map(\.1) == expected.map(\.1))
        #expect(state.wakes(terms) == nil)
    }

    @Test("after a long sleep one reminder is enough, and every tier that is late hears at once")
    func sleep() throws {
        let state = try armed()
        let step = try state.after(
            .tick(outage: .zero), terms: terms, now: start + hour * 6 + minute)
        #expect(step.effects == [.remind(2)])
        let later = try step.state.after(
            .tick(outage: .zero), terms: terms, now: start + hour * 40)
        #expect(later.effects == [.alert(tier: 0), .alert(tier: 1)])
    }

    @Test("a check-in while overdue is an all-clear, a new epoch and a new deadline")
    func allClear() throws {
        var state = try armed()
        _ = try run(&state, until: start + hour * 7)
        #expect(state.isOverdue)
        let now = start + hour * 8
        let step = try state.after(.checkIn(issued: now), terms: terms, now: now)
        #expect(step.effects == [.allClear(epoch: 1)])
        #expect(step.state.epoch == 2)
        #expect(step.state.lease?.deadline == now + hour * 6)
    }

    @Test("a check-in that waited in a queue counts from when it was made")
    func queued() throws {
        var state = try armed()
        _ = try run(&state, until: start + hour * 7)
        let step = try state.after(
            .checkIn(issued: start + hour * 5), terms: terms, now: start + hour * 8)
        #expect(step.state.lease?.deadline == start + hour * 11)
        #expect(step.effects == [.allClear(epoch: 1)])
        // Had it waited past the next grace as well, an all-clear would be a lie.
        let late = try state.after(
            .checkIn(issued: start + hour * 5), terms: terms, now: start + hour * 12)
        #expect(late.effects.isEmpty && late.state == state)
    }

    @Test("a future check-in counts from its arrival, an old one not at all")
    func clocks() throws {
        let state = try armed()
        let now = start + hour
        let future = try state.after(.checkIn(issued: start + hour * 90), terms: terms, now: now)
        #expect(future.state.lease?.deadline == now + hour * 6)
        let past = try state.after(
            .checkIn(issued: Instant(milliseconds: 0)), terms: terms, now: now)
        #expect(past.state == state)
    }

    @Test("a watcher that was away reminds first and waits, once per deadline")
    func outage() throws {
        let state = try armed()
        let end = start + hour * 6 + minute * 30
        let step = try state.after(.tick(outage: hour), terms: terms, now: end)
        #expect(step.effects == [.remindOfHold])
        #expect(step.state.wakes(terms) == end + minute * 30)
        let fired = try step.state.after(
            .tick(outage: hour * 2), terms: terms, now: end + minute * 30)
        #expect(fired.effects == [.alert(tier: 0)])
        // The second tier keeps its distance from the first.
        #expect(fired.state.wakes(terms) == end + minute * 30 + hour * 2)
        let short = try state.after(.tick(outage: .seconds(60)), terms: terms, now: end)
        #expect(short.effects == [.alert(tier: 0)])
    }

    @Test("when nobody can be reached the next tier hears at once, and there is an end to it")
    func forward() throws {
        var state = try armed()
        _ = try run(&state, until: start + hour * 7)
        let step = try state.after(.bringForward, terms: terms, now: start + hour * 7)
        #expect(step.effects == [.alert(tier: 1)])
        let again = try step.state.after(.bringForward, terms: terms, now: start + hour * 7)
        #expect(again.effects.isEmpty)
    }

    @Test("ending tells tier 1, and the alerted that it is over")
    func ending() throws {
        var state = try armed()
        let quiet = try state.after(.end, terms: terms, now: start)
        #expect(quiet.effects == [.announce(.end)])
        _ = try run(&state, until: start + hour * 7)
        let loud = try state.after(.end, terms: terms, now: start + hour * 7)
        #expect(loud.effects == [.allClear(epoch: 1), .announce(.end)])
        #expect(loud.state.isEnded && loud.state.wakes(terms) == nil)
    }

    @Test("a pause is at most a day and the promise starts anew after it")
    func pause() throws {
        let paused = try armed().after(.pause(until: start + hour * 90), terms: terms, now: start)
        #expect(paused.state.wakes(terms) == start + hour * 24)
        let resumed = try paused.state.after(
            .tick(outage: .zero), terms: terms, now: start + hour * 24)
        #expect(resumed.state.lease?.deadline == start + hour * 30)
    }

    @Test("short promises have only the reminders that fit")
    func short() throws {
        let terms = try LeaseTerms(
            promise: .interval(.seconds(2), end: nil), grace: .seconds(1),
            reminders: LeaseTerms.usualReminders(grace: .seconds(1)), tiers: [.zero])
        let state = try PlanState.draft.after(.arm, terms: terms, now: start).state
        #expect(state.wakes(terms) == start + .seconds(2))
    }

    @Test("any history of events keeps the rules", arguments: 0..<40)
    func histories(seed: Int) throws {
        let random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<25 {
            let deadlines = (1...5).map { start + hour * ($0 * 5) }
            let promise: Promise =
                switch random.below(3) {
                case 0: .interval(hour, end: nil)
                case 1: .interval(hour * 3, end: start + hour * 20)
                default: .deadlines(deadlines)
                }
            let terms = try LeaseTerms(
                promise: promise, grace: minute * 20,
                reminders: LeaseTerms.usualReminders(grace: minute * 20),
                tiers: [.zero, minute * 7, hour])
            var state = PlanState.draft
            var now = start
            var told = 0
            for _ in 0..<60 {
                now = now + minute * Int(random.below(90))
                let event: PlanEvent =
                    switch random.below(16) {
                    case 0: .end
                    case 1: .pause(until: now + hour * Int(random.below(40)))
                    case 2: .resume
                    case 3: .bringForward
                    case 4...6: .checkIn(issued: now - minute * Int(random.below(200)))
                    case 7, 8: .arm
                    default: .tick(outage: minute * Int(random.below(3)))
                    }
                // Only arming can be refused, when every deadline is past.
                guard let step = try? state.after(event, terms: terms, now: now) else {
                    #expect(event == .arm && state == .draft)
                    continue
                }
                let (next, effects) = step
                #expect(next.epoch >= state.epoch)
                if next.epoch > state.epoch { told = 0 }
                for case .alert(let tier) in effects {
                    // Each tier once per epoch, in order.
                    #expect(tier == told)
                    told += 1
                }
                if case .tick = event {
                    let settled = try next.after(event, terms: terms, now: now)
                    #expect(settled.state == next && settled.effects.isEmpty)
                    if let wake = next.wakes(terms) { #expect(wake > now) }
                }
                #expect(try PlanState(FieldList(parsing: next.fields.serialized()[...])) == next)
                state = next
            }
        }
    }
}
