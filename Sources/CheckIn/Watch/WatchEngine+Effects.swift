internal import CheckIn
internal import Platform

// What an event means in rows: state, outbox and audit change together or not at all.
extension WatchEngine {
    /// - Parameter isDeferred: What contacts hear waits for the next fixed look: until then nobody,
    ///   and no row, tells with which code it was asked for.
    func apply(
        _ event: PlanEvent, to plan: inout PlanRow, _ tables: any WatchTables,
        _ news: inout [WatchNews], _ now: Instant, isDeferred: Bool = false
    ) throws(WatchError) {
        let step: (state: PlanState, effects: [PlanEffect])
        do {
            step = try plan.state.after(event, terms: plan.registration.terms, now: now)
        } catch {
            throw .plan(error)
        }
        try take(step, of: &plan, tables, &news, now, isDeferred: isDeferred)
    }

    func take(
        _ step: (state: PlanState, effects: [PlanEffect]), of plan: inout PlanRow,
        _ tables: any WatchTables, _ news: inout [WatchNews], _ now: Instant,
        isDeferred: Bool = false
    ) throws(WatchError) {
        let before = plan.state
        plan.state = step.state
        if case .hold(_, .offline(let outage), let until, _) = step.state, step.state != before {
            plan.outage = outage
            news.append(
                .hold(
                    plan.registration.label, outage: outage, leap: plan.leapOfClock, until: until))
            try log(
                tables, now, .hold, plan: plan.id, epoch: step.state.epoch,
                detail: UInt32(clamping: outage.wholeMilliseconds / 1_000))
        } else if step.state.epoch != before.epoch {
            plan.outage = nil
        }
        if isDeferred {
            plan.deferred += step.effects
        } else {
            for effect in step.effects { try carryOut(effect, &plan, tables, &news, now) }
        }
        if case .ended(let ending, let epoch, _) = step.state, !before.isEnded {
            plan.amendment = nil
            news.append(.ended(plan.registration.label, ending))
            try log(
                tables, now, .ended, plan: plan.id, epoch: epoch,
                detail: UInt32(ending.rawValue))
        }
    }

    func carryOut(
        _ effect: PlanEffect, _ plan: inout PlanRow, _ tables: any WatchTables,
        _ news: inout [WatchNews], _ now: Instant
    ) throws(WatchError) {
        let label = plan.registration.label
        let epoch = plan.state.epoch
        switch effect {
        case .remind(let index):
            try post(.reminder, tier: index, to: plan.owners, plan, tables, now)
            try log(tables, now, .reminder, plan: plan.id, epoch: epoch, tier: index)
            if let lease = plan.state.lease {
                news.append(.reminder(label, deadline: lease.deadline))
            }
        case .remindOfHold:
            try post(.holdReminder, tier: 0, to: plan.owners, plan, tables, now)
        case .alert(let tier):
            // Whoever was told "do not call" is not told "call" now; nobody hears later for it, and
            // who was told long ago hears that she is silent again.
            if tier == 0 { try moveDuress(.lapse, &plan, tables, now) }
            try moveDuress(.tellAtLeast(tier + 1), &plan, tables, now)
            guard try tables.insertFire(plan.id, epoch: epoch, tier: tier, at: now) else {
                // No way leads here: each alarm has an epoch of its own. If one ever does, the
                // people of this tier would wait for a message that stands written as sent.
                try log(tables, now, .notFired, plan: plan.id, epoch: epoch, tier: tier)
                news.append(.notFired(label, tier: tier))
                return
            }
            let listeners = plan.registration.tiers[tier]
            try withdrawAllClears(from: listeners, plan, tables)
            try post(.alert, tier: tier, to: listeners, plan, tables, now)
            try log(tables, now, .fired, plan: plan.id, epoch: epoch, tier: tier)
            news.append(.fired(label, tier: tier, contacts: listeners.map(\.name)))
        case .allClear(let epoch):
            let told = try standDown(.allClear, epoch, plan, tables, now)
            news.append(.allClear(label, contacts: told))
        case .retract(let epoch):
            let told = try standDown(.retracted, epoch, plan, tables, now)
            news.append(.retracted(label, contacts: told))
        case .announce(let order):
            try log(
                tables, now, .order, plan: plan.id, epoch: epoch, detail: UInt32(order.rawValue))
            let kind: MessageKind =
                switch order {
                case .end: .ended
                case .pause: .paused
                case .resume: .resumed
                case .update, .card: .edited
                }
            try announce(kind, plan, tables, now)
        case .announceLease: try announce(.extended, plan, tables, now)
        case .announceHold(let until):
            try postHeld(.alert, epoch: epoch, plan, tables, now)
            news.append(.held(label, until: until))
        }
    }

