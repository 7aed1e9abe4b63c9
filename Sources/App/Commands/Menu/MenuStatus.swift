internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Vault
internal import Watch
internal import Wording

/// What stands above every page: the vault, the next deadline, whether anybody watches. No vault is
/// opened for it.
struct MenuStatus {
    private let run: InnerRun
    private let home: Home

    init(_ run: InnerRun, _ home: Home) {
        self.run = run
        self.home = home
    }

    var hasVault: Bool { (try? run.outer.world.files.exists(home.vault)) == true }

    /// - Parameter isIdle: Nobody has used the program for longer than a session lasts. Looking for
    ///   the session's keys renews them, so that nobody looks.
    func lines(isIdle: Bool) -> [String] {
        let language = run.language
        var lines = [run.outer.practiceMark + "amparo · " + vault(isIdle)(language)]
        for text in plans() { lines.append(text(language)) }
        return lines
    }

    private func vault(_ isIdle: Bool) -> Text {
        guard hasVault else { return Text(en: "no vault yet", es: "todavía sin bóveda") }
        guard !isIdle else {
            return Text(
                en: "unused for a while", es: "hace rato que no se usa")
        }
        guard let id = try? VaultFile(home.vault).id,
            (try? run.sessions.fetch(Session.name(of: id))) != nil
        else { return Text(en: "vault locked", es: "bóveda cerrada") }
        return Text(en: "vault open", es: "bóveda abierta")
    }

    /// One line for the plan that is next, one for what nobody may overlook.
    private func plans() -> [Text] {
        let world = run.outer.world
        let tickets = (try? Tickets(home, world.files).all()) ?? []
        guard !tickets.isEmpty else { return [] }
        let watched = try? WatchSocket.ask(.status, folder: home.path)
        var summaries: [PlanSummary] = []
        var now = world.clock.now
        if case .status(let plans, let there) = watched { (summaries, now) = (plans, there) }
        var lines: [(moment: Instant?, text: Text)] = []
        var isUnwatched = false
        for ticket in tickets {
            guard let summary = summaries.first(where: { $0.plan == ticket.plan }) else {
                isUnwatched = true
                let hours = Hours(ticket, world)
                if let next = ticket.deadlines.first {
                    lines.append((next, Self.owed(ticket.label.text, hours.said(next))))
                }
                continue
            }
            let hours = Hours(
                zone: summary.zone, place: summary.place, world: world, now: now,
                seconds: summary.isShort)
            for line in CheckInCommands.lines(summary, hours).prefix(1) {
                lines.append((summary.deadline, line))
            }
        }
        let next = lines.min { left, right in
            guard let first = left.moment else { return false }
            return right.moment.map { first < $0 } ?? true
        }
        return (next.map { [$0.text] } ?? []) + (isUnwatched ? [CheckInCommands.nobodyWatches] : [])
    }

    private static func owed(_ label: String, _ when: Text) -> Text {
        Text(
            en: "\(label): next check-in at \(when.en)",
            es: "\(label): siguiente reporte, a \(when.es)")
    }
}
