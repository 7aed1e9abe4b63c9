internal import Encoding
package import Platform
package import Secrets

internal import Primitives

/// A plan as a colleague's machine is asked to watch it: whom to tell and when, and what it takes to
/// check a code that is dictated to her. Never the code, never the vault's own secrets.
///
/// Inside an age file sealed to her: "AMPHAND1" ‖ length u32 ‖ fields ‖ signature. Fields:
/// 1 registration whose listeners have no routes, 2 secret for codes 32, 3 ticket seed 32,
/// 4 person* (1 name, 2 `scheme:address`*) in the order of the tiers, 5 sealed sheet*, 6 when it was
/// made, 8 where its list of hours ends although the plan goes on, 9 hash of a key that it is made
/// for*, 200 zeros that hide the length. The signature is minisign's text over
/// all before it, or nothing.
package struct HandOver: Sendable {
    package static let magic = Array("AMPHAND1".utf8)
    /// Longest file that is read.
    package static let byteLimit = 64 << 20
    /// Most ways to reach one person: each becomes a message of every alarm.
    package static let addressLimit = 16

    /// Ways to reach one listener, which her own channels turn into routes.
    package struct Person: Hashable, Sendable {
        package let name: String
        /// `scheme:address`.
        package let addresses: [String]

        package init(name: String, addresses: [String]) {
            self.name = name
            self.addresses = addresses
        }
    }

    /// Its listeners have no routes; its ticket key is that of `ticketSeed`.
    package let registration: Registration
    /// With it a typed code becomes a key: another one than the plan's own, so that what is stolen
    /// from this machine is of no use against any other watcher.
    package let codeSecret: SharedSecret
    package let ticketSeed: SharedSecret
    /// As many as there are listeners, in their order.
    package let people: [Person]
    package let envelopes: [[UInt8]]
    package let made: Instant
    /// Where the list of hours ends although the plan goes on.
    package let reach: Instant?
    /// Hashes of the recipients that it is sealed to, at least one: what is signed says for whom, so
    /// that whoever could open it cannot pass it on as if it were made for somebody else.
    package let receivers: [[UInt8]]

    /// BLAKE2b-256("amparo/hand-over/receiver/1" ‖ the recipient as age writes it).
    package static func receiver(_ recipient: String) -> [UInt8] {
        BLAKE2b.hash(
            count: receiverByteCount, Array("amparo/hand-over/receiver/1".utf8),
            Array(recipient.utf8))
    }

    private static let receiverByteCount = 32

    package init(
        registration: Registration, codeSecret: SharedSecret, ticketSeed: SharedSecret,
        people: [Person], envelopes: [[UInt8]], made: Instant, reach: Instant? = nil,
        receivers: [[UInt8]]
    ) throws(CheckInError) {
        let listeners = registration.tiers.flatMap { $0 }
        let hashes = Set(envelopes.map { BLAKE2b.hash(count: 32, of: $0.span) })
        let texts = people.flatMap { [$0.name] + $0.addresses }
        guard people.map(\.name) == listeners.map(\.name),
            hashes == Set(listeners.compactMap(\.sheet)),
            people.allSatisfy({ $0.addresses.count <= Self.addressLimit }),
            (1...64).contains(receivers.count),
            receivers.allSatisfy({ $0.count == Self.receiverByteCount }),
            listeners.allSatisfy(\.routes.isEmpty), registration.owner == nil,
            registration.ticketKey == Ed25519.publicKey(seed: ticketSeed.bytes)
        else { throw .malformed(.malformed(at: 0)) }
        guard texts.allSatisfy({ $0.isPlainLine() }) else { throw .text }
        self.registration = registration
        self.codeSecret = codeSecret
        self.ticketSeed = ticketSeed
        self.people = people
        self.envelopes = envelopes
        self.made = made
        self.reach = reach
        self.receivers = receivers
    }

    // MARK: The file

    /// What is signed; the signature's text follows it.
    package func serialized() -> [UInt8] {
        let fields = FieldList(
            [
                Field(1, registration.serialized()), Field(2, codeSecret.copiedBytes),
                Field(3, ticketSeed.copiedBytes), Field(6, made),
            ]
                + people.map { person in
                    let list = [Field(1, person.name)] + person.addresses.map { Field(2, $0) }
                    return Field(4, FieldList(list).serialized())
                } + envelopes.map { Field(5, $0) } + (reach.map { [Field(8, $0)] } ?? [])
                + receivers.map { Field(9, $0) }
        ).serialized()
        // The field itself takes five bytes.
        let length = Self.padded(Self.magic.count + 4 + fields.count + 5)
        let zeros = length - Self.magic.count - 4 - fields.count - 5
        var writer = ByteWriter()
        writer.raw(Self.magic)
        writer.u32(UInt32(fields.count + 5 + zeros))
        writer.raw(fields)
        writer.raw(FieldList([Field(200, [UInt8](repeating: 0, count: zeros))]).serialized())
        return writer.bytes
    }

    /// The smallest length of at least 16 KiB that is a multiple of its own eighth, or nearly: what
    /// is sealed tells how many contacts there are only roughly.
    private static func padded(_ count: Int) -> Int {
        let least = max(count, 16_384)
        let step = 1 << (Int.bitWidth - 1 - least.leadingZeroBitCount - 3)
        return (least + step - 1) / step * step
    }

    /// Reads what an age file held.
    ///
    /// - Returns: The plan, how many bytes were signed, and the text of the signature (maybe none).
    package static func parse(_ bytes: [UInt8]) throws(CheckInError)
        -> (handOver: HandOver, signedCount: Int, signature: [UInt8])
    {
        let damaged = CheckInError.malformed(.malformed(at: 0))
        guard bytes.count <= byteLimit, bytes.starts(with: magic) else { throw damaged }
        let (fields, rest) = try reading { () throws(CodecError) in
            var reader = ByteReader(bytes[magic.count...])
            let length = Int(try reader.u32())
            let fields = try FieldList(parsing: try reader.raw(length))
            return (fields, magic.count + reader.offset)
        }
        guard let registration = fields.first(1), let secret = SharedSecret(key: fields.first(2)),
            let seed = SharedSecret(key: fields.first(3)), let made = fields.instant(6)
        else { throw damaged }
        var people: [Person] = []
        for bytes in fields.all(4) {
            let list = try reading { () throws(CodecError) in try FieldList(parsing: bytes[...]) }
            guard let name = list.text(1) else { throw damaged }
            people.append(Person(name: name, addresses: list.texts(2)))
        }
        let handOver = try HandOver(
            registration: Registration(parsing: registration), codeSecret: secret,
            ticketSeed: seed, people: people, envelopes: fields.all(5), made: made,
            reach: fields.instant(8), receivers: fields.all(9))
        return (handOver, rest, Array(bytes[rest...]))
    }

    // MARK: On the colleague's machine

    /// What her watcher is told: the listeners with her own ways to reach them, signed anew.
    ///
    /// - Parameters:
    ///   - isWatched: It is watched already; else deadlines that are over by now are let go.
    ///   - owner: Who is reminded that a check-in is owed: she, not the journalist.
    ///   - epoch: Its number at her watcher, where files that never came are not counted.
    ///   - routes: Her ways to reach a person, in the order in which they are tried.
    package func registration(
        at now: Instant, isWatched: Bool, epoch: UInt32, owner: Listener?,
        routes: (Person) -> [Route]
    ) throws(CheckInError) -> Registration {
        var rest = people[...]
        let tiers = registration.tiers.map { listeners in
            listeners.map { listener in
                let person = rest.removeFirst()
                return Listener(
                    name: listener.name, language: listener.language, phones: listener.phones,
                    routes: routes(person), sheet: listener.sheet)
            }
        }
        var copy = Registration(
            plan: registration.plan, label: registration.label, ticketKey: registration.ticketKey,
            safeKey: registration.safeKey, duressKey: registration.duressKey,
            terms: isWatched ? registration.terms : try registration.terms.after(now),
            alias: registration.alias, zone: registration.zone, place: registration.place,
            language: registration.language, phones: registration.phones, tiers: tiers,
            owner: owner, isUntested: registration.isUntested, epoch: epoch, isHandedOver: true)
        copy.otherWatchers = registration.otherWatchers
        copy.isWatchedByOwner = registration.isWatchedByOwner
        copy.texts = registration.texts
        return copy
    }
}

