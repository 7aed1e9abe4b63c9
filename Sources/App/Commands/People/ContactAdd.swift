internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Platform
internal import Vault
internal import Wording

/// `amparo contact add`: a person, from what was typed or from her card.
enum ContactAdd {
    static let command = Command(
        "add", spanish: ["agregar", "añadir", "nuevo"],
        Text(
            en: "Add a person, or a way to reach one who is there",
            es: "Agrega a una persona, o una vía más para avisarle"),
        why: Text(
            en: """
                A card or a recipient may be somebody else's until you compared its six words by \
                voice (amparo contact verify). Other keys for somebody you have already are kept \
                aside with an alarm: nothing is sealed to them, and alarms go where they went \
                before, until you verify.
                """,
            es: """
                Una tarjeta o un destinatario pueden ser de otra persona mientras no compares sus \
                seis palabras de viva voz (amparo contact verify). Si alguien que ya tienes llega \
                con otras llaves, se apartan con una alarma: no se les cifra nada y las alertas \
                siguen yendo a donde iban, hasta que verifiques.
                """),
        options: [
            .value(
                "card", "FILE", spanish: ["tarjeta"],
                Text(
                    en: "take everything from this contact card; - is standard input",
                    es: "toma todo de esta tarjeta de contacto; - es la entrada estándar")),
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
                "sms", "NUMBER", repeats: true,
                Text(
                    en: "number for text messages, with its country, like +52 55 1234 5678",
                    es: "número para mensajes SMS, con el del país, como +52 55 1234 5678")),
            .value(
                "signal", "NUMBER", repeats: true,
                Text(
                    en: "number on Signal, for a channel that runs a program",
                    es: "número en Signal, para un canal que usa un programa")),
            .value(
                "telegram", "CHAT", repeats: true,
                Text(
                    en: "Telegram chat, the number that your bot sees",
                    es: "chat de Telegram, el número que ve tu bot")),
            .value(
                "ntfy", "TOPIC", repeats: true,
                Text(
                    en: "topic on the ntfy server of your channel",
                    es: "tema en el servidor ntfy de tu canal")),
            .value(
                "via", "CHANNEL", repeats: true, spanish: ["canal"],
                Text(
                    en: "a channel that reaches them by itself: webhook, topic or program",
                    es: "un canal que llega directo: un webhook, un tema o un programa")),
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
        conflicts: [
            "recipient", "sign-key", "email", "phone", "speaks", "sms", "signal", "telegram",
            "ntfy", "via",
        ].map { option in
            Conflict(
                "card", option,
                hint: Text(
                    en: "the card says all of it", es: "la tarjeta ya trae todo"))
        },
        arguments: [
            Argument(
                "NAME", .optional,
                Text(
                    en: "Their name; with --card, the card's if left out",
                    es: "Su nombre; con --card, el de la tarjeta si lo omites"))
        ],
        examples: [
            "amparo contact add laura --recipient age1... --email laura@example.org",
            "amparo contact add abogado --email abogado@example.org",
            "amparo contact add laura --sms '+52 55 1234 5678'",
            "amparo contact add --card laura.card",
            "zbarimg -q --raw -Sbinary laura.png | amparo contact add laura --card -",
        ]
    ) { invocation in
        let card = try card(invocation)
        let tickets = try invocation.tickets()
        let (taken, twins, armed) = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            let taken = try keyring.take(card, isWhole: invocation.value("card") != nil)
            return (
                taken, keyring.sharers(of: taken.contact).map(\.name),
                ContactCommands.armedPlans(of: taken.contact.name, keyring, tickets)
            )
        }
        // Only now it is on the disk: an alarm that was not kept would be none.
        let contact: Contact
        switch taken {
        case .new(let added): contact = added
        case .known(let present): return nothingNew(present, invocation)
        case .changed(let changed): throw KeyringError.keyChanged(changed.name)
        case .extended(let extended, let before):
            return try tell(extended, before, armed: armed, invocation)
        case .nameTaken(let present): throw nameTaken(present.name)
        }
        if contact.isChanged {
            let alarm = KeyringError.keyChanged(contact.name).failure
            invocation.warn(alarm.message)
            if let hint = alarm.hint { invocation.say(hint) }
        }
        if !twins.isEmpty { invocation.warn(sameKey(contact.name, twins)) }
        if invocation.json {
            return try invocation.printJSON(["contacts": [ContactCommands.json(contact)]])
        }
        let name = contact.name
        invocation.acknowledge(
            Text(en: "\(name) is kept", es: "\(name) quedó en tus contactos"))
        for lack in lacks(of: contact) { invocation.say(lack) }
        guard !contact.keys.isEmpty, !contact.isChanged else { return }
        let word = KeyringError.word(name)
        invocation.acknowledge(
            Text(
                en: "compare the six words by voice: amparo contact verify \(word)",
                es: "compara las seis palabras de viva voz: amparo contact verify \(word)"))
    }

    private static func nothingNew(_ contact: Contact, _ invocation: Invocation) {
        invocation.say(
            Text(
                en: "\(contact.name) has all of that already; nothing was changed",
                es: "\(contact.name) ya tenía todo eso; no se cambió nada"))
        if contact.isChanged {
            invocation.warn(KeyringError.keyChanged(contact.name).failure.message)
        }
    }

    private static func nameTaken(_ name: String) -> Failure {
        let taken = KeyringError.nameTaken(name).failure
        let word = KeyringError.word(name)
        return Failure(
            taken.exit, taken.message,
            hint: Text(
                en: "say what to add: amparo contact add \(word) --email ADDRESS; or, for"
                    + " somebody else, choose another name",
                es: "di qué le agregas: amparo contact add \(word) --email CORREO; o, si es otra"
                    + " persona, elige otro nombre"))
    }

    private static func sameKey(_ name: String, _ twins: [String]) -> Text {
        let others = twins.joined(separator: ", ")
        return Text(
            en: "\(name) has the same key as \(others): unless they are one person, one of them"
                + " is wrong; compare the words by voice",
            es: "\(name) tiene la misma llave que \(others): si no son la misma persona, una está"
                + " mal; compara las palabras de viva voz")
    }

    /// What came in addition, what stays beside it, and who does not know yet.
    private static func tell(
        _ contact: Contact, _ before: Contact, armed plans: [String], _ invocation: Invocation
    ) throws {
        if invocation.json {
            return try invocation.printJSON(["contacts": [ContactCommands.json(contact)]])
        }
        let name = contact.name
        let former = before.card.addresses + before.card.phones
        let added = (contact.card.addresses + contact.card.phones).filter { !former.contains($0) }
        guard !added.isEmpty else {
            let isEnglish = contact.card.language == .english
            return invocation.acknowledge(
                Text(
                    en: "\(name) is written to in \(isEnglish ? "English" : "Spanish") first",
                    es: "a \(name) se le escribe primero en \(isEnglish ? "inglés" : "español")"))
        }
        let list = added.map(ContactCommands.bare).joined(separator: ", ")
        invocation.acknowledge(
            Text(en: "added to \(name): \(list)", es: "agregado a \(name): \(list)"))
        for old in former where added.contains(where: { scheme($0) == scheme(old) }) {
            let way = ContactCommands.bare(old)
            let word = way.contains { " ()#*".contains($0) } ? "'\(way)'" : way
            let remove = "amparo contact remove \(KeyringError.word(name)) \(word)"
            invocation.say(
                Text(
                    en: "\(way) stays beside it; to take it away: \(remove)",
                    es: "\(way) sigue ahí; para quitarlo: \(remove)"))
        }
        for plan in plans {
            invocation.say(
                Text(
                    en: "the armed plan '\(plan)' uses it once you renew it with its code:"
                        + " amparo checkin plan edit \(KeyringError.word(plan))",
                    es: "el plan activo «\(plan)» lo usará cuando lo renueves con su código:"
                        + " amparo checkin plan edit \(KeyringError.word(plan))"))
        }
    }

    /// `email` of an address; a number to call has none.
    private static func scheme(_ way: String) -> Substring {
        way.contains(":") ? way.prefix { $0 != ":" } : ""
    }

    // MARK: What was given

    private static func card(_ invocation: Invocation) throws -> ContactCard {
        let name = invocation.argument("NAME")
        if let path = invocation.value("card") {
            return try read(path, invocation).card.named(name)
        }
        guard let name else {
            throw UsageMistake.missingArgument(
                "NAME", help: ContactCommands.name.help, of: invocation.line.name)
        }
        return try ContactCard(
            name: name, recipients: invocation.values("recipient"),
            signKeys: invocation.values("sign-key"), emails: invocation.values("email"),
            ways: ways(invocation), phones: invocation.values("phone"),
            language: invocation.value("speaks").flatMap(Language.init(rawValue:)))
    }

    /// Addresses other than e-mail, each in its one spelling.
    private static func ways(_ invocation: Invocation) throws -> [String] {
        var ways: [String] = []
        for kind in [AddressKind.sms, .signal, .telegram, .ntfy] {
            for text in invocation.values(kind.rawValue) {
                guard let address = ContactAddress(parsing: text, kind) else {
                    throw KeyringError.malformedAddress(text)
                }
                ways.append("\(kind.rawValue):\(address)")
            }
        }
        for name in invocation.values(AddressKind.via.rawValue) {
            ways.append("\(AddressKind.via.rawValue):\(try EntryName(parsing: name).text)")
        }
        return ways
    }

    private static func read(_ path: String, _ invocation: Invocation) throws -> CardFile {
        let limit = CardFile.byteLimit
        let bytes: [UInt8]
        if path == "-" {
            guard let read = try invocation.world.standardInput.readAll(limit: limit) else {
                throw CardError.tooLong(limit: limit).failure("stdin")
            }
            bytes = read
        } else {
            bytes = try failing(path) { () throws(FileError) in
                try invocation.world.files.read(path, limit: limit)
            }
        }
        do throws(CardError) {
            return try CardFile(parsing: bytes)
        } catch { throw error.failure(path == "-" ? "stdin" : path) }
    }

    /// What a contact will not be able to do.
    static func lacks(of contact: Contact) -> [Text] {
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
                    en: "there is no way to reach \(name): add --email, --sms or another way",
                    es: "no hay cómo avisar a \(name): agrega --email, --sms u otra vía"))
        }
        return lacks
    }
}
