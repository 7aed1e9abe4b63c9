import CheckIn
import Encoding
import Foundation
import Platform
import Secrets
import Synchronization
import TestSupport
import Testing
import Watch

@Suite("the watcher's socket and clock")
struct WatchWireTests {
    @Test("requests and answers read back as written; damage is refused, never trapped on")
    func codec() throws {
        let sample = try Sample()
        let random = SeededRandom(seed: 8)
        let requests: [WatchRequest] = [
            .hello(nil), .hello(sample.registration.plan),
            .register(sample.registration, signature: random.bytes(64), envelopes: [[1], []]),
            .checkIn([1, 2]), .order([]), .status,
            .update(
                [3], sample.registration, signature: random.bytes(64), envelopes: [[1], [2]]),
            .card([4], codes: [5]), .paper(sample.registration.plan, [6]),
            .rehearse(sample.registration, signature: random.bytes(64)),
            .drillReport(sample.registration.plan), .acknowledge("A7K2", nil),
            .hold("A7K2", sample.registration.plan), .log(after: 9, nil),
            .log(after: .max, sample.registration.plan),
            .release(sample.registration.plan, signature: random.bytes(64)),
            .unlock(random.bytes(32)),
        ]
        for request in requests {
            #expect(WatchRequest(request.fields) == request)
            for _ in 0..<100 {
                var bytes = request.fields.serialized()
                bytes[Int(random.below(UInt32(bytes.count)))] ^= UInt8(1 + random.below(255))
                if let fields = try? FieldList(parsing: bytes[...]) { _ = WatchRequest(fields) }
            }
        }
        let replies: [WatchReply] = [
            .greeting(.init(now: start, boxKey: random.bytes(32), lastCounter: .max)),
            .armed(deadline: start), .status([], now: start), .refused(.past), .refused(.alarming),
            .refused(.asleep),
            .answer(.accepted(.init(next: start, isStillOwed: true, allClear: ["laura"]))),
            .answer(.behind(last: 7)), .answer(.wrongCode(count: 3)), .answer(.future),
            .answer(.unknownPlan), .answer(.ended), .answer(.notOurs), .answer(.used(at: start)),
            .answer(
                .accepted(
                    .init(
                        next: start, isStillOwed: false, allClear: [],
                        waits: [.rhythm, .otherCodes], waitsUntil: start + hour))),
            .contact(.unknownCode), .contact(.onlyDrill),
            .contact(.severalPlans([sample.registration.label])),
            .contact(
                .noted(
                    .init(
                        label: sample.registration.label, contact: "laura", isDrill: true,
                        next: start, spoken: ["laura"], heldUntil: start))),
            .drill(nil),
            .drill(
                DrillReport(
                    at: start,
                    people: [.init(name: "laura", channels: ["mail"], acknowledged: start)])),
            .tooSoon(start), .refused(.epoch),
            .log([AuditLink(AuditEntry(after: nil, at: start, .started), isShown: true)]),
        ]
        for reply in replies { #expect(WatchReply(reply.fields) == reply) }
    }

    @Test("a request crosses the socket of a home with a long path, and 3 MB do too")
    func socket() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "w-" + String(repeating: "x", count: 150) + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: WatchSocket.Unreachable.self) {
            try WatchSocket.ask(.status, folder: folder.path)
        }
        let listener = try LocalListener(folder: folder.path, name: WatchSocket.name)
        let path = folder.appending(path: WatchSocket.name).path
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let heard = Mutex<[Int]>([])
        let started = Threads.start {
            for _ in 0..<2 {
                _ = Waiting.forReadable([listener.descriptor], limit: .seconds(10))
                guard let connection = listener.accept(limit: .seconds(10)) else { return }
                try? WatchSocket.serve(connection) { request in
                    if case .checkIn(let box) = request { heard.withLock { $0.append(box.count) } }
                    return .refused(.store)
                }
            }
        }
        #expect(started)
        for count in [10, 3_000_000] {
            let box = [UInt8](repeating: 1, count: count)
            #expect(try WatchSocket.ask(.checkIn(box), folder: folder.path) == .refused(.store))
        }
        #expect(heard.withLock { $0 } == [10, 3_000_000])
    }

    @Test("time follows the clock that cannot be set")
    func clock() {
        let system = ManualClock(now: start, boot: .seconds(1_000), bootID: [1])
        var clock = WatchClock(system, since: nil)
        system.advance(by: hour)
        #expect(clock.now() == start + hour)
        // Asleep for three days: time passed, whatever the loop saw of it.
        system.advance(by: hour * 72)
        #expect(clock.now() == start + hour * 73)
        // A correction of seconds is followed, but never backwards.
        system.set(now: start + hour * 73 + .seconds(30))
        #expect(clock.now() == start + hour * 73 + .seconds(30))
        system.set(now: start + hour * 73)
        #expect(clock.now() == start + hour * 73 + .seconds(30))
    }

    @Test(
        "a clock set forward is believed after ten minutes, one set back is not",
        arguments: [1, 720])
    func jumps(hours: Int) {
        let system = ManualClock(now: start, boot: .seconds(1_000), bootID: [1])
        var clock = WatchClock(system, since: nil)
        system.set(now: start + hour * hours)
        #expect(clock.now() == start)
        system.advance(by: minute * 9)
        #expect(clock.now() == start + minute * 9)
        system.advance(by: minute)
        #expect(clock.now() == start + hour * hours + minute * 10)

        let back = ManualClock(now: start, boot: .seconds(1_000), bootID: [1])
        clock = WatchClock(back, since: nil)
        back.set(now: Instant(milliseconds: 0))
        back.advance(by: hour)
        #expect(clock.now() == start + hour)
        back.advance(by: hour)
        #expect(clock.now() == start + hour * 2)
    }

    @Test("after a restart time does not run backwards; in the same run it goes on")
    func restarts() {
        let mark = ClockMark(bootID: [1], boot: .seconds(1_000), now: start)
        let sameRun = ManualClock(now: start - hour * 5, boot: .seconds(1_060), bootID: [1])
        var clock = WatchClock(sameRun, since: mark)
        #expect(clock.now() == start + minute)
        let in1970 = ManualClock(now: Instant(milliseconds: 0), boot: .seconds(5), bootID: [2])
        clock = WatchClock(in1970, since: mark)
        #expect(clock.now() == start)
        let later = ManualClock(now: start + hour * 20, boot: .seconds(5), bootID: [2])
        clock = WatchClock(later, since: mark)
        #expect(clock.now() == start + hour * 20)
    }
}
