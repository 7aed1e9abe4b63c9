internal import CommandLineKit
internal import Wording

/// `amparo doctor`: what is unprotected on this machine; it reads and changes nothing.
enum DoctorCommand {
    static let command = Command(
        "doctor", spanish: ["revisar", "revisión", "diagnóstico"],
        Text(
            en: "See what is unprotected on this machine",
            es: "Mira qué está sin protección en este equipo"),
        why: Text(
            en: """
                The best vault is of little use on an open disk or an unlocked screen. This looks \
                at the disk, the memory, the screen, the clock and what has stayed lying about, \
                and says what to do. It changes nothing, sends nothing and keeps nothing. It does \
                not find spyware: no program can promise that about the machine it runs on.
                """,
            es: """
                La mejor bóveda sirve de poco con el disco abierto o la pantalla sin bloquear. \
                Esto revisa el disco, la memoria, la pantalla, el reloj y lo que quedó regado, y \
                dice qué hacer. No cambia, no envía y no guarda nada. No encuentra programas \
                espía: ningún programa puede prometerlo del equipo en que corre.
                """),
        examples: ["amparo doctor", "amparo doctor --json"]
    ) { invocation in
        let world = invocation.world
        let machine = Machine(
            files: world.files, clock: world.clock, environment: world.environment,
            home: Home.locate(option: invocation.value("home"), environment: world.environment))
        let all = [
            StorageExaminations.disk(machine), StorageExaminations.swap(machine),
            SessionExaminations.screen(machine), SessionExaminations.permissions(machine),
            SystemExaminations.clock(machine), TraceExaminations.copies(machine),
            TraceExaminations.history(machine), SystemExaminations.updates(machine),
        ]
        let language = invocation.language
        guard !invocation.json else {
            return try invocation.printJSON(["checks": .list(all.flatMap { json($0, language) })])
        }
        let rows = all.flatMap { examination in
            examination.findings.flatMap { finding in
                [[mark(finding.state) + " " + examination.name(language), finding.what(language)]]
                    + (finding.action.map { [["", "→ " + $0(language)]] } ?? [])
            }
        }
        for line in Columns.lines(rows) { try invocation.print(line) }
        invocation.say(summary(all.flatMap(\.findings)))
    }

    /// Words of one length would differ by language; these do not, and a screen reader says them.
    private static func mark(_ state: Finding.State) -> String {
        switch state {
        case .good: "+"
        case .attention: "!"
        case .danger: "X"
        case .unknown: "?"
        }
    }

    private static func summary(_ findings: [Finding]) -> Text {
        func count(_ state: Finding.State) -> Int { findings.count { $0.state == state } }
        let (danger, attention, unknown) = (count(.danger), count(.attention), count(.unknown))
        guard danger + attention + unknown > 0 else {
            return Text(
                en: "nothing to mend; look again before each assignment",
                es: "nada que arreglar; vuelve a mirar antes de cada cobertura")
        }
        return Text(
            en: "X mend first: \(danger) · ! mend soon: \(attention) · ? look yourself: \(unknown)",
            es: "X arregla primero: \(danger) · ! arregla pronto: \(attention)"
                + " · ? mira tú: \(unknown)")
    }

    private static func json(_ examination: Examination, _ language: Language) -> [JSON] {
        examination.findings.map { finding in
            [
                "check": .text(examination.id), "state": .text(finding.state.rawValue),
                "finding": .text(finding.what(language)),
                "action": .text(orNull: finding.action.map { $0(language) }),
            ]
        }
    }
}