    /// Tier 1 hears what was done with the code.
    /// Those hear it who are told first, and those who were before the change that it is about.
    func announce(
        _ kind: MessageKind, _ plan: PlanRow, _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        let first = plan.registration.tiers[0]
        let names = Set((plan.before?.tiers[0] ?? []).map(\.name)).subtracting(first.map(\.name))
        // By the ways that are in force: whoever is in no tier any more was told while she was.
        let others = plan.registration.tiers.dropFirst().flatMap { $0 }
        var earlier: [Listener] = []
        for listener in others where names.contains(listener.name) {
            if !earlier.contains(where: { $0.name == listener.name }) { earlier.append(listener) }
        }
        try post(kind, tier: Self.ordinal(now), to: first + earlier, plan, tables, now)
    }

    /// Tells notices of one kind and epoch apart.
    static func ordinal(_ now: Instant) -> Int { Int((now.milliseconds / 1_000) & 0x7FFF_FFFF) }

    /// Everybody who was told hears that two contacts hold what is still to be told.
    ///
    /// - Parameter alarm: `.alert`, or `.duress`, whose notices are told apart by their epoch.
    func postHeld(
        _ alarm: MessageKind, epoch: UInt32, _ plan: PlanRow, _ tables: any WatchTables,
        _ now: Instant
    ) throws(WatchError) {
        for alert in try tables.deliveries(plan.id)
        where alert.kind == alarm && alert.epoch == epoch && alert.attempts > 0 {
            try tables.insert(
                DeliveryRow(
                    plan: plan.id,
                    epoch: alarm == .duress ? epoch | PlanRow.besideEpoch : epoch,
                    tier: Self.ordinal(now), kind: .held, contact: alert.contact,
                    channel: alert.channel, created: now, state: .pending))
        }
    }

    /// Puts a message for each of `listeners` into the outbox: copies and the first channel of each
    /// lane at once, the others for when it fails.
    func post(
        _ kind: MessageKind, tier: Int, to listeners: [Listener], epoch: UInt32? = nil,
        _ plan: PlanRow, _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        for listener in listeners {
            var begun: Set<Route.Lane> = []
            // A duress alert lies in no folder that whoever is at this machine might open.
            for route in listener.routes where kind != .duress || !listener.isCopy(route) {
                let isNow = listener.isCopy(route) || begun.insert(route.lane).inserted
                try tables.insert(
                    DeliveryRow(
                        plan: plan.id, epoch: epoch ?? plan.state.epoch, tier: tier, kind: kind,
                        contact: listener.name, channel: route.channel, created: now,
                        state: isNow ? .pending : .standby))
            }
        }
    }

