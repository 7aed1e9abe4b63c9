internal import CommandLineKit
internal import Platform

/// Hours as the person's wall clock shows them.
struct LocalTime: Sendable {
    private let rules: TimeZoneRules?

    /// The zone of `$TZ`, else the system's; UTC where neither is known.
    init(_ world: World) { rules = Self.zone(of: world) }

    func date(of moment: Instant) -> CivilDate { local(moment).date }

    /// `2026-03-01 18:04`, with `UTC` where that is what the clock shows: a system in UTC, such as
    /// Tails, does not know where its user is.
    func text(_ moment: Instant) -> String {
        local(moment).description + (offset(moment) == 0 ? " UTC" : "")
    }

    /// `2026-03-01 18:04 (UTC-6)`: what it still means in another place.
    func exactText(_ moment: Instant) -> String {
        let minutes = offset(moment) / 60
        guard minutes != 0 else { return text(moment) }
        let sign = minutes < 0 ? "-" : "+"
        let (hours, rest) = abs(minutes).quotientAndRemainder(dividingBy: 60)
        let part = rest == 0 ? "" : rest < 10 ? ":0\(rest)" : ":\(rest)"
        return "\(local(moment)) (UTC\(sign)\(hours)\(part))"
    }

    private func offset(_ moment: Instant) -> Int { rules?.offset(at: moment) ?? 0 }

    private func local(_ moment: Instant) -> CivilDateTime {
        rules?.local(at: moment)
            ?? CivilDateTime(secondsSince1970: Int(clamping: moment.milliseconds / 1_000))
    }

    private static func zone(of world: World) -> TimeZoneRules? {
        let catalog = ZoneCatalog.newest(on: world.files)
        func rules(_ name: String) -> TimeZoneRules? { try? catalog.rules(name) }
        if var name = world.environment["TZ"], !name.isEmpty {
            if name.hasPrefix(":") { name.removeFirst() }
            return rules(name)
        }
        // Debian keeps the name beside the data; the name gives the newer rules.
        if let bytes = try? world.files.read("/etc/timezone", limit: 256),
            let found = rules(
                String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self))
        {
            return found
        }
        guard
            let bytes = try? world.files.read("/etc/localtime", limit: TimeZoneRules.byteLimit)
        else { return nil }
        return try? TimeZoneRules(name: "localtime", parsing: bytes)
    }
}
