internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault
internal import Wording

/// `amparo contact invite`: the message that asks somebody for a key.
enum ContactInvite {
    static let command = Command(
        "invite", spanish: ["invitar", "invita"],
        Text(
            en: "Write the message that asks somebody for a key",
            es: "Escribe el mensaje que le pide su llave a alguien"),
        why: Text(
            en: """
                The message is to be pasted into whatever you write to each other with; it is not \
                sent. It holds your public key. Whoever reads it on the way learns that you two \
                want to send each other encrypted files.
                """,
            es: """
                El mensaje es para pegarlo donde se escriban; aquí no se manda nada. Lleva tu llave \
                pública. Quien lo lea en el camino sabrá que ustedes quieren mandarse archivos \
                cifrados.
                """),
        options: [
            .value(
                "speaks", "en|es",
                Text(
                    en: "the language of the message; else the contact's",
                    es: "el idioma del mensaje; si no, el del contacto"))
        ],
        arguments: [
            Argument(
                "NAME", .optional,
                Text(
                    en: "Whom to ask; need not be a contact yet",
                    es: "A quién; todavía no tiene que ser un contacto"))
        ],
        examples: ["amparo contact invite laura", "amparo contact invite --speaks en > invite.txt"]
    ) { invocation in
        let name = try invocation.argument("NAME").map { try EntryName(parsing: $0) }
        let (recipient, known) = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            let contact = name.flatMap { name in
                keyring.contacts.first { name.matches($0.name) }
            }
            return (try keyring.identity(named: EntryName.me).recipient, contact?.card.language)
        }
        let language =
            invocation.value("speaks").flatMap(Language.init(rawValue:)) ?? known
            ?? invocation.language
        let message = message(to: name?.text, recipient)(language)
        try invocation.world.standardOutput.write(message)
    }

    static func message(to name: String?, _ recipient: String) -> Text {
        let greeting =
            name.map { Text(en: "Hello, \($0).", es: "Hola, \($0):") }
            ?? Text(en: "Hello.", es: "Hola:")
        let card = KeyringError.word(name ?? "NAME")
        let tarjeta = KeyringError.word(name ?? "NOMBRE")
        return greeting
            + Text(
                en: """


                    I would like to send you files that nobody else can read. For that I need
                    your public key. It takes five minutes, once, and costs nothing.

                    If you have Amparo:

                        amparo init
                        amparo contact card --name \(card) -o card.txt

                    and send me card.txt.

                    If not, age is enough (https://age-encryption.org, or your system's
                    package "age"):

                        age-keygen -o key.txt

                    Keep key.txt where nobody else reads it, and a copy of it: whoever has it
                    opens what I send you, and without it nobody does, not even you. Send me
                    only the line that begins with age1.

                    Never send the line that begins with AGE-SECRET-KEY: not to me, not to
                    anybody, whoever asks.

                    Then I will call you, and we compare six words (or that line), so that we
                    both know that nobody changed the key on its way.

                    My own public key, in case you want to send me something:

                    \(recipient)

                    """,
                es: """


                    Quiero poder mandarte archivos que nadie más pueda leer. Para eso necesito tu
                    llave pública. Te toma cinco minutos, una sola vez, y no cuesta nada.

                    Si tienes Amparo:

                        amparo init
                        amparo contact card --name \(tarjeta) -o tarjeta.txt

                    y mándame tarjeta.txt.

                    Si no, basta con age (https://age-encryption.org, o el paquete «age» de tu
                    sistema):

                        age-keygen -o llave.txt

                    Guarda llave.txt donde nadie más la lea, y ten una copia: quien la tenga abre
                    lo que te mande, y sin ella nadie lo abre, ni tú. Mándame solo la línea que
                    empieza con age1.

                    Nunca mandes la línea que empieza con AGE-SECRET-KEY: ni a mí ni a nadie, la
                    pida quien la pida.

                    Después te llamo y comparamos seis palabras (o esa línea), para que las dos
                    partes sepamos que nadie cambió la llave en el camino.

                    Mi llave pública, por si quieres mandarme algo:

                    \(recipient)

                    """)
    }
}
