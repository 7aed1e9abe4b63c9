internal import CommandLineKit
internal import Platform
internal import Risk
internal import Wording

/// The questions, one at a time, on a terminal. It can be left at any of them.
struct RiskDialogue {
    private let invocation: Invocation
    private let asksAll: Bool

    init(_ invocation: Invocation, asksAll: Bool) {
        self.invocation = invocation
        self.asksAll = asksAll
    }

    private enum Reply {
        case answer([String])
        case next, back, leave
    }

    enum End {
        case finished, left
        /// By a signal, or with the terminal.
        case cut
    }

    /// What was answered counts, however it ends.
    func run(_ answers: inout RiskAnswers) throws -> End {
        let all = RiskCatalogue.questions
        let open = all.indices.filter { asksAll || !answers.isAnswered(all[$0]) }
        guard !open.isEmpty else { return .finished }
        invocation.say(
            Text(
                en: "Nobody but you sees the answers. Enter leaves a question open.",
                es: "Nadie más que tú ve las respuestas. Con Enter dejas una pregunta abierta."))
        var place = 0
        var part: RiskPart?
        while place < open.count {
            let question = all[open[place]]
            if question.part != part { try invocation.print("\n" + heading(question.part)) }
            part = question.part
            let reply: Reply
            do { reply = try ask(question, number: open[place] + 1, answers[question]) } catch {
                // A hang-up and Ctrl-C are ways to stop for today.
                guard
                    error is Interrupted || error as? TerminalError == .interrupted
                        || error as? TerminalError == .endOfInput
                else { throw error }
                return .cut
            }
            switch reply {
            case .answer(let choices):
                _ = answers.set(choices, for: question)
                place += 1
            case .next: place += 1
            case .back: place = max(0, place - 1)
            case .leave: return .left
            }
        }
        return .finished
    }

    private func heading(_ part: RiskPart) -> String {
        let title = part.title(invocation.language)
        return "\(part.rawValue + 1)/\(RiskPart.allCases.count)  \(title)"
    }

    private func ask(_ question: RiskQuestion, number: Int, _ before: [String]) throws -> Reply {
        let language = invocation.language
        let count = RiskCatalogue.questions.count
        try invocation.print(
            Text(verbatim: "\n\(number)/\(count)  \(question.ask(language))"))
        for (index, choice) in question.choices.enumerated() {
            let mark = before.contains(choice.id) ? "*" : " "
            try invocation.print(
                invocation.filled(
                    " \(mark)\(index + 1)  \(choice.label(language))", on: .output, indent: 4))
        }
        while true {
            let typed = try invocation.ask(prompt(question, isAnswered: !before.isEmpty))
            if let reply = Self.reply(typed, to: question) { return reply }
            invocation.say(
                question.takesSeveral
                    ? Text(
                        en: "type one or more of the numbers, such as: 1 3",
                        es: "escribe uno o más de los números, por ejemplo: 1 3")
                    : Text(en: "type one of the numbers", es: "escribe uno de los números"))
        }
    }

    private func prompt(_ question: RiskQuestion, isAnswered: Bool) -> Text {
        let which =
            question.takesSeveral
            ? Text(en: "numbers", es: "números") : Text(en: "number", es: "número")
        return isAnswered
            ? Text(
                en: "\(which.en) (Enter: as it is · b: back · q: keep and leave):",
                es: "\(which.es) (Enter: así · a: atrás · q: guardar y salir):")
            : Text(
                en: "\(which.en) (Enter: open · b: back · q: keep and leave):",
                es: "\(which.es) (Enter: abierta · a: atrás · q: guardar y salir):")
    }

    private static func reply(_ typed: String, to question: RiskQuestion) -> Reply? {
        let words = typed.split { $0 == " " || $0 == "," }.map { $0.lowercased() }
        guard !words.isEmpty else { return .next }
        if words == ["q"] { return .leave }
        if words == ["a"] || words == ["b"] { return .back }
        let numbers = words.compactMap { Int($0) }
        guard numbers.count == words.count, Set(numbers).count == numbers.count,
            numbers.count == 1 || question.takesSeveral,
            numbers.allSatisfy({ question.choices.indices.contains($0 - 1) })
        else { return nil }
        return .answer(numbers.map { question.choices[$0 - 1].id })
    }
}
