import CheckIn
import Database
import Platform
import TestSupport
import Testing
import Watch

@Suite("a check-in whose row is damaged before it is read with which code it was signed")
struct UnreadCheckInTests {
    /// What is done to the row of one counter.
    enum Damage: String, CaseIterable {
        case broken = "UPDATE checkin SET answer=x'00' WHERE counter="
        case gone = "DELETE FROM checkin WHERE counter="
    }

    /// An alarm has gone to laura; then codes are typed, and rows are damaged.
    private final class Case {
        let temporary: TemporaryStore
        let sample: Sample
        var now = start
        private(set) var engine: WatchEngine

        init() throws {
            temporary = try TemporaryStore()
            sample = try Sample(channels: ["mail"])
            engine = watcher(try temporary.open())
            try engine.start(mark(start))
            _ = try engine.register(sample.registration, envelopes: [], now: start)
            try silence()
        }

        /// Until an alarm has gone out.
        func silence() throws {
            now = now + hour * 7
            try engine.beat(mark(now))
            try engine.tick(now)
            while let shipment = try engine.claim(now) {
                try engine.finish(shipment, .delivered, now)
            }
        }

        func type(_ token: (Instant) -> Token) throws -> UInt64 {
            now = now + .seconds(1)
            let token = token(now)
            guard case .accepted = try engine.checkIn(token.bytes, now: now) else { return 0 }
            return token.counter
        }

        func damage(_ how: Damage, _ counter: UInt64) throws {
            try restart {
                do {
                    let database = try Database(path: self.temporary.path, access: .readWrite)
                    try database.execute(how.rawValue + String(counter))
                }
                return try self.temporary.open()
            }
        }

        /// As a watcher finds it that is started anew: one process alone holds the file.
        func restart(_ store: () throws -> any WatchStore) throws {
            engine = watcher(MemoryWatchStore())
            engine = watcher(try store())
        }

        /// What contacts hear of it, and what the screen says.
        func look() throws -> (told: [MessageKind], isSaid: Bool) {
            _ = engine.takeNews()
            now = now + .seconds(16)
            try engine.beat(mark(now))
            try engine.tick(now)
            let fresh = try engine.deliveries(sample.registration.plan).filter { $0.kind != .alert }
            return (
                fresh.map(\.kind),
                engine.takeNews().contains(.unreadCheckIn(sample.registration.label))
            )
        }
    }

    @Test("nobody hears that she is well, and the screen says so", arguments: Damage.allCases)
    func noAllClear(_ damage: Damage) throws {
        let one = try Case()
        let counter = try one.type(one.sample.duressToken(at:))
        try one.damage(damage, counter)
        let (told, isSaid) = try one.look()
        #expect(told.isEmpty, "\(told)")
        #expect(isSaid)
        // What is typed later is read again as ever.
        try one.silence()
        _ = try one.type { one.sample.token(at: $0) }
        #expect(try one.look().told == [.allClear])
    }

    @Test("one that is whole goes out as before, and is not spoken of")
    func whole() throws {
        let one = try Case()
        _ = try one.type { one.sample.token(at: $0) }
        let (told, isSaid) = try one.look()
        #expect(told == [.allClear] && !isSaid)
    }

    @Test("another row that is damaged hides no duress code", arguments: Damage.allCases)
    func duressBeside(_ damage: Damage) throws {
        let one = try Case()
        _ = try one.type(one.sample.duressToken(at:))
        try one.damage(damage, try one.type { one.sample.token(at: $0) })
        #expect(try one.look().told == [.duress])
    }

    @Test("nor does a disk that fails then: the row is missing in memory as well")
    func fromMemory() throws {
        for isFirst in [true, false] {
            let one = try Case()
            let first = try one.type(one.sample.duressToken(at:))
            let second = try one.type { one.sample.token(at: $0) }
            try one.damage(.broken, isFirst ? first : second)
            var disk: FaultyStore?
            try one.restart {
                let store = FaultyStore(try one.temporary.open())
                disk = store
                return try MirroredStore(store)
            }
            disk?.failingAt = 0
            let (told, isSaid) = try one.look()
            #expect(told == (isFirst ? [] : [.duress]))
            #expect(isSaid)
        }
    }
}

private func watcher(_ store: any WatchStore) -> WatchEngine { engine(store) }
