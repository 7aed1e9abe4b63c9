internal import CheckIn
internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Platform
internal import Primitives
internal import Vault
internal import Watch
internal import Wording

extension CheckInCommands {
    static let planSimulate = Command(
        "simulate", spanish: ["simular", "simula", "ensayar"],
        Text(
            en: "Show who would hear what, when, if you fell silent now",
            es: "Muestra a quién se avisaría, de qué y cuándo, si callaras desde ahora"),
        arguments: [label], examples: ["amparo checkin plan simulate xalapa"]
    ) { invocation in
        let word = invocation.argument("LABEL") ?? ""
        let muster = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            return try Muster(PlanBook(keyring).find(word), keyring)
        }
        let plan = muster.plan
        let now = invocation.world.clock.now
        let deadline = try owed(plan, now, invocation)
        let terms = try plan.terms(at: now, invocation.world)
        let events = Self.events(muster, terms, deadline: deadline, now: now)
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(plan.id.description), "label": .text(plan.label.text),
                "deadline": .time(deadline),
                "alarm": .time(deadline + plan.grace),
                "events": .list(events.map(\.json)), "unreachable": .list(muster.unreachable),
            ])
        }
        try print(events, muster, terms, deadline, now, invocation)
    }

    /// What is owed now: of an armed plan by its watcher, else as if it were armed now.
    private static func owed(_ plan: Plan, _ now: Instant, _ invocation: Invocation) throws
        -> Instant
    {
        let watched = try? watchedPlans(invocation).plans.first { $0.plan == plan.id }
        if let deadline = watched?.deadline { return deadline }
        return try plan.terms(at: now, invocation.world).promise.first(armed: now)
    }

    struct Event {
        enum What: String { case reminder, alert }

        let at: Instant
        let what: What
        /// 1 for the first; nil for the journalist herself.
        let tier: Int?
        let contact: String
        let routes: [Route]
        let sheets: [String]
        /// Something is sealed for her tier, and she could not open it.
        let lacksRecipient: Bool

        var json: JSON {
            [
                "at": .time(at), "what": .text(what.rawValue),
                "tier": tier.map { .number(Int64($0)) } ?? .null, "contact": .text(contact),
                "channels": .list(
                    routes.map {
                        ["channel": .text($0.channel), "address": .text(orNull: $0.address)]
                    }),
                "sheets": .list(sheets),
            ]
        }
    }

    private static func events(
        _ muster: Muster, _ terms: LeaseTerms, deadline: Instant, now: Instant
    ) -> [Event] {
        var events: [Event] = []
        for reminder in terms.reminders where deadline + reminder > now {
            events.append(
                Event(
                    at: deadline + reminder, what: .reminder, tier: nil, contact: EntryName.me,
                    routes: muster.ownRoutes, sheets: [], lacksRecipient: false))
        }
        let plan = muster.plan
        let legs =
            plan.legs.isEmpty ? [] : [Text(en: "itinerary", es: "itinerario")(plan.language)]
        for (index, people) in muster.tiers.enumerated() {
            for person in people {
                let opens = !person.contact.recipients.isEmpty
                events.append(
                    Event(
                        at: deadline + terms.grace + terms.tiers[index], what: .alert,
                        tier: index + 1, contact: person.contact.name, routes: person.routes,
                        sheets: (opens ? legs : []) + person.sheets.map(\.name),
                        lacksRecipient: !opens
                            && plan.hasPapers(for: person.contact.name, in: plan.tiers[index])))
            }
        }
        return events
    }

    private static func print(
        _ events: [Event], _ muster: Muster, _ terms: LeaseTerms, _ deadline: Instant,
        _ now: Instant, _ invocation: Invocation
    ) throws {
        let plan = muster.plan
        let hours = Hours(
            zone: plan.zone, place: plan.place, world: invocation.world, now: now,
            seconds: terms.isShort)
        let language = invocation.language
        let due = hours.said(deadline)
        let alarm = hours.said(deadline + plan.grace)
        try invocation.print(
            Text(
                en: "If you do not report in by \(due.en):",
                es: "Si no te reportas antes de \(due.es):"))
        let rows = events.map { event -> [String] in
            [hours.clock(event.at)(language), Self.words(event)(language)]
        }
        try invocation.print(columns: rows, indent: 2)
        try invocation.print(
            Text(
                en: "The grace ends at \(alarm.en). Nobody outside this list hears.",
                es: "La tolerancia termina a \(alarm.es). Fuera de esta lista no se avisa a"
                    + " nadie."))
        if plan.phones.isEmpty {
            invocation.warn(
                Text(
                    en: "your contacts will see no phone number; make the plan with --phone NUMBER",
                    es: "tus contactos no verán ningún teléfono; haz el plan con --phone NÚMERO"))
        }
        if muster.wakesNobody {
            invocation.warn(
                Text(
                    en: "the first people to hear have only e-mail, and mail wakes nobody",
                    es: "los primeros en enterarse solo tienen correo, y un correo no despierta a"
                        + " nadie"))
        }
        try printText(muster, terms, deadline, now, invocation)
    }

    private static func words(_ event: Event) -> Text {
        guard let tier = event.tier else {
            let how = event.routes.map(\.channel).joined(separator: ", ")
            return Text(en: "you: a reminder, ", es: "tú: un recordatorio, ")
                + (how.isEmpty
                    ? Text(en: "on the watcher's screen", es: "en la pantalla del vigilante")
                    : Text(verbatim: how))
        }
        let how = Self.ways(event.routes)
        return Text(
            en: "\(event.contact): the alert (tier \(tier))",
            es: "\(event.contact): la alerta (grupo \(tier))")
            + sheetNote(event)
            + (event.routes.isEmpty
                ? Text(en: "; NO CHANNEL REACHES HER/HIM", es: "; NINGÚN CANAL LE LLEGA")
                : Text(en: "; by \(how.en)", es: "; por \(how.es)"))
    }

    /// Channels in their order; folders on this machine tell nobody who has another way.
    private static func ways(_ routes: [Route]) -> Text {
        let folders = routes.filter(\.isFolder).map(\.channel).joined(separator: ", ")
        let others = routes.filter { !$0.isFolder }.map { route in
            route.address.map { "\(route.channel) (\($0))" } ?? route.channel
        }
        let first = Text(
            en: others.joined(separator: ", then "), es: others.joined(separator: ", luego "))
        if folders.isEmpty { return first }
        return others.isEmpty
            ? Text(
                en: "\(folders) (only a folder on this machine)",
                es: "\(folders) (solo una carpeta de este equipo)")
            : first + Text(en: "; also a copy in \(folders)", es: "; además, copia en \(folders)")
    }

    private static func sheetNote(_ event: Event) -> Text {
        if !event.sheets.isEmpty {
            return Text(verbatim: " + " + event.sheets.joined(separator: ", "))
        }
        return event.lacksRecipient
            ? Text(en: ", cannot open the sealed sheets", es: ", no puede abrir las hojas selladas")
            : Text(verbatim: "")
    }

    /// The words themselves, as the first person would read them.
    private static func printText(
        _ muster: Muster, _ terms: LeaseTerms, _ deadline: Instant, _ now: Instant,
        _ invocation: Invocation
    ) throws {
        let plan = muster.plan
        let registration = try muster.sample(at: now, invocation.world, terms: terms)
        guard let first = registration.tiers.first?.first, let route = first.routes.first else {
            return
        }
        let lease = Lease(epoch: 1, armed: now, since: now, deadline: deadline)
        let row = PlanRow(
            registration: registration,
            state: .overdue(lease, start: deadline + plan.grace, told: 1))
        let delivery = DeliveryRow(
            plan: plan.id, epoch: 1, tier: 0, kind: .alert, contact: first.name,
            channel: route.channel, created: now, state: .pending)
        let catalog = ZoneCatalog.newest(on: invocation.world.files)
        let writer = AlertWriter { try? catalog.rules($0) }
        guard
            let message = writer.message(
                delivery, plan: row, to: first, route: route,
                sheet: first.sheet == nil ? nil : [], deliveries: [], now: deadline + plan.grace)
        else { return }
        try invocation.print(
            Text(
                en: "\n\(first.name) would read this (the four characters will differ):\n",
                es: "\n\(first.name) leería esto (los cuatro caracteres serán otros):\n"))
        for line in "\(message.subject)\n\n\(message.text)".split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            // Each line it is broken into begins with the margin, which becomes the bar again.
            let filled = invocation.filled(String(line), on: .output, indent: 4, first: 4)
                .split(separator: "\n").map { $0.drop { $0 == " " } }
            for part in filled { try invocation.print("  | " + part) }
            if filled.isEmpty { try invocation.print() }
        }
    }
}
