package import Wording

/// The six parts of the questionnaire, in the order in which they are asked.
package enum RiskPart: Int, CaseIterable, Sendable {
    case work, assets, adversaries, likelihood, impact, capacities

    package var title: Text {
        switch self {
        case .work: Text(en: "Your work", es: "Tu trabajo")
        case .assets: Text(en: "What you look after", es: "Lo que cuidas")
        case .adversaries: Text(en: "Who might want it", es: "Quién podría quererlo")
        case .likelihood:
            Text(en: "What has happened, and may", es: "Qué ha pasado y qué puede pasar")
        case .impact: Text(en: "What it would do", es: "Qué tanto daño haría")
        case .capacities: Text(en: "What you do already", es: "Lo que ya haces")
        }
    }
}

/// One question, with answers to choose from. Ids are ASCII words: scripts and stored answers use
/// them, and they are never given another meaning.
package struct RiskQuestion: Sendable {
    package struct Choice: Sendable {
        package let id: String
        package let label: Text
        /// What the answer says about each need: a sum of exposure before the impact, a sum of harm
        /// in the part about it, and in the last part how much is still missing, 0 to 3.
        package let weights: [RiskNeed: Int]

        init(_ id: String, _ weights: [RiskNeed: Int] = [:], en: String, es: String) {
            self.id = id
            self.weights = weights
            label = Text(en: en, es: es)
        }
    }

    package let id: String
    package let part: RiskPart
    package let ask: Text
    package let takesSeveral: Bool
    package let choices: [Choice]

    init(
        _ part: RiskPart, _ id: String, several: Bool = false, en: String, es: String,
        _ choices: [Choice]
    ) {
        self.part = part
        self.id = id
        takesSeveral = several
        ask = Text(en: en, es: es)
        self.choices = choices
    }

    /// An answer as it is understood by itself: "no" is not, a name of a thing is.
    func said(_ choice: Choice) -> Text {
        takesSeveral
            ? choice.label
            : Text(
                en: "\(ask.en) \(choice.label.en)", es: "\(ask.es) \(choice.label.es)")
    }

    package func choice(_ id: String) -> Choice? { choices.first { $0.id == id } }
}

/// What was answered so far: ids of choices by the id of their question.
package struct RiskAnswers: Hashable, Sendable {
    package private(set) var chosen: [String: [String]] = [:]

    package init() {}

    package subscript(_ question: RiskQuestion) -> [String] { chosen[question.id] ?? [] }

    package func isAnswered(_ question: RiskQuestion) -> Bool { chosen[question.id] != nil }

    /// - Returns: Whether they are choices of this question, and no more than it takes.
    package mutating func set(_ choices: [String], for question: RiskQuestion) -> Bool {
        guard !choices.isEmpty, choices.count == 1 || question.takesSeveral,
            Set(choices).count == choices.count,
            choices.allSatisfy({ question.choice($0) != nil })
        else { return false }
        // In the order of the question, so that the same answer is stored the same way.
        chosen[question.id] = question.choices.map(\.id).filter(choices.contains)
        return true
    }

    package mutating func forget(_ question: RiskQuestion) { chosen[question.id] = nil }
}
