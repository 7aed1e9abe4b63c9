internal import CommandLineKit
internal import Wording

/// One thing that a command's line needs, and how a person gives it.
struct MenuAsk: Sendable {
    enum Kind: Sendable {
        /// Offered by number; the vault is opened for it.
        case lesson, note, noteInTrash, contact, contactWithKey, key, channel, plan
        /// One that is armed here; no vault is needed. The only one goes without being asked for.
        case armedPlan
        /// Typed, with completion.
        case file, folder, place
        case choice([String])
        case words

        /// Its passphrase may be asked for.
        var needsVault: Bool {
            switch self {
            case .note, .noteInTrash, .contact, .contactWithKey, .key, .channel, .plan: true
            case .lesson, .armedPlan, .file, .folder, .place, .choice, .words: false
            }
        }
    }

    let kind: Kind
    /// `--template`; nil for a word without one.
    let option: String?
    /// In plain words.
    let question: Text
    /// What stands for it in the line that is shown.
    let placeholder: String
    let isOptional: Bool

    init(
        _ kind: Kind, _ placeholder: String, option: String? = nil, isOptional: Bool = false,
        _ question: Text
    ) {
        self.kind = kind
        self.option = option
        self.question = question
        self.placeholder = placeholder
        self.isOptional = isOptional
    }

    func shown(_ language: Language) -> String {
        let name = Placeholder.shown(placeholder)(language)
        let whole = (option.map { [$0] } ?? []) + [name]
        let words = whole.joined(separator: " ")
        return isOptional ? "[\(words)]" : words
    }

    // MARK: Derived from the option table

    /// The words that `command` cannot do without.
    static func needed(by command: Command, at path: [String]) -> [MenuAsk] {
        command.arguments.filter { $0.count == .required || $0.count == .oneOrMore }
            .map { argument in
                let kind = kind(of: argument, at: path)
                return MenuAsk(
                    kind, argument.placeholder, question(of: argument, kind: kind))
            }
    }

    private static func kind(of argument: Argument, at path: [String]) -> Kind {
        if let choices = argument.choices { return .choice(choices) }
        if path.first == "lesson", argument.placeholder == "NUMBER" { return .lesson }
        switch argument.placeholder {
        case "ID", "NOTE":
            return path.first == "note"
                ? path.last == "restore" ? .noteInTrash : .note : .words
        // A new thing gets a name that nobody else has.
        case "NAME", "LABEL", "CONTACT":
            if ["add", "new"].contains(path.last) { return .words }
            switch path.first {
            case "contact": return .contact
            case "key": return .key
            case "channel": return .channel
            case "checkin": return .plan
            default: return .words
            }
        case "FILE": return .file
        case "DIR": return .folder
        case "PATH", "OUT": return .place
        default: return .words
        }
    }

    private static func question(of argument: Argument, kind: Kind) -> Text {
        switch kind {
        case .note, .noteInTrash: Text(en: "Which note?", es: "¿Cuál apunte?")
        case .contact, .contactWithKey: Text(en: "Who?", es: "¿Quién?")
        case .key: Text(en: "Which key?", es: "¿Cuál llave?")
        case .channel: Text(en: "Which channel?", es: "¿Cuál canal?")
        case .plan, .armedPlan: Text(en: "Which plan?", es: "¿Cuál plan?")
        case .lesson: Text(en: "Which lesson?", es: "¿Cuál lección?")
        case .file, .folder, .place, .choice, .words: argument.help
        }
    }
}
