package import CheckIn
package import Encoding
package import Platform

/// What a watcher says to a token or an order. A repeat of the same bytes gets the same answer.
package enum CheckInAnswer: Hashable, Sendable {
    package struct Accepted: Hashable, Sendable {
        /// What is owed next; nil when the plan has ended.
        package let next: Instant?
        /// It came too early to meet the deadline, which is still owed.
        package let isStillOwed: Bool
        /// Who now hears that the alarm is over.
        package let allClear: [String]
        /// Why a changed plan does not take effect yet.
        package let waits: [Weakening]
        /// Not before, and not before a deadline has been met.
        package let waitsUntil: Instant?

        package init(
            next: Instant?, isStillOwed: Bool, allClear: [String], waits: [Weakening] = [],
            waitsUntil: Instant? = nil
        ) {
            self.next = next
            self.isStillOwed = isStillOwed
            self.allClear = allClear
            self.waits = waits
            self.waitsUntil = waitsUntil
        }
    }

    case accepted(Accepted)
    /// A newer one was accepted before; sign again with a greater counter.
    case behind(last: UInt64)
    case wrongCode(count: UInt32)
    /// Made more than five minutes in the future.
    case future
    case unknownPlan
    case ended
    /// Not sealed to this watcher, or not made by the plan's ticket.
    case notOurs
    /// A code of a printed card that was used before.
    case used(at: Instant)

    /// Whether the same token would never be answered otherwise. A clock catches up, and a plan is
    /// armed again: what was too early for that is asked again.
    package var isFinal: Bool {
        switch self {
        case .accepted, .behind, .ended, .wrongCode, .notOurs, .used: true
        case .future, .unknownPlan: false
        }
    }

    // Fields: 1 answer u8, 2 next or used, 3 still owed, 4 all-clear*, 5 last counter, 6 wrong
    // codes, 7 weakening u8*, 8 waits until.
    package var fields: FieldList {
        switch self {
        case .accepted(let accepted):
            FieldList(
                [Field(1, [1])] + (accepted.next.map { [Field(2, $0)] } ?? [])
                    + (accepted.isStillOwed ? [Field(3, [1])] : [])
                    + accepted.allClear.map { Field(4, $0) }
                    + accepted.waits.map { Field(7, [$0.rawValue]) }
                    + (accepted.waitsUntil.map { [Field(8, $0)] } ?? []))
        case .behind(let last): FieldList([Field(1, [2]), Field(5, u64: last)])
        case .wrongCode(let count): FieldList([Field(1, [3]), Field(6, u32: count)])
        case .future: FieldList([Field(1, [4])])
        case .unknownPlan: FieldList([Field(1, [5])])
        case .ended: FieldList([Field(1, [6])])
        case .notOurs: FieldList([Field(1, [7])])
        case .used(let at): FieldList([Field(1, [8]), Field(2, at)])
        }
    }

    /// - Returns: nil for what no watcher of this version says.
    package init?(_ fields: FieldList) {
        switch fields.first(1) {
        case [1]:
            self = .accepted(
                Accepted(
                    next: fields.instant(2), isStillOwed: fields.flag(3),
                    allClear: fields.texts(4),
                    waits: fields.all(7).compactMap { $0.first.flatMap(Weakening.init) },
                    waitsUntil: fields.instant(8)))
        case [2]:
            guard let last = fields.u64(5) else { return nil }
            self = .behind(last: last)
        case [3]:
            guard let count = fields.u32(6) else { return nil }
            self = .wrongCode(count: count)
        case [4]: self = .future
        case [5]: self = .unknownPlan
        case [6]: self = .ended
        case [7]: self = .notOurs
        case [8]:
            guard let at = fields.instant(2) else { return nil }
            self = .used(at: at)
        default: return nil
        }
    }
}
