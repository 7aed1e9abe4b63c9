internal import CheckIn
internal import Platform

/// One write, to be done again on another store.
enum StoreWrite {
    case plan(PlanRow)
    case purge(PlanID)
    case checkIn(CheckInRow)
    case fire(PlanID, epoch: UInt32, tier: Int, at: Instant)
    case delivery(DeliveryRow)
    case update(DeliveryRow)
    case voidClaims
    case attempt(AttemptRow)
    case envelope(PlanID, hash: [UInt8], [UInt8])
    case openCoverage(Instant)
    case extendCoverage(Instant)
    case dropCoverage(Instant)
    case mark(ClockMark)
    case lowerTime(Instant)
    case audit(AuditEntry)
    case paperCodes(PlanID, [PaperCodeRow])
    case usePaperCode(PlanID, number: Int, at: Instant)
    case ack(AckRow)

    func apply(to tables: any WatchTables) throws(WatchError) {
        switch self {
        case .plan(let plan): try tables.put(plan)
        case .purge(let plan): try tables.purge(plan)
        case .checkIn(let checkIn): try tables.insert(checkIn)
        case .fire(let plan, let epoch, let tier, let at):
            _ = try tables.insertFire(plan, epoch: epoch, tier: tier, at: at)
        case .delivery(let delivery): _ = try tables.insert(delivery)
        case .update(let delivery): try tables.update(delivery)
        case .voidClaims: try tables.voidClaims()
        case .attempt(let attempt): try tables.put(attempt)
        case .envelope(let plan, let hash, let bytes):
            try tables.putEnvelope(plan, hash: hash, bytes)
        case .openCoverage(let at): try tables.openCoverage(at)
        case .extendCoverage(let end): try tables.extendCoverage(to: end)
        case .dropCoverage(let before): try tables.dropCoverage(before: before)
        case .mark(let mark): try tables.put(mark)
        case .lowerTime(let now): try tables.lowerTime(to: now)
        case .audit(let entry): try tables.append(entry)
        case .paperCodes(let plan, let codes): try tables.replacePaperCodes(plan, with: codes)
        case .usePaperCode(let plan, let number, let at):
            try tables.usePaperCode(plan, number: number, at: at)
        case .ack(let ack): try tables.put(ack)
        }
    }
}

/// Tables that note every write, so that another store can be brought to the same state.
final class RecordingTables: WatchTables {
    private let inner: any WatchTables
    private(set) var writes: [StoreWrite] = []

    init(_ inner: any WatchTables) { self.inner = inner }

    // MARK: Writing

    func put(_ plan: PlanRow) throws(WatchError) {
        writes.append(.plan(plan))
        try inner.put(plan)
    }

    func purge(_ plan: PlanID) throws(WatchError) {
        writes.append(.purge(plan))
        try inner.purge(plan)
    }

    func insert(_ checkIn: CheckInRow) throws(WatchError) {
        writes.append(.checkIn(checkIn))
        try inner.insert(checkIn)
    }

    func insertFire(_ plan: PlanID, epoch: UInt32, tier: Int, at: Instant) throws(WatchError)
        -> Bool
    {
        writes.append(.fire(plan, epoch: epoch, tier: tier, at: at))
        return try inner.insertFire(plan, epoch: epoch, tier: tier, at: at)
    }

    func insert(_ delivery: DeliveryRow) throws(WatchError) -> Bool {
        writes.append(.delivery(delivery))
        return try inner.insert(delivery)
    }

    func update(_ delivery: DeliveryRow) throws(WatchError) {
        writes.append(.update(delivery))
        try inner.update(delivery)
    }

    func voidClaims() throws(WatchError) {
        writes.append(.voidClaims)
        try inner.voidClaims()
    }

    func put(_ attempt: AttemptRow) throws(WatchError) {
        writes.append(.attempt(attempt))
        try inner.put(attempt)
    }

    func putEnvelope(_ plan: PlanID, hash: [UInt8], _ bytes: [UInt8]) throws(WatchError) {
        writes.append(.envelope(plan, hash: hash, bytes))
        try inner.putEnvelope(plan, hash: hash, bytes)
    }

