internal import CheckIn
internal import CommandLineKit
internal import Watch
internal import Wording

extension WatchCommands {
    static let handedPlan = Argument(
        "LABEL", .optional,
        Text(
            en: "which plan that was handed over to you; the only one when left out",
            es: "cuál plan de los que te entregaron; el único, si no lo dices"))

    static let checkIn = Command(
        "checkin", spanish: ["reporte", "reportar"],
        Text(
            en: "Type the code that somebody dictates to you by telephone",
            es: "Escribe el código que alguien te dicta por teléfono"),
        why: Text(
            en: """
                A check-in of a plan that was handed over to you. Only whoever knows the code can make \
                it, but a voice under threat may dictate a code for that, and nothing on this screen \
                would look different. Forget the code once it is typed.
                """,
            es: """
                Es un reporte de un plan que te entregaron. Solo puede hacerlo quien sabe el código, \
                pero alguien bajo amenaza puede dictar un código para eso, y en esta pantalla nada se \
                vería distinto. Olvida el código en cuanto lo escribas.
                """),
        options: [CheckInCommands.next], arguments: [handedPlan],
        examples: ["amparo watch checkin xalapa --code-fd 4"]
    ) { invocation in
        let tickets = try invocation.handedTickets()
        let ticket = try tickets.find(invocation.argument("LABEL"))
        try CheckInCommands.reportIn(ticket, tickets, invocation)
    }
}
