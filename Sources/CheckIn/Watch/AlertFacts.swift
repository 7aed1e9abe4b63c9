internal import CheckIn
internal import Platform
internal import Wording

/// What a message says, before it is words.
struct AlertFacts {
    let kind: MessageKind
    let label: String
    let alias: String
    /// nil when the zone is not known: hours are then in UTC.
    let time: PlaceTime?
    let isShort: Bool
    let deadline: Instant?
    let graceEnd: Instant?
    let lastSeen: Instant?
    let outage: Duration?
    /// The outage was none: the clock went over those hours.
    let leap: Duration?
    let phones: [String]
    let code: String
    let hasSheet: Bool
    /// She also gets a letter, with more in it.
    let hasLetter: Bool
    let told: [String]
    let next: (at: Instant, names: [String])?
    let unreachable: [String]
    /// When the message was decided on.
    let posted: Instant
    let now: Instant

    /// What stands in a place; in Spanish with the article or preposition that an hour takes.
    func value(_ place: TextPlace) -> Text {
        switch place {
        case .alias: Text(verbatim: alias)
        case .label: Text(verbatim: label)
        case .code: Text(verbatim: code)
        case .clock: deadline.map(clock) ?? Self.nothing
        case .hour: deadline.map { article($0) + clock($0) } ?? Self.nothing
        case .deadline:
            deadline.map { moment in
                let day = time.map { Text(verbatim: ", ") + $0.day(moment) } ?? Self.nothing
                return article(moment) + clock(moment) + day
            } ?? Self.nothing
        case .grace: grace
        case .last:
            lastSeen.map { self.moment(near: deadline ?? now, $0) }
                ?? Text(en: "none since the plan began", es: "ninguno desde que empezó el plan")
        case .when: when
        case .phones:
            phones.isEmpty
                ? Self.nothing
                : Text(
                    en: " on " + phones.joined(separator: " or "),
                    es: " al " + phones.joined(separator: " o al "))
        case .agree: agree
        case .sheet: sheet
        case .next: nextPeople
        case .told: told.isEmpty ? Text(en: "nobody yet", es: "nadie todavía") : list(told)
        case .watcher: kind == .holdReminder ? whyHeld : doubtAboutWatcher
        case .names: list(kind == .undeliverable ? unreachable : next?.names ?? [])
        case .due: due
        case .letter:
            hasLetter ? Text(en: " Read your mail.", es: " Lee tu correo.") : Self.nothing
        }
    }

    // MARK: What the program itself adds

    static func repeated(_ code: String) -> Text {
        Text(
            en: "(Repeat of \(code): if you have it already, nothing is new.)",
            es: "(Repetición de \(code): si ya lo recibiste, no hay nada nuevo.)")
    }

    /// Number and beginning of the hash, one line.
    static func head(_ entry: AuditEntry) -> Text {
        let hash = entry.short
        return Text(
            en: "Log of the watcher: \(entry.number) \(hash)",
            es: "Registro del vigilante: \(entry.number) \(hash)")
    }

    static let lostSheet = Text(
        en: "There is a sealed sheet for you, but it could not be attached to this message.",
        es: "Hay una hoja sellada para ti, pero no se pudo adjuntar a este mensaje.")
    /// Who else has to know: no watcher hears what another one was told. With which code she
    /// reported there nobody at that screen can say, so it is no all-clear.
    static func otherWatchers(_ registration: Registration, besides reader: String) -> Text? {
        let names = registration.otherWatchers.filter { $0 != reader }
        let own =
            registration.isWatchedByOwner
            ? [
                Text(
                    en: "\(registration.alias)'s own machine",
                    es: "el equipo de \(registration.alias)")
            ] : []
        let all = own + names.map { Text(verbatim: $0) }
        guard !all.isEmpty else { return nil }
        let (en, es) = (all.map(\.en), all.map(\.es))
        return Text(
            en: "This plan is also watched by: \(en.joined(separator: ", ")). Tell them too."
                + " What they were told by code proves nothing: only her own voice does.",
            es: "Este plan también lo vigila: \(es.joined(separator: ", ")). Avísales también."
                + " Que ahí se haya reportado con un código no prueba nada: solo su propia voz.")
    }

