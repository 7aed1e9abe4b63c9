import CommandLineKit
import Wording

/// A small program, so that these tests do not change when a command does.
enum SampleTable {
    static let root = Command(
        "amparo", Text(en: "Sample program", es: "Programa de ejemplo"),
        why: Text(en: "Because of the test.", es: "Por la prueba."),
        subcommands: [note.inShort(en: "Your notes", es: "Tus apuntes"), seal, report])

    static let note = Command(
        "note", spanish: ["nota", "apunte"],
        Text(en: "Write and find notes", es: "Escribe y encuentra apuntes"),
        why: Text(en: "Notes are sealed.", es: "Los apuntes van sellados."),
        subcommands: [
            Command(
                "find", spanish: ["buscar", "encontrar"],
                Text(en: "Search the notes", es: "Busca en los apuntes"),
                options: [
                    .value(
                        "tag", short: "t", "TAG", repeats: true,
                        Text(en: "only notes with this tag", es: "solo apuntes con esta etiqueta"))
                ],
                arguments: [
                    Argument("WORD", .repeating, Text(en: "what to find", es: "qué buscar"))
                ],
                examples: ["amparo note find puerto --tag veracruz"]
            ) { try $0.print("found \($0.arguments("WORD"))") },
            Command(
                "show", spanish: ["ver", "mostrar"],
                Text(en: "Show a note", es: "Muestra un apunte"),
                arguments: [Argument("ID", Text(en: "its id", es: "su identificador"))]
            ) { invocation in
                if invocation.json {
                    try invocation.printJSON(["id": .text(invocation.argument("ID") ?? "")])
                } else {
                    try invocation.print(invocation.argument("ID") ?? "")
                }
            },
        ])

    static let seal = Command(
        "seal", spanish: ["sellar", "cifrar"],
        Text(
            en: "Seal a file so that only the people you name can open it, wherever it ends up",
            es: "Sella un archivo para que solo lo abran las personas que nombres"),
        options: [
            .flag("armor", short: "a", Text(en: "write text", es: "escribe texto")),
            .flag("pad", short: "p", Text(en: "hide the length", es: "oculta el tamaño")),
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(en: "the new file", es: "el archivo nuevo")),
            .value("for", "DURATION", Text(en: "how long", es: "por cuánto tiempo")),
            .value("mode", "fast|slow", Text(en: "how", es: "cómo")),
        ],
        conflicts: [
            Conflict(
                "armor", "pad",
                hint: Text(en: "pad first, then armor", es: "primero rellena, luego da formato"))
        ],
        arguments: [
            Argument("FILE", Text(en: "what to seal", es: "qué sellar")),
            Argument("KEY", .oneOrMore, Text(en: "for whom", es: "para quién")),
        ],
        examples: ["amparo seal -o out.age report.pdf age1...", "cat a | amparo seal - age1..."]
    ) { try $0.print("sealed") }

    static let report = Command(
        "checkin", aliases: ["ok"], spanish: ["reportarse"],
        Text(en: "Say that you are well", es: "Di que estás bien"),
        arguments: [Argument("LABEL", .optional, Text(en: "which plan", es: "qué plan"))],
        subcommands: [
            Command("status", spanish: ["estado"], Text(en: "How it stands", es: "Cómo va")) {
                try $0.print("status")
            }
        ]
    ) { try $0.print("checked in \($0.argument("LABEL") ?? "-")") }
}
