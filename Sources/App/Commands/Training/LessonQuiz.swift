internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Wording

/// `amparo lesson quiz`: three questions of a lesson, or one of each before and after a course.
enum LessonQuiz {
    static let command = Command(
        "quiz", spanish: ["preguntas", "examen", "cuestionario"],
        Text(en: "Answer three questions", es: "Contesta tres preguntas"),
        why: Text(
            en: """
                The answers stay here and are not kept; only the total is shown, for a trainer to count \
                on paper if everybody agrees. Without a number there is one question from each lesson, \
                for before and after a course.
                """,
            es: """
                Las respuestas se quedan aquí y no se guardan; solo se muestra el total, para que quien \
                da el taller lo anote en papel si todas están de acuerdo. Sin número hay una pregunta \
                de cada lección, para antes y después de un curso.
                """),
        options: [
            .value(
                "answers", "N,N,N", spanish: ["respuestas"],
                Text(
                    en: "the answers by number, for whoever has no terminal",
                    es: "las respuestas por número, para quien no tiene terminal"))
        ],
        arguments: [
            Argument(
                "NUMBER", .optional,
                Text(
                    en: "Which lesson; one question of each if left out",
                    es: "Cuál lección; una pregunta de cada una, si la omites"))
        ],
        examples: [
            "amparo lesson quiz 4", "amparo lesson quiz", "amparo lesson quiz 4 --answers 2,3,1",
        ]
    ) { invocation in
        let questions = try questions(invocation)
        var answers = try given(questions.count, invocation)[...]
        let isGiven = !answers.isEmpty
        var right = 0
        for (place, question) in questions.enumerated() {
            if !invocation.json { try show(question, place + 1, of: questions.count, invocation) }
            let answer = try isGiven ? answers.removeFirst() : ask(question, invocation)
            let isRight = answer == question.right
            right += isRight ? 1 : 0
            guard !invocation.json else { continue }
            let reason = Text(verbatim: question.reason)
            try invocation.print(
                (isRight
                    ? Text(en: "Right. ", es: "Sí. ")
                    : Text(
                        en: "It was \(question.right + 1). ", es: "Era la \(question.right + 1). "))
                    + reason)
        }
        if invocation.json {
            return try invocation.printJSON([
                "right": .number(Int64(right)), "of": .number(Int64(questions.count)),
            ])
        }
        try invocation.print()
        try invocation.print(
            Text(
                en: "\(right) of \(questions.count); nothing of this is kept",
                es: "\(right) de \(questions.count); de esto no se guarda nada"))
    }

    /// Three of one lesson, or the first of each.
    private static func questions(_ invocation: Invocation) throws -> [Lesson.Question] {
        if let word = invocation.argument("NUMBER") {
            return try LessonCommands.named(word, invocation).quiz
        }
        return (1...Course.count).map { Course.lesson($0, in: invocation.language).quiz[0] }
    }

    /// - Returns: Places of the answers; none when they are to be asked for.
    private static func given(_ count: Int, _ invocation: Invocation) throws -> [Int] {
        guard let text = invocation.value("answers") else { return [] }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        let places = numbers.compactMap { $0 }.map { $0 - 1 }
        guard numbers.count == count, places.count == count, places.allSatisfy({ $0 >= 0 }) else {
            throw Failure(
                .usage,
                Text(
                    en: "--answers takes \(count) numbers", es: "--answers lleva \(count) números"),
                hint: Text(en: "like this: --answers 1,3,2", es: "así: --answers 1,3,2"))
        }
        return places
    }

    private static func show(
        _ question: Lesson.Question, _ number: Int, of count: Int, _ invocation: Invocation
    ) throws {
        try invocation.print()
        try invocation.print(Text(verbatim: "\(number)/\(count)  \(question.words)"))
        for (place, answer) in question.answers.enumerated() {
            try invocation.print(
                invocation.filled("  \(place + 1)) \(answer)", on: .output, indent: 5))
        }
    }

    private static func ask(_ question: Lesson.Question, _ invocation: Invocation) throws -> Int {
        while true {
            let typed = try invocation.ask(
                Text(en: "Which one?", es: "¿Cuál?"), instead: "--answers")
            if let number = Int(typed.filter { !$0.isWhitespace }),
                (1...question.answers.count).contains(number)
            {
                return number - 1
            }
            invocation.warn(
                Text(
                    en: "type a number from 1 to \(question.answers.count)",
                    es: "escribe un número del 1 al \(question.answers.count)"))
        }
    }
}
