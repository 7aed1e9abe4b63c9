internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Watch
internal import Wording

extension CheckInCommands {
    static let card = Command(
        "card", spanish: ["tarjeta"],
        Text(
            en: "Make a card of one-time codes for when there is no machine",
            es: "Haz una tarjeta de códigos de un solo uso para cuando no hay equipo"),
        why: Text(
            en: """
                Twenty codes to dictate by telephone or SMS to whoever watches, or to type here. A \
                code counts once, and only with the four digits that you remember and that stand \
                nowhere: whoever finds the card can do nothing with it. A new card makes the old \
                one worthless. Keep the digits apart from it.
                """,
            es: """
                Veinte códigos para dictar por teléfono o SMS a quien vigila, o para escribir aquí. \
                Cada código cuenta una vez, y solo con las cuatro cifras que recuerdas y que no \
                están escritas en ningún lado: quien encuentre la tarjeta no puede hacer nada con \
                ella. Una tarjeta nueva anula la anterior. Guarda las cifras aparte.
                """),
        options: [
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "into this new file, as HTML when its name ends in .html; standard output"
                        + " if left out",
                    es: "en este archivo nuevo, como HTML si termina en .html; si falta, la salida"
                        + " estándar"))
        ],
        arguments: [optionalLabel],
        examples: ["amparo checkin card", "amparo checkin card xalapa -o card.html"]
    ) { invocation in
        let tickets = try invocation.tickets()
        let ticket = try tickets.find(invocation.argument("LABEL"))
        let output = invocation.value("output").flatMap { $0 == "-" ? nil : $0 }
        // Before the code: nothing changes when there is nowhere to put the card.
        let file = try output.map { try invocation.newFile($0) }
        let card = PaperCard(random: invocation.world.random)
        // This machine alone watches: there is no duress code, and nobody knows the second ending.
        var codes = card.enclosure(decoy: invocation.world.random)
        defer { Zeroing.zero(&codes) }
        let answer = try give(
            .card,
            Enclosure(bytes: codes) { [codes] order, boxKey in
                sealToWatcher(codes, boxKey: boxKey).map { .card(order, codes: $0) }
            }, about: ticket, tickets, invocation)
        try ensureAccepted(answer, ticket, tickets)
        let sheet = CardSheet(card, ticket, Hours(ticket, invocation.world), invocation.language)
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(ticket.plan.description), "label": .text(ticket.label.text),
                "codes": .list(sheet.codes), "ending": .text(sheet.ending),
            ])
        }
        if let output, let file {
            let isHTML = [".html", ".htm"].contains { output.lowercased().hasSuffix($0) }
            try invocation.write(
                Array((isHTML ? sheet.html : sheet.text).utf8), to: file, output)
            try invocation.print(output)
        } else {
            try invocation.world.standardOutput.write(sheet.text)
        }
        // Not on the card, and not where a file or a printer would get it.
        invocation.warn(
            Text(
                en: "remember these four digits, they complete every code and are shown once:"
                    + " \(sheet.ending)",
                es: "recuerda estas cuatro cifras, completan cada código y no se muestran otra vez:"
                    + " \(sheet.ending)"))
    }

    static let codes = Command(
        "codes", spanish: ["codigos", "códigos"],
        Text(
            en: "Show how many codes of the card are left",
            es: "Muestra cuántos códigos quedan de la tarjeta"),
        arguments: [optionalLabel], examples: ["amparo checkin codes"]
    ) { invocation in
        let ticket = try invocation.tickets().find(invocation.argument("LABEL"))
        let watched = try watchedPlans(invocation)
        guard let plan = watched.plans.first(where: { $0.plan == ticket.plan }) else {
            throw refusal(.unknownPlan, ticket, try invocation.tickets())
        }
        let left = plan.paperCodes - plan.usedCodes.count
        if invocation.json {
            return try invocation.printJSON([
                "label": .text(plan.label), "codes": .number(Int64(plan.paperCodes)),
                "left": .number(Int64(left)),
                "used": .list(
                    plan.usedCodes.map { used -> JSON in
                        ["number": .number(Int64(used.number)), "at": .time(used.at)]
                    }),
            ])
        }
        guard plan.paperCodes > 0 else {
            return try invocation.print(
                Text(
                    en: "\(plan.label) has no card; make one: amparo checkin card \(plan.label)",
                    es: "\(plan.label) no tiene tarjeta; haz una: amparo checkin card"
                        + " \(plan.label)"))
        }
        try invocation.print(
            Text(
                en: "\(plan.label): \(left) of \(plan.paperCodes) codes are left",
                es: "\(plan.label): quedan \(left) de \(plan.paperCodes) códigos"))
        let hours = Hours(
            zone: plan.zone, place: plan.place, world: invocation.world, now: watched.now)
        for used in plan.usedCodes {
            let when = hours.clock(used.at)
            try invocation.print(
                Text(
                    en: "  \(used.number): used at \(when.en)",
                    es: "  \(used.number): usado a las \(when.es)"))
        }
    }

    static let optionalLabel = Argument(
        "LABEL", .optional,
        Text(
            en: "which plan; the only one when left out",
            es: "cuál plan; el único, si no lo dices"))
}

