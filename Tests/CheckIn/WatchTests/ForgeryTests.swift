import CheckIn
import Encoding
import Platform
import Secrets
import TestSupport
import Testing
import Watch

/// What anybody may send: tokens, orders, changes and paper codes that are cut, changed, put
/// together, signed by others, or were true once. None may count, and none may move a plan.
@Suite("forged and repeated statements")
struct ForgeryTests {
    static let attempts = torture ? 100_000 : 4_000
    static let batches = 20

    @Test("none is accepted, and nothing changes", arguments: 0..<batches)
    func forgeries(_ batch: Int) throws {
        let forger = try Forger(seed: UInt64(batch))
        for number in 0..<Self.attempts / Self.batches {
            // Now and then she does something herself, and there is something new to repeat.
            if number % 50 == 0 { try forger.live() }
            try forger.attempt()
        }
        #expect(forger.problems.isEmpty, "seed \(batch): \(forger.problems.prefix(3))")
        #expect(forger.kinds.count == Forger.ways, "\(forger.kinds)")
    }

    /// A backup was put back, and a second device has the ticket too; their clocks differ.
    @Test("two devices and a restored backup: no check-in is turned away", arguments: 0..<20)
    func devices(_ batch: Int) throws {
        for index in 0..<(torture ? 250 : 10) {
            let random = SeededRandom(seed: UInt64(batch * 250 + index))
            let sample = try Sample(channels: ["mail"])
            let engine = engine()
            try engine.start(mark(start))
            _ = try engine.register(sample.registration, envelopes: [], now: start)
            var counters: [UInt64] = [0, 0, 0]
            let skews = (0..<3).map { _ in
                [.zero, hour * -24 * 20_000, minute * -3, minute * 4][Int(random.below(4))]
            }
            var now = start
            for _ in 0..<30 {
                now = now + .seconds(Int64(1 + random.below(7_200)))
                let device = Int(random.below(3))
                if random.below(8) == 0 { counters[device] = counters[0] / 2 }
                var isAccepted = false
                // Told to be behind it signs again at once, as `ok` does.
                for _ in 0..<2 where !isAccepted {
                    let clock = now + skews[device]
                    counters[device] = Token.counter(after: counters[device], now: clock)
                    let token = sample.token(counters[device], at: clock)
                    switch try engine.checkIn(token.bytes, now: now) {
                    case .accepted: isAccepted = true
                    case .behind(let last): counters[device] = last
                    case let other: Issue.record("batch \(batch), \(index): \(other)")
                    }
                }
                #expect(isAccepted, "batch \(batch), \(index)")
            }
        }
    }
}

private final class Forger {
    static let ways = 14

