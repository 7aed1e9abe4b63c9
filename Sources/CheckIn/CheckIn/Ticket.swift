internal import Encoding
package import Platform
package import Secrets

/// Who watches a plan, as a ticket knows it.
package struct WatcherEntry: Hashable, Sendable {
    package enum Place: UInt8, Hashable, Sendable {
        case thisMachine = 1
    }

    package let place: Place
    /// X25519 key to which check-ins are sealed.
    package let boxKey: [UInt8]

    package init(place: Place, boxKey: [UInt8]) {
        self.place = place
        self.boxKey = boxKey
    }

    var serialized: [UInt8] { [place.rawValue] + boxKey }

    init?(parsing bytes: [UInt8]) {
        guard bytes.count == 33, let place = Place(rawValue: bytes[0]) else { return nil }
        self.init(place: place, boxKey: Array(bytes[1...]))
    }
}

/// What lies outside the vault so that `amparo ok` needs only the code.
///
/// File: "AMPTICK1" ‖ fields: 1 plan, 2 label, 3 plan secret 32, 4 ticket seed 32, 5 last counter,
/// 6 watcher (place u8 ‖ box key 32; repeats), 7 deadline ms (repeats), 8 zone, 9 place,
/// 10 untested, 11 whose plan it is that was handed over to this machine, 12 to whom this machine's
/// plan was handed over (repeats), 13 where its list of
/// hours ends although the plan goes on, 14 which version of a plan that was handed over u32. A
/// thief sees that a plan exists and where it is watched, not whom
/// it would alert.
package struct Ticket: Sendable {
    package static let magic = Array("AMPTICK1".utf8)
    /// Longest file that is read.
    package static let byteLimit = 65_536

    package let plan: PlanID
    package let label: PlanLabel
    package let planSecret: SharedSecret
    package let ticketSeed: SharedSecret
    package var lastCounter: UInt64
    package var watchers: [WatcherEntry]
    /// What is owed next, as last heard from a watcher.
    package var deadlines: [Instant]
    /// IANA zone and city in which deadlines are shown.
    package let zone: String
    package let place: String
    package let isUntested: Bool
    /// As alerts call her; nil for one's own plan.
    package let handedBy: String?
    /// Colleagues who may be watching as well: they hear a check-in only by telephone.
    package var handedTo: [String]
    /// Where the list of hours ends although the plan goes on.
    package var reach: Instant?
    /// Of a plan that was handed over: the number of its file.
    package let version: UInt32

    package init(
        plan: PlanID, label: PlanLabel, planSecret: SharedSecret, ticketSeed: SharedSecret,
        lastCounter: UInt64, watchers: [WatcherEntry], deadlines: [Instant], zone: String,
        place: String, isUntested: Bool, handedBy: String? = nil, handedTo: [String] = [],
        reach: Instant? = nil, version: UInt32 = 1
    ) {
        self.plan = plan
        self.label = label
        self.planSecret = planSecret
        self.ticketSeed = ticketSeed
        self.lastCounter = lastCounter
        self.watchers = watchers
        self.deadlines = deadlines
        self.zone = zone
        self.place = place
        self.isUntested = isUntested
        self.handedBy = handedBy
        self.handedTo = handedTo
        self.reach = reach
        self.version = version
    }

    package func serialized() -> [UInt8] {
        let fields = FieldList(
            [
                Field(1, plan.bytes), Field(2, label.text), Field(3, planSecret.copiedBytes),
                Field(4, ticketSeed.copiedBytes), Field(5, u64: lastCounter), Field(8, zone),
                Field(9, place),
            ] + watchers.map { Field(6, $0.serialized) } + deadlines.map { Field(7, $0) }
                + (isUntested ? [Field(10, [1])] : [])
                + (handedBy.map { [Field(11, $0)] } ?? []) + handedTo.map { Field(12, $0) }
                + (reach.map { [Field(13, $0)] } ?? [])
                + (version == 1 ? [] : [Field(14, u32: version)]))
        return Self.magic + fields.serialized()
    }

    package init(parsing bytes: [UInt8]) throws(CheckInError) {
        guard bytes.starts(with: Self.magic) else { throw .malformed(.malformed(at: 0)) }
        let fields = try reading { () throws(CodecError) in
            try FieldList(parsing: bytes[Self.magic.count...])
        }
        let watchers = fields.all(6).compactMap(WatcherEntry.init(parsing:))
        guard let plan = fields.first(1).flatMap({ PlanID($0) }), let label = fields.text(2),
            let secret = SharedSecret(key: fields.first(3)),
            let seed = SharedSecret(key: fields.first(4)), let counter = fields.u64(5),
            let zone = fields.text(8), let place = fields.text(9),
            watchers.count == fields.all(6).count
        else { throw .malformed(.malformed(at: Self.magic.count)) }
        self.init(
            plan: plan, label: try PlanLabel(parsing: label), planSecret: secret, ticketSeed: seed,
            lastCounter: counter, watchers: watchers, deadlines: fields.instants(7), zone: zone,
            place: place, isUntested: fields.flag(10), handedBy: fields.text(11),
            handedTo: fields.texts(12), reach: fields.instant(13),
            version: fields.u32(14) ?? 1)
    }
}

extension SharedSecret {
    /// 32 bytes from a parsed form; nil for any other length.
    convenience init?(key bytes: [UInt8]?) {
        guard var bytes, bytes.count == 32 else { return nil }
        self.init(SecretBytes(draining: &bytes))
    }

    /// For a file or record that is about to be written.
    var copiedBytes: [UInt8] {
        bytes.withBytes { span in span.indices.map { span[$0] } }
    }
}
