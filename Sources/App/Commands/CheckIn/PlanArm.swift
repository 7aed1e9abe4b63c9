internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Notebook
internal import Platform
internal import Secrets
internal import Primitives
internal import Vault
internal import Watch
internal import Wording

extension CheckInCommands {
    static let planArm = Command(
        "arm", spanish: ["activar", "armar"],
        Text(
            en: "Start a plan: from now on somebody watches",
            es: "Activa un plan: de aquí en adelante alguien vigila"),
        options: [
            .flag(
                "untested",
                Text(
                    en: "although nobody has confirmed that alerts arrive",
                    es: "aunque nadie ha confirmado que las alertas llegan"))
        ],
        arguments: [label], examples: ["amparo checkin plan arm xalapa --untested"]
    ) { invocation in
        // Before any passphrase: without a watcher nothing can be armed.
        guard let greeting = try? invocation.greetWatcher(nil) else { throw noWatcher }
        try UnsetClock.refuse(greeting.now)
        let tickets = try invocation.tickets()
        let enrolment = try prepare(
            invocation.argument("LABEL") ?? "", greeting, tickets, invocation)
        let deadline = try register(enrolment, tickets, invocation)
        var ticket = enrolment.ticket
        ticket.deadlines = [deadline]
        let rules = try enrolment.plan.calendar(invocation.world)
        ticket.reach = enrolment.plan.reach(at: greeting.now, in: rules)
        // Only what status shows while nobody watches; the ticket that counts is there.
        keep(ticket, tickets, invocation)
        try report(enrolment.plan, deadline, greeting.now, invocation)
    }

    /// A plan that its ticket and the vault have as armed.
    private struct Enrolment {
        let plan: Plan
        let ticket: Ticket
        let request: WatchRequest
        /// The watcher knew it before: it is armed again.
        let isWatched: Bool
    }

    /// Ticket, then vault; the watcher comes last. A plan that is watched and has no ticket could
    /// never be answered, and its alarm would be false; the reverse is seen, and armed again.
    private static func prepare(
        _ word: String, _ greeting: WatchReply.Greeting, _ tickets: Tickets,
        _ invocation: Invocation
    ) throws -> Enrolment {
        var undo: () -> Void = {}
        do {
            return try invocation.withVault { vault in
                try invocation.requireOuter(vault)
                let keyring = Keyring(vault)
                let book = PlanBook(keyring)
                var plan = try book.find(word)
                try book.checkHost(greeting)
                guard let known = try? invocation.greetWatcher(plan.id) else { throw noWatcher }
                let isUntested = invocation.flag("untested")
                if !isUntested { try requireAnswers(plan, invocation) }
                let isWatched = known.lastCounter != nil
                // From here on its hours count; what is watched keeps the list that it has.
                let isLate = !isWatched || plan.since == nil
                if isLate { plan.since = greeting.now }
                let isNews = plan.stage != .armed || plan.isUntested != isUntested || isLate
                plan.isUntested = isUntested
                let request = try makeRequest(
                    plan, keyring, Notebook(vault), isWatched: isWatched, greeting.now, invocation)
                let earlier = tickets.ticket(plan.id)
                let ticket = plan.ticket(known, after: earlier)
                undo = { [id = plan.id] in
                    if let earlier {
                        try? tickets.save(earlier)
                    } else if !isWatched {
                        try? tickets.remove(id)
                    }
                }
                try tickets.save(ticket)
                if isNews {
                    plan.stage = .armed
                    book.replace(plan)
                }
                return Enrolment(
                    plan: plan, ticket: ticket, request: request, isWatched: isWatched)
            }
        } catch {
            // The watcher was asked for nothing: as it was before, so it stays.
            undo()
            throw error
        }
    }

    /// All that the watcher needs. What can be refused without it is refused here.
    private static func makeRequest(
        _ plan: Plan, _ keyring: Keyring, _ notebook: Notebook, isWatched: Bool, _ now: Instant,
        _ invocation: Invocation
    ) throws -> WatchRequest {
        guard plan.stage != .ended else { throw ended(plan) }
        guard !plan.isOfDigits else { throw tooShort(plan) }
        let rules = try plan.calendar(invocation.world)
        if !isWatched { _ = try plan.terms(at: now, in: rules).promise.first(armed: now) }
        let muster = try Muster(plan, keyring)
        try requireChannels(muster)
        for name in muster.withoutSheet {
            invocation.warn(
                Text(
                    en: "\(name) hears the alarm, but cannot open the sealed sheets"
                        + " (no recipient)",
                    es: "\(name) recibirá la alerta, pero no puede abrir las hojas selladas"
                        + " (sin destinatario)"))
        }
        let (registration, envelopes) = try muster.registration(
            notebook, isUntested: plan.isUntested, at: now, in: rules)
        let signature = registration.signature(ticketSeed: plan.ticketSeed.bytes)
        return .register(registration, signature: signature, envelopes: envelopes)
    }

