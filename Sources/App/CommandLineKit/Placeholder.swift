package import Wording

/// What a shell offers for a value, and what its name is in help.
package enum Placeholder {
    case free
    case file
    case folder
    case words([String])

    init(_ name: String) {
        if let words = Placeholder.choices(name) {
            self = .words(words)
        } else if name == "DIR" || name.hasSuffix("-DIR") {
            self = .folder
        } else if ["FILE", "PATH", "OUT"].contains(name) || name.hasSuffix("-FILE") {
            self = .file
        } else {
            self = .free
        }
    }

    /// `a|b|c` in small letters.
    static func choices(_ name: String) -> [String]? {
        guard name.contains("|"), name == name.lowercased() else { return nil }
        return name.split(separator: "|").map(String.init)
    }

    // MARK: Names

    /// What the table calls a value in English, and what help calls it in Spanish.
    private static let spanish: [String: String] = [
        "ADDRESS": "CORREO", "CHANNEL": "CANAL", "CHAT": "CHAT",
        "CITY": "CIUDAD", "CODE": "CÓDIGO", "COMMAND": "COMANDO", "CONTACT": "CONTACTO",
        "DAYS": "DÍAS", "DIR": "CARPETA", "FILE": "ARCHIVO", "HASH": "HASH", "HOUR": "HORA",
        "HOURS": "HORAS",
        "ID": "APUNTE", "K": "K", "KEY": "LLAVE", "KIND": "TIPO",
        "LABEL": "ETIQUETA",
        "MIB": "MIB", "N": "N", "NAME": "NOMBRE", "NOTE": "APUNTE", "NUMBER": "NÚMERO",
        "OUT": "SALIDA", "PATH": "ARCHIVO", "RECIPIENT": "DESTINATARIO",
        "SITUATION": "SITUACIÓN", "SIZE": "TAMAÑO", "TAG": "ETIQUETA",
        "TEXT": "TEXTO",
        "TIME": "TIEMPO", "TIMES": "TIEMPOS", "TITLE": "TÍTULO", "TO": "QUIÉN", "TOPIC": "TEMA",
        "URL": "URL",
        "VALUE": "VALOR",
        "WHEN": "CUÁNDO", "WORDS": "PALABRAS", "ZONE": "ZONA",
    ]

    /// `TIME:NAME` as `TIEMPO:NOMBRE`: every word in capitals by itself; choices stay as typed.
    package static func shown(_ name: String) -> Text {
        Text(en: name, es: words(name).map { spanish[$0] ?? $0 }.joined())
    }

    /// The words in capitals that have no Spanish yet; a test holds the table to it.
    package static func untranslated(_ name: String) -> [String] {
        words(name).filter { isWord($0) && spanish[$0] == nil }
    }

    /// Runs of capital letters, and what stands between them.
    private static func words(_ name: String) -> [String] {
        var parts: [String] = []
        for character in name {
            let letter = String(character)
            if let last = parts.last, isWord(last) == isWord(letter) {
                parts[parts.count - 1] += letter
            } else {
                parts.append(letter)
            }
        }
        return parts
    }

    private static func isWord(_ part: String) -> Bool {
        part.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}
