internal import CheckIn
internal import Platform

// What an event means in rows: state, outbox and audit change together or not at all.
extension WatchEngine {
    func apply(
        _ event: PlanEvent, to plan: inout PlanRow, _ tables: any WatchTables,
        _ news: inout [WatchNews], _ now: Instant
    ) throws(WatchError) {
        let step: (state: PlanState, effects: [PlanEffect])
        do {
            step = try plan.state.after(event, terms: plan.registration.terms, now: now)
        } catch {
            throw .plan(error)
        }
        try take(step, of: &plan, tables, &news, now)
    }

    func take(
        _ step: (state: PlanState, effects: [PlanEffect]), of plan: inout PlanRow,
        _ tables: any WatchTables, _ news: inout [WatchNews], _ now: Instant
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
        for effect in step.effects { try carryOut(effect, plan, tables, &news, now) }
        if case .ended(let ending, let epoch, _) = step.state, !before.isEnded {
            news.append(.ended(plan.registration.label, ending))
            try log(
                tables, now, .ended, plan: plan.id, epoch: epoch,
                detail: UInt32(ending.rawValue))
        }
    }

    private func carryOut(
        _ effect: PlanEffect, _ plan: PlanRow, _ tables: any WatchTables,
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
            let kind: MessageKind =
                switch order {
                case .end: .ended
                case .pause: .paused
                case .resume: .resumed
                }
            try post(kind, tier: 0, to: plan.registration.tiers[0], plan, tables, now)
            try log(
                tables, now, .order, plan: plan.id, epoch: epoch, detail: UInt32(order.rawValue))
        }
    }

    /// Puts a message for each of `listeners` into the outbox: copies and the first channel of each
    /// lane at once, the others for when it fails.
    func post(
        _ kind: MessageKind, tier: Int, to listeners: [Listener], _ plan: PlanRow,
        _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        for listener in listeners {
            var begun: Set<Route.Lane> = []
            for route in listener.routes {
                let isNow = listener.isCopy(route) || begun.insert(route.lane).inserted
                try tables.insert(
                    DeliveryRow(
                        plan: plan.id, epoch: plan.state.epoch, tier: tier, kind: kind,
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
    private func withdrawAllClears(
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
        let everyone = registration.tiers.flatMap { $0 }
        let listener: Listener? =
            switch delivery.kind {
            case .reminder, .holdReminder, .undeliverable, .daily: registration.owner
            case .alert, .drill, .wrongCodes, .duress:
                registration.tiers.indices.contains(delivery.tier)
                    ? registration.tiers[delivery.tier].first { $0.name == delivery.contact } : nil
            case .allClear, .retracted, .ended, .paused, .resumed, .edited, .extended, .held:
                everyone.first { $0.name == delivery.contact }
            }
        guard let listener, listener.name == delivery.contact,
            let route = listener.routes.first(where: { $0.channel == delivery.channel })
        else { return nil }
        return (listener, route)
    }

    /// Which of a person's ways a message takes; nil when she has it no more.
    func lane(_ delivery: DeliveryRow) -> Route.Lane? { listener(delivery)?.route.lane }

    /// Whether a message only comes to lie in a folder here, of a person who is told otherwise.
    func isCopy(_ delivery: DeliveryRow) -> Bool {
        listener(delivery).map { $0.listener.isCopy($0.route) } ?? false
    }

    /// Whether a message still says what is so.
    func isTrue(_ delivery: DeliveryRow) -> Bool {
        switch delivery.kind {
        case .alert: delivery.epoch == state.epoch && state.isOverdue
        case .reminder, .holdReminder: delivery.epoch == state.epoch && !state.isEnded
        case .allClear, .retracted, .undeliverable, .ended, .paused, .resumed, .drill, .wrongCodes,
            .duress, .edited, .extended, .held, .daily:
            true
        }
    }
}
