package import CommandLineKit
package import Keyring
internal import Wording

extension CardError: Explainable {
    package var failure: Failure { failure("amparo") }

    /// - Parameter place: The file as it was named.
    func failure(_ place: String) -> Failure {
        switch self {
        case .notACard:
            Failure(
                .damaged,
                Text(
                    en: "\(place) is no contact card", es: "\(place) no es una tarjeta de contacto"),
                hint: Text(
                    en: "a card begins with 'amparo-card-1'; save it alone in a file, whole",
                    es: "una tarjeta empieza con «amparo-card-1»; guárdala sola en un archivo, "
                        + "completa"))
        case .tooLong(let limit):
            Failure(
                .damaged,
                Text(
                    en: "\(place): a contact card has at most \(limit) bytes",
                    es: "\(place): una tarjeta de contacto tiene a lo más \(limit) bytes"),
                hint: Text(
                    en: "save the card alone in a file", es: "guarda la tarjeta sola en un archivo")
            )
        case .line(let number):
            Failure(
                .damaged,
                Text(
                    en: "\(place):\(number): that line does not belong in a contact card",
                    es: "\(place):\(number): esa línea no va en una tarjeta de contacto"),
                hint: Self.again)
        case .unknownVersion(let version):
            Failure(
                .damaged,
                Text(
                    en: "\(place): cards of the kind \(version) are not known here",
                    es: "\(place): aquí no se conocen las tarjetas del tipo \(version)"),
                hint: Text(
                    en: "install the newest amparo, or ask for the recipient (age1...)",
                    es: "instala el amparo más nuevo o pide el destinatario (age1...)"))
        case .field(let error):
            Failure(
                .damaged,
                Text(
                    en: "\(place): \(error.failure.message.en)",
                    es: "\(place): \(error.failure.message.es)"), hint: Self.again)
        case .wrongCheck:
            Failure(
                .damaged,
                Text(
                    en: "\(place): the card was changed or miscopied after it was written",
                    es: "\(place): la tarjeta se alteró o se copió mal después de escrita"),
                hint: Self.again)
        }
    }

    private static let again = Text(
        en: "ask for the card again, as a file", es: "pide la tarjeta otra vez, como archivo")
}
