internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault
internal import Watch
internal import Wording

/// `amparo travel`: what to look at before leaving; it reads and changes nothing.
enum TravelCommand {
    static let command = Command(
        "travel", spanish: ["viaje", "viajar"],
        Text(
            en: "Check this machine and your plan before you leave",
            es: "Revisa este equipo y tu plan antes de salir"),
        why: Text(
            en: """
                What you do not carry nobody takes from you, and a machine that is off tells less \
                than one that is locked. This looks at what is open, what lies about in the open, \
                the last copy of the vault, the plan and who watches it, and says what to do. It \
                changes nothing and sends nothing; with the vault open it also looks at your \
                contacts, which is noted as a visit. It cannot know the road or the people on it.
                """,
            es: """
                Lo que no llevas nadie te lo quita, y un equipo apagado dice menos que uno \
                bloqueado. Esto mira qué está abierto, qué quedó a la vista, la última copia de la \
                bóveda, el plan y quién lo vigila, y dice qué hacer. No cambia ni envía nada; con \
                la bóveda abierta mira también tus contactos, y eso queda anotado como visita. No \
                puede conocer el camino ni a la gente que anda en él.
                """),
        examples: ["amparo travel", "amparo travel --json"]
    ) { invocation in
        let world = invocation.world
        let home = try invocation.home
        let machine = Machine(
            files: world.files, clock: world.clock, environment: world.environment, home: home)
        let travel = TravelExaminations(invocation, home)
        let inside = travel.look()
        try ExaminationReport(
            [
                travel.vault(), travel.copy(), travel.words(), travel.plan(inside),
                travel.people(inside),
                TraceExaminations.copies(machine), StorageExaminations.disk(machine),
                StorageExaminations.swap(machine), SessionExaminations.screen(machine),
                SystemExaminations.clock(machine),
            ]
        ).print(
            invocation,
            good: Text(
                en: "nothing to mend; carry little, and switch the machine off before a checkpoint",
                es: "nada que arreglar; lleva poco y apaga el equipo antes de un retén"))
    }
}
