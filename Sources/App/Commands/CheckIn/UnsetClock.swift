internal import CommandLineKit
internal import Platform
internal import Watch
internal import Wording

/// A clock that lost its battery says a year long gone: an alarm promised by it would come years
/// late, or at once when somebody sets the clock.
enum UnsetClock {
    static func isRead(_ now: Instant) -> Bool { now < WatchClock.floor }

    /// Nothing is promised by such a clock.
    static func refuse(_ now: Instant) throws {
        guard isRead(now) else { return }
        throw Failure(
            .refused, says(now),
            hint: Text(
                en: "set the date and the hour, start the watcher again, then arm",
                es: "pon la fecha y la hora, vuelve a poner en marcha al vigilante y activa"))
    }

    /// Watching and reporting in go on.
    static func warn(_ invocation: Invocation) {
        let now = invocation.world.clock.now
        guard isRead(now) else { return }
        let what = says(now)
        invocation.warn(
            Text(
                en: "\(what.en): set the date and the hour",
                es: "\(what.es): pon la fecha y la hora"))
    }

    private static func says(_ now: Instant) -> Text {
        let year = now.utc.date.year
        return Text(
            en: "this machine's clock is wrong: it says \(year)",
            es: "el reloj de este equipo está mal: marca \(year)")
    }
}
