internal import Age
internal import CheckIn
internal import CommandLineKit
internal import Dispatch
internal import Keyring
internal import Notebook
internal import Platform
internal import Secrets
internal import Primitives
internal import Vault
internal import Watch
internal import Wording

/// Who would hear, over which channel, with which sheet: contacts and channels of the vault,
/// gathered for a plan.
struct Muster {
    struct Person {
        let contact: Contact
        let routes: [Route]
        /// Names of the sheets that she may open; none without a recipient.
        let sheets: [Sheet]
    }

    let plan: Plan
    /// As many as the plan's tiers.
    let tiers: [[Person]]
    /// The journalist's own channels, for reminders: folders, this screen, and those she named.
    let ownRoutes: [Route]
    /// Who signs the sheets; nil when the vault has no such key in use.
    let signer: SigningKey?

    init(_ plan: Plan, _ keyring: Keyring) throws {
        self.plan = plan
        signer = try? keyring.signingKey(named: EntryName.me)
        let channels = keyring.channels
        tiers = try plan.tiers.map { tier in
            try tier.contacts.map { name in
                let contact = try Self.contact(name, keyring)
                return Person(
                    contact: contact,
                    routes: Self.routes(channels, to: contact.card.addresses),
                    sheets: contact.recipients.isEmpty ? [] : plan.sheets(for: tier))
            }
        }
        ownRoutes = Self.ownRoutes(channels)
    }

    /// The ways in which channels reach somebody with these addresses.
    static func routes(_ channels: [Channel], to addresses: [String]) -> [Route] {
        inOrder(channels.flatMap { routes($0, address($0), to: addresses) })
    }

    static func ownRoutes(_ channels: [Channel]) -> [Route] {
        channels.compactMap { ownRoute($0, address($0)) }
    }

    private static func contact(_ name: String, _ keyring: Keyring) throws -> Contact {
        do throws(KeyringError) { return try keyring.contact(named: name) } catch {
            guard case .unknownContact = error else { throw error }
            throw Failure(
                .failed,
                Text(
                    en: "the plan alerts '\(name)', who is not among your contacts any more",
                    es: "el plan avisa a «\(name)», que ya no está en tus contactos"),
                hint: Text(
                    en: "add that contact again, or make another plan",
                    es: "agrega otra vez ese contacto o haz otro plan"))
        }
    }

    private static func address(_ channel: Channel) -> ChannelAddress? {
        try? ChannelAddress(parsing: channel.url)
    }

    private static func routes(
        _ channel: Channel, _ address: ChannelAddress?, to addresses: [String]
    ) -> [Route] {
        guard let address else { return [] }
        switch address {
        case .folder: return [route(channel, channel: channel.name, address: nil)]
        case .desktop: return []
        case .mail, .webhook, .ntfy, .telegram, .sms, .program:
            let hers = address.addressKind.map { kind in
                addresses.of(kind.rawValue).filter {
                    ContactAddress(parsing: $0, kind) != nil
                }
            }
            if let hers, !hers.isEmpty {
                return hers.enumerated().map { index, address in
                    // A second address is a second way: it has a name of its own.
                    route(
                        channel,
                        channel: index == 0 ? channel.name : "\(channel.name) \(index + 1)",
                        address: address)
                }
            }
            // A desk's webhook, a topic or a program reaches those who were said to be there, and
            // nobody else: what it takes would count as told.
            let isThere = addresses.of(AddressKind.via.rawValue).contains {
                $0.lowercased() == channel.name.lowercased()
            }
            return isThere && !address.needsAddress
                ? [route(channel, channel: channel.name, address: nil)] : []
        }
    }

    private static func ownRoute(_ channel: Channel, _ address: ChannelAddress?) -> Route? {
        switch address {
        case .folder, .desktop: route(channel, channel: channel.name, address: nil)
        case .mail, .webhook, .ntfy, .telegram, .sms, .program:
            channel.isOwn
                ? route(channel, channel: channel.name, address: channel.ownAddress) : nil
        case nil: nil
        }
    }

    /// What rings in a pocket first, then letters, then copies; otherwise the oldest channel first.
    private static func inOrder(_ routes: [Route]) -> [Route] {
        [Route.Lane.call, .letter, .screen, .folder].flatMap { lane in
            routes.filter { $0.lane == lane }
        }
    }

    private static func route(_ channel: Channel, channel name: String, address: String?) -> Route {
        Route(
            channel: name, url: channel.url,
            password: channel.password.map { secret in
                secret.bytes.withBytes { span in span.indices.map { span[$0] } }
            }, address: address)
    }

    /// Who cannot be reached at all.
    var unreachable: [String] {
        tiers.flatMap { $0 }.filter(\.routes.isEmpty).map(\.contact.name)
    }

    /// Whether the first people to hear have only e-mail, which wakes nobody.
    var wakesNobody: Bool {
        let routes = tiers.first?.flatMap(\.routes) ?? []
        return !routes.isEmpty && routes.allSatisfy { $0.lane == .letter }
    }

    // MARK: For the watcher

