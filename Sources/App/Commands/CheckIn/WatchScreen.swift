internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Watch
internal import Wording

/// What the watcher does, as lines on its screen. A screen that is gone stops no alert.
struct WatchScreen {
    private let invocation: Invocation
    private let time: LocalTime
    private let place: (PlanLabel) -> PlaceTime?

    /// - Parameter place: Where the hours of a plan count; nil when that is not known.
    init(_ invocation: Invocation, place: @escaping (PlanLabel) -> PlaceTime?) {
        self.place = place
        self.invocation = invocation
        time = LocalTime(invocation.world)
    }

    func show(_ news: WatchNews) {
        guard !invocation.quiet else { return }
        let now = invocation.world.clock.now
        let hour =
            place(news.label).map { place in
                Text(verbatim: place.rules.local(at: now).date.description + " ")
                    + place.clockWithPlace(now)
            }
            ?? Text(verbatim: time.text(now))
        try? invocation.print(hour + Text(verbatim: "  ") + words(news))
    }

    private func words(_ news: WatchNews) -> Text {
        switch news {
        case .armed(let label, _):
            return Text(en: "\(label): armed", es: "\(label): activo")
        case .checkedIn(let label, _):
            return Text(en: "\(label): check-in", es: "\(label): reporte recibido")
        case .wrongCode(let label, let count):
            return Text(
                en: "\(label): wrong code (\(count))", es: "\(label): código equivocado (\(count))")
        case .reminder(let label, _):
            return Text(
                en: "\(label): REPORT IN: amparo ok \(label)",
                es: "\(label): REPÓRTATE: amparo ok \(label)")
        case .hold(let label, let outage, _):
            let span = PlaceTime.span(outage)
            return Text(
                en: "\(label): REPORT IN: this machine was away for \(span); the alert waits",
                es: "\(label): REPÓRTATE: este equipo no estuvo durante \(span); la alerta espera")
        case .fired(let label, let tier, let contacts):
            let names = contacts.joined(separator: ", ")
            return Text(
                en: "\(label): ALERT, tier \(tier + 1): \(names)",
                es: "\(label): ALERTA, grupo \(tier + 1): \(names)")
        case .allClear(let label, let contacts):
            let names = contacts.joined(separator: ", ")
            return Text(
                en: "\(label): all clear to \(names)",
                es: "\(label): aviso de que está bien a \(names)")
        case .ended(let label, _):
            return Text(en: "\(label): ended", es: "\(label): terminado")
        case .delivered(let label, let kind, let contact, let channel):
            let what = words(kind)
            let who = name(contact)
            return Text(
                en: "\(label): \(what.en) delivered to \(who.en) (\(channel))",
                es: "\(label): \(what.es): entregado a \(who.es) (\(channel))")
        case .failed(let label, let kind, let contact, let channel, let reason):
            let what = words(kind)
            let who = name(contact)
            return Text(
                en: "\(label): \(what.en) NOT delivered to \(who.en) (\(channel)): \(reason);"
                    + " trying again",
                es: "\(label): \(what.es): NO entregado a \(who.es) (\(channel)): \(reason);"
                    + " se reintenta")
        case .unreachable(let label, let contact):
            return Text(
                en: "\(label): \(contact) cannot be reached; the next people hear now",
                es: "\(label): no se puede avisar a \(contact); se avisa ya a quienes siguen")
        }
    }

    private func name(_ contact: String) -> Text {
        contact == EntryName.me ? Text(en: "you", es: "ti") : Text(verbatim: contact)
    }

    private func words(_ kind: MessageKind) -> Text {
        switch kind {
        case .reminder, .holdReminder: Text(en: "reminder", es: "recordatorio")
        case .alert: Text(en: "ALERT", es: "ALERTA")
        case .allClear: Text(en: "all-clear", es: "aviso de que está bien")
        case .undeliverable: Text(en: "notice", es: "aviso")
        case .ended, .paused, .resumed: Text(en: "notice", es: "aviso")
        case .drill: Text(en: "drill", es: "simulacro")
        }
    }
}
