import CheckIn
import Dispatch
import Foundation
import Platform
import TestSupport
import Testing
import Watch

@Suite("a watcher whose disk fails")
struct MirroredStoreTests {
    /// What a run of the same hours does: who gets what, and what is stored in the end.
    private struct Outcome {
        var sent: [String] = []
        var repeats = 0
        var confirmed = 0
        var plan: PlanRow?
        var deliveries: [DeliveryRow] = []
        var isSound = false
    }

    private func deliver(_ engine: WatchEngine, _ now: Instant, _ outcome: inout Outcome) throws {
        while let shipment = try engine.claim(now) {
            outcome.sent.append("\(shipment.message.contact) \(shipment.message.subject)")
            if shipment.message.text.contains("(Repetición") { outcome.repeats += 1 }
            try engine.finish(shipment, .delivered, now)
        }
    }

    /// Silence and an alarm; she reports; silence and an alarm again. Then the disk is repaired.
    private func run(_ disk: FaultyStore, _ sample: Sample) throws -> Outcome {
        var outcome = Outcome()
        let failing = disk.failingAt
        disk.failingAt = nil
        let engine = engine(try MirroredStore(disk))
        try engine.start(mark(start))
        _ = try engine.register(sample.registration, envelopes: sample.envelopes, now: start)
        if let failing { disk.failingAt = disk.operations + failing }

        var now = start
        func pass(_ duration: Duration) throws {
            let end = now + duration
            while now < end {
                now = now + minute * 5
                try engine.beat(mark(now))
                try engine.tick(now)
                try deliver(engine, now, &outcome)
            }
        }
        try pass(hour * 7)
        let token = sample.token(at: now)
        do {
            if case .accepted = try engine.checkIn(token.bytes, now: now) { outcome.confirmed += 1 }
        } catch {
            #expect(engine.storeFailure != nil)
            // It waits in the queue, and is handed over again and again.
            try pass(minute * 5)
            #expect(throws: WatchError.self) { try engine.checkIn(token.bytes, now: now) }
        }
        try pass(hour * 5)
        try pass(hour * 4)

        disk.failingAt = nil
        try engine.recover()
        #expect(engine.storeFailure == nil)
        if outcome.confirmed == 0 {
            // Now it is on disk, and the same answer comes at once.
            if case .accepted = try engine.checkIn(token.bytes, now: now) { outcome.confirmed += 1 }
        }
        // As the next process finds it.
        let next = WatchEngineView(disk.inner)
        outcome.plan = try next.plan(sample.registration.plan)
        outcome.deliveries = try next.deliveries(sample.registration.plan)
        outcome.isSound = try AuditEntry.firstBreak(in: next.audit()) == nil
        return outcome
    }

    @Test("whichever operation fails first: each alert once, none false, all of it stored later")
    func everyOperation() throws {
        let sample = try Sample(channels: ["mail"])
        let healthy = FaultyStore(MemoryWatchStore())
        let expected = try run(healthy, sample)
        #expect(expected.sent.count == 4, "\(expected.sent)")
        #expect(expected.confirmed == 1)
        let count = healthy.operations
        #expect(count > 800)
        // Every operation around what matters, and a sample of the beats between.
        let random = SeededRandom(seed: 4)
        let chosen = Set((0..<200).map { _ in Int(random.below(UInt32(count))) }).sorted()
        for number in chosen {
            let disk = FaultyStore(MemoryWatchStore())
            disk.failingAt = number
            let outcome = try run(disk, sample)
            #expect(outcome.sent == expected.sent, "operation \(number)")
            #expect(outcome.repeats == 0 && outcome.confirmed == 1, "operation \(number)")
            #expect(outcome.plan?.state == expected.plan?.state, "operation \(number)")
            #expect(outcome.deliveries == expected.deliveries, "operation \(number)")
            #expect(outcome.isSound, "operation \(number)")
        }
    }

