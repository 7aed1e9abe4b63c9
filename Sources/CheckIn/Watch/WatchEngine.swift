package import CheckIn
package import Platform
package import Secrets

/// Keeps promises' deadlines and says what has to be sent. It neither sleeps nor sends: a driver
/// calls it, and every call is one or a few transactions.
///
/// The rules, in the words of the design: an alert is in the outbox before anything is sent; a
/// claim has a lease and a fence; an attempt is committed before the message leaves; a check-in is
/// confirmed only after its commit. A crash between any two steps repeats a labelled message and
/// loses none.
package final class WatchEngine {
    package static let claimLease: Duration = .seconds(60)
    /// The same on a clock that runs faster in practice, where couriers do not.
    var claimLease = WatchEngine.claimLease
    /// How long an ended plan is remembered.
    static let memory: Duration = .seconds(30 * 86_400)
    static let day: Duration = .seconds(86_400)

    let store: any WatchStore
    let random: any RandomSource
    let writer: AlertWriter
    private var news: [WatchNews] = []
    /// Plans and messages whose rows do not open: named once, and left alone.
    private(set) var damaged: Set<PlanID> = []
    var unreadable: Set<DeliveryID> = []
    private var hasNamelessRow = false
    private var labels: [PlanID: PlanLabel] = [:]
    /// Hashes of the last wrong tokens of each plan: their repeats are not counted again.
    var wrongTokens: [PlanID: [[UInt8]]] = [:]
    private var lastPurge = Instant(milliseconds: 0)
    /// The fixed hour of which the log was told last, by this process.
    var lastDaily = 0

    package init(store: any WatchStore, random: any RandomSource, writer: AlertWriter) {
        self.store = store
        self.random = random
        self.writer = writer
    }

    /// What happened since the last call.
    package func takeNews() -> [WatchNews] {
        defer { news = [] }
        return news
    }

    // MARK: Time

    /// To be called once, by the process that holds the watcher's lock: earlier claims are void,
    /// and from now on check-ins can arrive.
    package func start(_ mark: ClockMark) throws(WatchError) {
        try transaction { (tables, _) throws(WatchError) in
            try tables.voidClaims()
            try tables.openCoverage(mark.now)
            try tables.put(mark)
            try tables.dropCoverage(before: mark.now - Self.memory)
            try self.purge(tables, mark.now)
            try self.log(tables, mark.now, .started)
        }
        lastPurge = mark.now
    }

    /// Thirty days after its end, or after a rehearsal that nothing followed, nothing is left of a
    /// plan but the audit's hashes.
    private func purge(_ tables: any WatchTables, _ now: Instant) throws(WatchError) {
        for plan in try readable(tables) {
            let end: Instant? =
                switch plan.state {
                case .ended(_, _, let at): at
                case .draft: plan.drill?.at ?? plan.duress?.machine.start
                case .armed, .due, .grace, .overdue, .paused, .hold: nil
                }
            guard let end, end + Self.memory < now else { continue }
            try tables.purge(plan.id)
            try log(tables, now, .purged, plan: plan.id)
        }
    }

    /// Says that check-ins could arrive until now.
    ///
    /// - Parameter wasAway: The process slept since the last beat, and heard nothing meanwhile.
    package func beat(_ mark: ClockMark, wasAway: Bool = false) throws(WatchError) {
        try transaction { (tables, _) throws(WatchError) in
            if wasAway {
                try tables.openCoverage(mark.now)
            } else {
                try tables.extendCoverage(to: mark.now)
            }
            try tables.put(mark)
            if mark.now - self.lastPurge > Self.day { try self.purge(tables, mark.now) }
        }
        if mark.now - lastPurge > Self.day { lastPurge = mark.now }
    }

    /// The time was put back to the mark's: what waits in the outbox is due, later stretches of
    /// coverage never were, and no plan waits for longer than it would have.
    package func lowerTime(_ lowering: ClockLowering, _ mark: ClockMark) throws(WatchError) {
        try transaction { (tables, news) throws(WatchError) in
            for var plan in try self.readable(tables) {
                try self.take(
                    plan.state.putBack(
                        by: lowering.difference, to: mark.now, terms: plan.registration.terms,
                        reachesAlarms: lowering.reachesAlarms),
                    of: &plan, tables, &news, mark.now)
                plan.lastSeen = plan.lastSeen.map {
                    $0 > mark.now ? min(mark.now, $0 - lowering.difference) : $0
                }
                plan.moveWaits { moment in
                    lowering.reachesAlarms && moment > mark.now
                        ? moment - lowering.difference : moment
                }
                plan.look = plan.look.map { min($0, mark.now) }
                try tables.put(plan)
            }
            try tables.lowerTime(to: mark.now)
            try tables.openCoverage(mark.now)
            try tables.put(mark)
        }
    }

    /// The time went forward by more than passed. Waits that were measured on the old time, and the
    /// stretches in which check-ins could arrive, move along; a fixed hour that was leapt over
    /// could not be met, and counts as an outage.
    package func raiseTime(_ leap: ClockLeap, _ mark: ClockMark) throws(WatchError) {
        func wasMeasured(_ moment: Instant) -> Bool { moment >= leap.origin && moment <= leap.from }
        try transaction { (tables, _) throws(WatchError) in
            for var plan in try self.readable(tables) {
                plan.state = plan.state.putForward(
                    by: leap.length, from: leap.origin, to: leap.from, heard: plan.lastSeen,
                    terms: plan.registration.terms)
                plan.lastSeen = plan.lastSeen.map { wasMeasured($0) ? $0 + leap.length : $0 }
                // What was ordered on the old time waits as long as it was to.
                plan.moveWaits { moment in
                    moment >= leap.origin && moment <= leap.from + Amendment.patience
                        ? moment + leap.length : moment
                }
                if case .deadlines = plan.registration.terms.promise, !leap.wasOff {
                    plan.leapt = Coverage(from: leap.from, to: leap.to)
                }
                try tables.put(plan)
            }
            for stretch in try tables.coverage(since: leap.origin) where wasMeasured(stretch.from) {
                try tables.openCoverage(stretch.from + leap.length)
                try tables.extendCoverage(to: stretch.to + leap.length)
            }
            try tables.put(mark)
        }
    }

    /// Moves every plan to where it stands now, one transaction each.
    package func tick(_ now: Instant) throws(WatchError) {
        let due = try transaction { (tables, _) throws(WatchError) in try tables.duePlans(now) }
        var failure: WatchError?
        for id in due {
            // What is wrong with one plan keeps no other from its alarm.
            do throws(WatchError) {
                try tick(id, now)
                damaged.remove(id)
            } catch .damagedRow {
                noteDamage(id)
            } catch .plan {
                noteDamage(id)
            } catch .store(.busy) {
                throw .store(.busy)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private func tick(_ id: PlanID, _ now: Instant) throws(WatchError) {
        try transaction { (tables, news) throws(WatchError) in
            guard var plan = try tables.plan(id), let wake = plan.wake, wake <= now else { return }
            // Before anything else is told: what came in may change it, or forbid it.
            if plan.look != nil { try self.look(&plan, tables, &news, now) }
            if let amendment = plan.amendment, amendment.isMet, amendment.ready <= now,
                plan.state.isQuiet
            {
                try self.amend(&plan, amendment.registration, tables, &news, now)
            }
            if plan.duress != nil { try self.moveDuress(.tick, &plan, tables, now) }
            let outage = try self.outage(plan, tables, now)
            try self.apply(.tick(outage: outage), to: &plan, tables, &news, now)
            try tables.put(plan)
        }
    }

    /// A change that waited takes effect.
    private func amend(
        _ plan: inout PlanRow, _ registration: Registration, _ tables: any WatchTables,
        _ news: inout [WatchNews], _ now: Instant
    ) throws(WatchError) {
        try apply(.amend(registration.terms, sign: nil), to: &plan, tables, &news, now)
        plan.registration = registration
        plan.amendment = nil
        try log(
            tables, now, .amended, plan: plan.id, epoch: plan.state.epoch,
            detail: registration.epoch)
        news.append(.amended(registration.label))
    }

    /// When there is next something to do, apart from beats.
    package func nextWake() throws(WatchError) -> Instant? {
        try transaction { (tables, _) throws(WatchError) in
            let wakes = [
                try tables.firstWake(except: self.damaged),
                try tables.firstDelivery(except: self.unreadable),
            ]
            return wakes.compactMap { $0 }.min()
        }
    }

    /// For how long, while a check-in was awaited, none could have arrived.
    private func outage(_ plan: PlanRow, _ tables: any WatchTables, _ now: Instant)
        throws(WatchError) -> Duration
    {
        guard let (from, to) = plan.state.listening(plan.registration.terms), from < to, to <= now
        else { return .zero }
        var heard: Duration = .zero
        var end = from
        for stretch in try tables.coverage(since: from) {
            let start = max(stretch.from, end)
            let stop = min(stretch.to, to)
            if start < stop {
                heard += stop - start
                if let leapt = plan.leapt {
                    heard -= max(.zero, min(stop, leapt.to) - max(start, leapt.from))
                }
                end = stop
            }
        }
        return (to - from) - heard
    }

    /// Why nothing can be stored now; the engine goes on from memory where its store can.
    package var storeFailure: StoreFailure? { store.failure }

    /// Tries a store again that failed.
    package func recover() throws(WatchError) { try store.recover() }

    // MARK: Reading

    /// Those that can be read; the others are named in the news.
    package func plans() throws(WatchError) -> [PlanRow] {
        try transaction { (tables, _) throws(WatchError) in try self.readable(tables) }
    }

    /// As it was when the plan was last read.
    package func label(_ plan: PlanID) -> PlanLabel? { labels[plan] }

    func readable(_ tables: any WatchTables) throws(WatchError) -> [PlanRow] {
        var found: [PlanRow] = []
        for id in try tables.planIDs() {
            guard let id else {
                noteDamage(nil)
                continue
            }
            do throws(WatchError) {
                guard let plan = try tables.plan(id) else { continue }
                labels[id] = plan.registration.label
                found.append(plan)
            } catch .damagedRow {
                noteDamage(id)
            }
        }
        return found
    }

    func noteDamage(_ plan: PlanID?) {
        if let plan {
            guard damaged.insert(plan).inserted else { return }
        } else {
            guard !hasNamelessRow else { return }
            hasNamelessRow = true
        }
        news.append(.damaged(plan, plan.flatMap { labels[$0] }))
    }

    func noteUnreadable(_ delivery: DeliveryID) {
        guard unreadable.insert(delivery).inserted else { return }
        news.append(.unreadable(delivery))
    }

    package func deliveries(_ plan: PlanID) throws(WatchError) -> [DeliveryRow] {
        try transaction { (tables, _) throws(WatchError) in try tables.deliveries(plan) }
    }

    package func summary(_ plan: PlanRow) throws(WatchError) -> PlanSummary {
        try transaction { (tables, _) throws(WatchError) in
            try PlanSummary(
                plan, deliveries: tables.deliveries(plan.id), acks: tables.acks(plan.id),
                paperCodes: tables.paperCodes(plan.id))
        }
    }

    /// - Returns: nil also for a mark that cannot be: it says nothing about the clock.
    package func lastMark() throws(WatchError) -> ClockMark? {
        do throws(WatchError) {
            return try transaction { (tables, _) throws(WatchError) in try tables.clockMark() }
        } catch .damagedRow {
            return nil
        }
    }

    package func audit() throws(WatchError) -> [AuditEntry] {
        try transaction { (tables, _) throws(WatchError) in try tables.audit() }
    }

    // MARK: Steps of the other files

    /// One transaction; its news are told only once it is durable.
    @discardableResult
    func transaction<R>(
        _ keeping: Keeping = .anywhere,
        _ body: (any WatchTables, inout [WatchNews]) throws(WatchError) -> R
    ) throws(WatchError) -> R {
        var fresh: [WatchNews] = []
        let result = try store.transaction(keeping) { (tables) throws(WatchError) -> R in
            fresh = []
            return try body(tables, &fresh)
        }
        news += fresh
        return result
    }

    func log(
        _ tables: any WatchTables, _ now: Instant, _ event: AuditEntry.Event, plan: PlanID? = nil,
        epoch: UInt32? = nil, tier: Int? = nil, delivery: DeliveryID? = nil, detail: UInt32? = nil
    ) throws(WatchError) {
        try tables.append(
            AuditEntry(
                after: tables.lastAudit(), at: now, event, plan: plan, epoch: epoch, tier: tier,
                delivery: delivery, detail: detail))
    }
}
