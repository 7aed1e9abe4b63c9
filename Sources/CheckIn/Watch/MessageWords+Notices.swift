internal import Wording

// What was done with the code, told to the first contacts, and what the journalist herself reads.
extension MessageKind {
    var announcement: MessageWords {
        let (what, meaning) = order
        let subject = Text(en: "NOTICE: ", es: "AVISO: ") + what
        // What protects no less is changed without it as well.
        let how =
            self == .edited
            ? Text(en: "{when}. ", es: "{when}. ")
            : Text(en: ", with the code{when}. ", es: " con su código{when}. ")
        let short =
            what + how
            + Text(
                en: "If you did not expect this, call.", es: "Si no lo esperabas, llámale.")
        return MessageWords(
            subject: subject,
            mail: what + how + meaning
                + Text(
                    en: "\n\nIf you did not expect this, call{phones}.\n\n",
                    es: "\n\nSi no lo esperabas, llámale{phones}.\n\n") + Self.discretion,
            push: short, sms: Text(en: "NOTICE: ", es: "AVISO: ") + short)
    }

    private var order: (what: Text, meaning: Text) {
        switch self {
        case .paused:
            (
                Text(
                    en: "{alias} has paused the check-in plan",
                    es: "{alias} puso en pausa su plan de reportes"),
                Text(
                    en: "Until the pause ends no check-in is awaited.",
                    es: "Mientras dure la pausa no se esperan reportes.")
            )
        case .resumed:
            (
                Text(
                    en: "{alias} has resumed the check-in plan",
                    es: "{alias} reanudó su plan de reportes"),
                Text(
                    en: "Check-ins are awaited again.", es: "Otra vez se esperan reportes.")
            )
        case .edited:
            (
                Text(
                    en: "{alias} has changed the check-in plan",
                    es: "{alias} cambió su plan de reportes"),
                Text(
                    en: "What protects less than before only counts after the next check-in, two"
                        + " hours from now at the earliest.",
                    es: "Lo que protege menos que antes solo vale después del siguiente reporte, y"
                        + " no antes de dos horas.")
            )
        case .extended:
            (
                Text(
                    en: "{alias} will report in later than usual",
                    es: "{alias} se reportará más tarde que de costumbre"),
                Text(verbatim: "{due}")
            )
        case .ended, .reminder, .holdReminder, .alert, .allClear, .undeliverable, .drill,
            .wrongCodes, .retracted, .duress, .held, .daily:
            (
                Text(
                    en: "{alias} has ended the check-in plan",
                    es: "{alias} terminó su plan de reportes"),
                Text(
                    en: "No further check-ins are awaited.", es: "Ya no se esperan más reportes.")
            )
        }
    }

    static let reminderWords = MessageWords(
        subject: Text(en: "Report in: {plan}, {clock}", es: "Repórtate: {plan}, {clock}"),
        mail: Text(
            en: """
                Your check-in was promised for {clock}. Type: amparo ok {plan}
                The grace ends at {grace}; then {names} will be told.
                """,
            es: """
                Prometiste reportarte a {hour}. Escribe: amparo ok {plan}
                La tolerancia termina a {grace}; entonces se avisará a {names}.
                """),
        // It may stand on a screen that others see: no names.
        push: Text(
            en: "Type: amparo ok {plan}. The grace ends at {grace}.",
            es: "Escribe: amparo ok {plan}. La tolerancia termina a {grace}."),
        sms: Text(
            en: "Report in: {plan}, {clock}. The grace ends at {grace}.",
            es: "Repórtate: {plan}, {clock}. La tolerancia termina a {grace}."))

    static let colleagueReminderWords = MessageWords(
        subject: Text(
            en: "A call is due: {plan}, {clock}", es: "Te deben una llamada: {plan}, {clock}"),
        mail: Text(
            en: """
                {alias} promised to report in by {clock}, and calls you for that. Type what you are \
                told: amparo watch checkin {plan}
                The grace ends at {grace}; then {names} will be told.
                """,
            es: """
                {alias} prometió reportarse antes de {hour} y para eso te llama. Escribe lo que te \
                dicte: amparo watch checkin {plan}
                La tolerancia termina a {grace}; entonces se avisará a {names}.
                """),
        // It may stand on a screen that others see: no names.
        push: Text(
            en: "A call is due by {clock}. Then: amparo watch checkin {plan}",
            es: "Te deben una llamada antes de {hour}. Luego: amparo watch checkin {plan}"),
        sms: Text(
            en: "A call is due: {plan}, {clock}. The grace ends at {grace}.",
            es: "Te deben una llamada: {plan}, {clock}. La tolerancia termina a {grace}."))

