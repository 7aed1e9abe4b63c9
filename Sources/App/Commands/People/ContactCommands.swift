internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault
internal import Wording

/// `amparo contact …`: the people whom one seals files to and who hear the alarm.
enum ContactCommands {
    static let command = Command(
        "contact", spanish: ["contacto", "contactos"],
        Text(en: "Keep the people you write to", es: "Guarda a las personas a quienes escribes"),
        why: Text(
            en: """
                Contacts lie in the vault: nobody sees whom you know. A recipient that reached you \
                by mail may be somebody else's: compare it by voice before you trust it.
                """,
            es: """
                Los contactos están en la bóveda: nadie ve a quién conoces. Un destinatario que te \
                llegó por correo puede ser de otra persona: compáralo de viva voz antes de confiar.
                """),
        subcommands: [add, list, show, remove, ContactSuccessor.command])

    private static let name = Argument("NAME", Text(en: "Their name", es: "Su nombre"))

    private static let add = Command(
        "add", spanish: ["agregar", "añadir", "nuevo"],
        Text(en: "Add a person", es: "Agrega a una persona"),
        options: [
            .value(
                "recipient", short: "r", "RECIPIENT", repeats: true,
                spanish: ["destinatario", "llave"],
                Text(
                    en: "what files are sealed to; without one, what is sealed cannot be opened",
                    es: "para quién se cifra; sin esto no podrá abrir lo cifrado")),
            .value(
                "email", "ADDRESS", repeats: true, spanish: ["correo"],
                Text(en: "e-mail address", es: "correo")),
            .value(
                "phone", "NUMBER", repeats: true, spanish: ["teléfono"],
                Text(en: "telephone number", es: "número de teléfono")),
            .value(
                "sign-key", "KEY", repeats: true,
                Text(
                    en: "minisign key that their signatures verify with",
                    es: "llave de minisign con la que se verifican sus firmas")),
            .value(
                "speaks", "en|es",
                Text(
                    en: "the language to write to them in first",
                    es: "el idioma en que se les escribe primero")),
        ],
        arguments: [name],
        examples: [
            "amparo contact add laura --recipient age1... --email laura@example.org",
            "amparo contact add abogado --email abogado@example.org",
        ]
    ) { invocation in
        let card = try ContactCard(
            name: invocation.argument("NAME") ?? "", recipients: invocation.values("recipient"),
            signKeys: invocation.values("sign-key"), emails: invocation.values("email"),
            phones: invocation.values("phone"),
            language: invocation.value("speaks").flatMap(Language.init(rawValue:)))
        let contact = try invocation.withVault { vault in
            do { return try Keyring(vault).add(card) } catch KeyringError.nameTaken(let name) {
                throw taken(name)
            }
        }
        if invocation.json {
            return try invocation.printJSON(["contacts": [json(contact)]])
        }
        invocation.acknowledge(
            Text(en: "\(contact.name) is kept", es: "\(contact.name) quedó en tus contactos"))
        for lack in lacks(of: contact) { invocation.say(lack) }
    }

    private static func taken(_ name: String) -> Failure {
        let taken = KeyringError.nameTaken(name).failure
        let isOneWord = name.allSatisfy { $0.isLetter || $0.isNumber || "-_.+".contains($0) }
        let word = isOneWord ? name : "'\(name)'"
        return Failure(
            taken.exit, taken.message,
            hint: Text(
                en: "choose another name, or remove the old one: amparo contact remove \(word)",
                es: "elige otro nombre o quita el anterior: amparo contact remove \(word)"))
    }

    /// What a new contact will not be able to do.
    private static func lacks(of contact: Contact) -> [Text] {
        let name = contact.name
        let hears = !contact.card.addresses.isEmpty
        var lacks: [Text] = []
        if contact.recipients.isEmpty {
            lacks.append(
                hears
                    ? Text(
                        en: "\(name) will hear the alarm, but cannot open what is sealed: "
                            + "the recipient (age1...) is missing",
                        es: "\(name) recibirá las alertas, pero no podrá abrir lo cifrado: "
                            + "falta su destinatario (age1...)")
                    : Text(
                        en: "\(name) cannot open what is sealed: "
                            + "the recipient (age1...) is missing",
                        es: "\(name) no podrá abrir lo cifrado: "
                            + "falta su destinatario (age1...)"))
        }
        if !hears {
            lacks.append(
                Text(
                    en: "there is no way to reach \(name): add --email, or a folder channel",
                    es: "no hay cómo avisar a \(name): agrega --email o un canal de carpeta"))
        }
        return lacks
    }

