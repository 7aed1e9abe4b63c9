internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Notebook
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

extension PlanConversation {
    // MARK: Situation

    func situation(_ options: inout PlanOptions) throws {
        var question = Text(en: "What is it for?", es: "¿Para qué es?")
        for (index, preset) in Preset.allCases.enumerated() {
            let (title, gist) = (preset.title, preset.gist)
            question =
                question
                + Text(
                    en: "\n  \(index + 1)) \(title.en): \(gist.en)",
                    es: "\n  \(index + 1)) \(title.es): \(gist.es)")
        }
        question =
            question
            + Text(
                en: "\nA number [3]; all of it can be changed:",
                es: "\nUn número [3]; todo se puede cambiar:")
        let preset = try questions.answer(question, instead: "--preset") { typed in
            if typed.isEmpty { return Preset.travel }
            if let number = Int(typed), Preset.allCases.indices.contains(number - 1) {
                return Preset.allCases[number - 1]
            }
            return try Preset.parse(typed)
        }
        options.set("preset", [preset.rawValue])
    }

    // MARK: People

    func people(_ options: inout PlanOptions) throws {
        let names = keyring.contacts.map(\.name).joined(separator: ", ")
        invocation.say(Text(en: "Your contacts: \(names)", es: "Tus contactos: \(names)"))
        let key = try contacts(
            Text(
                en: "Who hears first, as your key contact?",
                es: "¿A quién se avisa primero, como tu contacto clave?"),
            instead: "--key-contact", isNeeded: true)
        let editor = try contacts(
            Text(
                en: "Then your editor or lawyer? (Enter: nobody)",
                es: "¿Y después, a tu editora o abogado? (Enter: a nadie)"),
            instead: "--editor", isNeeded: false)
        let organisation = try contacts(
            Text(
                en: "And at the end, an organisation? (Enter: nobody)",
                es: "¿Y al final, a una organización? (Enter: a nadie)"),
            instead: "--organisation", isNeeded: false)
        options.set("key-contact", key)
        options.set("editor", editor)
        options.set("organisation", organisation)
    }

    private func contacts(_ question: Text, instead option: String, isNeeded: Bool) throws
        -> [String]
    {
        try questions.answer(question, instead: option) { typed in
            let names = typed.split(separator: ",").map { String($0).withoutOuterSpace }
            guard !isNeeded || !names.isEmpty else { throw CheckInError.noTier }
            return try names.map { try keyring.contact(named: $0).name }
        }
    }

    // MARK: Name and number

    func name(_ options: inout PlanOptions) throws {
        let environment = invocation.world.environment
        let login = ["LOGNAME", "USER"].compactMap { environment[$0] }.first { !$0.isEmpty }
        let alias = try questions.alias(login) ?? label.text
        let phone = try questions.answer(
            Text(
                en: "A number under which they can call you? (Enter: none)",
                es: "¿Un número al que puedan llamarte? (Enter: ninguno)"), instead: "--phone"
        ) { typed in try Self.phone(typed) }
        options.set("alias", [alias])
        options.set("phone", phone.isEmpty ? [] : [phone])
    }

    /// It is dialled at three in the morning.
    private static func phone(_ typed: String) throws -> String {
        guard !PlanQuestions.nobody.contains(typed.lowercased()) else { return "" }
        guard typed.isEmpty || typed.filter(\.isNumber).count >= 3 else {
            throw Failure(
                .usage,
                Text(en: "'\(typed)' is no telephone number", es: "«\(typed)» no es un teléfono"),
                hint: Text(
                    en: "write it as it is dialled, such as +52 228 000 0000; Enter: none",
                    es: "escríbelo como se marca, por ejemplo +52 228 000 0000; Enter: ninguno"))
        }
        return typed
    }

    // MARK: Hours

    func place(_ options: inout PlanOptions) throws {
        options.set("zone", [try PlanDraft.zone(options, invocation, questions).name])
    }

    /// Asked again as a whole until they can be kept.
    func hours(_ options: inout PlanOptions) throws {
        let preset = try Preset.parse(options.value("preset") ?? Preset.travel.rawValue)
        while true {
            var whole = options
            if preset.rhythm.isEmpty {
                whole = try once(whole)
            } else {
                whole = try until(rhythm(whole, preset))
            }
            guard try areWanted(whole) else { continue }
            options = whole
            return
        }
    }

    private func areWanted(_ options: PlanOptions) throws -> Bool {
        for doubt in try PlanDraft(label, options, [], invocation).doubts()
        where try !invocation.confirm(doubt.question) {
            return false
        }
        return true
    }

    private func once(_ options: PlanOptions) throws -> PlanOptions {
        try questions.answer(
            Text(
                en: "By what hour do you report in? (HH:MM, or 'YYYY-MM-DD HH:MM')",
                es: "¿Antes de qué hora te reportas? (HH:MM, o «AAAA-MM-DD HH:MM»)"),
            instead: "--once"
        ) { typed in
            var options = options
            options.set("once", [try dated(typed, for: "--once", options)])
            options.set("until", [])
            _ = try PlanDraft(label, options, [], invocation)
            return options
        }
    }

    private func rhythm(_ options: PlanOptions, _ preset: Preset) throws -> PlanOptions {
        let gist = preset.gist
        return try questions.answer(
            Text(
                en: "When? Enter: \(gist.en). Or your own: hours (09:00,21:00) or how often (2h)",
                es: "¿Cuándo? Enter: \(gist.es). O lo tuyo: horas (09:00,21:00) o cada cuánto (2h)"
            ), instead: "--daily"
        ) { typed in
            var options = options
            if !typed.isEmpty {
                options.set(HourList.parse(typed) == nil ? "every" : "daily", [typed])
            }
            _ = try Rhythm(options)
            return options
        }
    }

