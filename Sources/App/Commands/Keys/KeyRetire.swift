internal import Age
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo key retire`: a fresh key in an old one's place, and a signed word about it for others.
enum KeyRetire {
    static let command = Command(
        "retire", spanish: ["retirar", "retira", "jubilar"],
        Text(
            en: "Replace a key, and say so with a signed statement",
            es: "Cambia una llave por otra y avísalo con una constancia firmada"),
        why: Text(
            en: """
                The new key takes the old one's name. The old one stays in the vault: it opens what \
                was sealed to it, and nothing takes that ability back from whoever may have copied \
                it. Send the statement to your contacts; with 'amparo contact successor' their \
                Amparo takes the new key without an alarm, because your old signing key vouches \
                for it. If somebody else may have that signing key, do not use a statement: \
                compare the new key by voice.
                """,
            es: """
                La llave nueva toma el nombre de la anterior. La anterior se queda en la bóveda: \
                abre lo que se cifró para ella, y nada le quita eso a quien la haya copiado. Manda \
                la constancia a tus contactos; con «amparo contact successor» su Amparo acepta la \
                llave nueva sin alarma, porque tu llave de firma anterior responde por ella. Si \
                alguien más pudo tener esa llave de firma, no uses constancia: comparen la llave \
                nueva de viva voz.
                """),
        options: [
            KeyCommands.signing,
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "where the statement goes; - is standard output",
                    es: "a dónde va la constancia; - es la salida estándar")),
        ],
        arguments: [KeyCommands.name],
        examples: [
            "amparo key retire me -o successor.txt", "amparo key retire me --signing",
        ]
    ) { invocation in try run(invocation) }

    private static func run(_ invocation: Invocation) throws {
        let path = try target(invocation)
        // A name that is taken must not cost anybody a key.
        let output = try path.map { try invocation.newFile($0) }
        let (old, new, statement) = try invocation.withVault { vault in
            try retire(in: Keyring(vault), invocation)
        }
        if let path, let output {
            try failing(path) { () throws(FileError) in
                do throws(StreamError) { try output.write(statement.span) } catch {
                    throw FileError(error)
                }
                try output.commit()
            }
        }
        if invocation.json {
            try invocation.printJSON([
                "retired": .text(old), "successor": .text(new),
                "statement": .text(String(decoding: statement, as: UTF8.self)),
            ])
        } else if let path {
            try invocation.print(path)
        } else {
            try invocation.print(bytes: statement.span)
        }
        invocation.say(
            Text(
                en: "your new key: \(new)\nsend the statement to your contacts; "
                    + "they run: amparo contact successor YOUR-NAME FILE",
                es: "tu llave nueva: \(new)\nmanda la constancia a tus contactos; "
                    + "ellos: amparo contact successor TU-NOMBRE ARCHIVO"))
    }

    private static func target(_ invocation: Invocation) throws -> String? {
        if let chosen = invocation.value("output") { return chosen == "-" ? nil : chosen }
        guard invocation.world.terminal.isTerminal(.output), !invocation.json else { return nil }
        return try EntryName(parsing: invocation.argument("NAME") ?? "").text + "-successor.txt"
    }

    private static func retire(
        in keyring: Keyring, _ invocation: Invocation
    ) throws -> (old: String, new: String, statement: [UInt8]) {
        let world = invocation.world
        let now = world.clock.now
        let day = LocalTime(world).date(of: now)
        let key = try OwnKey(invocation, in: keyring)
        if let done = key.retirement {
            // Its statement may have been lost: the old key can still make it.
            let date = LocalTime(world).date(of: done.time)
            return (
                key.text, done.successor,
                try statement(key, done.successor, date, signer(for: key, in: keyring))
            )
        }
        let signer = try signer(for: key, in: keyring)
        let new: String
        switch key {
        case .identity(let identity):
            let secret = world.random.secret(count: Identity.secretByteCount)
            new = try keyring.retire(identity, for: secret, at: now, day: day).recipient
        case .signing(let signing):
            let fresh = MinisignSecretKey.generate(random: world.random)
            new = try keyring.retire(signing, for: fresh, at: now, day: day).publicKey.description
        }
        return (key.text, new, try statement(key, new, day, signer))
    }

    /// A signing key vouches for its own successor; `me` vouches for the others'.
    private static func signer(for key: OwnKey, in keyring: Keyring) throws -> SigningKey {
        switch key {
        case .signing(let signing): signing
        case .identity: try keyring.signingKey(named: EntryName.me)
        }
    }

    private static func statement(
        _ key: OwnKey, _ successor: String, _ day: CivilDate, _ signer: SigningKey
    ) throws -> [UInt8] {
        let statement = try SuccessorStatement(retired: key.text, successor: successor, day: day)
        return try signer.withSecret { (secret) throws(SuccessorStatementError) in
            try statement.signed(with: secret)
        }
    }
}
