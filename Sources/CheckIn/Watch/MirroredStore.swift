internal import CheckIn
internal import Platform

/// A store whose rows all lie in memory too. While its disk fails the watcher goes on from memory,
/// and what it did meanwhile is written, in order, once the disk takes it.
package final class MirroredStore: WatchStore {
    private let disk: any WatchStore
    private var memory = MemoryWatchStore()
    /// What the disk has missed.
    private var missed: [StoreWrite] = []
    package private(set) var failure: StoreFailure?

    /// - Throws: `.store` when the disk cannot be read: nobody knows then what is owed.
    package init(_ disk: any WatchStore) throws(WatchError) {
        self.disk = disk
        try load()
    }

    package func transaction<R>(
        _ body: (any WatchTables) throws(WatchError) -> R
    ) throws(WatchError) -> R {
        try transaction(.anywhere, body)
    }

    package func transaction<R>(
        _ keeping: Keeping, _ body: (any WatchTables) throws(WatchError) -> R
    ) throws(WatchError) -> R {
        if failure == nil {
            do throws(WatchError) {
                var writes: [StoreWrite] = []
                let result = try Self.run(body, on: disk, &writes)
                try apply(writes, to: memory)
                return result
            } catch {
                guard case .store(let reason) = error else { throw error }
                failure = reason
            }
        }
        let reason = WatchError.store(failure ?? .busy)
        if case .onDisk = keeping { throw reason }
        var writes: [StoreWrite] = []
        let result = try Self.run(body, on: memory, &writes)
        missed += writes
        if case .heard = keeping { throw reason }
        return result
    }

    /// Writes what the disk has missed, all or nothing, and reads everything anew.
    package func recover() throws(WatchError) {
        guard failure != nil else { return }
        try apply(missed, to: disk)
        missed = []
        try load()
        failure = nil
    }

    private func apply(_ writes: [StoreWrite], to store: any WatchStore) throws(WatchError) {
        try store.transaction { (tables) throws(WatchError) -> Void in
            for write in writes { try write.apply(to: tables) }
        }
    }

    private static func run<R>(
        _ body: (any WatchTables) throws(WatchError) -> R, on store: any WatchStore,
        _ writes: inout [StoreWrite]
    ) throws(WatchError) -> R {
        try store.transaction { (tables) throws(WatchError) -> R in
            let recorder = RecordingTables(tables)
            let result = try body(recorder)
            writes = recorder.writes
            return result
        }
    }

    // MARK: From disk to memory

    private func load() throws(WatchError) {
        let fresh = MemoryWatchStore()
        try disk.transaction { (from) throws(WatchError) -> Void in
            try fresh.transaction { (to) throws(WatchError) -> Void in try Self.copy(from, to) }
        }
        memory = fresh
    }

    /// All that deciding and sending need. A row that cannot be read is left out: nothing can be
    /// done about it in memory either.
    private static func copy(_ from: any WatchTables, _ to: any WatchTables) throws(WatchError) {
        for id in try from.planIDs() {
            guard let id, let plan = try Self.plan(id, from) else { continue }
            try to.put(plan)
            // An older one is answered "behind", which is as true.
            let last = try checkIn(plan, from)
            let unread = try from.checkIns(id, after: plan.readCounter)
            let isWhole = !unread.contains(nil)
            // One that cannot be read leaves a gap here too: without the last one nobody hears that
            // she is well.
            for row in (unread + [last]).compactMap({ $0 })
            where isWhole || row.counter < plan.lastCounter || row.kind == .duress {
                try to.insert(row)
            }
            try to.replacePaperCodes(id, with: paperCodes(id, from))
            for hash in Set(plan.registration.tiers.flatMap { $0 }.compactMap(\.sheet)) {
                guard let sheet = try Self.sheet(id, hash, from) else { continue }
                try to.putEnvelope(id, hash: hash, sheet)
            }
            for delivery in try from.deliveries(id) {
                try to.insert(delivery)
                for attempt in try attempts(delivery.id, from) { try to.put(attempt) }
            }
            for ack in try acks(id, from) { try to.put(ack) }
        }
        for stretch in try from.coverage(since: Instant(milliseconds: 0)) {
            try to.openCoverage(stretch.from)
            try to.extendCoverage(to: stretch.to)
        }
        if let mark = try Self.mark(from) { try to.put(mark) }
        if let last = try from.lastAudit() { try to.append(last) }
    }

    private static func plan(_ id: PlanID, _ from: any WatchTables) throws(WatchError) -> PlanRow? {
        do throws(WatchError) { return try from.plan(id) } catch .damagedRow { return nil }
    }

    private static func checkIn(_ plan: PlanRow, _ from: any WatchTables) throws(WatchError)
        -> CheckInRow?
    {
        do throws(WatchError) {
            return try from.checkIn(plan.id, counter: plan.lastCounter)
        } catch .damagedRow { return nil }
    }

    private static func paperCodes(_ id: PlanID, _ from: any WatchTables) throws(WatchError)
        -> [PaperCodeRow]
    {
        do throws(WatchError) { return try from.paperCodes(id) } catch .damagedRow { return [] }
    }

    private static func acks(_ id: PlanID, _ from: any WatchTables) throws(WatchError) -> [AckRow] {
        do throws(WatchError) { return try from.acks(id) } catch .damagedRow { return [] }
    }

    private static func sheet(_ plan: PlanID, _ hash: [UInt8], _ from: any WatchTables)
        throws(WatchError) -> [UInt8]?
    {
        do throws(WatchError) {
            return try from.envelope(plan, hash: hash)
        } catch .damagedRow { return nil }
    }

    private static func attempts(_ id: DeliveryID, _ from: any WatchTables) throws(WatchError)
        -> [AttemptRow]
    {
        do throws(WatchError) { return try from.attempts(id) } catch .damagedRow { return [] }
    }

    private static func mark(_ from: any WatchTables) throws(WatchError) -> ClockMark? {
        do throws(WatchError) { return try from.clockMark() } catch .damagedRow { return nil }
    }
}
