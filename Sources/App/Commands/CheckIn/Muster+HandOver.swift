internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Notebook
internal import Platform
internal import Primitives
internal import Secrets
internal import Watch
internal import Wording

extension Muster {
    /// The plan for a colleague's machine: people with their addresses, which her channels reach.
    ///
    /// - Parameter recipients: What it will be sealed to: the colleague's.
    func handOver(
        _ notebook: Notebook, _ keys: HandOverKeys, to colleague: String, _ recipients: [String],
        epoch: UInt32, at now: Instant, in rules: TimeZoneRules
    ) throws -> HandOver {
        if let person = tiers.flatMap({ $0 }).first(where: {
            $0.contact.card.addresses.count > HandOver.addressLimit
        }) {
            throw Self.tooManyWays(to: person.contact.name)
        }
        let (listeners, envelopes) = try listeners(notebook, at: now, in: rules)
        var registration = Registration(
            plan: plan.id, label: plan.label,
            ticketKey: Ed25519.publicKey(seed: keys.ticketSeed.bytes), safeKey: keys.safeKey,
            duressKey: keys.duressKey, terms: try plan.terms(at: now, in: rules),
            alias: plan.alias, zone: plan.zone, place: plan.place, language: plan.language,
            phones: plan.phones,
            tiers: listeners.map { people in
                people.map { listener in
                    Listener(
                        name: listener.name, language: listener.language,
                        phones: listener.phones, routes: [], sheet: listener.sheet)
                }
            }, owner: nil, isUntested: true, epoch: epoch, isHandedOver: true)
        registration.otherWatchers = plan.handed.map(\.contact).filter { $0 != colleague }
        registration.isWatchedByOwner = plan.stage == .armed
        // What she wrote for herself is not for whoever watches.
        registration.texts = plan.texts.forOthers
        try checkMessages(registration, envelopes, at: now)
        return try HandOver(
            registration: registration, codeSecret: keys.codeSecret, ticketSeed: keys.ticketSeed,
            people: tiers.flatMap { $0 }.map { person in
                HandOver.Person(
                    name: person.contact.name, addresses: person.contact.card.addresses)
            }, envelopes: envelopes, made: now, reach: plan.reach(at: now, in: rules),
            receivers: recipients.map { HandOver.receiver($0) })
    }

    private static func tooManyWays(to name: String) -> Failure {
        Failure(
            .refused,
            Text(
                en:
                    "\(name) has more than \(HandOver.addressLimit) addresses: a plan that is handed"
                    + " over takes no more",
                es:
                    "\(name) tiene más de \(HandOver.addressLimit) direcciones: un plan que se entrega"
                    + " no lleva más"),
            hint: Text(
                en: "keep those that are used: amparo contact remove \(name), then contact add",
                es: "deja las que se usan: amparo contact remove \(name) y luego contact add"))
    }
}

/// The ways of whoever watches somebody else's plan: her own channels, and the addresses that came
/// with the plan.
struct OwnWays {
    private let channels: [Channel]

    init(_ keyring: Keyring) { channels = keyring.channels }

    /// In the order in which they are tried.
    func routes(to person: HandOver.Person) -> [Route] {
        Muster.routes(channels, to: person.addresses)
    }

    /// Reminders that a check-in is owed come to her, who can call.
    func owner(_ language: Language) -> Listener? {
        let routes = Muster.ownRoutes(channels)
        return routes.isEmpty
            ? nil
            : Listener(
                name: EntryName.me, language: language, phones: [], routes: routes, sheet: nil)
    }
}
