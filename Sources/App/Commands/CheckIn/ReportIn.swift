internal import CheckIn
internal import CommandLineKit
internal import Encoding
internal import Platform
internal import Secrets
internal import Watch
internal import Wording

extension CheckInCommands {
    /// `amparo ok`: the code is typed, signed and confirmed; or waits, and says so.
    @Sendable static func reportIn(_ invocation: Invocation) throws {
        let tickets = try invocation.tickets()
        let word = invocation.argument("LABEL")
        // A plan may be called as some command is in Spanish: plans come first.
        if let word, let mistake = invocation.misplaced(word),
            try !tickets.all().contains(where: { $0.label.text == word })
        {
            throw mistake
        }
        var ticket = try tickets.find(word)
        let seed = try codeSeed(for: ticket, invocation)
        do {
            try deliverWaiting(tickets, invocation)
            let answer = try send(seed, &ticket, tickets, invocation)
            return try report(answer, &ticket, tickets, invocation)
        } catch is WatchSocket.Unreachable {
            try queue(seed, &ticket, tickets, invocation)
        }
        try waitForWatcher(ticket, tickets, invocation)
    }

    /// From the typed code to the seed that signs with it.
    static func codeSeed(for ticket: Ticket, _ invocation: Invocation) throws -> SharedSecret {
        let typed = try invocation.passphrase(
            option: "code-fd",
            prompt: Text(
                en: "code of the plan \(ticket.label)", es: "código del plan \(ticket.label)"))
        let code = try typed.withBytes { (typed) throws(CodeError) in
            do throws(CodeError) {
                return try PlanCode(reading: typed)
            } catch {
                // What this machine watches has codes of five words.
                let count = TypedWords(typed).count
                throw count == PlanCode.wordCount ? .wordCount(count) : error
            }
        }
        return SharedSecret(
            try code.signingSeed(plan: ticket.plan, secret: ticket.planSecret.bytes))
    }

    /// Signs by the watcher's clock, which decides, and sends.
    private static func send(
        _ seed: SharedSecret, _ ticket: inout Ticket, _ tickets: Tickets, _ invocation: Invocation
    ) throws -> CheckInAnswer {
        let greeting = try trustedGreeting(ticket, invocation)
        let last = max(ticket.lastCounter, greeting.lastCounter ?? 0)
        let token = sign(seed, &ticket, after: last, now: greeting.now)
        try tickets.save(ticket)
        guard let box = sealToWatcher(token.bytes, boxKey: greeting.boxKey),
            case .answer(let answer) = try invocation.askWatcher(.checkIn(box))
        else { throw WatchSocket.Unreachable() }
        return answer
    }

    /// - Throws: Exit 6 when somebody else answers than whom the plan was armed with.
    static func trustedGreeting(_ ticket: Ticket, _ invocation: Invocation) throws
        -> WatchReply.Greeting
    {
        let greeting = try invocation.greetWatcher(ticket.plan)
        guard ticket.watchers.contains(where: { $0.boxKey == greeting.boxKey }) else {
            throw Failure(
                .refused,
                Text(
                    en: "the watcher that answers is not the one this plan was armed with",
                    es: "el vigilante que responde no es con el que se activó este plan"),
                hint: Text(
                    en: "arm the plan again: amparo checkin plan arm \(ticket.label)",
                    es: "activa otra vez el plan: amparo checkin plan arm \(ticket.label)"))
        }
        return greeting
    }

    private static func sign(
        _ seed: SharedSecret, _ ticket: inout Ticket, after last: UInt64, now: Instant
    ) -> Token {
        ticket.lastCounter = Token.counter(after: last, now: now)
        return Token(
            plan: ticket.plan, counter: ticket.lastCounter, issued: now, codeSeed: seed.bytes,
            ticketSeed: ticket.ticketSeed.bytes)
    }

    // MARK: Without a watcher

    private static func queue(
        _ seed: SharedSecret, _ ticket: inout Ticket, _ tickets: Tickets, _ invocation: Invocation
    ) throws {
        let token = sign(seed, &ticket, after: ticket.lastCounter, now: invocation.world.clock.now)
        try tickets.save(ticket)
        for watcher in ticket.watchers {
            guard let box = sealToWatcher(token.bytes, boxKey: watcher.boxKey) else { continue }
            try tickets.queue(box, plan: ticket.plan, counter: token.counter)
        }
    }

    /// On a terminal the check-in is tried again until it is heard or the person stops; a script
    /// is told at once.
    private static func waitForWatcher(
        _ ticket: Ticket, _ tickets: Tickets, _ invocation: Invocation
    ) throws {
        let failure = Failure(
            .network,
            Text(
                en: "nobody knows yet: no watcher answers, the check-in waits on this machine",
                es: "todavía nadie lo sabe: ningún vigilante responde, el reporte espera en este"
                    + " equipo"),
            hint: Text(
                en: "start the watcher, it takes what waits: amparo watch",
                es: "pon en marcha al vigilante, él recoge lo que espera: amparo watch"))
        guard invocation.world.terminal.isTerminal(.error), invocation.world.terminal.canAsk else {
            throw failure
        }
        invocation.warn(failure.message)
        invocation.say(
            Text(
                en: "trying again every 5 s; Ctrl-C stops trying, the check-in goes on waiting",
                es: "reintento cada 5 s; con Ctrl-C dejo de intentar, el reporte sigue esperando"))
        while !Interrupts.isRaised {
            _ = Waiting.forReadable([Interrupts.descriptor], limit: .seconds(5))
            guard (try? invocation.greetWatcher(ticket.plan)) != nil else { continue }
            try deliverWaiting(tickets, invocation)
            if try !tickets.waiting().contains(where: { $0.plan == ticket.plan }) {
                return try invocation.print(
                    Text(
                        en: "\(ticket.label): the watcher has your check-in",
                        es: "\(ticket.label): el vigilante ya tiene tu reporte"))
            }
        }
        // The signal ended the trying and nothing else: the exit code says that nobody knows.
        Interrupts.clear()
        let label = ticket.label
        throw Failure(
            .network,
            Text(
                en: "\(label): the check-in stayed on this machine; nobody knows yet. It is sent"
                    + " when you open: amparo watch",
                es: "\(label): el reporte quedó en este equipo; todavía nadie lo sabe. Se manda al"
                    + " abrir: amparo watch"))
    }

