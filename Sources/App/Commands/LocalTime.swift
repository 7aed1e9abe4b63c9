internal import CommandLineKit
internal import Platform

/// Hours as the person's wall clock shows them.
struct LocalTime: Sendable {
    private let rules: TimeZoneRules?

    /// The zone of `$TZ`, else the system's; UTC where neither is known.
    init(_ world: World) { rules = Self.zone(of: world) }

    func date(of moment: Instant) -> CivilDate { local(moment).date }

    /// `2026-03-01 18:04`
    func text(_ moment: Instant) -> String { local(moment).description }

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
