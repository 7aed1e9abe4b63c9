package import CheckIn
package import Encoding
package import Platform

/// What a program of the same user asks of the watcher on its machine.
///
/// On the socket: length u32 ‖ fields, one request and one answer for each connection.
package enum WatchRequest: Hashable, Sendable {
    /// Who watches, what time it is there, and the last counter of a plan.
    case hello(PlanID?)
    case register(Registration, signature: [UInt8], envelopes: [[UInt8]])
    /// A token sealed to the watcher.
    case checkIn([UInt8])
    /// An order sealed to the watcher.
    case order([UInt8])
    case status

    /// Longest request: a plan whose sheets are all of the longest.
    package static let byteLimit = 64 << 20

    // Fields: 1 request u8, 2 body, 3 signature, 4 envelope*.
    package var fields: FieldList {
        switch self {
        case .hello(let plan):
            FieldList([Field(1, [1])] + (plan.map { [Field(2, $0.bytes)] } ?? []))
        case .register(let registration, let signature, let envelopes):
            FieldList(
                [Field(1, [2]), Field(2, registration.serialized()), Field(3, signature)]
                    + envelopes.map { Field(4, $0) })
        case .checkIn(let box): FieldList([Field(1, [3]), Field(2, box)])
        case .order(let box): FieldList([Field(1, [4]), Field(2, box)])
        case .status: FieldList([Field(1, [5])])
        }
    }

    /// - Returns: nil for what no program of this version asks.
    package init?(_ fields: FieldList) {
        switch (fields.first(1), fields.first(2)) {
        case ([1], let plan): self = .hello(plan.flatMap { PlanID($0) })
        case ([2], .some(let bytes)):
            guard let registration = try? Registration(parsing: bytes),
                let signature = fields.first(3)
            else { return nil }
            self = .register(registration, signature: signature, envelopes: fields.all(4))
        case ([3], .some(let box)): self = .checkIn(box)
        case ([4], .some(let box)): self = .order(box)
        case ([5], nil): self = .status
        default: return nil
        }
    }
}

/// The watcher's answer; whatever it confirms is on disk.
package enum WatchReply: Hashable, Sendable {
    package struct Greeting: Hashable, Sendable {
        package let now: Instant
        package let boxKey: [UInt8]
        package let lastCounter: UInt64?

        package init(now: Instant, boxKey: [UInt8], lastCounter: UInt64?) {
            self.now = now
            self.boxKey = boxKey
            self.lastCounter = lastCounter
        }
    }

    package enum Refusal: UInt8, Hashable, Sendable {
        case malformed = 1
        case signature = 2
        /// Another plan of this id, with other keys, terms or people.
        case differs = 3
        case ended = 4
        /// A deadline of the plan has passed already.
        case past = 5
        /// The watcher's disk failed; nothing was taken.
        case store = 6
    }

    case greeting(Greeting)
    case armed(deadline: Instant)
    case answer(CheckInAnswer)
    case status([PlanSummary], now: Instant)
    case refused(Refusal)

    // Fields: 1 reply u8, 2 now or deadline, 3 box key, answer or refusal, 4 counter, 5 summary*.
    package var fields: FieldList {
        switch self {
        case .greeting(let greeting):
            FieldList(
                [Field(1, [1]), Field(2, greeting.now), Field(3, greeting.boxKey)]
                    + (greeting.lastCounter.map { [Field(4, u64: $0)] } ?? []))
        case .armed(let deadline): FieldList([Field(1, [2]), Field(2, deadline)])
        case .answer(let answer):
            FieldList([Field(1, [3]), Field(3, answer.fields.serialized())])
        case .status(let plans, let now):
            FieldList(
                [Field(1, [4]), Field(2, now)] + plans.map { Field(5, $0.fields.serialized()) })
        case .refused(let refusal): FieldList([Field(1, [5]), Field(3, [refusal.rawValue])])
        }
    }

    /// - Returns: nil for what no watcher of this version says.
    package init?(_ fields: FieldList) {
        let moment = fields.instant(2)
        switch (fields.first(1), fields.first(3)) {
        case ([1], .some(let key)):
            guard let moment, key.count == 32 else { return nil }
            self = .greeting(Greeting(now: moment, boxKey: key, lastCounter: fields.u64(4)))
        case ([2], nil):
            guard let moment else { return nil }
            self = .armed(deadline: moment)
        case ([3], .some(let bytes)):
            guard let list = try? FieldList(parsing: bytes[...]),
                let answer = CheckInAnswer(list)
            else { return nil }
            self = .answer(answer)
        case ([4], nil):
            guard let moment else { return nil }
            let lists = fields.all(5).map { try? FieldList(parsing: $0[...]) }
            let plans = lists.compactMap { $0.flatMap(PlanSummary.init) }
            guard plans.count == lists.count else { return nil }
            self = .status(plans, now: moment)
        case ([5], .some(let code)):
            guard let refusal = code.first.flatMap(Refusal.init(rawValue:)) else { return nil }
            self = .refused(refusal)
        default: return nil
        }
    }
}

