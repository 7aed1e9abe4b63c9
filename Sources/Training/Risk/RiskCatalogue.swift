internal import Wording

/// The questions, in the order in which they are asked. Our own words; the scheme of assets,
/// adversaries, likelihood, impact and capacities is the one that safety courses share.
package enum RiskCatalogue {
    package static let questions: [RiskQuestion] =
        work + assets + adversaries + likelihood + impact + capacities

    package static func question(_ id: String) -> RiskQuestion? { questions.first { $0.id == id } }

    private typealias Choice = RiskQuestion.Choice

    // MARK: Your work

    private static let work = [
        RiskQuestion(
            .work, "beat", several: true, en: "What do you cover now?", es: "¿Qué cubres ahora?",
            [
                Choice(
                    "politics", [.notes: 1, .proof: 1], en: "politics and local government",
                    es: "política y gobierno local"),
                Choice(
                    "crime", [.checkIn: 2, .notes: 2, .pressure: 1],
                    en: "violence and organised crime", es: "violencia y crimen organizado"),
                Choice(
                    "corruption", [.files: 2, .proof: 2, .backup: 1],
                    en: "corruption and public money", es: "corrupción y dinero público"),
                Choice(
                    "land", [.checkIn: 2, .travel: 1, .record: 1],
                    en: "land, water, mines, environment", es: "tierra, agua, minas, medio ambiente"
                ),
                Choice(
                    "rights", [.notes: 2, .people: 1, .record: 1],
                    en: "human rights and searches for the disappeared",
                    es: "derechos humanos y búsqueda de desaparecidos"),
                Choice(
                    "migration", [.travel: 1, .notes: 1, .checkIn: 1], en: "migration",
                    es: "migración"),
                Choice("other", en: "something calmer", es: "algo más tranquilo"),
            ]),
        RiskQuestion(
            .work, "place", several: true, en: "Where do you work?", es: "¿Dónde trabajas?",
            [
                Choice("city", [.devices: 1], en: "a large city", es: "en una ciudad grande"),
                Choice(
                    "town", [.checkIn: 1, .keyContact: 1, .devices: 1],
                    en: "the town where I live and everybody knows me",
                    es: "en el pueblo donde vivo y todos me conocen"),
                Choice(
                    "road", [.checkIn: 2, .travel: 2], en: "on roads and in villages",
                    es: "en carreteras y comunidades"),
                Choice(
                    "border", [.travel: 3], en: "across borders or abroad",
                    es: "cruzando fronteras o en otro país"),
            ]),
        RiskQuestion(
            .work, "team", en: "Whom do you work with?", es: "¿Con quién trabajas?",
            [
                Choice(
                    "alone", [.keyContact: 2, .checkIn: 1, .backup: 1], en: "alone, freelance",
                    es: "por mi cuenta, sin redacción"),
                Choice(
                    "small", [.people: 1, .keyContact: 1], en: "a small newsroom",
                    es: "en una redacción chica"),
                Choice(
                    "large", [.people: 1], en: "a large newsroom", es: "en una redacción grande"),
            ]),
        RiskQuestion(
            .work, "machine", several: true, en: "What do you write on?", es: "¿En qué escribes?",
            [
                Choice("own", [.devices: 1], en: "my own computer", es: "en mi computadora"),
                Choice(
                    "shared", [.devices: 2, .traces: 2], en: "one that others use too",
                    es: "en una que también usan otros"),
                Choice(
                    "cafe", [.devices: 3, .traces: 3], en: "borrowed ones, internet cafés",
                    es: "en prestadas o de café internet"),
                Choice("phone", [.devices: 1, .files: 1], en: "my phone", es: "en el celular"),
            ]),
    ]

    // MARK: What you look after

    private static let assets = [
        RiskQuestion(
            .assets, "assets", several: true, en: "What do you keep that others must not have?",
            es: "¿Qué guardas que otros no deben tener?",
            [
                Choice(
                    "sources", [.notes: 3, .pressure: 1], en: "names of sources",
                    es: "nombres de fuentes"),
                Choice(
                    "images", [.files: 2, .traces: 2, .proof: 1], en: "photos, video, sound",
                    es: "fotos, video, audio"),
                Choice(
                    "documents", [.files: 3, .proof: 2], en: "documents that somebody gave me",
                    es: "documentos que alguien me dio"),
                Choice("drafts", [.notes: 2], en: "drafts and notes", es: "borradores y apuntes"),
                Choice(
                    "routine", [.checkIn: 2, .travel: 1], en: "where I am and when",
                    es: "dónde estoy y a qué horas"),
                Choice(
                    "accounts", [.passphrase: 3], en: "the way into mail and accounts",
                    es: "la entrada a mi correo y mis cuentas"),
            ]),
        RiskQuestion(
            .assets, "sources", en: "Would a source be in danger if their name were known?",
            es: "¿Correría peligro alguna fuente si se supiera su nombre?",
            [
                Choice(
                    "yes", [.notes: 3, .files: 2, .people: 2, .pressure: 1], en: "yes, seriously",
                    es: "sí, en serio"),
                Choice("some", [.notes: 1, .files: 1], en: "perhaps", es: "quizá"),
                Choice("no", en: "no", es: "no"),
            ]),
        RiskQuestion(
            .assets, "where", several: true, en: "Where is it today?", es: "¿Dónde está hoy?",
            [
                Choice(
                    "laptop", [.devices: 2, .backup: 1], en: "on the computer",
                    es: "en la computadora"),
                Choice(
                    "phone", [.devices: 2, .traces: 1], en: "on the phone", es: "en el celular"),
                Choice(
                    "cloud", [.passphrase: 2, .files: 2], en: "in the cloud or the mail",
                    es: "en la nube o en el correo"),
                Choice(
                    "chat", [.traces: 2, .files: 1], en: "in chats (WhatsApp, Telegram)",
                    es: "en chats (WhatsApp, Telegram)"),
                Choice("paper", [.notes: 1, .backup: 1], en: "on paper", es: "en papel"),
                Choice(
                    "usb", [.files: 2, .backup: 1], en: "on sticks and cards",
                    es: "en memorias y tarjetas"),
            ]),
        RiskQuestion(
            .assets, "carried", en: "How much of it do you carry when you go out?",
            es: "¿Cuánto de eso llevas contigo cuando sales?",
            [
                Choice("all", [.travel: 3, .backup: 1], en: "everything", es: "todo"),
                Choice("some", [.travel: 1], en: "what I need that day", es: "lo de ese día"),
                Choice("none", en: "nothing", es: "nada"),
            ]),
    ]

    // MARK: Who might want it

    private static let adversaries = [
        RiskQuestion(
            .adversaries, "who", several: true, en: "Who might want it, or want you quiet?",
            es: "¿Quién podría quererlo, o quererte callar?",
            [
                Choice(
                    "officials", [.record: 1, .proof: 1, .files: 1],
                    en: "officials or politicians", es: "funcionarios o políticos"),
                Choice(
                    "police", [.travel: 2, .pressure: 1, .record: 1],
                    en: "police, prosecutors, military", es: "policías, fiscalía, militares"),
                Choice(
                    "crime", [.checkIn: 3, .pressure: 2, .keyContact: 1],
                    en: "organised crime", es: "crimen organizado"),
                Choice(
                    "company", [.files: 1, .proof: 2, .record: 1], en: "a company",
                    es: "una empresa"
                ),
                Choice(
                    "near", [.devices: 2, .passphrase: 2], en: "somebody near me",
                    es: "alguien cercano"),
                Choice(
                    "thief", [.devices: 1, .backup: 2], en: "any thief", es: "un ladrón cualquiera"),
                Choice(
                    "trolls", [.passphrase: 2, .record: 1], en: "people who harass online",
                    es: "gente que acosa en redes"),
                Choice("nobody", en: "nobody that I know of", es: "nadie que yo sepa"),
            ]),
        RiskQuestion(
            .adversaries, "means", several: true, en: "What could they do?",
            es: "¿Qué podrían hacer?",
            [
                Choice(
                    "search", [.travel: 3, .notes: 1], en: "search me at a checkpoint",
                    es: "revisarme en un retén"),
                Choice(
                    "take", [.devices: 2, .backup: 2, .notes: 1],
                    en: "take or steal the machine", es: "quitarme o robarme el equipo"),
                Choice(
                    "order", [.pressure: 1, .traces: 1], en: "come with an order of a judge",
                    es: "llegar con una orden"),
                Choice(
                    "spy", [.devices: 2, .people: 1], en: "put a spying program on it",
                    es: "meterle un programa espía"),
                Choice(
                    "force", [.pressure: 3, .checkIn: 1], en: "make me open it",
                    es: "obligarme a abrirlo"),
                Choice(
                    "follow", [.checkIn: 2, .keyContact: 1], en: "follow me", es: "seguirme"),
                Choice(
                    "impersonate", [.people: 3, .passphrase: 1],
                    en: "pass themselves off as a source or as me",
                    es: "hacerse pasar por una fuente o por mí"),
                Choice(
                    "discredit", [.proof: 3, .record: 1], en: "sue me or call me a liar",
                    es: "demandarme o decir que miento"),
            ]),
        RiskQuestion(
            .adversaries, "known", en: "Do they know where you live or which way you go?",
            es: "¿Saben dónde vives o por dónde te mueves?",
            [
                Choice("yes", [.checkIn: 2, .keyContact: 2, .devices: 1], en: "yes", es: "sí"),
                Choice("maybe", [.checkIn: 1], en: "perhaps", es: "quizá"),
                Choice("no", en: "no", es: "no"),
            ]),
        RiskQuestion(
            .adversaries, "access", several: true, en: "Who else gets at your machine or phone?",
            es: "¿Quién más puede tocar tu equipo o tu celular?",
            [
                Choice(
                    "family", [.devices: 1, .passphrase: 1], en: "people at home", es: "en mi casa"),
                Choice(
                    "office", [.devices: 2, .traces: 1], en: "people at work", es: "en el trabajo"),
                Choice(
                    "repair", [.devices: 1, .traces: 2], en: "whoever repairs it",
                    es: "quien lo repara"),
                Choice("nobody", en: "nobody", es: "nadie"),
            ]),
    ]
}
