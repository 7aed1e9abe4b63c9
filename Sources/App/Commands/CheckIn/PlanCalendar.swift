internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Watch
internal import Wording

extension Plan {
    /// The clock by which its hours count.
    ///
    /// - Throws: Exit 1 when this machine has never heard of its zone.
    func calendar(_ world: World) throws(Failure) -> TimeZoneRules {
        do throws(ZoneError) {
            return try ZoneCatalog.newest(on: world.files).rules(zone)
        } catch {
            throw Failure(
                .failed,
                Text(
                    en: "this machine knows no zone '\(zone)'",
                    es: "este equipo no conoce la zona «\(zone)»"),
                hint: Text(
                    en: "update tzdata, or use the newest amparo",
                    es: "actualiza tzdata o usa el amparo más nuevo"))
        }
    }

    /// What a watcher decides by.
    func terms(at now: Instant, _ world: World) throws -> LeaseTerms {
        try terms(at: now, in: calendar(world))
    }
}

extension Schedule {
    /// As a person says it: `every 6h`, `mon tue 09:00, 21:00`.
    func words(_ hours: Hours) -> Text {
        switch self {
        case .every(let interval):
            let span = DurationArgument.describe(interval)
            return Text(en: "every \(span)", es: "cada \(span)")
        case .once(let moment):
            return Text(en: "once, by ", es: "una vez, antes de ") + hours.said(moment)
        case .weekly(let rules):
            let parts = rules.map { rule in
                let times = rule.minutes.map(HourList.text).joined(separator: ", ")
                let days = rule.days.words
                return Text(en: "\(days.en) \(times)", es: "\(days.es) \(times)")
            }
            return Text(
                en: parts.map(\.en).joined(separator: "; "),
                es: parts.map(\.es).joined(separator: "; "))
        case .legs(let legs):
            let parts = legs.map { leg in
                let clock = hours.clock(leg.deadline)
                return Text(en: "\(leg.name) \(clock.en)", es: "\(leg.name) \(clock.es)")
            }
            return Text(
                en: parts.map(\.en).joined(separator: "; "),
                es: parts.map(\.es).joined(separator: "; "))
        }
    }
}

extension Weekdays {
    /// `every day`, `Mon-Fri`, `Sat, Sun`.
    var words: Text {
        if self == .all { return Text(en: "every day", es: "cada día") }
        // Monday first, and stretches of three days or more as such.
        let days = [1, 2, 3, 4, 5, 6, 0]
        var parts: [Text] = []
        var index = 0
        while index < days.count {
            guard contains(days[index]) else {
                index += 1
                continue
            }
            var last = index
            while last + 1 < days.count, contains(days[last + 1]) { last += 1 }
            let (first, final) = (Self.names[days[index]], Self.names[days[last]])
            if last - index >= 2 {
                parts.append(Text(en: "\(first.en)-\(final.en)", es: "\(first.es) a \(final.es)"))
            } else {
                parts += days[index...last].map { Self.names[$0] }
            }
            index = last + 1
        }
        return Text(
            en: parts.map(\.en).joined(separator: ", "),
            es: parts.map(\.es).joined(separator: ", "))
    }

    private static let names = [
        Text(en: "Sun", es: "dom"), Text(en: "Mon", es: "lun"), Text(en: "Tue", es: "mar"),
        Text(en: "Wed", es: "mié"), Text(en: "Thu", es: "jue"), Text(en: "Fri", es: "vie"),
        Text(en: "Sat", es: "sáb"),
    ]
}

extension Overlap {
    var words: String {
        switch self {
        case .leg(let name): name
        case .minute(let minute): HourList.text(minute)
        }
    }
}
