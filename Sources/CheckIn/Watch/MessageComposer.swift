package import CheckIn
internal import Dispatch
internal import Wording

/// Makes the words of one message: the journalist's own where she wrote some, else the usual ones,
/// and always what nobody may take away: what is a drill and what is not, the code, the repeat, and
/// under duress not to call.
struct MessageComposer {
    let facts: AlertFacts
    let texts: PlanTexts
    /// Counted from 0; nil for messages that belong to none.
    let tier: Int?
    /// Another message of the same name may have arrived.
    let isRepeat: Bool
    /// Other accounts of the machine can read along: the words name nobody.
    var isOpen = false
    /// Its reader watches over somebody else: what that person wrote for herself is not for her.
    var isForColleague = false

    /// Characters on a telephone's screen, and places in two text messages.
    static let pushLimit = 180
    static let smsLimit = 2 * GSM7.part

    func subject(_ language: Language) -> String {
        let own = text(.mail, language)?.subject.flatMap { template($0) }
        let filled = fill(own ?? TextTemplate(usual: usual.subject(language)), language)
        let line = filled.split(separator: "\n").joined(separator: " ")
        guard kind.seal == .drill else { return line }
        let mark = Text(en: "DRILL: ", es: "SIMULACRO: ")(language)
        for alarm in ["ALERTA: ", "ALERT: "] where line.hasPrefix(alarm) {
            return mark + line.dropFirst(alarm.count)
        }
        return mark + line
    }

    /// One language of a letter.
    func letter(_ language: Language) -> String {
        var parts = [body(.mail, language)]
        if kind == .duress, !parts[0].contains(facts.doNotCall(language)) {
            parts.insert(facts.doNotCall(language) + ".", at: 0)
        }
        if kind.required.contains(.code), !parts[0].contains(facts.code) {
            parts.append(facts.confirm(language))
        }
        switch kind.seal {
        case .none: break
        case .real: parts.append(AlertFacts.notADrill(language))
        case .drill:
            parts.insert(AlertFacts.drillOpening(language), at: 0)
            parts.insert(AlertFacts.drillMark(language), at: 0)
            parts.append(AlertFacts.drillMark(language))
        }
        return parts.joined(separator: "\n\n")
    }

    /// For a telephone's screen, at most 180 characters.
    func push(_ language: Language) -> String {
        short(.push, language, limit: Self.pushLimit) { $0.count }
    }

    /// For one or two text messages.
    func sms(_ language: Language) -> String {
        short(.sms, language, limit: Self.smsLimit, GSM7.count)
    }

    private var kind: MessageKind { facts.kind }

    /// What may not be lost stands around the words, which give way where there is no room.
    private func short(
        _ length: TextLength, _ language: Language, limit: Int, _ count: (String) -> Int
    ) -> String {
        var words = body(length, language).split(separator: "\n").joined(separator: " ")
        var front = ""
        var back = ""
        if isRepeat {
            front += Text(en: "(Repeat of \(facts.code)) ", es: "(Repetición de \(facts.code)) ")(
                language)
        }
        if kind.seal == .drill { front += AlertFacts.shortDrill(language) }
        if kind == .duress { front += facts.doNotCall(language) + ". " }
        if kind.seal == .real { back = " " + AlertFacts.notADrill(language) }
        let needsCode = kind.required.contains(.code) || kind == .drill
        let withCode = " " + facts.confirm(language)
        if needsCode, !words.contains(facts.code) { back = withCode + back }
        guard count(front + words + back) > limit else { return front + words + back }
        if needsCode, !back.contains(facts.code) { back = withCode + back }
        while !words.isEmpty, count(front + words + "..." + back) > limit { words.removeLast() }
        return front + words + "..." + back
    }

    private func text(_ length: TextLength, _ language: Language) -> PlanText? {
        isForColleague ? nil : texts[kind.textKind.rawValue, tier: tier, length, language]
    }

    private var usual: MessageWords {
        if isOpen { return kind.openWords(isForColleague: isForColleague) }
        return isForColleague ? kind.colleagueWords : kind.words
    }

    private func body(_ length: TextLength, _ language: Language) -> String {
        let own = text(length, language).flatMap { template($0.body) }
        return fill(own ?? TextTemplate(usual: usual.body(length)(language)), language)
    }

    /// What came with a plan from elsewhere and cannot be read is as if it were not there; so is what
    /// would name somebody where others read along.
    private func template(_ text: String) -> TextTemplate? {
        guard let template = try? TextTemplate(parsing: text) else { return nil }
        return isOpen && template.places.contains(where: \.namesSomebody) ? nil : template
    }

    private func fill(_ template: TextTemplate, _ language: Language) -> String {
        template.filled { facts.value($0)(language) }
    }
}

extension PlanTexts {
    /// Without those that she reads herself.
    package var forOthers: PlanTexts {
        var others = self
        for text in all where MessageKind(rawValue: text.key.kind)?.isToOwner ?? true {
            _ = others.reset(text.key)
        }
        return others
    }
}

extension PlanText {
    /// Checks a text before it is kept.
    package func check(_ kind: MessageKind) throws(TemplateError) {
        let limit =
            switch key.length {
            case .mail: 4_000
            case .push: MessageComposer.pushLimit
            case .sms: MessageComposer.smsLimit
            }
        guard body.contains(where: { !$0.isWhitespace }) else { throw .empty }
        guard body.count <= limit else { throw .tooLong(limit: limit) }
        guard subject == nil || key.length == .mail else { throw .hasSubject }
        if let subject {
            guard subject.count <= 150 else { throw .tooLong(limit: 150) }
            guard subject.contains(where: { !$0.isWhitespace }), !subject.contains("\n") else {
                throw .empty
            }
            _ = try TextTemplate(parsing: subject)
        }
        let all = (body + " " + (subject ?? "")).uppercased()
        guard !["DRILL", "SIMULACRO"].contains(where: { all.contains($0) }) else {
            throw .saysDrill
        }
        let places = try TextTemplate(parsing: body).places
        for place in kind.required where !places.contains(place) { throw .missing(place) }
    }
}
