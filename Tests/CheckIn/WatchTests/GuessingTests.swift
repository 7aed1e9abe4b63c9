import CheckIn
import Dispatch
import Encoding
import Foundation
import Platform
import Primitives
import Secrets
import TestSupport
import Testing
import Watch

@Suite("what is short enough to be found by trying")
struct GuessingTests {
    private let clock = ManualClock(now: start, boot: .seconds(100), bootID: [1])
    private let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    private let temporary: TemporaryStore
    private let listener: LocalListener
    private let sample: Sample
    private let watcher: WatchEngine
    private let service: WatchService
    private let card = PaperCard(random: SeededRandom(seed: 12))

    init() throws {
        temporary = try TemporaryStore()
        listener = try LocalListener(folder: temporary.folder.path, name: WatchSocket.name)
        sample = try Sample(channels: ["mail"])
        watcher = engine()
        try watcher.start(mark(start))
        _ = try watcher.register(sample.registration, envelopes: [], now: start)
        let enclosure = card.enclosure()
        let rows = (PaperCard.entries(of: enclosure) ?? []).map { [keys, sample] in
            PaperCodeRow(
                hash: keys.paperHash(sample.registration.plan, $0.code), number: $0.number,
                kind: $0.kind)
        }
        _ = try watcher.renewCard(
            sample.order(.card, at: start, enclosure: enclosure), enclosure: enclosure, codes: rows,
            now: start)
        service = try WatchService(
            engine: watcher, keys: keys, courier: NotingCourier(), clock: clock, drain: { _ in },
            tell: { _ in })
    }

    /// One program that asks, served once it has connected.
    private func ask(_ request: WatchRequest) throws -> Replies {
        let replies = Replies()
        let folder = temporary.folder.path
        _ = Threads.start { replies.put(try? WatchSocket.ask(request, folder: folder)) }
        #expect(Waiting.forReadable([listener.descriptor], limit: .seconds(20)) == [true])
        try service.serve(try #require(listener.accept(limit: .seconds(2))))
        return replies
    }

    /// The code of the card with this number, and an ending; nil for the right one.
    private func typed(_ number: Int, _ ending: String? = nil) throws -> WatchRequest {
        var text = Self.text(card.codes[number - 1])
        text += ending.map { Array($0.utf8) } ?? Self.text(card.safeEnding)
        return .paper(
            sample.registration.plan, try #require(sealToWatcher(text, boxKey: keys.boxKey)))
    }

    private static func text(_ secret: SharedSecret) -> [UInt8] {
        secret.bytes.withBytes { span in span.indices.map { span[$0] } }
    }

    private var wrong: String { Self.text(card.safeEnding) == Array("0000".utf8) ? "1111" : "0000" }

    private func lateRound(_ seconds: Int64) {
        clock.advance(by: .seconds(seconds))
        service.answerLate()
    }

    @Test(
        "after five wrong endings a card's code is tried one a minute, and a right one still counts"
    )
    func endings() throws {
        for count in 1...4 {
            let reply = try ask(typed(count, wrong)).next
            #expect(reply == .answer(.wrongCode(count: UInt32(count))))
        }
        let fifth = try ask(typed(5, wrong))
        let plan = sample.registration.plan
        #expect(try watcher.plans()[0].wrongCodes == 5)
        // A wrong one and then the right one: neither is even looked at before its turn.
        let sixth = try ask(typed(6, wrong))
        let right = try ask(typed(7))
        lateRound(59)
        #expect(try watcher.plans()[0].wrongCodes == 5)
        #expect(try watcher.summary(watcher.plans()[0]).usedCodes.isEmpty)
        #expect(fifth.isEmpty && sixth.isEmpty && right.isEmpty)
        lateRound(1)
        #expect(fifth.next == .answer(.wrongCode(count: 5)))
        #expect(sixth.next == .answer(.wrongCode(count: 6)))
        #expect(right.isEmpty)
        #expect(try watcher.summary(watcher.plans()[0]).usedCodes.isEmpty)
        // What she remembers counts at once.
        let token = try #require(
            sealToWatcher(sample.token(at: clock.now).bytes, boxKey: keys.boxKey))
        guard case .answer(.accepted)? = try ask(.checkIn(token)).next else {
            Issue.record("her own code waited")
            return
        }
        lateRound(60)
        guard case .answer(.accepted)? = right.next else {
            Issue.record("the right ending did not count")
            return
        }
        #expect(try watcher.summary(watcher.plans()[0]).usedCodes.map(\.number) == [7])
        #expect(try watcher.deliveries(plan).count { $0.kind == .wrongCodes } == 1)
    }

    @Test("who goes on is told of again: at the fifth, the fiftieth, the five hundredth")
    func goesOn() throws {
        let plan = sample.registration.plan
        let hash = [UInt8](repeating: 7, count: 32)
        for count in 1...501 {
            let now = start + .seconds(Int64(count))
            #expect(
                try watcher.checkIn(onPaper: hash, plan: plan, now: now)
                    == .wrongCode(count: UInt32(count)))
            let told = try watcher.deliveries(plan).count { $0.kind == .wrongCodes }
            #expect(told == (count < 5 ? 0 : count < 50 ? 1 : count < 500 ? 2 : 3))
        }
    }

