package import CheckIn
internal import Encoding
package import Platform

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
    /// Until when it is paused, or contacts hold what is still to be told.
    package let until: Instant?
    /// Whether the hold is that of two contacts.
    package let isHeldByContacts: Bool
    /// Who has said that they are on it.
    package let acknowledged: [String]
    /// The number that the next change has to exceed by one.
    package let epoch: UInt32
    /// From when at the earliest a change that was ordered takes effect.
    package let changesFrom: Instant?
    /// A deadline has been met since that order.
    package let isChangeMet: Bool
    /// Of a printed card: how many codes it has, and which were used when.
    package let paperCodes: Int
    package let usedCodes: [UsedCode]

    package struct UsedCode: Hashable, Sendable {
        package let number: Int
        package let at: Instant
    }

    // Fields: 1 plan, 2 label, 3 state, 4 deadline, 5 alarm, 6 last seen, 7 zone, 8 place,
    // 9 untested, 10 short, 11 told*, 12 waiting*, 13 tier* (1 offset, 2 contact*), 14 until,
    // 15 held by contacts, 16 acknowledged*, 17 epoch u32, 18 changes from, 19 change is met,
    // 20 paper codes u32, 21 used code* (1 number u32, 2 moment).
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
                } + laterFields)
    }

    private var laterFields: [Field] {
        (until.map { [Field(14, $0)] } ?? []) + [Field(15, [isHeldByContacts ? 1 : 0])]
            + acknowledged.map { Field(16, $0) } + [Field(17, u32: epoch)]
            + (changesFrom.map { [Field(18, $0)] } ?? []) + [Field(19, [isChangeMet ? 1 : 0])]
            + [Field(20, u32: UInt32(clamping: paperCodes))]
            + usedCodes.map { used in
                let list = [Field(1, u32: UInt32(clamping: used.number)), Field(2, used.at)]
                return Field(21, FieldList(list).serialized())
            }
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
        until = fields.instant(14)
        isHeldByContacts = fields.flag(15)
        acknowledged = fields.texts(16)
        epoch = fields.u32(17) ?? 0
        changesFrom = fields.instant(18)
        isChangeMet = fields.flag(19)
        paperCodes = Int(fields.u32(20) ?? 0)
        usedCodes = fields.all(21).compactMap { bytes in
            guard let list = try? FieldList(parsing: bytes[...]), let number = list.u32(1),
                let at = list.instant(2)
            else { return nil }
            return UsedCode(number: Int(number), at: at)
        }
    }

    /// What a screen may show: after a duress code nothing of it.
    package init(
        _ row: PlanRow, deliveries: [DeliveryRow], acks: [AckRow] = [],
        paperCodes codes: [PaperCodeRow] = []
    ) {
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
        switch row.state {
        case .paused(_, let moment), .hold(_, _, let moment, _): until = moment
        case .draft, .armed, .due, .grace, .overdue, .ended: until = nil
        }
        if case .hold(_, .contacts, _, _) = row.state {
            isHeldByContacts = true
        } else {
            isHeldByContacts = false
        }
        let ids = Set(alerts.map(\.id))
        acknowledged = Set(acks.filter { ids.contains($0.delivery) }.map(\.contact)).sorted()
        epoch = row.newestEpoch
        changesFrom = row.amendment?.ready
        isChangeMet = row.amendment?.isMet ?? false
        let numbers = Dictionary(grouping: codes, by: \.number)
        self.paperCodes = numbers.count
        usedCodes = numbers.compactMap { number, rows in
            rows.compactMap(\.used).min().map { UsedCode(number: number, at: $0) }
        }.sorted { $0.number < $1.number }
    }
}
