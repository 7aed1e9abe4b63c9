internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Notebook
internal import Platform
internal import Primitives
internal import Secrets
internal import Vault
internal import Watch
internal import Wording

extension CheckInCommands {
    static let planEdit = Command(
        "edit", spanish: ["editar", "cambiar", "cambia"],
        Text(
            en: "Change a plan: its hours, people or sheets",
            es: "Cambia un plan: sus horas, su gente o sus hojas"),
        why: Text(
            en: """
                A draft is changed in the vault. Of an armed plan the watcher wants the code, and the \
                first people hear of the change. What makes the plan stronger counts at once; what \
                makes it weaker waits until you have met your next deadline, and two hours at least: \
                nobody who forces you can silence it quickly. What you leave out stays as it is, but \
                people, sheets and phones are said whole: who is not among them is out. Without \
                options an armed plan is given to its watcher anew: new addresses, your own texts, \
                sheets as the notes are now, and hours that were running out.
                """,
            es: """
                Un borrador se cambia en la bóveda. Si el plan está activo, el vigilante pide el \
                código y a las primeras personas se les avisa del cambio. Lo que lo hace más fuerte \
                vale enseguida; lo que lo hace más débil espera a que cumplas tu siguiente hora límite \
                y dos horas cuando menos: nadie que te obligue puede callarlo rápido. Lo que no digas \
                se queda como está, pero la gente, las hojas y los teléfonos se dicen completos: quien \
                no esté en la lista queda fuera. Sin opciones, un plan activo se le da otra vez al \
                vigilante: direcciones nuevas, tus propios textos, las hojas como están ahora los \
                apuntes y más horas si se iban acabando.
                """),
        options: PlanOptions.options + [CodeWords.option], conflicts: PlanOptions.conflicts,
        arguments: [label],
        examples: [
            "amparo checkin plan edit xalapa --grace 45m",
            "amparo checkin plan edit xalapa --daily 08:00,20:00 --until none",
            "amparo checkin plan edit xalapa --code-fd 4",
        ]
    ) { invocation in
        let tickets = try invocation.tickets()
        let given = try PlanOptions(invocation).completed()
        let words = try CodeWords.read(invocation)
        let change = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            let notebook = Notebook(vault)
            let book = PlanBook(keyring)
            let old = try book.find(invocation.argument("LABEL") ?? "")
            guard old.stage != .ended else { throw ended(old) }
            let new = try PlanChange(given, words, old, invocation).plan(keyring, notebook)
            let muster = try Muster(new, keyring)
            guard old.stage == .armed else {
                guard !given.isEmpty || !words.isEmpty else { throw nothingToChange(old) }
                // Built once, so that what could never be sent is refused now.
                _ = try muster.registration(
                    notebook, isUntested: true, at: invocation.world.clock.now,
                    in: new.calendar(invocation.world))
                book.replace(new)
                return Change(plan: new, accepted: nil)
            }
            // A draft may be meant for a colleague's channels alone.
            try requireChannels(muster)
            let answer = try order(new, muster, tickets, notebook, invocation)
            // Only what the watcher has taken: both say the same.
            book.replace(new)
            return Change(plan: new, accepted: answer)
        }
        if let accepted = change.accepted, let ticket = tickets.ticket(change.plan.id) {
            try keep(
                change.plan.ticket(ticket, next: accepted.next, invocation), tickets, invocation)
        }
        try report(change, invocation)
    }

    private struct Change {
        let plan: Plan
        /// nil for what no watcher of this machine knows.
        let accepted: CheckInAnswer.Accepted?
    }

    private static func order(
        _ plan: Plan, _ muster: Muster, _ tickets: Tickets, _ notebook: Notebook,
        _ invocation: Invocation
    ) throws -> CheckInAnswer.Accepted {
        guard let watched = try? watchedPlans(invocation) else { throw noWatcher }
        guard let summary = watched.plans.first(where: { $0.plan == plan.id }),
            summary.state != "ended"
        else { throw tickets.has(plan.id) ? unwatched(plan) : ended(plan) }
        guard let ticket = tickets.ticket(plan.id) else {
            throw Failure(.failed, ticketIsLost(plan.label.text))
        }
        let (registration, envelopes) = try muster.registration(
            notebook, isUntested: plan.isUntested, at: watched.now,
            in: plan.calendar(invocation.world), epoch: summary.epoch &+ 1)
        let answer = try give(
            .update, .change(to: registration, envelopes, signedWith: plan.ticketSeed),
            about: ticket, tickets, invocation)
        guard case .accepted(let accepted) = answer else {
            throw refusal(answer, ticket, tickets)
        }
        return accepted
    }

    private static func nothingToChange(_ plan: Plan) -> Failure {
        Failure(
            .usage,
            Text(en: "what is to change?", es: "¿qué cambia?"),
            hint: Text(
                en: "give what becomes different, such as: amparo checkin plan edit"
                    + " \(plan.label) --grace 45m",
                es: "di lo que será distinto, como: amparo checkin plan edit \(plan.label)"
                    + " --grace 45m"))
    }

    private static func unwatched(_ plan: Plan) -> Failure {
        Failure(
            .network,
            Text(
                en: "nobody is watching this plan: the watcher does not know it",
                es: "nadie está vigilando este plan: el vigilante no lo conoce"),
            hint: Text(
                en: "arm it first: amparo checkin plan arm \(plan.label)",
                es: "primero actívalo: amparo checkin plan arm \(plan.label)"))
    }

    private static func report(_ change: Change, _ invocation: Invocation) throws {
        let plan = change.plan
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(plan.id.description), "label": .text(plan.label.text),
                "state": plan.stage == .armed ? "armed" : "draft",
                "next": change.accepted?.next.map(JSON.time) ?? .null,
                "changes_from": change.accepted?.waitsUntil.map(JSON.time) ?? .null,
                "tiers": .list(plan.tiers.map(json)),
            ])
        }
        try invocation.print(
            Text(en: "\(plan.label) is changed", es: "\(plan.label) quedó cambiado"))
        if let accepted = change.accepted {
            let hours = Hours(zone: plan.zone, place: plan.place, world: invocation.world)
            for line in lines(waiting: accepted, hours) { try invocation.print(line) }
            try invocation.print(toldTierOne)
            if let reach = try plan.reach(
                at: invocation.world.clock.now, in: plan.calendar(invocation.world))
            {
                try invocation.print(lastHour(reach, plan.label, hours))
            }
            if plan.isUntested { try invocation.print(untested) }
        }
        guard !plan.handed.isEmpty else { return }
        let names = plan.handed.map(\.contact).joined(separator: ", ")
        try invocation.print(
            Text(
                en: "\(names) still watches as before: hand it over again",
                es: "\(names) sigue vigilando como antes: entrégalo otra vez"))
    }
}

