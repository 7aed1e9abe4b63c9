internal import Age
internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Primitives
internal import Secrets
internal import Vault
internal import Watch
internal import Wording

extension WatchCommands {
    static let add = Command(
        "add", spanish: ["agregar", "aceptar", "recibir"],
        Text(
            en: "Watch over a plan that somebody hands over to you",
            es: "Vigila un plan que alguien te entrega"),
        why: Text(
            en: """
                You promise somebody that this machine watches, and that you answer the telephone: \
                she dictates her code, you type it. Her people are alerted over your channels, in \
                your name. You cannot open what is sealed to others. The file is kept nowhere: keep \
                it until the plan has ended, or destroy it.
                """,
            es: """
                Le prometes a alguien que este equipo vigila y que contestas el teléfono: te dicta su \
                código y lo escribes. A su gente se le avisa por tus canales, a tu nombre. No puedes \
                abrir lo que va sellado para otras personas. El archivo no se guarda en ningún lado: \
                consérvalo hasta que el plan termine, o destrúyelo.
                """),
        arguments: [
            Argument("FILE", Text(en: "what she gave you", es: "lo que te dieron"))
        ],
        examples: ["amparo watch add xalapa-laura.age"]
    ) { invocation in
        // Before any passphrase: without a watcher nothing can be promised.
        guard let greeting = try? invocation.greetWatcher(nil) else {
            throw CheckInCommands.noWatcher
        }
        try UnsetClock.refuse(greeting.now)
        let path = invocation.argument("FILE") ?? ""
        let file = try failing(path) { () throws(FileError) in
            try invocation.world.files.read(path, limit: HandOver.byteLimit)
        }
        let handed = try invocation.handedTickets()
        let promise = try invocation.withVault { vault in
            try invocation.requireOuter(vault)
            let keyring = Keyring(vault)
            try PlanBook(keyring).checkHost(greeting)
            let received = try ReceivedPlan(file, path, keyring)
            return try accept(received, OwnWays(keyring), greeting, handed, invocation)
        }
        guard promise.isChange else {
            let deadline = try register(promise, handed, invocation)
            return try report(promise, deadline, handed, greeting.now, invocation)
        }
        try change(promise, handed, invocation)
    }

    /// What she said yes to.
    private struct Accepted {
        let handOver: HandOver
        let ticket: Ticket
        let registration: Registration
        /// As it was before.
        let earlier: Ticket?
        /// It is watched, and this is newer: her code has to be dictated for that.
        let isChange: Bool
    }

    private static func accept(
        _ received: ReceivedPlan, _ ways: OwnWays, _ greeting: WatchReply.Greeting,
        _ handed: Tickets, _ invocation: Invocation
    ) throws -> Accepted {
        let handOver = received.handOver
        let plan = handOver.registration.plan
        guard try !invocation.tickets().has(plan) else { throw own(handOver) }
        guard let known = try? invocation.greetWatcher(plan) else {
            throw CheckInCommands.noWatcher
        }
        let earlier = handed.ticket(plan)
        let version = handOver.registration.epoch
        let isWatched = known.lastCounter != nil
        if let earlier, isWatched, version < earlier.version {
            throw stale(handOver, than: earlier.version)
        }
        let isChange = isWatched && version > (earlier?.version ?? version)
        let registration = try handOver.registration(
            at: greeting.now, isWatched: isWatched && !isChange,
            epoch: epoch(of: plan, isChange: isChange, invocation),
            owner: ways.owner(invocation.language)
        ) { ways.routes(to: $0) }
        let unreachable = registration.tiers.flatMap { $0 }.filter(\.routes.isEmpty).map(\.name)
        guard unreachable.isEmpty else { throw noWay(to: unreachable) }
        try checkMessages(registration, handOver.envelopes, greeting.now)
        received.tell(invocation)
        HandedPromise(registration, received.sender, greeting.now, invocation).show()
        let name = registration.alias
        warnOfNamesake(registration, handed, invocation)
        guard
            try invocation.confirm(
                Text(en: "Do you watch over \(name)?", es: "¿Vigilas por \(name)?"))
        else {
            throw Failure(
                .refused,
                Text(en: "nothing was promised", es: "no se prometió nada"),
                hint: Text(
                    en: "tell \(name), who counts on it", es: "díselo a \(name), que cuenta con eso"
                ))
        }
        let ticket = Ticket(
            plan: plan, label: registration.label, planSecret: handOver.codeSecret,
            ticketSeed: handOver.ticketSeed,
            lastCounter: max(earlier?.lastCounter ?? 0, known.lastCounter ?? 0),
            watchers: [WatcherEntry(place: .thisMachine, boxKey: greeting.boxKey)],
            deadlines: earlier?.deadlines ?? [], zone: registration.zone,
            place: registration.place, isUntested: registration.isUntested, handedBy: name,
            reach: handOver.reach, version: version)
        // The ticket first: a plan that is watched and has none could never be answered.
        if !isChange {
            do throws(FileError) { try handed.save(ticket) } catch { throw error.failure }
        }
        return Accepted(
            handOver: handOver, ticket: ticket,
            registration: registration, earlier: earlier, isChange: isChange)
    }

