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
                The six words come from the key alone: another key has other words. Who also signs \
                has six more for that. Both of you see the same words for the same key, in both languages. Hearing them from \
                a voice you know, on a number you had before, is what proves the key; a message \
                with the words proves nothing. It does not say what the other person's machine \
                does with what you send.
                """,
            es: """
                Las seis palabras salen solo de la llave: con otra llave son otras. Quien además \
                firma tiene otras seis para eso. Ustedes dos ven las mismas para la misma llave, \
                en los dos idiomas. Lo que prueba la llave es oírlas de una voz que conoces, en un \
                número que ya tenías; un mensaje con las palabras no prueba nada. No dice qué hace \
                el equipo de la otra persona con lo que le mandas.
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
        let hers = Words(contact)
        guard !hers.isEmpty else { throw KeyringError.noKeys(contact.name) }
        let own = Words(own: try keyring.ownKeys(EntryName.me))
        if !invocation.json { try show(contact, hers, own, invocation) }
        guard invocation.yes || invocation.world.terminal.canAsk else {
            let rest = Text(
                en: "not marked as verified: compare the words, then repeat with --yes",
                es: "no quedó verificada: compara las palabras y repite con --yes")
            return Answer(json: json(contact), words: [rest])
        }
        let same = try invocation.confirm(
            Text(
                en: "Were all the words of \(contact.name) the same?",
                es: "¿Todas las palabras de \(contact.name) fueron las mismas?"))
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
        let heardOthers = try invocation.confirm(
            Text(
                en: "Did \(contact.name) read you other words?",
                es: "¿\(contact.name) te leyó otras palabras?"))
        return Answer(
            json: json(contact), alarm: heardOthers ? different(contact) : notYet(contact))
    }

    /// Nobody called: the key is neither better nor worse than before.
    private static func notYet(_ contact: Contact) -> Failure {
        let word = KeyringError.word(contact.name)
        return Failure(
            .refused,
            Text(
                en: "the key of \(contact.name) stays unverified for now",
                es: "la llave de \(contact.name) sigue sin verificar por ahora"),
            hint: Text(
                en: "call, compare the words, and run it again: amparo contact verify \(word)",
                es: "llama, comparen las palabras y repite: amparo contact verify \(word)"))
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
        _ contact: Contact, _ hers: Words, _ own: Words, _ invocation: Invocation
    ) throws {
        if contact.isChanged {
            invocation.warn(KeyringError.keyChanged(contact.name).failure.message)
        }
        let name = contact.name
        try print(
            Text(
                en: "First \(name) reads you what is here in one language, the one you both speak;"
                    + " every word must be the same:",
                es: "Primero \(name) te lee lo que está en un solo idioma, el que hablen los dos;"
                    + " cada palabra debe ser la misma:"),
            hers, invocation)
        try print(
            Text(
                en: "Then you read this to \(name), in that same language:",
                es: "Después tú le lees esto a \(name), en ese mismo idioma:"),
            own, invocation)
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
        _ title: Text, _ words: Words, _ invocation: Invocation
    ) throws {
        try invocation.print(title)
        let rows = words.rows(invocation.language).map { ["    " + $0[0]] + $0.dropFirst() }
        try invocation.print(columns: rows)
    }

    private static func showOwn(_ invocation: Invocation) throws {
        let keys = try invocation.withVault { vault in try Keyring(vault).ownKeys(EntryName.me) }
        let own = Words(own: keys)
        if invocation.json {
            return try invocation.printJSON(
                own.json(name: EntryName.me).adding("verified", .null))
        }
        try print(Text(en: "Your words:", es: "Tus palabras:"), own, invocation)
    }

    private static func json(_ contact: Contact) -> JSON {
        Words(contact).json(name: contact.name)
            .adding("verified", contact.verified.map { .time($0) } ?? .null)
            .adding("changed", .bool(contact.isChanged))
    }
}

/// The six words of a person's keys: of what opens files, and of what signs if there is one.
private struct Words {
    let files: Fingerprint?
    let signatures: Fingerprint?

    init(_ contact: Contact) {
        files = contact.fingerprint
        signatures = contact.signingFingerprint
    }

    /// - Parameter keys: The recipient, then the signing key if there is one.
    init(own keys: [String]) {
        files = Fingerprint(keys: Array(keys.prefix(1)))
        signatures = keys.count > 1 ? Fingerprint(keys: Array(keys.dropFirst())) : nil
    }

    var isEmpty: Bool { files == nil && signatures == nil }

    /// Language, words, and what they are for: all of one language together, since one is read.
    func rows(_ language: Language) -> [[String]] {
        let forFiles = Text(en: "(files)", es: "(archivos)")(language)
        let forSignatures = Text(en: "(signatures)", es: "(firmas)")(language)
        let other: Language = language == .english ? .spanish : .english
        return [language, other].flatMap { spoken in
            [(files, forFiles), (signatures, forSignatures)].compactMap { words, purpose in
                words.map {
                    [spoken == .english ? "English" : "Español", $0.text(in: spoken), purpose]
                }
            }
        }
    }

    func json(name: String) -> JSON {
        [
            "name": .text(name), "words": Self.json(files), "sign_words": Self.json(signatures),
        ]
    }

    private static func json(_ words: Fingerprint?) -> JSON {
        words.map {
            ["en": .list($0.words(in: .english)), "es": .list($0.words(in: .spanish))]
        } ?? .null
    }
}
