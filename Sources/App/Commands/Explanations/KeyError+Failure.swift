package import Age
package import CommandLineKit
internal import Wording

extension KeyError {
    /// - Parameters:
    ///   - place: Where the key was given, such as `-r age1…`; never a private key.
    ///   - isPrivate: Whether a private key was expected there.
    package func failure(
        _ exit: ExitCode, _ place: String, isPrivate: Bool = false
    ) -> Failure {
        switch self {
        case .malformed:
            Failure(
                exit, Text(en: "\(place): that is not a key", es: "\(place): eso no es una llave"),
                hint: isPrivate
                    ? Text(
                        en: "a private key begins with AGE-SECRET-KEY-; is it the right file?",
                        es: "una llave privada empieza con AGE-SECRET-KEY-; ¿es ese el archivo?")
                    : Text(
                        en: "a recipient is age1 and 58 more characters; copy it again, whole",
                        es: "un destinatario es age1 y 58 caracteres más; cópialo otra vez, entero")
            )
        case .identityGiven:
            Failure(
                exit,
                Text(
                    en: "a private key was given where a recipient belongs",
                    es: "diste una llave privada donde va un destinatario"),
                hint: Text(
                    en: "a private key on a command line is not secret any more; "
                        + "put it in a file and give that with -i",
                    es: "una llave privada en un comando ya no es secreta; "
                        + "ponla en un archivo y dalo con -i"))
        case .recipientGiven:
            Failure(
                exit,
                Text(
                    en: "\(place): a recipient where a private key belongs",
                    es: "\(place): un destinatario donde va una llave privada"),
                hint: Text(en: "give it with -r or -R", es: "dalo con -r o con -R"))
        case .encryptedSSHKey:
            Failure(
                exit,
                Text(
                    en: "\(place): this SSH key has a passphrase, which cannot be opened here",
                    es: "\(place): esta llave de SSH tiene frase de contraseña y aquí no se abre"),
                hint: Text(
                    en: "copy the key file, then take the passphrase off the copy: "
                        + "ssh-keygen -p -N '' -f COPY",
                    es: "copia el archivo y quítale la frase de contraseña a la copia: "
                        + "ssh-keygen -p -N '' -f COPIA"))
        case .unsupported(let kind):
            Failure(
                exit,
                Text(
                    en: "\(place): keys of the kind \(kind) are not known here",
                    es: "\(place): aquí no se conocen las llaves del tipo \(kind)"),
                hint: Text(
                    en: "ask for a recipient that is age1 and 58 more characters",
                    es: "pide un destinatario que sea age1 y 58 caracteres más"))
        }
    }
}

extension KeyFileError {
    /// - Parameter isPrivate: Whether private keys were expected in it.
    package func failure(_ path: String, isPrivate: Bool = false) -> Failure {
        switch self {
        case .line(let number, let error):
            error.failure(.damaged, "\(path):\(number)", isPrivate: isPrivate)
        case .empty:
            Failure(
                .damaged,
                Text(en: "\(path) holds no key", es: "\(path) no tiene ninguna llave"),
                hint: Text(
                    en: "is it the right file, and did all of it arrive?",
                    es: "¿es el archivo correcto, y llegó completo?"))
        case .sealed(.noMatch):
            Failure(
                .noKey,
                Text(
                    en: "that is not the passphrase of \(path)",
                    es: "esa no es la frase de contraseña de \(path)"),
                hint: Text(
                    en: "capitals, spaces and accents count; try again",
                    es: "cuentan mayúsculas, espacios y acentos; inténtalo de nuevo"))
        case .sealed(let error): error.failure(input: path, output: path)
        case .sealedToKeys:
            Failure(
                .damaged,
                Text(
                    en: "\(path): a file of private keys can only be sealed with a passphrase",
                    es:
                        "\(path): un archivo de llaves privadas solo se sella con una frase de contraseña"
                ),
                hint: Text(
                    en: "open it first: amparo decrypt \(path)",
                    es: "ábrelo antes: amparo decrypt \(path)"))
        }
    }
}

extension KeyError: Explainable {
    package var failure: Failure { failure(.damaged, "amparo") }
}

extension KeyFileError: Explainable {
    package var failure: Failure { failure("amparo") }
}
