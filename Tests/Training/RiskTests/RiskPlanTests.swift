import Risk
import Testing
import Wording

@Suite("the risk questionnaire")
struct RiskPlanTests {
    private func answers(_ lines: [String: [String]]) throws -> RiskAnswers {
        var answers = RiskAnswers()
        for (id, choices) in lines {
            let question = try #require(RiskCatalogue.question(id), "\(id)")
            let isTaken = answers.set(choices, for: question)
            #expect(isTaken, "\(id)")
        }
        return answers
    }

    @Test("about thirty questions in six parts, in order, each id once, in both languages")
    func catalogue() {
        let questions = RiskCatalogue.questions
        #expect((28...36).contains(questions.count))
        #expect(Set(questions.map(\.id)).count == questions.count)
        #expect(questions.map(\.part.rawValue) == questions.map(\.part.rawValue).sorted())
        #expect(Set(questions.map(\.part)) == Set(RiskPart.allCases))
        for question in questions {
            #expect((2...9).contains(question.choices.count), "\(question.id)")
            #expect(Set(question.choices.map(\.id)).count == question.choices.count)
            let ids = [question.id] + question.choices.map(\.id)
            for id in ids { #expect(id.utf8.allSatisfy { (0x61...0x7A).contains($0) }, "\(id)") }
            #expect(question.ask.en != question.ask.es, "\(question.id)")
            for text in question.choices.map(\.label) {
                #expect(!text.en.isEmpty && !text.es.isEmpty, "\(text.en)")
            }
            // What is done already is a matter of 0 to 3; harm and exposure are never negative.
            for weight in question.choices.flatMap(\.weights.values) {
                #expect((0...3).contains(weight), "\(question.id)")
            }
        }
    }

    @Test("every need can come first for somebody", arguments: RiskNeed.allCases)
    func reachable(_ need: RiskNeed) throws {
        var answers = RiskAnswers()
        for question in RiskCatalogue.questions {
            // The answers that say most for it and least for the others.
            let best = question.choices.max { left, right in
                func value(_ choice: RiskQuestion.Choice) -> Int {
                    (choice.weights[need] ?? 0) * 8 - choice.weights.values.reduce(0, +)
                }
                return value(left) < value(right)
            }
            _ = answers.set([try #require(best).id], for: question)
        }
        let plan = RiskPlan(answers)
        #expect(plan.actions.first?.need == need, "\(plan.actions.map(\.need))")
    }

    @Test("what is done already does not come back as an action")
    func capacity() throws {
        let before = RiskPlan(try answers(["ifsilent": ["nobody"], "alone": ["often"]]))
        #expect(before.actions.first?.need == .checkIn)
        let after = RiskPlan(
            try answers([
                "iflost": ["years"], "past": ["theft"], "restored": ["recent"],
                "ifsilent": ["nobody"],
            ]))
        #expect(!after.actions.contains { $0.need == .backup })
    }

    @Test("a plan has five actions, ordered, with the answers that led to them")
    func plan() throws {
        let plan = RiskPlan(
            try answers([
                "beat": ["crime"], "place": ["road"], "trip": ["week"], "alone": ["often"],
                "agreed": ["no"], "assets": ["sources", "documents"], "writing": ["plain"],
                "sending": ["open"], "ifread": ["life"], "ifsilent": ["nobody"],
            ]))
        #expect(plan.actions.count == 5 && plan.answered == 10)
        #expect(plan.actions.map(\.score) == plan.actions.map(\.score).sorted(by: >))
        #expect(plan.actions.prefix(3).map(\.need).contains(.checkIn))
        #expect(plan.actions.first?.because.count == 3)
        // Nobody answered anything: five places to begin, without reasons.
        let empty = RiskPlan(RiskAnswers())
        #expect(empty.actions.count == 5 && empty.actions.allSatisfy(\.because.isEmpty))
    }

    @Test("answers that are none are refused, and order does not matter")
    func refused() throws {
        var answers = RiskAnswers()
        let team = try #require(RiskCatalogue.question("team"))
        let beat = try #require(RiskCatalogue.question("beat"))
        for bad in [[], ["x"], ["alone", "small"], ["alone", "alone"]] {
            let isTaken = answers.set(bad, for: team)
            #expect(!isTaken)
        }
        let isTaken = answers.set(["other", "crime"], for: beat)
        #expect(isTaken)
        #expect(answers[beat] == ["crime", "other"])
        answers.forget(beat)
        #expect(!answers.isAnswered(beat))
    }

    @Test("lessons are those of the curriculum, and each need has its own")
    func lessons() {
        let numbers = RiskNeed.allCases.map(\.lesson)
        #expect(Set(numbers).count == numbers.count && numbers.allSatisfy { (1...14).contains($0) })
    }
}
