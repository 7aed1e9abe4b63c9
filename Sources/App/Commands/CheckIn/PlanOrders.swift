internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Watch
internal import Wording

// Orders: the safe code, a running watcher, and tier 1 hears of it.
extension CheckInCommands {
    /// What an order brings with it, and how it is handed over.
    struct Enclosure {
        let bytes: [UInt8]
        /// From the sealed order and the watcher's key to the request.
        let request: (_ order: [UInt8], _ boxKey: [UInt8]) -> WatchRequest?

        /// Other terms or people in place of those that are watched.
        static func change(
            to registration: Registration, _ envelopes: [[UInt8]], signedWith seed: SharedSecret
        ) -> Enclosure {
            let signature = registration.signature(ticketSeed: seed.bytes)
            return Enclosure(bytes: registration.serialized()) { order, _ in
                .update(order, registration, signature: signature, envelopes: envelopes)
            }
        }
    }

    /// Asks for the code, signs and hands over. An order does not wait in a queue, where it could
    /// reach a later plan.
    ///
    /// - Throws: Exit 5 without a watcher; nothing has changed then.
    static func give(
        _ order: Order, seconds: UInt32 = 0, _ enclosure: Enclosure? = nil, about ticket: Ticket,
        _ tickets: Tickets, _ invocation: Invocation
    ) throws -> CheckInAnswer {
        // Before the code.
        guard (try? invocation.greetWatcher(nil)) != nil else { throw noWatcher }
        let seed = try codeSeed(for: ticket, invocation)
        var ticket = ticket
        do {
            try deliverWaiting(tickets, invocation)
            let greeting = try trustedGreeting(ticket, invocation)
            ticket.lastCounter = Token.counter(
                after: max(ticket.lastCounter, greeting.lastCounter ?? 0), now: greeting.now)
            keep(ticket, tickets, invocation)
            let signed = SignedOrder(
                order, plan: ticket.plan, counter: ticket.lastCounter, issued: greeting.now,
                seconds: seconds, enclosure: enclosure?.bytes, codeSeed: seed.bytes,
                ticketSeed: ticket.ticketSeed.bytes)
            guard let box = sealToWatcher(signed.bytes, boxKey: greeting.boxKey),
                let request = enclosure.map({ $0.request(box, greeting.boxKey) }) ?? .order(box)
            else { throw WatchSocket.Unreachable() }
            switch try invocation.askWatcher(request) {
            case .answer(let answer): return answer
            case .refused(let refusal): throw refusal.failure(ticket.label)
            case .greeting, .armed, .status, .contact, .drill, .tooSoon, .log:
                throw WatchSocket.Unreachable()
            }
        } catch is WatchSocket.Unreachable {
            throw noWatcher
        }
    }

    static let planPause = Command(
        "pause", spanish: ["pausa", "pausar"],
        Text(en: "Owe no check-in for a while", es: "No debas reportes por un rato"),
        why: Text(
            en: """
                A pause takes the plan's code and a running watcher, and the first people of the \
                plan hear of it at once. It lasts a day at most; when it is over, the promise \
                begins anew by itself. Nobody is alerted meanwhile, whatever happens to you.
                """,
            es: """
                Para hacer una pausa hace falta el código del plan y un vigilante en marcha, y a \
                las primeras personas del plan se les avisa enseguida. Dura un día cuando mucho; al \
                terminar, la promesa empieza de nuevo sola. Mientras tanto no se avisa a nadie, te \
                pase lo que te pase.
                """),
        options: [pauseLength], arguments: [label],
        examples: ["amparo checkin plan pause xalapa --for 6h"]
    ) { invocation in
        let seconds = try pauseSeconds(invocation)
        let tickets = try invocation.tickets()
        let ticket = try tickets.find(invocation.argument("LABEL"))
        try pause(ticket, tickets, seconds: seconds, invocation)
    }

    static let pauseLength = Option.value(
        "for", "TIME", spanish: ["por", "durante"],
        Text(
            en: "how long, 24h at most, such as 90m or 6h",
            es: "cuánto tiempo, máximo 24h, como 90m o 6h"))

    static func pauseSeconds(_ invocation: Invocation) throws -> UInt32 {
        let typed = try invocation.required("for")
        let length = try Invocation.duration(parsing: typed, for: "--for")
        guard length >= .seconds(60), length <= longestPause else {
            throw Failure(
                .usage,
                Text(
                    en: "a pause lasts between a minute and 24 hours",
                    es: "una pausa dura entre un minuto y 24 horas"),
                hint: Text(
                    en: "for longer, end the plan: amparo checkin plan end",
                    es: "si es más, termina el plan: amparo checkin plan end"))
        }
        return UInt32(clamping: length.components.seconds)
    }

