internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Wording

/// `amparo practice clock`: the time of the practice world.
enum PracticeClockCommand {
    static let command = Command(
        "clock", spanish: ["reloj", "hora"],
        Text(
            en: "Let the hours of the practice pass faster",
            es: "Haz que las horas de la práctica pasen más rápido"),
        why: Text(
            en: """
                Only the practice world has this clock: a plan of 24 hours lapses in four minutes at \
                --speed 360. Skipped hours pass fast, they are not leapt over: the watcher sees every \
                minute and sends what is due. The machine's own clock is not touched.
                """,
            es: """
                Solo el mundo de práctica tiene este reloj: con --speed 360 un plan de 24 horas vence \
                en cuatro minutos. Las horas que saltas pasan rápido, no se brincan: el vigilante ve \
                cada minuto y manda lo que toca. El reloj de tu equipo no se mueve.
                """),
        options: [
            .value(
                "speed", "N", spanish: ["velocidad", "ritmo"],
                Text(
                    en: "how many seconds pass in one, 1 to 10000",
                    es: "cuántos segundos pasan en uno, de 1 a 10000")),
            .value(
                "skip", "TIME", spanish: ["saltar", "avanzar"],
                Text(
                    en: "let this much time pass now, in a few seconds",
                    es: "deja pasar ya este tiempo, en unos segundos")),
        ],
        examples: [
            "amparo practice clock", "amparo practice clock --speed 360",
            "amparo practice clock --skip 2h",
        ]
    ) { invocation in
        let world = try PracticeCommands.world(invocation)
        if let text = invocation.value("speed") {
            guard let pace = Int(text), (1...ClockFile.fastest).contains(pace) else {
                throw Failure(
                    .usage,
                    Text(en: "--speed cannot be '\(text)'", es: "--speed no puede ser «\(text)»"),
                    hint: Text(
                        en: "write a number from 1 to 10000; 360 makes a day last four minutes",
                        es: "escribe un número de 1 a 10000; con 360 un día dura cuatro minutos"))
            }
            try change(world, invocation) { $0.run(at: pace, from: $1) }
        }
        if let length = try invocation.duration("skip") { try skip(length, world, invocation) }
        try report(world, invocation)
    }

    /// Longest skip: a week.
    private static let longest = Duration.seconds(7 * 86_400)

    /// Lets `length` pass while everybody watches, and waits until it has.
    static func skip(_ length: Duration, _ world: PracticeWorld, _ invocation: Invocation) throws {
        guard length <= longest else {
            throw Failure(
                .usage,
                Text(en: "a skip has at most 7 days", es: "un salto tiene a lo más 7 días"))
        }
        var lasts = Duration.zero
        try change(world, invocation) {
            lasts = $0.skip(length, within: .seconds(4), from: $1)
        }
        let end = invocation.world.clock.machine.boot + lasts
        while invocation.world.clock.machine.boot < end {
            try Interrupts.check()
            let rest = end - invocation.world.clock.machine.boot
            _ = Waiting.forReadable([Interrupts.descriptor], limit: max(rest, .milliseconds(1)))
        }
        // What became due in the last minute is on its way.
        _ = Waiting.forReadable([Interrupts.descriptor], limit: .milliseconds(600))
        try Interrupts.check()
    }

    private static func change(
        _ world: PracticeWorld, _ invocation: Invocation,
        _ body: (inout ClockFile, _ machine: Instant) -> Void
    ) throws {
        let files = invocation.world.files
        guard var file = ClockFile(parsing: try files.read(world.clock, limit: 4_096)) else {
            throw Failure(
                .damaged,
                Text(
                    en: "the clock of the practice is damaged",
                    es: "el reloj de la práctica está dañado"),
                hint: Text(
                    en: "begin again: amparo practice end, amparo practice start",
                    es: "empieza otra vez: amparo practice end, amparo practice start"))
        }
        body(&file, invocation.world.clock.machine.now)
        try files.replace(world.clock, with: file.serialized)
    }

    private static func report(_ world: PracticeWorld, _ invocation: Invocation) throws {
        let clock = invocation.world.clock
        let pace = clock.pace ?? 1
        if invocation.json {
            return try invocation.printJSON([
                "now": .time(clock.now), "speed": .number(Int64(pace)),
            ])
        }
        let now = LocalTime(invocation.world).text(clock.now)
        try invocation.print(
            pace == 1
                ? Text(
                    en: "the hour in PRACTICE: \(now); time passes as in life",
                    es: "la hora en la PRÁCTICA: \(now); el tiempo pasa como en la vida")
                : Text(
                    en: "the hour in PRACTICE: \(now); \(pace) seconds pass in one",
                    es: "la hora en la PRÁCTICA: \(now); pasan \(pace) segundos en uno"))
    }
}
