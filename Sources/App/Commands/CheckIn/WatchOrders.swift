internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Watch
internal import Wording

// Orders about a plan that was handed over: nothing but a telephone connects its owner to this
// machine, so that they are given here, with the code that is dictated.
extension WatchCommands {
    static let end = Command(
        "end", spanish: ["terminar", "acabar", "fin"],
        Text(
            en: "End a plan that was handed over to you, with the code that is dictated",
            es: "Termina un plan que te entregaron, con el código que te dictan"),
        why: Text(
            en: """
                Whoever ends a plan on her own machine ends it there alone: this one goes on watching \
                and would alert her people. She dictates her code, you type it, and the first people \
                of the plan hear that it has ended. A voice under threat may dictate a code for that, \
                and nothing on this screen would look different.
                """,
            es: """
                Quien termina un plan en su propio equipo lo termina solo ahí: este sigue vigilando y \
                alertaría a su gente. Te dicta su código, lo escribes, y a las primeras personas del \
                plan se les avisa que terminó. Alguien bajo amenaza puede dictar un código para eso, y \
                en esta pantalla nada se vería distinto.
                """),
        arguments: [handedPlan], examples: ["amparo watch end xalapa --code-fd 4"]
    ) { invocation in
        let tickets = try invocation.handedTickets()
        let ticket = try tickets.find(invocation.argument("LABEL"))
        try CheckInCommands.end(ticket, tickets, invocation)
    }

    static let pause = Command(
        "pause", spanish: ["pausa", "pausar"],
        Text(
            en: "Await no check-in of a plan that was handed over to you, for a while",
            es: "No esperes reportes de un plan que te entregaron, por un rato"),
        why: Text(
            en: """
                She dictates her code and says for how long; the first people of the plan hear of it \
                at once. It lasts a day at most; when it is over, the promise begins anew by itself. \
                Nobody is alerted meanwhile, whatever happens to her.
                """,
            es: """
                Te dicta su código y dice por cuánto tiempo; a las primeras personas del plan se les \
                avisa enseguida. Dura un día cuando mucho; al terminar, la promesa empieza de nuevo \
                sola. Mientras tanto no se avisa a nadie, le pase lo que le pase.
                """),
        options: [CheckInCommands.pauseLength], arguments: [handedPlan],
        examples: ["amparo watch pause xalapa --for 6h"]
    ) { invocation in
        let seconds = try CheckInCommands.pauseSeconds(invocation)
        let tickets = try invocation.handedTickets()
        let ticket = try tickets.find(invocation.argument("LABEL"))
        try CheckInCommands.pause(ticket, tickets, seconds: seconds, invocation)
    }

    static let resume = Command(
        "resume", spanish: ["reanudar", "continuar", "seguir"],
        Text(
            en: "End the pause of a plan that was handed over to you",
            es: "Termina la pausa de un plan que te entregaron"),
        arguments: [handedPlan], examples: ["amparo watch resume xalapa"]
    ) { invocation in
        let tickets = try invocation.handedTickets()
        let ticket = try tickets.find(invocation.argument("LABEL"))
        try CheckInCommands.resume(ticket, tickets, invocation)
    }
}
