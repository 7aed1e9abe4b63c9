internal import Age
internal import CommandLineKit
internal import Curriculum
internal import Encoding
internal import Keyring
internal import Notebook
internal import Passphrases
internal import Platform
internal import Risk
internal import Secrets
internal import Wording

/// Lessons 1 to 4: risk, passphrases, devices, notes.
extension LessonChecks {
    private static let riskTag = Text(en: "risk", es: "riesgo")
    private static let riskFile = Text(en: "risk.txt", es: "riesgo.txt")

    /// So many answers make a page that is about somebody.
    private static let answersAtLeast = 20

    static let risk: [String: Look] = [
        "answers": { view in
            let answered = RiskPlan(RiskBook(view.vault).answers).answered
            guard answered < answersAtLeast else { return nil }
            return Text(
                en: "\(answered) of \(answersAtLeast) questions are answered: amparo risk",
                es: "hay \(answered) de \(answersAtLeast) preguntas respondidas: amparo risk")
        },
        "actions": { view in
            let notes = view.notes(tagged: riskTag)
            guard !notes.isEmpty else { return noNote(tagged: riskTag) }
            let actions = RiskPlan(RiskBook(view.vault).answers).actions.map(\.need.action)
            // As the page numbers them, in the language in which it was made.
            let most =
                notes.map { note in
                    let lines = Set(view.lines(note))
                    return actions.enumerated().count { place, action in
                        lines.contains("\(place + 1). \(action.en)")
                            || lines.contains("\(place + 1). \(action.es)")
                    }
                }.max() ?? 0
            guard most < RiskPlan.count else { return nil }
            return Text(
                en: "\(most) of your five actions stand there: amparo risk --plan",
                es: "ahí están \(most) de tus cinco acciones: amparo risk --plan")
        },
        "plain": gone(riskFile),
    ]

    // MARK: Passphrases

    private static let message = Text(en: "message.txt", es: "recado.txt")
    private static let sealedMessage = Text(en: "message.txt.age", es: "recado.txt.age")
    private static let byHeart = Text(
        en: "your passphrase, from memory", es: "tu frase de contraseña, de memoria")

    static let passphrases: [String: Look] = [
        "sealed": { view in
            guard let bytes = view.bytes(sealedMessage) else {
                return noFile(sealedMessage, view)
            }
            let file = try? SealedFile(reading: GivenInput(bytes))
            return file?.wantsPassphrase == true
                ? nil
                : Text(
                    en: "it is not encrypted with a passphrase: amparo encrypt -p",
                    es: "no está cifrado con una frase de contraseña: amparo encrypt -p")
        },
        "memory": { view in
            guard let bytes = view.bytes(sealedMessage) else {
                return noFile(sealedMessage, view)
            }
            let phrase = FilePassphrase(spellings: [try view.fromMemory(byHeart)])
            return view.opened(bytes, with: [phrase]) != nil
                ? nil
                : Text(
                    en:
                        "what you typed does not open it; rehearse: amparo passphrase --own --rehearse",
                    es: "lo que escribiste no lo abre; ensaya: amparo passphrase --own --rehearse")
        },
        "strong": { view in
            guard view.bytes(sealedMessage) != nil else { return noFile(sealedMessage, view) }
            let phrase = try view.fromMemory(byHeart)
            let strength = phrase.bytes.withBytes { Strength(of: $0) }
            return strength.verdict == .strong
                ? nil
                : Text(
                    en:
                        "about \(strength.bits) bits; \(Strength.strongBits) are strong: six words by lot",
                    es:
                        "unos \(strength.bits) bits; fuerte es desde \(Strength.strongBits): seis palabras "
                        + "al azar")
        },
        "plain": gone(message),
    ]

    // MARK: Devices

    private static let devicesTag = Text(en: "devices", es: "equipos")
    private static let reviewTag = Text(en: "review", es: "revision")

    /// Lines as doctor and travel mark them.
    static func isExamination(_ lines: [String]) -> Bool {
        let marks = ["+ ", "! ", "X ", "? "]
        return lines.count { line in marks.contains { line.hasPrefix($0) } } >= 4
    }

    static let devices: [String: Look] = [
        "inventory": { view in
            let notes = view.notes(tagged: devicesTag)
            guard !notes.isEmpty else { return noNote(tagged: devicesTag) }
            let most =
                notes.map { note in
                    view.lines(note).count { $0.split(separator: " - ").count >= 3 }
                }.max() ?? 0
            guard most < 3 else { return nil }
            return Text(
                en: "\(most) lines say 'thing - what is on it - who uses it'; three are needed",
                es: "\(most) renglones dicen «cosa - qué hay ahí - quién la usa»; hacen falta tres")
        },
        "review": { view in
            let notes = view.notes(tagged: reviewTag)
            guard !notes.isEmpty else { return noNote(tagged: reviewTag) }
            return notes.contains { isExamination(view.lines($0)) }
                ? nil
                : Text(
                    en: "the note does not hold what amparo doctor says",
                    es: "el apunte no trae lo que dice amparo doctor")
        },
        "plain": gone(Text(en: "devices.txt", es: "equipos.txt")),
    ]

    // MARK: Notes

    private static let pierTag = Text(en: "pier", es: "muelle")
    private static let sourceTag = Text(en: "source", es: "fuente")

    private static func interview(_ view: Inspection) -> [String]? {
        view.notes(tagged: pierTag).first { note in
            let words = view.body(note).lowercased()
            return words.contains("velador") || words.contains("watchman")
        }?.tags
    }

    static let notes: [String: Look] = [
        "note": { interview($0) == nil ? noNote(tagged: pierTag) : nil },
        "tag": { view in
            let tags = interview(view) ?? []
            guard !tags.contains(sourceTag.es), !tags.contains(sourceTag.en) else { return nil }
            return Text(
                en: "that note lacks a tag: amparo note tag ID source",
                es: "a ese apunte le falta una etiqueta: amparo note tag ID fuente")
        },
        "plain": gone(Text(en: "notes-pier.txt", es: "apuntes-muelle.txt")),
        "locked": { view in
            view.wasOpen
                ? Text(
                    en: "the vault was open: amparo close",
                    es: "la bóveda estaba abierta: amparo close")
                : nil
        },
    ]
}
