package import Age
internal import AgeFormat
internal import AgeStream
package import CommandLineKit
internal import Platform
internal import Wording

extension AgeError {
    /// - Parameters:
    ///   - input: Name of the file that was read, as the user knows it.
    ///   - output: Name of what was written.
    ///   - first: First bytes of the input, which may tell what it is instead.
    ///   - leavesPart: A part of the text has gone to a stream and cannot be taken back.
    package func failure(
        input: String, output: String, first: [UInt8] = [], leavesPart: Bool = false
    ) -> Failure {
        switch self {
        case .header(let error): error.failure(input, first: first)
        case .armor(let error): error.failure(input, first: first)
        case .payload(let error): Self.failure(error.message(input), leavesPart)
        case .headerNotAuthentic:
            Self.failure(
                Text(
                    en: "\(input) opens with a key here, but its beginning was changed",
                    es: "una llave de aquí abre \(input), pero alguien cambió su comienzo"),
                leavesPart)
        case .noMatch:
            Failure(
                .noKey,
                Text(en: "no key here opens \(input)", es: "ninguna llave de aquí abre \(input)"))
        case .input(let error): FileError(error).failure(input)
        case .output(let error):
            Self.failure(FileError(error).failure(output), leavesPart: leavesPart)
        case .unusableRecipient:
            Failure(
                .refused,
                Text(
                    en: "one of the recipients is no usable key: nothing sealed to it is secret",
                    es: "uno de los destinatarios no sirve: nada que se cifre para él es secreto"),
                hint: Text(
                    en: "ask for the key again, by another way",
                    es: "pide la llave otra vez, por otra vía")
            )
        case .mixedRecipients:
            Failure(
                .refused,
                Text(
                    en: "post-quantum recipients (age1pq1...) cannot share a file with others",
                    es: "los destinatarios poscuánticos (age1pq1...) no comparten archivo con otros"
                ),
                hint: Text(
                    en: "the file would be no safer than its weakest key; make one for each kind",
                    es: "el archivo valdría lo que su llave más débil; haz uno para cada tipo"))
        case .outOfMemory(let log2N):
            Failure(
                .failed,
                Text(
                    en: "the passphrase needs \(Self.memory(log2N)) of memory, and there is less",
                    es:
                        "la frase de contraseña necesita \(Self.memory(log2N)) de memoria, y hay menos"
                ),
                hint: Text(
                    en: "close other programs, or use a larger machine",
                    es: "cierra otros programas, o usa un equipo con más memoria"))
        }
    }

    private static func failure(_ message: Text, _ leavesPart: Bool) -> Failure {
        Failure(
            .damaged, message,
            hint: leavesPart
                ? onlyAPart
                : Text(
                    en: "nothing was written; ask for the file again",
                    es: "no se escribió nada; pide el archivo otra vez"))
    }

    private static let onlyAPart = Text(
        en: "what already came out is only a part: do not use it",
        es: "lo que ya salió es solo una parte: no lo uses")

    /// Somebody who closed the pipe knows that there was more.
    private static func failure(_ failure: Failure, leavesPart: Bool) -> Failure {
        leavesPart ? Failure(failure.exit, failure.message, hint: onlyAPart) : failure
    }

    /// Memory of an scrypt cost: 2^log2N KiB.
    fileprivate static func memory(_ log2N: Int) -> String {
        switch log2N {
        case ..<10: "1 MiB"
        case ..<20: "\(1 << (log2N - 10)) MiB"
        case ..<60: "\(1 << (log2N - 20)) GiB"
        default: "2^\(log2N - 20) GiB"
        }
    }
}

extension AgeError: Explainable {
    package var failure: Failure { failure(input: "stdin", output: "stdout") }
}

extension PayloadError {
    fileprivate func message(_ input: String) -> Text {
        switch self {
        case .truncated:
            Text(
                en: "\(input) is not whole: its end is missing",
                es: "\(input) no está completo: le falta el final")
        case .trailing:
            Text(
                en: "\(input) goes on after its end",
                es: "\(input) sigue después de su final")
        case .notAuthentic, .emptyFinalChunk:
            Text(
                en: "\(input) is damaged or incomplete, or somebody changed it",
                es: "\(input) está dañado o incompleto, o alguien lo cambió")
        }
    }
}

