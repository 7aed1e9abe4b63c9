internal import CommandLineKit
internal import Encoding
internal import Wording

/// One card for each place in the room: a number, and what to type. No names.
struct CardsPage {
    static let title = Text(en: "Cards", es: "Tarjetas")
    private let language: Language
    private let count: Int

    init(_ language: Language, _ count: Int) {
        self.language = language
        self.count = count
    }

    var html: String {
        let begin = Text(en: "Begin", es: "Empieza")(language)
        let passphrase = Text(
            en: "The passphrase of its vault is said on the screen: copy it here.",
            es: "La frase de contraseña de su bóveda sale en la pantalla: cópiala aquí.")(language)
        let rest = Text(
            en: "Everything in it is invented. Leave with: exit",
            es: "Todo ahí es inventado. Sal con: exit")(language)
        let cards = (1...count).map { number in
            """
            <section><h2>\(number)</h2>
            <p>\(begin): <code>sh start.sh \(number)</code></p>
            <p class="small">\(passphrase)</p><div class="line"></div>
            <p class="small">\(rest)</p></section>
            """
        }
        return HTMLPage.whole(
            title: Self.title(language), language: language, style: Self.style,
            body: "<div class=\"cards\">\n\(cards.joined(separator: "\n"))\n</div>")
    }

    private static let style = """
        .cards { display: grid; grid-template-columns: 1fr 1fr; gap: 0; margin-top: 4mm; }
        section { border: 0.5pt dashed #888; padding: 4mm 5mm; break-inside: avoid; }
        h2 { font-size: 26pt; line-height: 1; margin: 0 0 2mm; }
        p { margin: 0 0 1.5mm; }
        .small { font-size: 9pt; color: #333; margin: 0; }
        .line { border-bottom: 0.5pt solid #000; height: 8mm; margin-bottom: 2mm; }
        """
}

/// What participants say at the end, without names.
struct OpinionPage {
    static let title = Text(en: "What do you think?", es: "¿Qué te pareció?")
    private let language: Language

    init(_ language: Language) { self.language = language }

    private static let statements = [
        Text(
            en: "I can write a note that nobody else reads.",
            es: "Puedo escribir un apunte que nadie más lee."),
        Text(
            en: "I can send a file that only one person opens.",
            es: "Puedo mandar un archivo que solo abre una persona."),
        Text(
            en: "I know how to tell whether a key is really theirs.",
            es: "Sé cómo comprobar que una llave es de quien dice."),
        Text(
            en: "I could get everything back if my machine were gone.",
            es: "Podría recuperar todo si me quedo sin equipo."),
        Text(
            en: "I know who would act, and when, if I do not report in.",
            es: "Sé quién haría algo, y cuándo, si no me reporto."),
        Text(
            en: "I know what these tools do not protect.",
            es: "Sé qué no protegen estas herramientas."),
        Text(
            en: "The pace and the examples were right for me.",
            es: "El ritmo y los ejemplos fueron buenos para mí."),
        Text(en: "I felt safe in the room.", es: "Me sentí a salvo en la sala."),
    ]

    private static let open = [
        Text(en: "What will you do this week?", es: "¿Qué vas a hacer esta semana?"),
        Text(en: "What was missing, or too much?", es: "¿Qué faltó o qué sobró?"),
        Text(
            en: "What do you need from us in two weeks?",
            es: "¿Qué necesitas de nosotras en dos semanas?"),
    ]

    var html: String {
        let note = Text(
            en: "Without your name and without your medium. 1 is no, 5 is yes.",
            es: "Sin tu nombre y sin tu medio. 1 es no, 5 es sí.")
        var body = "<p>\(HTMLText.escaped(note(language)))</p>\n<table>\n"
        for statement in Self.statements {
            body += "<tr><td>\(HTMLText.escaped(statement(language)))</td>"
            body += (1...5).map { "<td class=\"n\">\($0)</td>" }.joined() + "</tr>\n"
        }
        body += "</table>\n"
        for question in Self.open {
            body += "<h2>\(HTMLText.escaped(question(language)))</h2>"
            body += "<div class=\"line\"></div><div class=\"line\"></div>\n"
        }
        return HTMLPage.whole(
            title: Self.title(language), language: language, style: Self.style, body: body)
    }

    private static let style = """
        p { margin: 3mm 0; }
        table { border-collapse: collapse; width: 100%; }
        td { border-bottom: 0.5pt solid #bbb; padding: 2.2mm 0; }
        .n { width: 11mm; text-align: center; color: #444; }
        h2 { font-size: 11pt; margin: 6mm 0 0; }
        .line { border-bottom: 0.5pt solid #000; height: 9mm; }
        footer { margin-top: 14mm; }
        """
}

/// The five verbs with their commands, for the wall: taken from the menu, so that it says the same.
struct WallPage {
    static let title = Text(en: "Five verbs", es: "Cinco verbos")
    private let language: Language

    init(_ language: Language) { self.language = language }

    var html: String {
        var body = ""
        for case .page(let page) in MenuTable(Root.command).main.entries.prefix(5) {
            body += "<section><h2>\(HTMLText.escaped(page.label(language)))</h2><table>\n"
            for case .command(let command) in page.entries {
                body += "<tr><td>\(HTMLText.escaped(command.label(language)))</td><td><code>"
                body += HTMLText.escaped(command.shown(language)) + "</code></td></tr>\n"
            }
            body += "</table></section>\n"
        }
        let aside = Text(
            en: "amparo alone opens the menu", es: "amparo, sin más, abre el menú")(language)
        return HTMLPage.whole(
            title: Self.title(language), aside: aside, language: language, style: Self.style,
            body: body)
    }

    private static let style = """
        section { break-inside: avoid; }
        h2 { font-size: 11.5pt; line-height: 1.2; margin: 3mm 0 0.5mm; }
        table { border-collapse: collapse; width: 100%; }
        td { border-bottom: 0.5pt solid #ccc; padding: 0.5mm 0; font-size: 9.5pt;
          line-height: 1.2; width: 50%; }
        code { font-size: 8.5pt; }
        footer { margin-top: 3mm; }
        """
}