    static let colleagueHoldWords = MessageWords(
        subject: Text(en: "Call {alias} now: {plan}", es: "Llama ya a {alias}: {plan}"),
        mail: Text(
            en: """
                {watcher}
                Call {alias}{phones} and type what you are told: amparo watch checkin {plan}
                {due}
                """,
            es: """
                {watcher}
                Llama a {alias}{phones} y escribe lo que te dicte: amparo watch checkin {plan}
                {due}
                """),
        push: Text(
            en: "No check-in of {plan} came here. Call, and type: amparo watch checkin {plan}",
            es: "Aquí no llegó el reporte de {plan}. Llama y escribe: amparo watch checkin {plan}"),
        sms: Text(
            en: "Call now: {plan}. The watcher has no check-in.",
            es: "Llama ya: {plan}. El vigilante no tiene el reporte."))

    static let holdReminderWords = MessageWords(
        subject: Text(en: "Report in now: {plan}", es: "Repórtate ahora: {plan}"),
        mail: Text(
            en: """
                {watcher}
                If you are well, type: amparo ok {plan}
                {due}
                """,
            es: """
                {watcher}
                Si estás bien, escribe: amparo ok {plan}
                {due}
                """),
        push: Text(
            en: "This machine has no check-in of yours. Type: amparo ok {plan}",
            es: "Este equipo no tiene tu reporte. Escribe: amparo ok {plan}"),
        sms: Text(
            en: "Report in now: {plan}. The watcher has no check-in of yours.",
            es: "Repórtate ahora: {plan}. El vigilante no tiene tu reporte."))

    static let undeliverableWords = MessageWords(
        subject: Text(en: "Not delivered: {names}", es: "No se pudo avisar: {names}"),
        mail: Text(
            en: """
                The alert about {alias} could not be delivered to {names}.
                It is tried again, and whoever is next has been told at once.
                If you are well, type: amparo ok {plan}
                """,
            es: """
                La alerta sobre {alias} no se pudo entregar a {names}.
                Se sigue intentando, y a quien sigue ya se le avisó.
                Si estás bien, escribe: amparo ok {plan}
                """),
        push: Text(
            en: "An alert of {plan} could not be delivered: {names}. If you are well, report in.",
            es: "Una alerta de {plan} no se pudo entregar: {names}. Si estás bien, repórtate."),
        sms: Text(
            en: "An alert of {plan} could not be delivered: {names}. If you are well, report in.",
            es: "Una alerta de {plan} no se pudo entregar: {names}. Si estás bien, repórtate."))

    static let colleagueUndeliverableWords = MessageWords(
        subject: undeliverableWords.subject,
        mail: Text(
            en: """
                The alert about {alias} could not be delivered to {names}.
                It is tried again, and whoever is next has been told at once.
                If you can reach {names} in another way, say it yourself.
                If {alias} calls, type what you are told: amparo watch checkin {plan}
                """,
            es: """
                La alerta sobre {alias} no se pudo entregar a {names}.
                Se sigue intentando, y a quien sigue ya se le avisó.
                Si puedes avisar a {names} por otro lado, hazlo tú.
                Si {alias} te llama, escribe lo que te dicte: amparo watch checkin {plan}
                """),
        push: Text(
            en: "An alert of {plan} could not be delivered: {names}. Tell them in another way.",
            es: "Una alerta de {plan} no se pudo entregar: {names}. Avísales por otro lado."),
        sms: Text(
            en: "An alert of {plan} could not be delivered: {names}. Tell them in another way.",
            es: "Una alerta de {plan} no se pudo entregar: {names}. Avísales por otro lado."))

    static let openColleagueUndeliverableWords = MessageWords(
        subject: openUndeliverableWords.subject, mail: colleagueUndeliverableWords.mail,
        push: Text(
            en: "An alert of {plan} could not be delivered. Look at: amparo watch status",
            es: "Una alerta de {plan} no se pudo entregar. Mira: amparo watch status"),
        sms: colleagueUndeliverableWords.sms)

    static let openColleagueHoldWords = MessageWords(
        subject: Text(en: "Call now: {plan}", es: "Llama ya: {plan}"),
        mail: colleagueHoldWords.mail, push: colleagueHoldWords.push, sms: colleagueHoldWords.sms)

    static let openUndeliverableWords = MessageWords(
        subject: Text(en: "Not delivered: {plan}", es: "No se pudo avisar: {plan}"),
        mail: undeliverableWords.mail,
        push: Text(
            en: "An alert could not be delivered. If you are well, type: amparo ok {plan}",
            es: "Una alerta no se pudo entregar. Si estás bien, escribe: amparo ok {plan}"),
        sms: undeliverableWords.sms)

    static let dailyWords = MessageWords(
        subject: Text(
            en: "The watcher's log today: {plan}", es: "El registro del vigilante: {plan}"),
        mail: Text(
            en: "The watcher is there. Compare with: amparo checkin log {plan}",
            es: "El vigilante está ahí. Compara con: amparo checkin log {plan}"),
        push: Text(
            en: "The watcher is there. Compare with: amparo checkin log {plan}",
            es: "El vigilante está ahí. Compara con: amparo checkin log {plan}"),
        sms: Text(
            en: "The watcher of {plan} is there.", es: "El vigilante de {plan} está ahí."))
}