    private static let list = Command(
        "list", aliases: ["ls"], spanish: ["lista", "listar"],
        Text(en: "List the people", es: "Lista a las personas"),
        examples: ["amparo contact list --json"]
    ) { invocation in
        let contacts = try invocation.withVault { vault in Keyring(vault).contacts }
        if invocation.json {
            return try invocation.printJSON(["contacts": .list(contacts.map(json))])
        }
        guard !contacts.isEmpty else {
            return invocation.say(
                Text(
                    en: "nobody yet; add somebody: amparo contact add NAME",
                    es: "todavía no hay nadie; agrega a alguien: amparo contact add NOMBRE"))
        }
        let rows = contacts.map { contact in
            [contact.name, keyState(contact)(invocation.language)]
                + [(contact.card.addresses.map(bare) + contact.card.phones).joined(separator: ", ")]
        }
        for line in Columns.lines(rows.map { $0.map { Printable.escape($0) } }) {
            try invocation.print(line)
        }
    }

    private static let show = Command(
        "show", spanish: ["muestra", "mostrar", "ver"],
        Text(en: "Show a person", es: "Muestra a una persona"), arguments: [name],
        examples: ["amparo contact show laura"]
    ) { invocation in
        let name = invocation.argument("NAME") ?? ""
        let contacts = try invocation.withVault { vault in
            let named = Keyring(vault).contacts.filter { $0.card.name.matches(name) }
            guard !named.isEmpty else { throw KeyringError.unknownContact(name) }
            return named
        }
        if invocation.json {
            return try invocation.printJSON(["contacts": .list(contacts.map(json))])
        }
        for contact in contacts {
            for line in Columns.lines(rows(contact, invocation)) { try invocation.print(line) }
        }
        if contacts.count > 1 || contacts.contains(where: \.isContested) {
            invocation.warn(KeyringError.contested(name).failure.message)
        }
    }

    private static let remove = Command(
        "remove", aliases: ["rm"], spanish: ["quitar", "borrar", "eliminar"],
        Text(en: "Remove a person", es: "Quita a una persona"),
        why: Text(
            en: """
                What was already sealed to them stays open to them, and plans that are armed still \
                call them.
                """,
            es: """
                Lo que ya se cifró para esa persona lo sigue abriendo, y los planes activos todavía \
                le avisan.
                """),
        arguments: [name], examples: ["amparo contact remove laura"]
    ) { invocation in
        let name = invocation.argument("NAME") ?? ""
        try invocation.withVault { vault in try Keyring(vault).removeContact(named: name) }
        invocation.acknowledge(
            Text(en: "\(name) is removed", es: "\(name) ya no está en tus contactos"))
    }

    private static func keyState(_ contact: Contact) -> Text {
        if contact.isContested {
            return Text(en: "KEYS DIFFER BETWEEN DEVICES", es: "LLAVES DISTINTAS ENTRE EQUIPOS")
        }
        if contact.recipients.isEmpty {
            return Text(en: "cannot open sealed files", es: "no abre lo cifrado")
        }
        return contact.verified == nil
            ? Text(en: "key not verified", es: "llave sin verificar")
            : Text(en: "key verified", es: "llave verificada")
    }

    private static func rows(_ contact: Contact, _ invocation: Invocation) -> [[String]] {
        let labels: [(Text, [String])] = [
            (Text(en: "name", es: "nombre"), [contact.name]),
            (Text(en: "recipient", es: "destinatario"), contact.recipients),
            (Text(en: "signs with", es: "firma con"), contact.card.signKeys),
            (Text(en: "reached at", es: "se le avisa en"), contact.card.addresses.map(bare)),
            (Text(en: "telephone", es: "teléfono"), contact.card.phones),
            (Text(en: "speaks", es: "habla"), contact.card.language.map { [$0.rawValue] } ?? []),
            (Text(en: "state", es: "estado"), [keyState(contact)(invocation.language)]),
        ]
        return labels.flatMap { label, values in
            values.map { [label(invocation.language) + ":", Printable.escape($0)] }
        }
    }

    /// An e-mail address says what it is; other schemes are shown.
    private static func bare(_ address: String) -> String {
        address.hasPrefix("email:") ? String(address.dropFirst(6)) : address
    }

    private static func json(_ contact: Contact) -> JSON {
        [
            "name": .text(contact.name), "recipients": .list(contact.recipients),
            "sign_keys": .list(contact.card.signKeys),
            "addresses": .list(contact.card.addresses), "phones": .list(contact.card.phones),
            "language": .text(orNull: contact.card.language?.rawValue),
            "verified": contact.verified.map { .time($0) } ?? .null,
        ]
    }
}
