internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault
internal import Wording

/// `amparo contact card`: one's own public data for others to add.
enum ContactCardCommand {
    static let command = Command(
        "card", spanish: ["tarjeta"],
        Text(
            en: "Make your own card, for others to add you",
            es: "Haz tu propia tarjeta, para que otros te agreguen"),
        why: Text(
            en: """
                A card holds your public keys and what you choose to tell of how to reach you; \
                nothing in it is secret, but whoever finds it learns that you use this. Whoever \
                gets it on the way can put other keys in: it is trusted once the six words were \
                compared by voice.
                """,
            es: """
                La tarjeta lleva tus llaves públicas y lo que decidas decir de cómo localizarte; \
                no tiene nada secreto, pero quien la encuentre sabrá que usas esto. Quien la \
                intercepte puede ponerle otras llaves: se confía en ella cuando las seis palabras \
                se comparan de viva voz.
                """),
        options: [
            PublicName.option,
            .value(
                "key", "KEY", spanish: ["llave"],
                Text(
                    en: "which of your keys; me if left out",
                    es: "cuál de tus llaves; me si lo omites")),
            .value(
                "email", "ADDRESS", repeats: true, spanish: ["correo"],
                Text(en: "an e-mail address of yours", es: "un correo tuyo")),
            .value(
                "phone", "NUMBER", repeats: true, spanish: ["teléfono"],
                Text(en: "a telephone number of yours", es: "un teléfono tuyo")),
            .flag(
                "qr",
                Text(
                    en: "as a QR code; also when OUT ends in .png or .svg",
                    es: "como código QR; también si la SALIDA termina en .png o .svg")),
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "into this new file; standard output if left out",
                    es: "en este archivo nuevo; si falta, la salida estándar")),
        ],
        examples: [
            "amparo contact card --name 'Ana Ruiz' --email ana@example.org -o ana.card",
            "amparo contact card --name ana --qr",
        ]
    ) { invocation in
        let key = invocation.value("key") ?? EntryName.me
        let name = try PublicName.of(key, invocation)
        let isPicture =
            invocation.flag("qr")
            || [".png", ".svg"].contains {
                invocation.value("output")?.lowercased().hasSuffix($0) ?? false
            }
        let target = try QRPicture.Target(invocation)
        let keys = try invocation.withVault { vault in try Keyring(vault).ownKeys(key) }
        let card = try ContactCard(
            name: name, recipients: Array(keys.prefix(1)), signKeys: Array(keys.dropFirst()),
            emails: invocation.values("email"), phones: invocation.values("phone"),
            language: invocation.language)
        let now = invocation.world.clock.now
        let file = CardFile(card, date: LocalTime(invocation.world).date(of: now)).serialized()
        if isPicture {
            // Whoever reads the code adds the last line end: zbarimg and telephones do.
            return try QRPicture.deliver(Array(file.dropLast()), to: target, invocation)
        }
        guard let path = target.path, let output = target.file else {
            return try invocation.print(bytes: file.span)
        }
        try invocation.write(file, to: output, path)
        try invocation.print(path)
    }
}
