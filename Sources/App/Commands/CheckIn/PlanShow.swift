internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault
internal import Watch
internal import Wording

extension CheckInCommands {
    static let planList = Command(
        "list", aliases: ["ls"], spanish: ["lista", "listar"],
        Text(en: "List the plans", es: "Lista los planes"),
        examples: ["amparo checkin plan list"]
    ) { invocation in
        let (plans, begun) = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            return (PlanBook(keyring).plans, PlanDrafts(keyring).all.map(\.label))
        }
        let watched = try? watchedPlans(invocation)
        let tickets = try invocation.tickets()
        let rows = plans.map { plan in
            PlanStanding(
                plan, tickets: tickets, watched: watched?.plans.first { $0.plan == plan.id })
        }
        if invocation.json {
            let others = begun.map { label -> JSON in
                [
                    "plan": .null, "label": .text(label), "state": "begun", "next": .null,
                    "tiers": [], "watchers": [],
                ]
            }
            return try invocation.printJSON([
                "plans": .list(try rows.map { try $0.json() } + others)
            ])
        }
        let table = rows.map { row in
            let hours = Hours(
                zone: row.plan.zone, place: row.plan.place, world: invocation.world)
            let next = row.next.map { hours.until($0)(invocation.language) } ?? ""
            return [
                row.plan.label.text, String(row.plan.id.description.prefix(8)),
                row.state(invocation.language), next,
            ]
        }
        let others = begun.map { label in
            [
                label, "",
                Text(
                    en: "begun; go on: amparo checkin plan new \(label)",
                    es: "a medias; sigue con: amparo checkin plan new \(label)")(
                        invocation.language), "",
            ]
        }
        try invocation.print(columns: table + others)
    }

    static let planShow = Command(
        "show", spanish: ["muestra", "mostrar", "ver"],
        Text(en: "Show a plan", es: "Muestra un plan"),
        arguments: [label], examples: ["amparo checkin plan show xalapa"]
    ) { invocation in
        let word = invocation.argument("LABEL") ?? ""
        let plan = try invocation.withVault { vault in
            try PlanBook(Keyring(vault)).find(word)
        }
        let watched = try? watchedPlans(invocation)
        let standing = PlanStanding(
            plan, tickets: try invocation.tickets(),
            watched: watched?.plans.first { $0.plan == plan.id })
        if invocation.json { return try invocation.printJSON(standing.json()) }
        let language = invocation.language
        let hours = Hours(zone: plan.zone, place: plan.place, world: invocation.world)
        let rhythm = plan.schedule.words(hours)
        var rows: [(Text, String)] = [
            (Text(en: "plan", es: "plan"), "\(plan.label)  \(plan.id.description.prefix(8))"),
            (Text(en: "state", es: "estado"), standing.state(language)),
            (Text(en: "rhythm", es: "ritmo"), rhythm(language)),
            (
                Text(en: "grace", es: "tolerancia"), DurationArgument.describe(plan.grace)
            ),
        ]
        if let end = plan.end {
            rows.append((Text(en: "end", es: "fin"), hours.until(end)(language)))
        }
        if let next = standing.next {
            rows.append((Text(en: "next", es: "siguiente"), hours.until(next)(language)))
        }
        rows.append((Text(en: "alias", es: "alias"), plan.alias))
        rows.append((Text(en: "zone", es: "zona"), "\(plan.zone), \(plan.place)"))
        for tier in plan.tiers {
            let names = tier.contacts.joined(separator: ", ")
            let when = afterGrace(tier.offset)(language)
            rows.append((Text(en: "alert", es: "alerta"), "\(when): \(names)"))
        }
        for sheet in plan.sheets {
            let tier = sheet.offset.map { afterGrace($0)(language) + ": " } ?? ""
            let note = sheet.note.prefix(8)
            rows.append((Text(en: "sheet", es: "hoja"), "\(tier)\(sheet.name) = \(note)"))
        }
        try invocation.print(columns: rows.map { [$0.0(language), $0.1] })
        switch standing.watch {
        case .none: break
        case .nobody: try invocation.print(nobodyWatches)
        case .thisMachine:
            try invocation.print(onlyThisMachine)
            if plan.isUntested { try invocation.print(untested) }
        }
    }
}

extension CheckInCommands {
    private static func afterGrace(_ offset: Duration) -> Text {
        if offset == .zero {
            return Text(en: "when the grace ends", es: "al terminar la tolerancia")
        }
        let span = DurationArgument.describe(offset)
        return Text(en: "\(span) after the grace", es: "\(span) después de la tolerancia")
    }
}

/// A plan and what its watcher says of it.
struct PlanStanding {
    enum Watch { case none, nobody, thisMachine }

    let plan: Plan
    let watch: Watch
    private let word: String
    let next: Instant?

    init(_ plan: Plan, tickets: Tickets, watched: PlanSummary?) {
        self.plan = plan
        // What a watcher watches is watched, whatever vault and ticket say.
        if let watched, watched.state != "ended" {
            (watch, word, next) = (.thisMachine, watched.state, watched.deadline)
            return
        }
        // The vault does not hear how a plan ends; its ticket goes when it does.
        let isOpen = plan.stage == .armed && tickets.has(plan.id) && watched == nil
        word =
            switch plan.stage {
            case .draft: "draft"
            case .armed where isOpen: "unwatched"
            case .armed, .ended: "ended"
            }
        watch = isOpen ? .nobody : .none
        next = nil
    }

    private var handedOver: Text {
        let names = plan.handed.map(\.contact).joined(separator: ", ")
        return Text(
            en: "handed over to \(names): report in by telephone",
            es: "entregado a \(names): repórtate por teléfono")
    }

    var state: Text {
        switch word {
        case "draft" where !plan.handed.isEmpty:
            handedOver
        case "draft": Text(en: "draft", es: "borrador")
        case "ended": Text(en: "ended", es: "terminado")
        case "unwatched": Text(en: "NOBODY IS WATCHING", es: "NADIE ESTÁ VIGILANDO")
        case "overdue": Text(en: "ALERT SENT", es: "ALERTA ENVIADA")
        case "due", "grace", "hold": Text(en: "due", es: "pendiente")
        case "paused": Text(en: "paused", es: "en pausa")
        default: Text(en: "armed", es: "activo")
        }
    }

    func json() throws -> JSON {
        let tiers = plan.tiers.map(CheckInCommands.json)
        return [
            "plan": .text(plan.id.description), "label": .text(plan.label.text),
            "state": .text(word), "next": next.map(JSON.time) ?? .null, "tiers": .list(tiers),
            "watchers": watch == .thisMachine ? ["local"] : [],
        ]
    }
}
