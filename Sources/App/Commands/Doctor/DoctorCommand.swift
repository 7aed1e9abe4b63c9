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
        try ExaminationReport([
            StorageExaminations.disk(machine), StorageExaminations.swap(machine),
            SessionExaminations.screen(machine), SessionExaminations.permissions(machine),
            SystemExaminations.clock(machine), TraceExaminations.copies(machine),
            TraceExaminations.history(machine), SystemExaminations.updates(machine),
        ]).print(
            invocation,
            good: Text(
                en: "nothing to mend; look again before each assignment",
                es: "nada que arreglar; vuelve a mirar antes de cada cobertura"))
    }
}
