package import CheckIn
package import Wording

/// The usual words of each kind of message, before hours and names are filled in.
package struct MessageWords: Sendable {
    package let subject: Text
    package let mail: Text
    /// Under the subject, on a telephone's screen; names nobody's number.
    package let push: Text
    package let sms: Text

    package func body(_ length: TextLength) -> Text {
        switch length {
        case .mail: mail
        case .push: push
        case .sms: sms
        }
    }
}

extension MessageKind {
    /// What the writer adds to it in any case, so that no edit takes it away.
    enum Seal { case none, real, drill }

    var seal: Seal {
        switch self {
        case .alert, .duress, .retracted, .wrongCodes, .ended, .paused, .resumed, .edited,
            .extended, .held:
            .real
        case .drill: .drill
        case .allClear, .reminder, .holdReminder, .undeliverable, .daily: .none
        }
    }

    /// Whether it is one tier's; a number in its place says something else.
    var hasTier: Bool { self == .alert || self == .duress || self == .drill }

    /// Whether it should break a telephone's silence. A drill that does not ring tries nothing.
    var isUrgent: Bool { isAlarm || self == .drill || self == .reminder || self == .holdReminder }

    /// Whether the journalist herself reads it.
    package var isToOwner: Bool {
        [.reminder, .holdReminder, .undeliverable, .daily].contains(self)
    }

    /// Usual words of what the owner reads, for a colleague who watches over somebody else.
    var colleagueWords: MessageWords {
        switch self {
        case .reminder: Self.colleagueReminderWords
        case .holdReminder: Self.colleagueHoldWords
        case .undeliverable: Self.colleagueUndeliverableWords
        case .alert, .allClear, .ended, .paused, .resumed, .drill, .wrongCodes,
            .retracted, .duress, .edited, .extended, .held, .daily:
            words
        }
    }

    /// Whose words a drill rehearses.
    package var textKind: MessageKind { self == .drill ? .alert : self }

    /// Without which a text of this kind says too little.
    package var required: [TextPlace] {
        switch self {
        case .alert, .duress, .allClear, .retracted: [.alias, .code]
        case .wrongCodes, .ended, .paused, .resumed, .edited, .extended, .held: [.alias]
        case .reminder, .holdReminder, .daily: [.label]
        case .undeliverable: [.names]
        case .drill: []
        }
    }

    /// The texts that a journalist can change.
    package static let editable: [MessageKind] = allCases.filter { $0 != .drill }

    /// One English word, as `plan text` and webhooks name it.
    package var word: String {
        switch self {
        case .reminder: "reminder"
        case .holdReminder: "hold-reminder"
        case .alert: "alert"
        case .allClear: "all-clear"
        case .undeliverable: "undeliverable"
        case .ended: "ended"
        case .paused: "paused"
        case .resumed: "resumed"
        case .drill: "drill"
        case .wrongCodes: "wrong-codes"
        case .retracted: "retracted"
        case .duress: "duress"
        case .edited: "edited"
        case .extended: "extended"
        case .held: "held"
        case .daily: "daily"
        }
    }

    package var words: MessageWords {
        switch textKind {
        case .alert, .drill: Self.alertWords
        case .duress: Self.duressWords
        case .allClear: Self.allClearWords
        case .retracted: Self.retractedWords
        case .held: Self.heldWords
        case .wrongCodes: Self.wrongCodesWords
        case .ended, .paused, .resumed, .edited, .extended: announcement
        case .reminder: Self.reminderWords
        case .holdReminder: Self.holdReminderWords
        case .undeliverable: Self.undeliverableWords
        case .daily: Self.dailyWords
        }
    }

    /// For a notice on a screen, whose words other accounts of the machine can read while it comes up.
    func openWords(isForColleague: Bool) -> MessageWords {
        switch self {
        case .undeliverable where !isForColleague: Self.openUndeliverableWords
        case .undeliverable: Self.openColleagueUndeliverableWords
        case .holdReminder where isForColleague: Self.openColleagueHoldWords
        case .reminder, .holdReminder, .alert, .allClear, .ended, .paused, .resumed, .drill,
            .wrongCodes, .retracted, .duress, .edited, .extended, .held, .daily:
            isForColleague ? colleagueWords : words
        }
    }

    static let discretion = Text(
        en: "Do not publish or forward this.", es: "No publiques ni reenvíes.")

