internal import CheckIn
internal import Dispatch
internal import Platform
internal import Secrets

// With which code a check-in was signed is read at fixed moments, the same for either: what stands
// in the rows until then, and what the screen was told, is alike.
extension WatchEngine {
    /// Between two looks. Promises of seconds are rehearsals.
    static func lookInterval(_ terms: LeaseTerms) -> Duration {
        terms.isShort ? .seconds(1) : .seconds(10)
    }

    /// The next fixed moment, at least half an interval away.
    static func nextLook(_ terms: LeaseTerms, after now: Instant) -> Instant {
        let step = lookInterval(terms).wholeMilliseconds
        let moment = now.milliseconds + step / 2
        return Instant(milliseconds: (moment / step + 1) * step)
    }

    /// Reads what came in since the last look, and lets contacts hear what it means.
    func look(
        _ plan: inout PlanRow, _ tables: any WatchTables, _ news: inout [WatchNews],
        _ now: Instant
    ) throws(WatchError) {
        let unread = try tables.checkIns(plan.id, after: plan.readCounter)
        // Each was stored with what is told of it, so that one is missing where the last one is.
        let isWhole =
            !unread.contains(nil)
            && (plan.lastCounter == plan.readCounter || unread.last??.counter == plan.lastCounter)
        let effects = plan.deferred.filter { isWhole || !$0.saysThatSheIsWell }
        let earlier = plan.before ?? plan.registration
        plan.readCounter = plan.lastCounter
        plan.look = nil
        plan.deferred = []
        if unread.contains(where: { $0?.kind == .duress }) {
            try raiseDuress(&plan, earlier, tables, now)
        }
        if !isWhole { news.append(.unreadCheckIn(plan.registration.label)) }
        for effect in effects { try carryOut(effect, &plan, tables, &news, now) }
        plan.before = nil
    }

    private func raiseDuress(
        _ plan: inout PlanRow, _ registration: Registration, _ tables: any WatchTables,
        _ now: Instant
    ) throws(WatchError) {
        guard plan.duress == nil else { return try moveDuress(.raise, &plan, tables, now) }
        plan.duress = DuressRow(machine: Duress(at: now), registration: registration)
        try moveDuress(.tick, &plan, tables, now)
    }

    func moveDuress(
        _ event: Duress.Event, _ plan: inout PlanRow, _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        guard var row = plan.duress else { return }
        let tiers = row.machine.handle(event, row.registration.terms, now: now)
        plan.duress = row
        for tier in tiers {
            let epoch = row.machine.epoch
            guard
                try tables.insertFire(
                    plan.id, epoch: epoch | PlanRow.besideEpoch, tier: tier, at: now)
            else { continue }
            try post(
                .duress, tier: tier, to: row.registration.tiers[tier], epoch: epoch, plan, tables,
                now)
            try log(tables, now, .duress, plan: plan.id, epoch: epoch, tier: tier)
        }
    }

    // MARK: What contacts must not hear, and the screen must show

    /// How long a message that is not sent seems to be on its way.
    private static let pretence: Range<UInt32> = 400..<2_400

    /// Claims a hidden message, and the next time records that it arrived: whoever looks at the
    /// screen sees what the safe code would have shown.
    ///
    /// Its claim ends when it is due: that of a courier, from before the duress, ends later.
    func pretend(
        _ delivery: inout DeliveryRow, _ tables: any WatchTables, _ news: inout [WatchNews],
        _ now: Instant
    ) throws(WatchError) {
        guard !delivery.isPretended else {
            return try record(.delivered, of: &delivery, tables, &news, now)
        }
        let range = Self.pretence
        let length = range.lowerBound + random.below(UInt32(range.count))
        delivery.due = now + .milliseconds(Int64(length))
        try begin(&delivery, until: delivery.due, tables, now)
    }
}

extension DeliveryRow {
    /// Whether it is a notice about the duress and not about the plan's own alarm.
    var isBeside: Bool { epoch & PlanRow.besideEpoch != 0 }

    /// The epoch of the alarm that it is about.
    var alarmEpoch: UInt32 { epoch & ~PlanRow.besideEpoch }

    /// Whether it is on its way without having left.
    var isPretended: Bool { claimedUntil == due }
}

extension PlanRow {
    /// Marks fires, and notices of a hold, that belong to the duress and not to the plan's own epochs.
    static let besideEpoch: UInt32 = 1 << 31

    /// Whether a message, true as far as the plan's own state goes, is kept from its contact: after
    /// a duress code nobody hears that she is well, and nobody is told to call. What only comes to
    /// lie in a folder here tells nobody, and lies there as after the safe code.
    func isHidden(_ delivery: DeliveryRow) -> Bool {
        guard duress != nil, !isCopy(delivery) else { return false }
        return switch delivery.kind {
        case .alert, .allClear, .retracted, .ended, .paused, .resumed, .wrongCodes, .edited,
            .extended:
            true
        case .held: !delivery.isBeside
        case .duress, .reminder, .holdReminder, .undeliverable, .drill, .daily: false
        }
    }
}

extension PlanEffect {
    /// Whether contacts hear by it what is only true after the safe code.
    fileprivate var saysThatSheIsWell: Bool {
        switch self {
        case .allClear, .retract, .announce, .announceLease: true
        case .remind, .remindOfHold, .alert, .announceHold: false
        }
    }
}