    private static func register(
        _ accepted: Accepted, _ handed: Tickets, _ invocation: Invocation
    ) throws -> Instant {
        let label = accepted.ticket.label
        func undo() {
            if let earlier = accepted.earlier {
                try? handed.save(earlier)
            } else {
                try? handed.remove(accepted.ticket.plan)
            }
        }
        let request = WatchRequest.register(
            accepted.registration,
            signature: accepted.registration.signature(
                ticketSeed: accepted.ticket.ticketSeed.bytes),
            envelopes: accepted.handOver.envelopes)
        switch try? invocation.askWatcher(request) {
        case .armed(let deadline):
            var ticket = accepted.ticket
            ticket.deadlines = [deadline]
            CheckInCommands.keep(ticket, handed, invocation)
            return deadline
        case .refused(let refusal):
            undo()
            let reason = refusal.reason
            throw Failure(
                .refused,
                Text(
                    en: "the watcher did not take \(label): \(reason.en)",
                    es: "el vigilante no tomó \(label): \(reason.es)"),
                hint: Text(
                    en: "ask \(accepted.ticket.handedBy ?? "") for a new file",
                    es: "pídele a \(accepted.ticket.handedBy ?? "") un archivo nuevo"))
        default:
            throw Failure(
                .network,
                Text(
                    en:
                        "the watcher went away before it answered: it may or may not watch \(label)",
                    es: "el vigilante se fue antes de responder: puede que vigile \(label) o que no"
                ),
                hint: Text(
                    en: "start it (amparo watch), then add the file again",
                    es: "ponlo en marcha (amparo watch) y agrega el archivo otra vez"))
        }
    }

