internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Wording

/// `amparo practice start`: makes the world, or goes back into it.
enum PracticeStart {
    static let command = Command(
        "start", spanish: ["empezar", "iniciar", "entrar"],
        Text(en: "Go into the practice world", es: "Entra en el mundo de práctica"),
        options: [
            .flag(
                "no-shell",
                Text(
                    en: "open no shell: print what puts yours into the practice",
                    es: "no abras otra terminal: entrega lo que pone la tuya en práctica"))
        ],
        examples: ["amparo practice start", "eval \"$(amparo practice start --no-shell)\""]
    ) { invocation in
        guard PracticeWorld(environment: invocation.world.environment) == nil else {
            throw Failure(
                .refused,
                Text(en: "you are in the practice already", es: "ya estás en la práctica"),
                hint: Text(
                    en: "see the lessons: amparo lesson list",
                    es: "mira las lecciones: amparo lesson list"))
        }
        let world = try place(invocation)
        let isNew = try make(world, invocation)
        try PracticeShell.watch(world, invocation)
        if invocation.json { return try invocation.printJSON(json(world, isNew, invocation)) }
        let opensShell = !invocation.flag("no-shell") && invocation.world.terminal.canAsk
        guard opensShell else {
            for (name, value) in PracticeShell.variables(world, invocation.world.environment)
                .sorted(by: { $0.key < $1.key })
            {
                try invocation.print("export \(name)=\(quoted(value))")
            }
            return
        }
        welcome(world, isNew, invocation)
        try PracticeShell.enter(world, invocation)
    }

    /// Beside the real home: `…/amparo` and `…/amparo-practice`.
    static func place(_ invocation: Invocation) throws(Failure) -> PracticeWorld {
        let found = Home.locate(
            option: invocation.value("home"), environment: invocation.world.environment)
        guard let found, found.path.hasPrefix("/") else {
            throw Failure(
                .usage,
                Text(
                    en: "there is no home folder to put the practice beside",
                    es: "no hay una carpeta personal junto a la cual poner la práctica"),
                hint: Text(
                    en: "name one: amparo --home /FOLDER practice start",
                    es: "di cuál: amparo --home /CARPETA practice start"))
        }
        return PracticeWorld(found.path + "-practice")
    }

    /// - Returns: Whether there was none yet.
    private static func make(_ world: PracticeWorld, _ invocation: Invocation) throws -> Bool {
        let files = invocation.world.files
        guard try files.linkStatus(world.folder) != nil else {
            // Seconds, on an old machine.
            if invocation.world.terminal.isTerminal(.error) {
                invocation.say(
                    Text(
                        en: "making the practice world…", es: "preparando el mundo de práctica…"))
            }
            try PracticeStage(world, invocation).build()
            return true
        }
        if let language = world.language(files) {
            try invocation.guardHome(world.folder) { true }
            // A shell runs it: what lies there, perhaps from somebody's memory stick, is not asked.
            try files.replace(
                world.shellStart, with: Array(PracticeShell.start(language).utf8))
            return false
        }
        throw Failure(
            .refused,
            Text(
                en: "\(world.folder) is there and is no practice world",
                es: "\(world.folder) ya existe y no es un mundo de práctica"),
            hint: Text(
                en: "move it away, or choose another place: amparo --home DIR practice start",
                es: "muévela, o elige otro lugar: amparo --home CARPETA practice start"))
    }

    private static func welcome(
        _ world: PracticeWorld, _ isNew: Bool, _ invocation: Invocation
    ) {
        let name = Cast.journalist
        invocation.say(
            Text(
                en: """

                    PRACTICE. Here you are \(name), a reporter who does not exist. Her notes, sources and \
                    keys are invented; Laura, her editor, keeps watch. Nothing of yours is opened and \
                    nothing leaves this machine.

                    The passphrase of her vault: \(PracticeStage.passphrase)
                    (It opens fast because it is weak: this vault guards nothing.)
                    Laura's, where a lesson lets you play her: \(PracticeStage.colleaguePassphrase)

                    Begin: amparo lesson start 2 · all lessons: amparo lesson list
                    Leave: exit · come back: amparo practice start · delete it: amparo practice end

                    """,
                es: """

                    PRÁCTICA. Aquí eres \(name), una reportera que no existe. Sus apuntes, fuentes y llaves \
                    son inventados; Laura, su editora, vigila. No se abre nada tuyo y nada sale de este \
                    equipo.

                    La frase de contraseña de su bóveda: \(PracticeStage.passphrase)
                    (Abre rápido porque es débil: esta bóveda no guarda nada.)
                    La de Laura, cuando una lección te pone en su lugar: \(PracticeStage.colleaguePassphrase)

                    Empieza: amparo lesson start 2 · todas las lecciones: amparo lesson list
                    Sal: exit · regresa: amparo practice start · bórrala: amparo practice end

                    """))
        if !isNew {
            invocation.say(
                Text(
                    en: "you were here before: everything is as you left it",
                    es: "ya habías estado aquí: todo está como lo dejaste"))
        }
    }

    private static func json(
        _ world: PracticeWorld, _ isNew: Bool, _ invocation: Invocation
    ) -> JSON {
        [
            "folder": .text(world.folder), "home": .text(world.home), "work": .text(world.work),
            "inbox": .text(world.inbox(invocation.language)), "new": .bool(isNew),
            "watching": .bool(PracticeShell.isWatching(world, invocation.world.files)),
        ]
    }

    /// For a shell's `eval`.
    private static func quoted(_ value: String) -> String {
        "'"
            + value.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
