import CheckIn
import Database
import Dispatch
import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing
import Watch

// Clocks that were wrong, and are put back or forward.
extension WatchServiceTests {
    /// Couriers have threads of their own: waits until what they hold has arrived.
    private func settle(_ service: WatchService) {
        for _ in 0..<200 {
            service.round()
            usleep(1_000)
        }
    }

    /// Without repeats: to a clock that a test moves a courier may seem slow, and its message goes
    /// out again under the same id.
    private var messages: [OutgoingMessage] {
        var seen: Set<[UInt8]> = []
        return courier.messages.filter { seen.insert($0.id).inserted }
    }

    /// A watcher on a machine whose clock is ten days ahead after a restart, and is believed.
    private func onWrongClock(_ sample: Sample, _ desk: Desk, _ store: any WatchStore) throws
        -> WatchService
    {
        clock.set(now: clock.now + hour * 240)
        clock.reboot(bootID: [2])
        let service = try service(engine(store), desk)
        try service.once()
        pass(service, 11)
        return service
    }

    /// The clock is right again after another restart, and is believed.
    private func onRightClock(_ desk: Desk, _ store: any WatchStore) throws -> WatchService {
        clock.set(now: clock.now + hour * -240)
        clock.reboot(bootID: [3])
        let service = try service(engine(store), desk)
        try service.once()
        pass(service, 11)
        return service
    }

    @Test("an alarm that was held on a wrong day does not wait for that day to come")
    func heldOnTheWrongDay() throws {
        let sample = try Sample(
            promise: .interval(.seconds(20), end: nil), channels: ["folder"], owner: true)
        let store = MemoryWatchStore()
        let first = engine(store)
        try first.start(mark(start))
        _ = try first.register(sample.registration, envelopes: [], now: start)
        let desk = Desk()
        _ = try onWrongClock(sample, desk, store)
        #expect(desk.news.contains { if case .hold = $0 { true } else { false } })
        let service = try onRightClock(desk, store)
        #expect(desk.news.contains { if case .clockLowered = $0 { true } else { false } })
        pass(service, 60)
        settle(service)
        #expect(messages.contains { $0.contact == "laura" && $0.urgency == .urgent })
    }

    @Test("a tier that heard of an alarm of a wrong day hears again when it comes true")
    func toldOnTheWrongDay() throws {
        let sample = try Sample(channels: ["folder"], owner: true)
        let store = MemoryWatchStore()
        let first = engine(store)
        try first.start(mark(start))
        _ = try first.register(sample.registration, envelopes: [], now: start)
        let desk = Desk()
        let wrong = try onWrongClock(sample, desk, store)
        pass(wrong, 32)
        settle(wrong)
        func heard() -> [String] {
            messages.filter { $0.contact == "laura" }.map(\.subject)
        }
        #expect(heard() == ["ALERTA: Ana no se ha reportado"])
        let service = try onRightClock(desk, store)
        settle(service)
        #expect(heard().last == "CORRECCIÓN: la alerta sobre Ana fue error de un reloj")
        let row = try #require(try engine(store).plans().first)
        #expect(row.state.name == "armed" && row.state.epoch == 2)
        pass(service, 400)
        settle(service)
        #expect(heard().count == 3 && heard().last == "ALERTA: Ana no se ha reportado")
    }

    @Test("one damaged plan keeps no other in a future that never was")
    func damagedAndPutBack() throws {
        let temporary = try TemporaryStore()
        let samples = try (1...3).map { try Sample(seed: UInt64($0), label: "plan\($0)") }
        let ahead = start + hour * 240
        do {
            let engine = engine(try temporary.open())
            for sample in samples {
                _ = try engine.register(sample.registration, envelopes: [], now: ahead)
            }
            try engine.start(mark(ahead))
        }
        do {
            let database = try Database(path: temporary.path, access: .readWrite)
            let first = try #require(samples.map(\.registration.plan).min())
            try database.execute(
                "UPDATE plan SET box=x'00' WHERE id=x'\(Hex.encode(first.bytes))'")
        }
        clock.reboot(bootID: [3])
        let engine = engine(try temporary.open())
        let desk = Desk()
        let service = try service(engine, desk)
        try service.once()
        pass(service, 11)
        #expect(desk.news.count { if case .damaged = $0 { true } else { false } } == 1)
        let plans = try engine.plans()
        #expect(plans.count == 2)
        #expect(plans.allSatisfy { ($0.wake ?? ahead) < start + hour * 7 })
        #expect(!desk.news.contains { if case .trouble = $0 { true } else { false } })
    }