    /// The registration and the sealed sheets.
    /// A code of digits could be guessed here: its plan gets keys that no code fits.
    func registration(
        _ notebook: Notebook, isUntested: Bool, at now: Instant, in rules: TimeZoneRules,
        epoch: UInt32 = 1
    ) throws -> (Registration, envelopes: [[UInt8]]) {
        let nothing = [UInt8](repeating: 0, count: 32)
        let (listeners, envelopes) = try listeners(notebook, at: now, in: rules)
        let owner =
            ownRoutes.isEmpty
            ? nil
            : Listener(
                name: EntryName.me, language: plan.language, phones: [], routes: ownRoutes,
                sheet: nil)
        var registration = Registration(
            plan: plan.id, label: plan.label,
            ticketKey: Ed25519.publicKey(seed: plan.ticketSeed.bytes),
            safeKey: plan.isOfDigits ? nothing : plan.safeKey,
            duressKey: plan.isOfDigits ? nothing : plan.duressKey,
            terms: try plan.terms(at: now, in: rules), alias: plan.alias,
            zone: plan.zone, place: plan.place, language: plan.language, phones: plan.phones,
            tiers: listeners,
            owner: owner, isUntested: isUntested, epoch: epoch)
        registration.otherWatchers = plan.handed.map(\.contact)
        registration.texts = plan.texts
        try checkMessages(registration, envelopes, at: now)
        return (registration, envelopes)
    }

    /// Everybody with her ways and the hash of her sheet, and the sealed sheets.
    func listeners(_ notebook: Notebook, at now: Instant, in rules: TimeZoneRules) throws
        -> (tiers: [[Listener]], envelopes: [[UInt8]])
    {
        let writer = SheetWriter(plan, notebook, signer: signer, at: now, in: rules)
        var envelopes: [[UInt8]] = []
        let listeners = try tiers.map { people in
            try people.map { person in
                let envelope = try writer.envelope(for: person)
                if let envelope { envelopes.append(envelope) }
                return Listener(
                    name: person.contact.name,
                    language: person.contact.card.language ?? plan.language,
                    phones: person.contact.card.phones, routes: person.routes,
                    sheet: envelope.map { BLAKE2b.hash(count: 32, of: $0.span) })
            }
        }
        return (listeners, envelopes)
    }

    /// What a watcher would know, without keys: to show what it would say.
    func sample(at now: Instant, _ world: World, terms: LeaseTerms? = nil) throws -> Registration {
        let nothing = [UInt8](repeating: 0, count: 32)
        let listeners = tiers.map { people in
            people.map { person in
                Listener(
                    name: person.contact.name,
                    language: person.contact.card.language ?? plan.language,
                    phones: person.contact.card.phones, routes: person.routes,
                    sheet: person.sheets.isEmpty ? nil : nothing)
            }
        }
        var registration = Registration(
            plan: plan.id, label: plan.label, ticketKey: nothing, safeKey: plan.safeKey,
            duressKey: plan.duressKey, terms: try terms ?? plan.terms(at: now, world),
            alias: plan.alias, zone: plan.zone, place: plan.place, language: plan.language,
            phones: plan.phones, tiers: listeners, owner: nil, isUntested: plan.isUntested)
        registration.texts = plan.texts
        return registration
    }

    /// Builds what each person would get: a message that cannot be sent is refused here, not when
    /// it is needed.
    func checkMessages(
        _ registration: Registration, _ envelopes: [[UInt8]], at now: Instant
    ) throws {
        let writer = AlertWriter { try? ZoneCatalog.embedded.rules($0) }
        guard let alert = writer.unwritable(in: registration, envelopes, now: now) else { return }
        let name = alert.listener.name
        guard let sheet = alert.sheet,
            writer.canWrite(
                registration, to: alert.listener, tier: alert.tier, sheet: nil, now: now)
        else {
            throw Failure(
                .refused, Self.cannotBeWritten(name),
                hint: Text(
                    en: "shorten the alias, the names and the phones of the plan",
                    es: "acorta el alias, los nombres y los teléfonos del plan"))
        }
        let names = tiers[alert.tier][alert.place].sheets.map(\.name).joined(separator: ", ")
        let size = sheet.count >> 20
        throw Failure(
            .refused,
            Text(
                en: "too large for a message to \(name): sheet \(names)"
                    + " (\(size) MiB sealed; a message holds 8 MiB)",
                es: "no cabe en un mensaje a \(name): hoja \(names)"
                    + " (\(size) MiB sellada; en un mensaje caben 8 MiB)"),
            hint: Text(
                en: "shorten the note, or give it to fewer sheets",
                es: "acorta el apunte o ponlo en menos hojas"))
    }

    static func cannotBeWritten(_ name: String) -> Text {
        Text(
            en: "the alert to \(name) cannot be written as a message",
            es: "la alerta a \(name) no se puede escribir como mensaje")
    }
}

extension [String] {
    /// Those of one scheme, without it.
    fileprivate func of(_ scheme: String) -> [String] {
        filter { $0.hasPrefix(scheme + ":") }.map { String($0.dropFirst(scheme.utf8.count + 1)) }
    }
}
