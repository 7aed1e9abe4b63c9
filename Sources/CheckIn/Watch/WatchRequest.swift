package import CheckIn
package import Encoding
internal import Platform

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
    /// An order sealed to the watcher, for other terms, people or codes; the ticket signs the
    /// registration too.
    case update([UInt8], Registration, signature: [UInt8], envelopes: [[UInt8]])
    /// An order for a new card of paper codes, and the codes, each sealed to the watcher.
    case card([UInt8], codes: [UInt8])
    /// A code of a card with its ending, sealed to the watcher.
    case paper(PlanID, [UInt8])
    /// A drill of a plan, watched or not.
    case rehearse(Registration, signature: [UInt8])
    /// Who received the last drill, and who has answered.
    case drillReport(PlanID)
    /// A contact is on it; the code stands in her message.
    case acknowledge(String, PlanID?)
    /// A contact has spoken with her.
    case hold(String, PlanID?)
    /// The watcher's log from an entry on; what is not about the plan comes as hashes.
    case log(after: UInt64, PlanID?)
    /// Whoever took this plan over watches it no longer; the ticket signs.
    case release(PlanID, signature: [UInt8])
    /// To a watcher that started without a key: its host key, 32 bytes.
    case unlock([UInt8])

    /// Longest request: a plan whose sheets are all of the longest.
    package static let byteLimit = 64 << 20

    // Fields: 1 request u8, 2 body, 3 signature, 4 envelope*, 5 plan, 6 second box, 7 number u64.
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
        case .update(let box, let registration, let signature, let envelopes):
            FieldList(
                [
                    Field(1, [6]), Field(2, registration.serialized()), Field(3, signature),
                    Field(6, box),
                ] + envelopes.map { Field(4, $0) })
        case .card(let box, let codes): FieldList([Field(1, [7]), Field(2, codes), Field(6, box)])
        case .paper(let plan, let box):
            FieldList([Field(1, [8]), Field(2, box), Field(5, plan.bytes)])
        case .rehearse(let registration, let signature):
            FieldList([Field(1, [9]), Field(2, registration.serialized()), Field(3, signature)])
        case .drillReport(let plan): FieldList([Field(1, [10]), Field(5, plan.bytes)])
        case .acknowledge(let code, let plan):
            FieldList(
                [Field(1, [11]), Field(2, code)] + (plan.map { [Field(5, $0.bytes)] } ?? []))
        case .hold(let code, let plan):
            FieldList(
                [Field(1, [12]), Field(2, code)] + (plan.map { [Field(5, $0.bytes)] } ?? []))
        case .unlock(let key): FieldList([Field(1, [15]), Field(2, key)])
        case .release(let plan, let signature):
            FieldList([Field(1, [14]), Field(3, signature), Field(5, plan.bytes)])
        case .log(let after, let plan):
            FieldList(
                [Field(1, [13]), Field(7, u64: after)]
                    + (plan.map { [Field(5, $0.bytes)] } ?? []))
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
        case ([6], .some(let bytes)):
            guard let registration = try? Registration(parsing: bytes),
                let signature = fields.first(3), let box = fields.first(6)
            else { return nil }
            self = .update(box, registration, signature: signature, envelopes: fields.all(4))
        case ([7], .some(let codes)):
            guard let box = fields.first(6) else { return nil }
            self = .card(box, codes: codes)
        case ([9], .some(let bytes)):
            guard let registration = try? Registration(parsing: bytes),
                let signature = fields.first(3)
            else { return nil }
            self = .rehearse(registration, signature: signature)
        default:
            guard let other = Self.about(fields, fields.first(5).flatMap { PlanID($0) }) else {
                return nil
            }
            self = other
        }
    }

    /// What names a plan, or may.
    private static func about(_ fields: FieldList, _ plan: PlanID?) -> WatchRequest? {
        switch (fields.first(1), fields.first(2), plan) {
        case ([8], .some(let box), .some(let plan)): return .paper(plan, box)
        case ([10], nil, .some(let plan)): return .drillReport(plan)
        case ([11], .some, let plan): return fields.text(2).map { .acknowledge($0, plan) }
        case ([12], .some, let plan): return fields.text(2).map { .hold($0, plan) }
        case ([15], .some(let key), nil): return key.count == 32 ? .unlock(key) : nil
        case ([14], nil, .some(let plan)):
            return fields.first(3).map { .release(plan, signature: $0) }
        case ([13], nil, let plan): return fields.u64(7).map { .log(after: $0, plan) }
        default: return nil
        }
    }
}
