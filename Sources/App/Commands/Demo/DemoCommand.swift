internal import CommandLineKit
internal import Platform
internal import Wording

/// `amparo demo`: five scenes on real files in a scratch home.
enum DemoCommand {
    static let command = Command(
        "demo", spanish: ["demostracion", "demostración", "recorrido"],
        Text(
            en: "See it work in two minutes, on invented notes",
            es: "Míralo funcionar en dos minutos, con apuntes inventados"),
        why: Text(
            en: """
                The tour runs the real commands in a folder of its own, in memory where the system \
                allows, and removes it at the end. It does not touch your vault, and nothing leaves \
                this machine: the alert goes to a folder.
                """,
            es: """
                El recorrido usa los comandos de verdad en una carpeta propia, en la memoria si el \
                sistema lo permite, y la borra al final. No toca tu bóveda, y nada sale de este \
                equipo: la alerta llega a una carpeta.
                """),
        examples: ["amparo demo", "amparo demo --lang es"]
    ) { invocation in
        let stage = try DemoStage(invocation)
        defer { stage.clear() }
        var story = DemoStory(stage)
        defer { story.watcher?.stop() }
        try stage.tell(
            Text(
                en:
                    "Amparo in five scenes. Ana is a reporter, Laura her editor; both are invented, "
                    + "the files and commands are real. Nothing of yours is touched.",
                es: "Amparo en cinco escenas. Ana es reportera y Laura su editora; las dos son "
                    + "inventadas, los archivos y comandos son de verdad. No se toca nada tuyo."))
        try story.write()
        try story.thief()
        try story.editor()
        try story.silence()
        try story.allClear()
        try stage.tell(
            Text(
                en: """

                    Now you. Three commands to begin with:

                      amparo init
                      amparo note new
                      amparo checkin plan new --help
                    """,
                es: """

                    Ahora tú. Tres comandos para empezar:

                      amparo init
                      amparo note new
                      amparo checkin plan new --help
                    """))
    }
}
