internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Wording

// Until when a check-in holds, and for how much longer there are hours at all.
extension CheckInCommands {
    /// Longest time that may be asked for with a check-in.
    private static let longestLease: Duration = .seconds(12 * 3_600)

    /// Seconds until the next check-in, as asked for; 0 for the plan's own rhythm.
    static func askedLease(_ invocation: Invocation) throws -> UInt32 {
        guard let typed = invocation.value(next.long) else { return 0 }
        let length = try Invocation.duration(parsing: typed, for: "--next")
        guard length >= .seconds(60), length <= longestLease else {
            throw Failure(
                .usage,
                Text(
                    en: "--next lies between a minute and 12 hours",
                    es: "--next va de un minuto a 12 horas"),
                hint: Text(
                    en: "for longer, pause the plan: amparo checkin plan pause",
                    es: "si es más, pon el plan en pausa: amparo checkin plan pause"))
        }
        return UInt32(clamping: length.components.seconds)
    }

    static let cardCannotAsk = Failure(
        .usage,
        Text(
            en: "a code of the card cannot ask for a later hour",
            es: "un código de la tarjeta no puede pedir una hora más tarde"),
        hint: Text(
            en: "leave --next out, or type the plan's own code",
            es: "quita --next o escribe el código del plan"))

    /// Two weeks before a list of hours ends.
    static func warnOfLastHour(_ ticket: Ticket, _ invocation: Invocation) throws {
        let now = invocation.world.clock.now
        guard let reach = ticket.reach, reach > now, reach - now < .seconds(14 * 86_400) else {
            return
        }
        guard let name = ticket.handedBy else {
            return try invocation.print(
                lastHour(reach, ticket.label, Hours(ticket, invocation.world)))
        }
        let last = Hours(ticket, invocation.world).said(reach)
        try invocation.print(
            Text(
                en: "its last hour is \(last.en), and then nobody watches: ask \(name) for a new"
                    + " file",
                es: "sus horas acaban a \(last.es) y después nadie vigila: pídele a \(name) un"
                    + " archivo nuevo"))
    }
}
