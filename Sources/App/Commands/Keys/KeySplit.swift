internal import CommandLineKit
internal import Keyring
internal import Passphrases
internal import Platform
internal import Secrets
internal import Shares
internal import Vault
internal import Wording

/// `amparo key split`: a key in shares of SLIP-39, for paper in several hands.
enum KeySplit {
    static let command = Command(
        "split", spanish: ["dividir", "divide", "repartir"],
        Text(
            en: "Split a key in shares, some of which give it back",
            es: "Divide una llave en partes; con algunas se recupera"),
        why: Text(
            en: """
                Whoever has fewer shares than it takes knows nothing of the key; whoever has enough \
                has the key itself. Give each share to another person or place, on paper, and tell \
                them what it is for. A share in wrong hands cannot be taken back: split again with \
                a new key. Any program for SLIP-39 puts them together, this one is not needed.
                """,
            es: """
                Con menos partes de las necesarias no se sabe nada de la llave; con las suficientes \
                se tiene la llave misma. Da cada parte a otra persona o lugar, en papel, y di para \
                qué es. Una parte en malas manos no se puede retirar: crea otra llave y divídela. \
                Cualquier programa de SLIP-39 las junta, no hace falta este.
                """),
        options: [
            .value(
                "threshold", short: "k", "K", spanish: ["umbral", "mínimo"],
                Text(
                    en: "how many shares give the key back; with --group, how many groups",
                    es: "con cuántas partes se recupera; con --group, con cuántos grupos")),
            .value(
                "shares", short: "n", "N", spanish: ["partes"],
                Text(en: "how many shares to make", es: "cuántas partes se hacen")),
            .value(
                "group", "K/N", repeats: true, spanish: ["grupo"],
                Text(
                    en: "a group of N shares that K of them make whole; 1/1 is one person alone",
                    es: "un grupo de N partes que se completa con K; 1/1 es una sola persona")),
            KeyCommands.signing,
            .flag(
                "recovery", spanish: ["recuperación"],
                Text(
                    en: "the vault's recovery key, from its twelve words, instead of a key",
                    es: "la llave de recuperación de la bóveda, con sus doce palabras")),
            .value(
                "recovery-fd", "N",
                Text(
                    en: "read the twelve words from this file descriptor",
                    es: "lee las doce palabras de este descriptor de archivo")),
        ] + ShareInput.passphraseOptions + [
            .value(
                "output", short: "o", "DIR", spanish: ["salida"],
                Text(
                    en: "one file for each share, in this folder",
                    es: "un archivo por parte, en esta carpeta"))
        ],
        conflicts: [Conflict("shares", "group"), Conflict("signing", "recovery")],
        arguments: [
            Argument(
                "NAME", .optional,
                Text(en: "The key's name; yours, me, if left out", es: "El nombre; si falta, me"))
        ],
        examples: [
            "amparo key split --threshold 3 --shares 5",
            "amparo key split viaje --threshold 2 --group 1/1 --group 3/5 -o /media/usb",
            "amparo key split --recovery --threshold 2 --shares 3",
        ]
    ) { invocation in try run(invocation) }.tellingSecrets()

    private static func run(_ invocation: Invocation) throws {
        let scheme = try scheme(invocation)
        let isRecovery = invocation.flag("recovery") || invocation.value("recovery-fd") != nil
        guard !isRecovery || invocation.argument("NAME") == nil else {
            throw Failure(
                .usage,
                Text(
                    en: "--recovery splits the vault's key, which has no name",
                    es: "--recovery divide la llave de la bóveda, que no tiene nombre"),
                hint: Text(en: "leave the name out", es: "quita el nombre"))
        }
        let hasPassphrase =
            invocation.flag("passphrase") || invocation.value("share-passphrase-fd") != nil
        let day = LocalTime(invocation.world).date(of: invocation.world.clock.now)
        let (secret, key) =
            try isRecovery ? (recoverySecret(invocation), nil) : ownSecret(invocation)
        let subject = ShareSheet.Subject(
            title: key.map { key in
                Text(en: "Key: \(key.name) (\(key.kind))", es: "Llave: \(key.name) (\(key.kind))")
            } ?? Text(en: "Recovery key of a vault", es: "Llave de recuperación de una bóveda"),
            publicKey: key?.text,
            command: isRecovery ? "amparo recover --shares" : "amparo key combine",
            day: day, hasPassphrase: hasPassphrase)
        let shares = try split(secret, scheme, hasPassphrase, invocation)
        let sheets = shares.joined().map {
            ShareSheet(share: $0, scheme: scheme, subject: subject)
        }
        try hand(out: sheets, of: key, scheme, hasPassphrase, invocation)
    }

    // MARK: What to split, and how

