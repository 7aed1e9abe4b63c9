internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Wording

/// `amparo practice attacker`: what somebody else sees of what was just made.
enum PracticeAttacker {
    static let command = Command(
        "attacker", spanish: ["atacante", "adversario"],
        Text(
            en: "See what somebody else sees of what you made",
            es: "Mira lo que otro ve de lo que hiciste"),
        why: Text(
            en: """
                A thief with the machine, a border guard with two copies, whoever runs a relay, and \
                whoever listens on the network: each is shown what they would have in hand, taken from \
                the files that you made, and what they would not. None of them has your passphrase \
                here; against somebody who sees you type it none of this helps.
                """,
            es: """
                Un ladrón con el equipo, un agente en la frontera con dos copias, quien maneja un \
                relevo y quien escucha la red: de cada uno se muestra qué tendría en la mano, sacado de \
                los archivos que hiciste, y qué no. Ninguno tiene aquí tu frase de contraseña; contra \
                quien te ve escribirla nada de esto ayuda.
                """),
        arguments: [
            Argument(
                "thief|border|relay|network", .optional,
                Text(en: "Who; all four if left out", es: "Quién; los cuatro, si lo omites"))
        ],
        examples: ["amparo practice attacker", "amparo practice attacker border"]
    ) { invocation in
        let world = try PracticeCommands.world(invocation)
        let who = invocation.argument("thief|border|relay|network")
        let view = try AttackerView(world, invocation)
        var seen: [(name: String, title: Text, lines: [Text])] = []
        func add(_ name: String, _ title: Text, _ lines: () throws -> [Text]) throws {
            guard who == nil || who == name else { return }
            seen.append((name, title, try lines()))
        }
        try add(
            "thief", Text(en: "A thief with the laptop", es: "Un ladrón con la laptop"), view.thief)
        try add(
            "border",
            Text(en: "A border guard with two copies", es: "Un agente con dos copias de la bóveda"),
            view.border)
        try add(
            "relay", Text(en: "Whoever runs a relay", es: "Quien maneja un relevo"), view.relay)
        try add(
            "network",
            Text(en: "Whoever listens on the network", es: "Quien escucha la red"), view.network)
        if invocation.json {
            return try invocation.printJSON([
                "views": .list(
                    seen.map { item in
                        [
                            "who": .text(item.name),
                            "sees": .list(item.lines.map { $0(invocation.language) }),
                        ]
                    })
            ])
        }
        for (place, item) in seen.enumerated() {
            if place > 0 { try invocation.print() }
            try invocation.print(item.title)
            for line in item.lines {
                try invocation.print(
                    invocation.filled(
                        "· " + line(invocation.language), on: .output, indent: 2))
            }
        }
    }
}