extension Plan {
    /// The ticket that goes with a change which the watcher took.
    fileprivate func ticket(_ old: Ticket, next: Instant?, _ invocation: Invocation) throws
        -> Ticket
    {
        Ticket(
            plan: id, label: label, planSecret: planSecret, ticketSeed: ticketSeed,
            lastCounter: old.lastCounter, watchers: old.watchers,
            deadlines: next.map { [$0] } ?? old.deadlines, zone: zone, place: place,
            isUntested: isUntested, handedTo: old.handedTo,
            reach: try reach(at: invocation.world.clock.now, in: calendar(invocation.world)))
    }
}

/// What was typed about a plan that is there, and the plan that comes of it.
struct PlanChange {
    private let given: PlanOptions
    private let words: [CodeWord]
    private let old: Plan
    private let invocation: Invocation

    init(_ given: PlanOptions, _ words: [CodeWord], _ old: Plan, _ invocation: Invocation) {
        self.given = given
        self.words = words
        self.old = old
        self.invocation = invocation
    }

    /// The word that takes something away.
    private static func isNone(_ values: [String]) -> Bool {
        values.count == 1 && ["none", "ninguno", "ninguna"].contains(values[0].lowercased())
    }

    /// What `--option` says in place of what there is.
    private func list<R>(_ name: String, else kept: [R], read: ([String]) throws -> [R]) rethrows
        -> [R]
    {
        let values = given.values(name)
        if values.isEmpty { return kept }
        return Self.isNone(values) ? [] : try read(values)
    }

