internal import Wording

extension UsageMistake: Explainable {
    package var failure: Failure { Failure(.usage, message, hint: hint) }

    private var message: Text {
        switch self {
        case .unknownOption(let option, _, _):
            Text(en: "unknown option \(option)", es: "no existe la opción \(option)")
        case .unknownCommand(let words, _):
            Text(en: "unknown command '\(words)'", es: "no existe el comando «\(words)»")
        case .notYet(let words, _):
            Text(
                en: "'\(words)' does not exist yet in this version",
                es: "«\(words)» todavía no existe en esta versión")
        case .missingCommand(let group):
            Text(
                en: "'\(group)' needs to know what to do",
                es: "a «\(group)» le falta decir qué hacer")
        case .missingValue(let option):
            Text(en: "\(option) needs a value", es: "a \(option) le falta su valor")
        case .needlessValue(let option):
            Text(en: "\(option) takes no value", es: "\(option) no lleva valor")
        case .repeated(let option):
            Text(en: "\(option) was given twice", es: "\(option) aparece dos veces")
        case .notAChoice(let place, let value, _):
            Text(
                en: "'\(value)' is no value for \(place)",
                es: "«\(value)» no es un valor de \(place)")
        case .missingArgument(let name, let help, _):
            Text(
                en: "\(name) is missing: \(Self.inner(help.en))",
                es: "falta \(Placeholder.shown(name).es): \(Self.inner(help.es))")
        case .excessArgument(let word, _):
            Text(en: "'\(word)' is one word too many", es: "«\(word)» está de más")
        case .conflict(let first, let second, _):
            Text(
                en: "\(first) and \(second) do not go together",
                es: "\(first) y \(second) no van juntas")
        }
    }

    /// As a part of a sentence: a small first letter, unless the word is all capitals.
    private static func inner(_ help: String) -> String {
        let isName = help.dropFirst().first?.isUppercase ?? false
        return isName ? help : help.prefix(1).lowercased() + help.dropFirst()
    }

    private var hint: Text? {
        switch self {
        case .unknownOption(_, let nearest?, _):
            Text(en: "did you mean \(nearest)?", es: "¿quisiste decir \(nearest)?")
        case .unknownCommand(_, let suggestion?):
            Text(
                en: "did you mean 'amparo \(suggestion)'?",
                es: "¿quisiste decir «amparo \(suggestion)»?")
        case .unknownCommand(_, nil), .needlessValue, .repeated:
            Text(en: "see 'amparo --help'", es: "mira «amparo --help»")
        case .missingValue(let option):
            Text(en: "like this: \(option) VALUE", es: "así: \(option) VALOR")
        case .notAChoice(_, _, let choices):
            Text(
                en: "choose one of: \(choices.joined(separator: ", "))",
                es: "elige entre: \(choices.joined(separator: ", "))")
        case .missingCommand(let name), .missingArgument(_, _, let name),
            .excessArgument(_, let name), .notYet(_, let name), .unknownOption(_, nil, let name):
            Text(en: "see '\(name) --help'", es: "mira «\(name) --help»")
        case .conflict(_, _, let hint):
            hint
                ?? Text(en: "leave one of the two out", es: "quita una de las dos")
        }
    }
}
