internal import CommandLineKit
internal import Passphrases
internal import Platform
internal import Secrets
internal import Wording

/// A passphrase typed back over several tries; what is typed is never shown.
enum RehearsalDialogue {
    /// - Parameter isNew: Whether its words may appear on the screen.
    static func run(
        _ phrase: borrowing SecretBytes, isNew: Bool, _ invocation: Invocation
    ) throws {
        var rehearsal = Rehearsal(isNew: isNew)
        while let step = rehearsal.step {
            let help = lines(step, phrase)
            if !help.isEmpty { try invocation.showSecret([""] + help + [""]) }
            if case .pause(let seconds) = step {
                _ = try invocation.ask(
                    Text(
                        en: "Think of something else for \(seconds) seconds, then press Enter.",
                        es: "Piensa en otra cosa \(seconds) segundos y luego pulsa Enter."))
            }
            let typed = try invocation.passphrase(option: "passphrase-fd", prompt: prompt(step))
            let isRight = typed.equals(phrase)
            if !help.isEmpty { invocation.clearScreen() }
            rehearsal.answer(isRight)
            invocation.say(isRight ? praise(left: rehearsal.left) : comfort)
        }
        invocation.say(
            Text(
                en: "it is yours now. Rehearse it tomorrow and in a week: "
                    + "amparo passphrase --own --rehearse",
                es: "ya es tuya. Ensáyala mañana y en una semana: "
                    + "amparo passphrase --own --rehearse"))
    }

    private static func lines(_ step: Rehearsal.Step, _ phrase: borrowing SecretBytes) -> [String] {
        switch step {
        case .reading:
            phrase.withBytes { bytes in
                ["    " + String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)]
            }
        case .initials:
            phrase.withBytes { bytes in
                var line = "   "
                for index in bytes.indices
                where index == 0 || bytes[index - 1] == UInt8(ascii: " ") {
                    line += " " + String(Character(Unicode.Scalar(bytes[index]))) + "…"
                }
                return [line]
            }
        case .memory, .pause: []
        }
    }

    private static func prompt(_ step: Rehearsal.Step) -> Text {
        switch step {
        case .reading:
            Text(
                en: "type the words here (they are not shown)",
                es: "escribe aquí las palabras (no se ven)")
        case .initials:
            Text(en: "now from their first letters", es: "ahora solo con las iniciales")
        case .memory, .pause:
            Text(en: "from memory", es: "de memoria")
        }
    }

    private static func praise(left: Int) -> Text {
        switch left {
        case 0: Text(en: "right", es: "bien")
        case 1: Text(en: "right; once more", es: "bien; una vez más")
        default: Text(en: "right; \(left) more to go", es: "bien; faltan \(left)")
        }
    }

    private static let comfort = Text(
        en: "not quite: one step back, and again", es: "casi: un paso atrás, y otra vez")
}