    static let notADrill = Text(en: "NOT A DRILL.", es: "NO ES SIMULACRO.")
    static let drillMark = Text(en: "THIS IS A DRILL", es: "ESTO ES UN SIMULACRO")
    static let drillOpening = Text(
        en: "Nothing has happened. In a real alert you would read this:",
        es: "No ha pasado nada. En una alerta real leerías esto:")
    static let shortDrill = Text(
        en: "DRILL, nothing has happened. ", es: "SIMULACRO, no ha pasado nada. ")

    var doNotCall: Text {
        Text(en: "Do NOT call or write to \(alias)", es: "NO le llames ni le escribas")
    }

    var confirm: Text { Text(en: "Confirm with \(code).", es: "Confirma con \(code).") }

    // MARK: Sentences

    private static let nothing = Text(verbatim: "")

    private var grace: Text {
        guard let graceEnd else { return Self.nothing }
        let reference = kind == .reminder ? now : deadline ?? now
        return article(graceEnd) + moment(near: reference, graceEnd)
    }

    /// When that happened which the message is about.
    private var when: Text {
        let moment: Instant?
        switch kind {
        case .ended, .paused, .resumed, .extended: moment = lastSeen ?? now
        case .edited: moment = posted
        case .alert, .allClear, .retracted, .reminder, .holdReminder, .undeliverable, .drill,
            .wrongCodes, .duress, .held, .daily:
            moment = lastSeen
        }
        guard let moment else { return Self.nothing }
        return at(moment, near: kind == .allClear ? moment : now)
    }

    private var agree: Text {
        guard told.isEmpty else {
            return Text(
                en: "Agree with \(list(told).en) on who does what",
                es: "Ponte de acuerdo con \(list(told).es) sobre quién hace qué")
        }
        return kind == .duress
            ? Text(
                en: "Begin what you agreed on for this case",
                es: "Empieza lo que acordaron para este caso")
            : Text(
                en: "Ask whoever may be there too, without raising an alarm",
                es: "Pregunta a quien pueda estar en el mismo lugar, sin alarmar")
    }

    private var sheet: Text {
        guard hasSheet else { return Self.nothing }
        let file = label + ".age"
        guard kind != .drill else {
            return Text(
                en: "A sealed file will come with it. Have your key at hand; you will open it with:"
                    + " age -d -i YOUR-KEY.txt \(file)  (or: amparo decrypt \(file))",
                es: "Vendrá un archivo sellado. Ten tu llave a la mano; lo abrirás con:"
                    + " age -d -i TU-LLAVE.txt \(file)  (o: amparo decrypt \(file))")
        }
        return Text(
            en: "Open the attached file: age -d -i YOUR-KEY.txt \(file)"
                + "  (or: amparo decrypt \(file))",
            es: "Abre el archivo adjunto: age -d -i TU-LLAVE.txt \(file)"
                + "  (o: amparo decrypt \(file))")
    }

    private var nextPeople: Text {
        guard let next else {
            return Text(
                en: "Nobody else will be told after you.",
                es: "Después de ti no se avisará a nadie más.")
        }
        let when = moment(near: deadline ?? next.at, next.at)
        return Text(
            en: "At \(when.en) \(list(next.names).en) will be told.",
            es: "A \(the(next.at)) \(when.es) se avisará a \(list(next.names).es).")
    }

