internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault
internal import Watch
internal import Wording

extension CheckInCommands {
    static let planEnd = Command(
        "end", spanish: ["terminar", "acabar", "fin"],
        Text(en: "End a plan", es: "Termina un plan"),
        why: Text(
            en: """
                Ending takes the plan's code and a running watcher, and the first people of the \
                plan hear of it at once: nobody else can end it quietly. A draft is ended in the \
                vault alone, and what was only begun is thrown away.
                """,
            es: """
                Para terminar hace falta el código del plan y un vigilante en marcha, y a las \
                primeras personas del plan se les avisa enseguida: nadie más puede terminarlo en \
                silencio. Un borrador se termina solo en la bóveda, y lo que quedó a medias se tira.
                """),
        arguments: [label], examples: ["amparo checkin plan end xalapa --code-fd 4"]
    ) { invocation in
        let tickets = try invocation.tickets()
        let word = invocation.argument("LABEL") ?? ""
        if let ticket = try? tickets.find(word) {
            return try end(ticket, tickets, invocation)
        }
        let (plan, ticket) = try invocation.withVault { vault -> (Plan?, Ticket?) in
            let keyring = Keyring(vault)
            let book = PlanBook(keyring)
            // One that was only begun: what was answered goes.
            if let label = try? PlanLabel(parsing: word),
                !book.plans.contains(where: { $0.label == label && $0.stage != .ended }),
                PlanDrafts(keyring).discard(label)
            {
                return (nil, nil)
            }
            var plan = try book.find(word)
            if let lost = try lostTicket(plan, book, invocation) {
                return (plan, lost)
            }
            plan.stage = .ended
            book.replace(plan)
            return (plan, nil)
        }
        if let ticket { return try end(ticket, tickets, invocation) }
        guard let plan else { return try reportDiscarded(word, invocation) }
        try report(plan.id, plan.label, handedTo: plan.handed.map(\.contact), invocation)
    }

    private static func reportDiscarded(_ label: String, _ invocation: Invocation) throws {
        if invocation.json {
            return try invocation.printJSON([
                "plan": .null, "label": .text(label), "state": "discarded",
            ])
        }
        try invocation.print(
            Text(
                en: "what you had begun of \(label) is thrown away",
                es: "se tiró lo que llevabas de \(label)"))
    }

    /// A ticket in place of one that was lost while the plan is watched: ending it in the vault
    /// alone would leave an alarm that nobody can answer. nil for a plan that is watched nowhere.
    private static func lostTicket(
        _ plan: Plan, _ book: PlanBook, _ invocation: Invocation
    ) throws -> Ticket? {
        guard plan.stage == .armed else { return nil }
        guard let watched = try? watchedPlans(invocation),
            let greeting = try? invocation.greetWatcher(plan.id)
        else { throw noWatcher }
        guard watched.plans.contains(where: { $0.plan == plan.id && $0.state != "ended" }) else {
            return nil
        }
        try book.checkHost(greeting)
        return plan.ticket(greeting, after: nil)
    }

    /// One's own plan, or one that was handed over and whose code is dictated.
    static func end(_ ticket: Ticket, _ tickets: Tickets, _ invocation: Invocation) throws {
        let answer = try give(.end, about: ticket, tickets, invocation)
        switch answer {
        // Its own watcher never took it, or has forgotten it: there is nothing to end but this.
        case .accepted, .ended, .unknownPlan:
            do throws(FileError) { try tickets.forget(ticket.plan) } catch {
                let why = error.failure.message
                invocation.warn(
                    Text(
                        en: "the plan has ended, but its ticket could not be removed: \(why.en)",
                        es: "el plan terminó, pero no se pudo borrar su ficha: \(why.es)"))
            }
            try report(
                ticket.plan, ticket.label, handedTo: ticket.handedTo, handedBy: ticket.handedBy,
                invocation)
        case .behind, .wrongCode, .future, .notOurs, .used:
            throw refusal(answer, ticket, tickets)
        }
    }

    private static func report(
        _ plan: PlanID, _ label: PlanLabel, handedTo names: [String], handedBy owner: String? = nil,
        _ invocation: Invocation
    ) throws {
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(plan.description), "label": .text(label.text), "state": "ended",
                "still_watching": .list(names),
            ])
        }
        if let elsewhere = stillWatching(names, .end, label) {
            try invocation.print(
                Text(
                    en: "\(label) has ended on this machine", es: "\(label) terminó en este equipo")
            )
            return invocation.warn(elsewhere)
        }
        try invocation.print(
            Text(
                en: "\(label) has ended; no check-in is owed",
                es: "\(label) terminó; ya no hay reportes pendientes"))
        if let owner {
            try invocation.print(
                Text(
                    en: "tell \(owner) that this machine does not watch any more",
                    es: "dile a \(owner) que este equipo ya no vigila"))
        }
    }
}
