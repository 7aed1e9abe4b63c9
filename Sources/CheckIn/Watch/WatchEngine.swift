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
    /// How long an ended plan is remembered.
    static let memory: Duration = .seconds(30 * 86_400)

    let store: any WatchStore
    let random: any RandomSource
    let writer: AlertWriter
    private var news: [WatchNews] = []

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
            for plan in try tables.plans() {
                if case .ended(_, _, let at) = plan.state, at + Self.memory < mark.now {
                    try tables.purge(plan.id)
                    try self.log(tables, mark.now, .purged, plan: plan.id)
                }
            }
            try self.log(tables, mark.now, .started)
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
        }
    }

    /// Moves every plan to where it stands now, one transaction each.
    package func tick(_ now: Instant) throws(WatchError) {
        let due = try transaction { (tables, _) throws(WatchError) in try tables.duePlans(now) }
        for id in due {
            try transaction { (tables, news) throws(WatchError) in
                guard var plan = try tables.plan(id), let wake = plan.wake, wake <= now else {
                    return
                }
                let outage = try self.outage(plan, tables, now)
                try self.apply(.tick(outage: outage), to: &plan, tables, &news, now)
                try tables.put(plan)
            }
        }
    }

    /// When there is next something to do, apart from beats.
    package func nextWake() throws(WatchError) -> Instant? {
        try transaction { (tables, _) throws(WatchError) in
            let wakes = [try tables.firstWake(), try tables.firstDelivery()]
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
                end = stop
            }
        }
        return (to - from) - heard
    }

    // MARK: Reading

    package func plans() throws(WatchError) -> [PlanRow] {
        try transaction { (tables, _) throws(WatchError) in try tables.plans() }
    }

    package func deliveries(_ plan: PlanID) throws(WatchError) -> [DeliveryRow] {
        try transaction { (tables, _) throws(WatchError) in try tables.deliveries(plan) }
    }

    package func lastMark() throws(WatchError) -> ClockMark? {
        try transaction { (tables, _) throws(WatchError) in try tables.clockMark() }
    }

    package func audit() throws(WatchError) -> [AuditEntry] {
        try transaction { (tables, _) throws(WatchError) in try tables.audit() }
    }

    // MARK: Steps of the other files

    /// One transaction; its news are told only once it is durable.
    @discardableResult
    func transaction<R>(
        _ body: (any WatchTables, inout [WatchNews]) throws(WatchError) -> R
    ) throws(WatchError) -> R {
        var fresh: [WatchNews] = []
        let result = try store.transaction { (tables) throws(WatchError) -> R in
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
