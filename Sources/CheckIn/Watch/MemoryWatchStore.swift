internal import CheckIn
internal import Platform

/// Everything in memory: for simulations, and for going on when the disk fails.
package final class MemoryWatchStore: WatchStore {
    private let tables = MemoryTables()

    package init() {}

    package func transaction<R>(
        _ body: (any WatchTables) throws(WatchError) -> R
    ) throws(WatchError) -> R {
        // Values: the copy costs nothing until something changes.
        let before = tables.rows
        do {
            return try body(tables)
        } catch {
            tables.rows = before
            throw error
        }
    }
}

private struct Rows {
    struct Fire: Hashable {
        let plan: PlanID
        let epoch: UInt32
        let tier: Int
    }

    var plans: [PlanID: PlanRow] = [:]
    var wakes: [PlanID: Instant] = [:]
    var checkIns: [PlanID: [UInt64: CheckInRow]] = [:]
    var fires: [Fire: Instant] = [:]
    var deliveries: [DeliveryID: DeliveryRow] = [:]
    var order: [PlanID: [DeliveryID]] = [:]
    var pending: Set<DeliveryID> = []
    var attempts: [DeliveryID: [UInt32: AttemptRow]] = [:]
    var acks: [DeliveryID: [Instant: AckRow]] = [:]
    var paperCodes: [PlanID: [PaperCodeRow]] = [:]
    var envelopes: [PlanID: [[UInt8]: [UInt8]]] = [:]
    var coverage: [Coverage] = []
    var mark: ClockMark?
    var audit: [AuditEntry] = []
}

private final class MemoryTables: WatchTables {
    var rows = Rows()

    func plan(_ id: PlanID) -> PlanRow? { rows.plans[id] }

    func plans() -> [PlanRow] { rows.plans.values.sorted { $0.id < $1.id } }

    func planIDs() -> [PlanID?] { rows.plans.keys.sorted() }

    func put(_ plan: PlanRow) {
        rows.plans[plan.id] = plan
        rows.wakes[plan.id] = plan.wake
    }

    func duePlans(_ now: Instant) -> [PlanID] {
        rows.wakes.filter { $0.value <= now }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    }

    func firstWake(except: Set<PlanID>) -> Instant? {
        rows.wakes.filter { !except.contains($0.key) }.values.min()
    }

    func purge(_ plan: PlanID) {
        rows.plans[plan] = nil
        rows.wakes[plan] = nil
        rows.checkIns[plan] = nil
        rows.fires = rows.fires.filter { $0.key.plan != plan }
        for id in rows.order.removeValue(forKey: plan) ?? [] {
            rows.deliveries[id] = nil
            rows.pending.remove(id)
            rows.attempts[id] = nil
            rows.acks[id] = nil
        }
        rows.envelopes[plan] = nil
        rows.paperCodes[plan] = nil
    }

    func checkIn(_ plan: PlanID, counter: UInt64) -> CheckInRow? { rows.checkIns[plan]?[counter] }

    func insert(_ checkIn: CheckInRow) {
        rows.checkIns[checkIn.plan, default: [:]][checkIn.counter] = checkIn
    }

    func checkIns(_ plan: PlanID, after counter: UInt64) -> [CheckInRow?] {
        (rows.checkIns[plan] ?? [:]).values.filter { $0.counter > counter }
            .sorted { $0.counter < $1.counter }
    }

    func paperCodes(_ plan: PlanID) -> [PaperCodeRow] {
        (rows.paperCodes[plan] ?? []).sorted {
            $0.number == $1.number
                ? $0.hash.lexicographicallyPrecedes($1.hash) : $0.number < $1.number
        }
    }

    func replacePaperCodes(_ plan: PlanID, with codes: [PaperCodeRow]) {
        rows.paperCodes[plan] = codes
    }

    func usePaperCode(_ plan: PlanID, number: Int, at: Instant) {
        rows.paperCodes[plan] = rows.paperCodes[plan]?.map { code in
            var code = code
            if code.number == number { code.used = at }
            return code
        }
    }

    func put(_ ack: AckRow) { rows.acks[ack.delivery, default: [:]][ack.at] = ack }