/// What a status line needs to know of a plan; no address and no text.
package struct PlanSummary: Hashable, Sendable {
    package let plan: PlanID
    package let label: String
    /// `armed`, `due`, `grace`, `overdue`, `paused`, `hold`, `ended`.
    package let state: String
    package let deadline: Instant?
    /// When the first tier hears if nothing comes.
    package let alarm: Instant?
    package let lastSeen: Instant?
    package let zone: String
    package let place: String
    package let isUntested: Bool
    package let isShort: Bool
    /// Who has been told in the present epoch, and who has not been reached yet.
    package let told: [String]
    package let waiting: [String]
    /// Who hears, and how long after the margin.
    package let tiers: [Tier]

    // Fields: 1 plan, 2 label, 3 state, 4 deadline, 5 alarm, 6 last seen, 7 zone, 8 place,
    // 9 untested, 10 short, 11 told*, 12 waiting*, 13 tier* (1 offset, 2 contact*).
    var fields: FieldList {
        FieldList(
            [
                Field(1, plan.bytes), Field(2, label), Field(3, state), Field(7, zone),
                Field(8, place), Field(9, [isUntested ? 1 : 0]), Field(10, [isShort ? 1 : 0]),
            ] + (deadline.map { [Field(4, $0)] } ?? []) + (alarm.map { [Field(5, $0)] } ?? [])
                + (lastSeen.map { [Field(6, $0)] } ?? []) + told.map { Field(11, $0) }
                + waiting.map { Field(12, $0) }
                + tiers.map { tier in
                    let list = [Field(1, tier.offset)] + tier.contacts.map { Field(2, $0) }
                    return Field(13, FieldList(list).serialized())
                })
    }

    init?(_ fields: FieldList) {
        guard let plan = fields.first(1).flatMap({ PlanID($0) }), let label = fields.text(2),
            let state = fields.text(3), let zone = fields.text(7), let place = fields.text(8)
        else { return nil }
        self.plan = plan
        self.label = label
        self.state = state
        deadline = fields.instant(4)
        alarm = fields.instant(5)
        lastSeen = fields.instant(6)
        self.zone = zone
        self.place = place
        isUntested = fields.flag(9)
        isShort = fields.flag(10)
        told = fields.texts(11)
        waiting = fields.texts(12)
        tiers = fields.all(13).compactMap { bytes in
            guard let list = try? FieldList(parsing: bytes[...]), let offset = list.duration(1)
            else { return nil }
            return Tier(offset: offset, contacts: list.texts(2))
        }
    }

    package init(_ row: PlanRow, deliveries: [DeliveryRow]) {
        let registration = row.registration
        plan = row.id
        label = registration.label.text
        state = row.state.name
        deadline = row.state.lease?.deadline
        lastSeen = row.lastSeen
        zone = registration.zone
        place = registration.place
        isUntested = registration.isUntested
        isShort = registration.terms.isShort
        switch row.state {
        case .armed(let lease), .due(let lease, _), .grace(let lease, _):
            alarm = lease.deadline + registration.terms.grace
        case .hold(_, _, let until, _): alarm = until
        case .overdue(_, let start, _): alarm = start
        case .draft, .paused, .ended: alarm = nil
        }
        let alerts = deliveries.filter {
            $0.kind == .alert && $0.epoch == row.state.epoch && !row.isCopy($0)
        }
        let reached = Set(alerts.filter { $0.state == .delivered }.map(\.contact))
        told = reached.sorted()
        waiting = Set(alerts.filter { $0.state == .pending }.map(\.contact)).subtracting(reached)
            .sorted()
        tiers = zip(registration.terms.tiers, registration.tiers).map { offset, people in
            Tier(offset: offset, contacts: people.map(\.name))
        }
    }
}
