package import CommandLineKit
package import Shares
internal import Wording

extension ShareError {
    /// - Parameter place: Which share, such as `share 2`; nil where it is plain.
    func failure(_ place: Text?) -> Failure {
        let failure = bareFailure
        guard let place else { return failure }
        return Failure(
            failure.exit, place + Text(verbatim: ": ") + failure.message, hint: failure.hint)
    }

    private var bareFailure: Failure {
        switch self {
        case .unknownWord(let position, let suggestions):
            Failure(
                .damaged,
                Text(
                    en: "word \(position) is not in the list of shares' words",
                    es: "la palabra \(position) no está en la lista de las partes"),
                hint: suggestions.isEmpty
                    ? Text(en: "look at your sheet once more", es: "mira otra vez tu hoja")
                    : Text(
                        en: "is it one of these? \(suggestions.joined(separator: ", "))",
                        es: "¿será una de estas? \(suggestions.joined(separator: ", "))"))
        case .wordCount(let count):
            Failure(
                .damaged,
                Text(
                    en: "no share has \(count) words", es: "ninguna parte tiene \(count) palabras"),
                hint: Text(
                    en: "a key's share has 33 words, a vault's has 20; none may be left out",
                    es:
                        "la de una llave tiene 33 palabras y la de una bóveda, 20; no quites ninguna"
                ))
        case .checksum:
            Failure(
                .damaged,
                Text(
                    en: "a word is not the right one, or not in its place",
                    es: "alguna palabra no es la correcta o no está en su lugar"),
                hint: Text(
                    en: "compare the words with the sheet, one by one",
                    es: "compara las palabras con la hoja, una por una"))
        case .padding, .thresholds:
            Failure(
                .damaged,
                Text(
                    en: "these words are well spelt, but no program makes such a share",
                    es: "las palabras están bien escritas, pero ningún programa hace esa parte"),
                hint: Text(en: "use another sheet", es: "usa otra hoja"))
        case .otherSet, .inconsistent:
            Failure(
                .damaged,
                Text(
                    en: "this share belongs to another set than the first one",
                    es: "esta parte es de otro juego que la primera"),
                hint: Text(
                    en: "all sheets of a set begin with the same two words",
                    es: "todas las hojas de un juego empiezan con las mismas dos palabras"))
        case .repeated:
            Failure(
                .damaged,
                Text(en: "this share was given before", es: "esta parte ya la diste"),
                hint: Text(en: "use another sheet of the set", es: "usa otra hoja del juego"))
        case .contradiction(let group, let member):
            Failure(
                .damaged,
                Text(
                    en: "two different sheets say that they are share \(member) of group \(group)",
                    es: "dos hojas distintas dicen ser la parte \(member) del grupo \(group)"),
                hint: Text(
                    en: "one of them is of another splitting, or forged",
                    es: "una de ellas es de otra división, o es falsa"))
        case .incomplete(let progress):
            Failure(
                .noKey, Self.lacking(progress),
                hint: Text(
                    en: "with fewer shares nothing can be known; ask for more sheets",
                    es: "con menos partes no se puede saber nada; pide más hojas"))
        case .digest:
            Failure(
                .damaged,
                Text(
                    en: "these shares do not make a key: one is of another splitting, or forged",
                    es: "estas partes no forman una llave: una es de otra división, o es falsa"),
                hint: Text(
                    en: "try with other sheets, one at a time",
                    es: "prueba con otras hojas, cambiando una a la vez"))
        case .excessiveWork(let exponent):
            Failure(
                .damaged,
                Text(
                    en: "these shares ask for 10000 * 2^\(exponent) rounds of work",
                    es: "estas partes piden 10000 * 2^\(exponent) vueltas de cálculo"),
                hint: Text(
                    en: "no honest program does; ask who made them",
                    es: "ningún programa honesto lo hace; pregunta quién las hizo"))
        case .secretByteCount(let count):
            Failure(
                .failed,
                Text(
                    en: "a secret of \(count) bytes cannot be split",
                    es: "un secreto de \(count) bytes no se puede dividir"))
        case .impossibleScheme:
            Failure(
                .usage,
                Text(
                    en: "shares are 2 to 16, and at least 2 and at most all of them are needed",
                    es: "las partes son de 2 a 16, y se necesitan al menos 2 y a lo más todas"),
                hint: Text(
                    en: "like this: --threshold 3 --shares 5; 1 of many would be copies of the key",
                    es: "así: --threshold 3 --shares 5; una de varias serían copias de la llave"))
        case .unprintablePassphrase(let position):
            Failure(
                .usage,
                Text(
                    en: "character \(position) of the shares' passphrase is not plain ASCII",
                    es: "el carácter \(position) de la frase de las partes no es ASCII simple"),
                hint: Text(
                    en: "the standard allows letters without accents, digits and signs",
                    es: "el estándar permite letras sin acento, cifras y signos"))
        }
    }

    /// `2 of 3 shares`, or how far each group has come.
    static func lacking(_ progress: ShareProgress) -> Text {
        if progress.groupThreshold == 1, progress.groups.count == 1 {
            let group = progress.groups[0]
            return Text(
                en: "\(group.have) of the \(group.need) shares needed",
                es: "\(group.have) de las \(group.need) partes necesarias")
        }
        let done = progress.groups.count(where: \.isComplete)
        let open = progress.groups.filter { !$0.isComplete }
        var words = Text(
            en: "\(done) of the \(progress.groupThreshold) groups needed",
            es: "\(done) de los \(progress.groupThreshold) grupos necesarios")
        for group in open {
            words =
                words
                + Text(
                    en: "; group \(group.number): \(group.have) of \(group.need) shares",
                    es: "; grupo \(group.number): \(group.have) de \(group.need) partes")
        }
        return words
    }
}

extension ShareError: Explainable {
    package var failure: Failure { failure(nil) }
}
