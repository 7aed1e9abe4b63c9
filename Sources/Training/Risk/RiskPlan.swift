package import Wording

/// The page that comes out: five actions, each with the answers that led to it.
package struct RiskPlan: Sendable {
    package struct Action: Sendable {
        package let need: RiskNeed
        package let score: Int
        /// The answers that weigh most, at most three, as they can be read without the question.
        package let because: [Text]
    }

    package static let count = 5
    package let actions: [Action]
    package let answered: Int

    /// Likelihood × impact × what is missing, for each need. Equal scores keep the order of the
    /// needs, so that the same answers give the same page.
    package init(_ answers: RiskAnswers, _ questions: [RiskQuestion] = RiskCatalogue.questions) {
        var exposure: [RiskNeed: Int] = [:]
        var harm: [RiskNeed: Int] = [:]
        var gap: [RiskNeed: Int] = [:]
        var reasons: [RiskNeed: [(weight: Int, label: Text)]] = [:]
        for question in questions {
            for choice in answers[question].compactMap(question.choice) {
                for (need, weight) in choice.weights {
                    switch question.part {
                    case .impact: harm[need, default: 0] += weight
                    // Of several habits the worst one counts.
                    case .capacities: gap[need] = max(gap[need] ?? 0, weight)
                    case .work, .assets, .adversaries, .likelihood:
                        exposure[need, default: 0] += weight
                    }
                    if weight > 0 {
                        reasons[need, default: []].append((weight, question.said(choice)))
                    }
                }
            }
        }
        let all = RiskNeed.allCases.map { need -> Action in
            // What nobody answered is taken to be half done.
            let missing = gap[need] ?? Self.unknownGap
            let score = (1 + (exposure[need] ?? 0)) * (1 + (harm[need] ?? 0)) * missing
            let because = (reasons[need] ?? []).enumerated().sorted { left, right in
                (right.element.weight, left.offset) < (left.element.weight, right.offset)
            }
            return Action(need: need, score: score, because: because.prefix(3).map(\.element.label))
        }
        actions = Array(
            all.enumerated().sorted { left, right in
                (right.element.score, left.offset) < (left.element.score, right.offset)
            }.prefix(Self.count).map(\.element))
        answered = questions.count { answers.isAnswered($0) }
    }

    private static let unknownGap = 2
}
