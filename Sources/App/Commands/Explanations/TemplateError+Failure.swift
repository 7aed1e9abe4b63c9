package import CommandLineKit
package import Watch
internal import Wording

extension TemplateError: Explainable {
    package var failure: Failure {
        let places = TextPlace.allCases
        let names = Text(
            en: places.map { "{\($0.name.en)}" }.joined(separator: " "),
            es: places.map { "{\($0.name.es)}" }.joined(separator: " "))
        switch self {
        case .unknownPlace(let name):
            return Failure(
                .usage,
                Text(
                    en: "nothing is called {\(name)}", es: "nada se llama {\(name)}"),
                hint: Text(en: "there are: \(names.en)", es: "hay: \(names.es)"))
        case .looseBracket:
            return Failure(
                .usage,
                Text(
                    en: "a curly bracket that opens or closes nothing",
                    es: "una llave que no abre o no cierra nada"),
                hint: Text(
                    en: "brackets only stand around names: {alias}",
                    es: "las llaves van solo con nombres: {alias}"))
        case .controlCharacter:
            return Failure(
                .usage,
                Text(
                    en: "a character in it cannot be shown",
                    es: "trae un carácter que no se puede mostrar"),
                hint: Text(
                    en: "use letters, marks and line ends",
                    es: "usa letras, signos y saltos de línea"))
        case .empty:
            return Failure(.usage, Text(en: "there are no words in it", es: "no trae palabras"))
        case .tooLong(let limit):
            return Failure(
                .usage,
                Text(
                    en: "that is longer than \(limit) characters",
                    es: "eso pasa de \(limit) caracteres"),
                hint: Text(en: "write it shorter", es: "escríbelo más corto"))
        case .missing(let place):
            return Failure(
                .refused,
                Text(
                    en: "{\(place.name.en)} is missing: people have to see it",
                    es: "falta {\(place.name.es)}: la gente tiene que verlo"),
                hint: Text(
                    en: "put {\(place.name.en)} where it should stand",
                    es: "pon {\(place.name.es)} donde deba ir"))
        case .saysDrill:
            return Failure(
                .refused,
                Text(
                    en: "the words drill and simulacro are the program's: it says what is one",
                    es: "las palabras simulacro y drill las pone el programa: dice qué es uno"),
                hint: Text(en: "leave them out", es: "quítalas"))
        case .hasSubject:
            return Failure(
                .usage,
                Text(
                    en: "only a mail has a subject of its own",
                    es: "solo un correo lleva asunto propio"),
                hint: Text(en: "leave out --subject", es: "quita --subject"))
        }
    }
}
