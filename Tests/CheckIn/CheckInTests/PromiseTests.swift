import CheckIn
import Encoding
import Platform
import TestSupport
import Testing

private let hour: Duration = .seconds(3_600)
private let start = Instant(milliseconds: 1_800_000_000_000)

@Suite("promises")
struct PromiseTests {
    @Test("an interval counts from the last check-in")
    func interval() throws {
        let promise = Promise.interval(hour * 6, end: nil)
        #expect(try promise.first(armed: start) == start + hour * 6)
        #expect(promise.next(after: start + hour, armed: start) == start + hour * 7)
    }

    @Test("the end is itself a check-in, met in its window and not before")
    func end() throws {
        let promise = Promise.interval(hour * 6, end: start + hour * 20)
        #expect(promise.next(after: start + hour * 12, armed: start) == start + hour * 18)
        #expect(promise.next(after: start + hour * 16, armed: start) == start + hour * 20)
        // The window is half of six hours.
        let justBefore = start + hour * 17 - .milliseconds(1)
        #expect(promise.next(after: justBefore, armed: start) == start + hour * 20)
        #expect(promise.next(after: start + hour * 17, armed: start) == nil)
        #expect(throws: CheckInError.past) { try promise.first(armed: start + hour * 20) }
    }

    @Test("a fixed moment is met from min(half the gap, 4 h) before it")
    func once() throws {
        let near = Promise.deadlines([start + hour * 2])
        #expect(near.next(after: start + .seconds(3_599), armed: start) == start + hour * 2)
        #expect(near.next(after: start + hour, armed: start) == nil)
        let far = Promise.deadlines([start + hour * 100, start + hour * 103])
        #expect(far.next(after: start + hour * 95, armed: start) == start + hour * 100)
        #expect(far.next(after: start + hour * 96, armed: start) == start + hour * 103)
        #expect(far.next(after: start + hour * 102, armed: start) == nil)
        #expect(throws: CheckInError.past) { try far.first(armed: start + hour * 100) }
    }

    @Test("hostile numbers are refused, not trapped on")
    func extremes() {
        for end in [Instant(milliseconds: .max), Instant(milliseconds: .min)] {
            for promise in [
                Promise.interval(.seconds(1), end: end), .deadlines([end]), .deadlines([]),
                .interval(.milliseconds(Int64.max), end: nil), .interval(.zero, end: nil),
            ] {
                _ = try? promise.first(armed: start)
                _ = promise.next(after: end, armed: start)
                _ = promise.windowOpens(before: end, armed: start)
            }
        }
    }

    @Test("terms read back as written")
    func codec() throws {
        for promise in [
            Promise.interval(hour, end: nil), .interval(hour, end: start),
            .deadlines([start, start + hour]),
        ] {
            let terms = try LeaseTerms(
                promise: promise, grace: hour, reminders: LeaseTerms.usualReminders(grace: hour),
                tiers: [.zero, hour])
            let bytes = terms.fields.serialized()
            #expect(try LeaseTerms(FieldList(parsing: bytes[...])) == terms)
        }
    }

    @Test("a list of hours from elsewhere is as long as lists are written, and goes forward")
    func hostileLists() throws {
        func read(_ hours: [Int]) throws -> Promise {
            let moments = hours.map { start + .seconds(Int64($0) * 3_600) }
            let bytes = Promise.deadlines(moments).fields.serialized()
            return try Promise(FieldList(parsing: bytes[...]))
        }
        // As many as are told at once, and the end.
        let longest = Array(1...Schedule.deadlineLimit + 1)
        #expect(
            try read(longest)
                == .deadlines(longest.map { start + .seconds(Int64($0) * 3_600) }))
        for hours in [longest + [longest.count + 1], [2, 1], [1, 1], [1, 3, 2]] {
            #expect(throws: CheckInError.self) { _ = try read(hours) }
        }
        let written = Schedule.weekly(
            [WeeklyHours(days: .all, minutes: [540, 1_260])].compactMap { $0 }
        ).promise(
            from: start, end: start + .seconds(86_400 * 200),
            in: try ZoneCatalog.embedded.rules("America/Mexico_City"))
        let bytes = written.fields.serialized()
        #expect(try Promise(FieldList(parsing: bytes[...])) == written)
    }

    @Test("terms that nobody would hear or that run backwards are refused")
    func refusals() {
        func terms(_ grace: Duration, _ reminders: [Duration], _ tiers: [Duration]) throws {
            _ = try LeaseTerms(
                promise: .interval(hour, end: nil), grace: grace, reminders: reminders,
                tiers: tiers)
        }
        #expect(throws: CheckInError.grace) { try terms(.zero, [], [.zero]) }
        #expect(throws: CheckInError.noTier) { try terms(hour, [], []) }
        #expect(throws: CheckInError.tier) { try terms(hour, [], [hour, .zero]) }
        #expect(throws: CheckInError.tier) { try terms(hour, [], [.seconds(-1)]) }
        #expect(throws: CheckInError.reminder) { try terms(hour, [hour], [.zero]) }
    }
}
