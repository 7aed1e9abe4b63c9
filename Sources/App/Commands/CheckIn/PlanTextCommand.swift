internal import CheckIn
internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Platform
internal import Vault
internal import Watch
internal import Wording

extension CheckInCommands {
    static let planText = Command(
        "text", aliases: ["texts"], spanish: ["texto", "textos", "palabras"],
        Text(
            en: "Show and change the words that people will read",
            es: "Muestra y cambia las palabras que la gente va a leer"),
        why: Text(
            en: """
                Without a kind it lists all texts, with a kind it shows one, as it is kept and as it \
                would arrive. Write your own for each kind, length, language and tier. Names in \
                curly brackets are filled in when the message is sent. What is a drill and what is \
                not, the code that confirms, the mark of a repeat and, under duress, "do NOT call" \
                are added by the program and cannot be taken away.
                """,
            es: """
                Sin tipo los lista todos; con un tipo muestra uno, como está guardado y como \
                llegaría. Puedes escribir el tuyo para cada tipo, largo, idioma y grupo. Los nombres \
                entre llaves se llenan al mandar el mensaje. Qué es simulacro y qué no, el código \
                que confirma, la marca de repetición y, bajo amenaza, «NO le llames», los pone el \
                programa y no se pueden quitar.
                """),
        options: [
            .value(
                "length", "mail|push|sms",
                Text(
                    en: "which length; mail if left out",
                    es: "qué largo; el del correo si falta")),
            .value(
                "tier", "N",
                Text(
                    en: "only for this tier, counted from 1",
                    es: "solo para este grupo, contando desde 1")),
            .value(
                "in", "en|es",
                Text(
                    en: "in which language; yours if left out",
                    es: "en qué idioma; si falta, el tuyo")
            ),
            .value(
                "body", "FILE",
                Text(
                    en: "keep the words of this file; - is standard input",
                    es: "guarda las palabras de este archivo; - es la entrada estándar")),
            .value(
                "subject", "TEXT",
                Text(
                    en: "with this subject; only for mail", es: "con este asunto; solo en correo")),
            .flag(
                "reset",
                Text(en: "go back to the usual words", es: "vuelve a las palabras de siempre")),
        ],
        conflicts: [
            Conflict(
                "reset", "body",
                hint: Text(en: "first one, then the other", es: "primero uno y luego el otro"))
        ],
        arguments: [
            label,
            Argument(
                "KIND", .optional,
                Text(
                    en: "such as alert, duress, all-clear, reminder",
                    es: "como alert, duress, all-clear, reminder")),
        ],
        examples: [
            "amparo checkin plan text xalapa",
            "amparo checkin plan text xalapa alert --length sms",
            "amparo checkin plan text xalapa alert --in es --body words.txt",
        ], run: showOrChangeText)

    @Sendable private static func showOrChangeText(_ invocation: Invocation) throws {
        guard let word = invocation.argument("KIND") else { return try listTexts(invocation) }
        let key = try textKey(word, invocation)
        if invocation.flag("reset") || invocation.value("body") != nil {
            return try changeText(key, invocation)
        }
        guard invocation.value("subject") == nil else {
            throw Failure(
                .usage,
                Text(
                    en: "a subject comes with a text", es: "un asunto va con un texto"),
                hint: Text(
                    en: "add the words: --body FILE", es: "agrega las palabras: --body ARCHIVO"))
        }
        try showText(key, invocation)
    }

    // MARK: Which one

    private struct TextKey {
        let kind: MessageKind
        let key: PlanText.Key
    }

    private static func textKey(_ word: String, _ invocation: Invocation) throws -> TextKey {
        guard let kind = MessageKind.editable.first(where: { $0.word == word }) else {
            let words = MessageKind.editable.map(\.word).joined(separator: ", ")
            throw Failure(
                .usage,
                Text(
                    en: "no text is called '\(word)'", es: "ningún texto se llama «\(word)»"),
                hint: Text(en: "there are: \(words)", es: "hay: \(words)"))
        }
        let length: TextLength =
            switch invocation.value("length") {
            case "push": .push
            case "sms": .sms
            default: .mail
            }
        let language =
            invocation.value("in").flatMap(Language.init(rawValue:)) ?? invocation.language
        return TextKey(
            kind: kind,
            key: PlanText.Key(
                kind: kind.rawValue, tier: try tier(of: kind, invocation), length: length,
                language: language))
    }

    private static func tier(of kind: MessageKind, _ invocation: Invocation) throws -> Int? {
        guard let text = invocation.value("tier") else { return nil }
        guard [.alert, .duress].contains(kind), let number = Int(text), (1...64).contains(number)
        else {
            throw Failure(
                .usage,
                Text(
                    en: "tiers are counted from 1, and only alert and duress have them",
                    es: "los grupos se cuentan desde 1, y solo alert y duress los tienen"))
        }
        return number - 1
    }

    // MARK: Reading