    /// Of one's own plan, or of one that was handed over and whose code is dictated.
    static func pause(
        _ ticket: Ticket, _ tickets: Tickets, seconds: UInt32, _ invocation: Invocation
    ) throws {
        var ticket = ticket
        try ensureAccepted(
            give(.pause, seconds: seconds, about: ticket, tickets, invocation), ticket, tickets)
        let until = summary(of: ticket, invocation)?.until
        ticket = tickets.ticket(ticket.plan) ?? ticket
        if let until { ticket.deadlines = [until] }
        keep(ticket, tickets, invocation)
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(ticket.plan.description), "label": .text(ticket.label.text),
                "state": "paused", "until": until.map(JSON.time) ?? .null,
                "still_watching": .list(ticket.handedTo),
            ])
        }
        let hours = Hours(ticket, invocation.world)
        let when = until.map { hours.said($0) } ?? Text(verbatim: "-")
        let label = ticket.label
        try invocation.print(
            ticket.handedBy == nil
                ? Text(
                    en: "\(label) is paused until \(when.en); then check-ins are owed again",
                    es: "\(label) está en pausa hasta \(when.es); luego vuelves a deber reportes")
                : Text(
                    en: "\(label) is paused until \(when.en); then check-ins are owed again",
                    es: "\(label) está en pausa hasta \(when.es); luego se vuelven a deber reportes"
                ))
        try sayWhoHears(of: .pause, ticket, invocation)
    }

    static let planResume = Command(
        "resume", spanish: ["reanudar", "continuar", "seguir"],
        Text(en: "End a pause", es: "Termina una pausa"),
        arguments: [label], examples: ["amparo checkin plan resume xalapa"]
    ) { invocation in
        let tickets = try invocation.tickets()
        try resume(try tickets.find(invocation.argument("LABEL")), tickets, invocation)
    }

    /// The same.
    static func resume(_ ticket: Ticket, _ tickets: Tickets, _ invocation: Invocation) throws {
        var ticket = ticket
        guard summary(of: ticket, invocation).map({ $0.state == "paused" }) ?? true else {
            throw Failure(
                .failed,
                Text(
                    en: "\(ticket.label) is not paused", es: "\(ticket.label) no está en pausa"),
                hint: Text(
                    en: "see what is owed: amparo checkin status",
                    es: "mira qué está pendiente: amparo checkin status"))
        }
        let answer = try give(.resume, about: ticket, tickets, invocation)
        try ensureAccepted(answer, ticket, tickets)
        guard case .accepted(let accepted) = answer else { return }
        ticket = tickets.ticket(ticket.plan) ?? ticket
        ticket.deadlines = [accepted.next].compactMap { $0 }
        keep(ticket, tickets, invocation)
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(ticket.plan.description), "label": .text(ticket.label.text),
                "state": "armed", "next": accepted.next.map(JSON.time) ?? .null,
                "not_resumed": .list(ticket.handedTo),
            ])
        }
        let hours = Hours(ticket, invocation.world)
        let when = accepted.next.map { hours.said($0) } ?? Text(verbatim: "-")
        let label = ticket.label
        try invocation.print(
            ticket.handedBy == nil
                ? Text(
                    en: "\(label) goes on; report in by \(when.en)",
                    es: "\(label) sigue; repórtate antes de \(when.es)")
                : Text(
                    en: "\(label) goes on; the next check-in, by \(when.en)",
                    es: "\(label) sigue; el siguiente reporte, antes de \(when.es)"))
        try sayWhoHears(of: .resume, ticket, invocation)
    }

    /// Tier 1 does by this machine; a colleague's machine by nothing but the telephone.
    private static func sayWhoHears(
        of order: Order, _ ticket: Ticket, _ invocation: Invocation
    ) throws {
        try invocation.print(toldTierOne)
        if let name = ticket.handedBy {
            return try invocation.print(
                Text(en: "tell \(name) that it counted", es: "dile a \(name) que sí contó"))
        }
        if let elsewhere = stillWatching(ticket.handedTo, order, ticket.label) {
            invocation.warn(elsewhere)
        }
    }

    /// What those machines go on doing, and what brings them to stop; nil for none.
    static func stillWatching(_ names: [String], _ order: Order, _ label: PlanLabel) -> Text? {
        guard !names.isEmpty else { return nil }
        let list = names.joined(separator: ", ")
        switch order {
        case .end:
            return Text(
                en: "THE MACHINE OF \(list) STILL WATCHES \(label) and will raise the alarm: call,"
                    + " dictate your code, and have it typed there: amparo watch end \(label)",
                es:
                    "EL EQUIPO DE \(list) SIGUE VIGILANDO \(label) y va a dar la alerta: llama, dicta"
                    + " tu código y que ahí escriban: amparo watch end \(label)")
        case .pause:
            return Text(
                en: "THE MACHINE OF \(list) STILL WATCHES \(label) and knows of no pause: call,"
                    + " dictate your code, and have it typed there: amparo watch pause \(label)"
                    + " --for TIME",
                es:
                    "EL EQUIPO DE \(list) SIGUE VIGILANDO \(label) y no sabe de la pausa: llama, dicta"
                    + " tu código y que ahí escriban: amparo watch pause \(label) --for TIEMPO")
        case .resume, .update, .card:
            return Text(
                en:
                    "if the machine of \(list) is paused too, it is not resumed by this: call, dictate"
                    + " your code, and have it typed there: amparo watch resume \(label)",
                es: "si el equipo de \(list) también está en pausa, con esto no se reanuda: llama,"
                    + " dicta tu código y que ahí escriban: amparo watch resume \(label)")
        }
    }

    /// - Throws: Why the watcher did not take an order.
    static func ensureAccepted(_ answer: CheckInAnswer, _ ticket: Ticket, _ tickets: Tickets)
        throws
    {
        if case .accepted = answer { return }
        throw refusal(answer, ticket, tickets)
    }

    /// What the watcher knows of a plan now; nil when it does not say.
    static func summary(of ticket: Ticket, _ invocation: Invocation) -> PlanSummary? {
        (try? watchedPlans(invocation))?.plans.first { $0.plan == ticket.plan }
    }

    static let toldTierOne = Text(
        en: "The first people of the plan hear of it now.",
        es: "A las primeras personas del plan se les avisa ahora.")

    /// The same to whoever watches over somebody else.
    static func lines(
        handedOver accepted: CheckInAnswer.Accepted, by name: String, _ hours: Hours
    ) -> [Text] {
        guard let until = accepted.waitsUntil else {
            return [Text(en: "The change counts from now on.", es: "El cambio vale desde ahora.")]
        }
        let when = hours.said(until)
        return [
            Text(
                en: "The change protects \(name) less than before: it counts after the next"
                    + " check-in, and not before \(when.en). Until then everything stays.",
                es: "El cambio protege a \(name) menos que antes: vale después del siguiente"
                    + " reporte, y no antes de \(when.es). Hasta entonces todo sigue igual.")
        ]
    }

    /// What a changed plan still owes, and since when the change counts.
    static func lines(waiting accepted: CheckInAnswer.Accepted, _ hours: Hours) -> [Text] {
        guard let until = accepted.waitsUntil else {
            return [Text(en: "The change counts from now on.", es: "El cambio vale desde ahora.")]
        }
        let when = hours.said(until)
        let why = accepted.waits.map(\.words)
        let reasons = Text(
            en: why.map(\.en).joined(separator: ", "), es: why.map(\.es).joined(separator: ", "))
        return [
            Text(
                en:
                    "The change protects less than before (\(reasons.en)): it counts after your next"
                    + " check-in, and not before \(when.en).",
                es:
                    "El cambio protege menos que antes (\(reasons.es)): vale después de tu siguiente"
                    + " reporte, y no antes de \(when.es).")
        ]
            + (accepted.next.map { next in
                let owed = hours.said(next)
                return [
                    Text(
                        en: "Until then everything stays: the next check-in is owed at \(owed.en).",
                        es: "Hasta entonces todo sigue igual: el siguiente reporte es a"
                            + " \(owed.es).")
                ]
            } ?? [])
    }
}