    private let random: SeededRandom
    private let sample: Sample
    private let stranger: Sample
    private let keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    private let watcher: WatchEngine
    private var now = start
    private var cards: [PaperCard] = []
    private var used = 0
    /// What was accepted once, with its answer.
    private var said: [(bytes: [UInt8], isOrder: Bool, answer: CheckInAnswer)] = []
    private(set) var problems: [String] = []
    private(set) var kinds: [Int: Int] = [:]

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        sample = try Sample(seed: 3, channels: ["mail"])
        stranger = try Sample(seed: 4, channels: ["mail"])
        watcher = engine(MemoryWatchStore(), seed: seed)
        try watcher.start(mark(start))
        _ = try watcher.register(sample.registration, envelopes: [], now: start)
    }

    private var plan: PlanID { sample.registration.plan }
    private func pick<T>(_ list: [T]) -> T { list[Int(random.below(UInt32(list.count)))] }

    private func copied(_ secret: SharedSecret) -> [UInt8] {
        secret.bytes.withBytes { span in span.indices.map { span[$0] } }
    }

    // MARK: What is true

    private func row(_ code: PaperCode, _ number: Int, _ kind: CodeKind) -> PaperCodeRow {
        PaperCodeRow(hash: keys.paperHash(plan, code), number: number, kind: kind)
    }

    private func paper(_ card: PaperCard, _ index: Int, ending: [UInt8]? = nil) -> PaperCode? {
        let text = copied(card.codes[index]) + (ending ?? copied(card.safeEnding))
        return PaperCode(reading: text.span)
    }

    /// She reports in, gives an order, or uses a code of the newest card.
    func live() throws {
        now = now + minute * (1 + Int(random.below(30)))
        try watcher.beat(mark(now))
        try watcher.tick(now)
        switch random.below(cards.isEmpty ? 1 : 5) {
        case 0: try renewCard()
        case 1: try obey(pick([.pause, .resume]))
        case 2 where used < PaperCard.codeCount:
            guard let card = cards.last, let code = paper(card, used) else { return }
            used += 1
            _ = try watcher.checkIn(onPaper: keys.paperHash(plan, code), plan: plan, now: now)
        default:
            let token = sample.token(at: now)
            let answer = try watcher.checkIn(token.bytes, now: now)
            guard case .accepted = answer else { return problems.append("true: \(answer)") }
            said.append((token.bytes, false, answer))
        }
    }

    private func obey(_ order: Order) throws {
        let bytes = sample.order(order, at: now, seconds: order == .pause ? 600 : 0)
        let answer = try watcher.obey(bytes, now: now)
        guard case .accepted = answer else { return problems.append("true \(order): \(answer)") }
        said.append((bytes, true, answer))
    }

    private func renewCard() throws {
        let card = PaperCard(random: random)
        let enclosure = card.enclosure()
        let codes = (PaperCard.entries(of: enclosure) ?? []).map {
            row($0.code, $0.number, $0.kind)
        }
        let bytes = sample.order(.card, at: now, enclosure: enclosure)
        let answer = try watcher.renewCard(bytes, enclosure: enclosure, codes: codes, now: now)
        guard case .accepted = answer else { return problems.append("true card: \(answer)") }
        cards.append(card)
        used = 0
    }

    // MARK: What is not

    /// What of a plan a statement could move.
    private func standing() throws -> PlanRow? {
        var row = try watcher.plans().first
        row?.wrongCodes = 0
        return row
    }

    func attempt() throws {
        now = now + .milliseconds(Int64(1 + random.below(400)))
        let before = try standing()
        let way = Int(random.below(UInt32(Self.ways)))
        kinds[way, default: 0] += 1
        let answer = try forge(way)
        if case .accepted = answer { problems.append("accepted: way \(way)") }
        if try standing() != before { problems.append("moved: way \(way)") }
    }

    private var fresh: [UInt8] { sample.token(at: now).bytes }

    private func forge(_ way: Int) throws -> CheckInAnswer? {
        switch way {
        case 0: return try checkIn(flipped(fresh))
        case 1: return try checkIn(Array(fresh.prefix(Int(random.below(256)))))
        case 2: return try checkIn(fresh + random.bytes(1 + Int(random.below(40))))
        case 3: return try checkIn(random.bytes(256))
        case 4: return try checkIn(signed(code: sample.codeSeed, ticket: stranger.ticketSeed))
        case 5: return try checkIn(signed(code: stranger.codeSeed, ticket: sample.ticketSeed))
        case 6: return try checkIn(stranger.token(at: now).bytes)
        case 7: return try spliced()
        case 8: return try repeated()
        case 9: return try late()
        case 10:
            return try checkIn(
                sample.token(at: now + minute * (6 + Int(random.below(9_999)))).bytes)
        case 11: return try wrongKind()
        case 12: return try wrongEnclosure()
        default: return try wrongPaper()
        }
    }

    private func checkIn(_ bytes: [UInt8]) throws -> CheckInAnswer {
        try random.below(2) == 0
            ? watcher.checkIn(bytes, now: now) : watcher.obey(bytes, now: now)
    }

    private func flipped(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var places: Set<Int> = []
        for _ in 0...random.below(3) { places.insert(Int(random.below(UInt32(bytes.count * 8)))) }
        for place in places { bytes[place / 8] ^= 1 << UInt8(place % 8) }
        return bytes
    }

    private func signed(code: SharedSecret, ticket: SharedSecret) -> [UInt8] {
        Token(
            plan: plan, counter: UInt64(now.milliseconds), issued: now, codeSeed: code.bytes,
            ticketSeed: ticket.bytes
        ).bytes
    }

    /// The beginning of one true token and the end of another.
    private func spliced() throws -> CheckInAnswer? {
        let other = sample.token(at: now + .milliseconds(1)).bytes
        let place = 1 + Int(random.below(255))
        let bytes = Array(fresh[..<place] + other[place...])
        guard bytes != fresh, bytes != other else { return nil }
        return try checkIn(bytes)
    }

    /// The same bytes get the same answer, and do nothing.
    private func repeated() throws -> CheckInAnswer? {
        guard !said.isEmpty else { return nil }
        let one = pick(said)
        let answer =
            try one.isOrder
            ? watcher.obey(one.bytes, now: now)
            : watcher.checkIn(one.bytes, now: now)
        if answer != one.answer { problems.append("a repeat was answered \(answer)") }
        return nil
    }

    /// Rightly signed, with a counter that is over.
    private func late() throws -> CheckInAnswer? {
        guard let last = try watcher.plans().first?.lastCounter, last > 0 else { return nil }
        let counter = last - min(last, UInt64(random.below(1_000)))
        let token = sample.token(counter, at: now)
        let answer = try watcher.checkIn(token.bytes, now: now)
        if answer != .behind(last: last) { problems.append("an old counter: \(answer)") }
        return answer
    }

    /// A check-in as an order, an order as a check-in, a change without what it changes.
    private func wrongKind() throws -> CheckInAnswer {
        switch random.below(3) {
        case 0: return try watcher.obey(fresh, now: now)
        case 1: return try watcher.checkIn(sample.order(.end, at: now), now: now)
        default: return try watcher.obey(sample.order(pick([.update, .card]), at: now), now: now)
        }
    }

    /// An order that was signed for something else.
    private func wrongEnclosure() throws -> CheckInAnswer {
        let other = sample.changed(alias: "Otra")
        if random.below(2) == 0 {
            let signedFor = sample.changed(alias: "Ana María").serialized()
            let bytes = sample.order(.update, at: now, enclosure: signedFor)
            return try watcher.update(bytes, other, envelopes: [], now: now)
        }
        let enclosure = PaperCard(random: random).enclosure()
        let mine = PaperCard(random: random).enclosure()
        let codes = (PaperCard.entries(of: mine) ?? []).map { row($0.code, $0.number, $0.kind) }
        let bytes = sample.order(.card, at: now, enclosure: enclosure)
        return try watcher.renewCard(bytes, enclosure: mine, codes: codes, now: now)
    }

    /// Drawn, of an older card, used already, or with another ending.
    private func wrongPaper() throws -> CheckInAnswer? {
        guard let card = cards.last else { return nil }
        let code: PaperCode?
        switch random.below(4) {
        case 0: code = paper(PaperCard(random: random), 0)
        case 1 where cards.count > 1: code = paper(cards[cards.count - 2], 19)
        case 2 where used > 0: code = paper(card, Int(random.below(UInt32(used))))
        default:
            var ending = copied(card.safeEnding)
            let place = Int(random.below(UInt32(ending.count)))
            let step = UInt8(1 + random.below(9))
            ending[place] = UInt8(ascii: "0") + (ending[place] - UInt8(ascii: "0") + step) % 10
            guard ending != copied(card.duressEnding) else { return nil }
            code = paper(card, 19, ending: ending)
        }
        guard let code else { return nil }
        return try watcher.checkIn(onPaper: keys.paperHash(plan, code), plan: plan, now: now)
    }
}
