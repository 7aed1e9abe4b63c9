internal import CheckIn
internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Platform
internal import Watch
internal import Wording

/// What the watcher does, as lines on its screen. A screen that is gone, or stopped with Ctrl-S,
/// stops no alert.
struct WatchScreen {
    private let invocation: Invocation
    private let time: LocalTime
    private let place: (PlanLabel) -> PlaceTime?
    private let output: PatientOutput
    private let error: PatientOutput

    /// - Parameter place: Where the hours of a plan count; nil when that is not known.
    init(_ invocation: Invocation, place: @escaping (PlanLabel) -> PlaceTime?) {
        self.place = place
        self.invocation = invocation
        time = LocalTime(invocation.world)
        output = PatientOutput(invocation.world.standardOutput)
        error = PatientOutput(invocation.world.standardError)
    }

    func show(_ news: WatchNews) {
        switch news {
        // Nothing silences what is wrong with the watch itself.
        case .damaged, .unreadable, .unreadCheckIn, .trouble, .notCounted, .notFired, .clockLowered,
            .clockRaised, .clockRefuted:
            let line = "amparo: \(stamp(news)) \(escaped(words(news)))"
            error.write(invocation.filled(line, on: .error) + "\n")
        default:
            guard !invocation.quiet else { return }
            let isShown = invocation.world.terminal.isTerminal(.output)
            let text = words(news)
            let line =
                "\(stamp(news))  \(isShown ? escaped(text) : text(invocation.language))"
            output.write((isShown ? invocation.filled(line, on: .output, indent: 2) : line) + "\n")
        }
    }

    /// The words alone.
    func line(_ news: WatchNews) -> String { words(news)(invocation.language) }

    /// What the person may want to know; `--quiet` silences it.
    func say(_ text: Text) {
        guard !invocation.quiet else { return }
        error.write(invocation.filled(escaped(text), on: .error) + "\n")
    }

    /// Lets the last lines out; a screen that is stopped is not waited for.
    func finish() {
        output.finish(within: .seconds(1))
        error.finish(within: .seconds(1))
    }

    private func stamp(_ news: WatchNews) -> String {
        let now = invocation.world.clock.now
        guard let place = news.label.flatMap({ place($0) }) else { return time.text(now) }
        let day = place.rules.local(at: now).date.description
        return day + " " + place.clockWithPlace(now)(invocation.language)
    }