    @Test("while the disk fails nothing is armed and no order is taken")
    func nothingNew() throws {
        let disk = FaultyStore(MemoryWatchStore())
        let engine = engine(try MirroredStore(disk))
        disk.failingAt = 0
        let sample = try Sample()
        #expect(throws: WatchError.store(.full)) {
            try engine.register(sample.registration, envelopes: [], now: start)
        }
        #expect(try engine.plans().isEmpty)
        disk.failingAt = nil
        try engine.recover()
        _ = try engine.register(sample.registration, envelopes: [], now: start)
        #expect(try engine.plans().count == 1)
    }

    @Test("what was sent from memory is labelled when it is repeated after the disk is back")
    func repeatsAreLabelled() throws {
        let sample = try Sample(channels: ["mail"])
        let disk = FaultyStore(MemoryWatchStore())
        let engine = engine(try MirroredStore(disk))
        try engine.start(mark(start))
        _ = try engine.register(sample.registration, envelopes: sample.envelopes, now: start)
        try engine.beat(mark(start + hour * 7))
        disk.failingAt = 0
        let now = start + hour * 7
        try engine.tick(now)
        let first = try #require(try engine.claim(now))
        #expect(!first.message.text.contains("(Repetición"))
        try engine.finish(first, .tryAgain(DeliveryReason(.connection)), now)
        disk.failingAt = nil
        try engine.recover()
        let next = Watch.WatchEngine(
            store: try MirroredStore(disk), random: SeededRandom(seed: 2),
            writer: AlertWriter(zones: mexico))
        let again = try #require(try next.claim(now + minute))
        #expect(again.message.id == first.message.id)
        #expect(again.message.text.contains("(Repetición"))
    }

    @Test("a disk that cannot be read at the start: nothing is invented")
    func unreadable() throws {
        let disk = FaultyStore(MemoryWatchStore())
        disk.failingAt = 0
        disk.failure = .damaged
        #expect(throws: WatchError.store(.damaged)) { _ = try MirroredStore(disk) }
    }

    @Test("the running watcher says it once, alerts, and says when it is over")
    func service() throws {
        let clock = ManualClock(now: start, boot: .seconds(100), bootID: [1])
        let courier = NotingCourier()
        let disk = FaultyStore(MemoryWatchStore())
        let engine = engine(try MirroredStore(disk))
        let sample = try Sample()
        _ = try engine.register(sample.registration, envelopes: [], now: start)
        var news: [WatchNews] = []
        let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
        let service = try WatchService(
            engine: engine, keys: keys, courier: courier, clock: clock, drain: { _ in },
            tell: { news.append($0) })
        try engine.start(mark(start))
        disk.failingAt = 0
        for _ in 0..<(7 * 180) {
            clock.advance(by: .seconds(20))
            service.round()
        }
        for _ in 0..<2_000 where courier.messages.isEmpty { usleep(1_000) }
        #expect(courier.messages.contains { $0.contact == "laura" && $0.urgency == .urgent })
        #expect(news.count { $0 == .trouble(.store(.full)) } == 1)
        let box = try #require(
            sealToWatcher(sample.token(at: clock.now).bytes, boxKey: keys.boxKey))
        #expect(service.answer(.checkIn(box)) == .refused(.store))
        disk.failingAt = nil
        service.round()
        #expect(news.contains(.recovered))
        guard case .answer(.accepted) = service.answer(.checkIn(box)) else {
            Issue.record("not confirmed after the disk is back")
            return
        }
    }

    @Test("SQLite and the mirror agree after a history")
    func sqlite() throws {
        let sample = try Sample(channels: ["mail"])
        let expected = try run(FaultyStore(MemoryWatchStore()), sample)
        for failing in [nil, 40, 900] {
            let fresh = try TemporaryStore()
            let disk = FaultyStore(try fresh.open())
            disk.failingAt = failing
            let outcome = try run(disk, sample)
            #expect(outcome.sent == expected.sent)
            #expect(outcome.deliveries == expected.deliveries)
            #expect(outcome.isSound)
        }
    }
}

/// Reads a store past any engine.
private struct WatchEngineView {
    let store: any WatchStore

    init(_ store: any WatchStore) { self.store = store }

    func plan(_ id: PlanID) throws -> PlanRow? {
        try store.transaction { (tables) throws(WatchError) in try tables.plan(id) }
    }

    func deliveries(_ id: PlanID) throws -> [DeliveryRow] {
        try store.transaction { (tables) throws(WatchError) in try tables.deliveries(id) }
    }

    func audit() throws -> [AuditEntry] {
        try store.transaction { (tables) throws(WatchError) in try tables.audit() }
    }
}
