package import Platform
package import Wording

/// Hours as people on the spot say them: local hour and city.
package struct PlaceTime: Sendable {
    package let rules: TimeZoneRules
    /// A city, as the journalist named it.
    package let place: String

    package init(rules: TimeZoneRules, place: String) {
        self.rules = rules
        self.place = place
    }

    /// `21:00`; with seconds for promises of seconds, as in a rehearsal.
    package func clock(_ moment: Instant, seconds: Bool = false) -> String {
        let local = rules.local(at: moment)
        guard seconds else { return local.hourAndMinute }
        return local.hourAndMinute + (local.second < 10 ? ":0" : ":") + String(local.second)
    }

    /// `21:00 (Xalapa time)`.
    package func clockWithPlace(_ moment: Instant, seconds: Bool = false) -> Text {
        let hour = clock(moment, seconds: seconds)
        return Text(verbatim: hour + " ") + named
    }

    /// `(Xalapa time)`; UTC is no city.
    package var named: Text {
        place == "UTC"
            ? Text(verbatim: "(UTC)") : Text(en: "(\(city.en) time)", es: "(hora de \(city.es))")
    }

    /// Under the name that each language has for it: a plan is written in one of them.
    package var city: Text {
        switch place {
        case "Ciudad de México", "Mexico City": Text(en: "Mexico City", es: "Ciudad de México")
        default: Text(verbatim: place)
        }
    }

    /// `Tuesday 1 December`.
    package func day(_ moment: Instant) -> Text {
        let date = rules.local(at: moment).date
        return Text(
            en: "\(Self.days[date.weekday].en) \(date.day) \(Self.months[date.month - 1].en)",
            es: "\(Self.days[date.weekday].es) \(date.day) de \(Self.months[date.month - 1].es)")
    }

    /// `21:00`, and the day where it is another than that of `reference`.
    package func clock(_ moment: Instant, near reference: Instant, seconds: Bool = false) -> Text {
        let hour = Text(verbatim: clock(moment, seconds: seconds))
        guard rules.local(at: moment).date != rules.local(at: reference).date else { return hour }
        let day = day(moment)
        return Text(en: "\(hour.en) on \(day.en)", es: "\(hour.es) del \(day.es)")
    }

    /// What stands before an hour in Spanish: «la 01:05», «las 21:00».
    package func article(_ moment: Instant) -> String {
        rules.local(at: moment).hour == 1 ? "la" : "las"
    }

    /// `3 h 20 min`, `20 min`, `12 s`, `2 d 3 h`: the two largest units.
    package static func span(_ duration: Duration) -> String {
        let seconds = max(0, duration.wholeMilliseconds / 1_000)
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
        if days > 0 { return hours == 0 ? "\(days) d" : "\(days) d \(hours) h" }
        if hours > 0 { return minutes == 0 ? "\(hours) h" : "\(hours) h \(minutes) min" }
        return minutes > 0 ? "\(minutes) min" : "\(seconds) s"
    }

    private static let days = [
        Text(en: "Sunday", es: "domingo"), Text(en: "Monday", es: "lunes"),
        Text(en: "Tuesday", es: "martes"), Text(en: "Wednesday", es: "miércoles"),
        Text(en: "Thursday", es: "jueves"), Text(en: "Friday", es: "viernes"),
        Text(en: "Saturday", es: "sábado"),
    ]

    private static let months = [
        Text(en: "January", es: "enero"), Text(en: "February", es: "febrero"),
        Text(en: "March", es: "marzo"), Text(en: "April", es: "abril"),
        Text(en: "May", es: "mayo"), Text(en: "June", es: "junio"),
        Text(en: "July", es: "julio"), Text(en: "August", es: "agosto"),
        Text(en: "September", es: "septiembre"), Text(en: "October", es: "octubre"),
        Text(en: "November", es: "noviembre"), Text(en: "December", es: "diciembre"),
    ]
}