    private static let alertWords = MessageWords(
        subject: Text(
            en: "ALERT: {alias} has not reported in", es: "ALERTA: {alias} no se ha reportado"),
        mail: Text(
            en: """
                {alias} was to report in at {deadline}; the grace ended at {grace}. Last check-in: \
                {last}.{watcher}

                This does not prove that anything has happened: there may be no signal.

                Do this, in order:
                1) Call {alias}{phones}
                2) {agree}
                3) {sheet}

                If you take care of it, confirm with {code}: reply or call.
                {next}
                Already told: {told}.

                Do not publish or forward this.
                """,
            es: """
                {alias} no se ha reportado. Debía reportarse a {deadline}; la tolerancia terminó a \
                {grace}. Último reporte de seguridad: {last}.{watcher}

                Esto no prueba que le haya pasado algo: puede ser falta de señal.

                Haz esto, en orden:
                1) Llámale{phones}
                2) {agree}
                3) {sheet}

                Si tú lo atiendes, confirma con {code}: responde a este mensaje o llama.
                {next}
                Ya avisados: {told}.

                No publiques ni reenvíes.
                """),
        push: Text(
            en: "Was due at {hour}. Last check-in: {last}. There may be no signal. Call now."
                + "{letter} Confirm with {code}.",
            es: "Debía reportarse a {hour}. Último reporte: {last}. Puede ser falta de señal."
                + " Llámale ya.{letter} Confirma con {code}."),
        sms: Text(
            en: "ALERT: {alias} has not reported in. Due: {clock}. Last: {last}. Call{phones}."
                + "{letter} Confirm with {code}.",
            es: "ALERTA: {alias} no se ha reportado. Hora límite: {clock}. Último reporte: {last}."
                + " Llámale{phones}.{letter} Confirma con {code}."))

    /// No number to call: whoever reads this at three in the morning presses what she sees.
    private static let duressWords = MessageWords(
        subject: Text(
            en: "ALERT: {alias} is under duress. Do NOT call or write to {alias}",
            es: "ALERTA: {alias} está bajo amenaza. NO le llames ni le escribas"),
        mail: Text(
            en: """
                {alias} reported in{when} with the code that means: I am forced to. Whoever is \
                there sees an ordinary check-in.

                Do NOT call or write to {alias}, not even to ask: a call may give the code away.

                Do this, in order:
                1) {agree}
                2) {sheet}

                If you take care of it, tell whoever watches, or the others, with {code}. Do not reply to \
                this message.
                {next}
                Already told: {told}.

                Do not publish or forward this.
                """,
            es: """
                {alias} se reportó{when} con el código que significa: me están obligando. Quien \
                esté ahí ve un reporte normal.

                NO le llames ni le escribas, ni para preguntar: una llamada puede delatar el código.

                Haz esto, en orden:
                1) {agree}
                2) {sheet}

                Si tú lo atiendes, díselo con {code} a quien vigila o a los demás. No respondas a este \
                mensaje.
                {next}
                Ya avisados: {told}.

                No publiques ni reenvíes.
                """),
        push: Text(
            en: "The code that means: I am forced to.{letter} Confirm with {code}, but not to"
                + " {alias}.",
            es: "Usó el código que significa: me están obligando.{letter} Confirma con {code}, pero"
                + " no a {alias}."),
        sms: Text(
            en: "ALERT: {alias} is under duress.{letter} Confirm with {code}, but not to {alias}.",
            es: "ALERTA: {alias} está bajo amenaza.{letter} Confirma con {code}, pero no a"
                + " {alias}."))

    private static let allClearWords = MessageWords(
        subject: Text(
            en: "ALL CLEAR: {alias} has reported in", es: "AVISO: {alias} ya se reportó"),
        mail: Text(
            en: """
                {alias} reported in{when}. The alert {code} is over.

                Call all the same{phones}, to hear that voice: a code can be typed under threat.

                Do not publish or forward this.
                """,
            es: """
                {alias} se reportó{when}. La alerta {code} queda sin efecto.

                De todos modos llámale{phones} para oír su voz: un código se puede escribir bajo \
                amenaza.

                No publiques ni reenvíes.
                """),
        push: Text(
            en: "{alias} reported in{when}. The alert {code} is over. Call all the same, to hear"
                + " that voice.",
            es:
                "{alias} se reportó{when}. La alerta {code} queda sin efecto. De todos modos llámale"
                + " para oír su voz."),
        sms: Text(
            en: "ALL CLEAR: {alias} reported in{when}. Alert {code} is over. Call all the same"
                + "{phones}, to hear that voice.",
            es: "AVISO: {alias} ya se reportó{when}. La alerta {code} queda sin efecto. De todos"
                + " modos llámale{phones} para oír su voz."))

