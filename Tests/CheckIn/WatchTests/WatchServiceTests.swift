import CheckIn
import Database
import Dispatch
import Encoding
import Foundation
import Platform
import Secrets
import Synchronization
import TestSupport
import Testing
import Watch

/// A courier that writes down what it was given and says that it arrived.
final class NotingCourier: Courier {
    private let taken = Mutex<[OutgoingMessage]>([])

    var messages: [OutgoingMessage] { taken.withLock { $0 } }

    func deliver(_ message: OutgoingMessage, through channel: ChannelSetting) -> DeliveryResult {
        taken.withLock { $0.append(message) }
        return .delivered
    }

    /// What every server says, and which were asked.
    let hour = Mutex<Instant?>(nil)
    let asked = Mutex<[WebServer]>([])

    func hour(of server: WebServer) -> Instant? {
        asked.withLock { $0.append(server) }
        return hour.withLock { $0 }
    }
}

/// A store that refuses everything for as long as it is told to.
final class FailingStore: WatchStore {
    let inner = MemoryWatchStore()
    var failure: WatchError?

    func transaction<R>(_ body: (any WatchTables) throws(WatchError) -> R) throws(WatchError) -> R {
        if let failure { throw failure }
        return try inner.transaction(body)
    }
}

/// What a program on another thread was answered.
final class Replies: Sendable {
    private let came = Mutex<[WatchReply?]>([])

    func put(_ reply: WatchReply?) { came.withLock { $0.append(reply) } }

    var isEmpty: Bool { came.withLock { $0.isEmpty } }

    /// Waits for it; nil when the watcher was not reached.
    var next: WatchReply? {
        for _ in 0..<20_000 where isEmpty { usleep(1_000) }
        return came.withLock { $0.first ?? nil }
    }
}

@Suite("the running watcher")
struct WatchServiceTests {
    let clock = ManualClock(now: start, boot: .seconds(100), bootID: [1])
    let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    let courier = NotingCourier()

    /// The queue of a home, and what was told.
    final class Desk {
        var queue: [[UInt8]] = []
        var news: [WatchNews] = []
    }

    func service(_ engine: WatchEngine, _ desk: Desk) throws -> WatchService {
        try WatchService(
            engine: engine, keys: keys, courier: courier, clock: clock,
            drain: { isSettled in desk.queue.removeAll(where: isSettled) },
            tell: { desk.news.append($0) })
    }

    func box(_ token: Token) throws -> [UInt8] {
        try #require(sealToWatcher(token.bytes, boxKey: keys.boxKey))
    }

    @Test(
        "a check-in from a clock that is ahead of the watcher's waits, and counts before the alarm")
    func futureCheckInIsKept() throws {
        let sample = try Sample()
        let engine = engine()
        _ = try engine.register(sample.registration, envelopes: [], now: start)
        let desk = Desk()
        desk.queue = [try box(sample.token(at: start + hour * 6))]
        let service = try service(engine, desk)
        try service.once()
        #expect(desk.queue.count == 1)
        try service.once()
        #expect(desk.news.count { $0 == .notCounted("xalapa", .future) } == 1)
        clock.advance(by: hour * 7)
        try service.once()
        #expect(desk.queue.isEmpty)
        #expect(courier.messages.allSatisfy { $0.kind != "alert" })
        #expect(try engine.plans().first?.lastCounter != 0)
    }

    @Test("a check-in for a plan that is not known yet waits until it is armed")
    func unknownPlanIsKept() throws {
        let sample = try Sample()
        let engine = engine()
        let desk = Desk()
        desk.queue = [try box(sample.token(at: start))]
        let service = try service(engine, desk)
        try service.once()
        #expect(desk.queue.count == 1)
        _ = try engine.register(sample.registration, envelopes: [], now: start)
        try service.once()
        #expect(desk.queue.isEmpty)
        #expect(desk.news.contains(.checkedIn(sample.registration.label, next: start + hour * 6)))
    }

