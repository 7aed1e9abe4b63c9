internal import Age
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo vault compartment add`: notes that a copy of the vault does not show to be there.
enum CompartmentCommand {
    private static let option = "new-passphrase-fd"

    static let command = Command(
        "compartment", spanish: ["compartimento", "compartimiento"],
        Text(
            en: "Hidden compartments, each with its own passphrase",
            es: "Compartimentos ocultos, cada uno con su frase de contraseña"),
        subcommands: [add])

    /// Said at the moment of choice, and in the threat model.
    private static let limits = Text(
        en: """
            A compartment hides whether there is more in this vault, and how much, from somebody who \
            compares copies of it. It does not hide that you use amparo. It does not help against a \
            spy program, a camera, the history of your shell, or when what the outer passphrase \
            shows convinces nobody: keep believable notes there, and use it. Anyone can make you \
            run vault rewrite --discard-unopened: what is hidden is then lost, and not shown. \
            Recovery words do not open it: if you forget its passphrase, it is gone. Nobody outside \
            the project has reviewed this.
            """,
        es: """
            Un compartimento oculta si hay algo más en esta bóveda, y cuánto, a quien compare \
            copias de ella. No oculta que usas amparo. No sirve contra un programa espía, una \
            cámara, el historial de tu terminal, ni cuando lo que muestra la frase de fuera no \
            convence a nadie: ten ahí apuntes creíbles y úsala. Cualquiera puede obligarte a usar \
            vault rewrite --discard-unopened: lo oculto se pierde entonces, y no se muestra. Las \
            palabras de recuperación no lo abren: si olvidas su frase de contraseña, se perdió. \
            Nadie fuera del proyecto ha revisado esto.
            """)

    private static let add = Command(
        "add", spanish: ["agregar", "añadir", "nuevo"],
        Text(
            en: "Make a hidden compartment under a passphrase of its own",
            es: "Haz un compartimento oculto con su propia frase de contraseña"),
        why: limits,
        options: [
            .value(
                option, "N",
                Text(
                    en: "read the compartment's passphrase from this file descriptor",
                    es: "lee la frase de contraseña del compartimento de este descriptor de archivo"
                ))
        ],
        examples: [
            "amparo vault compartment add",
            "amparo vault compartment add --passphrase-fd 3 --new-passphrase-fd 4 3<OUTER 4<HIDDEN",
        ]
    ) { invocation in
        invocation.say(limits)
        let random = invocation.world.random
        try invocation.withVault { vault in
            let passphrase =
                try invocation.value(option) != nil
                ? invocation.passphrase(option: option, prompt: NewPassphrase.question)
                : NewPassphrase.ask(invocation, option: option)
            try vault.addCompartment(passphrase: passphrase) { store in
                // Those of the outer vault would say whose it is.
                let keyring = Keyring(store)
                _ = try keyring.addIdentity(
                    name: EntryName.me, secret: random.secret(count: Identity.secretByteCount))
                _ = try keyring.addSigningKey(
                    name: EntryName.me, MinisignSecretKey.generate(random: random))
            }
        }
        invocation.say(
            Text(
                en: """
                    it is there; its passphrase opens it wherever the vault's is asked for. Each time \
                    there is room for some 8 to 40 KB; more goes in with --room 200K, which shows. \
                    An open session stays with the outer vault: amparo close
                    """,
                es: """
                    ya está; su frase de contraseña lo abre donde se pida la de la bóveda. Cada vez \
                    hay lugar para unos 8 a 40 KB; más cabe con --room 200K, y eso se nota. Una \
                    sesión abierta sigue siendo la de fuera: amparo close
                    """))
    }
}

/// `amparo vault pad`: noise, so that the size of a vault says less.
enum PadCommand {
    static let command = Command(
        "pad", spanish: ["relleno", "rellenar"],
        Text(
            en: "Make the vault larger with noise", es: "Haz más grande la bóveda con relleno"),
        why: Text(
            en: """
                The size of a vault tells how much may be in it. Noise that nobody can tell from \
                notes makes it tell less; it stays until the vault is rewritten with \
                --discard-unopened. Done once, before anybody has a copy, it raises no questions; \
                between two copies the growth is seen.
                """,
            es: """
                El tamaño de una bóveda dice cuánto puede haber en ella. Un relleno que nadie \
                distingue de los apuntes hace que diga menos; se queda hasta que la bóveda se \
                reescribe con --discard-unopened. Hecho una vez, antes de que alguien tenga una \
                copia, no llama la atención; entre dos copias se ve lo que creció.
                """),
        arguments: [
            Argument(
                "SIZE",
                Text(en: "How much, such as 500K or 20M", es: "Cuánto, por ejemplo 500K o 20M"))
        ],
        examples: ["amparo vault pad 20M"]
    ) { invocation in
        let size = try Room.parse(invocation.argument("SIZE") ?? "", of: "SIZE")
        let vault = try invocation.openVault(room: size)
        try invocation.end(vault) { vault in
            try vault.requireWritable()
            guard !vault.isProvable else { throw VaultError.provable }
        }
        invocation.acknowledge(
            Text(
                en: "the vault has some \(Quantity.bytes(UInt64(size))) of noise more",
                es: "la bóveda tiene unos \(Quantity.bytes(UInt64(size))) más de relleno"))
    }
}
