internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault
internal import Wording

/// `amparo contact verify`: six words read aloud say whether a key is the right one.
enum ContactVerify {
    static let command = Command(
        "verify", spanish: ["verificar", "verifica", "comparar"],
        Text(
            en: "Compare six words by voice, and trust the key",
            es: "Compara seis palabras de viva voz y confía en la llave"),
        why: Text(
            en: """
                The six words come from the keys alone: who has other keys has other words. Both \
                of you see the same words for the same keys, in both languages. Hearing them from \
                a voice you know, on a number you had before, is what proves the key; a message \
                with the words proves nothing. It does not say what the other person's machine \
                does with what you send.
                """,
            es: """
                Las seis palabras salen solo de las llaves: con otras llaves son otras palabras. \
                Ustedes dos ven las mismas para las mismas llaves, en los dos idiomas. Lo que \
                prueba la llave es oírlas de una voz que conoces, en un número que ya tenías; un \
                mensaje con las palabras no prueba nada. No dice qué hace el equipo de la otra \
                persona con lo que le mandas.
                """),
        options: [
            .flag(
                "reject", spanish: ["rechazar"],
                Text(
                    en: "the words were different: go back to the key before the change",
                    es: "las palabras no coincidieron: regresa a la llave anterior"))
        ],
        arguments: [
            Argument(
                "NAME",
                Text(
                    en: "Whose key; me shows the words of your own",
                    es: "De quién es la llave; con me ves las palabras de la tuya"))
        ],
        examples: ["amparo contact verify laura", "amparo contact verify me"]
    ) { invocation in
        let name = invocation.argument("NAME") ?? ""
        if invocation.flag("reject") { return try reject(name, invocation) }
        guard name.lowercased() != EntryName.me else { return try showOwn(invocation) }
        let answer = try invocation.withVault { vault in
            try compare(name, Keyring(vault), invocation)
        }
        if invocation.json { try invocation.printJSON(answer.json) }
        for text in answer.words { invocation.say(text) }
        if let alarm = answer.alarm { throw alarm }
    }

    /// What came of the comparison, to be told after it is on the disk.
    private struct Answer {
        let json: JSON
        var words: [Text] = []
        var alarm: Failure?
    }

    private static func compare(
        _ name: String, _ keyring: Keyring, _ invocation: Invocation
    ) throws -> Answer {
        let contact = try keyring.person(named: name)
        guard let fingerprint = contact.fingerprint else {
            throw KeyringError.noKeys(contact.name)
        }
        let own = Fingerprint(keys: try keyring.ownKeys(EntryName.me))
        if !invocation.json { try show(contact, fingerprint, own, invocation) }
        guard invocation.yes || invocation.world.terminal.canAsk else {
            let rest = Text(
                en: "not marked as verified: compare the words, then repeat with --yes",
                es: "no quedó verificada: compara las palabras y repite con --yes")
            return Answer(json: json(contact), words: [rest])
        }
        let same = try invocation.confirm(
            Text(
                en: "Were all six words of \(contact.name) the same?",
                es: "¿Las seis palabras de \(contact.name) fueron las mismas?"))
        if same {
            let verified = try keyring.verify(name, at: invocation.world.clock.now)
            return Answer(
                json: json(verified),
                words: [
                    Text(
                        en: "the key of \(verified.name) is verified",
                        es: "la llave de \(verified.name) quedó verificada")
                ])
        }
        return Answer(json: json(contact), alarm: different(contact))
    }

    private static func different(_ contact: Contact) -> Failure {
        let word = KeyringError.word(contact.name)
        return Failure(
            .refused,
            Text(
                en: "not verified: if the words differ, somebody may have put a key in between",
                es: "sin verificar: si las palabras no coinciden, alguien pudo meter otra llave"),
            hint: contact.isChanged
                ? Text(
                    en: "go back to the key before: amparo contact verify \(word) --reject",
                    es: "regresa a la llave anterior: amparo contact verify \(word) --reject")
                : Text(
                    en: "do not use that key: amparo contact remove \(word)",
                    es: "no uses esa llave: amparo contact remove \(word)"))
    }

    private static func reject(_ name: String, _ invocation: Invocation) throws {
        let contact = try invocation.withVault { vault in try Keyring(vault).reject(name) }
        if invocation.json { return try invocation.printJSON(json(contact)) }
        invocation.say(
            Text(
                en: "\(contact.name) has the key from before the change again",
                es: "\(contact.name) tiene otra vez la llave de antes del cambio"))
    }

    // MARK: What is shown

    private static func show(
        _ contact: Contact, _ fingerprint: Fingerprint, _ own: Fingerprint,
        _ invocation: Invocation
    ) throws {
        if contact.isChanged {
            invocation.warn(KeyringError.keyChanged(contact.name).failure.message)
        }
        let name = contact.name
        try print(
            Text(en: "\(name) reads these words to you:", es: "\(name) te lee estas palabras:"),
            fingerprint, invocation)
        try print(
            Text(en: "You read these to \(name):", es: "Tú le lees estas a \(name):"), own,
            invocation)
        invocation.say(
            Text(
                en: """
                    Call on a number you had before, not on one that came with the key. \(name) finds \
                    the words with 'amparo contact verify me', and yours with 'amparo contact \
                    verify' and your name. Who has only age reads you the line that begins with age1:
                    """,
                es: """
                    Llama a un número que ya tenías, no a uno que llegó con la llave. \(name) ve sus \
                    palabras con «amparo contact verify me», y las tuyas con «amparo contact \
                    verify» y tu nombre. Quien solo tiene age te lee la línea que empieza con age1:
                    """))
        for key in contact.recipients { invocation.say(Text(verbatim: "    " + key)) }
    }

    private static func print(
        _ title: Text, _ fingerprint: Fingerprint, _ invocation: Invocation
    ) throws {
        try invocation.print(title)
        let both = [
            ["    English", fingerprint.text(in: .english)],
            ["    Español", fingerprint.text(in: .spanish)],
        ]
        let rows = invocation.language == .english ? both : both.reversed()
        for line in Columns.lines(rows) { try invocation.print(line) }
    }

    private static func showOwn(_ invocation: Invocation) throws {
        let keys = try invocation.withVault { vault in try Keyring(vault).ownKeys(EntryName.me) }
        let own = Fingerprint(keys: keys)
        if invocation.json {
            return try invocation.printJSON([
                "name": .text(EntryName.me), "words": words(own), "verified": .null,
            ])
        }
        try print(Text(en: "Your six words:", es: "Tus seis palabras:"), own, invocation)
    }

    private static func words(_ fingerprint: Fingerprint) -> JSON {
        [
            "en": .list(fingerprint.words(in: .english)),
            "es": .list(fingerprint.words(in: .spanish)),
        ]
    }

    private static func json(_ contact: Contact) -> JSON {
        [
            "name": .text(contact.name), "words": contact.fingerprint.map(words) ?? .null,
            "verified": contact.verified.map { .time($0) } ?? .null,
            "changed": .bool(contact.isChanged),
        ]
    }
}
