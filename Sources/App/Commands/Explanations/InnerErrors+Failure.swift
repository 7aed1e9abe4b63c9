package import Age
package import AgeFormat
package import CommandLineKit
package import Dispatch
package import Encoding
package import Platform
package import Primitives
package import Watch
internal import Wording

// Errors of the modules below, which commands nearly always say better, with a name or a path.
// Here is what is said where one of them comes through by itself.

extension SessionKeyringError: Explainable {
    package var failure: Failure {
        Failure(
            .failed,
            Text(
                en: "this login session has nowhere safe to keep keys",
                es: "esta sesión no tiene dónde guardar llaves sin riesgo"),
            hint: Text(
                en: "type the passphrase with each command, or pass it with --passphrase-fd",
                es: "escribe la frase de contraseña en cada comando, o pásala con --passphrase-fd"))
    }
}

extension ZoneError: Explainable {
    package var failure: Failure {
        switch self {
        case .malformedName, .unknownZone:
            Failure(
                .usage,
                Text(en: "that is no time zone", es: "esa no es una zona horaria"),
                hint: Text(
                    en: "write it like this: America/Mexico_City",
                    es: "escríbela así: America/Mexico_City"))
        case .malformedData, .unsupportedData, .malformedRule:
            Failure(
                .damaged,
                Text(
                    en: "this machine's time zone data cannot be read",
                    es: "los datos de zonas horarias de este equipo no se pueden leer"),
                hint: Text(
                    en: "install it again (tzdata), or name a zone",
                    es: "instálalos otra vez (tzdata) o indica una zona"))
        }
    }
}

extension MessageError: Explainable {
    package var failure: Failure {
        switch self {
        case .badID, .badName, .badSubject, .badAttachmentName:
            Failure(
                .usage,
                Text(
                    en: "that message cannot be sent: a name in it is empty, too long or unusual",
                    es: "ese mensaje no se puede enviar: un nombre está vacío, es muy largo o es "
                        + "inusual"),
                hint: Text(
                    en: "use plain names of one line: amparo contact, amparo checkin plan",
                    es: "usa nombres sencillos de una línea: amparo contact, amparo checkin plan"))
        case .tooLarge(let limit):
            Failure(
                .failed,
                Text(
                    en: "that message is larger than \(limit >> 20) MiB",
                    es: "ese mensaje pasa de \(limit >> 20) MiB"),
                hint: Text(
                    en: "attach less, or smaller files",
                    es: "adjunta menos archivos, o más pequeños"))
        }
    }
}

extension CodecError: Explainable {
    package var failure: Failure {
        Failure(
            .damaged,
            Text(
                en: "something stored is damaged, or of a newer amparo",
                es: "algo guardado está dañado o es de un amparo más nuevo"),
            hint: Text(
                en: "see what: amparo vault check", es: "mira qué: amparo vault check"))
    }
}

extension PrimitiveError: Explainable {
    package var failure: Failure {
        switch self {
        case .notAuthentic:
            Failure(
                .damaged,
                Text(
                    en: "something sealed was altered, or belongs to another key",
                    es: "algo sellado fue alterado o es de otra llave"))
        case .lowOrderPoint:
            Failure(
                .refused,
                Text(
                    en: "that key is not usable: with it nothing would be secret",
                    es: "esa llave no sirve: con ella nada sería secreto"),
                hint: Text(
                    en: "ask its owner for another one", es: "pídele otra a quien te la dio"))
        case .outOfMemory:
            Failure(
                .failed,
                Text(
                    en: "there is not enough free memory for that passphrase",
                    es: "no hay memoria libre suficiente para esa frase de contraseña"),
                hint: Text(
                    en: "close other programs and try again",
                    es: "cierra otros programas e inténtalo de nuevo"))
        }
    }
}

extension StoreFailure: Explainable {
    package var failure: Failure { WatchError.store(self).failure }
}

extension FormatError: Explainable {
    package var failure: Failure { AgeError.header(self).failure }
}

extension ArmorError: Explainable {
    package var failure: Failure { AgeError.armor(self).failure }
}
