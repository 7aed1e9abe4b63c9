internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Wording

/// What was typed about when she reports, before it is known where.
enum Rhythm {
    case every(Duration)
    case once(When)
    case weekly([WeeklyHours])
    case legs([(name: String, when: When)])

    /// - Returns: nil when nothing was said.
    /// - Throws: Exit 2 for what is no such time.
    init?(_ options: PlanOptions) throws {
        if let text = options.value("every") {
            self = .every(try Invocation.duration(parsing: text, for: "--every"))
        } else if let text = options.value("once") {
            self = .once(try When.parse(text, for: "--once"))
        } else if !options.values("leg").isEmpty {
            self = .legs(try Self.legs(options.values("leg")))
        } else {
            let daily = try options.values("daily").map { text in
                try Self.hours(.all, text, for: "--daily")
            }
            let hours = try daily + options.values("weekdays").map(Self.weekdays)
            guard !hours.isEmpty else { return nil }
            self = .weekly(hours)
        }
    }

    private static func hours(_ days: Weekdays, _ text: some StringProtocol, for place: String)
        throws(Failure) -> WeeklyHours
    {
        guard let minutes = HourList.parse(text),
            let hours = WeeklyHours(days: days, minutes: minutes)
        else {
            throw Failure(
                .usage,
                Text(
                    en: "\(place) cannot be '\(text)'", es: "\(place) no puede ser «\(text)»"),
                hint: Text(
                    en: "write hours of the day, such as 09:00,21:00",
                    es: "escribe horas del día, como 09:00,21:00"))
        }
        return hours
    }

    private static func weekdays(_ text: String) throws(Failure) -> WeeklyHours {
        let words = text.split(separator: " ")
        guard words.count == 2, let days = Weekdays(parsing: String(words[0])) else {
            throw Failure(
                .usage,
                Text(
                    en: "--weekdays cannot be '\(text)'",
                    es: "--weekdays no puede ser «\(text)»"),
                hint: Text(
                    en: "write days and hours: --weekdays 'mon-fri 09:00,21:00'",
                    es: "escribe días y horas: --weekdays 'lun-vie 09:00,21:00'"))
        }
        return try hours(days, words[1], for: "--weekdays")
    }

    private static func legs(_ words: [String]) throws(Failure) -> [(name: String, when: When)] {
        var legs: [(name: String, when: When)] = []
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            let when = try When.parse(words[index + 1], for: "--leg '\(words[index])'")
            legs.append((words[index], when))
        }
        return legs
    }

    func schedule(after now: Instant, in rules: TimeZoneRules) -> Schedule {
        switch self {
        case .every(let interval): return .every(interval)
        case .once(let when): return .once(when.moment(after: now, in: rules))
        case .weekly(let hours): return .weekly(hours)
        case .legs(let legs):
            let today = rules.local(at: now).date
            var day = today
            return .legs(
                legs.map { leg in
                    let moment = leg.when.moment(of: day, today: today, in: rules)
                    day = rules.local(at: moment).date
                    return Leg(name: leg.name, deadline: moment)
                })
        }
    }
}
