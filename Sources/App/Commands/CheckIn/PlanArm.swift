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
        guard invocation.flag("untested") else {
            throw Failure(
                .refused,
                Text(
                    en: "nobody has confirmed that this plan's alerts arrive",
                    es: "nadie ha confirmado que las alertas de este plan llegan"),
                hint: Text(
                    en: "try each channel (amparo channel test NAME), then arm with --untested",
                    es: "prueba cada canal (amparo channel test NOMBRE) y activa con --untested"))
        }
        let word = invocation.argument("LABEL") ?? ""
        let now = greeting.now
        let (plan, deadline) = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            let book = PlanBook(keyring)
            var plan = try book.find(word)
            guard let host = book.hostKey(), WatchKeys(host: host.bytes).boxKey == greeting.boxKey
            else {
                throw Failure(
                    .refused,
                    Text(
                        en: "the watcher that answers is not this vault's",
                        es: "el vigilante que responde no es el de esta bóveda"),
                    hint: Text(
                        en: "stop it, and start yours: amparo watch",
                        es: "deténlo y pon en marcha el tuyo: amparo watch"))
            }
            let deadline = try register(plan, keyring, Notebook(vault), now, invocation)
            if plan.stage != .armed || !plan.isUntested {
                plan.stage = .armed
                plan.isUntested = true
                book.replace(plan)
            }
            return (plan, deadline)
        }
        let ticket = Ticket(
            plan: plan.id, label: plan.label, planSecret: plan.planSecret,
            ticketSeed: plan.ticketSeed, lastCounter: 0,
            watchers: [WatcherEntry(place: .thisMachine, boxKey: greeting.boxKey)],
            deadlines: [deadline], zone: plan.zone, place: plan.place, isUntested: true)
        try invocation.tickets().save(ticket)
        try report(plan, deadline, now, invocation)
    }

    /// Sends all that the watcher needs; it answers after its commit.
    private static func register(
        _ plan: Plan, _ keyring: Keyring, _ notebook: Notebook, _ now: Instant,
        _ invocation: Invocation
    ) throws -> Instant {
        guard plan.stage != .ended else { throw ended(plan) }
        let muster = try Muster(plan, keyring)
        guard muster.unreachable.isEmpty else {
            let names = muster.unreachable.joined(separator: ", ")
            throw Failure(
                .refused,
                Text(
                    en: "no channel reaches \(names)", es: "ningún canal llega a \(names)"),
                hint: Text(
                    en: "add one (amparo channel add), or an e-mail to the contact",
                    es: "agrega uno (amparo channel add), o un correo al contacto"))
        }
        for name in muster.withoutSheet {
            invocation.warn(
                Text(
                    en: "\(name) hears the alarm, but cannot open the sealed sheets"
                        + " (no recipient)",
                    es: "\(name) recibirá la alerta, pero no puede abrir las hojas selladas"
                        + " (sin destinatario)"))
        }
        let (registration, envelopes) = try muster.registration(
            notebook, ticketKey: Ed25519.publicKey(seed: plan.ticketSeed.bytes),
            isUntested: true, at: now)
        let signature = registration.signature(ticketSeed: plan.ticketSeed.bytes)
        let request = WatchRequest.register(
            registration, signature: signature, envelopes: envelopes)
        guard let reply = try? invocation.askWatcher(request) else { throw noWatcher }
        switch reply {
        case .armed(let deadline): return deadline
        case .refused(.ended): throw ended(plan)
        case .refused(.past): throw CheckInError.past
        case .refused(let reason): throw refusedByWatcher("\(reason)")
        case .greeting, .answer, .status: throw refusedByWatcher("?")
        }
    }

    private static func ended(_ plan: Plan) -> Failure {
        Failure(
            .refused,
            Text(
                en: "plan \(plan.label) has ended and is never armed again",
                es: "el plan \(plan.label) terminó y no se vuelve a activar"),
            hint: Text(
                en: "make a new one: amparo checkin plan new",
                es: "haz uno nuevo: amparo checkin plan new"))
    }

    private static func refusedByWatcher(_ reason: String) -> Failure {
        Failure(
            .failed,
            Text(
                en: "the watcher did not take the plan (\(reason))",
                es: "el vigilante no tomó el plan (\(reason))"),
            hint: Text(
                en: "end it and make a new one: amparo checkin plan end",
                es: "termínalo y haz uno nuevo: amparo checkin plan end"))
    }

    private static func report(
        _ plan: Plan, _ deadline: Instant, _ now: Instant, _ invocation: Invocation
    ) throws {
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(plan.id.description), "label": .text(plan.label.text),
                "state": "armed", "next": .time(deadline), "watchers": ["local"],
                "untested": true,
            ])
        }
        let hours = Hours(
            zone: plan.zone, place: plan.place, world: invocation.world, now: now,
            seconds: try plan.terms.isShort)
        let when = hours.said(deadline)
        try invocation.print(
            Text(
                en: "\(plan.label) is armed; report in by \(when.en)",
                es: "\(plan.label) está activo; repórtate antes de \(when.es)"))
        try invocation.print(onlyThisMachine)
        try invocation.print(untested)
        invocation.say(
            Text(
                en: "A plan that only this machine watches has no duress code.",
                es: "Un plan que solo vigila este equipo no tiene código bajo amenaza."))
    }
}

extension Muster {
    /// Who would get a sheet, had she a recipient.
    var withoutSheet: [String] {
        zip(plan.tiers, tiers).flatMap { tier, people in
            plan.sheets(for: tier).isEmpty
                ? [] : people.filter(\.contact.recipients.isEmpty).map(\.contact.name)
        }
    }
}
