internal import CommandLineKit
internal import Passphrases
internal import Wording

/// An estimate in words.
enum StrengthWords {
    static func lines(_ strength: Strength) -> [Text] {
        [verdict(strength)] + (leaning(strength).map { [$0] } ?? []) + [caution]
    }

    /// `about 38 bits: somebody with many computers guesses it in 2 days`.
    static func verdict(_ strength: Strength) -> Text {
        let bits = strength.bits
        guard strength.verdict != .strong else {
            return Text(
                en: "about \(bits) bits: strong, if nobody has read it anywhere",
                es: "unos \(bits) bits: fuerte, si nadie la ha leído en ninguna parte")
        }
        let time = time(strength)
        return strength.verdict == .weak
            ? Text(
                en: "about \(bits) bits: weak. Somebody with many computers guesses it "
                    + time.en,
                es: "unos \(bits) bits: débil. Alguien con muchas computadoras la adivina "
                    + time.es)
            : Text(
                en: "about \(bits) bits: fair. Somebody with many computers needs "
                    + "years, and computers get faster",
                es: "unos \(bits) bits: regular. Alguien con muchas computadoras tarda "
                    + "años, y cada vez son más rápidas")
    }

    /// What it is built from that a guesser tries first; nil when nothing of the kind was found.
    static func leaning(_ strength: Strength) -> Text? {
        guard !strength.findings.isEmpty else { return nil }
        let names = strength.findings.map(name)
        return Text(
            en: "it leans on " + names.map(\.en).joined(separator: ", "),
            es: "se apoya en " + names.map(\.es).joined(separator: ", "))
    }

    private static let caution = Text(
        en: "an estimate, and a low one; only words drawn by lot have a sure number: "
            + "amparo passphrase",
        es: "es una estimación, y a la baja; solo las palabras al azar tienen un número seguro: "
            + "amparo passphrase")

    private static func name(_ finding: Strength.Finding) -> Text {
        switch finding {
        case .common: Text(en: "a word that many people use", es: "una palabra que mucha gente usa")
        case .quotation:
            Text(en: "a line that many people know", es: "una cita que todo el mundo conoce")
        case .name: Text(en: "a name or surname", es: "un nombre o apellido")
        case .place: Text(en: "a place", es: "un lugar")
        case .keyboard: Text(en: "a walk over the keyboard", es: "teclas vecinas del teclado")
        case .sequence: Text(en: "letters or digits in order", es: "letras o números seguidos")
        case .date: Text(en: "a date or year", es: "una fecha o un año")
        case .repetition: Text(en: "something repeated", es: "algo repetido")
        }
    }

    /// Half of all tries, at a million in a second.
    private static func time(_ strength: Strength) -> Text {
        switch strength.log2Seconds {
        case ..<6: Text(en: "at once", es: "al instante")
        case ..<12: Text(en: "in less than an hour", es: "en menos de una hora")
        case ..<17: Text(en: "in less than a day", es: "en menos de un día")
        case ..<22: Text(en: "in a few days or weeks", es: "en unos días o semanas")
        default: Text(en: "in a few months", es: "en unos meses")
        }
    }
}