    /// Any run sends what waits.
    static func deliverWaiting(_ tickets: Tickets, _ invocation: Invocation) throws {
        for waiting in try tickets.waiting() {
            guard case .answer(let answer) = try invocation.askWatcher(.checkIn(waiting.box)) else {
                throw WatchSocket.Unreachable()
            }
            try tickets.remove(waiting)
            if case .wrongCode = answer {
                invocation.warn(
                    Text(
                        en: "a check-in that waited was made with a wrong code: it did not count",
                        es: "un reporte que esperaba se hizo con un código equivocado: no contó"))
            }
        }
    }

    // MARK: The answer

    static func report(
        _ answer: CheckInAnswer, _ ticket: inout Ticket, _ tickets: Tickets,
        _ invocation: Invocation
    ) throws {
        guard case .accepted(let accepted) = answer else {
            throw refusal(answer, ticket, tickets)
        }
        if let next = accepted.next {
            ticket.deadlines = [next]
            try tickets.save(ticket)
        } else {
            try tickets.forget(ticket.plan)
        }
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(ticket.plan.description), "label": .text(ticket.label.text),
                "state": accepted.next == nil ? "ended" : "confirmed",
                "next": accepted.next.map(JSON.time) ?? .null,
                "still_owed": .bool(accepted.isStillOwed),
                "all_clear": .list(accepted.allClear),
            ])
        }
        let hours = Hours(ticket, invocation.world)
        let label = ticket.label
        if let next = accepted.next {
            let when = hours.said(next)
            try invocation.print(
                accepted.isStillOwed
                    ? Text(
                        en: "\(label): seen, but too early: still owed at \(when.en)",
                        es: "\(label): visto, pero muy pronto: sigue pendiente a \(when.es)")
                    : Text(
                        en: "\(label): reported in; the next, at \(when.en)",
                        es: "\(label): reporte confirmado; el siguiente, a \(when.es)"))
        } else {
            try invocation.print(
                Text(
                    en: "\(label): reported in; the plan has ended",
                    es: "\(label): reporte confirmado; el plan terminó"))
        }
        if !accepted.allClear.isEmpty {
            let names = accepted.allClear.joined(separator: ", ")
            try invocation.print(
                Text(
                    en: "had been alerted and now hear that you reported in: \(names)",
                    es: "ya habían recibido la alerta y ahora sabrán que te reportaste: \(names)"))
        }
        if accepted.next != nil { try invocation.print(onlyThisMachine) }
    }

    static func refusal(_ answer: CheckInAnswer, _ ticket: Ticket, _ tickets: Tickets) -> Failure {
        switch answer {
        case .accepted, .notOurs:
            Failure(
                .failed,
                Text(
                    en: "the watcher did not accept this plan's ticket",
                    es: "el vigilante no aceptó la ficha de este plan"),
                hint: Text(
                    en: "arm the plan again: amparo checkin plan arm \(ticket.label)",
                    es: "activa otra vez el plan: amparo checkin plan arm \(ticket.label)"))
        case .behind:
            Failure(
                .failed,
                Text(
                    en: "a newer check-in was accepted before this one",
                    es: "ya se aceptó un reporte más nuevo que este"),
                hint: Text(en: "try again", es: "inténtalo otra vez"))
        case .wrongCode(let count):
            Failure(
                .noKey,
                Text(
                    en: "wrong code (\(count) since the last right one)",
                    es: "código equivocado (\(count) desde el último correcto)"),
                hint: Text(
                    en: "it is the code that was shown when the plan was made",
                    es: "es el código que se mostró al hacer el plan"))
        case .future:
            Failure(
                .failed,
                Text(
                    en: "this machine's clock is ahead of the watcher's",
                    es: "el reloj de este equipo va adelantado al del vigilante"),
                hint: Text(en: "set the clock: date", es: "pon el reloj en hora: date"))
        case .unknownPlan:
            Failure(
                .network,
                Text(
                    en: "nobody is watching this plan: the watcher does not know it",
                    es: "nadie está vigilando este plan: el vigilante no lo conoce"),
                hint: Text(
                    en: "arm it again: amparo checkin plan arm \(ticket.label)",
                    es: "actívalo otra vez: amparo checkin plan arm \(ticket.label)"))
        case .ended:
            Failure(
                .failed,
                Text(en: "this plan has ended", es: "este plan ya terminó"),
                hint: Text(
                    en: "make a new one: amparo checkin plan new",
                    es: "haz uno nuevo: amparo checkin plan new"))
        }
    }
}
