internal import Age
internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// What one command needs of the vault's keys, taken in one visit: a passphrase that comes through a
/// descriptor can be read once.
struct StoredKeys {
    /// The recipients of the names that were asked for.
    let named: [Recipient]
    /// Contacts among them whose key nobody compared by voice.
    let unverified: [String]
    /// This person's own recipients, who may not be among them.
    let own: [Recipient]
    /// The private keys; empty unless asked for.
    let identities: [Identity]
    /// What signatures are known to verify with.
    let signers: [Signer]
    /// nil unless asked for.
    let signingKey: SigningKeys.Own?
}

/// The only door between files and the vault: names that stand for keys, and keys kept there.
extension Invocation {
    /// - Parameters:
    ///   - names: Contacts, or `me`.
    ///   - opens: Whether the private keys are wanted.
    ///   - signs: Whether the signing key is wanted.
    func storedKeys(
        of names: [String] = [], opens: Bool = false, signs: Bool = false,
        instead hint: Text = givenKeys
    ) throws -> StoredKeys {
        try checkVaultExists(instead: hint)
        return try withVault { vault in
            let keyring = Keyring(vault)
            var named: [Recipient] = []
            var unverified: [String] = []
            for name in names {
                let found = try keyring.recipients(of: name)
                guard !found.isEmpty else { throw Self.noRecipient(name) }
                named += try found.map(Self.recipient)
                if let contact = try? keyring.contact(named: name), contact.verified == nil {
                    unverified.append(contact.name)
                }
            }
            let identities = keyring.identities
            return StoredKeys(
                named: named, unverified: unverified,
                own: try identities.map { try Self.recipient($0.recipient) },
                identities: opens ? identities.map(\.identity) : [],
                signers: Signer.all(in: keyring) + Signer.doubtful(in: keyring),
                signingKey: signs ? try SigningKeys.stored(in: keyring, self) : nil)
        }
    }

    /// What the vault knows of signers; nil when it could not be asked without asking the person.
    func signersAtHand() throws -> [Signer]? {
        guard try world.files.exists(home.vault) else { return [] }
        guard try value("passphrase-fd") != nil || hasSession(VaultFile(home.vault).id) else {
            return nil
        }
        return try storedKeys().signers
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

    static let givenKeys = Text(
        en: "create one with 'amparo init', or give keys directly: -r age1..., -i FILE",
        es: "crea una con «amparo init», o da las llaves: -r age1..., -i ARCHIVO")
}
