internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Watch
internal import Wording

extension CheckInCommands {
    static let status = Command(
        "status", spanish: ["estado"],
        Text(
            en: "Show what is owed and who watches",
            es: "Muestra qué está pendiente y quién vigila"),
        examples: ["amparo checkin status", "amparo checkin status --json"]
    ) { invocation in
        let tickets = try invocation.tickets()
        try? deliverWaiting(tickets, invocation)
        let armed = try tickets.all()
        let watched = try? watchedPlans(invocation)
        let handed = try invocation.handedTickets()
        let lost = (watched?.plans ?? []).filter {
            $0.state != "ended" && !tickets.has($0.plan) && !handed.has($0.plan)
        }
        if invocation.json {
            let plans =
                armed.map { ticket in
                    json(ticket, watched?.plans.first { $0.plan == ticket.plan })
                } + lost.map { json(nil, $0) }
            return try invocation.printJSON([
                "watchers": watched == nil ? [] : ["local"], "plans": .list(plans),
            ])
        }
        guard !armed.isEmpty || !lost.isEmpty else {
            return try invocation.print(
                Text(en: "no plan is armed here", es: "aquí no hay ningún plan activo"))
        }
        let waiting = try tickets.waiting()
        for ticket in armed {
            warnIfRewritten(ticket, invocation)
            let summary = watched?.plans.first { $0.plan == ticket.plan }
            try print(ticket, summary, invocation)
            if waiting.contains(where: { $0.plan == ticket.plan }) {
                try invocation.print(
                    Text(
                        en: "  a check-in waits here: nobody knows yet",
                        es: "  aquí espera un reporte: todavía nadie lo sabe"))
            }
        }
        for plan in lost {
            let hours = Hours(
                zone: plan.zone, place: plan.place, world: invocation.world,
                now: watched?.now ?? invocation.world.clock.now, seconds: plan.isShort)
            for line in lines(plan, hours) { try invocation.print(line) }
            try invocation.print(ticketIsLost(plan.label).indented)
        }
    }

    /// Nobody could answer for such a plan, and its alarm would be false.
    static func ticketIsLost(_ label: String) -> Text {
        Text(
            en: "\(label) is watched, but ITS TICKET IS LOST and you cannot report in: arm it again"
                + " (amparo checkin plan arm \(label))",
            es: "\(label) se vigila, pero SE PERDIÓ SU FICHA y no puedes reportarte: actívalo otra"
                + " vez (amparo checkin plan arm \(label))")
    }

    static func watchedPlans(_ invocation: Invocation) throws
        -> (plans: [PlanSummary], now: Instant)
    {
        guard case .status(let plans, let now) = try invocation.askWatcher(.status) else {
            throw WatchSocket.Unreachable()
        }
        return (plans, now)
    }

    /// One of the two is there. Whom a plan tells is the watcher's to know, and the vault's: nothing
    /// of it lies in a ticket.
    private static func json(_ ticket: Ticket?, _ summary: PlanSummary?) -> JSON {
        let plan = ticket?.plan ?? summary?.plan
        let next = summary.map(\.deadline) ?? ticket?.deadlines.first
        return [
            "plan": .text(plan?.description ?? ""),
            "label": .text(ticket?.label.text ?? summary?.label ?? ""),
            "state": .text(summary?.state ?? "unwatched"), "next": next.map(JSON.time) ?? .null,
            "last_check_in": summary?.lastSeen.map(JSON.time) ?? .null,
            "alerted": .list(summary?.told ?? []),
            "not_reached": .list(summary?.waiting ?? []),
            "until": summary?.until.map(JSON.time) ?? .null,
            "acknowledged": .list(summary?.acknowledged ?? []),
            "changes_from": summary?.changesFrom.map(JSON.time) ?? .null,
            "untested": .bool(ticket?.isUntested ?? summary?.isUntested ?? false),
            "tiers": summary.map { .list($0.tiers.map { json($0) }) } ?? .null,
            "watchers": summary == nil ? [] : ["local"],
        ]
    }

