import CFaultyDisk
import CheckIn
import Database
import Dispatch
import Foundation
import Platform
import TestSupport
import Testing
import Watch

/// A machine whose power goes at any write, sync or removal of the watcher's file. Of what was
/// written since the last sync some is lost, some torn, some kept, in whatever order.
@Suite("a watcher whose machine loses its power")
struct PowerLossTests {
    static let histories = torture ? 1_000 : 60
    static let batches = 20

    @Test("what was confirmed, sent or told before is there after", arguments: 0..<batches)
    func histories(_ batch: Int) throws {
        var confirmed = 0
        var losses = 0
        for index in 0..<Self.histories / Self.batches {
            let world = try DarkHouse(seed: UInt64(batch * Self.histories + index))
            try world.run()
            #expect(world.problems.isEmpty, "seed \(world.seed): \(world.problems.prefix(3))")
            confirmed += world.confirmed.count
            losses += world.losses
        }
        #expect(losses > Self.histories / Self.batches, "power that stays proves nothing")
        // With few histories one batch may lose its power before anybody reports.
        #expect(confirmed > Self.histories / Self.batches || Self.histories < 1_000)
        print("power: \(losses) losses, \(confirmed) confirmed check-ins")
    }

    /// The same disk under a program that does not ask it to sync.
    @Test("that disk does lose what nobody synced")
    func harness() throws {
        var lost = 0
        for seed in 0..<20 {
            let folder = try TemporaryDirectory(inMemory: true)
            let system = "careless-\(UUID().uuidString.prefix(8))"
            amparo_faulty_disk(system, AMPARO_FAULT_NONE, 0, UInt64(seed))
            let path = folder("t.db")
            var stored: Int64 = 0
            do {
                let database = try Database(
                    path: path, access: .create, journal: .wal, system: system)
                try database.execute("CREATE TABLE t(n INTEGER); PRAGMA synchronous=OFF")
                amparo_faulty_disk(system, AMPARO_FAULT_POWER, Int64(40 + seed), UInt64(seed))
                while (try? database.execute("INSERT INTO t VALUES(1)")) != nil { stored += 1 }
            }
            try? FileManager.default.removeItem(atPath: path + "-shm")
            let after = try? Database(path: path, access: .readWrite, journal: .wal)
            if (try? after?.integer("SELECT count(*) FROM t")) ?? 0 < stored { lost += 1 }
        }
        #expect(lost > 0)
    }
}

let torture = ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"

/// One plan's life in a house whose power goes again and again.
private final class DarkHouse {
    let seed: UInt64
    private let random: SeededRandom
    private let sample: Sample
    private let folder: TemporaryDirectory
    private let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    private let system: String
    private var cut: Int64 = 0
    private var engine: WatchEngine?
    private var now = start