    /// Everyone to whom an alert of `epoch` may have gone hears that it is over, by the same
    /// channels; what was not yet tried is withdrawn.
    ///
    /// - Returns: Their names.
    private func standDown(
        _ kind: MessageKind, _ epoch: UInt32, _ plan: PlanRow, _ tables: any WatchTables,
        _ now: Instant
    ) throws(WatchError) -> [String] {
        var told: [String] = []
        for var alert in try tables.deliveries(plan.id)
        where alert.kind == .alert && alert.epoch == epoch {
            let flight = alert.claimedUntil
            if alert.state == .pending || alert.state == .standby {
                alert.state = .cancelled
                try tables.update(alert)
            }
            // An attempt that was committed counts as sent, whatever became of it.
            guard alert.attempts > 0 else { continue }
            var clear = DeliveryRow(
                plan: plan.id, epoch: epoch, tier: 0, kind: kind, contact: alert.contact,
                channel: alert.channel, created: now, state: .pending)
            // Not before an alert that is still on its way: the last word must be the all-clear.
            if let flight, flight > now { clear.due = flight }
            if try tables.insert(clear), !plan.isCopy(alert), !told.contains(alert.contact) {
                told.append(alert.contact)
            }
        }
        try log(
            tables, now, .allClear, plan: plan.id, epoch: epoch, detail: UInt32(kind.rawValue))
        return told
    }

    /// An all-clear that arrives after a newer alert would silence it.
    func withdrawAllClears(
        from listeners: [Listener], _ plan: PlanRow, _ tables: any WatchTables
    ) throws(WatchError) {
        let names = Set(listeners.map(\.name))
        for var clear in try tables.deliveries(plan.id)
        where clear.kind.endsAlert && clear.state == .pending && names.contains(clear.contact) {
            clear.state = .cancelled
            try tables.update(clear)
        }
    }
}

extension PlanRow {
    /// The journalist herself, where she can be reached.
    var owners: [Listener] { registration.owner.map { [$0] } ?? [] }

    /// Whom a delivery goes to, and how.
    func listener(_ delivery: DeliveryRow) -> (listener: Listener, route: Route)? {
        let known = registration(for: delivery)
        func inTier(_ registration: Registration) -> Listener? {
            registration.tiers.indices.contains(delivery.tier)
                ? registration.tiers[delivery.tier].first { $0.name == delivery.contact } : nil
        }
        let listener: Listener? =
            switch delivery.kind {
            case .reminder, .holdReminder, .undeliverable, .daily: known.owner
            case .alert, .drill, .duress: inTier(known)
            case .allClear, .retracted, .ended, .paused, .resumed, .edited, .extended, .held,
                .wrongCodes:
                known.tiers.flatMap { $0 }.first { $0.name == delivery.contact }
            }
        guard let listener, listener.name == delivery.contact,
            let route = listener.routes.first(where: { $0.channel == delivery.channel })
        else { return nil }
        return (listener, route)
    }

    /// Which of a person's ways a message takes; nil when she has it no more.
    func lane(_ delivery: DeliveryRow) -> Route.Lane? { listener(delivery)?.route.lane }

    /// The plan that a message is about: under duress, as it was before the code.
    func registration(for delivery: DeliveryRow) -> Registration {
        switch delivery.kind {
        case .duress: duress?.registration ?? registration
        case .held: duress?.registration ?? registration
        case .reminder, .holdReminder, .undeliverable, .daily, .alert, .drill, .allClear,
            .retracted, .ended, .paused, .resumed, .edited, .extended, .wrongCodes:
            registration
        }
    }

    /// Whether a message only comes to lie in a folder here, of a person who is told otherwise.
    func isCopy(_ delivery: DeliveryRow) -> Bool {
        listener(delivery).map { $0.listener.isCopy($0.route) } ?? false
    }

    /// Whether a message still says what is so.
    func isTrue(_ delivery: DeliveryRow) -> Bool {
        switch delivery.kind {
        case .alert: delivery.epoch == state.epoch && state.isAlarming
        case .duress: delivery.epoch == duress?.machine.epoch
        case .reminder, .holdReminder: delivery.epoch == state.epoch && !state.isEnded
        case .held:
            delivery.alarmEpoch == (delivery.isBeside ? duress?.machine.epoch : state.epoch)
        case .allClear, .retracted, .ended, .paused, .resumed, .wrongCodes, .edited, .extended,
            .undeliverable, .drill, .daily:
            true
        }
    }
}
