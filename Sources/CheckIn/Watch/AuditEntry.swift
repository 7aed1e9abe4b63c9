package import CheckIn
package import Encoding
package import Platform

internal import Primitives

/// One line of the audit log. Each carries the hash of everything before it: an altered or cut
/// log does not verify.
///
/// hash = BLAKE2b-256("amparo/audit/1" ‖ previous hash 32 ‖ number u64 ‖ Unix ms u64 ‖
/// BLAKE2b-256(fields)): whoever may not read an entry can still follow the chain over it.
package struct AuditEntry: Hashable, Sendable {
    package enum Event: UInt8, Hashable, Sendable {
        case started = 1
        case armed = 2
        case checkIn = 3
        case wrongCode = 4
        case order = 5
        case reminder = 6
        case hold = 7
        case fired = 8
        case attempt = 9
        case result = 10
        case allClear = 11
        case ended = 12
        case purged = 13
        case cancelled = 14
        /// A tier that was owed stood as told already.
        case notFired = 15
        case duress = 16
        case acknowledged = 17
        /// Two contacts hold the later tiers.
        case held = 18
        /// Other terms, people or codes have taken effect.
        case amended = 19
        case drill = 20
        case paperCode = 21
        case daily = 22
        /// A contact's code that no message carries.
        case wrongAnswer = 23
    }

    package static let start = [UInt8](repeating: 0, count: 32)

    package let number: UInt64
    package let at: Instant
    package let fields: FieldList
    package let hash: [UInt8]

    // Fields: 1 event u8, 2 plan, 3 epoch u32, 4 tier u32, 5 delivery, 6 detail u32. No names and
    // no addresses.
    package init(
        after previous: AuditEntry?, at: Instant, _ event: Event, plan: PlanID? = nil,
        epoch: UInt32? = nil, tier: Int? = nil, delivery: DeliveryID? = nil, detail: UInt32? = nil
    ) {
        number = (previous?.number ?? 0) + 1
        self.at = at
        fields = FieldList(
            [Field(1, [event.rawValue])] + (plan.map { [Field(2, $0.bytes)] } ?? [])
                + (epoch.map { [Field(3, u32: $0)] } ?? [])
                + (tier.map { [Field(4, u32: UInt32(clamping: $0))] } ?? [])
                + (delivery.map { [Field(5, $0.bytes)] } ?? [])
                + (detail.map { [Field(6, u32: $0)] } ?? []))
        hash = Self.hash(
            after: previous?.hash ?? Self.start, number: number, at: at,
            digest: Self.digest(fields))
    }

    /// As a store keeps it; `verify` says whether it belongs there.
    package init(number: UInt64, at: Instant, fields: FieldList, hash: [UInt8]) {
        self.number = number
        self.at = at
        self.fields = fields
        self.hash = hash
    }

    /// BLAKE2b-256 of the fields.
    package var digest: [UInt8] { Self.digest(fields) }

    /// The beginning of the hash, 20 hexadecimal digits: what messages carry.
    package var short: String { Hex.encode(Array(hash.prefix(10))) }

    package var plan: PlanID? { fields.first(2).flatMap { PlanID($0) } }

    package var delivery: [UInt8]? { fields.first(5) }
    package var detail: UInt32? { fields.u32(6) }
    package var tier: Int? { fields.u32(4).map { Int($0) } }

    package var event: Event? { fields.first(1)?.first.flatMap(Event.init(rawValue:)) }

    /// The number of the first entry that does not follow from those before it; nil when all do.
    package static func firstBreak(in entries: [AuditEntry]) -> UInt64? {
        var previous = start
        var number: UInt64 = 0
        for entry in entries {
            number += 1
            guard entry.number == number,
                entry.hash
                    == hash(
                        after: previous, number: number, at: entry.at, digest: entry.digest)
            else { return number }
            previous = entry.hash
        }
        return nil
    }

    private static func digest(_ fields: FieldList) -> [UInt8] {
        BLAKE2b.hash(count: 32, of: fields.serialized().span)
    }

    static func hash(after previous: [UInt8], number: UInt64, at: Instant, digest: [UInt8])
        -> [UInt8]
    {
        BLAKE2b.hash(
            count: 32, Array("amparo/audit/1".utf8), previous, Field(0, u64: number).bytes,
            Field(0, at).bytes, digest)
    }
}
