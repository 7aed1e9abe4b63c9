internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Wording

/// A lesson on the screen.
struct LessonPage {
    private let lesson: Lesson
    private let invocation: Invocation

    init(_ lesson: Lesson, _ invocation: Invocation) {
        self.lesson = lesson
        self.invocation = invocation
    }

    // MARK: What there is in it

    static let solves = Text(en: "What it solves", es: "Qué resuelve")
    static let leavesOpen = Text(en: "What it does not solve", es: "Qué no resuelve")
    static let why = Text(en: "Why", es: "Por qué")
    static let steps = Text(en: "Steps", es: "Pasos")
    static let checks = Text(en: "What will be looked at", es: "Qué se va a revisar")
    static let discussion = Text(en: "To talk about", es: "Para conversar")
    static let keeping = Text(
        en: "If you keep VeraCrypt, KeePassXC or Signal",
        es: "Si ya usas VeraCrypt, KeePassXC o Signal")
    static let trainer = Text(en: "For the trainer", es: "Para quien da el taller")

    func printForParticipants() throws {
        try invocation.print("\(lesson.number). \(lesson.title)")
        for fact in lesson.facts { try item(fact) }
        try section(Self.solves, lesson.solves)
        try section(Self.leavesOpen, lesson.leavesOpen)
        try section(Self.why, lesson.why)
        try heading(Self.steps)
        for (place, step) in lesson.steps.enumerated() {
            try invocation.print()
            try paragraph("\(place + 1). \(step.title)")
            try blocks(step.blocks)
        }
        try heading(Self.checks)
        for check in lesson.checks { try item(check.sentence) }
    }

    func printRest() throws {
        try section(Self.discussion, lesson.discussion)
        try section(Self.keeping, lesson.keeping)
    }

    func printForTrainers() throws {
        try section(Self.trainer, lesson.trainer)
        for question in lesson.quiz {
            try invocation.print()
            try paragraph(question.words)
            for (place, answer) in question.answers.enumerated() {
                try item((place == question.right ? "(✓) " : "") + answer)
            }
            try paragraph(question.reason)
        }
    }

    // MARK: Lines

    private func section(_ title: Text, _ blocks: [Lesson.Block]) throws {
        try heading(title)
        try self.blocks(blocks)
    }

    private func heading(_ title: Text) throws {
        try invocation.print()
        try invocation.print(title(invocation.language).uppercased())
    }

    private func blocks(_ blocks: [Lesson.Block]) throws {
        for block in blocks {
            switch block {
            case .paragraph(let text): try paragraph(text)
            case .items(let items): for text in items { try item(text) }
            case .orders(let orders):
                for order in orders { try invocation.print("    $ " + order.line) }
            }
        }
    }

    private func paragraph(_ text: String) throws {
        try invocation.print(invocation.filled(text, on: .output))
    }

    private func item(_ text: String) throws {
        try invocation.print(invocation.filled("· " + text, on: .output, indent: 2))
    }

    // MARK: JSON

    static func json(_ lesson: Lesson) -> JSON {
        [
            "number": .number(Int64(lesson.number)), "title": .text(lesson.title),
            "minutes": .number(Int64(lesson.minutes)), "facts": .list(lesson.facts),
            "solves": .list(lines(lesson.solves)), "leaves_open": .list(lines(lesson.leavesOpen)),
            "why": .list(lines(lesson.why)),
            "steps": .list(
                lesson.steps.map { step in
                    [
                        "title": .text(step.title),
                        "commands": .list(step.commands.map(\.line)),
                        "text": .list(lines(step.blocks)),
                    ]
                }),
            "checks": .list(
                lesson.checks.map { ["id": .text($0.id), "sentence": .text($0.sentence)] }),
            "discussion": .list(lines(lesson.discussion)),
            "quiz": .list(
                lesson.quiz.map { question in
                    ["question": .text(question.words), "answers": .list(question.answers)]
                }),
            "keeping": .list(lines(lesson.keeping)),
        ]
    }

    private static func lines(_ blocks: [Lesson.Block]) -> [String] {
        blocks.flatMap { block -> [String] in
            switch block {
            case .paragraph(let text): [text]
            case .items(let items): items
            case .orders: []
            }
        }
    }
}
