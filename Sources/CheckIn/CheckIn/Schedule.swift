package import Platform

/// When a journalist reports, in her own terms; calendars live here and nowhere else.
package enum Schedule: Hashable, Sendable {
    /// Counted from the last check-in.
    case every(Duration)
    /// One moment.
    case once(Instant)
    /// At hours of a place's clock, on days of the week. At least one.
    case weekly([WeeklyHours])
    /// An itinerary: each leg has its own moment. At least one.
    case legs([Leg])
}

/// Hours of the clock on some days of the week.
package struct WeeklyHours: Hashable, Sendable {
    package let days: Weekdays
    /// Minutes after midnight, ascending, each once; at least one.
    package let minutes: [Int]

    /// - Returns: nil without a day, without an hour, or with an hour that no clock shows.
    package init?(days: Weekdays, minutes: [Int]) {
        let sorted = Set(minutes).sorted()
        guard !days.isEmpty, !sorted.isEmpty, sorted.allSatisfy((0..<1_440).contains) else {
            return nil
        }
        self.days = days
        self.minutes = sorted
    }
}

/// One part of a journey, and by when she has said that it went well.
package struct Leg: Hashable, Sendable {
    /// Stays in the vault and in sealed sheets: no watcher learns an itinerary.
    package let name: String
    package let deadline: Instant

    package init(name: String, deadline: Instant) {
        self.name = name
        self.deadline = deadline
    }
}

extension Schedule {
    /// Most deadlines that a watcher is told at once, and how far ahead they reach. Zone rules change
    /// by decree, so that a longer list would only look more certain.
    package static let deadlineLimit = 400
    package static let horizon: Duration = .seconds(200 * 86_400)

    /// What a watcher is told: an interval or plain moments, of which the last one is the end.
    ///
    /// - Parameter start: From when on; hours of the week before it are not promised.
    package func promise(from start: Instant, end: Instant?, in rules: TimeZoneRules) -> Promise {
        switch self {
        case .every(let interval): .interval(interval, end: end)
        case .once(let moment): .deadlines(Self.closed([moment], end))
        case .legs(let legs): .deadlines(Self.closed(legs.map(\.deadline), end))
        case .weekly(let hours):
            .deadlines(Self.list(hours, from: start, end: end, in: rules).moments)
        }
    }

    /// When the list of hours stops although the plan goes on: it has to be filled up before. nil
    /// for a list that holds everything.
    package func reach(from start: Instant, end: Instant?, in rules: TimeZoneRules) -> Instant? {
        guard case .weekly(let hours) = self else { return nil }
        let list = Self.list(hours, from: start, end: end, in: rules)
        return list.isCut ? list.moments.last : nil
    }

    /// Everything in it that somebody may have to read.
    var names: [String] {
        switch self {
        case .every, .once, .weekly: []
        case .legs(let legs): legs.map(\.name)
        }
    }

    private static func closed(_ moments: [Instant], _ end: Instant?) -> [Instant] {
        guard let end, let last = moments.last, end > last else { return moments }
        return moments + [end]
    }

    /// The end is itself a check-in; an hour that the clock jumps over is due when it has jumped, and
    /// one that it shows twice, the first time: no deadline is later than was meant.
    private static func list(
        _ hours: [WeeklyHours], from start: Instant, end: Instant?, in rules: TimeZoneRules
    ) -> (moments: [Instant], isCut: Bool) {
        var moments: [Instant] = []
        let limit = min(start + horizon, end ?? Instant(milliseconds: .max))
        var date = rules.local(at: start).date
        // The day of the limit there may be a day later than in UTC: one more is looked at.
        days: while true {
            let weekday = date.weekday
            let minutes = Set(hours.filter { $0.days.contains(weekday) }.flatMap(\.minutes))
            for minute in minutes.sorted() {
                guard let local = CivilDateTime(date, hour: minute / 60, minute: minute % 60) else {
                    continue
                }
                let moment = rules.instants(forLocal: local).earliest
                guard moment < limit else { break days }
                // Two hours that the clock jumps over are one moment.
                guard moment > (moments.last ?? start) else { continue }
                guard moments.count < deadlineLimit else { return (moments, true) }
                moments.append(moment)
            }
            let next = date.adding(days: 1)
            guard next > date else { break }
            date = next
        }
        if let end, limit == end { return (moments + (end > start ? [end] : []), false) }
        return (moments, true)
    }

    /// The first two hours of which one is due before the grace of the other is over; nil when no
    /// two are that close.
    package func overlap(grace: Duration) -> (Overlap, Overlap)? {
        switch self {
        case .every, .once: return nil
        case .legs(let legs):
            for (leg, next) in zip(legs, legs.dropFirst())
            where leg.deadline + grace > next.deadline || leg.deadline >= next.deadline {
                return (.leg(leg.name), .leg(next.name))
            }
            return nil
        case .weekly(let hours):
            let week = 7 * 1_440
            let all = Set(
                (0..<7).flatMap { day in
                    hours.filter { $0.days.contains(day) }.flatMap(\.minutes).map {
                        day * 1_440 + $0
                    }
                }
            ).sorted()
            guard let first = all.first else { return nil }
            for (minute, next) in zip(all, all.dropFirst() + [first + week])
            where grace > .seconds(Int64(next - minute) * 60) {
                return (.minute(minute % 1_440), .minute(next % 1_440))
            }
            return nil
        }
    }
}

/// A deadline, as the person who typed it knows it.
package enum Overlap: Hashable, Sendable {
    case leg(String)
    /// After midnight.
    case minute(Int)
}
