internal import CheckIn
internal import Platform
internal import Wording

/// What a message says, before it is words.
struct AlertFacts {
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
    let told: [String]
    let next: (at: Instant, names: [String])?
    let unreachable: [String]
    let now: Instant

    struct Words {
        let subject: Text
        let body: Text
    }

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

    func words(_ kind: MessageKind) -> Words {
        switch kind {
        case .alert: alert
        case .drill: drill
        case .allClear: allClear
        case .retracted: retracted
        case .reminder: reminder
        case .holdReminder: holdReminder
        case .undeliverable: undeliverable
        case .wrongCodes: wrongCodes
        case .duress: duress
        case .held: held
        case .daily: daily
        case .edited:
            announcement(
                Text(
                    en: "\(alias) has changed the check-in plan",
                    es: "\(alias) cambió su plan de reportes"),
                Text(
                    en: "What protects less than before only counts after the next check-in, two"
                        + " hours from now at the earliest.",
                    es: "Lo que protege menos que antes solo vale después del siguiente reporte, y"
                        + " no antes de dos horas."))
        case .extended:
            announcement(
                Text(
                    en: "\(alias) will report in later than usual",
                    es: "\(alias) se reportará más tarde que de costumbre"),
                deadline.map { deadline in
                    let when = moment(near: now, deadline)
                    return Text(
                        en: "The next check-in is due at \(when.en).",
                        es: "El siguiente reporte se espera a \(the(deadline)) \(when.es).")
                } ?? Text(verbatim: ""))
        case .ended:
            announcement(
                Text(
                    en: "\(alias) has ended the check-in plan",
                    es: "\(alias) terminó su plan de reportes"),
                Text(
                    en: "No further check-ins are awaited.", es: "Ya no se esperan más reportes."))
        case .paused:
            announcement(
                Text(
                    en: "\(alias) has paused the check-in plan",
                    es: "\(alias) puso en pausa su plan de reportes"),
                Text(
                    en: "Until the pause ends no check-in is awaited.",
                    es: "Mientras dure la pausa no se esperan reportes."))
        case .resumed:
            announcement(
                Text(
                    en: "\(alias) has resumed the check-in plan",
                    es: "\(alias) reanudó su plan de reportes"),
                Text(
                    en: "Check-ins are awaited again.", es: "Otra vez se esperan reportes."))
        }
    }

    // MARK: Alerts

    private var alert: Words {
        Words(
            subject: Text(
                en: "ALERT: \(alias) has not reported in",
                es: "ALERTA: \(alias) no se ha reportado"),
            body: joined([situation, doubt, steps, chain, discretion, Self.notADrill]))
    }

    private var duress: Words {
        let since = lastSeen.map { moment(near: now, $0) } ?? Text(verbatim: "")
        let article = lastSeen.map { the($0) } ?? "las"
        return Words(
            subject: Text(
                en: "ALERT: \(alias) is under duress. Do NOT call or write to \(alias)",
                es: "ALERTA: \(alias) está bajo amenaza. NO le llames ni le escribas"),
            body: joined([
                Text(
                    en: "At \(since.en) \(alias) reported in with the code that means: I am forced"
                        + " to. Whoever is there sees an ordinary check-in.",
                    es: "A \(article) \(since.es) \(alias) se reportó con el código que significa:"
                        + " me están obligando. Quien esté ahí ve un reporte normal."),
                Text(
                    en: "Do NOT call or write to \(alias), not even to ask: a call may give the"
                        + " code away.",
                    es: "NO le llames ni le escribas, ni para preguntar: una llamada puede delatar"
                        + " el código."),
                duressSteps, chain, discretion, Self.notADrill,
            ]))
    }

    private var duressSteps: Text {
        var lines = [
            told.isEmpty
                ? Text(
                    en: "Begin what you agreed on for this case",
                    es: "Empieza lo que acordaron para este caso")
                : Text(
                    en: "Agree with \(list(told).en) on who does what",
                    es: "Ponte de acuerdo con \(list(told).es) sobre quién hace qué")
        ]
        if hasSheet { lines.append(openTheSheet) }
        return numbered(Text(en: "Do this, in order:", es: "Haz esto, en orden:"), lines)
    }

