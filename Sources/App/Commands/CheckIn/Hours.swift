internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Watch
internal import Wording

/// Deadlines as a person needs them: local hour, city, and how long that is from now.
struct Hours {
    private let time: PlaceTime?
    private let now: Instant
    private let seconds: Bool

    init(zone: String, place: String, world: World, now: Instant? = nil, seconds: Bool = false) {
        let rules = try? ZoneCatalog.newest(on: world.files).rules(zone)
        time = rules.map { PlaceTime(rules: $0, place: place) }
        self.now = now ?? world.clock.now
        self.seconds = seconds
    }

    init(_ ticket: Ticket, _ world: World) {
        let nearest = ticket.deadlines.first.map { $0 - world.clock.now } ?? .seconds(3_600)
        self.init(
            zone: ticket.zone, place: ticket.place, world: world,
            seconds: nearest < .seconds(600))
    }

    /// `21:00`, with the day where it is not today.
    func clock(_ moment: Instant) -> Text {
        time?.clock(moment, near: now, seconds: seconds)
            ?? Text(verbatim: moment.utc.description + " UTC")
    }

    func isPast(_ moment: Instant) -> Bool { moment < now }

    /// `until`, as a part of a sentence: «las 21:00 …», «la 01:05 …».
    func said(_ moment: Instant) -> Text {
        Text(en: "", es: article(moment)) + until(moment)
    }

    /// Without a known zone a whole date stands there, which takes no article.
    private func article(_ moment: Instant) -> String {
        time.map { $0.article(moment) + " " } ?? ""
    }

    /// `21:00 (Xalapa time), in 3 h 20 min`; `… 5 min ago` for what is past.
    func until(_ moment: Instant) -> Text {
        let clock = clock(moment)
        let place = time.map { Text(verbatim: " ") + $0.named } ?? Text(verbatim: "")
        let left = moment - now
        let span = PlaceTime.span(left < .zero ? .zero - left : left)
        return left < .zero
            ? Text(
                en: "\(clock.en)\(place.en), \(span) ago",
                es: "\(clock.es)\(place.es), hace \(span)")
            : Text(
                en: "\(clock.en)\(place.en), in \(span)",
                es: "\(clock.es)\(place.es), en \(span)")
    }
}
