internal import CommandLineKit
internal import Wording

/// `amparo checkin …`, which is also `amparo ok`.
enum CheckInCommands {
    static let command = Command(
        "checkin", aliases: ["ok"],
        spanish: ["reporte", "reportarse", "reportar", "reportarme", "repórtate"],
        Text(en: "Report in, and plan check-ins", es: "Repórtate y planea tus reportes"),
        why: Text(
            en: """
                You promise to report in. If you do not, the people you chose hear of it, in the \
                order you chose, with sealed papers that only they can open. Reporting in takes the \
                plan's code, not the vault. While only this machine watches, whoever takes it \
                silences the alarm and sees that a plan exists. An alarm does not prove that \
                something happened, and silence does not prove that nothing did.
                """,
            es: """
                Prometes reportarte. Si no lo haces, se avisa a quienes elegiste, en el orden que \
                elegiste, con hojas selladas que solo ellos pueden abrir. Para reportarte basta el \
                código del plan, no la bóveda. Mientras solo vigile este equipo, quien se lo lleve \
                calla la alerta y ve que existe un plan. Una alerta no prueba que pasó algo, y el \
                silencio no prueba que no pasó nada.
                """),
        options: [next],
        arguments: [
            Argument(
                "LABEL", .optional,
                Text(
                    en: "which plan; the only one when left out",
                    es: "cuál plan; el único, si no lo dices"))
        ],
        examples: ["amparo ok", "amparo ok --next 10h", "amparo checkin xalapa --code-fd 4"],
        subcommands: [plan, status, drill, card, codes, log],
        run: reportIn)

    private static let plan = Command(
        "plan", spanish: ["planes", "viaje"],
        Text(en: "Make, arm and end plans", es: "Haz, activa y termina planes"),
        subcommands: [
            planNew, planList, planShow, planText, planEdit, planSimulate, planArm, planHandOver,
            planPause, planResume, planEnd,
        ])

    /// For sleep, or a stretch without signal.
    static let next = Option.value(
        "next", "TIME", spanish: ["siguiente", "proximo", "próximo"],
        Text(
            en: "the next check-in is owed only after this time, 12h at most; your first contacts"
                + " are told",
            es: "el siguiente reporte lo debes hasta pasado este tiempo, máximo 12h; se avisa a tus"
                + " primeros contactos"))

    static let label = Argument(
        "LABEL",
        Text(
            en: "the plan's label, or the first digits of its id",
            es: "la etiqueta del plan o las primeras cifras de su identificador"))

    // MARK: Lines that every status ends with

    static let onlyThisMachine = Text(
        en: "ONLY THIS MACHINE IS WATCHING: whoever takes it silences the alarm",
        es: "SOLO VIGILA ESTE EQUIPO: quien se lo lleve calla la alerta")
    static let nobodyWatches = Text(
        en: "NOBODY IS WATCHING: no alarm will be raised",
        es: "NADIE ESTÁ VIGILANDO: nadie recibirá ninguna alerta")
    static let untested = Text(
        en: "UNTESTED: nobody has confirmed that alerts arrive",
        es: "SIN PROBAR: nadie ha confirmado que las alertas llegan")

    static let noWatcher = Failure(
        .network,
        Text(
            en: "nobody is watching: no watcher answers on this machine",
            es: "nadie está vigilando: ningún vigilante responde en este equipo"),
        hint: Text(
            en: "start it in another terminal and leave it there: amparo watch; or, where it is"
                + " installed: amparo watch unlock",
            es: "ponlo en marcha en otra terminal y déjalo ahí: amparo watch; o, donde está"
                + " instalado: amparo watch unlock"))
}