extension LeaseTerms {
    /// The same without deadlines that are over.
    ///
    /// - Throws: `.past` when all of them are.
    func after(_ now: Instant) throws(CheckInError) -> LeaseTerms {
        switch promise {
        case .interval(_, let end):
            if let end, end <= now { throw .past }
            return self
        case .deadlines(let deadlines):
            let rest = deadlines.filter { $0 > now }
            guard !rest.isEmpty else { throw .past }
            return try LeaseTerms(
                promise: .deadlines(rest), grace: grace, reminders: reminders, tiers: tiers)
        }
    }
}

/// How the machines to which a plan is handed over check its codes: keys of their own.
///
/// Drawn when the plan is made, the only moment at which its codes are at hand.
package struct HandOverKeys: Sendable {
    package let codeSecret: SharedSecret
    package let ticketSeed: SharedSecret
    package let safeKey: [UInt8]
    package let duressKey: [UInt8]

    package init(
        codeSecret: SharedSecret, ticketSeed: SharedSecret, safeKey: [UInt8], duressKey: [UInt8]
    ) {
        self.codeSecret = codeSecret
        self.ticketSeed = ticketSeed
        self.safeKey = safeKey
        self.duressKey = duressKey
    }

    // Fields: 1 secret, 2 ticket seed, 3 safe key, 4 duress key.
    var fields: FieldList {
        FieldList([
            Field(1, codeSecret.copiedBytes), Field(2, ticketSeed.copiedBytes), Field(3, safeKey),
            Field(4, duressKey),
        ])
    }

    init?(_ fields: FieldList) {
        guard let secret = SharedSecret(key: fields.first(1)),
            let seed = SharedSecret(key: fields.first(2)), let safe = fields.first(3),
            let duress = fields.first(4), safe.count == 32, duress.count == 32
        else { return nil }
        self.init(codeSecret: secret, ticketSeed: seed, safeKey: safe, duressKey: duress)
    }
}

/// That a plan was handed over: to whom, when, and as which version.
package struct Handed: Hashable, Sendable {
    package let contact: String
    package let epoch: UInt32
    package let at: Instant

    package init(contact: String, epoch: UInt32, at: Instant) {
        self.contact = contact
        self.epoch = epoch
        self.at = at
    }

    // Fields: 1 contact, 2 epoch, 3 moment.
    var fields: FieldList {
        FieldList([Field(1, contact), Field(2, u32: epoch), Field(3, at)])
    }

    init?(_ fields: FieldList) {
        guard let contact = fields.text(1), let epoch = fields.u32(2), let at = fields.instant(3)
        else { return nil }
        self.init(contact: contact, epoch: epoch, at: at)
    }
}