    private func until(_ options: PlanOptions) throws -> PlanOptions {
        try questions.answer(
            Text(
                en: "Until when? (HH:MM or 'YYYY-MM-DD HH:MM'; Enter: no end)",
                es: "¿Hasta cuándo? (HH:MM o «AAAA-MM-DD HH:MM»; Enter: sin fin)"),
            instead: "--until"
        ) { typed in
            var options = options
            let end = typed.isEmpty ? nil : try dated(typed, for: "--until", options)
            options.set("until", [end].compactMap { $0 })
            _ = try PlanDraft(label, options, [], invocation)
            return options
        }
    }

    /// With its day: a draft may be gone on with tomorrow.
    private func dated(_ typed: String, for place: String, _ options: PlanOptions) throws
        -> String
    {
        let rules = try PlanDraft.zone(options, invocation, questions)
        let moment = try When.parse(typed, for: place)
            .moment(after: invocation.world.clock.now, in: rules)
        guard moment > invocation.world.clock.now else { throw CheckInError.past }
        return rules.local(at: moment).description
    }

    // MARK: Sheets

    private static let kinds: [(name: Text, what: Text)] = [
        (
            Text(en: "itinerary", es: "itinerario"),
            Text(en: "your itinerary", es: "tu itinerario")
        ),
        (
            Text(en: "contact-sheet", es: "ficha"),
            Text(
                en: "your contact sheet (blood type, medication, family)",
                es: "tu ficha (tipo de sangre, medicinas, familia)")
        ),
        (
            Text(en: "proof-of-life", es: "prueba-de-vida"),
            Text(en: "your proof of life", es: "tu prueba de vida")
        ),
        (Text(en: "wishes", es: "deseos"), Text(en: "your wishes", es: "tus deseos")),
    ]

    func sheets(_ options: inout PlanOptions) throws {
        let notebook = Notebook(vault)
        let notes = notebook.notes().sorted { $0.modified > $1.modified }.prefix(8)
        guard !notes.isEmpty else {
            invocation.say(
                Text(
                    en: "You have no notes that could go with an alert, sealed; to add some later:"
                        + " amparo note new --template travel",
                    es: "No tienes apuntes que pudieran ir sellados con la alerta; para agregar"
                        + " después: amparo note new --template viaje"))
            return options.set("sheet", [])
        }
        invocation.say(
            Text(
                en: "Notes can go with the alert, sealed to those who hear it. Your newest:",
                es: "Puedes mandar apuntes con la alerta, sellados para quienes la reciban. Los más"
                    + " nuevos:"))
        for note in notes {
            invocation.say(Text(verbatim: "  \(note.id.description.prefix(8))  \(note.title)"))
        }
        var sheets: [String] = []
        for kind in Self.kinds {
            let id = try questions.answer(
                Text(
                    en: "Which note has \(kind.what.en)? (its id; Enter: none)",
                    es: "¿Qué apunte tiene \(kind.what.es)? (su identificador; Enter: ninguno)"),
                instead: "--sheet"
            ) { typed -> String? in
                guard !typed.isEmpty else { return nil }
                return try NoteCommands.lookUp(typed, in: notebook).id.description
            }
            if let id { sheets.append("\(kind.name(invocation.language))=\(id)") }
        }
        options.set("sheet", sheets)
    }

    // MARK: Codes

    /// Whether a second code is made, for use under duress.
    func wantsDuress() throws -> Bool {
        guard !invocation.flag(PlanCodes.option.long) else { return true }
        return try invocation.choose(
            Text(
                en: "With a code for when somebody forces you? It is of use only where the machine"
                    + " of a colleague watches (hand-over).",
                es: "¿Con un código para cuando alguien te obligue? Sirve solo si vigila el equipo"
                    + " de un colega (entrega)."), preset: false)
    }

    /// Asked last and kept nowhere but in the plan: hidden, like a passphrase.
    func codeWords(_ plan: PlanOptions) throws -> [CodeWord] {
        let given = try CodeWords.read(invocation)
        guard given.isEmpty else { return given }
        let names = PlanOptions.roles.flatMap { plan.values($0) }
        let readers = try names.filter { try !keyring.contact(named: $0).recipients.isEmpty }
        guard !readers.isEmpty else { return [] }
        invocation.say(
            Text(
                en: "A code word, agreed face to face, shows a contact that an alert is real.",
                es: "Un santo y seña, acordado en persona, le muestra a un contacto que la alerta"
                    + " es real."))
        var words: [CodeWord] = []
        for name in readers {
            let wanted = try invocation.choose(
                Text(en: "Do you have one with \(name)?", es: "¿Tienes uno con \(name)?"),
                preset: false)
            guard wanted else { continue }
            words.append(try codeWord(with: name))
        }
        return words
    }

    private func codeWord(with name: String) throws -> CodeWord {
        while true {
            let typed = try invocation.passphrase(
                option: CodeWords.option.long,
                prompt: Text(en: "code word with \(name)", es: "santo y seña con \(name)"))
            if let word = typed.withBytes({ CodeWords.word(typed: $0, of: name) }) { return word }
            invocation.warn(
                Text(
                    en: "a code word is one line of 200 bytes at most",
                    es: "un santo y seña es una línea de 200 bytes cuando mucho"))
        }
    }
}
