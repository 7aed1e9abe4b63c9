internal import CheckIn
package import Dispatch
package import Platform
internal import Secrets

/// A message that was claimed: whoever holds it sends it and says how that ended.
package struct Shipment: Sendable {
    package let delivery: DeliveryID
    package let fence: UInt32
    package let message: OutgoingMessage
    package let channel: ChannelSetting
}

extension WatchEngine {
    /// Claims the message that is longest due. The attempt is on disk when this returns.
    ///
    /// - Returns: nil when nothing is due, or everything due is being sent.
    package func claim(_ now: Instant) throws(WatchError) -> Shipment? {
        while true {
            let next = try transaction { (tables, _) throws(WatchError) in
                try tables.nextDelivery(now, except: self.unreadable)
            }
            guard let next else { return nil }
            do throws(WatchError) {
                if let shipment = try claim(next, now) { return shipment }
            } catch .damagedRow {
                noteUnreadable(next)
            }
        }
    }

    /// - Returns: nil when this one is not to be sent, or not any more.
    private func claim(_ id: DeliveryID, _ now: Instant) throws(WatchError) -> Shipment? {
        try transaction { (tables, news) throws(WatchError) -> Shipment? in
            guard var delivery = try tables.delivery(id) else { return nil }
            let known = try tables.plan(delivery.plan)
            // On its way as far as anybody can see: it arrives, whatever was said meanwhile.
            if let known, known.isHidden(delivery), delivery.isPretended {
                try self.pretend(&delivery, tables, &news, now)
                return nil
            }
            guard let plan = known, plan.isTrue(delivery),
                let (listener, route) = plan.listener(delivery)
            else {
                delivery.state = .cancelled
                try tables.update(delivery)
                try self.log(
                    tables, now, .cancelled, plan: delivery.plan, epoch: delivery.epoch,
                    delivery: delivery.id)
                return nil
            }
            guard !plan.isHidden(delivery) else {
                try self.pretend(&delivery, tables, &news, now)
                return nil
            }
            try self.begin(&delivery, until: now + claimLease, tables, now)
            let told = try tables.deliveries(plan.id)
            let head = try tables.lastAudit()
            let sheet: [UInt8]? =
                if let hash = listener.sheet, delivery.kind.isAlarm {
                    try self.envelope(plan.id, hash, tables)
                } else { nil }
            // An alert without its sheet is far better than none.
            let attempts = sheet == nil ? [nil] : [sheet, nil]
            let shipments = attempts.lazy.compactMap {
                self.shipment(delivery, plan, listener, route, sheet: $0, told: told, head, now)
            }
            guard let shipment = shipments.first else {
                // Cannot happen to what was checked when it was armed; loud, and never a loop.
                try self.record(
                    .refused(DeliveryReason(.message)), of: &delivery, tables, &news, now)
                return nil
            }
            return shipment
        }
    }

    /// An attempt is on disk before anything leaves.
    func begin(
        _ delivery: inout DeliveryRow, until end: Instant, _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        delivery.fence += 1
        delivery.claimedUntil = end
        try tables.update(delivery)
        try tables.put(
            AttemptRow(
                delivery: delivery.id, number: delivery.fence, at: now, outcome: .unknown,
                reason: ""))
        try log(
            tables, now, .attempt, plan: delivery.plan, epoch: delivery.epoch,
            delivery: delivery.id, detail: delivery.fence)
    }

    /// An alert goes out also without its sheet.
    private func envelope(_ plan: PlanID, _ hash: [UInt8], _ tables: any WatchTables)
        throws(WatchError) -> [UInt8]?
    {
        do throws(WatchError) { return try tables.envelope(plan, hash: hash) } catch .damagedRow {
            return nil
        }
    }

    /// The servers of plans that are watched, whose clocks are not this machine's.
    func witnesses() throws(WatchError) -> [WebServer] {
        var found: [WebServer] = []
        for plan in try plans() where plan.isWatched {
            for route in plan.registration.tiers.flatMap({ $0 }).flatMap(\.routes) {
                guard let server = (try? ChannelAddress(parsing: route.url))?.web,
                    server.isWitness, !found.contains(server)
                else { continue }
                found.append(server)
            }
        }
        return found
    }

    /// Records how an attempt ended. A result of an older claim is only noted.
    package func finish(_ shipment: Shipment, _ result: DeliveryResult, _ now: Instant)
        throws(WatchError)
    {
        try transaction { (tables, news) throws(WatchError) in
            guard var delivery = try tables.delivery(shipment.delivery) else { return }
            guard delivery.fence == shipment.fence else {
                try tables.put(
                    AttemptRow(
                        delivery: delivery.id, number: shipment.fence, at: now,
                        outcome: result.outcome, reason: result.reason?.description ?? ""))
                return
            }
            try self.record(result, of: &delivery, tables, &news, now)
        }
    }

    private func shipment(
        _ delivery: DeliveryRow, _ plan: PlanRow, _ listener: Listener, _ route: Route,
        sheet: [UInt8]?, told: [DeliveryRow], _ head: AuditEntry?, _ now: Instant
    ) -> Shipment? {
        guard let address = try? ChannelAddress(parsing: route.url),
            let message = writer.message(
                delivery, plan: plan, to: listener, route: route, sheet: sheet,
                deliveries: told, head: head, now: now)
        else { return nil }
        let password = route.password.flatMap { bytes -> SharedSecret? in
            guard !bytes.isEmpty else { return nil }
            return SharedSecret(SecretBytes(copying: bytes.span))
        }
        return Shipment(
            delivery: delivery.id, fence: delivery.fence, message: message,
            channel: ChannelSetting(name: route.channel, address: address, password: password))
    }

