package import CommandLineKit
package import Minisign
internal import Wording

extension MinisignError {
    /// - Parameter path: The key or signature file, as the user knows it.
    package func failure(_ path: String) -> Failure {
        switch self {
        case .tooLong, .lineCount, .missingPrefix, .encoding, .unknownAlgorithm:
            Failure(
                .damaged,
                Text(
                    en: "\(path) is not in minisign's format, or is damaged\(Self.place(self).en)",
                    es:
                        "\(path) no tiene el formato de minisign o está dañado\(Self.place(self).es)"
                ),
                hint: Text(
                    en: "copy it again, whole: a signature has four lines, a key has two",
                    es: "cópialo otra vez, completo: una firma tiene cuatro líneas; una llave, dos")
            )
        case .missingTrustedComment:
            Failure(
                .damaged,
                Text(
                    en: "\(path) ends before its trusted comment",
                    es: "\(path) termina antes de su comentario firmado"),
                hint: Text(
                    en: "it was cut, or another program made it; ask for the signature again",
                    es: "se cortó o la hizo otro programa; pide la firma otra vez"))
        case .unprintableComment(let line):
            Failure(
                .damaged,
                Text(
                    en: "\(path): line \(line) holds characters that could disturb a terminal",
                    es: "\(path): la línea \(line) tiene caracteres que alteran una terminal"),
                hint: Text(
                    en: "no honest signature does; ask who sent it",
                    es: "ninguna firma honesta los tiene; pregunta a quien la mandó"))
        case .commentTooLong(let limit):
            Failure(
                .damaged,
                Text(
                    en: "\(path): a comment is longer than \(limit) bytes",
                    es: "\(path): un comentario pasa de \(limit) bytes"),
                hint: Text(en: "ask for the signature again", es: "pide la firma otra vez"))
        case .legacySignature:
            Failure(
                .refused,
                Text(
                    en: "\(path) is a signature of the old kind, which can be true of two files",
                    es: "\(path) es una firma del tipo viejo, que puede valer para dos archivos"),
                hint: Text(
                    en: "ask for a new one, or accept it with --legacy",
                    es: "pide una nueva o acéptala con --legacy"))
        case .keyIDMismatch(let signature, let key):
            Failure(
                .noKey,
                Text(
                    en: "\(path) was made with key \(signature), and the key given is \(key)",
                    es: "\(path) se hizo con la llave \(signature), y la que diste es \(key)"),
                hint: Text(
                    en: "it may be somebody else's signature: ask by voice which key is right",
                    es: "puede ser la firma de otra persona: pregunta de viva voz cuál es la llave")
            )
        case .badSignature:
            Failure(
                .damaged,
                Text(
                    en: "\(path) does not hold: the file was changed, or this is not its signature",
                    es: "\(path) no vale: el archivo cambió o esa no es su firma"),
                hint: Text(
                    en: "do not use the file; ask for file and signature again",
                    es: "no uses el archivo; pide otra vez el archivo y la firma"))
        case .badTrustedComment:
            Failure(
                .damaged,
                Text(
                    en: "\(path): the file is as it was signed, and its comment was changed",
                    es: "\(path): el archivo es el que se firmó, pero cambiaron el comentario"),
                hint: Text(
                    en: "somebody touched the signature; ask for it again",
                    es: "alguien tocó la firma; pídela otra vez"))
        case .excessiveCost:
            Failure(
                .damaged,
                Text(
                    en: "\(path) asks for more memory than any honest key to try a passphrase",
                    es: "\(path) pide más memoria que cualquier llave honesta para probar una "
                        + "frase de contraseña"
                ),
                hint: Text(en: "ask who sent it", es: "pregunta a quien lo mandó"))
        case .outOfMemory:
            Failure(
                .failed,
                Text(
                    en: "\(path): there is not enough free memory for its passphrase (1 GiB)",
                    es: "\(path): no hay memoria libre suficiente para su frase de "
                        + "contraseña (1 GiB)"),
                hint: Text(
                    en: "close other programs and try again",
                    es: "cierra otros programas e inténtalo de nuevo"))
        case .passphraseTooLong(let limit):
            Failure(
                .noKey,
                Text(
                    en: "a minisign passphrase has at most \(limit) bytes",
                    es: "una frase de contraseña de minisign tiene a lo más \(limit) bytes"),
                hint: Text(en: "type it again", es: "escríbela otra vez"))
        case .passphraseNeeded, .wrongPassphraseOrDamaged:
            Failure(
                .noKey,
                Text(
                    en: "that is not the passphrase of \(path)",
                    es: "esa no es la frase de contraseña de \(path)"),
                hint: Text(
                    en: "capitals, spaces and accents count; try again",
                    es: "cuentan mayúsculas, espacios y acentos; inténtalo de nuevo"))
        case .inconsistentKey:
            Failure(
                .damaged,
                Text(
                    en: "\(path): its public half belongs to another key",
                    es: "\(path): su parte pública es de otra llave"),
                hint: Text(
                    en: "do not sign with it; use another copy of the key",
                    es: "no firmes con ella; usa otra copia de la llave"))
        }
    }

    /// Where in the file, for whoever looks into it.
    private static func place(_ error: MinisignError) -> Text {
        switch error {
        case .missingPrefix(let line), .encoding(let line):
            Text(en: " (line \(line))", es: " (línea \(line))")
        default: Text(verbatim: "")
        }
    }
}

extension MinisignError: Explainable {
    package var failure: Failure { failure("minisign") }
}
