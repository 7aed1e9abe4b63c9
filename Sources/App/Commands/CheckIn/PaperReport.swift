internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Watch
internal import Wording

// A check-in with a code of the printed card.
extension CheckInCommands {
    /// A code of the card is worth something only at a watcher that answers: it does not wait.
    static func send(
        _ paper: PaperCode, _ ticket: Ticket, _ tickets: Tickets, _ invocation: Invocation
    ) throws -> CheckInAnswer {
        try deliverWaiting(tickets, invocation)
        let greeting = try trustedGreeting(ticket, invocation)
        var bytes = paper.text.bytes.withBytes { span in span.indices.map { span[$0] } }
        defer { Zeroing.zero(&bytes) }
        guard let box = sealToWatcher(bytes, boxKey: greeting.boxKey) else {
            throw WatchSocket.Unreachable()
        }
        guard case .answer(let answer) = try? invocation.askWatcher(.paper(ticket.plan, box)) else {
            throw stillWaiting
        }
        return answer
    }

    /// It greeted, and then had no answer for longer than a minute.
    private static let stillWaiting = Failure(
        .network,
        Text(
            en:
                "nobody knows yet: the watcher has not answered. After five wrong codes those of the"
                + " card are tried one a minute, in turn",
            es: "todavía nadie lo sabe: el vigilante no ha respondido. Tras cinco códigos"
                + " equivocados, los de la tarjeta se prueban uno por minuto, por turno"),
        hint: Text(
            en:
                "see whether it counted: amparo checkin status; the code that you remember counts at"
                + " once",
            es: "mira si ya contó: amparo checkin status; el código que te sabes cuenta enseguida"))
}
