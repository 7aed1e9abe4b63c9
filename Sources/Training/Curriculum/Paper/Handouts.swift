package import Wording

/// The paper of a workshop, as pages to print; whoever makes a kit writes them into a folder.
package enum Handouts {
    package struct Page: Sendable {
        /// A file name in ASCII.
        package let name: String
        package let title: String
        package let html: String
    }

    /// Everything, in the order in which it is needed.
    package static func all(_ language: Language) -> [Page] {
        Agenda.Length.allCases.map { agenda($0, language) } + [guide(language)]
            + (1...Course.count).map { lesson($0, language) }
            + (1...Course.count).map { trainerNotes($0, language) }
            + [evaluation(language), answerKey(language)]
    }

    private static let foot = Text(
        en: "Amparo. Everybody in the examples is invented. Write nothing real on this sheet.",
        es:
            "Amparo. Las personas de los ejemplos son inventadas. No escribas nada verdadero en esta hoja."
    )

    private static func number(_ number: Int) -> String {
        (number < 10 ? "0" : "") + String(number)
    }

    private static func page(
        _ name: String, _ title: String, _ language: Language, _ fill: (inout HTML) -> Void
    ) -> Page {
        var html = HTML()
        html.element("h1", title)
        fill(&html)
        html.element("p", class: "foot", foot(language))
        return Page(
            name: name + ".html", title: title, html: html.page(title: title, language: language))
    }

    // MARK: Lessons

    /// What a participant takes home.
    package static func lesson(_ number: Int, _ language: Language) -> Page {
        let lesson = Course.lesson(number, in: language)
        return page(
            Text(en: "lesson-", es: "leccion-")(language) + self.number(number),
            "\(number). \(lesson.title)", language
        ) { html in
            html.open("ul", class: "facts")
            for fact in lesson.facts { html.element("li", fact) }
            html.close("ul")
            section(Text(en: "What it solves", es: "Qué resuelve"), lesson.solves, language, &html)
            section(
                Text(en: "What it does not solve", es: "Qué no resuelve"), lesson.leavesOpen,
                language, &html)
            section(Text(en: "Why", es: "Por qué"), lesson.why, language, &html)
            html.element("h2", Text(en: "Steps", es: "Pasos")(language))
            for (place, step) in lesson.steps.enumerated() {
                html.open("div", class: "step")
                html.element("h3", "\(place + 1). \(step.title)")
                blocks(step.blocks, &html)
                html.close("div")
            }
            html.element("h2", Text(en: "It is done when", es: "Está hecha cuando")(language))
            html.open("ul", class: "checks")
            for check in lesson.checks { html.element("li", check.sentence) }
            html.close("ul")
            html.commands(["amparo lesson check \(number)"])
            section(
                Text(en: "To talk about", es: "Para conversar"), lesson.discussion, language, &html)
            section(
                Text(
                    en: "If you keep VeraCrypt, KeePassXC or Signal",
                    es: "Si ya usas VeraCrypt, KeePassXC o Signal"), lesson.keeping, language, &html
            )
        }
    }

    /// What only the trainer has: pitfalls, and the questions with their answers.
    package static func trainerNotes(_ number: Int, _ language: Language) -> Page {
        let lesson = Course.lesson(number, in: language)
        let title = Text(en: "For the trainer: ", es: "Para quien da el taller: ")(language)
        return page(
            Text(en: "trainer-", es: "taller-")(language) + self.number(number),
            "\(title)\(number). \(lesson.title)", language
        ) { html in
            html.open("ul", class: "facts")
            for fact in lesson.facts { html.element("li", fact) }
            html.close("ul")
            blocks(lesson.trainer, &html)
            section(
                Text(en: "To talk about", es: "Para conversar"), lesson.discussion, language, &html)
            html.element("h2", Text(en: "Three questions", es: "Tres preguntas")(language))
            for question in lesson.quiz {
                html.open("div", class: "question")
                html.element("h3", question.words)
                html.element("p", "✓ " + question.answers[question.right])
                html.element("p", question.reason)
                html.close("div")
            }
        }
    }

    private static func section(
        _ title: Text, _ blocks: [Lesson.Block], _ language: Language, _ html: inout HTML
    ) {
        html.element("h2", title(language))
        self.blocks(blocks, &html)
    }

    private static func blocks(_ blocks: [Lesson.Block], _ html: inout HTML) {
        for block in blocks {
            switch block {
            case .paragraph(let text): html.element("p", text)
            case .items(let items):
                html.open("ul")
                for item in items { html.element("li", item) }
                html.close("ul")
            case .orders(let orders): html.commands(orders.map(\.line))
            }
        }
    }

    // MARK: Agenda

    package static func agenda(_ length: Agenda.Length, _ language: Language) -> Page {
        let agenda = Agenda.of(length)
        let title = Text(en: "Agenda: ", es: "Agenda: ")(language) + agenda.title(language)
        return page("agenda-" + length.rawValue, title, language) { html in
            for (place, day) in agenda.days.enumerated() {
                html.open("div", class: "day")
                if agenda.days.count > 1 {
                    html.element(
                        "h2", Text(en: "Day \(place + 1)", es: "Día \(place + 1)")(language))
                }
                html.open("table")
                html.row(
                    [
                        Text(en: "Hour", es: "Hora")(language),
                        Text(en: "min", es: "min")(language),
                        Text(en: "What", es: "Qué")(language),
                        Text(en: "Lesson", es: "Lección")(language),
                    ], tag: "th")
                var clock = day.start
                for item in day.items {
                    html.row([
                        Agenda.hour(clock), "\(item.minutes)", item.what(language),
                        item.lessons.map { String($0) }.joined(separator: ", "),
                    ])
                    clock += item.minutes
                }
                html.row([Agenda.hour(clock), "", Text(en: "End", es: "Fin")(language), ""])
                html.close("table")
                html.close("div")
            }
        }
    }

    // MARK: Evaluation

    /// One question of each lesson, the same before and after; no name on it.
    package static func evaluation(_ language: Language) -> Page {
        let title = Text(
            en: "Before and after: fourteen questions", es: "Antes y después: catorce preguntas")
        return page(
            Text(en: "evaluation", es: "evaluacion")(language), title(language), language
        ) { html in
            html.element(
                "p",
                Text(
                    en: "Without a name. Only the total matters: before ____ · after ____",
                    es: "Sin nombre. Solo importa el total: antes ____ · después ____")(language))
            for number in 1...Course.count {
                let question = Course.lesson(number, in: language).quiz[0]
                html.open("div", class: "question")
                html.element("h3", "\(number). \(question.words)")
                html.open("ul", class: "answers")
                for answer in question.answers { html.element("li", answer) }
                html.close("ul")
                html.close("div")
            }
            html.element(
                "h2",
                Text(
                    en: "What will you do on Monday? (for you, not to hand in)",
                    es: "¿Qué vas a hacer el lunes? (para ti, no se entrega)")(language))
            for _ in 0..<3 { html.element("div", class: "line", "") }
        }
    }

    package static func answerKey(_ language: Language) -> Page {
        let title = Text(
            en: "Answers to the fourteen questions", es: "Respuestas a las catorce preguntas")
        return page(
            Text(en: "evaluation-answers", es: "evaluacion-respuestas")(language), title(language),
            language
        ) { html in
            for number in 1...Course.count {
                let question = Course.lesson(number, in: language).quiz[0]
                html.element("h3", "\(number). \(question.words)")
                html.element("p", "✓ \(question.answers[question.right]). \(question.reason)")
            }
        }
    }

    // MARK: The trainer's guide

    package static func guide(_ language: Language) -> Page {
        let text = Course.guide(language)
        let title = String(text.prefix { $0 != "\n" }.dropFirst(2))
        return page(
            Text(en: "trainer-guide", es: "guia-del-taller")(language), title, language
        ) { html in
            GuideText.write(text.drop { $0 != "\n" }, into: &html)
        }
    }
}
