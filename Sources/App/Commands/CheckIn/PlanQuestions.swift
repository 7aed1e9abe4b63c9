internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Wording

/// What a person at a terminal is asked about a new plan when she left it out. An answer that
/// cannot be read is asked again; Ctrl-C ends it.
struct PlanQuestions {
    private let invocation: Invocation

    /// What people type who mean nothing and nobody.
    static let nobody: Set<String> = ["no", "none", "nobody", "nadie", "ninguno", "ninguna"]

    init(_ invocation: Invocation) { self.invocation = invocation }

    func label(_ read: (String) throws -> PlanLabel) throws -> PlanLabel {
        let question = Text(
            en: "What do you want to call the plan? (one word, such as xalapa)",
            es: "¿Cómo quieres llamar al plan? (una palabra, como xalapa)")
        return try answer(question, instead: "LABEL", read: read)
    }

    func interval() throws -> Duration {
        let question = Text(
            en: "How often do you report in? [6h]", es: "¿Cada cuánto te reportas? [6h]")
        return try answer(question, instead: "--every") { typed in
            // Whoever is asked has typed no option.
            guard let every = DurationArgument.parse(typed.isEmpty ? "6h" : typed) else {
                throw Failure(
                    .usage,
                    Text(en: "'\(typed)' is no length of time", es: "«\(typed)» no es un tiempo"),
                    hint: Text(
                        en: "write 30m, 6h or 2d; Ctrl-C leaves",
                        es: "escribe 30m, 6h o 2d; con Ctrl-C lo dejas"))
            }
            do throws(CheckInError) {
                _ = try Promise.interval(every, end: nil).first(
                    armed: invocation.world.clock.now)
            } catch { throw error.failure }
            return every
        }
    }

    /// For what is reported once.
    func hour() throws -> When {
        let question = Text(
            en: "By what hour do you report in? (HH:MM, or 'YYYY-MM-DD HH:MM')",
            es: "¿Antes de qué hora te reportas? (HH:MM, o «AAAA-MM-DD HH:MM»)")
        return try answer(question, instead: "--once") { typed in
            try When.parse(typed, for: "--once")
        }
    }

    func firstTier() throws -> Tier {
        let question = Text(
            en: "Who is told first? (a contact's name)",
            es: "¿A quién se avisa primero? (el nombre de un contacto)")
        return try answer(question, instead: "--tier") { typed in
            let names = typed.split(separator: ",").map { String($0).withoutOuterSpace }
            guard !names.isEmpty, names.allSatisfy({ !$0.isEmpty }) else {
                throw Failure(
                    .usage,
                    Text(
                        en: "somebody has to hear the alert", es: "alguien tiene que oír la alerta"),
                    hint: Text(
                        en: "write the name of one of your contacts; Ctrl-C leaves, and then:"
                            + " amparo contact add",
                        es: "escribe el nombre de uno de tus contactos; con Ctrl-C lo dejas, y"
                            + " entonces: amparo contact add"))
            }
            return Tier(offset: .zero, contacts: names)
        }
    }

    /// The first tier once more, until `known` takes it.
    func tier(beginningWith tier: Tier, _ known: (Tier) throws -> Tier) throws -> Tier {
        var tier = tier
        while true {
            do { return try known(tier) } catch let error as KeyringError {
                invocation.warn(error.failure.message)
                if let hint = error.failure.hint { invocation.say(hint) }
                tier = try firstTier()
            }
        }
    }

    /// nil for a plan without an end.
    func end(in zone: TimeZoneRules) throws -> When? {
        let question = Text(
            en: "Until when? (HH:MM or 'YYYY-MM-DD HH:MM'; Enter: no end)",
            es: "¿Hasta cuándo? (HH:MM o «AAAA-MM-DD HH:MM»; Enter: sin fin)")
        return try answer(question, instead: "--until") { typed in
            guard !typed.isEmpty else { return nil }
            let end = try When.parse(typed, for: "--until")
            let now = invocation.world.clock.now
            guard end.moment(after: now, in: zone) > now else {
                throw CheckInError.past.failure
            }
            return end
        }
    }

    /// nil where nobody is asked.
    func alias(_ login: String?) throws -> String? {
        guard invocation.canConverse else { return nil }
        // Accounts that everybody has name nobody.
        let login = login.flatMap { ["root", "amnesia"].contains($0) ? nil : $0 }
        let preset = login.map { " [\($0)]" } ?? ""
        let question = Text(
            en: "Under which name do your contacts know you? Alerts will say it:\(preset)",
            es: "¿Con qué nombre te conocen tus contactos? Las alertas lo dirán:\(preset)")
        return try answer(question, instead: "--alias") { typed in
            guard let name = typed.isEmpty ? login : typed else {
                throw Failure(
                    .usage, Text(en: "a name is needed", es: "hace falta un nombre"))
            }
            return name
        }
    }

    // MARK: Where the hours count

    private static let zones: [(zone: String, words: Text)] = [
        (
            "America/Mexico_City",
            Text(en: "Central (Mexico City, Veracruz)", es: "Centro (CDMX, Veracruz)")
        ),
        ("America/Mazatlan", Text(en: "Pacific (Mazatlán)", es: "Pacífico (Mazatlán)")),
        ("America/Tijuana", Text(en: "Northwest (Tijuana)", es: "Noroeste (Tijuana)")),
        ("America/Cancun", Text(en: "Quintana Roo (Cancún)", es: "Quintana Roo (Cancún)")),
    ]

    func zone(_ catalog: ZoneCatalog) throws -> TimeZoneRules {
        var question = Text(en: "Where do the hours count?", es: "¿Dónde cuentan las horas?")
        for (index, choice) in Self.zones.enumerated() {
            question = question + Text(verbatim: "\n  \(index + 1)) ") + choice.words
        }
        question =
            question
            + Text(
                en: "\nor another, such as America/Bogota [1]",
                es: "\nu otra, como America/Bogota [1]")
        return try answer(question, instead: "--zone") { typed in
            if let choice = Self.choice(typed), let rules = try? catalog.rules(choice) {
                return rules
            }
            // A city alone is how people name their hour.
            let city = String(typed.map { $0 == " " ? "_" : $0 })
            for name in [typed, "America/" + city] {
                if let rules = try? catalog.rules(name) { return rules }
            }
            throw Failure(
                .usage,
                Text(
                    en: "no zone is called '\(typed)'; type a number of the list, or region and"
                        + " city: America/Monterrey",
                    es: "ninguna zona se llama «\(typed)»; escribe un número de la lista, o región"
                        + " y ciudad: America/Monterrey"))
        }
    }

    /// A number of the list, or a word of one of its lines.
    private static func choice(_ typed: String) -> String? {
        if typed.isEmpty { return zones[0].zone }
        if let number = Int(typed) {
            return zones.indices.contains(number - 1) ? zones[number - 1].zone : nil
        }
        let word = typed.lowercased()
        return zones.first { zone in
            [zone.words.en, zone.words.es].contains { line in
                line.lowercased().split { " (),".contains($0) }.contains { $0 == word }
            }
        }?.zone
    }

    // MARK: Asking

    func answer<R>(
        _ question: Text, instead option: String, read: (String) throws -> R
    ) throws -> R {
        while true {
            let typed = try invocation.ask(question, instead: option).withoutOuterSpace
            do { return try read(typed) } catch let error as any Explainable {
                let failure = error.failure
                invocation.warn(failure.message)
                if let hint = failure.hint { invocation.say(hint) }
            }
        }
    }
}