    // MARK: Contacts' answers

    /// The alarm has gone to laura; the code of her message.
    private func alarm() throws -> (message: DeliveryID, now: Instant) {
        let now = start + hour * 7
        clock.set(now: now)
        try watcher.beat(mark(now))
        try watcher.tick(now)
        while let shipment = try watcher.claim(now) {
            try watcher.finish(shipment, .delivered, now)
        }
        let message = try #require(
            try watcher.deliveries(sample.registration.plan).last { $0.kind == .alert })
        return (message.id, now)
    }

    @Test("whoever has only the store cannot make the code of a contact's message")
    func keyed() throws {
        let (message, now) = try alarm()
        // The first four bytes of the name that lies open, and the same under another key.
        let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ")
        let digits = Array("2345679")
        let number = message.bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        let open = String([
            letters[number % 23], digits[number / 23 % 7], letters[number / 161 % 23],
            digits[number / 3_703 % 7],
        ])
        let others = WatchKeys(host: SeededRandom(seed: 98).secret(count: 32)).answers.code(message)
        for guess in [open, others, "A7K2"] {
            #expect(guess != message.code)
            #expect(try watcher.acknowledge(code: guess, plan: nil, now: now) == .unknownCode)
        }
        guard case .noted = try watcher.acknowledge(code: message.code, plan: nil, now: now) else {
            Issue.record("the code that stands in the message is not taken")
            return
        }
        // A watcher without the key takes none at all.
        let keyless = WatchEngine(
            store: MemoryWatchStore(), random: SeededRandom(seed: 1),
            writer: AlertWriter(zones: mexico))
        _ = try keyless.register(sample.registration, envelopes: [], now: start)
        #expect(try keyless.acknowledge(code: "A7K2", plan: nil, now: start) == .unknownCode)
    }

    @Test("after five wrong answers each waits its minute; the first people are told")
    func answers() throws {
        let (message, _) = try alarm()
        for _ in 1...5 {
            #expect(try ask(.hold("A2A2", nil)).next == .contact(.unknownCode))
        }
        #expect(
            try watcher.deliveries(sample.registration.plan).filter { $0.kind == .wrongCodes }
                .map(\.contact) == ["laura"])
        let sixth = try ask(.acknowledge("A2A2", nil))
        let right = try ask(.acknowledge(message.code, nil))
        lateRound(60)
        #expect(sixth.next == .contact(.unknownCode))
        #expect(right.isEmpty)
        lateRound(60)
        guard case .contact(.noted(let noted))? = right.next else {
            Issue.record("the right answer did not count")
            return
        }
        #expect(noted.contact == "laura")
        // A right one does not begin the count anew.
        #expect(try watcher.plans()[0].wrongAnswers == 6)
        let code = sample.token(at: clock.now)
        guard case .accepted = try watcher.checkIn(code.bytes, now: clock.now) else {
            Issue.record("not accepted")
            return
        }
        #expect(try watcher.plans()[0].wrongAnswers == 0)
    }

    @Test("the count says nothing about a duress that nobody may see")
    func sameUnderDuress() throws {
        let now = start + hour
        var counts: [[UInt32]] = []
        for isForced in [false, true] {
            let twin = engine()
            try twin.start(mark(start))
            _ = try twin.register(sample.registration, envelopes: [], now: start)
            let token = isForced ? sample.duressToken(at: now) : sample.token(at: now)
            _ = try twin.checkIn(token.bytes, now: now)
            try twin.beat(mark(now + .seconds(16)))
            try twin.tick(now + .seconds(16))
            counts.append(
                try (1...6).map { count in
                    #expect(
                        try twin.acknowledge(
                            code: "A2A2", plan: nil, now: now + .seconds(16 + Int64(count)))
                            == .unknownCode)
                    return try twin.plans()[0].wrongAnswers
                })
        }
        #expect(counts[0] == counts[1] && counts[0] == [1, 2, 3, 4, 5, 6])
    }
}