extension ArmorError {
    func failure(_ input: String, first: [UInt8]) -> Failure {
        guard self != .malformedBegin else {
            return FormatError.notAge.failure(input, first: first)
        }
        return Failure(
            .damaged,
            Text(
                en: "\(input) is damaged: its text is not as it was written",
                es: "\(input) está dañado: su texto no está como se escribió"),
            hint: Text(
                en: "copy all of it again, from the first dashes to the last",
                es: "cópialo completo otra vez, del primer guion al último"))
    }
}

extension FormatError {
    func failure(_ input: String, first: [UInt8]) -> Failure {
        switch self {
        case .notAge, .convertedLineEnds:
            Failure(
                .damaged,
                Text(en: "\(input) is not an age file", es: "\(input) no es un archivo de age"),
                hint: self == .convertedLineEnds
                    ? Foreigner.converted.hint
                    : Foreigner(firstBytes: first)?.hint
                        ?? Text(
                            en: """
                                an age file begins with 'age-encryption.org/v1' or with \
                                'BEGIN AGE ENCRYPTED FILE'; is it the right file?
                                """,
                            es: """
                                un archivo de age empieza con «age-encryption.org/v1» o con \
                                «BEGIN AGE ENCRYPTED FILE»; ¿es el archivo correcto?
                                """))
        case .unsupportedVersion:
            Failure(
                .damaged,
                Text(
                    en: "\(input) is an age file of a newer version",
                    es: "\(input) es un archivo de age de una versión más nueva"),
                hint: Text(
                    en: "look for a newer amparo, or ask for it in version 1",
                    es: "busca un amparo más nuevo, o pídelo en la versión 1"))
        case .excessiveWork(let log2N):
            Failure(
                .damaged,
                Text(
                    en: "\(input) asks for \(AgeError.memory(log2N)) of memory to try a passphrase",
                    es:
                        "\(input) pide \(AgeError.memory(log2N)) de memoria para probar una frase de contraseña"
                ),
                hint: Text(
                    en: "no honest file does; ask who sent it",
                    es: "ningún archivo honesto lo hace; pregunta a quien lo mandó"))
        case .truncated, .tooLarge, .malformedLine, .malformedBody, .malformedMAC, .noStanza,
            .malformedStanza, .malformedWorkFactor, .passphraseNotAlone:
            Failure(
                .damaged,
                Text(
                    en: "\(input) is damaged: its beginning is not as it was written",
                    es: "\(input) está dañado: su comienzo no está como se escribió"),
                hint: Text(en: "ask for the file again", es: "pide el archivo otra vez"))
        }
    }
}

/// Files of other kinds that are handed to `decrypt`, known by their first bytes.
enum Foreigner: CaseIterable {
    case empty, converted, minisign, gpg, identity, recipient

    /// - Returns: nil for anything else.
    init?(firstBytes bytes: [UInt8]) {
        func starts(_ mark: String) -> Bool { bytes.starts(with: mark.utf8) }
        if bytes.isEmpty {
            self = .empty
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || starts("\u{FEFF}")
        {
            self = .converted
        } else if starts("untrusted comment:") {
            self = .minisign
        } else if starts("-----BEGIN PGP") || Self.looksLikeGPG(bytes) {
            self = .gpg
        } else if starts("AGE-") || starts("# created:") {
            self = .identity
        } else if starts("age1") {
            self = .recipient
        } else {
            return nil
        }
    }

    /// Source: RFC 9580, section 4.2: packets 1 and 3, the encrypted session keys, in both formats.
    private static func looksLikeGPG(_ bytes: [UInt8]) -> Bool {
        [0x84, 0x85, 0x8C, 0x8D, 0xC1, 0xC3].contains(bytes[0])
    }

    var hint: Text {
        switch self {
        case .empty:
            Text(
                en: "it is empty: the transfer may have failed",
                es: "está vacío: quizá falló el envío")
        case .converted:
            Text(
                en: "a program converted it as if it were text; send it again with 'encrypt -a'",
                es: "un programa lo convirtió como si fuera texto; mándalo con «encrypt -a»")
        case .minisign:
            Text(
                en: "it is a minisign signature or key, not an encrypted file",
                es: "es una firma o llave de minisign, no un archivo cifrado")
        case .gpg:
            Text(en: "it looks like a gpg file: use gpg -d", es: "parece de gpg: usa gpg -d")
        case .identity:
            Text(
                en: "it is a file of private keys: give it with -i, and name the file to decrypt",
                es: "es un archivo de llaves privadas: va con -i; nombra el archivo cifrado")
        case .recipient:
            Text(
                en: "it is a list of recipients, not an encrypted file",
                es: "es una lista de destinatarios, no un archivo cifrado")
        }
    }
}
