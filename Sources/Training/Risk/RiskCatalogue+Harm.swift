/// What has happened, what it would do, and what is done already.
extension RiskCatalogue {
    private typealias Choice = RiskQuestion.Choice

    static let likelihood = [
        RiskQuestion(
            .likelihood, "past", several: true, en: "What has happened to you in the last year?",
            es: "¿Qué te ha pasado en el último año?",
            [
                Choice(
                    "threat", [.record: 3, .checkIn: 2, .keyContact: 1], en: "threats",
                    es: "amenazas"),
                Choice(
                    "watched", [.checkIn: 3, .record: 2], en: "somebody followed or watched me",
                    es: "alguien me siguió o me vigiló"),
                Choice(
                    "theft", [.devices: 3, .backup: 3], en: "a theft or a break-in",
                    es: "un robo o que entraran a mi casa"),
                Choice(
                    "held", [.pressure: 3, .travel: 2, .record: 2], en: "I was held or searched",
                    es: "me retuvieron o me revisaron"),
                Choice(
                    "account", [.passphrase: 3, .people: 1], en: "somebody got into an account",
                    es: "alguien entró a una cuenta mía"),
                Choice(
                    "smear", [.proof: 2, .record: 2], en: "a smear campaign or a lawsuit",
                    es: "una campaña en mi contra o una demanda"),
                Choice("nothing", en: "nothing of that", es: "nada de eso"),
            ]),
        RiskQuestion(
            .likelihood, "colleagues", en: "And to colleagues in your area?",
            es: "¿Y a colegas de tu zona?",
            [
                Choice(
                    "recent", [.checkIn: 2, .record: 1, .pressure: 1], en: "yes, this year",
                    es: "sí, este año"),
                Choice("before", [.checkIn: 1], en: "yes, earlier", es: "sí, antes"),
                Choice("no", en: "not that I know of", es: "no que yo sepa"),
            ]),
        RiskQuestion(
            .likelihood, "publishing", en: "Will you soon publish something that bothers somebody?",
            es: "¿Vas a publicar pronto algo que incomode?",
            [
                Choice(
                    "month", [.proof: 2, .backup: 1, .checkIn: 1], en: "this month", es: "este mes"),
                Choice("year", [.proof: 1], en: "this year", es: "este año"),
                Choice("no", en: "not yet", es: "todavía no"),
            ]),
        RiskQuestion(
            .likelihood, "trip", en: "When do you next go where help is far?",
            es: "¿Cuándo vuelves a ir a donde la ayuda queda lejos?",
            [
                Choice("week", [.checkIn: 3, .travel: 3], en: "this week", es: "esta semana"),
                Choice("month", [.checkIn: 2, .travel: 2], en: "this month", es: "este mes"),
                Choice("seldom", [.checkIn: 1], en: "seldom", es: "casi nunca"),
            ]),
        RiskQuestion(
            .likelihood, "checkpoints", en: "Do you pass checkpoints or borders?",
            es: "¿Pasas por retenes o fronteras?",
            [
                Choice("often", [.travel: 3, .pressure: 1], en: "often", es: "seguido"),
                Choice("some", [.travel: 1], en: "now and then", es: "a veces"),
                Choice("no", en: "no", es: "no"),
            ]),
        RiskQuestion(
            .likelihood, "alone", en: "Do you go out without company?",
            es: "¿Sales a cubrir sin compañía?",
            [
                Choice("often", [.checkIn: 3, .keyContact: 2], en: "often", es: "seguido"),
                Choice("some", [.checkIn: 1, .keyContact: 1], en: "now and then", es: "a veces"),
                Choice("no", en: "never", es: "nunca"),
            ]),
        RiskQuestion(
            .likelihood, "strangers", en: "Do strangers send you files or links?",
            es: "¿Te llegan archivos o ligas de gente que no conoces?",
            [
                Choice("daily", [.devices: 2, .people: 2], en: "every day", es: "todos los días"),
                Choice("some", [.devices: 1, .people: 1], en: "now and then", es: "a veces"),
                Choice("no", en: "no", es: "no"),
            ]),
    ]

