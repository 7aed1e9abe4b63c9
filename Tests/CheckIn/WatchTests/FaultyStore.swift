import CheckIn
import Platform
import Watch

/// A disk that fails from its n-th operation on, until it is repaired. What a transaction did before
/// is undone, as on any disk.
final class FaultyStore: WatchStore {
    let inner: any WatchStore
    private(set) var operations = 0
    /// The operation that fails, and every later one; nil for none.
    var failingAt: Int?
    var failure = StoreFailure.full

    init(_ inner: any WatchStore) { self.inner = inner }

    func transaction<R>(_ body: (any WatchTables) throws(WatchError) -> R) throws(WatchError) -> R {
        try inner.transaction { (tables) throws(WatchError) -> R in
            let result = try body(FaultyTables(tables, self))
            // The commit.
            try hit()
            return result
        }
    }

    fileprivate func hit() throws(WatchError) {
        operations += 1
        if let failingAt, operations > failingAt { throw .store(failure) }
    }
}

private final class FaultyTables: WatchTables {
    private let inner: any WatchTables
    private let store: FaultyStore

    init(_ inner: any WatchTables, _ store: FaultyStore) {
        self.inner = inner
        self.store = store
    }

    func put(_ plan: PlanRow) throws(WatchError) {
        try store.hit()
        return try inner.put(plan)
    }

    func purge(_ plan: PlanID) throws(WatchError) {
        try store.hit()
        return try inner.purge(plan)
    }

    func insert(_ checkIn: CheckInRow) throws(WatchError) {
        try store.hit()
        return try inner.insert(checkIn)
    }

    func insertFire(_ plan: PlanID, epoch: UInt32, tier: Int, at: Instant) throws(WatchError)
        -> Bool
    {
        try store.hit()
        return try inner.insertFire(plan, epoch: epoch, tier: tier, at: at)
    }

    func insert(_ delivery: DeliveryRow) throws(WatchError) -> Bool {
        try store.hit()
        return try inner.insert(delivery)
    }

    func update(_ delivery: DeliveryRow) throws(WatchError) {
        try store.hit()
        return try inner.update(delivery)
    }

    func voidClaims() throws(WatchError) {
        try store.hit()
        return try inner.voidClaims()
    }

    func put(_ attempt: AttemptRow) throws(WatchError) {
        try store.hit()
        return try inner.put(attempt)
    }

    func putEnvelope(_ plan: PlanID, hash: [UInt8], _ bytes: [UInt8]) throws(WatchError) {
        try store.hit()
        return try inner.putEnvelope(plan, hash: hash, bytes)
    }

    func openCoverage(_ at: Instant) throws(WatchError) {
        try store.hit()
        return try inner.openCoverage(at)
    }

    func extendCoverage(to end: Instant) throws(WatchError) {
        try store.hit()
        return try inner.extendCoverage(to: end)
    }

    func dropCoverage(before: Instant) throws(WatchError) {
        try store.hit()
        return try inner.dropCoverage(before: before)
    }

    func put(_ mark: ClockMark) throws(WatchError) {
        try store.hit()
        return try inner.put(mark)
    }

    func lowerTime(to now: Instant) throws(WatchError) {
        try store.hit()
        return try inner.lowerTime(to: now)
    }

    func append(_ entry: AuditEntry) throws(WatchError) {
        try store.hit()
        return try inner.append(entry)
    }

    func plan(_ id: PlanID) throws(WatchError) -> PlanRow? {
        try store.hit()
        return try inner.plan(id)
    }

    func plans() throws(WatchError) -> [PlanRow] {
        try store.hit()
        return try inner.plans()
    }

    func planIDs() throws(WatchError) -> [PlanID?] {
        try store.hit()
        return try inner.planIDs()
    }

    func duePlans(_ now: Instant) throws(WatchError) -> [PlanID] {
        try store.hit()
        return try inner.duePlans(now)
    }

    func firstWake(except: Set<PlanID>) throws(WatchError) -> Instant? {
        try store.hit()
        return try inner.firstWake(except: except)
    }

    func checkIn(_ plan: PlanID, counter: UInt64) throws(WatchError) -> CheckInRow? {
        try store.hit()
        return try inner.checkIn(plan, counter: counter)
    }

    func delivery(_ id: DeliveryID) throws(WatchError) -> DeliveryRow? {
        try store.hit()
        return try inner.delivery(id)
    }

    func deliveries(_ plan: PlanID) throws(WatchError) -> [DeliveryRow] {
        try store.hit()
        return try inner.deliveries(plan)
    }

    func nextDelivery(_ now: Instant, except: Set<DeliveryID>) throws(WatchError) -> DeliveryID? {
        try store.hit()
        return try inner.nextDelivery(now, except: except)
    }

    func firstDelivery(except: Set<DeliveryID>) throws(WatchError) -> Instant? {
        try store.hit()
        return try inner.firstDelivery(except: except)
    }

    func attempts(_ delivery: DeliveryID) throws(WatchError) -> [AttemptRow] {
        try store.hit()
        return try inner.attempts(delivery)
    }

    func envelope(_ plan: PlanID, hash: [UInt8]) throws(WatchError) -> [UInt8]? {
        try store.hit()
        return try inner.envelope(plan, hash: hash)
    }

    func coverage(since from: Instant) throws(WatchError) -> [Coverage] {
        try store.hit()
        return try inner.coverage(since: from)
    }

    func clockMark() throws(WatchError) -> ClockMark? {
        try store.hit()
        return try inner.clockMark()
    }

    func lastAudit() throws(WatchError) -> AuditEntry? {
        try store.hit()
        return try inner.lastAudit()
    }

    func audit(after number: UInt64) throws(WatchError) -> [AuditEntry] {
        try store.hit()
        return try inner.audit(after: number)
    }

    func checkIns(_ plan: PlanID, after counter: UInt64) throws(WatchError) -> [CheckInRow?] {
        try store.hit()
        return try inner.checkIns(plan, after: counter)
    }

    func paperCodes(_ plan: PlanID) throws(WatchError) -> [PaperCodeRow] {
        try store.hit()
        return try inner.paperCodes(plan)
    }

    func replacePaperCodes(_ plan: PlanID, with codes: [PaperCodeRow]) throws(WatchError) {
        try store.hit()
        try inner.replacePaperCodes(plan, with: codes)
    }

    func usePaperCode(_ plan: PlanID, number: Int, at: Instant) throws(WatchError) {
        try store.hit()
        try inner.usePaperCode(plan, number: number, at: at)
    }

    func put(_ ack: AckRow) throws(WatchError) {
        try store.hit()
        try inner.put(ack)
    }

    func acks(_ plan: PlanID) throws(WatchError) -> [AckRow] {
        try store.hit()
        return try inner.acks(plan)
    }
}
