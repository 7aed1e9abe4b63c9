internal import Age
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo key import`: private keys of age, OpenSSH and minisign into the vault.
enum KeyImport {
    static let command = Command(
        "import", spanish: ["importar", "importa"],
        Text(
            en: "Put a private key from a file into the vault",
            es: "Mete en la bóveda una llave privada que está en un archivo"),
        why: Text(
            en: """
                From then on the vault's passphrase opens what was sealed to that key. The file \
                stays where it is: whoever finds it has the key, so keep it as a copy in a safe \
                place, or delete it. A key that others have had is not secret any more: make a new \
                one and retire it.
                """,
            es: """
                Desde entonces, la frase de contraseña de la bóveda abre lo que se cifró para esa \
                llave. El archivo se queda donde está: quien lo encuentre tiene la llave; guárdalo \
                como copia en un lugar seguro o bórralo. Una llave que otros tuvieron ya no es \
                secreta: crea otra y retira esa.
                """),
        options: [
            .value(
                "name", "NAME", spanish: ["nombre"],
                Text(
                    en: "what to call it; the file's own name if left out",
                    es: "cómo se va a llamar; si no lo dices, como el archivo"))
        ],
        arguments: [
            Argument(
                "FILE",
                Text(
                    en: "a key file of age, ssh-keygen (ed25519) or minisign; - is standard input",
                    es: "un archivo de llaves de age, ssh-keygen (ed25519) o minisign; - es la "
                        + "entrada estándar"))
        ],
        examples: [
            "amparo key import key.txt --name viaje", "amparo key import ~/.minisign/minisign.key",
        ]
    ) { invocation in try run(invocation) }

    private static func run(_ invocation: Invocation) throws {
        let path = invocation.argument("FILE") ?? ""
        let wanted = try invocation.value("name").map { try EntryName(parsing: $0).text }
        let arguments = try KeyArguments(invocation, files: [], besides: path)
        var bytes = try arguments.read(path)
        defer { Zeroing.zero(&bytes) }
        let keys = try read(&bytes, path, arguments, invocation)
        let name = wanted ?? name(of: path)
        let (added, known) = try invocation.withVault { vault in
            try add(keys, name: name, isChosen: wanted != nil, to: Keyring(vault))
        }
        guard !added.isEmpty else {
            throw present(as: known.first ?? "")
        }
        if invocation.json {
            try invocation.printJSON(["keys": .list(added.map(\.json))])
        } else {
            for key in added { try invocation.print(key.text) }
        }
        guard path != "-" else { return }
        invocation.say(
            Text(
                en:
                    "the key is in the vault; \(path) still holds it too: keep it safe or delete it",
                es: "la llave está en la bóveda; \(path) también la tiene: guárdalo bien o bórralo")
        )
    }

    static func present(as name: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "that key is in the vault already, as \(name)",
                es: "esa llave ya está en la bóveda, como \(name)"),
            hint: Text(
                en: "see your keys: amparo key list", es: "mira tus llaves: amparo key list"))
    }

    /// What a file held.
    private enum Found {
        case identities([Identity])
        case signing(SigningKeys.Own)
    }

    private static func read(
        _ bytes: inout [UInt8], _ path: String, _ arguments: KeyArguments, _ invocation: Invocation
    ) throws -> Found {
        if case .minisign? = Foreigner(firstBytes: Array(bytes.prefix(64))) {
            let key = try SigningKeys.secretKey(bytes.span, path, invocation)
            return .signing(SigningKeys.Own(key))
        }
        let sealed = try KeyArguments.identities(draining: &bytes, path)
        return .identities(try arguments.open(sealed))
    }

    /// - Returns: The keys that were added, and the names of those that were there.
    private static func add(
        _ found: Found, name: String, isChosen: Bool, to keyring: Keyring
    ) throws -> (added: [OwnKey], known: [String]) {
        switch found {
        case .signing(let key):
            let same = keyring.signingKeys.first { $0.publicKey == key.publicKey }
            if let same { return ([], [same.name]) }
            let name = isChosen ? name : free(name, besides: keyring.signingKeys.map(\.name))
            return ([.signing(try key.secret { try keyring.addSigningKey(name: name, $0) })], [])
        case .identities(let identities):
            var added: [OwnKey] = []
            var known: [String] = []
            for identity in identities {
                let recipient = identity.recipient.description
                if let same = keyring.identities.first(where: { $0.recipient == recipient }) {
                    known.append(same.name)
                    continue
                }
                // One name was chosen, and the file has several keys.
                let isFree = isChosen && added.isEmpty
                let name =
                    isFree ? name : free(name, besides: keyring.identities.map(\.name))
                let secret = identity.withSecret { SecretBytes(copying: $0) }
                added.append(
                    .identity(
                        try keyring.addIdentity(name: name, secret: secret, kind: identity.kind)))
            }
            return (added, known)
        }
    }

    /// `minisign` of `~/.minisign/minisign.key`.
    private static func name(of path: String) -> String {
        let name = Path.name(of: path)
        let stem = String(name.prefix { $0 != "." })
        return (try? EntryName(parsing: stem))?.text ?? "key"
    }

    /// The name itself, or the first of `name-2`, `name-3`… that is free.
    private static func free(_ name: String, besides taken: [String]) -> String {
        let taken = Set(taken.map { $0.lowercased() })
        guard taken.contains(name.lowercased()) else { return name }
        var number = 2
        while taken.contains("\(name)-\(number)".lowercased()) { number += 1 }
        return "\(name)-\(number)"
    }
}
