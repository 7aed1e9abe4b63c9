internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Vault
internal import Watch
internal import Wording

/// From a plan that was just made to one that is watched: simulate, drill, arm. Each is the command
/// that one would type, and can be left for later.
struct PlanFirstSteps {
    private let invocation: Invocation
    private let plan: Plan
    private let keys: ProcessKeyring
    private let inner: InnerRun

    /// - Parameter vault: Open; its keys stay in this process until the last step.
    init(_ plan: Plan, _ vault: Vault, _ invocation: Invocation) throws {
        self.invocation = invocation
        self.plan = plan
        keys = ProcessKeyring(clock: invocation.world.clock)
        try keys.store(vault.sessionKey(), as: Session.name(of: vault.id), for: Session.lifetime)
        inner = InnerRun(outer: invocation, sessions: keys, language: invocation.language)
    }

    func run() throws { try keys.dropping { try walk() } }

    private func walk() throws {
        let label = plan.label
        let looks = try invocation.choose(
            Text(
                en: "See now who would hear what, and when?",
                es: "¿Ves ahora a quién se avisaría, de qué y cuándo?"), preset: true)
        if looks { inner.run(["checkin", "plan", "simulate", label.text]) }
        guard (try? invocation.greetWatcher(nil)) != nil else {
            return CheckInCommands.sayWhatIsNext(plan, invocation)
        }
        try drill()
        guard !plan.isOfDigits else { return CheckInCommands.sayWhatIsNext(plan, invocation) }
        try arm()
    }

    private func drill() throws {
        let wants = try invocation.choose(
            Text(
                en: "Send everybody of the plan a DRILL now?",
                es: "¿Mandas ya un SIMULACRO a todos los del plan?"), preset: false)
        if wants { inner.run(["checkin", "drill", plan.label.text]) }
        guard try CheckInCommands.drillReport(plan.id, invocation) != nil else { return }
        while true {
            let code = try invocation.ask(
                Text(
                    en: "A code that somebody read to you from the drill (Enter: no more now):",
                    es: "Un código que alguien te leyó del simulacro (Enter: por ahora ninguno):"))
            let typed = code.withoutOuterSpace
            guard !typed.isEmpty else { return }
            // It must not be taken for an option.
            inner.run(["watch", "ack", "--", typed])
        }
    }

    private func arm() throws {
        let names = plan.tiers.flatMap(\.contacts)
        let silent = (try? CheckInCommands.unanswered(names, in: plan.id, invocation)) ?? names
        let wants: Bool
        if silent.isEmpty {
            wants = try invocation.choose(
                Text(
                    en: "Everybody answered. Arm the plan now?",
                    es: "Todos contestaron. ¿Activas ya el plan?"), preset: true)
        } else {
            let list = silent.joined(separator: ", ")
            wants = try invocation.choose(
                Text(
                    en: "Nobody knows yet whether alerts reach \(list). Arm it all the same,"
                        + " UNTESTED?",
                    es: "Todavía no se sabe si las alertas le llegan a \(list). ¿Lo activas así,"
                        + " SIN PROBAR?"), preset: false)
        }
        guard wants else { return CheckInCommands.sayWhatIsNext(plan, invocation) }
        inner.run(
            ["checkin", "plan", "arm", plan.label.text] + (silent.isEmpty ? [] : ["--untested"]))
    }
}
