import CheckIn
import Platform
import Testing

private let minute: Duration = .seconds(60)
private let hour: Duration = .seconds(3_600)
/// When the machine started, on a clock that is behind.
private let origin = Instant(milliseconds: 1_800_000_000_000)

@Suite("a promise whose clock is put forward")
struct PutForwardTests {
    let terms: LeaseTerms
    let leap = hour * 6
    let old = origin + hour * 3

    init() throws {
        terms = try LeaseTerms(
            promise: .interval(hour * 2, end: nil), grace: minute * 30, reminders: [],
            tiers: [.zero, hour * 2])
    }

    func lease(since: Instant) -> Lease {
        Lease(epoch: 1, armed: since, since: since, deadline: since + hour * 2)
    }

    func moved(_ state: PlanState, heard: Instant? = nil) -> PlanState {
        state.putForward(by: leap, from: origin, to: old, heard: heard, terms: terms)
    }

    @Test("every wait of a promise of hours moves along")
    func waits() {
        let since = origin + minute
        let (before, after) = (lease(since: since), lease(since: since + leap))
        #expect(moved(.armed(before)) == .armed(after))
        #expect(moved(.due(before, reminded: 1)) == .due(after, reminded: 1))
        #expect(moved(.grace(before, reminded: 2)) == .grace(after, reminded: 2))
        #expect(
            moved(.overdue(before, start: since + hour * 2, told: 1))
                == .overdue(after, start: since + hour * 2 + leap, told: 1))
        #expect(
            moved(.hold(before, .offline(hour), until: old + minute, told: 0))
                == .hold(after, .offline(hour), until: old + minute + leap, told: 0))
        #expect(
            moved(.paused(before, until: old + hour), heard: origin + minute * 2)
                == .paused(after, until: old + hour + leap))
    }

    @Test("what was promised before this run of the machine stays: it may have been off")
    func earlier() {
        let before = PlanState.armed(lease(since: origin - minute))
        #expect(moved(before) == before)
        let spoken = PlanState.armed(lease(since: old + hour))
        #expect(moved(spoken) == spoken)
    }

    @Test("fixed hours stay, and the end of a plan does")
    func fixed() throws {
        let hours = try LeaseTerms(
            promise: .deadlines([old + hour]), grace: minute, reminders: [], tiers: [.zero])
        let state = PlanState.armed(lease(since: origin + minute))
        #expect(
            state.putForward(by: leap, from: origin, to: old, heard: nil, terms: hours) == state)
        let ending = try LeaseTerms(
            promise: .interval(hour * 2, end: old + hour), grace: minute, reminders: [],
            tiers: [.zero])
        let moved = state.putForward(by: leap, from: origin, to: old, heard: nil, terms: ending)
        #expect(moved.lease?.deadline == old + hour)
    }
}
