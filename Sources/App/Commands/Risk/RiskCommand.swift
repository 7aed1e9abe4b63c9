internal import CommandLineKit
internal import Platform
internal import Risk
internal import Secrets
internal import Vault
internal import Wording

/// `amparo risk`: about thirty questions, and the five things to do first.
enum RiskCommand {
    static let command = Command(
        "risk", spanish: ["riesgo", "riesgos"],
        Text(
            en: "Think your risk through, and leave with five actions",
            es: "Piensa tu riesgo y sal con cinco acciones"),
        why: Text(
            en: """
                About thirty questions on what you look after, who might want it, what has \
                happened, what it would do and what you do already. The page that comes out names \
                five things to do first, the command for each and the lesson. The answers stay in \
                the vault and go nowhere. It is a place to begin, not a verdict: it does not know \
                your town, and somebody you trust does.
                """,
            es: """
                Unas treinta preguntas sobre lo que cuidas, quién podría quererlo, qué ha pasado, \
                qué daño haría y qué haces ya. La hoja que sale dice cinco cosas para hacer \
                primero, con su comando y su lección. Las respuestas se quedan en la bóveda y no \
                van a ningún lado. Es un punto de partida, no un dictamen: no conoce tu pueblo, y \
                alguien de tu confianza sí.
                """),
        options: [
            .flag(
                "plan", spanish: ["hoja"],
                Text(
                    en: "only the page, from what was answered so far",
                    es: "solo la hoja, con lo que ya respondiste")),
            .flag(
                "again", spanish: ["otra-vez"],
                Text(
                    en: "go through every question; Enter keeps the answer",
                    es: "pasa por todas las preguntas; Enter deja la respuesta")),
            .flag(
                "questions", spanish: ["preguntas"],
                Text(
                    en: "list the questions and answers by their words, for scripts",
                    es: "lista las preguntas y respuestas con sus palabras, para scripts")),
            .value(
                "answers-fd", "N",
                Text(
                    en: "read answers from this file descriptor: lines like team=alone",
                    es: "lee respuestas de este descriptor de archivo: líneas como team=alone")),
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "write the page as HTML to print into this new file",
                    es: "escribe la hoja como HTML para imprimir en este archivo nuevo")),
        ],
        conflicts: [
            Conflict("again", "plan"), Conflict("again", "answers-fd"),
            Conflict("questions", "answers-fd"),
        ],
        examples: [
            "amparo risk", "amparo risk --plan -o plan.html",
            "amparo risk --answers-fd 4 --json --passphrase-fd 3 3<FILE 4<ANSWERS",
        ]
    ) { invocation in
        if invocation.flag("questions") { return try list(invocation) }
        let given = try RiskScript.read(invocation)
        let output = invocation.value("output")
        let file = try output.map { try invocation.newFile($0) }
        var end = RiskDialogue.End.finished
        let answers = try invocation.withVault { vault in
            let book = RiskBook(vault)
            var answers = book.answers
            if let given {
                try RiskScript.apply(given, to: &answers)
                book.keep(answers)
            } else if !invocation.flag("plan"), invocation.world.terminal.canAsk, !invocation.json {
                let dialogue = RiskDialogue(invocation, asksAll: invocation.flag("again"))
                end = try dialogue.run(&answers)
                book.keep(answers)
                // The signal has done its work; storing must not stop at it.
                if Interrupts.isRaised { Interrupts.clear() }
            }
            return answers
        }
        guard end == .finished else {
            invocation.say(
                Text(
                    en: "what you answered is kept in the vault; go on with: amparo risk",
                    es: "lo que respondiste quedó en la bóveda; sigue con: amparo risk"))
            if end == .cut { throw Interrupted() }
            return
        }
        let page = RiskPage(answers, invocation)
        if let output, let file {
            try invocation.write(Array(page.html.utf8), to: file, output)
            return try invocation.print(output)
        }
        guard !invocation.json else { return try invocation.printJSON(page.json) }
        try invocation.show(page.lines)
    }

    private static func list(_ invocation: Invocation) throws {
        let language = invocation.language
        guard !invocation.json else {
            let questions = RiskCatalogue.questions.map { question -> JSON in
                [
                    "id": .text(question.id), "part": .text("\(question.part)"),
                    "question": .text(question.ask(language)),
                    "several": .bool(question.takesSeveral),
                    "choices": .list(
                        question.choices.map { choice -> JSON in
                            ["id": .text(choice.id), "label": .text(choice.label(language))]
                        }),
                ]
            }
            return try invocation.printJSON(["questions": .list(questions)])
        }
        for question in RiskCatalogue.questions {
            try invocation.print("\(question.id)  \(question.ask(language))")
            for choice in question.choices {
                try invocation.print("    \(choice.id)  \(choice.label(language))")
            }
        }
    }
}

/// Answers of a script: one question a line, `id=choice,choice`; nothing after `=` forgets it.
enum RiskScript {
    struct Line {
        let question: RiskQuestion
        let choices: [String]
    }

    /// - Returns: nil without `--answers-fd`.
    static func read(_ invocation: Invocation) throws -> [Line]? {
        guard let text = try invocation.secretText(option: "answers-fd", limit: 65_536) else {
            return nil
        }
        return try text.withBytes { (bytes) throws(Failure) in try parse(bytes) }
    }

    /// - Throws: Exit 2 with the number of the line; the answers themselves are not repeated.
    static func parse(_ bytes: Span<UInt8>) throws(Failure) -> [Line] {
        guard let text = String(validating: bytes.indices.map { bytes[$0] }, as: UTF8.self) else {
            throw TerminalError.notText.failure
        }
        var lines: [Line] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let words = line.split(separator: "#", omittingEmptySubsequences: false)[0]
                .filter { !$0.isWhitespace }
            guard !words.isEmpty else { continue }
            let parts = words.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let question = RiskCatalogue.question(String(parts[0])) else {
                throw mistake(number + 1)
            }
            let choices = parts[1].split(separator: ",").map(String.init)
            var trial = RiskAnswers()
            guard choices.isEmpty || trial.set(choices, for: question) else {
                throw mistake(number + 1)
            }
            lines.append(Line(question: question, choices: choices))
        }
        return lines
    }

    static func apply(_ lines: [Line], to answers: inout RiskAnswers) throws {
        for line in lines {
            if line.choices.isEmpty {
                answers.forget(line.question)
            } else {
                _ = answers.set(line.choices, for: line.question)
            }
        }
    }

    private static func mistake(_ number: Int) -> Failure {
        Failure(
            .usage,
            Text(
                en: "line \(number) is no answer to one of the questions",
                es: "la línea \(number) no responde a ninguna de las preguntas"),
            hint: Text(
                en: "see how they are written: amparo risk --questions",
                es: "mira cómo se escriben: amparo risk --questions"))
    }
}
