internal import Age
internal import CommandLineKit
internal import Curriculum
internal import Keyring
internal import Platform
internal import Wording

/// Lessons 5 and 6: files, keys and people.
extension LessonChecks {
    private static func opens(_ name: Text, _ view: Inspection) -> Text? {
        guard let bytes = view.bytes(name) else { return noFile(name, view) }
        guard view.opened(bytes, with: view.ownIdentities) == nil else { return nil }
        let word = name(view.worldLanguage)
        return Text(
            en: "\(word) does not open with your key: encrypt it with -r me",
            es: "\(word) no se abre con tu llave: cífralo con -r me")
    }

    /// What lies in a folder: sealed files only, all of them hers to open.
    private static func onlySealed(_ folder: Text, besides known: Set<String>, _ view: Inspection)
        -> Text?
    {
        let name = folder(view.worldLanguage)
        var sealed = 0
        for file in view.names(in: folder) where !known.contains(file) {
            guard let bytes = view.bytes(at: Path.join(view.path(folder), file)),
                view.opened(bytes, with: view.ownIdentities) != nil
            else {
                return Text(
                    en: "\(name)/\(file) is not encrypted for you",
                    es: "\(name)/\(file) no está cifrado para ti")
            }
            sealed += 1
        }
        guard sealed == 0 else { return nil }
        return Text(
            en: "there is no encrypted file in \(name)",
            es: "no hay ningún archivo cifrado en \(name)")
    }

    static let sealedFiles: [String: Look] = [
        "own": { opens(Text(en: "contract.txt.age", es: "contrato.txt.age"), $0) },
        "both": { view in
            let name = Text(en: "for-laura.age", es: "para-laura.age")
            if let missing = opens(name, view) { return missing }
            let bytes = view.bytes(name) ?? []
            let isHers = try view.asColleague { vault in
                view.opened(bytes, with: Keyring(vault).identities.map(\.identity)) != nil
            }
            return isHers == true
                ? nil
                : Text(
                    en: "Laura cannot open it: encrypt it with -r laura -r me",
                    es: "Laura no lo puede abrir: cífralo con -r laura -r me")
        },
        // Cards are public, and another lesson puts one there.
        "usb": { view in
            let cards = view.names(in: Text(verbatim: Cast.stick)).filter { $0.hasSuffix(".card") }
            return onlySealed(Text(verbatim: Cast.stick), besides: Set(cards), view)
        },
        "cloud": { view in
            if let missing = onlySealed(Cast.cloud, besides: [], view) { return missing }
            let telling = view.names(in: Cast.cloud).first { name in
                // --hide-name draws hexadecimal digits.
                !name.prefix { $0 != "." }.allSatisfy { $0.isHexDigit }
            }
            guard let telling else { return nil }
            return Text(
                en: "the name \(telling) tells what it is: encrypt with --hide-name",
                es: "el nombre \(telling) dice qué es: cifra con --hide-name")
        },
    ]

    // MARK: Keys

    private static func contact(_ name: String, _ view: Inspection) -> Contact? {
        try? view.keyring.person(named: name)
    }

    static let keys: [String: Look] = [
        "card": { view in
            let path = Path.join(view.world.work, Cast.stick + "/ines.card")
            guard let bytes = view.bytes(at: path), let card = try? CardFile(parsing: bytes).card
            else {
                return Text(
                    en: "usb/ines.card is not a card: amparo contact card -o usb/ines.card",
                    es: "usb/ines.card no es una tarjeta: amparo contact card -o usb/ines.card")
            }
            let own = view.keyring.ownIdentity?.recipient
            return card.recipients.contains(own ?? "?")
                ? nil
                : Text(
                    en: "that card does not carry your key", es: "esa tarjeta no lleva tu llave")
        },
        "verified": { view in
            guard let beto = contact(Cast.photographer, view) else {
                return Text(
                    en: "Beto is not among the contacts: amparo contact add --card beto.card",
                    es: "Beto no está en los contactos: amparo contact add --card beto.card")
            }
            return beto.verified != nil && !beto.isChanged
                ? nil
                : Text(
                    en: "Beto's key was not compared: amparo contact verify beto",
                    es: "la llave de Beto no se ha comparado: amparo contact verify beto")
        },
        "changed": { view in
            guard let laura = contact(Cast.editor, view) else {
                return Text(
                    en: "Laura is not among the contacts", es: "Laura no está en los contactos")
            }
            guard !laura.isChanged, !laura.isContested else {
                return Text(
                    en: "the alarm is still there: amparo contact verify laura --reject",
                    es: "la alarma sigue ahí: amparo contact verify laura --reject")
            }
            let hers = try view.asColleague { Keyring($0).ownIdentity?.recipient } ?? nil
            guard let hers, laura.recipients == [hers] else {
                return Text(
                    en: "that is not Laura's key, but the other card's",
                    es: "esa no es la llave de Laura, sino la de la otra tarjeta")
            }
            // The alarm has to have gone off: only then was it recognised.
            return alarmWasSeen(view)
                ? nil
                : Text(
                    en:
                        "the other card did not come yet: amparo contact add laura --card laura-new.card",
                    es:
                        "la otra tarjeta aún no llega: amparo contact add laura --card laura-nueva.card"
                )
        },
    ]

    /// Whether Laura's record had another key once.
    private static func alarmWasSeen(_ view: Inspection) -> Bool {
        let path = view.path(Cast.newLauraCard)
        guard let bytes = view.bytes(at: path),
            let other = try? CardFile(parsing: bytes).card.recipients.first
        else { return false }
        return view.keyring.hasEverHeld(recipient: other)
    }
}
