package import CheckIn
package import Platform

/// Where a watcher keeps what it must not forget. SQLite and memory versions pass one suite.
package protocol WatchStore: AnyObject {
    /// Runs `body` whole or not at all, alone; durable when this returns.
    func transaction<R>(_ body: (any WatchTables) throws(WatchError) -> R) throws(WatchError) -> R

    /// The same, and what is to become of it while a disk fails.
    func transaction<R>(
        _ keeping: Keeping, _ body: (any WatchTables) throws(WatchError) -> R
    ) throws(WatchError) -> R

    /// Why the disk takes nothing now; nil while all is well.
    var failure: StoreFailure? { get }

    /// Tries the disk again.
    ///
    /// - Throws: `.store` while it still fails.
    func recover() throws(WatchError)
}

/// What is to become of a transaction that the disk does not take.
package enum Keeping: Sendable {
    /// It counts in memory, for as long as this process lives: alerts go on.
    case anywhere
    /// It counts in memory and throws all the same: a sign of life was heard, and is confirmed to
    /// nobody.
    case heard
    /// It does not happen.
    case onDisk
}

extension WatchStore {
    package func transaction<R>(
        _ keeping: Keeping, _ body: (any WatchTables) throws(WatchError) -> R
    ) throws(WatchError) -> R { try transaction(body) }

    package var failure: StoreFailure? { nil }

    package func recover() throws(WatchError) {}
}

/// The tables, inside a transaction.
package protocol WatchTables: AnyObject {
    // MARK: Plans

    func plan(_ id: PlanID) throws(WatchError) -> PlanRow?
    func plans() throws(WatchError) -> [PlanRow]
    /// In order; nil for a row whose id is none.
    func planIDs() throws(WatchError) -> [PlanID?]
    func put(_ plan: PlanRow) throws(WatchError)
    /// Plans whose wake is at or before `now`, earliest first.
    func duePlans(_ now: Instant) throws(WatchError) -> [PlanID]
    func firstWake(except: Set<PlanID>) throws(WatchError) -> Instant?
    /// Forgets a plan and every row about it, the audit excepted.
    func purge(_ plan: PlanID) throws(WatchError)

    // MARK: Check-ins

    func checkIn(_ plan: PlanID, counter: UInt64) throws(WatchError) -> CheckInRow?
    func insert(_ checkIn: CheckInRow) throws(WatchError)
    /// With greater counters than `counter`, in order; nil for one that cannot be read.
    func checkIns(_ plan: PlanID, after counter: UInt64) throws(WatchError) -> [CheckInRow?]

    // MARK: Paper codes

    /// All of a plan, in order of their numbers.
    func paperCodes(_ plan: PlanID) throws(WatchError) -> [PaperCodeRow]
    /// A new card in the place of the old one.
    func replacePaperCodes(_ plan: PlanID, with codes: [PaperCodeRow]) throws(WatchError)
    /// Neither way to complete code `number` counts any more.
    func usePaperCode(_ plan: PlanID, number: Int, at: Instant) throws(WatchError)

    // MARK: Alerts

    /// - Returns: false when this tier was fired before in this epoch.
    func insertFire(_ plan: PlanID, epoch: UInt32, tier: Int, at: Instant) throws(WatchError)
        -> Bool
    func delivery(_ id: DeliveryID) throws(WatchError) -> DeliveryRow?
    /// In the order in which they were inserted; rows that cannot be read are left out.
    func deliveries(_ plan: PlanID) throws(WatchError) -> [DeliveryRow]
    /// - Returns: false when a delivery of this id is there already.
    @discardableResult
    func insert(_ delivery: DeliveryRow) throws(WatchError) -> Bool
    func update(_ delivery: DeliveryRow) throws(WatchError)
    /// The pending delivery that is due and not claimed, longest due first.
    func nextDelivery(_ now: Instant, except: Set<DeliveryID>) throws(WatchError) -> DeliveryID?
    /// When the next pending delivery can be claimed.
    func firstDelivery(except: Set<DeliveryID>) throws(WatchError) -> Instant?
    /// Frees every claim: their holder is gone.
    func voidClaims() throws(WatchError)
    /// Inserts, or replaces the attempt of this number.
    func put(_ attempt: AttemptRow) throws(WatchError)
    func attempts(_ delivery: DeliveryID) throws(WatchError) -> [AttemptRow]

    func put(_ ack: AckRow) throws(WatchError)
    /// Of all messages of a plan, oldest first.
    func acks(_ plan: PlanID) throws(WatchError) -> [AckRow]

    /// A sealed sheet, by the hash of its bytes.
    func envelope(_ plan: PlanID, hash: [UInt8]) throws(WatchError) -> [UInt8]?
    func putEnvelope(_ plan: PlanID, hash: [UInt8], _ bytes: [UInt8]) throws(WatchError)

    // MARK: Time

    /// Stretches that reach into `from...`, in order.
    func coverage(since from: Instant) throws(WatchError) -> [Coverage]
    func openCoverage(_ at: Instant) throws(WatchError)
    /// Moves the end of the newest stretch.
    func extendCoverage(to end: Instant) throws(WatchError)
    func dropCoverage(before: Instant) throws(WatchError)
    func clockMark() throws(WatchError) -> ClockMark?
    func put(_ mark: ClockMark) throws(WatchError)

    /// The time was put back to `now`: nothing pending waits for a moment of the wrong time, and no
    /// stretch lies in it.
    func lowerTime(to now: Instant) throws(WatchError)

    // MARK: Audit

    /// The newest entry; where it cannot be read, its number alone, and the chain shows the break.
    func lastAudit() throws(WatchError) -> AuditEntry?
    func append(_ entry: AuditEntry) throws(WatchError)
    /// With greater numbers than `number`, in order.
    func audit(after number: UInt64) throws(WatchError) -> [AuditEntry]
}

extension WatchTables {
    package func audit() throws(WatchError) -> [AuditEntry] { try audit(after: 0) }

    package func firstWake() throws(WatchError) -> Instant? { try firstWake(except: []) }

    package func firstDelivery() throws(WatchError) -> Instant? { try firstDelivery(except: []) }

    package func nextDelivery(_ now: Instant) throws(WatchError) -> DeliveryRow? {
        guard let id = try nextDelivery(now, except: []) else { return nil }
        return try delivery(id)
    }
}
