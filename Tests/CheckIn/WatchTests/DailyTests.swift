import CheckIn
import Platform
import TestSupport
import Testing
import Watch

@Suite("where the log stands, once a day")
struct DailyTests {
    /// 18:00 UTC on the day of `start`, which is at 08:00.
    private let noon = Instant(milliseconds: 1_800_036_000_000)

    private func sent(_ watcher: WatchEngine, _ now: Instant) throws -> [(String, String)] {
        try watcher.tellDaily(now)
        var found: [(String, String)] = []
        while let shipment = try watcher.claim(now) {
            found.append((shipment.message.subject, shipment.message.text))
            try watcher.finish(shipment, .delivered, now)
        }
        return found
    }

    @Test("it names the log's head, goes out once however often one looks, and follows the last")
    func daily() throws {
        let store = MemoryWatchStore()
        let sample = try Sample(
            promise: .interval(hour * 200, end: nil), channels: ["mail", "sms"], owner: true)
        let watcher = engine(store)
        try watcher.start(mark(start))
        _ = try watcher.register(sample.registration, envelopes: sample.envelopes, now: start)
        #expect(try sent(watcher, noon - minute).isEmpty)
        let head = try #require(try watcher.audit().last)
        let first = try sent(watcher, noon)
        #expect(first.count == 1, "by letter, and rings nobody")
        #expect(first[0].0 == "El registro del vigilante: xalapa")
        #expect(first[0].1.contains("Registro del vigilante: "))
        #expect(try watcher.audit().count > head.number)
        for hours in 1...23 { #expect(try sent(watcher, noon + hour * hours).isEmpty) }
        // A watcher that starts again has told it already.
        let again = engine(store)
        try again.start(mark(noon + hour * 5))
        #expect(try sent(again, noon + hour * 5).isEmpty)
        #expect(try sent(again, noon + hour * 24).count == 1)
    }

    @Test("whose plans are of others, or who has only a screen, hears nothing")
    func nobody() throws {
        for registration in [
            try Sample(promise: .interval(hour * 200, end: nil), channels: ["mail"]).registration,
            try Sample(promise: .interval(hour * 200, end: nil), channels: ["mail"], owner: true)
                .handedOver,
            try Sample(promise: .interval(hour * 200, end: nil), channels: ["sms"], owner: true)
                .registration,
        ] {
            let watcher = engine()
            try watcher.start(mark(start))
            _ = try watcher.register(registration, envelopes: [], now: start)
            #expect(try sent(watcher, noon + hour).isEmpty)
        }
    }

    @Test("several plans of one person are one message")
    func several() throws {
        let watcher = engine()
        try watcher.start(mark(start))
        for seed in [1, 2, 3] as [UInt64] {
            let sample = try Sample(
                seed: seed, promise: .interval(hour * 200, end: nil), channels: ["mail"],
                owner: true, label: "plan-\(seed)")
            _ = try watcher.register(sample.registration, envelopes: [], now: start)
        }
        #expect(try sent(watcher, noon).count == 1)
    }
}
