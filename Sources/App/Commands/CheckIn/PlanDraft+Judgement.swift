internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Watch
internal import Wording

// What a plan may be, and had better not: asked about, and `--yes` answers.
extension PlanDraft {
    func warnAboutPhones(_ invocation: Invocation) {
        guard phones.isEmpty else { return }
        invocation.warn(
            Text(
                en: "your contacts will see no phone number; add --phone NUMBER",
                es: "tus contactos no verán ningún teléfono; agrega --phone NÚMERO"))
    }

    func warnAboutAlias(_ invocation: Invocation) {
        guard !isAliasChosen else { return }
        invocation.warn(
            Text(
                en: "alerts will call you '\(alias)'; add --alias NAME",
                es: "las alertas te llamarán «\(alias)»; agrega --alias NOMBRE"))
    }

    /// A question whose no means other hours.
    struct Doubt {
        let question: Text
        let hint: Text
    }

    func askAboutHours(_ invocation: Invocation) throws {
        for doubt in doubts() where try !invocation.confirm(doubt.question) {
            throw Failure(
                .refused,
                Text(en: "no plan was made", es: "no se hizo ningún plan"),
                hint: doubt.hint)
        }
    }

    func doubts() -> [Doubt] { [haste, night].compactMap { $0 } }

    private var haste: Doubt? {
        guard case .every(let interval) = schedule, interval < .seconds(900) else { return nil }
        let every = DurationArgument.describe(interval)
        return Doubt(
            question: Text(
                en: "A check-in every \(every) is easily missed. Keep it?",
                es: "Un reporte cada \(every) se olvida fácilmente. ¿Lo dejas así?"),
            hint: Self.otherHours)
    }

    private var night: Doubt? {
        guard let night = firstNight() else { return nil }
        let hour = zone.local(at: night).hourAndMinute
        let article = PlaceTime(rules: zone, place: place).article(night)
        var hint = Self.otherHours
        if case .every = schedule {
            hint = Text(
                en: "with --every some fall at night too; use --until 'YYYY-MM-DD 22:00', or run it"
                    + " again and answer y",
                es: "con --every caen también de noche; usa --until 'AAAA-MM-DD 22:00' o vuelve a"
                    + " correrlo y responde s")
        }
        return Doubt(
            question: Text(
                en: "Some deadlines fall between 23:00 and 07:00, such as \(hour) in \(place). "
                    + "Keep them?",
                es:
                    "Algunas horas límite caen entre las 23:00 y las 07:00, como \(article) \(hour) en"
                    + " \(place). ¿Las dejas así?"),
            hint: hint)
    }

    private static let otherHours = Text(en: "choose other hours", es: "elige otras horas")

    /// The first deadline at night, if every check-in is made at its hour.
    private func firstNight() -> Instant? {
        var deadlines: [Instant] = []
        switch schedule.promise(from: now, end: end, in: zone) {
        case .deadlines(let moments): deadlines = moments
        case .interval(let interval, _):
            deadlines = [end].compactMap { $0 }
            // A week of them; promises of minutes have been asked about already.
            guard interval >= .seconds(900) else { break }
            var next = now + interval
            while next < min(end ?? now + .seconds(604_800), now + .seconds(604_800)) {
                deadlines.append(next)
                next = next + interval
            }
        }
        return deadlines.first { deadline in
            let hour = zone.local(at: deadline).hour
            return hour >= 23 || hour < 7
        }
    }
}
