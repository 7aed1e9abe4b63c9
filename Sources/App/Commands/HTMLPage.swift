internal import Encoding
internal import Wording

/// A page to print: one file that fetches nothing, black on white.
enum HTMLPage {
    /// - Parameters:
    ///   - aside: At the right of the title, such as a date.
    ///   - style: Rules of this page, after those of every page.
    ///   - body: Markup; what people wrote is `escaped` in it.
    static func whole(
        title: String, aside: String = "", language: Language, style: String = "", body: String
    ) -> String {
        """
        <!doctype html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(HTMLText.escaped(title))</title>
        <style>
        \(common)
        \(style)
        </style>
        </head>
        <body>
        <header><h1>\(HTMLText.escaped(title))</h1><p>\(HTMLText.escaped(aside))</p></header>
        <main>
        \(body)
        </main>
        <footer>amparo</footer>
        </body>
        </html>

        """
    }

    private static let common = """
        @page { size: letter; margin: 16mm; }
        * { box-sizing: border-box; }
        body { font: 11pt/1.4 "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; color: #000;
          background: #fff; max-width: 180mm; margin: 12mm auto; padding: 0 5mm; }
        header { display: flex; justify-content: space-between; align-items: baseline; gap: 8mm;
          border-bottom: 2pt solid #000; padding-bottom: 2mm; }
        h1 { font-size: 20pt; line-height: 1.15; margin: 0; }
        header p { margin: 0; text-align: right; font-size: 9.5pt; }
        code { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 9.5pt;
          overflow-wrap: anywhere; }
        footer { margin-top: 6mm; border-top: 0.5pt solid #000; padding-top: 1.5mm; font-size: 9pt; }
        @media print { body { margin: 0; padding: 0; max-width: none; } }
        """
}
