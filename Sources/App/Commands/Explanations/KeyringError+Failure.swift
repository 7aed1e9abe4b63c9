package import CommandLineKit
package import Keyring
internal import Wording

extension KeyringError: Explainable {
    package var failure: Failure {
        switch self {
        case .malformedName(let name):
            Failure(
                .usage,
                Text(en: "'\(name)' cannot be a name", es: "«\(name)» no puede ser un nombre"),
                hint: Text(
                    en: "use letters that can be seen, digits, spaces and -_.+&(), at most 64"
                        + " bytes",
                    es: "usa letras que se vean, cifras, espacios y -_.+&(), a lo más 64 bytes"))
        case .reservedName(let name):
            Failure(
                .usage,
                Text(
                    en: "'\(name)' is you: no contact can have that name",
                    es: "«\(name)» eres tú: ningún contacto puede llamarse así"),
                hint: Text(en: "choose another name", es: "elige otro nombre"))
        case .nameTaken(let name):
            Failure(
                .refused,
                Text(
                    en: "the name '\(name)' is taken, and nothing is overwritten",
                    es: "el nombre «\(name)» ya está en uso, y aquí no se sobrescribe nada"),
                hint: Text(
                    en: "choose another name, or remove the old entry first",
                    es: "elige otro nombre o quita primero la entrada anterior"))
        case .resembles(let name, let present):
            Failure(
                .refused,
                Text(
                    en: "'\(name)' looks like '\(present)', but is written in other letters:"
                        + " nobody could tell them apart",
                    es: "«\(name)» se ve como «\(present)», pero está escrito con otras letras:"
                        + " nadie podría distinguirlos"),
                hint: Text(
                    en: "is it the same person? type the name yourself; if not, choose another",
                    es: "¿es la misma persona? escribe tú el nombre; si no, elige otro"))
        case .unknownContact(let name):
            Failure(
                .failed,
                Text(
                    en: "there is no contact called '\(name)'",
                    es: "no hay ningún contacto que se llame «\(name)»"),
                hint: Text(
                    en: "see who there is: amparo contact list",
                    es: "mira quiénes hay: amparo contact list"))
        case .unknownKey(let name):
            Failure(
                .failed,
                Text(
                    en: "there is no key called '\(name)'",
                    es: "no hay ninguna llave que se llame «\(name)»"),
                hint: Text(
                    en: "see which there are: amparo key list",
                    es: "mira cuáles hay: amparo key list"))
        case .contested(let name):
            Failure(
                .refused,
                Text(
                    en: "two devices hold different keys for '\(name)': none of them is used",
                    es: "dos equipos tienen llaves distintas de «\(name)»: no se usa ninguna"),
                hint: Text(
                    en: "ask by voice which key is right; then contact remove, add and verify",
                    es: "pregúntale de viva voz cuál es la buena; luego contact remove, add y "
                        + "verify"))
        case .keyChanged(let name):
            Failure(
                .refused,
                Text(
                    en: "STOP: the key of \(name) has changed and nobody has compared it: "
                        + "it may be somebody else's",
                    es: "ALTO: la llave de \(name) cambió y nadie la ha comparado: "
                        + "puede ser de otra persona"),
                hint: Text(
                    en: "call \(name) on a number you had before: "
                        + "amparo contact verify \(Self.word(name))",
                    es: "llama a \(name) a un número que ya tenías: "
                        + "amparo contact verify \(Self.word(name))"))
        case .noKeys(let name):
            Failure(
                .noKey,
                Text(
                    en: "\(name) has no key yet: there is nothing to compare",
                    es: "\(name) aún no tiene llave: no hay nada que comparar"),
                hint: Text(
                    en: "ask for one: amparo contact invite \(Self.word(name))",
                    es: "pídele una: amparo contact invite \(Self.word(name))"))
        case .noFormerKeys(let name):
            Failure(
                .failed,
                Text(
                    en: "the keys of \(name) have not changed: there is nothing to go back to",
                    es: "las llaves de \(name) no han cambiado: no hay a cuáles volver"),
                hint: Text(
                    en: "do the words differ? then do not use this contact: "
                        + "amparo contact remove \(Self.word(name))",
                    es: "¿las palabras son otras? entonces no uses este contacto: "
                        + "amparo contact remove \(Self.word(name))"))
        case .malformedRecipient(let text):
            Failure(
                .usage,
                Text(
                    en: "'\(text)' is not an age recipient",
                    es: "«\(text)» no es un destinatario de age"),
                hint: Text(
                    en: "it is 62 characters that begin with age1; copy it whole",
                    es: "son 62 caracteres que empiezan con age1; cópialo entero"))
        case .identityInsteadOfRecipient:
            Failure(
                .refused,
                Text(
                    en: "that is a private key, and a public one belongs here",
                    es: "esa es una llave privada, y aquí va una pública"),
                hint: Text(
                    en: "whoever sent it must make a new key; the public one begins with age1",
                    es: "quien la mandó debe hacer otra llave; la pública empieza con age1"))
        case .malformedSigningKey(let text):
            Failure(
                .usage,
                Text(
                    en: "'\(text)' is not a minisign public key",
                    es: "«\(text)» no es una llave pública de minisign"),
                hint: Text(
                    en: "it is 56 characters that begin with RW; copy it whole",
                    es: "son 56 caracteres que empiezan con RW; cópiala entera"))
        case .malformedEmail(let text):
            Failure(
                .usage,
                Text(
                    en: "'\(text)' is not an e-mail address",
                    es: "«\(text)» no es una dirección de correo"),
                hint: Text(en: "like this: laura@example.org", es: "así: laura@example.org"))
        case .malformedAddress(let text):
            Failure(
                .usage,
                Text(
                    en: "'\(text)' is not an address of that kind",
                    es: "«\(text)» no es una dirección de ese tipo"),
                hint: Text(
                    en: "like this: --sms +525500000000, --telegram 123456789, --ntfy long-topic",
                    es: "así: --sms +525500000000, --telegram 123456789, --ntfy tema-largo"))
        case .malformedPhone(let text):
            Failure(
                .usage,
                Text(
                    en: "'\(text)' is not a telephone number",
                    es: "«\(text)» no es un número de teléfono"),
                hint: Text(en: "like this: +52 228 123 4567", es: "así: +52 228 123 4567"))
        case .unknownAddress(let text, let name):
            Failure(
                .failed,
                Text(
                    en: "\(name) has no address or number '\(text)'",
                    es: "\(name) no tiene ninguna dirección ni número «\(text)»"),
                hint: Text(
                    en: "see which there are: amparo contact show \(Self.word(name))",
                    es: "mira cuáles hay: amparo contact show \(Self.word(name))"))
        case .unreadableKey:
            Failure(
                .damaged,
                Text(
                    en: "what was just stored cannot be read back",
                    es: "lo que se acaba de guardar no se puede leer"),
                hint: Text(en: "run amparo vault check", es: "ejecuta amparo vault check"))
        }
    }

    /// A name as one types it in a command.
    static func word(_ name: String) -> String {
        let isOneWord = name.allSatisfy { $0.isLetter || $0.isNumber || "-_.+".contains($0) }
        return isOneWord ? name : "'\(name)'"
    }
}
