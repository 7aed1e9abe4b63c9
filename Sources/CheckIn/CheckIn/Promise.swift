package import Encoding
package import Platform

/// When a journalist has promised to report, as a watcher knows it: no calendar, no itinerary.
package enum Promise: Hashable, Sendable {
    /// A fixed time after the last check-in; the end, if there is one, is itself a check-in.
    case interval(Duration, end: Instant?)
    /// Fixed moments, ascending; the last one is the end.
    case deadlines([Instant])

    /// Most moments that are read: as many as are written, and the end. The list comes from a stranger,
    /// and whoever keeps it goes through it again and again.
    static let momentLimit = Schedule.deadlineLimit + 1

    /// Longest time before a deadline at which a check-in already meets it.
    package static let widestWindow: Duration = .seconds(4 * 3_600)

    /// The last thing owed; nil for a promise without an end.
    package var end: Instant? {
        switch self {
        case .interval(_, let end): end
        case .deadlines(let deadlines): deadlines.last
        }
    }

    /// The deadline owed from the moment of arming.
    package func first(armed: Instant) throws(CheckInError) -> Instant {
        switch self {
        case .interval(let interval, let end):
            guard (Duration.seconds(1)...Duration.seconds(31 * 86_400)).contains(interval) else {
                throw .interval
            }
            if let end, end <= armed { throw .past }
            return min(armed + interval, end ?? Instant(milliseconds: .max))
        case .deadlines(let deadlines):
            guard let first = deadlines.first, first > armed else { throw .past }
            guard zip(deadlines, deadlines.dropFirst()).allSatisfy(<) else { throw .past }
            return first
        }
    }

    /// The deadline owed after a sign of life; nil when nothing is owed any more.
    package func next(after sign: Instant, armed: Instant) -> Instant? {
        switch self {
        case .interval(let interval, let end):
            guard let end else { return sign + interval }
            return sign >= windowOpens(before: end, armed: armed)
                ? nil : min(sign + interval, end)
        case .deadlines(let deadlines):
            return deadlines.first { windowOpens(before: $0, armed: armed) > sign }
        }
    }

    /// From when on a check-in meets `deadline`: min(½ gap, 4 h) before it.
    package func windowOpens(before deadline: Instant, armed: Instant) -> Instant {
        let gap: Duration
        switch self {
        case .interval(let interval, _): gap = interval
        case .deadlines(let deadlines):
            gap = deadline - (deadlines.last { $0 < deadline } ?? armed)
        }
        let half = Duration.milliseconds(gap.wholeMilliseconds / 2)
        return deadline - min(half, Self.widestWindow)
    }

    // Fields: 1 interval ms, 2 end ms, 3 deadline ms (repeats).
    package var fields: FieldList {
        switch self {
        case .interval(let interval, let end):
            FieldList(
                [Field(1, u64: UInt64(clamping: interval.wholeMilliseconds))]
                    + (end.map { [Field(2, $0)] } ?? []))
        case .deadlines(let deadlines): FieldList(deadlines.map { Field(3, $0) })
        }
    }

    package init(_ fields: FieldList) throws(CheckInError) {
        if fields.first(1) != nil {
            guard let interval = fields.duration(1) else { throw .malformed(.malformed(at: 0)) }
            self = .interval(interval, end: fields.instant(2))
        } else {
            let deadlines = fields.instants(3)
            guard (1...Self.momentLimit).contains(deadlines.count),
                zip(deadlines, deadlines.dropFirst()).allSatisfy(<)
            else { throw .malformed(.malformed(at: 0)) }
            self = .deadlines(deadlines)
        }
    }
}

/// All that a watcher needs to decide: the promise, and what happens when it is broken.
package struct LeaseTerms: Hashable, Sendable {
    package let promise: Promise
    package let grace: Duration
    /// When the journalist is reminded, relative to the deadline; ascending.
    package let reminders: [Duration]
    /// When each tier hears, counted from the end of the grace; ascending, at least one.
    package let tiers: [Duration]

    package init(promise: Promise, grace: Duration, reminders: [Duration], tiers: [Duration])
        throws(CheckInError)
    {
        guard (Duration.seconds(1)...Duration.seconds(7 * 86_400)).contains(grace) else {
            throw .grace
        }
        guard reminders.count <= 16, reminders.allSatisfy({ $0 >= .seconds(-86_400) && $0 < grace })
        else { throw .reminder }
        guard !tiers.isEmpty else { throw .noTier }
        guard tiers.count <= 16, zip(tiers, tiers.dropFirst()).allSatisfy(<),
            tiers.allSatisfy({ $0 >= .zero && $0 <= .seconds(30 * 86_400) })
        else { throw .tier }
        self.promise = promise
        self.grace = grace
        self.reminders = reminders.sorted()
        self.tiers = tiers
    }

    /// −30, −5 and 0 minutes, and half the grace.
    package static func usualReminders(grace: Duration) -> [Duration] {
        [.seconds(-1_800), .seconds(-300), .zero, .milliseconds(grace.wholeMilliseconds / 2)]
    }

    // Fields: 1 promise, 2 grace ms, 3 reminder (ms + 2^40, so that it is unsigned), 4 tier ms.
    package var fields: FieldList {
        FieldList(
            [Field(1, promise.fields.serialized()), Field(2, grace)]
                + reminders.map { Field(3, $0 + reminderBias) }
                + tiers.map { Field(4, $0) })
    }

    package init(_ fields: FieldList) throws(CheckInError) {
        guard let promise = fields.first(1), let grace = fields.duration(2) else {
            throw .malformed(.malformed(at: 0))
        }
        let parsed = try reading { () throws(CodecError) in try FieldList(parsing: promise[...]) }
        try self.init(
            promise: Promise(parsed), grace: grace,
            reminders: fields.durations(3).map { $0 - reminderBias },
            tiers: fields.durations(4))
    }
}

/// Reminders lie before and after the deadline; integers on the wire are unsigned.
let reminderBias: Duration = .milliseconds(1 << 40)