    private static func scheme(_ invocation: Invocation) throws -> ShareScheme {
        let threshold = try number(try invocation.required("threshold"), of: "--threshold")
        let groups = try invocation.values("group").map { text -> ShareScheme.Group in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw notANumber(text, of: "--group") }
            return ShareScheme.Group(
                threshold: try number(String(parts[0]), of: "--group"),
                count: try number(String(parts[1]), of: "--group"))
        }
        guard groups.isEmpty else {
            return try ShareScheme(groupThreshold: threshold, groups: groups)
        }
        let count = try number(try invocation.required("shares"), of: "--shares")
        // 1 of 1 is allowed inside a group; alone it would be the key in clear.
        guard threshold > 1 else { throw ShareError.impossibleScheme }
        return try ShareScheme(threshold: threshold, count: count)
    }

    private static func number(_ text: String, of option: String) throws(Failure) -> Int {
        guard let number = Int(text), text.utf8.count <= 2, text.utf8.first != UInt8(ascii: "+")
        else { throw notANumber(text, of: option) }
        return number
    }

    private static func notANumber(_ text: String, of option: String) -> Failure {
        Failure(
            .usage,
            Text(en: "\(option) cannot be '\(text)'", es: "\(option) no puede ser «\(text)»"),
            hint: option == "--group"
                ? Text(en: "write it like 3/5: any 3 of 5", es: "escríbelo así, 3/5: 3 de 5")
                : Text(en: "write a number up to 16", es: "escribe un número de hasta 16"))
    }

    private static func ownSecret(_ invocation: Invocation) throws -> (SharedSecret, OwnKey?) {
        try invocation.withVault { vault in
            let key = try OwnKey(invocation, in: Keyring(vault), besides: EntryName.me)
            return (key.secret, key)
        }
    }

    /// The vault does not hold its recovery key: the words have to be typed, and are tried.
    private static func recoverySecret(_ invocation: Invocation) throws -> SharedSecret {
        let file = try VaultFile(try invocation.home.vault)
        let words = try RecoveryDialogue.read(invocation)
        let secret = SharedSecret(words.withSecret { SecretBytes(copying: $0) })
        let vault = try RecoverCommand.open(file, secret.bytes.copy(), invocation)
        try invocation.end(vault) { _ in }
        return secret
    }

    private static func split(
        _ secret: SharedSecret, _ scheme: ShareScheme, _ hasPassphrase: Bool,
        _ invocation: Invocation
    ) throws -> [[Share]] {
        let random = invocation.world.random
        guard hasPassphrase else { return try scheme.split(secret.bytes, random: random) }
        let typed = try invocation.passphrase(
            option: "share-passphrase-fd", prompt: ShareInput.question, confirm: true)
        return try typed.withBytes { (bytes) throws(ShareError) in
            // 640,000 rounds: shares that were stolen are guessed at without us.
            try scheme.split(secret.bytes, passphrase: bytes, exponent: 6, random: random)
        }
    }

    // MARK: Sheets

    private static func hand(
        out sheets: [ShareSheet], of key: OwnKey?, _ scheme: ShareScheme, _ hasPassphrase: Bool,
        _ invocation: Invocation
    ) throws {
        if let folder = invocation.value("output") {
            return try write(sheets, into: folder, invocation)
        }
        if invocation.json {
            return try invocation.printJSON([
                "key": key?.json ?? .null, "set": .text(sheets[0].share.setLabel),
                "threshold": .number(
                    Int64(
                        scheme.groups.count == 1
                            ? scheme.groups[0].threshold : scheme.groupThreshold)),
                "groups": .list(
                    scheme.groups.map { group in
                        [
                            "threshold": .number(Int64(group.threshold)),
                            "shares": .number(Int64(group.count)),
                        ]
                    }),
                "passphrase": .bool(hasPassphrase),
                "shares": .list(sheets.map { $0.share.words().joined(separator: " ") }),
            ])
        }
        let terminal = invocation.world.terminal
        guard terminal.isTerminal(.output), terminal.canAsk else {
            let texts = sheets.map { $0.text(invocation.language) }
            return try invocation.world.standardOutput.write(texts.joined(separator: "\n"))
        }
        for sheet in sheets {
            try invocation.showSecret(sheet.screen(invocation.language))
            _ = try invocation.ask(
                Text(
                    en: "Press Enter when this share is on a sheet of its own.",
                    es: "Pulsa Enter cuando esta parte esté en una hoja aparte."))
            invocation.clearScreen()
        }
        invocation.say(
            Text(
                en: "try it before you need it: amparo key combine",
                es: "pruébalo antes de necesitarlo: amparo key combine"))
    }

    private static func write(
        _ sheets: [ShareSheet], into folder: String, _ invocation: Invocation
    ) throws {
        try failing(folder) { () throws(FileError) in
            try invocation.world.files.createDirectories(folder)
        }
        // No share has its name before all of them are written: a disk that fills up keeps none.
        let outputs = try sheets.map { sheet in
            let path = Path.join(folder, sheet.fileName)
            return (sheet, path, try invocation.newFile(path))
        }
        for (sheet, path, output) in outputs {
            do throws(StreamError) { try output.write(sheet.text(invocation.language)) } catch {
                throw FileError(error).failure(path)
            }
        }
        for (_, path, output) in outputs {
            try failing(path) { () throws(FileError) in try output.commit() }
        }
        for (_, path, _) in outputs { try invocation.print(path) }
        invocation.say(
            Text(
                en:
                    "together they are the key: take each file to another place, and none stays here",
                es: "juntas son la llave: lleva cada archivo a otro lugar y no dejes ninguno aquí"))
    }
}