    func acks(_ plan: PlanID) -> [AckRow] {
        (rows.order[plan] ?? []).flatMap { (rows.acks[$0] ?? [:]).values }
            .sorted { ($0.at, $0.delivery) < ($1.at, $1.delivery) }
    }

    func insertFire(_ plan: PlanID, epoch: UInt32, tier: Int, at: Instant) -> Bool {
        let fire = Rows.Fire(plan: plan, epoch: epoch, tier: tier)
        guard rows.fires[fire] == nil else { return false }
        rows.fires[fire] = at
        return true
    }

    func delivery(_ id: DeliveryID) -> DeliveryRow? { rows.deliveries[id] }

    func deliveries(_ plan: PlanID) -> [DeliveryRow] {
        (rows.order[plan] ?? []).compactMap { rows.deliveries[$0] }
    }

    func insert(_ delivery: DeliveryRow) -> Bool {
        guard rows.deliveries[delivery.id] == nil else { return false }
        rows.order[delivery.plan, default: []].append(delivery.id)
        update(delivery)
        return true
    }

    func update(_ delivery: DeliveryRow) {
        rows.deliveries[delivery.id] = delivery
        if delivery.state == .pending {
            rows.pending.insert(delivery.id)
        } else {
            rows.pending.remove(delivery.id)
        }
    }

    func nextDelivery(_ now: Instant, except: Set<DeliveryID>) -> DeliveryID? {
        pending.filter { $0.claimable <= now && !except.contains($0.id) }
            .min { ($0.due, $0.id) < ($1.due, $1.id) }?.id
    }

    func firstDelivery(except: Set<DeliveryID>) -> Instant? {
        pending.filter { !except.contains($0.id) }.map(\.claimable).min()
    }

    func voidClaims() {
        for var delivery in pending where delivery.claimedUntil != nil {
            delivery.claimedUntil = nil
            update(delivery)
        }
    }

    func put(_ attempt: AttemptRow) {
        rows.attempts[attempt.delivery, default: [:]][attempt.number] = attempt
    }

    func attempts(_ delivery: DeliveryID) -> [AttemptRow] {
        (rows.attempts[delivery] ?? [:]).values.sorted { $0.number < $1.number }
    }

    func envelope(_ plan: PlanID, hash: [UInt8]) -> [UInt8]? { rows.envelopes[plan]?[hash] }

    func putEnvelope(_ plan: PlanID, hash: [UInt8], _ bytes: [UInt8]) {
        rows.envelopes[plan, default: [:]][hash] = bytes
    }

    func coverage(since from: Instant) -> [Coverage] { rows.coverage.filter { $0.to >= from } }

    func openCoverage(_ at: Instant) { rows.coverage.append(Coverage(from: at, to: at)) }

    func extendCoverage(to end: Instant) {
        guard let last = rows.coverage.indices.last else { return }
        rows.coverage[last].to = max(rows.coverage[last].to, end)
    }

    func dropCoverage(before: Instant) { rows.coverage.removeAll { $0.to < before } }

    func clockMark() -> ClockMark? { rows.mark }

    func put(_ mark: ClockMark) { rows.mark = mark }

    func lowerTime(to now: Instant) {
        for var delivery in pending
        where delivery.due > now || (delivery.claimedUntil ?? now) > now + WatchEngine.claimLease {
            delivery.due = now
            delivery.claimedUntil = nil
            update(delivery)
        }
        rows.coverage.removeAll { $0.from > now }
        for index in rows.coverage.indices {
            rows.coverage[index].to = min(rows.coverage[index].to, now)
        }
    }

    func lastAudit() -> AuditEntry? { rows.audit.last }

    func append(_ entry: AuditEntry) { rows.audit.append(entry) }

    func audit(after number: UInt64) -> [AuditEntry] { rows.audit.filter { $0.number > number } }

    private var pending: [DeliveryRow] { rows.pending.compactMap { rows.deliveries[$0] } }
}

extension DeliveryRow {
    /// When the next claim can be made.
    var claimable: Instant { max(due, claimedUntil ?? due) }
}
