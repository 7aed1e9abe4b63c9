internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Wording

/// `amparo lesson …`: the course, practised with the real commands.
enum LessonCommands {
    static let command = Command(
        "lesson", aliases: ["lessons"], spanish: ["lección", "leccion", "lecciones", "curso"],
        Text(
            en: "Learn step by step, with commands that do something",
            es: "Aprende paso a paso, con comandos que hacen algo"),
        why: Text(
            en: """
                Each lesson says what it solves and what it does not, lets you type the real commands in \
                the practice world, and then looks at what you made: nobody passes by saying that it is \
                done. Which lessons you have done is kept in the vault that you practise in, nowhere \
                else. Reading needs no vault.
                """,
            es: """
                Cada lección dice qué resuelve y qué no, te hace escribir los comandos de verdad en el \
                mundo de práctica y luego mira lo que hiciste: nadie la pasa diciendo que ya. Qué \
                lecciones llevas queda en la bóveda con la que practicas, en ningún otro lado. Para \
                leer no hace falta bóveda.
                """),
        examples: ["amparo lesson list", "amparo lesson start 4", "amparo lesson check 4"],
        subcommands: [list, show, start, LessonCheck.command, LessonQuiz.command])

    static let number = Argument(
        "NUMBER", Text(en: "Which lesson", es: "Cuál lección"))

    /// The lesson that was named.
    static func chosen(_ invocation: Invocation) throws -> Lesson {
        try named(invocation.argument("NUMBER") ?? "", invocation)
    }

    static func named(_ word: String, _ invocation: Invocation) throws -> Lesson {
        let language = invocation.language
        guard let number = Course.number(named: word, in: language) else {
            throw Failure(
                .usage,
                Text(
                    en: "there is no lesson '\(word)': they go from 1 to \(Course.count)",
                    es: "no hay lección «\(word)»: van de la 1 a la \(Course.count)"),
                hint: Text(
                    en: "see them: amparo lesson list", es: "míralas: amparo lesson list"))
        }
        return Course.lesson(number, in: language)
    }

    private static let list = Command(
        "list", aliases: ["ls"], spanish: ["lista", "listar"],
        Text(en: "List the lessons", es: "Lista las lecciones"),
        examples: ["amparo lesson list", "amparo lesson list --json"]
    ) { invocation in
        let done = try LessonProgress.atHand(invocation)
        let lessons = (1...Course.count).map { Course.lesson($0, in: invocation.language) }
        if invocation.json {
            return try invocation.printJSON([
                "lessons": .list(
                    lessons.map { lesson in
                        [
                            "number": .number(Int64(lesson.number)), "title": .text(lesson.title),
                            "minutes": .number(Int64(lesson.minutes)),
                            "done": done.map { .bool($0.contains(lesson.number)) } ?? .null,
                        ]
                    })
            ])
        }
        try invocation.print(
            columns: lessons.map { lesson in
                let mark = done?.contains(lesson.number) == true ? "✓" : " "
                return [
                    "\(mark) \(lesson.number < 10 ? " " : "")\(lesson.number)",
                    "\(lesson.minutes) min", lesson.title,
                ]
            })
        invocation.say(
            Text(
                en: "begin one: amparo lesson start 4 · practise: amparo practice start",
                es: "empieza una: amparo lesson start 4 · practica: amparo practice start"))
    }

    private static let show = Command(
        "show", spanish: ["ver", "mostrar", "leer"],
        Text(en: "Read a whole lesson", es: "Lee una lección completa"),
        options: [
            .flag(
                "trainer", spanish: ["instructora", "taller"],
                Text(
                    en: "with what only the trainer needs",
                    es: "con lo que solo necesita quien da el taller"))
        ],
        arguments: [number], examples: ["amparo lesson show 4", "amparo lesson show 4 --trainer"]
    ) { invocation in
        let lesson = try chosen(invocation)
        guard !invocation.json else { return try invocation.printJSON(LessonPage.json(lesson)) }
        let page = LessonPage(lesson, invocation)
        try page.printForParticipants()
        try page.printRest()
        if invocation.flag("trainer") { try page.printForTrainers() }
    }

    private static let start = Command(
        "start", spanish: ["empezar", "iniciar"],
        Text(en: "Begin a lesson", es: "Empieza una lección"),
        arguments: [number], examples: ["amparo lesson start 4"]
    ) { invocation in
        let lesson = try chosen(invocation)
        if invocation.isPractice {
            let world = try PracticeCommands.world(invocation)
            try invocation.world.files.replace(
                world.currentLesson, with: Array("\(lesson.number)\n".utf8))
        }
        guard !invocation.json else { return try invocation.printJSON(LessonPage.json(lesson)) }
        try LessonPage(lesson, invocation).printForParticipants()
        invocation.say(
            invocation.isPractice
                ? Text(
                    en: "\nwhen you have done it: amparo lesson check",
                    es: "\ncuando lo hayas hecho: amparo lesson check")
                : Text(
                    en:
                        "\nthis is not practice: go in before you type anything (amparo practice start)",
                    es:
                        "\nesto no es la práctica: entra antes de escribir nada (amparo practice start)"
                ))
    }
}
