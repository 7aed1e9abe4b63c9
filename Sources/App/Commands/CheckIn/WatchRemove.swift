internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Primitives
internal import Secrets
internal import Watch
internal import Wording

extension WatchCommands {
    static let remove = Command(
        "remove", aliases: ["rm"], spanish: ["quitar", "dejar", "soltar"],
        Text(
            en: "Watch no longer over a plan that was handed over to you",
            es: "Deja de vigilar un plan que te entregaron"),
        why: Text(
            en: """
                A promise can be taken back, by telephone first: whoever counts on this machine must \
                know that it does not watch any more. Nobody is alerted by it, and nothing of the plan \
                stays here. While a check-in is missing nobody may let go of it.
                """,
            es: """
                Una promesa se puede retirar, primero por teléfono: quien cuenta con este equipo debe \
                saber que ya no vigila. Con esto no se avisa a nadie, y aquí no queda nada del plan. \
                Mientras falte un reporte nadie puede soltarlo.
                """),
        arguments: [handedPlan], examples: ["amparo watch remove xalapa"]
    ) { invocation in
        let tickets = try invocation.handedTickets()
        let ticket = try tickets.find(invocation.argument("LABEL"))
        let name = ticket.handedBy ?? ""
        guard (try? invocation.greetWatcher(nil)) != nil else { throw CheckInCommands.noWatcher }
        guard
            try invocation.confirm(
                Text(
                    en: "\(name) counts on you. Does \(name) know that you stop watching?",
                    es: "\(name) cuenta contigo. ¿Ya sabe que dejas de vigilar?"))
        else {
            throw Failure(
                .refused,
                Text(en: "you still watch over \(name)", es: "sigues vigilando por \(name)"),
                hint: Text(
                    en: "call \(name) first, then type it again",
                    es: "primero llama a \(name) y luego escríbelo otra vez"))
        }
        let signature = Ed25519.sign(
            WatchEngine.release(of: ticket.plan).span, seed: ticket.ticketSeed.bytes)
        switch try invocation.askWatcher(.release(ticket.plan, signature: signature)) {
        case .answer(.ended), .answer(.unknownPlan): break
        case .answer(let answer): throw CheckInCommands.refusal(answer, ticket, tickets)
        case .refused(let refusal): throw refusal.failure(ticket.label)
        default: throw WatchSocket.Unreachable()
        }
        do throws(FileError) { try tickets.forget(ticket.plan) } catch { throw error.failure }
        let label = ticket.label
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(ticket.plan.description), "label": .text(label.text),
                "from": .text(name), "state": "removed",
            ])
        }
        try invocation.print(
            Text(
                en: "\(label) is not watched here any more",
                es: "\(label) ya no se vigila aquí"))
    }
}
