internal import CheckIn
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
                by mail may be somebody else's: compare its six words by voice before you trust it \
                (amparo contact verify). A key that changes stops amparo encrypt until you do.
                """,
            es: """
                Los contactos están en la bóveda: nadie ve a quién conoces. Un destinatario que te \
                llegó por correo puede ser de otra persona: compara sus seis palabras de viva voz antes \
                de confiar (amparo contact verify). Si una llave cambia, amparo encrypt se detiene \
                hasta que lo hagas.
                """),
        subcommands: [
            ContactAdd.command, list, show, ContactCardCommand.command, ContactInvite.command,
            ContactVerify.command, ContactSuccessor.command, remove,
        ])

    static let name = Argument("NAME", Text(en: "Their name", es: "Su nombre"))

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
        try invocation.print(columns: rows.map { $0.map { Printable.escape($0) } })
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
            try invocation.print(columns: rows(contact, invocation))
        }
        if contacts.count > 1 || contacts.contains(where: \.isContested) {
            invocation.warn(KeyringError.contested(name).failure.message)
        }
    }

    private static let remove = Command(
        "remove", aliases: ["rm"], spanish: ["quitar", "borrar", "eliminar"],
        Text(
            en: "Remove a person, or one address of theirs",
            es: "Quita a una persona, o una de sus direcciones"),
        why: Text(
            en: """
                What was already sealed to them stays open to them, and plans that are armed still \
                call them.
                """,
            es: """
                Lo que ya se cifró para esa persona lo sigue abriendo, y los planes activos todavía \
                le avisan.
                """),
        arguments: [
            name,
            Argument(
                "ADDRESS", .optional,
                Text(
                    en: "Only this address or number; the person stays",
                    es: "Solo esta dirección o número; la persona se queda")),
        ],
        examples: [
            "amparo contact remove laura", "amparo contact remove laura laura@example.org",
        ]
    ) { invocation in
        let name = invocation.argument("NAME") ?? ""
        let tickets = try invocation.tickets()
        if let way = invocation.argument("ADDRESS") {
            return try forget(way, of: name, tickets, invocation)
        }
        try invocation.withVault { vault in
            let keyring = Keyring(vault)
            let plans = plans(of: name, keyring, tickets)
            let isThere = keyring.contacts.contains { $0.name.lowercased() == name.lowercased() }
            if isThere, !plans.isEmpty { try askAboutPlans(plans, name, invocation) }
            try keyring.removeContact(named: name)
        }
        invocation.acknowledge(
            Text(en: "\(name) is removed", es: "\(name) ya no está en tus contactos"))
    }

    /// The drafts and armed plans whose alert goes to this person.
    static func plans(of name: String, _ keyring: Keyring, _ tickets: Tickets) -> [Plan] {
        // An armed plan without a ticket has ended.
        PlanBook(keyring).plans.filter { plan in
            (plan.stage == .draft || plan.stage == .armed && tickets.has(plan.id))
                && plan.tiers.contains { tier in
                    tier.contacts.contains { $0.lowercased() == name.lowercased() }
                }
        }
    }

    /// Those that go on with the addresses of the day when they were armed.
    static func armedPlans(of name: String, _ keyring: Keyring, _ tickets: Tickets) -> [String] {
        plans(of: name, keyring, tickets).filter { $0.stage == .armed }.map(\.label.text)
    }

    private static func forget(
        _ way: String, of name: String, _ tickets: Tickets, _ invocation: Invocation
    ) throws {
        let (contact, gone, armed) = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            let (contact, gone) = try keyring.forget(way, of: name)
            return (contact, gone, armedPlans(of: contact.name, keyring, tickets))
        }
        let list = gone.map(bare).joined(separator: ", ")
        invocation.acknowledge(
            Text(
                en: "removed from \(contact.name): \(list)",
                es: "quitado de \(contact.name): \(list)"))
        for lack in ContactAdd.lacks(of: contact) { invocation.say(lack) }
        for plan in armed {
            invocation.warn(
                Text(
                    en: "the armed plan '\(plan)' writes there until you renew it with its code:"
                        + " amparo checkin plan edit \(KeyringError.word(plan))",
                    es: "el plan activo «\(plan)» sigue avisando ahí hasta que lo renueves con su"
                        + " código: amparo checkin plan edit \(KeyringError.word(plan))"))
        }
    }

    private static func askAboutPlans(
        _ plans: [Plan], _ name: String, _ invocation: Invocation
    ) throws {
        let lines = plans.map { plan in
            plan.stage == .armed
                ? Text(
                    en: "\(name) gets the alert of the armed plan '\(plan.label)', and will until"
                        + " you end it.",
                    es: "\(name) recibe la alerta del plan activo «\(plan.label)», y la seguirá"
                        + " recibiendo hasta que lo termines.")
                : Text(
                    en: "\(name) gets the alert of the draft '\(plan.label)', which cannot be armed"
                        + " without this contact.",
                    es:
                        "\(name) recibe la alerta del borrador «\(plan.label)», que sin este contacto"
                        + " no se puede activar.")
        }
        let facts = Text(
            en: lines.map(\.en).joined(separator: " "), es: lines.map(\.es).joined(separator: " ")
        )
        guard
            try invocation.confirm(
                facts + Text(en: " Remove \(name)?", es: " ¿Quitar a \(name)?"))
        else {
            throw Failure(
                .refused, Text(en: "nobody was removed", es: "no se quitó a nadie"))
        }
    }

    private static func keyState(_ contact: Contact) -> Text {
        if contact.isContested {
            return Text(en: "KEYS DIFFER BETWEEN DEVICES", es: "LLAVES DISTINTAS ENTRE EQUIPOS")
        }
        if contact.isChanged {
            return Text(en: "KEY CHANGED, NOT VERIFIED", es: "LA LLAVE CAMBIÓ, SIN VERIFICAR")
        }
        if contact.recipients.isEmpty {
            return Text(en: "cannot open sealed files", es: "no abre lo cifrado")
        }
        return contact.verified == nil
            ? Text(en: "key not verified", es: "llave sin verificar")
            : Text(en: "key verified", es: "llave verificada")
    }

    private static func rows(_ contact: Contact, _ invocation: Invocation) -> [[String]] {
        let words = [contact.fingerprint, contact.signingFingerprint].compactMap {
            $0?.text(in: invocation.language)
        }
        let labels: [(Text, [String])] = [
            (Text(en: "name", es: "nombre"), [contact.name]),
            (Text(en: "recipient", es: "destinatario"), contact.recipients),
            (Text(en: "signs with", es: "firma con"), contact.card.signKeys),
            (Text(en: "key before", es: "llave anterior"), contact.formerKeys),
            (Text(en: "six words", es: "seis palabras"), words),
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
    static func bare(_ address: String) -> String {
        address.hasPrefix("email:") ? String(address.dropFirst(6)) : address
    }

    static func json(_ contact: Contact) -> JSON {
        [
            "name": .text(contact.name), "recipients": .list(contact.recipients),
            "sign_keys": .list(contact.card.signKeys),
            "addresses": .list(contact.card.addresses), "phones": .list(contact.card.phones),
            "language": .text(orNull: contact.card.language?.rawValue),
            "verified": contact.verified.map { .time($0) } ?? .null,
            "changed": .bool(contact.isChanged), "former_keys": .list(contact.formerKeys),
        ]
    }
}
