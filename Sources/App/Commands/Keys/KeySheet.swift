internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Wording

/// What stands on the page of somebody's public keys, and the page for a terminal.
struct KeySheet {
    let name: String
    let recipient: String
    let signKey: String?
    let date: CivilDate
    let language: Language

    /// - Parameter keys: The recipient first.
    init(name: String, keys: [String], date: CivilDate, language: Language) {
        self.name = name
        recipient = keys.first ?? ""
        signKey = keys.dropFirst().first
        self.date = date
        self.language = language
    }

    func say(_ text: Text) -> String { text(language) }

    var title: Text { Text(en: "Public keys of \(name)", es: "Llaves públicas de \(name)") }

    /// The six words of a key, those in the language of the page first.
    func words(of key: String) -> [(language: String, words: [String])] {
        let fingerprint = Fingerprint(keys: [key])
        let both = [
            ("English", fingerprint.words(in: .english)),
            ("Español", fingerprint.words(in: .spanish)),
        ]
        return language == .english ? both : both.reversed()
    }

    static let forFiles = Text(
        en: "To send encrypted files (age)", es: "Para mandar archivos cifrados (age)")
    static let forSignatures = Text(
        en: "To check signatures (minisign)", es: "Para comprobar firmas (minisign)")
    static let sixWords = Text(en: "Six words to compare", es: "Seis palabras para comparar")
    static let sixMore = Text(en: "Its six words", es: "Sus seis palabras")
    static let made = Text(en: "Made on", es: "Fecha")
    static let whatToDo = Text(en: "What to do with this page", es: "Qué hacer con esta hoja")
    static let nothingSecret = Text(
        en: "Nothing on this page is secret.", es: "En esta hoja no hay nada secreto.")

    /// What somebody who gets the page does, in order; commands stand alone on their lines.
    var steps: [(say: Text, type: [String])] {
        let word = KeyringError.word(name)
        let add =
            "amparo contact add \(word) --recipient \(recipient)"
            + (signKey.map { " --sign-key \($0)" } ?? "")
        return [
            (
                Text(
                    en: "Keep the key: scan the code or copy the line that begins with age1.",
                    es: "Guarda la llave: escanea el código o copia la línea que empieza con age1."),
                [add]
            ),
            (
                Text(
                    en: "Before you trust it, compare the words with \(name), face to face or "
                        + "by voice, on a number you already had. One different word: do not use "
                        + "the key, and say so.",
                    es: "Antes de confiar, compara las palabras con \(name), en persona o de "
                        + "viva voz, en un número que ya tenías. Si una sola es distinta, no uses "
                        + "la llave y avisa."),
                ["amparo contact verify \(word)"]
            ),
            (
                Text(
                    en: "Encrypt with amparo, or with age alone:",
                    es: "Cifra con amparo, o solo con age:"),
                [
                    "amparo encrypt -r \(word) " + say(Text(en: "report.pdf", es: "reporte.pdf")),
                    "age -r \(recipient.prefix(12))… -o "
                        + say(
                            Text(en: "report.pdf.age report.pdf", es: "reporte.pdf.age reporte.pdf")
                        ),
                ]
            ),
            (
                Text(
                    en: "\(name): if you lose the private key or somebody else gets it, make "
                        + "another and tell everybody who has this page.",
                    es: "\(name): si pierdes la llave privada o alguien más la obtiene, haz otra y "
                        + "avisa a quien tenga esta hoja."),
                []
            ),
        ]
    }

    /// - Parameter code: The lines of the QR code; none where there is no library for it.
    func text(_ code: [String]) -> String {
        var lines = [say(title), String(repeating: "=", count: say(title).count), ""]
        lines += ["\(say(Self.made)): \(date)", ""]
        lines += [say(Self.forFiles) + ":", "", "    " + recipient, ""]
        if !code.isEmpty { lines += code + [""] }
        lines += [say(Self.sixWords) + ":", ""] + wordLines(of: recipient)
        if let signKey {
            lines += ["", say(Self.forSignatures) + ":", "", "    " + signKey, ""]
            lines += [say(Self.sixMore) + ":", ""] + wordLines(of: signKey)
        }
        lines += ["", say(Self.whatToDo) + ":", ""]
        for (number, step) in steps.enumerated() {
            lines += Self.wrapped("\(number + 1). " + say(step.say))
            lines += step.type.map { "       " + $0 }
        }
        lines += ["", say(Self.nothingSecret)]
        return lines.joined(separator: "\n") + "\n"
    }

    private func wordLines(of key: String) -> [String] {
        words(of: key).map { "    \($0.language)  \($0.words.joined(separator: " "))" }
    }

    private static func wrapped(_ text: String) -> [String] {
        Layout.wrap(text, width: 78, indent: 3).split(separator: "\n").map(String.init)
    }
}