    private static func listTexts(_ invocation: Invocation) throws {
        let plan = try invocation.withVault { vault in
            try PlanBook(Keyring(vault)).find(invocation.argument("LABEL") ?? "")
        }
        if invocation.json {
            let own = plan.texts.all.compactMap { text -> JSON? in
                guard let kind = MessageKind(rawValue: text.key.kind) else { return nil }
                return [
                    "kind": .text(kind.word), "length": .text("\(text.key.length)"),
                    "language": .text(text.key.language.rawValue),
                    "tier": text.key.tier.map { JSON.number(Int64($0 + 1)) } ?? .null,
                    "subject": .text(orNull: text.subject), "body": .text(text.body),
                ]
            }
            return try invocation.printJSON([
                "plan": .text(plan.id.description),
                "kinds": .list(MessageKind.editable.map(\.word)),
                "texts": .list(own),
            ])
        }
        let rows = MessageKind.editable.map { kind in
            let own = plan.texts.all.filter { $0.key.kind == kind.rawValue }.map { text in
                let tier = text.key.tier.map { " \($0 + 1)" } ?? ""
                return "\(text.key.length) \(text.key.language.rawValue)\(tier)"
            }
            let usual = Text(en: "usual", es: "el de siempre")(invocation.language)
            let yours = Text(en: "yours: ", es: "tuyo: ")(invocation.language)
            return [kind.word, own.isEmpty ? usual : yours + own.joined(separator: ", ")]
        }
        try invocation.print(columns: rows)
    }

    private static func showText(_ chosen: TextKey, _ invocation: Invocation) throws {
        let (plan, muster) = try invocation.withVault { vault -> (Plan, Muster) in
            let keyring = Keyring(vault)
            let plan = try PlanBook(keyring).find(invocation.argument("LABEL") ?? "")
            return (plan, try Muster(plan, keyring))
        }
        let key = chosen.key
        let language = key.language
        let own = plan.texts[key.kind, tier: key.tier, key.length, language]
        let usual = chosen.kind.words
        let subject =
            try key.length == .mail
            ? source(own?.subject ?? usual.subject(language), language) : nil
        let body = try source(own?.body ?? usual.body(key.length)(language), language)
        let arrives = try preview(chosen, plan, muster, invocation)
        if invocation.json {
            return try invocation.printJSON([
                "kind": .text(chosen.kind.word), "length": .text("\(key.length)"),
                "language": .text(language.rawValue), "own": .bool(own != nil),
                "subject": .text(orNull: subject), "body": .text(body),
                "preview": .text(orNull: arrives),
            ])
        }
        if let subject { try invocation.print(subject + "\n") }
        try invocation.print(body)
        guard let arrives else { return }
        invocation.say(
            Text(
                en: "\nSo it would arrive, if the check-in were missing now:\n",
                es: "\nAsí llegaría, si faltara el reporte de ahora:\n"))
        try invocation.print(arrives)
    }

    /// The words as they were written, with places named in their language.
    private static func source(_ text: String, _ language: Language) throws -> String {
        (try? TextTemplate(parsing: text))?.source(language) ?? text
    }

    private static func preview(
        _ chosen: TextKey, _ plan: Plan, _ muster: Muster, _ invocation: Invocation
    ) throws -> String? {
        let now = invocation.world.clock.now
        let registration = try muster.sample(at: now, invocation.world)
        let catalog = ZoneCatalog.newest(on: invocation.world.files)
        let writer = AlertWriter { try? catalog.rules($0) }
        guard
            let message = writer.preview(
                chosen.kind, registration, tier: chosen.key.tier ?? 0,
                language: chosen.key.language, now: now)
        else { return nil }
        switch chosen.key.length {
        case .mail: return message.subject + "\n\n" + message.text
        case .push: return message.push
        case .sms: return message.sms
        }
    }

    // MARK: Changing

    private static func changeText(_ chosen: TextKey, _ invocation: Invocation) throws {
        let text = try invocation.value("body").map { path in
            PlanText(
                key: chosen.key, subject: invocation.value("subject"),
                body: try words(from: path, invocation))
        }
        if let text {
            do throws(TemplateError) { try text.check(chosen.kind) } catch { throw error.failure }
        }
        let (plan, changed) = try invocation.withVault { vault -> (Plan, Bool) in
            try invocation.requireOuter(vault)
            let book = PlanBook(Keyring(vault))
            var plan = try book.find(invocation.argument("LABEL") ?? "")
            var changed = true
            if let text {
                plan.texts.set(text)
            } else {
                changed = plan.texts.reset(chosen.key)
            }
            if changed { book.replace(plan) }
            return (plan, changed)
        }
        guard changed else {
            return invocation.say(
                Text(
                    en: "those are the usual words already; nothing was changed",
                    es: "ya son las palabras de siempre; no se cambió nada"))
        }
        invocation.acknowledge(
            text == nil
                ? Text(en: "the usual words again", es: "otra vez las palabras de siempre")
                : Text(en: "kept", es: "guardado"))
        if plan.stage == .armed {
            invocation.warn(
                Text(
                    en: "the watcher still has the old words; give it these:"
                        + " amparo checkin plan edit \(plan.label)",
                    es: "el vigilante tiene todavía las palabras de antes; dale estas:"
                        + " amparo checkin plan edit \(plan.label)"))
        }
    }

    private static func words(from path: String, _ invocation: Invocation) throws -> String {
        let limit = 16_384
        let bytes: [UInt8]?
        if path == "-" {
            bytes = try invocation.world.standardInput.readAll(limit: limit)
        } else {
            bytes = try failing(path) { () throws(FileError) in
                try invocation.world.files.read(path, limit: limit)
            }
        }
        guard let bytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(
                .failed,
                Text(
                    en: "that is no text, or far too long", es: "eso no es texto, o es demasiado"))
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix("\r") ? String(line.dropLast()) : String(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
