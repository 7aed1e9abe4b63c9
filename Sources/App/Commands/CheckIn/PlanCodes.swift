internal import CheckIn
internal import CommandLineKit
internal import Encoding
internal import Primitives
internal import Secrets
internal import Wording

/// The codes of a new plan: one that says that she is well and, where it is wanted, one for use under
/// duress.
final class PlanCodes: Sendable {
    static let option = Option.flag(
        "duress", spanish: ["amenaza"],
        Text(
            en: "with a duress code, for a plan that you hand over",
            es: "con un código bajo amenaza, para un plan que entregas"))

    static let digits = Option.flag(
        "digits", spanish: ["cifras", "digitos", "dígitos"],
        Text(
            en: "codes of nine digits, for a plan that only colleagues watch",
            es: "códigos de nueve cifras, para un plan que solo vigilan colegas"))

    let safe: PlanCode
    /// Nobody has seen it unless `hasDuress`.
    let duress: PlanCode
    let hasDuress: Bool
    let areOfDigits: Bool

    init(random: any RandomSource, list: WordList, hasDuress: Bool, areOfDigits: Bool) {
        self.hasDuress = hasDuress
        self.areOfDigits = areOfDigits
        if areOfDigits {
            safe = PlanCode(digits: random)
            duress = safe.digitTwin(random: random)
        } else {
            safe = PlanCode(random: random, list: list)
            duress = safe.twin(random: random, list: list)
        }
    }

    convenience init(_ invocation: Invocation, hasDuress: Bool) {
        self.init(
            random: invocation.world.random, list: .of(invocation.language),
            hasDuress: hasDuress, areOfDigits: invocation.flag(Self.digits.long))
    }

    /// Public keys of both codes under one secret. Without a duress code another key stands in its
    /// place, whose other half nobody has.
    func keys(_ plan: PlanID, _ secret: SharedSecret, _ random: any RandomSource) throws
        -> (safe: [UInt8], duress: [UInt8])
    {
        let seed = try safe.signingSeed(plan: plan, secret: secret.bytes)
        let other =
            hasDuress
            ? try duress.signingSeed(plan: plan, secret: secret.bytes) : random.secret(count: 32)
        return (Ed25519.publicKey(seed: seed), Ed25519.publicKey(seed: other))
    }

    /// The same for the machines of colleagues, under a secret of their own.
    func handOverKeys(_ plan: PlanID, _ random: any RandomSource) throws -> HandOverKeys {
        let secret = SharedSecret(random.secret(count: 32))
        let keys = try keys(plan, secret, random)
        return HandOverKeys(
            codeSecret: secret, ticketSeed: SharedSecret(random.secret(count: 32)),
            safeKey: keys.safe, duressKey: keys.duress)
    }
}