    private var doubtAboutWatcher: Text {
        if let leap {
            let span = PlaceTime.span(leap)
            return Text(
                en: " The clock of the machine that watches was wrong by \(span) and was put"
                    + " right in that time: reminders may not have come.",
                es: " El reloj del equipo que vigila estaba mal por \(span) y se corrigió en"
                    + " ese lapso: puede que no le hayan llegado recordatorios.")
        }
        guard let outage else { return Self.nothing }
        let span = PlaceTime.span(outage)
        return Text(
            en: " The machine that watches was off for \(span) in that time: a check-in"
                + " may have been missed.",
            es: " El equipo que vigila estuvo apagado \(span) en ese lapso: puede que no"
                + " le haya llegado un reporte.")
    }

    private var whyHeld: Text {
        let span = (leap ?? outage).map { PlaceTime.span($0) } ?? ""
        return leap == nil
            ? Text(
                en: "This machine could not hear you for \(span) and has no check-in of yours.",
                es: "Este equipo no pudo escucharte durante \(span) y no tiene tu reporte.")
            : Text(
                en: "The clock of this machine was wrong by \(span). It has no check-in of yours.",
                es: "El reloj de este equipo estaba mal por \(span). Aquí no hay reporte tuyo.")
    }

    /// What comes next, in the words of the kind.
    private var due: Text {
        switch kind {
        case .retracted:
            deadline.map { deadline in
                let when = moment(near: now, deadline)
                return Text(
                    en: " The next one is due at \(when.en). If it is missing, you will hear"
                        + " again.",
                    es: " El próximo se espera a \(the(deadline)) \(when.es). Si falta, se te"
                        + " volverá a avisar.")
            } ?? Self.nothing
        case .extended:
            deadline.map { deadline in
                let when = moment(near: now, deadline)
                return Text(
                    en: "The next check-in is due at \(when.en).",
                    es: "El siguiente reporte se espera a \(the(deadline)) \(when.es).")
            } ?? Self.nothing
        case .held: held
        case .reminder, .holdReminder, .alert, .allClear, .undeliverable, .ended, .paused,
            .resumed, .drill, .wrongCodes, .duress, .edited, .daily:
            next.map { next in
                let when = moment(near: now, next.at)
                let people = list(next.names)
                return Text(
                    en: "At \(when.en) \(people.en) will be told.",
                    es: "A \(the(next.at)) \(when.es) se avisará a \(people.es).")
            } ?? Self.nothing
        }
    }

    private var held: Text {
        let what = Text(
            en: "This is no all-clear: \(alias) has not reported in.",
            es: "Esto no es un aviso de que está bien: \(alias) no se ha reportado.")
        guard let next else { return what }
        let when = moment(near: now, next.at)
        return Text(
            en: "Nobody else is told until \(when.en). ",
            es: "No se avisa a nadie más antes de \(the(next.at)) \(when.es). ") + what
    }

    // MARK: Pieces

    private func at(_ moment: Instant, near reference: Instant) -> Text {
        Text(en: " at ", es: " a \(the(moment)) ") + self.moment(near: reference, moment)
    }

    private func article(_ moment: Instant) -> Text { Text(en: "", es: the(moment) + " ") }

    private func clock(_ moment: Instant) -> Text {
        time?.clockWithPlace(moment, seconds: isShort) ?? Text(verbatim: utc(moment))
    }

    private func moment(near reference: Instant, _ moment: Instant) -> Text {
        time?.clock(moment, near: reference, seconds: isShort) ?? Text(verbatim: utc(moment))
    }

    private func the(_ moment: Instant) -> String { time?.article(moment) ?? "las" }

    private func utc(_ moment: Instant) -> String { moment.utc.description + " UTC" }

    private func list(_ names: [String]) -> Text {
        guard let last = names.last, names.count > 1 else {
            return Text(verbatim: names.first ?? "")
        }
        let first = names.dropLast().joined(separator: ", ")
        // «e» before the sound of i.
        let sound = last.lowercased()
        let and =
            sound.hasPrefix("i") || sound.hasPrefix("hi") && !sound.hasPrefix("hie") ? "e" : "y"
        return Text(en: "\(first) and \(last)", es: "\(first) \(and) \(last)")
    }
}
