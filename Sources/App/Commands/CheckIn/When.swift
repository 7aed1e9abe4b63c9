internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Wording

/// A day and an hour as they are typed; which moment that is depends on a place and on now.
enum When: Hashable {
    case dated(CivilDateTime)
    /// Minutes after midnight: the next time the clock shows them.
    case hour(Int)
    case tomorrow(Int)

    /// `2026-12-01 18:00`, `18:00`, `tomorrow 18:00`, `mañana 18:00`.
    init?(parsing text: String) {
        if let local = CivilDateTime(parsing: text) {
            self = .dated(local)
        } else if let minute = HourList.minute(text) {
            self = .hour(minute)
        } else {
            let words = text.split(separator: " ")
            guard words.count == 2, let minute = HourList.minute(words[1]),
                ["tomorrow", "mañana", "manana"].contains(words[0].lowercased())
            else { return nil }
            self = .tomorrow(minute)
        }
    }

    /// - Throws: Exit 2 when it is none of these.
    static func parse(_ text: String, for place: String) throws(Failure) -> When {
        guard let when = When(parsing: text) else {
            throw Failure(
                .usage,
                Text(
                    en: "\(place) cannot be '\(text)'", es: "\(place) no puede ser «\(text)»"),
                hint: Text(
                    en: "write 'YYYY-MM-DD HH:MM', such as '2026-12-01 18:00', or an hour alone:"
                        + " 18:00, 'tomorrow 09:00'",
                    es: "escribe 'AAAA-MM-DD HH:MM', como '2026-12-01 18:00', o solo una hora:"
                        + " 18:00, 'mañana 09:00'"))
        }
        return when
    }

    /// An hour alone is one that is still to come.
    func moment(after now: Instant, in rules: TimeZoneRules) -> Instant {
        let today = rules.local(at: now).date
        switch self {
        case .dated(let local): return rules.instants(forLocal: local).earliest
        case .tomorrow(let minute): return Self.moment(today.adding(days: 1), minute, rules)
        case .hour(let minute):
            let moment = Self.moment(today, minute, rules)
            return moment > now ? moment : Self.moment(today.adding(days: 1), minute, rules)
        }
    }

    /// The same for a leg of a journey: an hour alone is one of the day of the leg before.
    func moment(of day: CivilDate, today: CivilDate, in rules: TimeZoneRules) -> Instant {
        switch self {
        case .dated(let local): rules.instants(forLocal: local).earliest
        case .tomorrow(let minute): Self.moment(today.adding(days: 1), minute, rules)
        case .hour(let minute): Self.moment(day, minute, rules)
        }
    }

    private static func moment(_ date: CivilDate, _ minute: Int, _ rules: TimeZoneRules) -> Instant
    {
        guard let local = CivilDateTime(date, hour: minute / 60, minute: minute % 60) else {
            preconditionFailure("a minute of a day")
        }
        return rules.instants(forLocal: local).earliest
    }
}
