internal import CheckIn
package import Encoding
package import Platform

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
        /// Another change of the plan was taken since.
        case epoch = 7
        /// A check-in is missing: the plan is not let go of.
        case alarming = 8
        /// The watcher waits for its key: nobody is watching.
        case asleep = 9
    }

    case greeting(Greeting)
    case armed(deadline: Instant)
    case answer(CheckInAnswer)
    case status([PlanSummary], now: Instant)
    case refused(Refusal)
    case contact(ContactAnswer)
    /// nil where no drill was.
    case drill(DrillReport?)
    /// One drill a day: the next one from then on.
    case tooSoon(Instant)
    case log([AuditLink])

    // Fields: 1 reply u8, 2 now or deadline, 3 box key, answer, refusal, contact's answer or drill,
    // 4 counter, 5 summary* or link*.
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
        case .contact(let answer):
            FieldList([Field(1, [6]), Field(3, answer.fields.serialized())])
        case .drill(let report):
            FieldList(
                [Field(1, [7])] + (report.map { [Field(3, $0.fields.serialized())] } ?? []))
        case .tooSoon(let next): FieldList([Field(1, [8]), Field(2, next)])
        case .log(let links):
            FieldList([Field(1, [9])] + links.map { Field(5, $0.wire.serialized()) })
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
        case ([6], .some(let bytes)):
            guard let list = try? FieldList(parsing: bytes[...]),
                let answer = ContactAnswer(list)
            else { return nil }
            self = .contact(answer)
        case ([7], nil): self = .drill(nil)
        case ([7], .some(let bytes)):
            guard let list = try? FieldList(parsing: bytes[...]), let report = DrillReport(list)
            else { return nil }
            self = .drill(report)
        case ([8], nil):
            guard let moment else { return nil }
            self = .tooSoon(moment)
        case ([9], nil):
            let lists = fields.all(5).map { try? FieldList(parsing: $0[...]) }
            let links = lists.compactMap { $0.flatMap(AuditLink.init) }
            guard links.count == lists.count else { return nil }
            self = .log(links)
        default: return nil
        }
    }
}