    static let impact = [
        RiskQuestion(
            .impact, "ifread", en: "If somebody else read your notes today:",
            es: "Si hoy alguien leyera tus apuntes:",
            [
                Choice(
                    "life", [.notes: 3, .files: 3, .devices: 2, .pressure: 2, .traces: 2],
                    en: "somebody's life or freedom would be at stake",
                    es: "estaría en juego la vida o la libertad de alguien"),
                Choice(
                    "job", [.notes: 2, .files: 2, .devices: 1, .traces: 1],
                    en: "somebody would lose their job or their trust in me",
                    es: "alguien perdería su trabajo o la confianza en mí"),
                Choice("shame", [.notes: 1], en: "it would be awkward", es: "sería incómodo"),
                Choice("little", en: "little would happen", es: "no pasaría gran cosa"),
            ]),
        RiskQuestion(
            .impact, "iflost", en: "If your machine were gone today, you would lose:",
            es: "Si hoy desapareciera tu equipo, perderías:",
            [
                Choice("years", [.backup: 3], en: "the work of years", es: "el trabajo de años"),
                Choice("weeks", [.backup: 2], en: "weeks", es: "semanas"),
                Choice("days", [.backup: 1], en: "a few days", es: "unos días"),
                Choice("nothing", en: "nothing", es: "nada"),
            ]),
        RiskQuestion(
            .impact, "ifsilent", en: "If nobody could reach you, who would act, and when?",
            es: "Si nadie pudiera encontrarte, ¿quién haría algo y cuándo?",
            [
                Choice(
                    "nobody", [.checkIn: 3, .keyContact: 3], en: "I do not know",
                    es: "no sé"),
                Choice(
                    "family", [.checkIn: 2, .keyContact: 2], en: "my family, the next day",
                    es: "mi familia, al otro día"),
                Choice(
                    "newsroom", [.checkIn: 1, .keyContact: 1], en: "my newsroom, within hours",
                    es: "mi redacción, en unas horas"),
                Choice("plan", en: "there is a plan", es: "hay un plan"),
            ]),
        RiskQuestion(
            .impact, "family", en: "Could the pressure reach your family?",
            es: "¿La presión podría llegar a tu familia?",
            [
                Choice(
                    "yes", [.keyContact: 2, .record: 2, .pressure: 2], en: "yes", es: "sí"),
                Choice("maybe", [.keyContact: 1, .record: 1], en: "perhaps", es: "quizá"),
                Choice("no", en: "no", es: "no"),
            ]),
        RiskQuestion(
            .impact, "ifdenied", en: "If somebody says that your document is false:",
            es: "Si alguien dice que tu documento es falso:",
            [
                Choice(
                    "court", [.proof: 3, .record: 1], en: "it could end before a judge",
                    es: "podría acabar ante un juez"),
                Choice("public", [.proof: 2], en: "it would hurt my name", es: "dañaría mi nombre"),
                Choice("little", en: "I could show it easily", es: "lo probaría fácil"),
            ]),
        RiskQuestion(
            .impact, "ifaccount", en: "If somebody got into your mail:",
            es: "Si alguien entrara a tu correo:",
            [
                Choice(
                    "all", [.passphrase: 3, .people: 2], en: "they would have everything",
                    es: "tendría todo"),
                Choice("some", [.passphrase: 1, .people: 1], en: "a part", es: "una parte"),
                Choice("little", en: "little", es: "casi nada"),
            ]),
    ]

