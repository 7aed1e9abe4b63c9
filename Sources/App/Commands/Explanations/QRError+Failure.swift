package import CommandLineKit
package import QR
internal import Wording

extension QRError: Explainable {
    package var failure: Failure {
        switch self {
        case .libraryMissing:
            Failure(
                .failed,
                Text(
                    en: "QR codes need libqrencode, which is not installed",
                    es: "los códigos QR necesitan libqrencode, que no está instalada"),
                hint: Text(
                    en: "install Debian's package libqrencode4; everything else works without it",
                    es: "instala el paquete libqrencode4 de Debian; lo demás funciona sin él"))
        case .tooLong:
            Failure(
                .failed,
                Text(
                    en: "that is more than fits in a QR code",
                    es: "eso es más de lo que cabe en un código QR"),
                hint: Text(
                    en: "send the file itself", es: "manda el archivo mismo"))
        case .failed:
            Failure(
                .failed,
                Text(
                    en: "libqrencode made no QR code", es: "libqrencode no pudo hacer el código QR")
            )
        }
    }
}