    private var held: Words {
        let when = next.map { Text(en: "", es: the($0.at) + " ") + moment(near: now, $0.at) }
        return Words(
            subject: Text(
                en: "NOTICE: two contacts have spoken with \(alias)",
                es: "AVISO: dos contactos ya hablaron con \(alias)"),
            body: joined([
                Text(
                    en: "Two people who were alerted say that they have spoken with \(alias) and"
                        + " checked an answer that only \(alias) knows.",
                    es: "Dos personas avisadas dicen que hablaron con \(alias) y comprobaron una"
                        + " respuesta que solo \(alias) sabe."),
                when.map {
                    Text(
                        en: "Nobody else is told until \($0.en). This is no all-clear: \(alias) has"
                            + " not reported in.",
                        es: "No se avisa a nadie más antes de \($0.es). Esto no es un aviso de que"
                            + " está bien: \(alias) no se ha reportado.")
                }
                    ?? Text(
                        en: "This is no all-clear: \(alias) has not reported in.",
                        es: "Esto no es un aviso de que está bien: \(alias) no se ha reportado."),
                discretion, Self.notADrill,
            ]))
    }

    private var drill: Words {
        let mark = Text(en: "THIS IS A DRILL", es: "ESTO ES UN SIMULACRO")
        return Words(
            subject: Text(
                en: "DRILL: \(alias) has not reported in",
                es: "SIMULACRO: \(alias) no se ha reportado"),
            body: joined([
                mark,
                Text(
                    en: "Nothing has happened. In a real alert you would read this:",
                    es: "No ha pasado nada. En una alerta real leerías esto:"),
                situation, steps, chain, discretion, mark,
            ]))
    }

    private var allClear: Words {
        let when = lastSeen.map { Text(en: "", es: the($0) + " ") + moment(near: $0, $0) }
        return Words(
            subject: Text(
                en: "ALL CLEAR: \(alias) has reported in", es: "AVISO: \(alias) ya se reportó"),
            body: joined([
                Text(
                    en: "\(alias) reported in\(when.map { " at " + $0.en } ?? "")."
                        + " The alert \(code) is over.",
                    es: "\(alias) se reportó\(when.map { " a " + $0.es } ?? "")."
                        + " La alerta \(code) queda sin efecto."),
                Text(
                    en: "Call all the same\(numbers.en), to hear that voice: a code can be"
                        + " typed under threat.",
                    es: "De todos modos llámale\(numbers.es) para oír su voz: un código se puede"
                        + " escribir bajo amenaza."),
                discretion,
            ]))
    }

    private var retracted: Words {
        let next = deadline.map { deadline in
            let when = moment(near: now, deadline)
            return Text(
                en: " The next one is due at \(when.en). If it is missing, you will hear again.",
                es: " El próximo se espera a \(the(deadline)) \(when.es). Si falta, se te volverá"
                    + " a avisar.")
        }
        return Words(
            subject: Text(
                en: "CORRECTION: the alert about \(alias) was a clock's error",
                es: "CORRECCIÓN: la alerta sobre \(alias) fue error de un reloj"),
            body: joined([
                Text(
                    en: "The clock of the machine that watches was wrong. The alert \(code) is"
                        + " void.",
                    es: "El reloj del equipo que vigila estaba mal. La alerta \(code) queda sin"
                        + " efecto."),
                Text(
                    en: "This is no check-in: nothing new is known about \(alias).",
                    es: "Esto no es un reporte: no se sabe nada nuevo de \(alias).")
                    + (next ?? Text(verbatim: "")),
                Text(
                    en: "If you are not at ease, call\(numbers.en).",
                    es: "Si tienes dudas, llama\(numbers.es)."),
                discretion, Self.notADrill,
            ]))
    }

    static let notADrill = Text(en: "NOT A DRILL.", es: "NO ES SIMULACRO.")

