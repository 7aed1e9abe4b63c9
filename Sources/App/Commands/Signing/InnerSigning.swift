internal import Age
internal import Bundles
internal import CommandLineKit
internal import Encoding
internal import Minisign
internal import Primitives
internal import Wording

/// `encrypt --sign`: a signature that travels inside, and says for whom it was made.
struct InnerSigning: Sendable {
    static let options: [Option] = [
        .flag(
            "sign", spanish: ["firmar"],
            Text(
                en: "with your signature inside, which only they will see",
                es: "con tu firma adentro, que solo verán esas personas")),
        .value(
            "key", short: "k", "NAME",
            Text(
                en: "sign with this signing key of the vault, instead of me",
                es: "firma con esta llave de firma de la bóveda, no con me")),
        .value(
            "secret-key", short: "s", "FILE",
            Text(
                en: "sign with the key in this file of minisign",
                es: "firma con la llave de este archivo de minisign")),
    ]

    static let conflicts = [
        Conflict("key", "secret-key"),
        Conflict(
            "passphrase", "secret-key",
            hint: Text(
                en: "both ask for a passphrase: sign with a key of the vault",
                es: "ambas piden una frase de contraseña: firma con una llave de la bóveda")),
    ]

    private let key: SigningKeys.Own
    private let comment: String

    /// - Parameter sealers: Whoever can open the file.
    init(_ key: SigningKeys.Own, for sealers: [any Sealer]) throws {
        self.key = key
        comment = SignedFor(sealers.map(Self.name)).comment
        do throws(MinisignError) {
            try MinisignSignature.check(trustedComment: comment)
        } catch {
            throw Failure(
                .usage,
                Text(
                    en: "these are too many recipients to name in one signature",
                    es: "son demasiados destinatarios para nombrarlos en una firma"),
                hint: Text(
                    en: "encrypt several times, or without --sign",
                    es: "cifra en varias veces, o sin --sign"))
        }
    }

    func text(over sum: [UInt8]) -> [UInt8] {
        key.secret { secret in
            guard
                let made = try? secret.sign(Prehash(sum: sum), trustedComment: comment)
            else { preconditionFailure("the comment was checked") }
            return made.serialized()
        }
    }

    /// What stands for a recipient in the signed comment: a long one by its hash.
    static func name(_ sealer: any Sealer) -> String {
        guard let recipient = sealer as? Recipient else { return SignedFor.passphrase }
        let spelling = recipient.description
        guard spelling.utf8.count > 128 else { return spelling }
        return "blake2b:" + Hex.encode(BLAKE2b.hash(count: 16, Array(spelling.utf8)))
    }

    /// The same for whoever opened the file.
    static func name(_ opener: any Opener) -> String {
        (opener as? Identity).map { name($0.recipient) } ?? SignedFor.passphrase
    }
}