    private(set) var problems: [String] = []
    private(set) var losses = 0
    /// Check-ins whose answer she saw.
    private(set) var confirmed: [(token: Token, answer: CheckInAnswer)] = []
    private var isArmed = false
    private var unanswered: Token?
    private var counter: UInt64 = 0
    /// Messages that a courier was handed, with their fences, and those that had arrived.
    private var sent: [(id: DeliveryID, fence: UInt32)] = []
    private var delivered: Set<DeliveryID> = []
    private var heads: [AuditEntry] = []

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededRandom(seed: seed)
        sample = try Sample(
            promise: .interval(hour * 2, end: nil), tiers: [.zero, hour],
            contacts: [["laura"], ["abogado"]], channels: ["mail"])
        folder = try TemporaryDirectory(inMemory: true)
        system = "power-\(UUID().uuidString.prefix(8))"
    }

    private var path: String { folder("watch.db") }

    /// Whatever a call returned, nobody heard of it if the machine went off meanwhile.
    private var isDark: Bool { amparo_faulty_disk_operations(system) > cut }

    func run() throws {
        for _ in 0..<3 {
            // A life of the machine takes some hundreds of operations.
            cut = Int64(random.below(random.below(2) == 0 ? 60 : 400))
            amparo_faulty_disk(system, AMPARO_FAULT_POWER, cut, random.next())
            live()
            losses += isDark ? 1 : 0
            engine = nil
            // The index of the log lies in memory.
            try? FileManager.default.removeItem(atPath: path + "-shm")
            now = now + minute * (1 + Int(random.below(20)))
            try look()
        }
    }

    /// Until the power goes, or for some forty steps.
    private func live() {
        guard let store = try? SQLiteWatchStore(path: path, keys: keys, system: system),
            let mirrored = try? MirroredStore(store)
        else {
            if !isDark { problems.append("does not open") }
            return
        }
        engine = WatchEngine(
            store: mirrored, random: random, writer: AlertWriter(zones: { _ in nil }))
        attempt { try $0.start(mark(now)) }
        if !isArmed {
            let deadline = attempt {
                try $0.register(sample.registration, envelopes: sample.envelopes, now: now)
            }
            isArmed = deadline != nil
        }
        for _ in 0..<40 where !isDark { step() }
        // Some machines are shut down in order: then nothing more is written.
        if !isDark {
            attempt {
                try $0.beat(mark(now))
            }
        }
    }

    /// - Returns: nil when the power went before anybody could hear of it.
    @discardableResult
    private func attempt<R>(_ body: (WatchEngine) throws -> R) -> R? {
        guard let engine, !isDark else { return nil }
        do {
            let result = try body(engine)
            return isDark ? nil : result
        } catch {
            if !isDark { problems.append("\(error) while the power was on") }
            return nil
        }
    }

    private func step() {
        now = now + .seconds(Int64(20 + random.below(900)))
        attempt { try $0.beat(mark(now)) }
        attempt { try $0.tick(now) }
        if let shipment = attempt({ try $0.claim(now) }) ?? nil {
            sent.append((shipment.delivery, shipment.fence))
            let arrives = random.below(4) > 0
            let result: DeliveryResult =
                arrives ? .delivered : .tryAgain(DeliveryReason(.connection))
            let isRecorded = attempt { try $0.finish(shipment, result, now) } != nil
            if arrives, isRecorded { delivered.insert(shipment.delivery) }
        }
        if random.below(3) == 0 { report() }
        if let head = attempt({ try $0.audit().last }) ?? nil { heads.append(head) }
    }

    /// The same token again until it is answered, as from the queue.
    private func report() {
        guard isArmed else { return }
        let token: Token
        if let unanswered {
            token = unanswered
        } else {
            counter = max(counter + 1, UInt64(now.milliseconds))
            token = sample.token(counter, at: now)
        }
        unanswered = token
        guard let answer = attempt({ try $0.checkIn(token.bytes, now: now) }) else { return }
        unanswered = nil
        if case .accepted = answer {
            confirmed.append((token, answer))
        } else {
            problems.append("a check-in was answered \(answer)")
        }
    }

    /// After the power came back: what was said before must be there.
    private func look() throws {
        let store = try SQLiteWatchStore(path: path, keys: keys)
        let check = try Database(path: path, access: .readOnly)
        let statement = try check.prepare("PRAGMA integrity_check")
        if try !statement.step() || statement.text(0) != "ok" { problems.append("a damaged file") }
        let plan = sample.registration.plan
        try store.transaction { (tables) throws(WatchError) -> Void in
            guard let row = try tables.plan(plan) else {
                if isArmed { problems.append("the plan is gone") }
                return
            }
            // Stored, and the answer never left.
            isArmed = true
            for (token, answer) in confirmed {
                let kept = try tables.checkIn(plan, counter: token.counter)
                if row.lastCounter < token.counter || kept?.answer != answer.fields.serialized() {
                    problems.append("a confirmed check-in is lost")
                }
            }
            for (id, fence) in sent {
                let kept = try tables.delivery(id)
                if (kept?.fence ?? 0) < fence { problems.append("an attempt is forgotten") }
            }
            for id in delivered where try tables.delivery(id)?.state != .delivered {
                problems.append("a delivery is forgotten")
            }
            let entries = try tables.audit(after: 0)
            if AuditEntry.firstBreak(in: entries) != nil { problems.append("a broken audit") }
            let hashes = Set(entries.map(\.hash))
            if !heads.allSatisfy({ hashes.contains($0.hash) }) {
                problems.append("an audit head that was shown is gone")
            }
        }
    }
}