/// A card as it is printed: codes, hours, and how to use them; never an ending.
struct CardSheet {
    /// `K7M2Q-9XW4T`.
    let codes: [String]
    let ending: String
    private let title: Text
    private let due: Text?
    private let language: Language

    init(_ card: PaperCard, _ ticket: Ticket, _ hours: Hours, _ language: Language) {
        codes = card.codes.map { code in
            let text = Self.text(code)
            return text.prefix(5) + "-" + text.suffix(5)
        }
        ending = Self.text(card.safeEnding)
        self.language = language
        title = Text(en: "Codes · \(ticket.label)", es: "Códigos · \(ticket.label)")
        due = ticket.deadlines.first.map { next in
            let when = hours.clock(next)
            return Text(en: "Next: \(when.en)", es: "Siguiente: \(when.es)")
        }
    }

    private static func text(_ secret: SharedSecret) -> String {
        secret.bytes.withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }

    private static let steps = [
        Text(
            en: "Take the first code that is not crossed out.",
            es: "Toma el primer código sin tachar."),
        Text(
            en: "Dictate it, and then your four digits, to whoever watches.",
            es: "Díctalo, y luego tus cuatro cifras, a quien vigila."),
        Text(en: "Cross it out.", es: "Táchalo."),
    ]

    var text: String {
        var out = title(language) + "\n\n"
        for (index, code) in codes.enumerated() {
            let number = String(index + 1)
            out += String(repeating: " ", count: 2 - number.utf8.count) + number + "  [ ] " + code
            out += index % 2 == 0 ? "     " : "\n"
        }
        out += "\n"
        for (index, step) in Self.steps.enumerated() {
            out += "\(index + 1). \(step(language))\n"
        }
        if let due { out += "\n" + due(language) + "\n" }
        return out
    }

    /// One file that fetches nothing, the size of a wallet card on paper.
    var html: String {
        let rows = codes.enumerated().map { index, code in
            "<li><b>\(index + 1)</b> <span class=\"box\"></span> <code>\(code)</code></li>"
        }.joined(separator: "\n")
        let steps = Self.steps.map { "<li>\($0(language))</li>" }.joined(separator: "\n")
        return """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title(language))</title>
            <style>
            body { font: 11pt/1.35 sans-serif; margin: 1.5em; color: #000; background: #fff }
            h1 { font-size: 13pt; margin: 0 0 .6em }
            ul { columns: 2; list-style: none; margin: 0; padding: 0; max-width: 26em }
            ul li { break-inside: avoid; margin: .15em 0 }
            b { display: inline-block; width: 1.6em; text-align: right }
            code { font: bold 12pt monospace }
            .box { display: inline-block; width: .8em; height: .8em; border: 1px solid #000 }
            ol { padding-left: 1.4em; max-width: 26em }
            </style>
            </head>
            <body>
            <h1>\(title(language))</h1>
            <ul>
            \(rows)
            </ul>
            <ol>
            \(steps)
            </ol>
            <p>\(due.map { $0(language) } ?? "")</p>
            </body>
            </html>

            """
    }
}