    private var situation: Text {
        guard let deadline, let graceEnd else { return Text(verbatim: alias) }
        let day = time?.day(deadline)
        let seen =
            lastSeen.map { moment(near: deadline, $0) }
            ?? Text(en: "none since the plan began", es: "ninguno desde que empezó el plan")
        var text =
            Text(
                en: "\(alias) was to report in at \(clock(deadline).en)"
                    + "\(day.map { ", \($0.en)" } ?? ""); the grace ended at"
                    + " \(moment(near: deadline, graceEnd).en). Last check-in: \(seen.en).",
                es: "\(alias) no se ha reportado. Debía reportarse a \(the(deadline))"
                    + " \(clock(deadline).es)\(day.map { ", \($0.es)" } ?? ""); la tolerancia"
                    + " terminó a \(the(graceEnd)) \(moment(near: deadline, graceEnd).es)."
                    + " Último reporte de seguridad: \(seen.es).")
        if let leap {
            let span = PlaceTime.span(leap)
            text =
                text
                + Text(
                    en: " The clock of the machine that watches was wrong by \(span) and was put"
                        + " right in that time: reminders may not have come.",
                    es: " El reloj del equipo que vigila estaba mal por \(span) y se corrigió en"
                        + " ese lapso: puede que no le hayan llegado recordatorios.")
        } else if let outage {
            let span = PlaceTime.span(outage)
            text =
                text
                + Text(
                    en: " The machine that watches was off for \(span) in that time: a check-in"
                        + " may have been missed.",
                    es: " El equipo que vigila estuvo apagado \(span) en ese lapso: puede que no"
                        + " le haya llegado un reporte.")
        }
        return text
    }

    private var doubt: Text {
        Text(
            en: "This does not prove that anything has happened: there may be no signal.",
            es: "Esto no prueba que le haya pasado algo: puede ser falta de señal.")
    }

    private var steps: Text {
        var lines = [
            Text(en: "Call \(alias)\(numbers.en)", es: "Llámale\(numbers.es)"),
            told.isEmpty
                ? Text(
                    en: "Ask whoever may be there too, without raising an alarm",
                    es: "Pregunta a quien pueda estar en el mismo lugar, sin alarmar")
                : Text(
                    en: "Agree with \(list(told).en) on who does what",
                    es: "Ponte de acuerdo con \(list(told).es) sobre quién hace qué"),
        ]
        if hasSheet { lines.append(openTheSheet) }
        return numbered(Text(en: "Do this, in order:", es: "Haz esto, en orden:"), lines)
    }

    private var openTheSheet: Text {
        let file = label + ".age"
        return Text(
            en: "Open the attached file: age -d -i YOUR-KEY.txt \(file)"
                + "  (or: amparo decrypt \(file))",
            es: "Abre el archivo adjunto: age -d -i TU-LLAVE.txt \(file)"
                + "  (o: amparo decrypt \(file))")
    }

    private func numbered(_ head: Text, _ lines: [Text]) -> Text {
        var text = head
        for (index, line) in lines.enumerated() {
            text = text + Text(verbatim: "\n\(index + 1)) ") + line
        }
        return text
    }

    private var chain: Text {
        var text = Text(
            en: "If you take care of it, confirm with \(code): reply or call.",
            es: "Si tú lo atiendes, confirma con \(code): responde a este mensaje o llama.")
        if let next {
            let when = moment(near: deadline ?? next.at, next.at)
            text =
                text
                + Text(
                    en: "\nAt \(when.en) \(list(next.names).en) will be told.",
                    es: "\nA \(the(next.at)) \(when.es) se avisará a \(list(next.names).es).")
        } else {
            text =
                text
                + Text(
                    en: "\nNobody else will be told after you.",
                    es: "\nDespués de ti no se avisará a nadie más.")
        }
        let already = told.isEmpty ? Text(en: "nobody yet", es: "nadie todavía") : list(told)
        return text
            + Text(en: "\nAlready told: \(already.en).", es: "\nYa avisados: \(already.es).")
    }

    private var discretion: Text {
        Text(en: "Do not publish or forward this.", es: "No publiques ni reenvíes.")
    }

    // MARK: To the journalist

    private var reminder: Words {
        let hour = deadline.map { clock($0) } ?? Text(verbatim: "")
        let article = deadline.map { the($0) } ?? "las"
        let margin =
            graceEnd.map { Text(en: "", es: the($0) + " ") + moment(near: now, $0) }
            ?? Text(verbatim: "")
        let people = next.map { list($0.names) } ?? Text(verbatim: "")
        return Words(
            subject: Text(
                en: "Report in: \(label), \(hour.en)", es: "Repórtate: \(label), \(hour.es)"),
            body: Text(
                en: "Your check-in was promised for \(hour.en). Type: amparo ok \(label)\n"
                    + "The grace ends at \(margin.en); then \(people.en) will be told.",
                es: "Prometiste reportarte a \(article) \(hour.es). Escribe: amparo ok \(label)\n"
                    + "La tolerancia termina a \(margin.es); entonces se avisará a"
                    + " \(people.es)."))
    }