    /// Secret and public keys would lie on one machine, and nine digits are soon guessed.
    private static func tooShort(_ plan: Plan) -> Failure {
        Failure(
            .refused,
            Text(
                en: "the code of \(plan.label) has digits: whoever has this machine could guess it",
                es: "el código de \(plan.label) es de cifras: quien tenga este equipo podría"
                    + " adivinarlo"),
            hint: Text(
                en: "hand it over (amparo checkin plan hand-over \(plan.label) --to NAME), or make"
                    + " a plan without --digits",
                es: "entrégalo (amparo checkin plan hand-over \(plan.label) --to NOMBRE) o haz un"
                    + " plan sin --digits"))
    }

    static func requireChannels(_ muster: Muster) throws(Failure) {
        guard !muster.unreachable.isEmpty else { return }
        let names = muster.unreachable.joined(separator: ", ")
        throw Failure(
            .refused,
            Text(en: "no channel reaches \(names)", es: "ningún canal llega a \(names)"),
            hint: Text(
                en: "add one (amparo channel add), or an e-mail to the contact",
                es: "agrega uno (amparo channel add), o un correo al contacto"))
    }

    /// A person's word that it arrived is the only proof there is.
    private static func requireAnswers(_ plan: Plan, _ invocation: Invocation) throws {
        var names: [String] = []
        for name in plan.tiers.flatMap(\.contacts) where !names.contains(name) {
            names.append(name)
        }
        let silent = try unanswered(names, in: plan.id, invocation)
        guard !silent.isEmpty else { return }
        let list = silent.joined(separator: ", ")
        throw Failure(
            .refused,
            Text(
                en: "nobody has confirmed that this plan's alerts reach \(list)",
                es: "nadie ha confirmado que las alertas de este plan le llegan a \(list)"),
            hint: howToTest(plan.label.text))
    }

    /// The watcher answers after its commit.
    private static func register(
        _ enrolment: Enrolment, _ tickets: Tickets, _ invocation: Invocation
    ) throws -> Instant {
        let label = enrolment.plan.label
        switch try? invocation.askWatcher(enrolment.request) {
        case .armed(let deadline): return deadline
        case .refused(.ended):
            try? tickets.forget(enrolment.plan.id)
            throw ended(enrolment.plan)
        case .refused(let refusal): throw notTaken(enrolment, refusal.reason)
        case .greeting, .answer, .status, .contact, .drill, .tooSoon, .log:
            throw notTaken(enrolment, WatchReply.Refusal.malformed.reason)
        case nil:
            throw Failure(
                .network,
                Text(
                    en: "the watcher went away before it answered: it may or may not watch"
                        + " \(label); the vault and the ticket note it as armed",
                    es: "el vigilante se fue antes de responder: puede que vigile \(label) o que"
                        + " no; la bóveda y la ficha lo tienen como activo"),
                hint: Text(
                    en: "start it (amparo watch), then arm again: amparo checkin plan arm \(label)",
                    es: "ponlo en marcha (amparo watch) y actívalo otra vez: amparo checkin plan"
                        + " arm \(label)"))
        }
    }

    private static func howToTest(_ label: String) -> Text {
        let drill = "amparo checkin drill \(label)"
        let arm = "amparo checkin plan arm \(label)"
        return Text(
            en:
                "1) \(drill)  2) call: did it arrive? amparo watch ack CODE  3) \(arm); or --untested",
            es: "1) \(drill)  2) llama: ¿le llegó? amparo watch ack CÓDIGO  3) \(arm); o --untested"
        )
    }

    static func ended(_ plan: Plan) -> Failure {
        Failure(
            .refused,
            Text(
                en: "plan \(plan.label) has ended and is never armed again",
                es: "el plan \(plan.label) terminó y no se vuelve a activar"),
            hint: Text(
                en: "make a new one: amparo checkin plan new",
                es: "haz uno nuevo: amparo checkin plan new"))
    }

    /// Nobody watches after it, although the plan has no such end.
    static func lastHour(_ reach: Instant, _ label: PlanLabel, _ hours: Hours) -> Text {
        let last = hours.said(reach)
        return Text(
            en: "its last hour is \(last.en), and then nobody watches; give it more before:"
                + " amparo checkin plan edit \(label)",
            es: "sus horas acaban a \(last.es) y después nadie vigila; dale más antes: amparo"
                + " checkin plan edit \(label)")
    }

