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
        try reportIn(try tickets.find(word), tickets, invocation)
    }

    /// The same for a plan that was found: one's own, or one that was handed over to this machine,
    /// whose code was dictated.
    static func reportIn(
        _ ticket: Ticket, _ tickets: Tickets, _ invocation: Invocation
    ) throws {
        var ticket = ticket
        // Before the code is typed.
        let asked = try askedLease(invocation)
        let typed = try typedCode(for: ticket, invocation)
        let answer: CheckInAnswer
        if let paper = typed.withBytes({ PaperCode(reading: $0) }) {
            guard asked == 0 else { throw cardCannotAsk }
            answer = try send(paper, ticket, tickets, invocation)
            return try report(answer, &ticket, tickets, invocation)
        }
        let seed = try codeSeed(typed, ticket)
        do {
            try deliverWaiting(tickets, invocation)
            answer = try send(seed, &ticket, tickets, invocation)
        } catch is WatchSocket.Unreachable {
            let made = try queue(seed, &ticket, tickets, invocation)
            answer = try waitForWatcher(made, seed, &ticket, tickets, invocation)
        }
        try report(answer, &ticket, tickets, invocation)
    }

    /// From the typed code to the seed that signs with it.
    static func codeSeed(for ticket: Ticket, _ invocation: Invocation) throws -> SharedSecret {
        try codeSeed(typedCode(for: ticket, invocation), ticket)
    }

    /// What cannot be a code is asked for again: at the shell's own prompt it would be typed in the
    /// open.
    private static func typedCode(for ticket: Ticket, _ invocation: Invocation) throws
        -> SecretBytes
    {
        var left = invocation.value("code-fd") == nil ? 3 : 1
        while true {
            let typed = try invocation.passphrase(
                option: "code-fd",
                prompt: Text(
                    en: "code of the plan \(ticket.label)", es: "código del plan \(ticket.label)"))
            guard let mistake = mistake(in: typed) else { return typed }
            left -= 1
            guard left > 0 else { throw mistake }
            invocation.warn(mistake.failure.message)
        }
    }

    private static func mistake(in typed: borrowing SecretBytes) -> CodeError? {
        guard typed.withBytes({ PaperCode(reading: $0) }) == nil else { return nil }
        do throws(CodeError) {
            _ = try code(typed)
            return nil
        } catch { return error }
    }

    private static func code(_ typed: borrowing SecretBytes) throws(CodeError) -> PlanCode {
        try typed.withBytes { (typed) throws(CodeError) in
            do throws(CodeError) {
                return try PlanCode(reading: typed)
            } catch {
                // What this machine watches has codes of five words.
                let count = TypedWords(typed).count
                throw count == PlanCode.wordCount ? .wordCount(count) : error
            }
        }
    }

    private static func codeSeed(_ typed: borrowing SecretBytes, _ ticket: Ticket) throws
        -> SharedSecret
    {
        SharedSecret(
            try code(typed).signingSeed(plan: ticket.plan, secret: ticket.planSecret.bytes))
    }

    /// Signs by the watcher's clock, which decides, and sends.
    private static func send(
        _ seed: SharedSecret, _ ticket: inout Ticket, _ tickets: Tickets, _ invocation: Invocation
    ) throws -> CheckInAnswer {
        let greeting = try trustedGreeting(ticket, invocation)
        let last = max(ticket.lastCounter, greeting.lastCounter ?? 0)
        let token = try sign(seed, &ticket, after: last, now: greeting.now, invocation)
        // The watcher knows the counter too: a disk that takes no ticket keeps no check-in back.
        keep(ticket, tickets, invocation)
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
        _ seed: SharedSecret, _ ticket: inout Ticket, after last: UInt64, now: Instant,
        _ invocation: Invocation
    ) throws -> Token {
        ticket.lastCounter = Token.counter(after: last, now: now)
        return Token(
            plan: ticket.plan, counter: ticket.lastCounter, issued: now,
            askedLease: try askedLease(invocation), codeSeed: seed.bytes,
            ticketSeed: ticket.ticketSeed.bytes)
    }

    // MARK: Without a watcher

    /// A check-in that no watcher has answered, sealed to each of the plan's watchers.
    private struct Waiting {
        let counter: UInt64
        let boxes: [(watcher: [UInt8], box: [UInt8])]
        /// Why it waits in memory only, and is gone with this run.
        let unkept: FileError?
    }

    private static func queue(
        _ seed: SharedSecret, _ ticket: inout Ticket, _ tickets: Tickets, _ invocation: Invocation
    ) throws -> Waiting {
        UnsetClock.warn(invocation)
        let token = try sign(
            seed, &ticket, after: ticket.lastCounter, now: invocation.world.clock.now, invocation)
        // A disk that takes no ticket takes no box either, and that is said.
        try? tickets.save(ticket)
        let boxes = ticket.watchers.compactMap { watcher in
            sealToWatcher(token.bytes, boxKey: watcher.boxKey).map { (watcher.boxKey, $0) }
        }
        var unkept: FileError?
        for (_, box) in boxes {
            do throws(FileError) {
                try tickets.queue(box, plan: ticket.plan, counter: token.counter)
            } catch { unkept = error }
        }
        return Waiting(counter: token.counter, boxes: boxes, unkept: unkept)
    }

    /// A ticket that cannot be renewed still signs; the watcher knows its counter.
    static func keep(_ ticket: Ticket, _ tickets: Tickets, _ invocation: Invocation) {
        do throws(FileError) { try tickets.save(ticket) } catch {
            let why = error.failure.message
            invocation.warn(
                Text(
                    en: "this machine's ticket could not be renewed: \(why.en)",
                    es: "no se pudo renovar la ficha de este equipo: \(why.es)"))
        }
    }

    /// On a terminal the check-in is handed over again until it is answered or the person stops; a
    /// script is told at once. That it left the queue proves nothing: only an answer does.
    private static func waitForWatcher(
        _ made: Waiting, _ seed: SharedSecret, _ ticket: inout Ticket, _ tickets: Tickets,
        _ invocation: Invocation
    ) throws -> CheckInAnswer {
        guard invocation.world.terminal.isTerminal(.error), invocation.world.terminal.canAsk else {
            throw unanswered(made.unkept)
        }
        invocation.warn(
            Text(
                en: "nobody knows yet. Open another terminal and type: amparo watch",
                es: "todavía nadie lo sabe. Abre otra terminal y escribe: amparo watch"))
        invocation.say(
            made.unkept == nil
                ? Text(
                    en: "The check-in waits here; Ctrl-C stops trying",
                    es: "El reporte espera aquí; Ctrl-C deja de intentar")
                : Text(
                    en: "The disk takes no check-in: it waits only as long as this window is open",
                    es: "El disco no acepta el reporte: espera solo mientras esta ventana siga"
                        + " abierta"))
        // Whoever types on blindly may be typing the code again: nobody is to read it.
        invocation.world.terminal.hideTyping()
        defer { invocation.world.terminal.showTyping() }
        while !Interrupts.isRaised {
            do {
                try deliverWaiting(tickets, invocation, except: made.counter)
                return try handOver(made, seed, &ticket, tickets, invocation)
            } catch is WatchSocket.Unreachable {
                _ = Platform.Waiting.forReadable([Interrupts.descriptor], limit: .seconds(5))
            }
        }
        // The signal ended the trying and nothing else: the exit code says that nobody knows.
        Interrupts.clear()
        if let reason = made.unkept { throw unanswered(reason) }
        let label = ticket.label
        throw Failure(
            .network,
            Text(
                en: "\(label): the check-in stayed on this machine; nobody knows yet. It is sent"
                    + " when you open: amparo watch",
                es: "\(label): el reporte quedó en este equipo; todavía nadie lo sabe. Se manda al"
                    + " abrir: amparo watch"))
    }

    /// - Parameter unkept: Why the check-in is not even kept here, if it is not.
    private static func unanswered(_ unkept: FileError?) -> Failure {
        if let unkept {
            let why = unkept.failure.message
            return Failure(
                .failed,
                Text(
                    en: "nobody knows: no watcher confirms, and the check-in could not be kept"
                        + " here: \(why.en)",
                    es: "nadie lo sabe: ningún vigilante confirma y el reporte no se pudo guardar"
                        + " aquí: \(why.es)"),
                hint: Text(
                    en: "make room on the disk and report in again: amparo ok",
                    es: "libera espacio en el disco y repórtate otra vez: amparo ok"))
        }
        return Failure(
            .network,
            Text(
                en: "nobody knows yet: no watcher answers, the check-in waits on this machine",
                es: "todavía nadie lo sabe: ningún vigilante responde, el reporte espera en este"
                    + " equipo"),
            hint: Text(
                en: "start the watcher, it takes what waits: amparo watch",
                es: "pon en marcha al vigilante, él recoge lo que espera: amparo watch"))
    }

    /// The same bytes again: the watcher may have taken them from the queue, and repeats what it
    /// said to them, without counting a wrong code twice.
    private static func handOver(
        _ made: Waiting, _ seed: SharedSecret, _ ticket: inout Ticket, _ tickets: Tickets,
        _ invocation: Invocation
    ) throws -> CheckInAnswer {
        let greeting = try trustedGreeting(ticket, invocation)
        guard let box = made.boxes.first(where: { $0.watcher == greeting.boxKey })?.box,
            case .answer(var answer) = try invocation.askWatcher(.checkIn(box))
        else { throw WatchSocket.Unreachable() }
        switch answer {
        // The clocks differ, or a newer one was heard: signed once more, by the watcher's clock.
        case .future, .behind: answer = try send(seed, &ticket, tickets, invocation)
        case .accepted, .wrongCode, .unknownPlan, .ended, .notOurs, .used: break
        }
        if answer.isFinal { try? tickets.remove(ticket.plan, counter: made.counter) }
        return answer
    }

    /// Any run sends what waits, and says of each that did not count why.
    static func deliverWaiting(
        _ tickets: Tickets, _ invocation: Invocation, except own: UInt64? = nil
    ) throws {
        for waiting in try tickets.waiting() where waiting.counter != own {
            // A plan that the watcher cannot store now keeps no other waiting.
            guard case .answer(let answer) = try invocation.askWatcher(.checkIn(waiting.box)) else {
                continue
            }
            if answer.isFinal { try? tickets.remove(waiting.plan, counter: waiting.counter) }
            if case .accepted = answer { continue }
            let label = try? tickets.all().first { $0.plan == waiting.plan }?.label.text
            let name = label ?? String(waiting.plan.description.prefix(8))
            let why = words(answer)
            invocation.warn(
                Text(
                    en: "\(name): a check-in that waited did not count: \(why.en)",
                    es: "\(name): un reporte que esperaba no contó: \(why.es)"))
        }
    }

    /// Why a check-in did not count.
    static func words(_ answer: CheckInAnswer) -> Text {
        switch answer {
        case .accepted: Text(en: "it did count", es: "sí contó")
        case .behind: Text(en: "a newer one was heard", es: "ya se recibió uno más nuevo")
        case .wrongCode: Text(en: "wrong code", es: "código equivocado")
        case .future:
            Text(
                en: "its clock is ahead of the watcher's; it goes on waiting",
                es: "su reloj va adelantado al del vigilante; sigue esperando")
        case .unknownPlan:
            Text(
                en: "NOBODY IS WATCHING this plan; it goes on waiting",
                es: "NADIE ESTÁ VIGILANDO este plan; sigue esperando")
        case .ended: Text(en: "the plan has ended", es: "el plan ya terminó")
        case .notOurs:
            Text(
                en: "the watcher does not accept its ticket",
                es: "el vigilante no acepta su ficha")
        case .used:
            Text(
                en: "that code of the card was used before",
                es: "ese código de la tarjeta ya se había usado")
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
            keep(ticket, tickets, invocation)
        } else {
            try? tickets.forget(ticket.plan)
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
        if accepted.next != nil { try warnOfLastHour(ticket, invocation) }
        let owed = accepted.isStillOwed ? accepted.next.map { hours.said($0) } : nil
        try sayWhoKnows(ticket, hasNext: accepted.next != nil, owed: owed, invocation)
    }

    /// Who does not hear of it by this machine.
    ///
    /// - Parameter owed: When the check-in is due for which this one was too early.
    private static func sayWhoKnows(
        _ ticket: Ticket, hasNext: Bool, owed: Text?, _ invocation: Invocation
    ) throws {
        if let name = ticket.handedBy {
            return try invocation.print(
                owed.map { when in
                    Text(
                        en: "tell \(name) that a call is still owed at \(when.en)",
                        es: "dile a \(name) que a \(when.es) tiene que volver a llamar")
                }
                    ?? Text(
                        en: "tell \(name) that it counted", es: "dile a \(name) que sí contó"))
        }
        guard hasNext else { return }
        guard !ticket.handedTo.isEmpty else { return try invocation.print(onlyThisMachine) }
        let names = ticket.handedTo.joined(separator: ", ")
        try invocation.print(
            Text(
                en: "this machine knows; \(names) DOES NOT: call and dictate the code there too",
                es: "este equipo ya lo sabe; \(names) NO: llama y dicta ahí también el código"))
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
                hint: count < 4
                    ? Text(
                        en: "it is the code that was shown when the plan was made",
                        es: "es el código que se mostró al hacer el plan")
                    : Text(
                        en: "it is the code that was shown when the plan was made; after five wrong"
                            + " ones each answer takes a minute and your first contacts are told",
                        es: "es el código que se mostró al hacer el plan; tras cinco equivocados,"
                            + " cada respuesta tarda un minuto y se avisa a tus primeros contactos")
            )
        case .future:
            Failure(
                .failed,
                Text(
                    en: "this machine's clock is ahead of the watcher's",
                    es: "el reloj de este equipo va adelantado al del vigilante"),
                hint: Text(en: "set the clock: date", es: "pon el reloj en hora: date"))
        case .used:
            Failure(
                .noKey,
                Text(
                    en: "that code of the card was used before",
                    es: "ese código de la tarjeta ya se había usado"),
                hint: Text(
                    en: "cross it out and take another one",
                    es: "táchalo y toma otro"))
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
