internal import CommandLineKit
internal import Curriculum
internal import Keyring
internal import Platform
internal import Vault
internal import Wording

/// `amparo lesson check`: looks at what was made, and says what is missing.
enum LessonCheck {
    static let command = Command(
        "check", spanish: ["revisar", "revisión", "comprobar"],
        Text(en: "See whether a lesson is done", es: "Mira si una lección está hecha"),
        why: Text(
            en: """
                It opens what you made in the practice world, with the practice keys, and names what is \
                missing. Nothing can be passed by typing that it is done; nothing is sent anywhere.
                """,
            es: """
                Abre lo que hiciste en el mundo de práctica, con las llaves de práctica, y dice qué \
                falta. Nada se pasa escribiendo que ya; nada se manda a ningún lado.
                """),
        arguments: [
            Argument(
                "NUMBER", .optional,
                Text(
                    en: "Which lesson; the one begun last if left out",
                    es: "Cuál lección; la última que empezaste, si la omites"))
        ],
        examples: ["amparo lesson check", "amparo lesson check 4 --json"]
    ) { invocation in
        let world = try PracticeCommands.world(invocation)
        let lesson = try lesson(world, invocation)
        let results = try results(lesson, world, invocation)
        let isDone = results.allSatisfy { $0.missing == nil }
        if invocation.json {
            try invocation.printJSON(json(lesson, results, isDone, invocation.language))
        } else {
            for result in results {
                let mark = result.missing == nil ? "✓ " : "✗ "
                try invocation.print(
                    invocation.filled(mark + result.check.sentence, on: .output, indent: 2))
                if let missing = result.missing {
                    try invocation.print(
                        invocation.filled(
                            "    → " + missing(invocation.language), on: .output, indent: 6))
                }
            }
        }
        guard isDone else {
            let left = results.count { $0.missing != nil }
            throw Failure(
                .failed,
                Text(
                    en:
                        "lesson \(lesson.number) is not done yet: \(left) of \(results.count) missing",
                    es:
                        "a la lección \(lesson.number) todavía le falta: \(left) de \(results.count)"
                ),
                hint: Text(
                    en: "the steps again: amparo lesson show \(lesson.number)",
                    es: "los pasos otra vez: amparo lesson show \(lesson.number)"))
        }
        invocation.say(
            Text(
                en:
                    "lesson \(lesson.number) is done; three questions: amparo lesson quiz \(lesson.number)",
                es:
                    "lección \(lesson.number), hecha; tres preguntas: amparo lesson quiz \(lesson.number)"
            ))
    }

    struct Result {
        let check: Lesson.Check
        /// nil when it is there.
        let missing: Text?
    }

    private static func lesson(_ world: PracticeWorld, _ invocation: Invocation) throws -> Lesson {
        if let word = invocation.argument("NUMBER") {
            return try LessonCommands.named(word, invocation)
        }
        let noted = try? invocation.world.files.read(world.currentLesson, limit: 16)
        guard let noted else {
            throw Failure(
                .usage, Text(en: "which lesson?", es: "¿cuál lección?"),
                hint: Text(en: "say it: amparo lesson check 4", es: "dilo: amparo lesson check 4"))
        }
        let digits = noted.filter { (0x30...0x39).contains($0) }
        return try LessonCommands.named(String(decoding: digits, as: UTF8.self), invocation)
    }

    private static func results(
        _ lesson: Lesson, _ world: PracticeWorld, _ invocation: Invocation
    ) throws -> [Result] {
        // Looking must not open what is to be locked, nor keep it open.
        let wasOpen = try invocation.hasSession(VaultFile(invocation.home.vault).id)
        let vault = try wasOpen ? invocation.openVault() : invocation.openVaultByPassphrase()
        return try invocation.end(vault) { vault in
            let view = Inspection(world, vault, wasOpen: wasOpen, invocation)
            let results = try lesson.checks.map { check in
                guard let look = LessonChecks.all[lesson.number]?[check.id] else {
                    preconditionFailure("lesson \(lesson.number) has no check '\(check.id)'")
                }
                return Result(check: check, missing: try look(view))
            }
            if results.allSatisfy({ $0.missing == nil }) {
                LessonProgress.note(lesson.number, in: Keyring(vault))
            }
            return results
        }
    }

    private static func json(
        _ lesson: Lesson, _ results: [Result], _ isDone: Bool, _ language: Language
    ) -> JSON {
        [
            "lesson": .number(Int64(lesson.number)), "done": .bool(isDone),
            "checks": .list(
                results.map { result in
                    [
                        "id": .text(result.check.id), "sentence": .text(result.check.sentence),
                        "done": .bool(result.missing == nil),
                        "missing": .text(orNull: result.missing.map { $0(language) }),
                    ]
                }),
        ]
    }
}

/// Which checks there is code for: a test compares them with the lessons.
package enum LessonCheckNames {
    package static var all: [Int: Set<String>] { LessonChecks.all.mapValues { Set($0.keys) } }
}
