internal import Age
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo key …`: one's own keys.
enum KeyCommands {
    static let command = Command(
        "key", spanish: ["llave", "llaves", "clave", "claves"],
        Text(
            en: "Make, show, hand out and export your keys",
            es: "Crea, muestra, reparte y exporta tus llaves"),
        why: Text(
            en: """
                Private keys lie in the vault and leave it only when you export them. A file sealed \
                to you opens with your private key alone: lose it with all its copies, and nobody \
                can open the file. Recipients are public: give them to anybody.
                """,
            es: """
                Las llaves privadas están en la bóveda y solo salen si las exportas. Un archivo \
                cifrado para ti se abre nada más con tu llave privada: si la pierdes con todas sus \
                copias, nadie puede abrirlo. Los destinatarios son públicos: dáselos a quien sea.
                """),
        subcommands: [
            new, list, show, KeySheetCommand.command, KeyQR.command, KeyExport.command,
            KeyImport.command, KeyRetire.command, KeySplit.command, KeyCombine.command,
        ])

    static let signing = Option.flag(
        "signing",
        Text(
            en: "the key that signs (minisign), not the one that opens files (age)",
            es: "la llave que firma (minisign), no la que abre archivos (age)"))

    static let name = Argument(
        "NAME", Text(en: "The key's name; yours is me", es: "El nombre de la llave; la tuya es me"))

    private static let new = Command(
        "new", spanish: ["nueva", "crear"], Text(en: "Make a key", es: "Crea una llave"),
        options: [signing], arguments: [name], examples: ["amparo key new viaje"]
    ) { invocation in
        let name = invocation.argument("NAME") ?? ""
        _ = try EntryName(parsing: name)
        let signs = invocation.flag("signing")
        let random = invocation.world.random
        let line = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            return signs
                ? try keyring.addSigningKey(name: name, MinisignSecretKey.generate(random: random))
                    .publicKey.description
                : try keyring.addIdentity(
                    name: name, secret: random.secret(count: Identity.secretByteCount)
                ).recipient
        }
        try invocation.print(line)
    }

    private static let list = Command(
        "list", aliases: ["ls"], spanish: ["lista", "listar"],
        Text(en: "List your keys", es: "Lista tus llaves"), examples: ["amparo key list --json"]
    ) { invocation in
        let keys = try invocation.withVault { vault in OwnKey.all(in: Keyring(vault)) }
        try print(keys, invocation)
    }

    private static let show = Command(
        "show", spanish: ["muestra", "mostrar", "ver"],
        Text(
            en: "Print a key's public half, alone on a line",
            es: "Entrega la parte pública de una llave, sola en una línea"),
        options: [signing], arguments: [name],
        examples: ["amparo key show me", "amparo key show me --signing"]
    ) { invocation in
        let key = try invocation.withVault { vault in
            try OwnKey(invocation, in: Keyring(vault))
        }
        if invocation.json { return try invocation.printJSON(["keys": [key.json]]) }
        try invocation.print(key.text)
    }

    private static func print(_ keys: [OwnKey], _ invocation: Invocation) throws {
        if invocation.json {
            return try invocation.printJSON(["keys": .list(keys.map(\.json))])
        }
        let time = LocalTime(invocation.world)
        let retired = Text(en: " (retired)", es: " (retirada)")(invocation.language)
        let rows = keys.map { key in
            [
                key.name, key.kind + (key.retirement == nil ? "" : retired),
                "\(time.date(of: key.created))", key.text,
            ]
        }
        for line in Columns.lines(rows) { try invocation.print(Text(verbatim: line)) }
    }
}
