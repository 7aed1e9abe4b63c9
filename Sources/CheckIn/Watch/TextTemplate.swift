package import Wording

/// What a text may say in curly brackets; each has a name in both languages.
package enum TextPlace: CaseIterable, Sendable {
    case alias, label, deadline, hour, clock, grace, last, when, phones, agree, sheet, code, next
    case told, watcher, names, due, letter

    package var name: Text {
        switch self {
        case .alias: Text(verbatim: "alias")
        case .label: Text(en: "plan", es: "plan")
        case .deadline: Text(en: "deadline", es: "limite")
        case .hour: Text(en: "hour", es: "hora")
        case .clock: Text(en: "clock", es: "reloj")
        case .grace: Text(en: "grace", es: "tolerancia")
        case .last: Text(en: "last", es: "ultimo")
        case .when: Text(en: "when", es: "cuando")
        case .phones: Text(en: "phones", es: "telefonos")
        case .agree: Text(en: "agree", es: "acuerdo")
        case .sheet: Text(en: "sheet", es: "hoja")
        case .code: Text(en: "code", es: "codigo")
        case .next: Text(en: "next", es: "sigue")
        case .told: Text(en: "told", es: "avisados")
        case .watcher: Text(en: "watcher", es: "vigilante")
        case .names: Text(en: "names", es: "nombres")
        case .due: Text(en: "due", es: "siguiente")
        case .letter: Text(en: "letter", es: "correo")
        }
    }

    /// Whether a person, a number or a contact's code may stand there.
    var namesSomebody: Bool {
        switch self {
        case .alias, .phones, .agree, .code, .next, .told, .names, .due: true
        case .label, .deadline, .hour, .clock, .grace, .last, .when, .sheet, .watcher, .letter:
            false
        }
    }

    static func named(_ name: Substring) -> TextPlace? {
        allCases.first { $0.name.en == name || $0.name.es == name }
    }
}

/// Why a text cannot stand in a message.
package enum TemplateError: Error, Hashable {
    case unknownPlace(String)
    /// A bracket that opens or closes nothing.
    case looseBracket
    case controlCharacter
    case empty
    case tooLong(limit: Int)
    /// Without it nobody knows whom it is about, or what to confirm with.
    case missing(TextPlace)
    /// The program itself says which is a drill and which is not.
    case saysDrill
    /// A text message has no subject.
    case hasSubject
}

/// Words with places for what is only known later.
package struct TextTemplate: Hashable, Sendable {
    private enum Piece: Hashable, Sendable {
        case words(String)
        case place(TextPlace)
    }

    private let pieces: [Piece]

    /// - Parameter text: Lines that end in LF; `{name}` for each place, brackets for nothing else.
    package init(parsing text: String) throws(TemplateError) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
                throw .looseBracket
            }
            let name = rest[rest.index(after: open)..<close]
            guard let place = TextPlace.named(name) else {
                throw name.contains("{")
                    ? .looseBracket : .unknownPlace(String(name.prefix(40)))
            }
            if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
            pieces.append(.place(place))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        let words = pieces.map { if case .words(let words) = $0 { words } else { "" } }.joined()
        for scalar in words.unicodeScalars {
            switch scalar.value {
            case 0x0A: continue
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: throw .controlCharacter
            default: continue
            }
        }
        self.pieces = pieces
    }

    /// A usual text; they are tried by the tests.
    init(usual text: String) {
        do throws(TemplateError) { try self.init(parsing: text) } catch {
            preconditionFailure("a usual text with \(error)")
        }
    }

    package var places: Set<TextPlace> {
        Set(pieces.compactMap { if case .place(let place) = $0 { place } else { nil } })
    }

    /// The words as they were written, with the places' names in one language.
    package func source(_ language: Language) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .place(let place): "{\(place.name(language))}"
            }
        }.joined()
    }

    /// The text with each place filled in. What fills it is not read again. A line that is only
    /// there for places which are all empty is left out, and so is the empty line after another.
    func filled(_ value: (TextPlace) -> String) -> String {
        var lines: [(text: String, hasPlace: Bool, isFilled: Bool)] = [("", false, false)]
        for piece in pieces {
            switch piece {
            case .words(let words):
                for (index, part) in words.split(
                    separator: "\n", omittingEmptySubsequences: false
                ).enumerated() {
                    if index > 0 { lines.append(("", false, false)) }
                    lines[lines.count - 1].text += part
                }
            case .place(let place):
                let text = value(place)
                // Some bring the space along that their absence would leave behind.
                let last = lines[lines.count - 1].text
                let hasSpace = last.isEmpty || last.hasSuffix(" ")
                lines[lines.count - 1].text +=
                    hasSpace && text.hasPrefix(" ") ? String(text.dropFirst()) : text
                lines[lines.count - 1].hasPlace = true
                if !text.isEmpty { lines[lines.count - 1].isFilled = true }
            }
        }
        var out: [String] = []
        for line in lines where !line.hasPlace || line.isFilled {
            if line.text.isEmpty, out.last?.isEmpty ?? true { continue }
            out.append(line.text)
        }
        while out.last?.isEmpty == true { out.removeLast() }
        // A message without a word would not be sent at all.
        let isNothing = out.isEmpty
        return isNothing ? lines.map(\.text).joined(separator: "\n") : out.joined(separator: "\n")
    }
}