    /// A tier, wherever JSON shows one.
    static func json(_ tier: Tier) -> JSON {
        ["after": .text(DurationArgument.describe(tier.offset)), "contacts": .list(tier.contacts)]
    }

    private static func print(
        _ ticket: Ticket, _ summary: PlanSummary?, _ invocation: Invocation
    ) throws {
        let hours = Hours(ticket, invocation.world)
        let label = ticket.label
        guard let summary else {
            if let next = ticket.deadlines.first {
                let when = hours.said(next)
                try invocation.print(
                    hours.isPast(next)
                        ? Text(
                            en: "\(label): the check-in was owed at \(when.en)",
                            es: "\(label): el reporte era a \(when.es)")
                        : Text(
                            en: "\(label): the next check-in is at \(when.en)",
                            es: "\(label): el siguiente reporte es a \(when.es)"))
            }
            return try invocation.print(nobodyWatches.indented)
        }
        for line in lines(summary, hours) { try invocation.print(line) }
        try invocation.print(onlyThisMachine.indented)
        if ticket.isUntested { try invocation.print(untested.indented) }
    }

    /// What a plan's state means, in a line or two.
    static func lines(_ plan: PlanSummary, _ hours: Hours) -> [Text] {
        let label = plan.label
        let due = plan.deadline.map { hours.said($0) } ?? Text(verbatim: "-")
        let alarm = plan.alarm.map { hours.said($0) } ?? Text(verbatim: "-")
        var lines: [Text]
        let until = plan.until.map { hours.said($0) } ?? Text(verbatim: "-")
        switch plan.state {
        case "hold" where plan.isHeldByContacts:
            lines = [
                Text(
                    en: "\(label): ALERT SENT; two contacts have spoken with you and hold the rest"
                        + " until \(until.en)",
                    es: "\(label): ALERTA ENVIADA; dos contactos hablaron contigo y retienen las"
                        + " demás hasta \(until.es)")
            ]
        case "grace", "hold":
            lines = [
                Text(
                    en: "\(label): OVERDUE since \(due.en); the alert goes out at \(alarm.en)",
                    es: "\(label): PENDIENTE desde \(due.es); la alerta sale a \(alarm.es)")
            ]
        case "overdue":
            lines = [
                Text(
                    en: "\(label): ALERT SENT; owed since \(due.en)",
                    es: "\(label): ALERTA ENVIADA; pendiente desde \(due.es)")
            ]
        case "paused":
            lines = [
                Text(
                    en: "\(label): paused until \(until.en)",
                    es: "\(label): en pausa hasta \(until.es)")
            ]
        case "ended":
            lines = [Text(en: "\(label): ended", es: "\(label): terminado")]
        default:
            lines = [
                Text(
                    en: "\(label): next check-in at \(due.en)",
                    es: "\(label): siguiente reporte, a \(due.es)")
            ]
        }
        if !plan.told.isEmpty {
            let names = plan.told.joined(separator: ", ")
            lines.append(Text(en: "  told: \(names)", es: "  avisados: \(names)"))
        }
        if !plan.waiting.isEmpty {
            let names = plan.waiting.joined(separator: ", ")
            lines.append(
                Text(
                    en: "  not reached yet: \(names)",
                    es: "  todavía sin poder avisar: \(names)"))
        }
        if !plan.acknowledged.isEmpty {
            let names = plan.acknowledged.joined(separator: ", ")
            lines.append(Text(en: "  on it: \(names)", es: "  lo atienden: \(names)"))
        }
        if let from = plan.changesFrom {
            let when = hours.said(from)
            lines.append(
                plan.isChangeMet
                    ? Text(
                        en: "  a change counts from \(when.en)",
                        es: "  hay un cambio que vale desde \(when.es)")
                    : Text(
                        en: "  a change counts after the next check-in, not before \(when.en)",
                        es: "  hay un cambio que vale después del siguiente reporte, no antes de"
                            + " \(when.es)"))
        }
        return lines
    }
}

extension Text {
    var indented: Text { Text(en: "  " + en, es: "  " + es) }
}
