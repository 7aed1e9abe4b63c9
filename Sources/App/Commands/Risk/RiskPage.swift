internal import CommandLineKit
internal import Encoding
internal import Platform
internal import Risk
internal import Wording

/// The five actions as a page: for the screen, for JSON and for paper.
struct RiskPage {
    private let plan: RiskPlan
    private let answers: RiskAnswers
    private let language: Language
    private let date: String

    init(_ answers: RiskAnswers, _ invocation: Invocation) {
        self.answers = answers
        plan = RiskPlan(answers)
        language = invocation.language
        date = LocalTime(invocation.world).date(of: invocation.world.clock.now).description
    }

    private static let title = Text(
        en: "Five things to do first", es: "Cinco cosas para hacer primero")
    private static let closing = Text(
        en: "A place to begin, not a verdict. Go through it with somebody you trust, and again in"
            + " three months or when something changes.",
        es: "Es un punto de partida, no un dictamen. Repásalo con alguien de tu confianza, y otra"
            + " vez en tres meses o cuando algo cambie.")

    private var answered: Text {
        let count = RiskCatalogue.questions.count
        return Text(
            en: "\(date) · answered: \(plan.answered) of \(count)",
            es: "\(date) · respondidas: \(plan.answered) de \(count)")
    }

    private func because(_ action: RiskPlan.Action) -> String? {
        guard !action.because.isEmpty else { return nil }
        let said = action.because.map { $0(language) }.joined(separator: "; ")
        return Text(en: "You said: \(said).", es: "Dijiste: \(said).")(language)
    }

    private func lesson(_ action: RiskPlan.Action) -> String {
        Text(en: "lesson \(action.need.lesson)", es: "lección \(action.need.lesson)")(language)
    }

    // MARK: On the screen

    var lines: [String] {
        var lines = [Self.title(language), answered(language)]
        for (index, action) in plan.actions.enumerated() {
            lines += ["", "\(index + 1). \(action.need.action(language))"]
            lines.append("   " + action.need.reason(language))
            if let because = because(action) { lines.append("   " + because) }
            lines.append("   → \(action.need.command)   (\(lesson(action)))")
        }
        return lines + ["", Self.closing(language)]
    }

    var json: JSON {
        let actions = plan.actions.map { action -> JSON in
            [
                "need": .text(action.need.rawValue), "score": .number(Int64(action.score)),
                "action": .text(action.need.action(language)),
                "reason": .text(action.need.reason(language)),
                "because": .list(action.because.map { $0(language) }),
                "command": .text(action.need.command),
                "lesson": .number(Int64(action.need.lesson)),
            ]
        }
        let given = RiskCatalogue.questions.filter(answers.isAnswered).map { question -> JSON in
            ["question": .text(question.id), "choices": .list(answers[question])]
        }
        return [
            "answered": .number(Int64(plan.answered)),
            "questions": .number(Int64(RiskCatalogue.questions.count)),
            "answers": .list(given), "actions": .list(actions),
        ]
    }

    // MARK: On paper

    var html: String {
        let items = plan.actions.map { action -> String in
            """
            <li><h2><span class="box"></span>\(HTMLText.escaped(action.need.action(language)))</h2>
            <p>\(HTMLText.escaped(action.need.reason(language)))</p>
            \(because(action).map { "<p class=\"because\">\(HTMLText.escaped($0))</p>" } ?? "")
            <p class="command"><code>\(HTMLText.escaped(action.need.command))</code> <span>\(lesson(action))</span></p>
            <p class="lines">\(Text(en: "When, and with whom:", es: "Cuándo y con quién:")(language))</p></li>
            """
        }
        return HTMLPage.whole(
            title: Self.title(language), aside: answered(language), language: language,
            style: Self.style,
            body: "<ol>\n\(items.joined(separator: "\n"))\n</ol>\n"
                + "<p class=\"closing\">\(HTMLText.escaped(Self.closing(language)))</p>")
    }

    private static let style = """
        body { line-height: 1.25; }
        ol { list-style: none; margin: 2mm 0 0; padding: 0; }
        li { border-bottom: 0.5pt solid #888; padding: 2mm 0; break-inside: avoid; }
        h2 { font-size: 12.5pt; margin: 0 0 1mm; }
        .box { display: inline-block; width: 4mm; height: 4mm; border: 1pt solid #000;
          margin-right: 3mm; vertical-align: -0.5mm; }
        p { margin: 0 0 0.8mm 7mm; font-size: 10.5pt; }
        .because { color: #333; font-style: italic; }
        .command span { margin-left: 4mm; font-size: 9.5pt; }
        .lines { border-bottom: 0.5pt dotted #000; padding-bottom: 3mm; font-size: 9.5pt; }
        .closing { margin: 3mm 0 0; }
        footer { margin-top: 3mm; }
        """
}
