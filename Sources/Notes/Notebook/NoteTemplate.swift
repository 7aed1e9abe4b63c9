package import Wording

/// A form to begin a note with: headings, each with a reminder of what belongs there.
package enum NoteTemplate: String, CaseIterable, Sendable {
    case interview
    case incident
    case travel
    case source
    case proofOfLife = "proof-of-life"
    case contactSheet = "contact-sheet"
    case wishes

    package struct Section: Hashable, Sendable {
        /// Its name in JSON and CSV.
        package let key: String
        package let heading: Text
        package let reminder: Text

        fileprivate init(
            _ key: String, _ heading: (en: String, es: String), _ reminder: (en: String, es: String)
        ) {
            self.key = key
            self.heading = Text(en: heading.en, es: heading.es)
            self.reminder = Text(en: reminder.en, es: reminder.es)
        }
    }

    package func body(in language: Language) -> String {
        sections.map { "## \($0.heading(language))\n(\($0.reminder(language)))\n\n" }.joined()
    }

    /// What was written under each heading, in either language and by its key; `other` holds what
    /// stands before the first heading and under headings of the writer's own.
    package func answers(in body: [UInt8]) -> [String: String] {
        var answers: [String: String] = [:]
        var key = "other"
        func add(_ line: String) { answers[key, default: ""] += line + "\n" }
        for line in String(decoding: body, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            let line = String(line)
            if line.hasPrefix("## ") {
                let name = Folding.fold(String(line.dropFirst(3)).trimmed)
                let found = sections.first { section in
                    [section.heading.en, section.heading.es].contains { Folding.fold($0) == name }
                }
                key = found?.key ?? "other"
                if found == nil { add(line) }
            } else if !isReminder(line.trimmed) {
                add(line)
            }
        }
        return answers.mapValues(\.trimmed).filter { !$0.value.isEmpty }
    }

    private func isReminder(_ line: String) -> Bool {
        sections.contains { line == "(\($0.reminder.en))" || line == "(\($0.reminder.es))" }
    }

    package var sections: [Section] {
        switch self {
        case .interview: Self.interviewSections
        case .incident: Self.incidentSections
        case .travel: Self.travelSections
        case .source: Self.sourceSections
        case .proofOfLife: Self.proofOfLifeSections
        case .contactSheet: Self.contactSheetSections
        case .wishes: Self.wishesSections
        }
    }

    private static let interviewSections = [
        Section(
            "terms", ("On what terms", "En qué condiciones"),
            (
                "on the record, background, off the record; may it be recorded?",
                "con nombre, sin atribución, en confianza; ¿se puede grabar?"
            )),
        Section(
            "who", ("Who speaks", "Quién habla"),
            (
                "a name that gives nobody away, if it must not be known",
                "un nombre que no delate a nadie, si no debe saberse"
            )),
        Section(
            "questions", ("Questions", "Preguntas"), ("the hard one too", "también la difícil")),
        Section(
            "answers", ("Answers", "Respuestas"),
            ("word for word where it matters", "textual donde importe")),
        Section(
            "check", ("To check", "Por verificar"),
            ("who or what could confirm it", "quién o qué puede confirmarlo")),
        Section(
            "agreed", ("What was agreed", "Lo acordado"),
            (
                "next contact, what may be published and when",
                "próximo contacto, qué se puede publicar y cuándo"
            )),
    ]

    /// What Mexican organisations and the Protection Mechanism ask for.
    private static let incidentSections = [
        Section(
            "what", ("What happened", "Qué pasó"),
            (
                "in the order in which it happened; words that were said, as they were said",
                "en el orden en que pasó; lo que se dijo, como se dijo"
            )),
        Section(
            "when", ("When", "Cuándo"),
            ("day and hour, from when to when", "día y hora, desde cuándo y hasta cuándo")),
        Section(
            "where", ("Where", "Dónde"),
            ("place, street, municipality, state", "lugar, calle, municipio, estado")),
        Section(
            "who", ("Against whom", "Contra quién"),
            (
                "name, medium, what she or he was covering",
                "nombre, medio, qué estaba cubriendo"
            )),
        Section(
            "kind", ("Kind of aggression", "Tipo de agresión"),
            (
                "threat, attack, robbery, surveillance, arrest, legal pressure, campaign, other",
                "amenaza, ataque, robo, vigilancia, detención, acoso judicial, campaña, otra"
            )),
        Section(
            "perpetrator", ("Possible perpetrator", "Posible agresor"),
            (
                "who, or what was seen: uniform, vehicle, plates, account; and how you know",
                "quién, o lo que se vio: uniforme, vehículo, placas, cuenta; y cómo lo sabes"
            )),
        Section(
            "evidence", ("Evidence", "Pruebas"),
            (
                "what there is and where; keep the files with amparo note attach",
                "qué hay y dónde; guarda los archivos con amparo note attach"
            )),
        Section(
            "complaints", ("Earlier incidents and complaints", "Antecedentes y denuncias"),
            (
                "what happened before, where it was reported, and what came of it",
                "qué pasó antes, dónde se denunció y en qué quedó"
            )),
        Section(
            "file_number", ("File number", "Número de expediente"),
            (
                "prosecutor's office, human rights commission, Protection Mechanism",
                "fiscalía, comisión de derechos humanos, Mecanismo de Protección"
            )),
        Section(
            "risk", ("Risk to others", "Riesgo para otras personas"),
            (
                "family, sources, colleagues; what they need",
                "familia, fuentes, colegas; qué necesitan"
            )),
    ]

    private static let travelSections = [
        Section(
            "route", ("Route", "Ruta"),
            ("where from, where to, by what roads", "de dónde, a dónde, por qué caminos")),
        Section(
            "times", ("Times", "Horarios"),
            ("leaving, arriving, coming back", "salida, llegada, regreso")),
        Section(
            "transport", ("Vehicle and lodging", "Vehículo y hospedaje"),
            ("plates, driver, hotel, its phone", "placas, chofer, hotel y su teléfono")),
        Section(
            "people", ("Who knows", "Quién sabe"),
            (
                "who travels along, who was told, whom you meet",
                "quién va contigo, a quién avisaste, a quién vas a ver"
            )),
        Section(
            "risks", ("Risks", "Riesgos"),
            (
                "checkpoints, stretches without signal, what happened there lately",
                "retenes, tramos sin señal, qué ha pasado ahí hace poco"
            )),
        Section(
            "silence", ("If I do not report", "Si no me reporto"),
            ("what to do, in what order, whom to call", "qué hacer, en qué orden, a quién llamar")),
    ]

    private static let sourceSections = [
        Section(
            "alias", ("Name for this source", "Nombre para esta fuente"),
            ("never the real one", "nunca el verdadero")),
        Section(
            "contact", ("How to get in touch", "Cómo comunicarse"),
            (
                "by what way, at what hours, what to say first",
                "por qué vía, a qué horas, qué decir primero"
            )),
        Section(
            "knows", ("What they know and how", "Qué sabe y cómo lo sabe"),
            ("saw it, heard it, has papers", "lo vio, lo oyó, tiene papeles")),
        Section(
            "promised", ("What I promised", "Lo que prometí"),
            ("and until when it holds", "y hasta cuándo vale")),
        Section(
            "risk", ("Risk to the source", "Riesgo para la fuente"),
            (
                "who would want to know; what would give them away",
                "quién querría saber; qué la delataría"
            )),
    ]

    /// Four pairs: two people may have to ask, and none is asked twice.
    private static let proofOfLifeSections = [
        Section(
            "question", ("A question only I can answer", "Una pregunta que solo yo sé contestar"),
            ("nothing that a network profile tells", "nada que se vea en redes")),
        Section(
            "answer", ("The right answer", "La respuesta correcta"),
            ("as I would say it", "como yo la diría")),
        Section(
            "question_2", ("Second question", "Segunda pregunta"),
            ("something only two people saw", "algo que solo vieron dos personas")),
        Section(
            "answer_2", ("Second answer", "Segunda respuesta"), ("short", "corta")),
        Section(
            "question_3", ("Third question", "Tercera pregunta"),
            ("a joke, a nickname, a mistake", "una broma, un apodo, un error")),
        Section("answer_3", ("Third answer", "Tercera respuesta"), ("short", "corta")),
        Section(
            "question_4", ("Fourth question", "Cuarta pregunta"),
            ("one for whoever has asked before", "para quien ya preguntó antes")),
        Section("answer_4", ("Fourth answer", "Cuarta respuesta"), ("short", "corta")),
        Section(
            "duress", ("The answer if I am forced", "La respuesta si me obligan"),
            ("it must sound right to others", "que a otros les suene bien")),
    ]

    private static let contactSheetSections = [
        Section(
            "name", ("Full name", "Nombre completo"),
            ("as it stands on my papers; date of birth", "como en mi identificación; nacimiento")),
        Section(
            "phones", ("Phones", "Teléfonos"),
            ("mine, in order; who answers at home", "los míos, en orden; quién contesta en casa")),
        Section(
            "blood", ("Blood type", "Tipo de sangre"), ("and allergies", "y alergias")),
        Section(
            "medication", ("Medication", "Medicinas"),
            ("what I take, when, and for what", "qué tomo, cuándo y para qué")),
        Section(
            "emergency_1", ("Emergency contact", "Contacto de emergencia"),
            ("name, relation, phone", "nombre, parentesco, teléfono")),
        Section(
            "emergency_2", ("Second emergency contact", "Segundo contacto de emergencia"),
            ("name, relation, phone", "nombre, parentesco, teléfono")),
        Section(
            "institutions", ("Who can move institutions", "Quién puede mover instituciones"),
            (
                "lawyer, editor, organisation, Protection Mechanism; what each of them can do",
                "abogado, editora, organización, Mecanismo de Protección; qué puede cada quien"
            )),
        Section(
            "marks", ("What I look like", "Cómo soy"),
            (
                "marks, height, what I wear today; keep a photo with amparo note attach",
                "señas, estatura, qué llevo hoy; guarda una foto con amparo note attach"
            )),
    ]

    private static let wishesSections = [
        Section(
            "publicity", ("Publicity", "Publicidad"),
            (
                "whether to publish that I am missing, when, who decides, who must not",
                "si se publica que no aparezco, cuándo, quién decide, quién no debe"
            )),
        Section(
            "family", ("Family", "Familia"),
            (
                "who is told, by whom, in what words; who is not",
                "a quién se le dice, quién se lo dice y con qué palabras; a quién no"
            )),
        Section(
            "authorities", ("Authorities", "Autoridades"),
            (
                "whom to trust, whom not; which complaint",
                "en quién confiar y en quién no; qué denuncia"
            )),
        Section(
            "work", ("My work", "Mi trabajo"),
            (
                "what may be published without me, and who has it",
                "qué se puede publicar sin mí y quién lo tiene"
            )),
        Section(
            "sources", ("My sources", "Mis fuentes"),
            ("whom to warn, and how", "a quién avisar y cómo")),
    ]
}