extension Weakening {
    /// In a list of reasons.
    var words: Text {
        switch self {
        case .rhythm: Text(en: "fewer check-ins", es: "menos reportes")
        case .grace: Text(en: "a longer grace", es: "más tolerancia")
        case .end: Text(en: "an earlier end", es: "termina antes")
        case .laterTiers: Text(en: "somebody hears later", es: "alguien se entera después")
        case .fewerContacts: Text(en: "fewer contacts", es: "menos contactos")
        case .otherAddresses:
            Text(en: "other addresses or names", es: "otras direcciones o nombres")
        case .otherCodes: Text(en: "other codes", es: "otros códigos")
        case .fewerSheets: Text(en: "fewer sheets", es: "menos hojas")
        case .otherTexts: Text(en: "other texts", es: "otros textos")
        case .otherPlace:
            Text(en: "another place or time zone", es: "otro lugar u otra zona horaria")
        case .otherReminders: Text(en: "other reminders", es: "otros recordatorios")
        }
    }
}

extension WatchReply.Refusal {
    /// Why an order or a card was not taken; nothing has changed.
    func failure(_ label: PlanLabel) -> Failure {
        switch self {
        case .epoch: WatchError.epoch(0).failure
        case .alarming: WatchError.alarming.failure
        case .asleep: CheckInCommands.noWatcher
        case .differs: WatchError.differs.failure
        case .ended: WatchError.ended.failure
        case .past: CheckInError.past.failure
        case .store: WatchError.store(.busy).failure
        case .malformed, .signature:
            Failure(
                .failed,
                Text(
                    en: "the watcher did not understand the order about \(label)",
                    es: "el vigilante no entendió la orden sobre \(label)"),
                hint: Text(
                    en: "start the watcher of this version again: amparo watch",
                    es: "pon en marcha otra vez el vigilante de esta versión: amparo watch"))
        }
    }
}
