internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Watch
internal import Wording

/// Who would hear, and by when one has to report in: what the tickets and the watcher here tell,
/// and an open vault about plans that a colleague may watch.
extension TravelExaminations {
    /// A deadline this near is met before one leaves, and not on the way.
    private static let near: Duration = .seconds(3_600)

    func plan(_ inside: Inside) -> Examination {
        let box = Tickets(home, invocation.world.files)
        let tickets = (try? box.all()) ?? []
        var findings: [Finding] = []
        var watched: [PlanSummary] = []
        if !tickets.isEmpty, case .status(let plans, _) = try? invocation.askWatcher(.status) {
            watched = plans
        }
        let waiting = Set(((try? box.waiting()) ?? []).map(\.plan))
        for ticket in tickets {
            let summary = watched.last { $0.plan == ticket.plan }
            if waiting.contains(ticket.plan) { findings.append(queued(ticket)) }
            findings.append(hours(ticket, summary))
            findings.append(watch(ticket, isHere: summary.map { $0.state != "ended" } ?? false))
            if !ticket.handedTo.isEmpty {
                findings.append(handed(ticket.label.text, ticket.handedTo))
            }
            if ticket.isUntested { findings.append(untested(ticket)) }
        }
        if case .open(_, let plans) = inside {
            let known = Set(tickets.map(\.plan))
            findings += plans.filter { !known.contains($0.id) }.map { plan in
                handed(plan.label.text, plan.handed.map(\.contact))
            }
        }
        if findings.isEmpty { findings = [none] }
        return Examination(id: "plan", name: Text(en: "plan", es: "plan"), findings: findings)
    }

    private var none: Finding {
        .attention(
            Text(
                en: "no check-in plan is armed here: unless a colleague watches one of yours,"
                    + " nobody will hear if you do not come back",
                es: "aquí no hay ningún plan activo: si ningún colega vigila uno tuyo, nadie sabrá"
                    + " si no vuelves"),
            do: Text(
                en: "make one and arm it: amparo checkin plan new --help",
                es: "haz uno y actívalo: amparo checkin plan new --help"))
    }

    /// When she has to report in next.
    private func hours(_ ticket: Ticket, _ summary: PlanSummary?) -> Finding {
        let label = ticket.label.text
        let hours = Hours(ticket, invocation.world)
        let report = Text(
            en: "before you leave: amparo ok \(label)", es: "antes de salir: amparo ok \(label)")
        if let summary {
            let said = CheckInCommands.lines(summary, hours)[0]
            switch summary.state {
            case "grace", "hold", "overdue": return .danger(said, do: report)
            case "paused":
                return .attention(
                    Text(
                        en: "\(said.en); nobody expects you until then",
                        es: "\(said.es); hasta entonces nadie te espera"),
                    do: Text(
                        en: "to be missed on the way: amparo checkin plan resume \(label)",
                        es: "para que te echen de menos en el camino: amparo checkin plan resume"
                            + " \(label)"))
            case "ended":
                return .attention(
                    said,
                    do: Text(
                        en: "arm it again, or make another: amparo checkin plan arm \(label)",
                        es: "actívalo otra vez o haz otro: amparo checkin plan arm \(label)"))
            default: break
            }
        }
        guard let next = summary?.deadline ?? ticket.deadlines.first else {
            return .unknown(
                Text(
                    en: "\(label): when the next check-in is due is not known here",
                    es: "\(label): aquí no se sabe a qué hora es el siguiente reporte"),
                do: Text(en: "look: amparo checkin status", es: "mira: amparo checkin status"))
        }
        let when = hours.said(next)
        if hours.isPast(next) {
            return .danger(
                Text(
                    en: "\(label): the check-in was owed at \(when.en)",
                    es: "\(label): el reporte era a \(when.es)"), do: report)
        }
        let said = Text(
            en: "\(label): next check-in at \(when.en); it takes the code, not the vault",
            es: "\(label): siguiente reporte, a \(when.es); pide el código, no la bóveda")
        return next - invocation.world.clock.now < Self.near
            ? .attention(said, do: report) : .good(said)
    }

    /// Who watches.
    private func watch(_ ticket: Ticket, isHere: Bool) -> Finding {
        let label = ticket.label.text
        if ticket.watchers.contains(where: { $0.place != .thisMachine }) {
            return .good(
                Text(
                    en: "\(label): somebody watches from elsewhere",
                    es: "\(label): alguien vigila desde otro lado"))
        }
        let isHanded = !ticket.handedTo.isEmpty
        guard isHere else {
            let said = isHanded ? Self.notHere : CheckInCommands.nobodyWatches
            return .danger(
                Text(en: "\(label): \(said.en)", es: "\(label): \(said.es)"),
                do: Text(
                    en: "start the watcher where it can stay: amparo watch",
                    es: "pon en marcha el vigilante donde pueda quedarse: amparo watch"))
        }
        guard !isHanded else {
            return .good(
                Text(en: "\(label): this machine watches", es: "\(label): vigila este equipo"))
        }
        return .attention(
            Text(
                en: "\(label): only this machine watches. If it goes with you and is taken or"
                    + " switched off, nobody hears; if it stays, somebody there has to type your"
                    + " code for you",
                es: "\(label): solo vigila este equipo. Si va contigo y te lo quitan o se apaga,"
                    + " nadie se entera; si se queda, alguien ahí tiene que escribir tu código"),
            do: Text(
                en: "let a colleague's machine watch: amparo checkin plan hand-over \(label) --to"
                    + " NAME",
                es: "que vigile el equipo de un colega: amparo checkin plan hand-over \(label) --to"
                    + " NOMBRE"))
    }

    private static let notHere = Text(
        en: "this machine does not watch it now", es: "este equipo no lo está vigilando")

    private func handed(_ label: String, _ names: [String]) -> Finding {
        let list = names.joined(separator: ", ")
        return .unknown(
            Text(
                en: "\(label): handed over to \(list); whether they took it cannot be seen from"
                    + " here",
                es: "\(label): se lo entregaste a \(list); desde aquí no se ve si lo aceptó"),
            do: Text(
                en: "ask by voice, and agree when you call with the code",
                es: "pregúntale de viva voz y acuerden a qué hora llamas con el código"))
    }

    private func queued(_ ticket: Ticket) -> Finding {
        let label = ticket.label.text
        return .danger(
            Text(
                en: "\(label): your last check-in still waits here: nobody knows yet",
                es: "\(label): tu último reporte sigue aquí, en espera: todavía nadie lo sabe"),
            do: Text(
                en: "start the watcher, which takes it: amparo watch",
                es: "pon en marcha el vigilante, que lo recibe: amparo watch"))
    }

    private func untested(_ ticket: Ticket) -> Finding {
        let label = ticket.label.text
        return .attention(
            Text(
                en: "\(label): nobody has confirmed that alerts arrive",
                es: "\(label): nadie ha confirmado que las alertas llegan"),
            do: Text(
                en: "rehearse it with your people: amparo checkin drill \(label)",
                es: "ensáyalo con tu gente: amparo checkin drill \(label)"))
    }
}