    func plan(_ keyring: Keyring, _ notebook: Notebook) throws -> Plan {
        let now = invocation.world.clock.now
        let rules =
            try given.value("zone").map {
                try PlanDraft.rules($0, ZoneCatalog.newest(on: invocation.world.files))
            } ?? old.calendar(invocation.world)
        let people = try people(keyring)
        for word in words where !people.contains(where: { $0.contacts.contains(word.contact) }) {
            throw CodeWords.stranger(word.contact)
        }
        let codeWords =
            old.codeWords.filter { word in !words.contains { $0.contact == word.contact } } + words
        let end = try list("until", else: [old.end].compactMap { $0 }) { typed in
            [try When.parse(typed[typed.count - 1], for: "--until").moment(after: now, in: rules)]
        }.first
        let place =
            given.value("zone") == nil ? old.place : HomeCity.name(of: rules.name, old.language)
        var plan = try Plan(
            id: old.id, label: old.label, alias: given.value("alias") ?? old.alias,
            place: given.value("place") ?? place, zone: rules.name,
            schedule: Rhythm(given)?.schedule(after: now, in: rules) ?? old.schedule, end: end,
            grace: given.value("grace").map {
                try Invocation.duration(parsing: $0, for: "--grace")
            } ?? old.grace,
            reminders: given.value("reminder").map(PlanDraft.reminders) ?? keptReminders,
            tiers: people, sheets: sheets(people, notebook),
            phones: list("phone", else: old.phones) { $0 },
            codeWords: codeWords.filter { word in
                people.contains { $0.contacts.contains(word.contact) }
            }, language: old.language, planSecret: old.planSecret, ticketSeed: old.ticketSeed,
            safeKey: old.safeKey, duressKey: old.duressKey, stage: old.stage,
            // The list of hours begins anew; a draft has none yet.
            isUntested: old.isUntested, since: old.since.map { _ in now },
            handOverKeys: old.handOverKeys, handed: old.handed, hasDuressCode: old.hasDuressCode,
            isOfDigits: old.isOfDigits)
        plan.texts = old.texts
        if try hasUntested(people) { plan.isUntested = true }
        _ = try plan.terms(at: now, in: rules).promise.first(armed: now)
        return plan
    }

    /// nil for the usual ones, which follow the grace.
    private var keptReminders: [Duration]? {
        old.reminders == LeaseTerms.usualReminders(grace: old.grace) ? nil : old.reminders
    }

    private func people(_ keyring: Keyring) throws -> [Tier] {
        guard !given.values("tier").isEmpty else { return old.tiers }
        return try PlanDraft.tiers(given.values("tier")).map { tier in
            Tier(
                offset: tier.offset,
                contacts: try tier.contacts.map { try keyring.contact(named: $0).name })
        }
    }

    /// Whether somebody of an armed plan is new who has answered no drill.
    private func hasUntested(_ people: [Tier]) throws -> Bool {
        let known = Set(old.tiers.flatMap(\.contacts))
        let added = people.flatMap(\.contacts).filter { !known.contains($0) }
        guard old.stage == .armed, !added.isEmpty else { return false }
        return (try? CheckInCommands.unanswered(added, in: old.id, invocation))?.isEmpty != true
    }

    private func sheets(_ people: [Tier], _ notebook: Notebook) throws -> [Sheet] {
        try list("sheet", else: old.sheets) { typed in
            try PlanDraft.sheets(typed, people).map { sheet in
                Sheet(
                    offset: sheet.offset, name: sheet.name,
                    note: try NoteCommands.lookUp(sheet.note, in: notebook).id.description)
            }
        }
    }
}
