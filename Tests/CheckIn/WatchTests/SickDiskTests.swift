import CFaultyDisk
import CheckIn
import Database
import Dispatch
import Foundation
import Platform
import TestSupport
import Testing
import Watch

/// The watcher's real file on a disk that fills up, errs, is held by another program, or rots.
@Suite("a watcher whose file cannot be written or read")
struct SickDiskTests {
    private static let faults: [(name: String, kind: amparo_fault)] = [
        ("error", AMPARO_FAULT_ERROR), ("full", AMPARO_FAULT_FULL),
    ]

    /// What came of hours with two silences and a check-in between.
    private struct Outcome: Equatable {
        var sent: [String] = []
        var confirmed = 0
        var state: PlanState?
        var deliveries: [DeliveryRow] = []
        var isSound = false
    }

    /// A watcher that lives through them, and what it sent.
    private final class Hours {
        let sample: Sample
        let engine: WatchEngine
        var now = start
        var sent: [String] = []
        var confirmed = 0

        init(_ sample: Sample, _ store: any WatchStore) throws {
            self.sample = sample
            engine = WatchEngine(
                store: try MirroredStore(store), random: SeededRandom(seed: 1),
                writer: AlertWriter(zones: mexico))
            try engine.start(mark(now))
            _ = try engine.register(sample.registration, envelopes: sample.envelopes, now: now)
        }

        /// As the running watcher does it: the disk is tried again at every turn.
        func pass(_ length: Duration) throws {
            let end = now + length
            while now < end {
                now = now + minute * 15
                try? engine.recover()
                try engine.beat(mark(now))
                try engine.tick(now)
                while let shipment = try engine.claim(now) {
                    sent.append("\(shipment.message.contact) \(shipment.message.subject)")
                    try engine.finish(shipment, .delivered, now)
                }
            }
        }

        /// Handed over until it is confirmed.
        func report(_ token: Token) {
            if confirmed == 0, case .accepted = try? engine.checkIn(token.bytes, now: now) {
                confirmed = 1
            }
        }

        func live() throws {
            try pass(hour * 9)
            let token = sample.token(at: now)
            report(token)
            try pass(minute * 15)
            report(token)
            try pass(hour * 9)
            report(token)
        }
    }

    private func outcome(_ hours: Hours, _ temporary: TemporaryStore) throws -> Outcome {
        let store = try temporary.open()
        return try store.transaction { (tables) throws(WatchError) in
            Outcome(
                sent: hours.sent, confirmed: hours.confirmed,
                state: try tables.plan(hours.sample.registration.plan)?.state,
                deliveries: try tables.deliveries(hours.sample.registration.plan),
                isSound: AuditEntry.firstBreak(in: try tables.audit(after: 0)) == nil)
        }
    }

    private func opened(_ temporary: TemporaryStore, _ system: String) throws -> SQLiteWatchStore {
        try SQLiteWatchStore(path: temporary.path, keys: temporary.keys, system: system)
    }

    @Test(
        "whichever write fails, each alert goes out once and all of it is stored later",
        arguments: faults.indices)
    func writes(_ index: Int) throws {
        let sample = try Sample(channels: ["mail"])
        let fault = Self.faults[index]
        func run(at place: Int64?) throws -> (Outcome, operations: Int64) {
            let temporary = try TemporaryStore()
            let system = "sick-\(UUID().uuidString.prefix(8))"
            amparo_faulty_disk(system, AMPARO_FAULT_NONE, 0, 1)
            let hours = try Hours(sample, try opened(temporary, system))
            amparo_faulty_disk(system, place == nil ? AMPARO_FAULT_NONE : fault.kind, place ?? 0, 1)
            try hours.live()
            let operations = amparo_faulty_disk_operations(system)
            // Room again.
            amparo_faulty_disk(system, AMPARO_FAULT_NONE, 0, 1)
            try hours.engine.recover()
            // A check-in that was heard and not confirmed waits in the queue.
            hours.report(sample.token(at: start + hour * 9))
            #expect(hours.engine.storeFailure == nil)
            return (try outcome(hours, temporary), operations)
        }
        let (healthy, operations) = try run(at: nil)
        #expect(healthy.sent.count == 6 && healthy.confirmed == 1 && healthy.isSound)
        let count = torture ? Int(operations) : 40
        for number in 0..<count {
            let place = operations * Int64(number) / Int64(count)
            let (sick, _) = try run(at: place)
            #expect(sick == healthy, "\(fault.name) at \(place): \(sick.sent)")
        }
        print("disk: \(fault.name) at \(count) of \(operations) operations")
    }

    @Test("another program that holds the file keeps no alert back and confirms nothing")
    func busy() throws {
        let sample = try Sample(channels: ["mail"])
        let temporary = try TemporaryStore()
        let hours = try Hours(sample, try temporary.open())
        hours.now = start + hour * 6
        try hours.engine.beat(mark(hours.now))
        let other = try Database(path: temporary.path, access: .readWrite, journal: .wal)
        try other.execute("BEGIN IMMEDIATE")
        try hours.pass(minute * 30)
        #expect(hours.sent.count == 1)
        #expect(hours.engine.storeFailure == .busy)
        let token = sample.token(at: hours.now)
        hours.report(token)
        #expect(hours.confirmed == 0)
        try other.execute("ROLLBACK")
        try hours.engine.recover()
        hours.report(token)
        #expect(hours.confirmed == 1 && hours.engine.storeFailure == nil)
    }

    @Test("pages that rot under a running watcher silence no alarm; the next one says so, or works")
    func rot() throws {
        let sample = try Sample(channels: ["mail"])
        for seed in 0..<(torture ? 500 : 20) {
            let random = SeededRandom(seed: UInt64(seed))
            let temporary = try TemporaryStore()
            // The running watcher, with its file still open.
            let hours = try Hours(sample, try temporary.open())
            try hours.pass(hour * Int(random.below(6)))
            try rot(temporary, random)
            try hours.pass(start + hour * 9 - hours.now)
            #expect(hours.sent.count == 2, "seed \(seed): \(hours.sent)")
            try rot(temporary, random)
            // The next one.
            do {
                let store = try MirroredStore(temporary.open())
                let next = engine(store)
                try next.start(mark(hours.now))
                try next.tick(hours.now)
                while let shipment = try next.claim(hours.now) {
                    try next.finish(shipment, .delivered, hours.now)
                }
                let isThere = try next.plans().count == 1
                let isNamed = next.takeNews().contains {
                    if case .damaged = $0 { true } else { false }
                }
                #expect(isThere || isNamed, "seed \(seed)")
            } catch let error as WatchError {
                #expect(error == .store(.damaged) || error == .damagedRow, "seed \(seed): \(error)")
            }
        }
    }

    /// Noise over some bytes, or a whole page, of the file and of its log.
    private func rot(_ temporary: TemporaryStore, _ random: SeededRandom) throws {
        for name in [temporary.path, temporary.path + "-wal"] where random.below(2) == 0 {
            guard let file = FileHandle(forUpdatingAtPath: name) else { continue }
            defer { try? file.close() }
            let size = try file.seekToEnd()
            guard size > 4_096 else { continue }
            for _ in 0..<(1 + random.below(3)) {
                let count = random.below(2) == 0 ? 4_096 : 1 + Int(random.below(64))
                try file.seek(toOffset: UInt64(random.below(UInt32(size)) / 4_096 * 4_096))
                try file.write(contentsOf: Data(random.bytes(count)))
            }
        }
    }
}
