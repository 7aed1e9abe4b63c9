internal import CommandLineKit
internal import Passphrases
internal import Platform
internal import Secrets
internal import Wording

/// `amparo passphrase`: words drawn by lot, an honest look at an own phrase, and practice.
enum PassphraseCommand {
    static let command = Command(
        "passphrase", spanish: ["frase", "contraseña"],
        Text(
            en: "Draw a passphrase, or see how strong yours is",
            es: "Saca una frase de contraseña al azar o evalúa la tuya"),
        why: Text(
            en: """
                Words drawn by lot are strong because nobody chose them: each adds almost 12 bits, \
                and everybody may know the list. An own phrase can only be estimated, and the \
                estimate leans low: nobody knows which songs, names and dates a guesser will try. \
                No passphrase helps against somebody who sees you type it, or makes you. What is \
                printed stays on the screen and wherever you send it.
                """,
            es: """
                Las palabras al azar son fuertes porque nadie las escogió: cada una suma casi 12 \
                bits, aunque todo el mundo conozca la lista. Una propia solo se puede \
                estimar, y aquí se estima a la baja: nadie sabe qué canciones, nombres y fechas va \
                a probar quien quiera adivinarla. Ninguna sirve contra quien te ve \
                escribirla o te obliga. Lo que sale aquí queda en la pantalla y donde lo mandes.
                """),
        options: [
            .value(
                "words", "N", spanish: ["palabras"],
                Text(
                    en: "how many words, 4 to 20; 6 if left out",
                    es: "cuántas palabras, de 4 a 20; 6 si no lo dices")),
            .flag(
                "rehearse", spanish: ["ensayar", "practicar", "ensayo"],
                Text(
                    en: "type it back until it stays: with help, from memory, after a pause",
                    es: "escríbela hasta que se te quede: con ayuda, de memoria, tras una pausa")),
            .flag(
                "own", spanish: ["propia", "mía"],
                Text(
                    en: "not a new one: look at yours, which is not shown",
                    es: "no una nueva: mira la tuya, que no se muestra")),
        ],
        conflicts: [Conflict("words", "own")],
        examples: [
            "amparo passphrase", "amparo passphrase --words 8 --rehearse",
            "amparo passphrase --own --rehearse", "amparo passphrase --lang es > frase.txt",
        ]
    ) { invocation in
        try invocation.flag("own") ? judge(invocation) : draw(invocation)
    }.tellingSecrets()

    // MARK: Drawn

    private static func draw(_ invocation: Invocation) throws {
        let count = try wordCount(invocation)
        let rehearses = invocation.flag("rehearse")
        guard !rehearses || canRehearse(invocation) else { throw nobodyToRehearse }
        let dice = Diceware(invocation.language)
        let phrase = dice.draw(count, random: invocation.world.random)
        if rehearses {
            invocation.say(facts(dice, count))
            return try RehearsalDialogue.run(phrase, isNew: true, invocation)
        }
        if invocation.json {
            // A passphrase that is asked for as JSON has to be text.
            let text = phrase.withBytes { bytes in
                String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
            }
            return try invocation.printJSON([
                "passphrase": .text(text), "words": .number(Int64(count)),
                "bits": .number(Int64(dice.bits(count))), "list": .number(Int64(dice.wordCount)),
            ])
        }
        try phrase.withBytes { try invocation.print(bytes: $0) }
        try invocation.print()
        invocation.say(facts(dice, count))
    }

    private static func wordCount(_ invocation: Invocation) throws -> Int {
        guard let text = invocation.value("words") else { return Diceware.usualCount }
        guard let count = Int(text), Diceware.wordCounts.contains(count) else {
            throw Failure(
                .usage,
                Text(en: "--words cannot be '\(text)'", es: "--words no puede ser «\(text)»"),
                hint: Text(
                    en: "write a number from 4 to 20; 6 is good for a vault",
                    es: "escribe un número de 4 a 20; 6 está bien para una bóveda"))
        }
        return count
    }

    /// A descriptor can be read only once.
    private static func canRehearse(_ invocation: Invocation) -> Bool {
        invocation.world.terminal.canAsk && invocation.value("passphrase-fd") == nil
    }

    private static func facts(_ dice: Diceware, _ count: Int) -> Text {
        let bits = dice.bits(count)
        let facts = Text(
            en: "\(count) words out of \(dice.wordCount), drawn by lot: \(bits) bits; ",
            es: "\(count) palabras de \(dice.wordCount), al azar: \(bits) bits; ")
        return facts
            + (bits >= Strength.strongBits
                ? Text(
                    en: "out of reach, if you use it for one thing only",
                    es: "fuera del alcance de cualquiera, si la usas para una sola cosa")
                : Text(
                    en: "for a vault or a file take 6 words",
                    es: "para una bóveda o un archivo, que sean 6 palabras"))
    }

    private static let nobodyToRehearse = Failure(
        .usage,
        Text(
            en: "a passphrase is rehearsed at a terminal",
            es: "una frase de contraseña se ensaya en una terminal"),
        hint: Text(
            en: "leave out --rehearse, or run it where you can type",
            es: "quita --rehearse, o hazlo donde puedas escribir"))

    // MARK: Own

    private static let question = Text(
        en: "your passphrase (it is not shown or kept)",
        es: "tu frase de contraseña (no se ve ni se guarda)")

    private static func judge(_ invocation: Invocation) throws {
        let rehearses = invocation.flag("rehearse")
        guard !rehearses || canRehearse(invocation) else { throw nobodyToRehearse }
        let phrase = try invocation.passphrase(
            option: "passphrase-fd", prompt: question, confirm: rehearses)
        let strength = phrase.withBytes { Strength(of: $0) }
        if invocation.json {
            try invocation.printJSON([
                "bits": .number(Int64(strength.bits)),
                "verdict": .text("\(strength.verdict)"),
                "leans_on": .list(strength.findings.map { "\($0)" }),
            ])
        } else {
            for line in StrengthWords.lines(strength) { try invocation.print(line) }
        }
        if rehearses { try RehearsalDialogue.run(phrase, isNew: false, invocation) }
    }
}