    /// A machine that has been on for an hour, six hours behind, and a plan armed there.
    private func behind(_ promise: Promise, _ desk: Desk) throws
        -> (WatchService, WatchEngine, Sample)
    {
        clock.set(now: start - hour * 6)
        clock.advance(by: hour)
        let sample = try Sample(promise: promise, channels: ["folder"], owner: true)
        let engine = engine()
        let service = try service(engine, desk)
        try service.once()
        _ = try engine.register(sample.registration, envelopes: [], now: clock.now)
        return (service, engine, sample)
    }

    @Test("a clock that was behind and is put right uses up no promise of hours")
    func promiseUsedUpByTheClock() throws {
        let desk = Desk()
        let (service, engine, _) = try behind(.interval(hour * 2, end: nil), desk)
        pass(service, 5)
        let due = clock.now + minute * 115 + hour * 6
        clock.set(now: clock.now + hour * 6)
        pass(service, 11)
        #expect(desk.news.contains(.clockRaised(hour * 6)))
        #expect(try engine.plans()[0].state.lease?.deadline == due)
        #expect(messages.isEmpty)
        // It counts on from there, and the watcher was there all the time.
        pass(service, 104 + 29)
        #expect(messages.allSatisfy { $0.kind == "reminder" })
        pass(service, 2)
        settle(service)
        #expect(messages.contains { $0.kind == "alert" })
        #expect(!desk.news.contains { if case .hold = $0 { true } else { false } })
    }

    @Test("a fixed hour over which a clock went is reminded of first, and the clock is named")
    func hourLeaptOver() throws {
        let desk = Desk()
        let (service, _, _) = try behind(.deadlines([start - hour * 2]), desk)
        clock.set(now: clock.now + hour * 6)
        pass(service, 11)
        #expect(
            desk.news.contains {
                if case .hold(_, _, .some(hour * 6), _) = $0 { true } else { false }
            })
        settle(service)
        let reminder = try #require(messages.first)
        #expect(messages.count == 1)
        #expect(reminder.text.contains("El reloj de este equipo estaba mal por 6 h. Aquí no hay"))
        pass(service, 31)
        settle(service)
        let alert = try #require(messages.last)
        #expect(alert.urgency == .urgent && alert.text.contains("El reloj del equipo que vigila"))
        #expect(!alert.text.contains("estuvo apagado"))
    }

    /// A watcher without doubt, whose plan alerts over these channels.
    private func onRightClock(_ desk: Desk, channels: [String]) throws -> WatchService {
        let sample = try Sample(channels: channels)
        let engine = engine(MemoryWatchStore())
        try engine.start(ClockMark(bootID: [1], boot: clock.boot, now: start))
        _ = try engine.register(sample.registration, envelopes: [], now: start)
        return try service(engine, desk)
    }

    @Test("a clock set to next month raises no alarm where a server has another hour")
    func askedForTheHour() throws {
        let desk = Desk()
        let service = try onRightClock(desk, channels: ["web", "ntfy", "folder"])
        settle(service)
        #expect(courier.asked.withLock { $0.isEmpty }, "nobody is asked without need")
        clock.set(now: start + hour * 720)
        courier.hour.withLock { $0 = start }
        settle(service)
        // The server of the hook, not the one on this machine; once, and then now and then.
        #expect(courier.asked.withLock { $0.map(\.origin) } == ["https://desk.example.org"])
        #expect(desk.news.contains(.clockRefuted(hour * 720)))
        pass(service, 60)
        settle(service)
        #expect(messages.isEmpty)
        #expect((2...8).contains(courier.asked.withLock { $0.count }))
        #expect(desk.news.count { $0 == .clockRefuted(hour * 720) } == 1)
    }

    @Test("who says nothing is asked again each minute, and the doubt ends by itself")
    func silentServer() throws {
        let desk = Desk()
        let service = try onRightClock(desk, channels: ["web"])
        clock.set(now: start + hour * 2)
        for _ in 0..<9 {
            settle(service)
            clock.advance(by: minute)
        }
        settle(service)
        #expect(courier.asked.withLock { $0.count } == 10)
        clock.advance(by: minute * 2)
        settle(service)
        #expect(desk.news.contains { if case .clockRaised = $0 { true } else { false } })
    }
}
