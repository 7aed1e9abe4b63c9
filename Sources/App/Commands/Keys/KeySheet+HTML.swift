internal import Encoding
internal import Keyring
internal import Wording

/// The page to print: one file that fetches nothing.
extension KeySheet {
    /// - Parameter code: The QR code as an `svg` element; nil where there is no library for it.
    func html(_ code: String?) -> String {
        let steps = steps.map { step in
            "<li>\(HTMLText.escaped(say(step.say)))"
                + step.type.map { "<code>\(HTMLText.escaped($0))</code>" }.joined() + "</li>"
        }.joined(separator: "\n")
        let signing =
            signKey.map { key in
                """
                <h2>\(HTMLText.escaped(say(Self.forSignatures)))</h2>
                <p class="key">\(grouped(key))</p>
                \(table(of: key, "small"))

                """
            } ?? ""
        let picture = code.map { "<figure>\($0)</figure>" } ?? ""
        return """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(HTMLText.escaped(say(title)))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <header><h1>\(HTMLText.escaped(say(title)))</h1><p>\(say(Self.made)): \(date)</p></header>
            <main>
            <section class="front">
            \(picture)
            <div>
            <h2>\(HTMLText.escaped(say(Self.forFiles)))</h2>
            <p class="key">\(grouped(recipient))</p>
            <p class="hint">\(HTMLText.escaped(say(Self.nothingSecret)))</p>
            </div>
            </section>
            <h2>\(HTMLText.escaped(say(Self.sixWords)))</h2>
            \(table(of: recipient, "large"))
            \(signing)<h2>\(HTMLText.escaped(say(Self.whatToDo)))</h2>
            <ol>
            \(steps)
            </ol>
            </main>
            <footer>amparo</footer>
            </body>
            </html>

            """
    }

    private func table(of key: String, _ size: String) -> String {
        let rows = words(of: key).map { name, words in
            "<tr><th scope=\"row\">\(name)</th>"
                + words.map { "<td>\(HTMLText.escaped($0))</td>" }.joined() + "</tr>"
        }
        return "<table class=\"\(size)\">\n\(rows.joined(separator: "\n"))\n</table>"
    }

    /// In fours, for whoever types it from paper; what is copied from a screen has no spaces.
    private func grouped(_ key: String) -> String {
        var out = ""
        var rest = key[...]
        while !rest.isEmpty {
            out += "<span>\(HTMLText.escaped(String(rest.prefix(4))))</span>"
            rest = rest.dropFirst(4)
        }
        return out
    }

    private static let style = """
        @page { size: letter; margin: 16mm; }
        * { box-sizing: border-box; }
        body { font: 11pt/1.4 "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; color: #000;
          background: #fff; max-width: 180mm; margin: 12mm auto; padding: 0 5mm; }
        header { display: flex; justify-content: space-between; align-items: baseline; gap: 8mm;
          border-bottom: 2pt solid #000; padding-bottom: 2mm; }
        h1 { font-size: 20pt; line-height: 1.15; margin: 0; }
        header p { margin: 0; white-space: nowrap; }
        h2 { font-size: 11pt; margin: 6mm 0 1.5mm; }
        .front { display: flex; gap: 8mm; align-items: flex-start; margin-top: 6mm; }
        .front div { min-width: 0; flex: 1; }
        .front h2:first-child { margin-top: 0; }
        figure { flex: none; width: 58mm; margin: 0; border: 0.5pt solid #000; }
        figure svg { display: block; width: 100%; }
        .key, code { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        .key { font-size: 11pt; margin: 0; }
        .key span { display: inline-block; margin-right: 0.5em; white-space: pre; }
        table { border-collapse: collapse; width: 100%; table-layout: fixed; }
        th, td { border: 0.5pt solid #000; padding: 1.5mm 1mm; text-align: center; }
        td { font-weight: bold; }
        .large td { font-size: 12.5pt; }
        .small { margin-top: 2mm; }
        .small td { font-size: 10pt; padding: 1mm; }
        th { font-weight: normal; font-size: 9.5pt; width: 19mm; }
        .hint { margin: 6mm 0 0; }
        ol { margin: 0; padding-left: 6mm; }
        li { margin-bottom: 2mm; break-inside: avoid; }
        code { display: block; font-size: 8.5pt; margin-top: 1mm; padding: 1mm 2mm;
          border-left: 2pt solid #888; overflow-wrap: anywhere; }
        footer { margin-top: 6mm; border-top: 0.5pt solid #000; padding-top: 1.5mm; font-size: 9pt; }
        @media print { body { margin: 0; padding: 0; max-width: none; } }
        """
}
