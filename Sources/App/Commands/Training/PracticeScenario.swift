internal import CheckIn
internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Watch
internal import Wording

/// `amparo practice scenario`: a trainer lets something happen, and tells it again at the end.
enum PracticeScenario {
    private static let names = Scenario.allCases.map(\.rawValue).joined(separator: "|")

    static let command = Command(
        "scenario", spanish: ["escenario", "escena"],
        Text(
            en: "Let something happen to the journalist, or tell it again",
            es: "Haz que le pase algo a la reportera, o cuéntalo otra vez"),
        why: Text(
            en: """
                A scenario lets the hours of the practice pass while the armed plan runs with the engine \
                that would run it in life; what is sent lands in the inbox of practice. Without a name it \
                lists them; with --timeline it tells what happened, in the hours of the practice.
                """,
            es: """
                Un escenario deja pasar las horas de la práctica mientras el plan activo corre con el \
                mismo motor que en la vida; lo que se manda llega al buzón de práctica. Sin nombre, los \
                lista; con --timeline cuenta lo que pasó, con las horas de la práctica.
                """),
        options: [
            .flag(
                "timeline", spanish: ["cronología", "historia"],
                Text(
                    en: "tell what happened until now, again and again",
                    es: "cuenta lo que ha pasado hasta ahora, las veces que quieras"))
        ],
        arguments: [
            Argument(
                names, .optional,
                Text(en: "What happens; a list if left out", es: "Qué pasa; si lo omites, la lista")
            )
        ],
        examples: ["amparo practice scenario late", "amparo practice scenario --timeline"]
    ) { invocation in
        let world = try PracticeCommands.world(invocation)
        if invocation.flag("timeline") { return try tell(world, since: nil, invocation) }
        guard let scenario = invocation.argument(names).flatMap(Scenario.init(rawValue:)) else {
            return try list(invocation)
        }
        // Nothing is told that cannot happen.
        let plan = try plan(for: scenario, world, invocation)
        let start = invocation.world.clock.now
        let title = scenario.title(invocation.language)
        Timeline(world, invocation.world.files).add(
            "— \(title) —", at: start, by: .trainer)
        try invocation.print(scenario.title)
        try invocation.print(scenario.story)
        if let plan { try play(scenario.span, plan, world, invocation) }
        try tell(world, since: start, invocation)
        try invocation.print()
        try invocation.print(scenario.task)
    }

    private static func list(_ invocation: Invocation) throws {
        if invocation.json {
            return try invocation.printJSON([
                "scenarios": .list(
                    Scenario.allCases.map { scenario in
                        [
                            "name": .text(scenario.rawValue),
                            "title": .text(scenario.title(invocation.language)),
                        ]
                    })
            ])
        }
        try invocation.print(
            columns: Scenario.allCases.map { [$0.rawValue, $0.title(invocation.language)] })
    }

    // MARK: What happens

    private static let noPlan = Failure(
        .failed,
        Text(
            en: "no plan is armed: nothing would happen",
            es: "no hay ningún plan activo: no pasaría nada"),
        hint: Text(
            en: "arm one first (lesson 12): amparo lesson start 12",
            es: "activa uno primero (lección 12): amparo lesson start 12"))

    private static let isOverdue = Failure(
        .failed,
        Text(
            en: "the last story is not over: her check-in is still owed",
            es: "la historia anterior no ha terminado: todavía debe su reporte"),
        hint: Text(en: "report in first: amparo ok", es: "repórtate primero: amparo ok"))

    /// Moments of the plan that a scenario plays with.
    private struct Moments {
        let deadline: Instant
        let alarm: Instant
        /// From the first people's alert to everybody's.
        let tiers: Duration
    }

    /// - Returns: nil where nothing passes.
    /// - Throws: What stands in the way of `scenario`.
    private static func plan(
        for scenario: Scenario, _ world: PracticeWorld, _ invocation: Invocation
    ) throws -> Moments? {
        if case .none = scenario.span { return nil }
        try PracticeShell.watch(world, invocation)
        guard
            let plan = try CheckInCommands.watchedPlans(invocation).plans.last(where: {
                $0.state != "ended" && $0.deadline != nil
            }), let deadline = plan.deadline, let alarm = plan.alarm
        else { throw noPlan }
        guard !["overdue", "hold"].contains(plan.state) else { throw isOverdue }
        return Moments(
            deadline: deadline, alarm: alarm, tiers: plan.tiers.map(\.offset).max() ?? .zero)
    }

    private static func play(
        _ span: Scenario.Span, _ plan: Moments, _ world: PracticeWorld, _ invocation: Invocation
    ) throws {
        let (deadline, alarm) = (plan.deadline, plan.alarm)
        func skip(until moment: Instant) throws {
            let rest = moment - invocation.world.clock.now
            if rest > .zero { try PracticeClockCommand.skip(rest, world, invocation) }
        }
        switch span {
        case .none: break
        case .intoGrace: try skip(until: deadline + (alarm - deadline) / 2)
        case .firstAlert: try skip(until: alarm + .seconds(900))
        case .lastAlert: try skip(until: alarm + plan.tiers + .seconds(900))
        case .withoutWatcher:
            let files = invocation.world.files
            try skip(until: alarm - .seconds(3 * 3_600))
            try files.replace(world.watchPause, with: [])
            PracticeShell.awaitEnd(world, files)
            try skip(until: max(alarm, invocation.world.clock.now + .seconds(3 * 3_600)))
            try files.remove(world.watchPause)
            try PracticeShell.watch(world, invocation)
            try PracticeClockCommand.skip(.seconds(60), world, invocation)
        }
    }

    // MARK: The timeline

    private static func tell(
        _ world: PracticeWorld, since start: Instant?, _ invocation: Invocation
    ) throws {
        let events = Timeline(world, invocation.world.files).events.filter { event in
            start.map { event.time >= $0 } ?? true
        }
        if invocation.json {
            return try invocation.printJSON([
                "events": .list(
                    events.map { ["time": .time($0.time), "what": .text($0.words)] })
            ])
        }
        guard !events.isEmpty else {
            return invocation.say(
                Text(en: "nothing has happened yet", es: "todavía no ha pasado nada"))
        }
        let time = LocalTime(invocation.world)
        try invocation.print()
        try invocation.print(columns: events.map { [time.text($0.time), $0.words] })
    }
}