    /// Says what is watched and what is not.
    private static func notTaken(_ enrolment: Enrolment, _ reason: Text) -> Failure {
        let label = enrolment.plan.label
        let again = "amparo checkin plan arm \(label)"
        let end = "amparo checkin plan end \(label)"
        return Failure(
            .failed,
            enrolment.isWatched
                ? Text(
                    en: "\(label) is watched as before; the watcher did not take what is new:"
                        + " \(reason.en)",
                    es: "\(label) se vigila como antes; el vigilante no tomó lo nuevo:"
                        + " \(reason.es)")
                : Text(
                    en: "NOBODY IS WATCHING \(label): the watcher did not take it: \(reason.en);"
                        + " the vault and the ticket note it as armed",
                    es: "NADIE ESTÁ VIGILANDO \(label): el vigilante no lo tomó: \(reason.es);"
                        + " la bóveda y la ficha lo tienen como activo"),
            hint: Text(
                en: "try again (\(again)); if that fails, end it and make a new one (\(end))",
                es: "inténtalo otra vez (\(again)); si no se puede, termínalo y haz uno nuevo"
                    + " (\(end))"))
    }

    private static func report(
        _ plan: Plan, _ deadline: Instant, _ now: Instant, _ invocation: Invocation
    ) throws {
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(plan.id.description), "label": .text(plan.label.text),
                "state": "armed", "next": .time(deadline), "watchers": ["local"],
                "untested": .bool(plan.isUntested),
            ])
        }
        let hours = Hours(
            zone: plan.zone, place: plan.place, world: invocation.world, now: now,
            seconds: try plan.terms(at: now, invocation.world).isShort)
        let when = hours.said(deadline)
        try invocation.print(
            Text(
                en: "\(plan.label) is armed; report in by \(when.en)",
                es: "\(plan.label) está activo; repórtate antes de \(when.es)"))
        if let reach = plan.reach(at: now, in: try plan.calendar(invocation.world)) {
            try invocation.print(lastHour(reach, plan.label, hours))
        }
        try invocation.print(onlyThisMachine)
        if plan.isUntested { try invocation.print(untested) }
        invocation.say(
            Text(
                en: "A plan that only this machine watches has no duress code.",
                es: "Un plan que solo vigila este equipo no tiene código bajo amenaza."))
    }
}

extension WatchReply.Refusal {
    var reason: Text {
        switch self {
        case .malformed, .signature:
            Text(en: "it does not understand the request", es: "no entiende lo que se le pide")
        case .differs:
            Text(
                en: "hours, people or texts are not those that it watches; a change takes the code"
                    + " (amparo checkin plan edit)",
                es: "las horas, las personas o los textos no son los que vigila; un cambio pide el"
                    + " código (amparo checkin plan edit)")
        case .ended: Text(en: "the plan has ended", es: "el plan ya terminó")
        case .past: Text(en: "a deadline has passed already", es: "una hora límite ya pasó")
        case .store: Text(en: "its disk takes nothing", es: "su disco no acepta nada")
        case .alarming: Text(en: "a check-in is missing", es: "falta un reporte")
        case .asleep: Text(en: "it waits for its key", es: "espera su llave")
        case .epoch:
            Text(
                en: "another change was made meanwhile", es: "mientras tanto hubo otro cambio")
        }
    }
}

extension PlanBook {
    /// - Throws: Exit 6 when another vault's watcher answers.
    func checkHost(_ greeting: WatchReply.Greeting) throws(Failure) {
        guard let host = hostKey(), WatchKeys(host: host.bytes).boxKey == greeting.boxKey else {
            throw Failure(
                .refused,
                Text(
                    en: "the watcher that answers is not this vault's",
                    es: "el vigilante que responde no es el de esta bóveda"),
                hint: Text(
                    en: "stop it, and start yours: amparo watch",
                    es: "deténlo y pon en marcha el tuyo: amparo watch"))
        }
    }
}

extension Plan {
    /// What lies outside the vault, for the watcher that greets.
    ///
    /// - Parameter earlier: The ticket that this one replaces.
    func ticket(_ greeting: WatchReply.Greeting, after earlier: Ticket?) -> Ticket {
        Ticket(
            plan: id, label: label, planSecret: planSecret, ticketSeed: ticketSeed,
            lastCounter: max(earlier?.lastCounter ?? 0, greeting.lastCounter ?? 0),
            watchers: [WatcherEntry(place: .thisMachine, boxKey: greeting.boxKey)],
            deadlines: earlier?.deadlines ?? [], zone: zone, place: place,
            isUntested: isUntested, handedTo: handed.map(\.contact), reach: earlier?.reach)
    }
}

extension Muster {
    /// Who would get a sheet, had she a recipient.
    var withoutSheet: [String] {
        zip(plan.tiers, tiers).flatMap { tier, people in
            people.filter { person in
                person.contact.recipients.isEmpty
                    && plan.hasPapers(for: person.contact.name, in: tier)
            }.map(\.contact.name)
        }
    }
}
