package import CommandLineKit
package import Passphrases
internal import Wording

extension RecoveryWordsError: Explainable {
    package var failure: Failure {
        switch self {
        case .wrongCount(let count):
            Failure(
                .noKey,
                Text(
                    en: "there are twelve recovery words, and these are \(count)",
                    es: "las palabras de recuperación son doce, y estas son \(count)"),
                hint: Text(
                    en: "type all of them, with spaces between them",
                    es: "escríbelas todas, con espacios entre ellas"))
        case .unknownWord(let position, let suggestions):
            Failure(
                .noKey,
                Text(
                    en: "word number \(position) is not in the list",
                    es: "la palabra número \(position) no está en la lista"),
                hint: suggestions.isEmpty
                    ? Text(
                        en: "look at your paper once more", es: "mira otra vez tu papel")
                    : Text(
                        en: "is it one of these? \(suggestions.joined(separator: ", "))",
                        es: "¿será una de estas? \(suggestions.joined(separator: ", "))"))
        case .wrongCheck:
            Failure(
                .noKey,
                Text(
                    en: "one of the words is wrong, or not in its place",
                    es: "alguna palabra no es la correcta o no está en su lugar"),
                hint: Text(
                    en: "compare them with your paper, one by one",
                    es: "compáralas con tu papel, una por una"))
        }
    }
}