    func openCoverage(_ at: Instant) throws(WatchError) {
        writes.append(.openCoverage(at))
        try inner.openCoverage(at)
    }

    func extendCoverage(to end: Instant) throws(WatchError) {
        writes.append(.extendCoverage(end))
        try inner.extendCoverage(to: end)
    }

    func dropCoverage(before: Instant) throws(WatchError) {
        writes.append(.dropCoverage(before))
        try inner.dropCoverage(before: before)
    }

    func put(_ mark: ClockMark) throws(WatchError) {
        writes.append(.mark(mark))
        try inner.put(mark)
    }

    func lowerTime(to now: Instant) throws(WatchError) {
        writes.append(.lowerTime(now))
        try inner.lowerTime(to: now)
    }

    func append(_ entry: AuditEntry) throws(WatchError) {
        writes.append(.audit(entry))
        try inner.append(entry)
    }

    func replacePaperCodes(_ plan: PlanID, with codes: [PaperCodeRow]) throws(WatchError) {
        writes.append(.paperCodes(plan, codes))
        try inner.replacePaperCodes(plan, with: codes)
    }

    func usePaperCode(_ plan: PlanID, number: Int, at: Instant) throws(WatchError) {
        writes.append(.usePaperCode(plan, number: number, at: at))
        try inner.usePaperCode(plan, number: number, at: at)
    }

    func put(_ ack: AckRow) throws(WatchError) {
        writes.append(.ack(ack))
        try inner.put(ack)
    }

    // MARK: Reading

    func checkIns(_ plan: PlanID, after counter: UInt64) throws(WatchError) -> [CheckInRow?] {
        try inner.checkIns(plan, after: counter)
    }

    func paperCodes(_ plan: PlanID) throws(WatchError) -> [PaperCodeRow] {
        try inner.paperCodes(plan)
    }

    func acks(_ plan: PlanID) throws(WatchError) -> [AckRow] {
        try inner.acks(plan)
    }

    func plan(_ id: PlanID) throws(WatchError) -> PlanRow? {
        try inner.plan(id)
    }

    func plans() throws(WatchError) -> [PlanRow] {
        try inner.plans()
    }

    func planIDs() throws(WatchError) -> [PlanID?] {
        try inner.planIDs()
    }

    func duePlans(_ now: Instant) throws(WatchError) -> [PlanID] {
        try inner.duePlans(now)
    }

    func firstWake(except: Set<PlanID>) throws(WatchError) -> Instant? {
        try inner.firstWake(except: except)
    }

    func checkIn(_ plan: PlanID, counter: UInt64) throws(WatchError) -> CheckInRow? {
        try inner.checkIn(plan, counter: counter)
    }

    func delivery(_ id: DeliveryID) throws(WatchError) -> DeliveryRow? {
        try inner.delivery(id)
    }

    func deliveries(_ plan: PlanID) throws(WatchError) -> [DeliveryRow] {
        try inner.deliveries(plan)
    }

    func nextDelivery(_ now: Instant, except: Set<DeliveryID>) throws(WatchError) -> DeliveryID? {
        try inner.nextDelivery(now, except: except)
    }

    func firstDelivery(except: Set<DeliveryID>) throws(WatchError) -> Instant? {
        try inner.firstDelivery(except: except)
    }

    func attempts(_ delivery: DeliveryID) throws(WatchError) -> [AttemptRow] {
        try inner.attempts(delivery)
    }

    func envelope(_ plan: PlanID, hash: [UInt8]) throws(WatchError) -> [UInt8]? {
        try inner.envelope(plan, hash: hash)
    }

    func coverage(since from: Instant) throws(WatchError) -> [Coverage] {
        try inner.coverage(since: from)
    }

    func clockMark() throws(WatchError) -> ClockMark? {
        try inner.clockMark()
    }

    func lastAudit() throws(WatchError) -> AuditEntry? {
        try inner.lastAudit()
    }

    func audit(after number: UInt64) throws(WatchError) -> [AuditEntry] {
        try inner.audit(after: number)
    }
}
