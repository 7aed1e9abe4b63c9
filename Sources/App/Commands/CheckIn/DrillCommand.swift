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
    static let drill = Command(
        "drill", spanish: ["simulacro", "ensayo"],
        Text(
            en: "Send everybody of a plan a drill, and see who received it",
            es: "Manda un simulacro a todos los de un plan y mira quién lo recibió"),
        why: Text(
            en: """
                Everybody gets what an alarm would bring, by the channels of the plan, with DRILL \
                in the subject and the text and without the sealed sheets. Each answers with the \
                code in the message, which is noted with amparo watch ack CODE. The real plan is \
                not touched. One drill a day; a plan may be rehearsed before it is armed.
                """,
            es: """
                Cada quien recibe lo que traería una alerta, por los canales del plan, con \
                SIMULACRO en el asunto y en el texto y sin las hojas selladas. Cada quien contesta \
                con el código del mensaje, que se anota con amparo watch ack CÓDIGO. El plan real \
                no se toca. Un simulacro al día; un plan se puede ensayar antes de activarlo.
                """),
        options: [
            .flag(
                "report", spanish: ["resultado"],
                Text(
                    en: "only show what came of the last one",
                    es: "solo muestra qué resultó del último"))
        ],
        arguments: [label],
        examples: ["amparo checkin drill xalapa", "amparo checkin drill xalapa --report"]
    ) { invocation in
        guard let greeting = try? invocation.greetWatcher(nil) else { throw noWatcher }
        let word = invocation.argument("LABEL") ?? ""
        if invocation.flag("report") {
            let plan = try drilledPlan(word, invocation)
            guard let report = try drillReport(plan.id, invocation) else {
                throw Failure(
                    .failed,
                    Text(
                        en: "\(plan.label) has had no drill",
                        es: "\(plan.label) no ha tenido simulacros"),
                    hint: Text(
                        en: "begin one: amparo checkin drill \(plan.label)",
                        es: "haz uno: amparo checkin drill \(plan.label)"))
            }
            return try show(report, plan.label, greeting.now, invocation)
        }
        try UnsetClock.refuse(greeting.now)
        let (plan, request) = try invocation.withVault { vault in
            try invocation.requireOuter(vault)
            let keyring = Keyring(vault)
            let book = PlanBook(keyring)
            let plan = try book.find(word)
            try book.checkHost(greeting)
            return (plan, try rehearsal(plan, keyring, Notebook(vault), greeting.now, invocation))
        }
        switch try invocation.askWatcher(request) {
        case .drill(.some(let report)):
            try show(report, plan.label, greeting.now, invocation)
            guard !invocation.json else { return }
            invocation.say(
                Text(
                    en: "Call each of them: did it arrive? Note the code that stands in it:"
                        + " amparo watch ack CODE",
                    es: "Llama a cada quien: ¿le llegó? Anota el código que trae: amparo watch ack"
                        + " CÓDIGO"))
        case .tooSoon(let next): throw tooSoon(next, plan, greeting.now, invocation)
        case .refused(let refusal): throw refusal.failure(plan.label)
        case .drill(nil), .greeting, .armed, .answer, .status, .contact, .log:
            throw WatchSocket.Unreachable()
        }
    }

    private static func drilledPlan(_ word: String, _ invocation: Invocation) throws
        -> (id: PlanID, label: PlanLabel)
    {
        if let ticket = try? invocation.tickets().find(word) { return (ticket.plan, ticket.label) }
        return try invocation.withVault { vault in
            let plan = try PlanBook(Keyring(vault)).find(word)
            return (plan.id, plan.label)
        }
    }

    /// Who of these has not answered the plan's last drill; all of them where there was none.
    static func unanswered(
        _ names: [String], in plan: PlanID, _ invocation: Invocation
    ) throws -> [String] {
        try drillReport(plan, invocation)?.unanswered(of: names) ?? names
    }

    /// nil before the first drill of a plan.
    static func drillReport(_ plan: PlanID, _ invocation: Invocation) throws -> DrillReport? {
        guard case .drill(let report) = try invocation.askWatcher(.drillReport(plan)) else {
            throw WatchSocket.Unreachable()
        }
        return report
    }

    private static func rehearsal(
        _ plan: Plan, _ keyring: Keyring, _ notebook: Notebook, _ now: Instant,
        _ invocation: Invocation
    ) throws -> WatchRequest {
        let muster = try Muster(plan, keyring)
        try requireChannels(muster)
        let rules = try plan.calendar(invocation.world)
        let (registration, _) = try muster.registration(
            notebook, isUntested: true, at: now, in: rules)
        return .rehearse(
            registration, signature: registration.signature(ticketSeed: plan.ticketSeed.bytes))
    }

    private static func tooSoon(
        _ next: Instant, _ plan: Plan, _ now: Instant, _ invocation: Invocation
    ) -> Failure {
        let hours = Hours(
            zone: plan.zone, place: plan.place, world: invocation.world, now: now)
        let when = hours.said(next)
        return Failure(
            .refused,
            Text(
                en: "\(plan.label) has had a drill today", es: "\(plan.label) ya tuvo simulacro hoy"
            ),
            hint: Text(
                en: "the next one may begin at \(when.en); until then: --report",
                es: "el siguiente puede empezar a \(when.es); mientras tanto: --report"))
    }

    private static func show(
        _ report: DrillReport, _ label: PlanLabel, _ now: Instant, _ invocation: Invocation
    ) throws {
        if invocation.json {
            return try invocation.printJSON([
                "label": .text(label.text), "at": .time(report.at),
                "people": .list(
                    report.people.map { person -> JSON in
                        [
                            "contact": .text(person.name), "received": .list(person.channels),
                            "acknowledged": person.acknowledged.map(JSON.time) ?? .null,
                        ]
                    }),
            ])
        }
        for person in report.people {
            let name = person.name
            let channels = person.channels.joined(separator: ", ")
            if person.acknowledged != nil {
                try invocation.print(
                    Text(en: "\(name): has answered", es: "\(name): ya contestó"))
            } else if !person.channels.isEmpty {
                try invocation.print(
                    Text(
                        en: "\(name): delivered (\(channels)), no answer yet",
                        es: "\(name): entregado (\(channels)), sin respuesta todavía"))
            } else {
                try invocation.print(
                    Text(
                        en: "\(name): on its way", es: "\(name): va en camino"))
            }
        }
        guard report.people.contains(where: { $0.channels.isEmpty && $0.acknowledged == nil })
        else { return }
        try invocation.print(
            Text(
                en: "whether it arrives, in a moment: amparo checkin drill \(label) --report",
                es: "si llega, en un momento: amparo checkin drill \(label) --report"))
    }
}