    static let capacities = [
        RiskQuestion(
            .capacities, "passwords", en: "What are your passwords like?",
            es: "¿Cómo son tus contraseñas?",
            [
                Choice(
                    "same", [.passphrase: 3], en: "one or two, for everything",
                    es: "una o dos, para todo"),
                Choice("several", [.passphrase: 2], en: "several", es: "varias"),
                Choice(
                    "manager", [.passphrase: 0], en: "long words, or a password manager",
                    es: "palabras largas, o con un gestor"),
            ]),
        RiskQuestion(
            .capacities, "disk", en: "Is the disk encrypted, and does the screen lock?",
            es: "¿El disco está cifrado y la pantalla se bloquea?",
            [
                Choice("both", [.devices: 0], en: "both", es: "las dos cosas"),
                Choice("one", [.devices: 2], en: "one of them", es: "una de las dos"),
                Choice(
                    "no", [.devices: 3], en: "neither, or I do not know", es: "ninguna, o no sé"),
            ]),
        RiskQuestion(
            .capacities, "writing", several: true, en: "Where do sensitive notes go?",
            es: "¿Dónde van los apuntes delicados?",
            [
                Choice(
                    "vault", [.notes: 0, .traces: 1],
                    en: "into the vault or another encrypted place",
                    es: "a la bóveda o a otro lugar cifrado"),
                Choice(
                    "plain", [.notes: 3, .traces: 3], en: "into ordinary files",
                    es: "a archivos comunes"),
                Choice("paper", [.notes: 2], en: "onto paper", es: "al papel"),
                Choice("phone", [.notes: 3, .traces: 2], en: "into the phone", es: "al celular"),
            ]),
        RiskQuestion(
            .capacities, "sending", several: true, en: "How do you send sensitive files?",
            es: "¿Cómo mandas archivos delicados?",
            [
                Choice(
                    "open", [.files: 3], en: "by mail or chat, as they are",
                    es: "por correo o chat, tal cual"),
                Choice("signal", [.files: 1], en: "through Signal", es: "por Signal"),
                Choice(
                    "encrypted", [.files: 0], en: "encrypted for the person",
                    es: "cifrados para la persona"),
                Choice("never", [.files: 1], en: "I do not", es: "no los mando"),
            ]),
        RiskQuestion(
            .capacities, "verified", en: "Have you compared keys by voice with whom you write to?",
            es: "¿Has comprobado por voz las llaves de quienes te escriben?",
            [
                Choice("yes", [.people: 0], en: "yes", es: "sí"),
                Choice("some", [.people: 2], en: "some", es: "algunas"),
                Choice("no", [.people: 3], en: "no", es: "no"),
            ]),
        RiskQuestion(
            .capacities, "restored", en: "When did you last open a backup to see that it works?",
            es: "¿Cuándo abriste por última vez un respaldo para ver si sirve?",
            [
                Choice("recent", [.backup: 0], en: "these months", es: "en estos meses"),
                Choice(
                    "never", [.backup: 2], en: "I have one and never tried",
                    es: "tengo uno y nunca lo probé"),
                Choice("none", [.backup: 3], en: "I have none", es: "no tengo"),
            ]),
        RiskQuestion(
            .capacities, "agreed", en: "Does anybody know what to do if you do not come back?",
            es: "¿Alguien sabe qué hacer si no vuelves?",
            [
                Choice(
                    "written", [.checkIn: 1, .keyContact: 0], en: "yes, in writing",
                    es: "sí, por escrito"),
                Choice(
                    "talked", [.checkIn: 2, .keyContact: 2], en: "we talked about it",
                    es: "lo platicamos"),
                Choice("no", [.checkIn: 3, .keyContact: 3], en: "no", es: "no"),
            ]),
        RiskQuestion(
            .capacities, "logging", en: "Do you write attacks down, with date and evidence?",
            es: "¿Anotas las agresiones, con fecha y pruebas?",
            [
                Choice("always", [.record: 0], en: "always", es: "siempre"),
                Choice("some", [.record: 2], en: "sometimes", es: "a veces"),
                Choice("no", [.record: 3], en: "no", es: "no"),
            ]),
    ]
}
