internal import Encoding
internal import Wording

/// A page that prints: one file, no script, nothing fetched.
struct HTML {
    private var body = ""

    mutating func open(_ tag: String, class name: String? = nil) {
        body += "<\(tag)" + (name.map { " class=\"\($0)\"" } ?? "") + ">\n"
    }

    mutating func close(_ tag: String) { body += "</\(tag)>\n" }

    mutating func element(_ tag: String, class name: String? = nil, _ text: String) {
        let attribute = name.map { " class=\"\($0)\"" } ?? ""
        body += "<\(tag)\(attribute)>\(Self.spans(text))</\(tag)>\n"
    }

    mutating func commands(_ lines: [String]) {
        body += "<pre>" + lines.map { "<b>$</b> " + HTMLText.escaped($0) }.joined(separator: "\n")
        body += "</pre>\n"
    }

    mutating func row(_ cells: [String], tag: String = "td") {
        body += "<tr>" + cells.map { "<\(tag)>\(Self.spans($0))</\(tag)>" }.joined() + "</tr>\n"
    }

    func page(title: String, language: Language) -> String {
        """
        <!DOCTYPE html>
        <html lang="\(language.rawValue)">
        <meta charset="utf-8">
        <title>\(HTMLText.escaped(title))</title>
        <style>
        \(Self.style)
        </style>
        <body>
        \(body)</body>
        </html>

        """
    }

    /// `code` and **strong** of the lessons' texts; everything else is text.
    static func spans(_ text: String) -> String {
        var out = ""
        for (place, part) in text.split(separator: "`", omittingEmptySubsequences: false)
            .enumerated()
        {
            guard place % 2 == 0 else {
                out += "<code>\(HTMLText.escaped(String(part)))</code>"
                continue
            }
            var rest = Array(part)[...]
            var isStrong = false
            while let character = rest.popFirst() {
                if character == "*", rest.first == "*" {
                    rest.removeFirst()
                    out += isStrong ? "</strong>" : "<strong>"
                    isStrong.toggle()
                } else {
                    out += HTMLText.escaped(String(character))
                }
            }
            if isStrong { out += "</strong>" }
        }
        return out
    }

    /// For letter and A4, black on white: workshops have the printer of the corner shop.
    private static let style = """
        @page { margin: 15mm 18mm }
        body { font: 11pt/1.42 Georgia, "DejaVu Serif", serif; color: #000; max-width: 46em; margin: 1.5em auto; padding: 0 1em }
        h1 { font-size: 20pt; line-height: 1.15; margin: 0 0 .3em; border-bottom: 2pt solid #000; padding-bottom: .2em }
        h2 { font: bold 11.5pt/1.2 "DejaVu Sans", Arial, sans-serif; margin: 1.3em 0 .35em; break-after: avoid }
        h3 { font-size: 11pt; margin: .9em 0 .2em; break-after: avoid }
        p, ul, ol { margin: .35em 0 } ul, ol { padding-left: 1.4em } li { margin: .15em 0 }
        .facts { list-style: none; padding: 0; font-size: 9.5pt; color: #333 }
        pre { font: 9pt/1.45 "DejaVu Sans Mono", monospace; background: #f1f1f1; border-left: 3pt solid #777; padding: .45em .7em; white-space: pre-wrap; overflow-wrap: anywhere; break-inside: avoid; margin: .35em 0 }
        code { font: 9.5pt "DejaVu Sans Mono", monospace }
        .step, .question, .day, .checks { break-inside: avoid } .checks { break-after: avoid; list-style: "\\2610  "; padding-left: 1.4em }
        .answers { list-style: "\\25CB  "; padding-left: 1.6em }
        table { border-collapse: collapse; width: 100%; margin: .5em 0 } td, th { border-bottom: .5pt solid #999; padding: .3em .5em .3em 0; text-align: left; vertical-align: top; break-inside: avoid }
        .foot { margin-top: 1.2em; break-before: avoid; border-top: .5pt solid #999; padding-top: .4em; font-size: 8.5pt; color: #444 }
        .line { border-bottom: .5pt solid #000; height: 1.9em }
        @media print { body { margin: 0; max-width: none; padding: 0 } pre { background: #f1f1f1 } }
        """
}