    private var holdReminder: Words {
        let span = (leap ?? outage).map { PlaceTime.span($0) } ?? ""
        let why =
            leap == nil
            ? Text(
                en: "This machine could not hear you for \(span) and has no check-in of yours.",
                es: "Este equipo no pudo escucharte durante \(span) y no tiene tu reporte.")
            : Text(
                en: "The clock of this machine was wrong by \(span). It has no check-in of yours.",
                es: "El reloj de este equipo estaba mal por \(span). Aquí no hay reporte tuyo.")
        let when =
            next.map { Text(en: "", es: the($0.at) + " ") + moment(near: now, $0.at) }
            ?? Text(verbatim: "")
        let people = next.map { list($0.names) } ?? Text(verbatim: "")
        return Words(
            subject: Text(
                en: "Report in now: \(label)", es: "Repórtate ahora: \(label)"),
            body: Text(
                en: "\(why.en)\n"
                    + "If you are well, type: amparo ok \(label)\n"
                    + "At \(when.en) \(people.en) will be told.",
                es: "\(why.es)\n"
                    + "Si estás bien, escribe: amparo ok \(label)\n"
                    + "A \(when.es) se avisará a \(people.es)."))
    }

    private var undeliverable: Words {
        let names = list(unreachable)
        return Words(
            subject: Text(
                en: "Not delivered: \(names.en)", es: "No se pudo avisar: \(names.es)"),
            body: Text(
                en: "The alert about \(alias) could not be delivered to \(names.en).\n"
                    + "It is tried again, and whoever is next has been told at once.\n"
                    + "If you are well, type: amparo ok \(label)",
                es: "La alerta sobre \(alias) no se pudo entregar a \(names.es).\n"
                    + "Se sigue intentando, y a quien sigue ya se le avisó.\n"
                    + "Si estás bien, escribe: amparo ok \(label)"))
    }

    private var wrongCodes: Words {
        Words(
            subject: Text(
                en: "NOTICE: somebody is trying codes of \(alias)",
                es: "AVISO: alguien está probando códigos de \(alias)"),
            body: joined([
                Text(
                    en: "Five wrong check-in codes were typed on the machine of \(alias). It may be"
                        + " forgetfulness, or somebody else who has the machine.",
                    es: "En el equipo de \(alias) se escribieron cinco códigos equivocados. Puede"
                        + " ser un olvido, u otra persona que tiene el equipo."),
                Text(
                    en: "Call\(numbers.en), to hear that voice. No alarm has been raised by this.",
                    es: "Llámale\(numbers.es) para oír su voz. Con esto no se ha dado ninguna"
                        + " alerta."),
                discretion, Self.notADrill,
            ]))
    }

    private var daily: Words {
        Words(
            subject: Text(
                en: "The watcher's log today: \(label)", es: "El registro del vigilante: \(label)"),
            body: Text(
                en: "The watcher is there. Compare with: amparo checkin log \(label)",
                es: "El vigilante está ahí. Compara con: amparo checkin log \(label)"))
    }

    private func announcement(_ what: Text, _ meaning: Text) -> Words {
        let when = moment(near: now, lastSeen ?? now)
        return Words(
            subject: Text(en: "NOTICE: ", es: "AVISO: ") + what,
            body: joined([
                what
                    + Text(
                        en: ", with the code, at \(when.en). ",
                        es: " con su código, a \(the(lastSeen ?? now)) \(when.es). ") + meaning,
                Text(
                    en: "If you did not expect this, call\(numbers.en).",
                    es: "Si no lo esperabas, llámale\(numbers.es)."),
                discretion, Self.notADrill,
            ]))
    }

    // MARK: Pieces

    private var numbers: Text {
        phones.isEmpty
            ? Text(verbatim: "")
            : Text(
                en: " on " + phones.joined(separator: " or "),
                es: " al " + phones.joined(separator: " o al "))
    }

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

    private func joined(_ parts: [Text]) -> Text {
        Text(
            en: parts.map(\.en).joined(separator: "\n\n"),
            es: parts.map(\.es).joined(separator: "\n\n"))
    }
}
