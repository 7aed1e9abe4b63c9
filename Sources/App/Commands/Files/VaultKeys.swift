internal import Age
internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// The only doors between files and the vault: names that stand for keys, and keys kept there.
extension Invocation {
    /// The recipients of contacts and of `me`, and those of this person, who may not be among them.
    func storedRecipients(
        of names: [String]
    ) throws -> (named: [Recipient], own: [Recipient]) {
        try checkVaultExists()
        return try withVault { vault in
            let keyring = Keyring(vault)
            var named: [Recipient] = []
            for name in names {
                let found = try keyring.recipients(of: name)
                guard !found.isEmpty else { throw Self.noRecipient(name) }
                named += try found.map(Self.recipient)
            }
            return (named, try keyring.identities.map { try Self.recipient($0.recipient) })
        }
    }

    /// The private keys in the vault.
    func storedIdentities() throws -> [Identity] {
        try checkVaultExists()
        return try withVault { vault in
            Keyring(vault).identities.map(\.identity)
        }
    }

    private static func recipient(_ text: String) throws -> Recipient {
        do throws(KeyError) {
            return try Recipient(parsing: text)
        } catch { throw error.failure(.damaged, text) }
    }

    private static func noRecipient(_ name: String) -> Failure {
        Failure(
            .noKey,
            Text(
                en: "\(name) has no key yet, so nothing can be encrypted for that person",
                es: "\(name) aún no tiene llave: no se le puede cifrar nada"),
            hint: Text(
                en: "ask for the recipient (age1...), then: amparo contact add",
                es: "pídele su destinatario (age1...) y luego: amparo contact add"))
    }

    /// Files need no vault: where there is none, there is another way to name keys.
    func checkVaultExists(instead hint: Text = givenKeys) throws {
        guard try !world.files.exists(home.vault) else { return }
        throw Failure(
            .noKey,
            Text(
                en: "there is no vault here to look keys up in",
                es: "aquí no hay una bóveda donde buscar llaves"),
            hint: hint)
    }

    private static let givenKeys = Text(
        en: "create one with 'amparo init', or give keys directly: -r age1..., -i FILE",
        es: "crea una con «amparo init», o da las llaves: -r age1..., -i ARCHIVO")
}
