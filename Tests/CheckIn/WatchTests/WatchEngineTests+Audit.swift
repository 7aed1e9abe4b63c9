import CheckIn
import Dispatch
import Encoding
import Platform
import Primitives
import Secrets
import TestSupport
import Testing
import Watch

// What is kept of what happened.
extension WatchEngineTests {
    @Test("a tier that stands as told before it was is said, and not passed over in silence")
    func notFired() throws {
        let sample = try Sample()
        let store = MemoryWatchStore()
        let engine = try armed(sample, on: store)
        try store.transaction { (tables) throws(WatchError) in
            _ = try tables.insertFire(sample.registration.plan, epoch: 1, tier: 0, at: start)
        }
        _ = engine.takeNews()
        try pass(engine, until: alarm)
        #expect(engine.takeNews().contains(.notFired(sample.registration.label, tier: 0)))
        #expect(try engine.audit().contains { $0.event == .notFired })
    }

    @Test("every step stands in the audit, and the chain holds")
    func audit() throws {
        let sample = try Sample()
        let engine = try armed(sample)
        try pass(engine, until: alarm)
        let shipment = try #require(try engine.claim(alarm))
        try engine.finish(shipment, .delivered, alarm)
        _ = try engine.checkIn(sample.token(at: alarm).bytes, now: alarm)
        _ = try read(engine, after: alarm)
        let entries = try engine.audit()
        #expect(AuditEntry.firstBreak(in: entries) == nil)
        #expect(
            entries.compactMap(\.event) == [
                .started, .armed, .fired, .attempt, .result, .checkIn, .allClear,
            ])
    }

    @Test("the same answers from the file as from memory")
    func sqlite() throws {
        let temporary = try TemporaryStore()
        let sample = try Sample(owner: true)
        func play(_ store: any WatchStore) throws -> [AuditEntry] {
            let engine = try armed(sample, on: store)
            try pass(engine, until: alarm)
            while let shipment = try engine.claim(alarm) {
                try engine.finish(shipment, .tryAgain(DeliveryReason(.connection)), alarm)
            }
            let now = alarm + minute
            _ = try engine.checkIn(sample.token(at: now).bytes, now: now)
            let later = try read(engine, after: now)
            while let shipment = try engine.claim(later) {
                try engine.finish(shipment, .delivered, later)
            }
            return try engine.audit()
        }
        #expect(try play(MemoryWatchStore()) == play(temporary.open()))
    }
}