    private func escaped(_ text: Text) -> String { Printable.escape(text(invocation.language)) }

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
        case .hold(let label, _, .some(let leap), _):
            let span = PlaceTime.span(leap)
            return Text(
                en: "\(label): REPORT IN: the clock went forward by \(span); the alert waits",
                es: "\(label): REPÓRTATE: el reloj se adelantó \(span); la alerta espera")
        case .hold(let label, let outage, nil, _):
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
        case .retracted(let label, let contacts):
            let names = contacts.joined(separator: ", ")
            return Text(
                en: "\(label): the alert was the clock's error: correction to \(names)",
                es: "\(label): la alerta fue error del reloj: corrección a \(names)")
        case .notFired(let label, let tier):
            return Text(
                en: "\(label): TIER \(tier + 1) WAS NOT TOLD: the store says that it was. Call them"
                    + " yourself",
                es: "\(label): NO SE AVISÓ AL GRUPO \(tier + 1): el registro dice que ya. Llámales"
                    + " tú")
        case .ended(let label, _):
            return Text(en: "\(label): ended", es: "\(label): terminado")
        case .acknowledged(let label, let contact):
            return Text(
                en: "\(label): \(contact) has answered", es: "\(label): \(contact) ya contestó")
        case .held(let label, _):
            return Text(
                en:
                    "\(label): two contacts have spoken with its owner; nobody else is told for now",
                es:
                    "\(label): dos contactos ya hablaron con quien se reporta; por ahora no se avisa"
                    + " a nadie más")
        case .amended(let label):
            return Text(
                en: "\(label): the change has taken effect", es: "\(label): el cambio ya vale")
        case .drill(let label):
            return Text(en: "\(label): DRILL", es: "\(label): SIMULACRO")
        case .delivered(let label, let kind, let contact, let channel):
            let what = words(kind)
            let who = name(contact)
            return Text(
                en: "\(label): \(what.en) delivered to \(who.en) (\(channel))",
                es: "\(label): \(what.es): entregad\(ending(kind)) a \(who.es) (\(channel))")
        case .stored(let label, let kind, let contact, let channel, let others):
            let what = words(kind)
            let kept = Text(
                en: "\(label): \(what.en) kept in a folder on this machine (\(channel))",
                es: "\(label): \(what.es): guardad\(ending(kind)) en una carpeta de este equipo"
                    + " (\(channel))")
            guard kind == .alert else { return kept }
            guard let others else {
                return kept
                    + Text(
                        en: "; \(contact) hears only if that folder is read",
                        es: "; \(contact) solo se entera si abre esa carpeta")
            }
            let names = others.joined(separator: ", ")
            return others.isEmpty
                ? kept
                : kept
                    + Text(
                        en: "; \(contact) DOES NOT KNOW YET. Going on with: \(names)",
                        es: "; \(contact) TODAVÍA NO SABE. Sigo con: \(names)")
        case .failed(let label, let kind, let contact, let channel, let reason):
            let what = words(kind)
            let who = name(contact)
            let why = DeliveryReason.words(reason, channel: channel, to: contact)
            return Text(
                en: "\(label): \(what.en) NOT delivered to \(who.en) (\(channel)): \(why.en);"
                    + " trying again",
                es: "\(label): \(what.es): NO entregad\(ending(kind)) a \(who.es) (\(channel)):"
                    + " \(why.es); se reintenta")
        case .damaged(let plan, let label):
            let id = plan.map { String($0.description.prefix(8)) }
            let known = label ?? plan.flatMap { labels($0) }
            let name = known.map { "\($0) (\(id ?? "?"))" } ?? id
            guard let name else {
                return Text(
                    en: "A PLAN CANNOT BE READ, not even its name, and is NOT WATCHED: compare"
                        + " amparo checkin plan list with amparo watch status",
                    es: "HAY UN PLAN QUE NO SE PUEDE LEER, ni su nombre, y NO ESTÁ VIGILADO:"
                        + " compara amparo checkin plan list con amparo watch status")
            }
            return Text(
                en: "PLAN \(name) CANNOT BE READ and is NOT WATCHED; the others are",
                es: "EL PLAN \(name) NO SE PUEDE LEER y NO ESTÁ VIGILADO; los demás sí")
        case .unreadCheckIn(let label):
            return Text(
                en:
                    "\(label): A CHECK-IN CANNOT BE READ ANY MORE: contacts are not told that all is"
                    + " well, or what was ordered. Tell them by voice",
                es: "\(label): UN REPORTE YA NO SE PUEDE LEER: a los contactos no se les avisa que"
                    + " todo está bien, ni qué se ordenó. Díselo de viva voz")
        case .unreadable(let delivery):
            let id = delivery.description.prefix(8)
            return Text(
                en: "A MESSAGE (\(id)) CANNOT BE READ and is not sent",
                es: "UN MENSAJE (\(id)) NO SE PUEDE LEER y no se envía")
        case .clockLowered(let difference):
            let span = PlaceTime.span(difference)
            return Text(
                en: "THE TIME WAS WRONG by \(span) and was put back: report in on every plan, and"
                    + " look at amparo watch status",
                es: "LA HORA ESTABA MAL por \(span) y se corrigió hacia atrás: repórtate en cada"
                    + " plan y mira amparo watch status")
        case .clockRaised(let difference):
            let span = PlaceTime.span(difference)
            return Text(
                en:
                    "THE TIME WAS WRONG by \(span) and was put forward: look at amparo watch status",
                es: "LA HORA ESTABA MAL por \(span) y se corrigió hacia adelante: mira amparo watch"
                    + " status")
        case .clockRefuted(let difference):
            let span = PlaceTime.span(max(difference, .zero - difference))
            return Text(
                en:
                    "THE CLOCK OF THIS MACHINE IS WRONG by \(span), a server says so too: the watcher"
                    + " goes on with its own time. Set the clock (timedatectl)",
                es: "EL RELOJ DE ESTE EQUIPO ESTÁ MAL por \(span), y un servidor lo confirma: el"
                    + " vigilante sigue con su propia hora. Pon el reloj a tiempo (timedatectl)")
        case .notCounted(let name, let answer):
            let why = CheckInCommands.words(answer)
            return Text(
                en: "\(name): a check-in that waited did not count: \(why.en)",
                es: "\(name): un reporte que esperaba no contó: \(why.es)")
        case .trouble(.store(let reason)):
            let why = WatchError.store(reason).failure.message
            return Text(
                en: "THE WATCH IS IN TROUBLE: \(why.en); alerts go on from memory while this window"
                    + " stays open, check-ins are not confirmed and wait; trying again",
                es: "LA VIGILANCIA TIENE PROBLEMAS: \(why.es); las alertas siguen de memoria"
                    + " mientras esta ventana siga abierta, los reportes no se confirman y esperan;"
                    + " se reintenta")
        case .trouble(let error):
            let why = error.failure.message
            return Text(
                en: "THE WATCH IS IN TROUBLE: \(why.en); trying again",
                es: "LA VIGILANCIA TIENE PROBLEMAS: \(why.es); se reintenta")
        case .recovered:
            return Text(
                en: "the watch is well again", es: "la vigilancia funciona otra vez")
        case .unreachable(let label, let contact):
            return Text(
                en: "\(label): \(contact) cannot be reached; the next people hear now",
                es: "\(label): no se puede avisar a \(contact); se avisa ya a quienes siguen")
        }
    }

    private func name(_ contact: String) -> Text {
        contact == EntryName.me ? Text(en: "you", es: "ti") : Text(verbatim: contact)
    }

    /// The ticket lies outside the store that is damaged.
    private func labels(_ plan: PlanID) -> PlanLabel? {
        (try? invocation.tickets().all())?.first { $0.plan == plan }?.label
    }

    /// Of what is said of a message in Spanish.
    private func ending(_ kind: MessageKind) -> String { kind == .alert ? "a" : "o" }

    private func words(_ kind: MessageKind) -> Text {
        switch kind {
        case .reminder, .holdReminder: Text(en: "reminder", es: "recordatorio")
        case .alert, .duress: Text(en: "ALERT", es: "ALERTA")
        case .allClear: Text(en: "all-clear", es: "aviso de que está bien")
        case .retracted: Text(en: "correction", es: "corrección")
        case .undeliverable: Text(en: "notice", es: "aviso")
        case .ended, .paused, .resumed, .wrongCodes, .edited, .extended, .held, .daily:
            Text(en: "notice", es: "aviso")
        case .drill: Text(en: "drill", es: "simulacro")
        }
    }
}