    @Test("a wrong code that is handed over twice is one try, and is told")
    func wrongCodeCountsOnce() throws {
        let sample = try Sample()
        let other = try Sample(seed: 2)
        let token = Token(
            plan: sample.registration.plan, counter: 7, issued: start,
            codeSeed: other.codeSeed.bytes, ticketSeed: sample.ticketSeed.bytes)
        let engine = engine()
        _ = try engine.register(sample.registration, envelopes: [], now: start)
        for _ in 0..<3 {
            #expect(try engine.checkIn(token.bytes, now: start) == .wrongCode(count: 1))
        }
        #expect(
            engine.takeNews().count { $0 == .wrongCode(sample.registration.label, count: 1) } == 1)
        let desk = Desk()
        desk.queue = [try box(token), try box(sample.token(at: start))]
        try service(engine, desk).once()
        #expect(desk.queue.isEmpty)
    }

    @Test("from the fifth wrong code on an answer takes a minute; others are answered meanwhile")
    func guessersWait() throws {
        let temporary = try TemporaryStore()
        let folder = temporary.folder.path
        let listener = try LocalListener(folder: folder, name: WatchSocket.name)
        let sample = try Sample()
        let stranger = try Sample(seed: 2)
        let engine = engine()
        _ = try engine.register(sample.registration, envelopes: [], now: start)
        let service = try service(engine, Desk())
        /// One program that asks, served once it has connected.
        func ask(_ request: WatchRequest) throws -> Replies {
            let replies = Replies()
            _ = Threads.start {
                replies.put(try? WatchSocket.ask(request, folder: folder))
            }
            #expect(Waiting.forReadable([listener.descriptor], limit: .seconds(20)) == [true])
            try service.serve(try #require(listener.accept(limit: .seconds(2))))
            return replies
        }
        func guess(_ counter: UInt64) throws -> Replies {
            try ask(
                .checkIn(
                    box(
                        Token(
                            plan: sample.registration.plan, counter: counter, issued: start,
                            codeSeed: stranger.codeSeed.bytes,
                            ticketSeed: sample.ticketSeed.bytes))))
        }
        for count in 1...4 {
            #expect(try guess(UInt64(count)).next == .answer(.wrongCode(count: UInt32(count))))
        }
        let fifth = try guess(5)
        service.answerLate()
        clock.advance(by: .seconds(59))
        service.answerLate()
        // She herself is not kept waiting.
        let right = try ask(.checkIn(box(sample.token(at: start)))).next
        guard case .answer(.accepted) = right else {
            Issue.record("\(String(describing: right))")
            return
        }
        #expect(fifth.isEmpty)
        clock.advance(by: .seconds(1))
        service.answerLate()
        #expect(fifth.next == .answer(.wrongCode(count: 5)))
    }

    @Test("a program that sends a byte now and then does not keep the watcher from its alarms")
    func dripping() throws {
        struct Drip: ByteInput {
            let clock: ManualClock

            func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
                clock.advance(by: .milliseconds(1_500))
                span[0] = 1
                return 1
            }
        }
        #expect(try WatchSocket.request(from: Drip(clock: clock), clock: clock) == nil)
        #expect(clock.now - start <= .seconds(3))
    }

    @Test("many programs at once do not keep the watcher from its alarms")
    func crowd() throws {
        let temporary = try TemporaryStore()
        let folder = temporary.folder.path
        let listener = try LocalListener(folder: folder, name: WatchSocket.name)
        let service = try service(engine(), Desk())
        let head: [UInt8] = [0, 0, 0, 0]
        let crowd = try (0..<WatchService.guests + 2).map { _ in
            let one = try LocalConnection.connect(
                folder: folder, name: WatchSocket.name, limit: .seconds(2))
            try one.write(head.span)
            return one
        }
        service.serveSome(listener)
        #expect(Waiting.forReadable([listener.descriptor], limit: .zero) == [true])
        service.serveSome(listener)
        #expect(Waiting.forReadable([listener.descriptor], limit: .zero) == [false])
        withExtendedLifetime(crowd) {}
    }

    @Test("a store that fails ends nothing: said once, tried again, alerts go on")
    func storeFailureIsSurvived() throws {
        let sample = try Sample()
        let store = FailingStore()
        let engine = engine(store)
        _ = try engine.register(sample.registration, envelopes: sample.envelopes, now: start)
        let desk = Desk()
        let service = try service(engine, desk)
        try service.once()
        clock.advance(by: hour * 7)
        for failure in [StoreFailure.full, .busy, .full] {
            store.failure = .store(failure)
            for _ in 0..<3 { service.round() }
        }
        let troubles = desk.news.filter { if case .trouble = $0 { true } else { false } }
        #expect(troubles == [.full, .busy, .full].map { .trouble(.store($0)) })
        store.failure = nil
        try service.once()
        #expect(desk.news.contains(.recovered))
        // The watcher was away: it reminds first, and waits once.
        clock.advance(by: hour)
        try service.once()
        #expect(courier.messages.contains { $0.contact == "laura" && $0.urgency == .urgent })
    }

    @Test("a damaged row is its own plan's misfortune, and is named")
    func damageIsIsolated() throws {
        let temporary = try TemporaryStore()
        let samples = try (1...3).map { try Sample(seed: UInt64($0), label: "plan\($0)") }
        do {
            let engine = engine(try temporary.open())
            for sample in samples {
                _ = try engine.register(
                    sample.registration, envelopes: sample.envelopes, now: start)
            }
        }
        do {
            let database = try Database(path: temporary.path, access: .readWrite)
            let broken = Hex.encode(samples[1].registration.plan.bytes)
            try database.execute("UPDATE plan SET box=x'00' WHERE id=x'\(broken)'")
            try database.execute("UPDATE clock_mark SET boot=9223372036854775807, now=-1")
            try database.execute(
                "UPDATE audit SET box=x'00' WHERE n=(SELECT max(n) FROM audit)")
        }
        let engine = engine(try temporary.open())
        let desk = Desk()
        let service = try service(engine, desk)
        clock.advance(by: hour * 7)
        try service.once()
        clock.advance(by: hour)
        try service.once()
        #expect(desk.news.count { $0 == .damaged(samples[1].registration.plan, nil) } == 1)
        let fired = desk.news.compactMap { news -> String? in
            if case .fired(let label, 0, _) = news { label.text } else { nil }
        }
        #expect(Set(fired) == ["plan1", "plan3"])
        #expect(courier.messages.count { $0.contact == "laura" } == 2)
        // Nothing is due before the next tier: a row that never opens must not spin the loop.
        let wake = try #require(try engine.nextWake())
        #expect(wake > clock.now)
    }

    @Test("a message whose row is damaged keeps no other from being sent")
    func damagedMessageIsIsolated() throws {
        let temporary = try TemporaryStore()
        let sample = try Sample(contacts: [["laura", "mesa"], ["abogado"]])
        let now = start + hour * 8
        let first: DeliveryID
        do {
            let engine = engine(try temporary.open())
            _ = try engine.register(sample.registration, envelopes: [], now: start)
            try engine.tick(now - hour)
            try engine.tick(now)
            first = try #require(try engine.deliveries(sample.registration.plan).first).id
        }
        do {
            let database = try Database(path: temporary.path, access: .readWrite)
            try database.execute(
                "UPDATE delivery SET box=x'00' WHERE id=x'\(first)'")
        }
        let engine = engine(try temporary.open())
        let desk = Desk()
        clock.advance(by: hour * 8)
        try service(engine, desk).once()
        #expect(courier.messages.map(\.contact) == ["mesa"])
        #expect(desk.news.contains { if case .unreadable = $0 { true } else { false } })
        #expect(try #require(try engine.nextWake()) > now)
    }

    /// Armed, then a machine that is off for three days and starts again.
    private func afterWeekend(_ desk: Desk) throws -> (WatchService, Sample, WatchEngine) {
        let sample = try Sample(channels: ["folder"], owner: true)
        let store = MemoryWatchStore()
        let first = engine(store)
        try first.start(mark(start))
        _ = try first.register(sample.registration, envelopes: [], now: start)
        clock.advance(by: hour * 72)
        clock.reboot(bootID: [2])
        let second = engine(store)
        let service = try service(second, desk)
        try second.start(mark(start))
        return (service, sample, second)
    }

    func pass(_ service: WatchService, _ minutes: Int) {
        for _ in 0..<minutes * 6 {
            clock.advance(by: .seconds(10))
            service.round()
        }
    }

    @Test("after days without the machine it reminds first, and only then alerts")
    func weekend() throws {
        let desk = Desk()
        let (service, sample, engine) = try afterWeekend(desk)
        service.round()
        pass(service, 11)
        let posted = try engine.deliveries(sample.registration.plan)
        #expect(posted.map(\.kind).filter { $0 != .daily } == [.holdReminder])
        // The grace is half an hour: so long it waits after the reminder.
        pass(service, 28)
        #expect(try engine.deliveries(sample.registration.plan).allSatisfy { $0.kind != .alert })
        pass(service, 4)
        #expect(try engine.deliveries(sample.registration.plan).contains { $0.kind == .alert })
    }

    @Test("what is armed or reported in those first minutes counts from the hour on the wall")
    func weekendArming() throws {
        let desk = Desk()
        let (service, sample, engine) = try afterWeekend(desk)
        service.round()
        let now = clock.now
        guard case .greeting(let greeting) = service.answer(.hello(nil)) else {
            Issue.record("no greeting")
            return
        }
        #expect(greeting.now == now)
        let fresh = try Sample(seed: 8, channels: ["folder"], label: "puebla")
        let signature = fresh.registration.signature(ticketSeed: fresh.ticketSeed.bytes)
        #expect(
            service.answer(.register(fresh.registration, signature: signature, envelopes: []))
                == .armed(deadline: now + hour * 6))
        let reply = service.answer(.checkIn(try box(sample.token(at: now))))
        #expect(
            reply
                == .answer(
                    .accepted(.init(next: now + hour * 6, isStillOwed: false, allClear: []))))
        pass(service, 60)
        for plan in [sample, fresh] {
            let posted = try engine.deliveries(plan.registration.plan)
            #expect(posted.allSatisfy { $0.kind == .daily })
        }
    }

    @Test("an hour that was spoken in doubt and then corrected keeps no promise silent")
    func corrected() throws {
        let desk = Desk()
        let (service, sample, engine) = try afterWeekend(desk)
        service.round()
        let reply = service.answer(.checkIn(try box(sample.token(at: clock.now))))
        guard case .answer(.accepted) = reply else {
            Issue.record("\(reply)")
            return
        }
        // The network says that it was never Monday.
        clock.set(now: start + minute)
        pass(service, 1)
        let lease = try #require(try engine.plans()[0].state.lease)
        #expect(lease.deadline < start + hour * 7)
        #expect(desk.news.contains { if case .clockLowered = $0 { true } else { false } })
    }
}