    private static func report(
        _ accepted: Accepted, _ deadline: Instant, _ handed: Tickets, _ now: Instant,
        _ invocation: Invocation
    ) throws {
        let ticket = accepted.ticket
        let word = handed.word(for: ticket)
        let name = ticket.handedBy ?? ""
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(ticket.plan.description), "label": .text(ticket.label.text),
                "from": .text(name), "state": "armed", "next": .time(deadline),
                "watchers": ["local"],
            ])
        }
        let hours = Hours(
            zone: ticket.zone, place: ticket.place, world: invocation.world, now: now,
            seconds: accepted.handOver.registration.terms.isShort)
        let when = hours.said(deadline)
        let label = ticket.label
        try invocation.print(
            Text(
                en: "you watch over \(name): \(label), next check-in at \(when.en)",
                es: "vigilas por \(name): \(label), siguiente reporte, a \(when.es)"))
        try invocation.print(
            Text(
                en: "TELL \(name) NOW. When \(name) calls: amparo watch checkin \(word)",
                es: "DÍSELO YA A \(name). Cuando \(name) llame: amparo watch checkin \(word)"))
    }

    /// A code that is dictated for one of them must not be typed for the other.
    private static func warnOfNamesake(
        _ registration: Registration, _ handed: Tickets, _ invocation: Invocation
    ) {
        let label = registration.label
        let others = ((try? handed.all()) ?? []).filter {
            $0.label == label && $0.plan != registration.plan
        }
        guard !others.isEmpty else { return }
        let owners = others.compactMap(\.handedBy).joined(separator: ", ")
        invocation.warn(
            Text(
                en: "you already watch a plan called '\(label)' (\(owners)): if it is not known to"
                    + " you why there are two, say no and ask by voice",
                es:
                    "ya vigilas un plan que se llama «\(label)» (\(owners)): si no sabes por qué hay"
                    + " dos, di que no y pregunta de viva voz"))
    }

    /// One more than the newest that her watcher took; of what it does not watch, the first.
    private static func epoch(of plan: PlanID, isChange: Bool, _ invocation: Invocation) throws
        -> UInt32
    {
        let known = try CheckInCommands.watchedPlans(invocation).plans.first { $0.plan == plan }
        return known.map { isChange ? $0.epoch &+ 1 : $0.epoch } ?? 1
    }

    /// A newer file for what is watched already: an order, which takes her code.
    private static func change(
        _ accepted: Accepted, _ handed: Tickets, _ invocation: Invocation
    ) throws {
        let ticket = accepted.ticket
        let name = ticket.handedBy ?? ""
        invocation.say(
            Text(
                en: "This is newer than what you watch. \(name) has to dictate the code for it.",
                es: "Esto es más nuevo que lo que vigilas. \(name) tiene que dictarte el código."))
        let answer = try CheckInCommands.give(
            .update,
            .change(
                to: accepted.registration, accepted.handOver.envelopes,
                signedWith: ticket.ticketSeed),
            // What is there stays until this is taken.
            about: accepted.earlier ?? ticket, handed, invocation)
        guard case .accepted(let taken) = answer else {
            throw CheckInCommands.refusal(answer, ticket, handed)
        }
        var kept = ticket
        kept.lastCounter = max(
            handed.ticket(ticket.plan)?.lastCounter ?? 0, kept.lastCounter)
        kept.deadlines = [taken.next].compactMap { $0 }
        CheckInCommands.keep(kept, handed, invocation)
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(ticket.plan.description), "label": .text(ticket.label.text),
                "from": .text(name), "state": "armed", "next": taken.next.map(JSON.time) ?? .null,
                "changes_from": taken.waitsUntil.map(JSON.time) ?? .null, "watchers": ["local"],
            ])
        }
        let hours = Hours(kept, invocation.world)
        try invocation.print(
            Text(
                en: "\(ticket.label) is watched as changed",
                es: "\(ticket.label) se vigila con los cambios"))
        for line in CheckInCommands.lines(handedOver: taken, by: name, hours) {
            try invocation.print(line)
        }
        try invocation.print(CheckInCommands.toldTierOne)
    }

    private static func stale(_ handOver: HandOver, than version: UInt32) -> Failure {
        let label = handOver.registration.label
        let old = handOver.registration.epoch
        return Failure(
            .refused,
            Text(
                en: "this file is older (\(old)) than what you watch of \(label) (\(version))",
                es: "este archivo es más viejo (\(old)) que lo que vigilas de \(label) (\(version))"
            ),
            hint: Text(
                en: "keep watching; a newer file has a greater number",
                es: "sigue vigilando; un archivo más nuevo tiene un número mayor"))
    }

    private static func own(_ handOver: HandOver) -> Failure {
        let label = handOver.registration.label
        return Failure(
            .refused,
            Text(
                en: "\(label) is a plan of this machine's own: it is watched here already",
                es: "\(label) es un plan de este mismo equipo: aquí ya se vigila"),
            hint: Text(
                en: "add the file on your colleague's machine",
                es: "agrega el archivo en el equipo de tu colega"))
    }

    /// What could not be sent is refused now, while she can still be asked for another one.
    private static func checkMessages(
        _ registration: Registration, _ envelopes: [[UInt8]], _ now: Instant
    ) throws(Failure) {
        let writer = AlertWriter { try? ZoneCatalog.embedded.rules($0) }
        guard let alert = writer.unwritable(in: registration, envelopes, now: now) else { return }
        throw Failure(
            .refused, Muster.cannotBeWritten(alert.listener.name),
            hint: Text(
                en: "ask \(registration.alias) for one with shorter names and sheets",
                es: "pídele a \(registration.alias) uno con nombres y hojas más cortos"))
    }

    private static func noWay(to names: [String]) -> Failure {
        let list = names.joined(separator: ", ")
        return Failure(
            .refused,
            Text(
                en: "none of your channels reaches \(list)",
                es: "ninguno de tus canales llega a \(list)"),
            hint: Text(
                en: "add one first: amparo channel add",
                es: "agrega uno primero: amparo channel add"))
    }
}
