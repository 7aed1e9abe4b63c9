package import CommandLineKit
package import Keyring
internal import Minisign
internal import Wording

extension SuccessorStatementError {
    /// - Parameters:
    ///   - path: The statement, as the user knows it.
    ///   - name: Whose it is said to be.
    package func failure(_ path: String, of name: String) -> Failure {
        switch self {
        case .unknownSigner(let id):
            Failure(
                .noKey,
                Text(
                    en: "\(path) is signed with key \(id), which is no signing key of \(name)",
                    es:
                        "\(path) está firmada con la llave \(id), que no es llave de firma de \(name)"
                ),
                hint: Self.voice)
        case .signature(let error): error.failure(path)
        case .malformed:
            Failure(
                .damaged,
                Text(
                    en: "\(path) is no statement about a new key",
                    es: "\(path) no es una constancia de llave nueva"),
                hint: Text(
                    en: "it is the file that 'amparo key retire' wrote; ask for it again",
                    es: "es el archivo que escribió «amparo key retire»; pídelo otra vez"))
        case .notHers:
            Failure(
                .refused,
                Text(
                    en: "\(path) replaces a key that \(name) does not have here",
                    es: "\(path) cambia una llave que \(name) no tiene aquí"),
                hint: Self.voice)
        }
    }

    private static let voice = Text(
        en: "do not trust it yet: ask by voice what the new key is",
        es: "no confíes todavía: pregunta de viva voz cuál es la llave nueva")
}

extension SuccessorStatementError: Explainable {
    package var failure: Failure { failure("amparo", of: "me") }
}