    /// What an attempt's end means for its message, for the contact's other channels and for the
    /// next tier.
    func record(
        _ result: DeliveryResult, of delivery: inout DeliveryRow, _ tables: any WatchTables,
        _ news: inout [WatchNews], _ now: Instant
    ) throws(WatchError) {
        delivery.claimedUntil = nil
        let wasRefused = delivery.isRefused
        switch result {
        case .delivered: if delivery.state == .pending { delivery.state = .delivered }
        case .tryAgain, .refused:
            delivery.failures += 1
            delivery.due =
                now
                + RetrySchedule.wait(
                    afterFailures: delivery.failures, asked: result.reason?.wait, random: random)
            if case .refused = result { delivery.isRefused = true }
            if !delivery.kind.isAlarm, delivery.state == .pending,
                now - delivery.created > RetrySchedule.patience
            {
                delivery.state = .cancelled
            }
        }
        try tables.update(delivery)
        try tables.put(
            AttemptRow(
                delivery: delivery.id, number: delivery.fence, at: now, outcome: result.outcome,
                reason: result.reason?.description ?? ""))
        try log(
            tables, now, .result, plan: delivery.plan, epoch: delivery.epoch,
            delivery: delivery.id, detail: UInt32(result.outcome.rawValue))

        guard var plan = try tables.plan(delivery.plan) else { return }
        let label = plan.registration.label
        let sent = delivery
        let all = try tables.deliveries(delivery.plan)
        // A folder on this machine tells nobody: what lies there stops nothing and starts nothing.
        let isCopy = plan.isCopy(sent)
        let siblings = all.filter { $0.isSibling(of: sent) && !plan.isCopy($0) }
        if sent.kind == .duress || sent.isBeside {
            // Nobody at this screen learns of it.
        } else if let reason = result.reason {
            news.append(
                .failed(
                    label, sent.kind, contact: sent.contact, channel: sent.channel,
                    reason: reason.description))
        } else if plan.listener(sent)?.route.isFolder == true {
            let isTold = siblings.contains { $0.state == .delivered }
            news.append(
                .stored(
                    label, sent.kind, contact: sent.contact, channel: sent.channel,
                    others: isCopy ? (isTold ? [] : siblings.map(\.channel)) : nil))
        } else {
            news.append(
                .delivered(label, sent.kind, contact: sent.contact, channel: sent.channel))
        }
        if sent.kind == .alert, sent.state == .cancelled {
            try releaseAllClear(after: sent, all, tables, now)
        }
        guard !isCopy else { return }
        // A text message that was taken is no reason to keep the letter with her sheet back.
        let lane = plan.lane(sent)
        let besides = siblings.filter { plan.lane($0) == lane }
        if sent.state == .delivered {
            for var other in besides where other.state == .standby || other.state == .pending {
                other.state = .cancelled
                try tables.update(other)
            }
            return
        }
        guard sent.state == .pending else { return }
        if sent.failures >= 2 || sent.isRefused,
            var next = besides.first(where: { $0.state == .standby })
        {
            next.state = .pending
            next.due = now
            try tables.update(next)
            return
        }
        // Nobody to hear on any channel: the next tier does not wait for a server to mend.
        guard sent.kind.isAlarm, sent.isRefused, !wasRefused, plan.isTrue(sent),
            siblings.allSatisfy({ $0.state != .delivered && $0.isRefused })
        else { return }
        if sent.kind == .duress {
            guard plan.duress?.machine.told == sent.tier + 1 else { return }
            try moveDuress(.tellAtLeast(sent.tier + 2), &plan, tables, now)
            return try tables.put(plan)
        }
        news.append(.unreachable(label, contact: sent.contact))
        try post(.undeliverable, tier: sent.tier, to: plan.owners, plan, tables, now)
        guard case .overdue(_, _, let told) = plan.state, told == sent.tier + 1 else { return }
        try apply(.bringForward, to: &plan, tables, &news, now)
        try tables.put(plan)
    }

    /// The alert that an all-clear waited for has ended: it may follow at once.
    private func releaseAllClear(
        after alert: DeliveryRow, _ all: [DeliveryRow], _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        for var clear in all
        where clear.kind.endsAlert && clear.epoch == alert.epoch && clear.state == .pending
            && clear.contact == alert.contact && clear.channel == alert.channel && clear.due > now
            && clear.attempts == 0
        {
            clear.due = now
            try tables.update(clear)
        }
    }
}

extension DeliveryRow {
    /// The same message to the same person over another channel. An all-clear has none: it follows
    /// its alert on every channel.
    func isSibling(of other: DeliveryRow) -> Bool {
        !kind.endsAlert && id != other.id && epoch == other.epoch && tier == other.tier
            && kind == other.kind
            && contact == other.contact
    }
}

extension DeliveryResult {
    var outcome: AttemptRow.Outcome {
        switch self {
        case .delivered: .delivered
        case .tryAgain: .failed
        case .refused: .refused
        }
    }
}