    private static let retractedWords = MessageWords(
        subject: Text(
            en: "CORRECTION: the alert about {alias} was a clock's error",
            es: "CORRECCIÓN: la alerta sobre {alias} fue error de un reloj"),
        mail: Text(
            en: """
                The clock of the machine that watches was wrong. The alert {code} is void.

                This is no check-in: nothing new is known about {alias}.{due}

                If you are not at ease, call{phones}.

                Do not publish or forward this.
                """,
            es: """
                El reloj del equipo que vigila estaba mal. La alerta {code} queda sin efecto.

                Esto no es un reporte: no se sabe nada nuevo de {alias}.{due}

                Si tienes dudas, llama{phones}.

                No publiques ni reenvíes.
                """),
        push: Text(
            en: "The watcher's clock was wrong: the alert {code} is void. This is no check-in of"
                + " {alias}.",
            es: "El reloj del vigilante estaba mal: la alerta {code} queda sin efecto. No es un"
                + " reporte de {alias}."),
        sms: Text(
            en: "CORRECTION: the watcher's clock was wrong, the alert {code} about {alias} is void."
                + " This is no check-in.",
            es:
                "CORRECCIÓN: el reloj del vigilante estaba mal; la alerta {code} sobre {alias} queda"
                + " sin efecto. No es un reporte."))

    private static let heldWords = MessageWords(
        subject: Text(
            en: "NOTICE: two contacts have spoken with {alias}",
            es: "AVISO: dos contactos ya hablaron con {alias}"),
        mail: Text(
            en: """
                Two people who were alerted say that they have spoken with {alias} and checked an \
                answer that only {alias} knows.

                {due}

                Do not publish or forward this.
                """,
            es: """
                Dos personas avisadas dicen que hablaron con {alias} y comprobaron una respuesta \
                que solo {alias} sabe.

                {due}

                No publiques ni reenvíes.
                """),
        push: Text(
            en: "Two contacts have spoken with {alias} and checked an answer. No all-clear yet.",
            es: "Dos contactos hablaron con {alias} y comprobaron una respuesta. Todavía no se ha"
                + " reportado."),
        sms: Text(
            en: "NOTICE: two contacts have spoken with {alias} and checked an answer. No all-clear"
                + " yet.",
            es: "AVISO: dos contactos hablaron con {alias} y comprobaron una respuesta. Todavía no"
                + " se ha reportado."))

    private static let wrongCodesWords = MessageWords(
        subject: Text(
            en: "NOTICE: somebody is trying codes of {alias}",
            es: "AVISO: alguien está probando códigos de {alias}"),
        mail: Text(
            en: """
                Again and again wrong codes are typed where the check-ins of {alias} are watched. \
                It may be forgetfulness, or somebody else who has that machine or the printed card.

                Call{phones}, to hear that voice. No alarm has been raised by this.

                Do not publish or forward this.
                """,
            es: """
                Donde se vigilan los reportes de {alias} se escriben, una y otra vez, códigos \
                equivocados. Puede ser un olvido, u otra persona que tiene ese equipo o la tarjeta \
                impresa.

                Llámale{phones} para oír su voz. Con esto no se ha dado ninguna alerta.

                No publiques ni reenvíes.
                """),
        push: Text(
            en:
                "Wrong codes again and again in the plan of {alias}: forgetfulness, or somebody else"
                + " has the machine. Call, to hear that voice.",
            es: "Códigos equivocados una y otra vez en el plan de {alias}: un olvido, o alguien más"
                + " tiene el equipo. Llámale para oír su voz."),
        sms: Text(
            en: "NOTICE: wrong codes again and again in the plan of {alias}. Call{phones}, to hear"
                + " that voice. No alarm was raised.",
            es: "AVISO: códigos equivocados una y otra vez en el plan de {alias}. Llámale{phones}"
                + " para oír su voz. No se ha dado alerta."))
}
