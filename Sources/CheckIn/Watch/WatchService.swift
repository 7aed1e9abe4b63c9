internal import CheckIn
package import Dispatch
package import Platform

internal import Synchronization

/// The running watcher: one loop that waits for time, programs, couriers and signals, and does all
/// work on the store; couriers run on threads of their own.
package final class WatchService {
    /// Messages that are sent at the same time.
    private static let lanes = 4
    /// Between two notes that the watcher is there; well below the tolerated outage.
    static let pulse: Duration = .seconds(20)
    /// How long an answer to one wrong code too many waits, or what is short enough to be guessed
    /// waits before it is tried, and how many may wait at once.
    static let penalty: Duration = .seconds(60)
    private static let lateLimit = 32
    /// Programs that are answered between two looks at what is due.
    package static let guests = 8
    /// For couriers to stop after a signal.
    private static let farewell: Duration = .seconds(3)

    let engine: WatchEngine
    let keys: WatchKeys
    private let courier: any Courier
    private let systemClock: any SystemClock
    var clock: WatchClock
    private let arrivals: Arrivals
    private var underway = 0
    /// Results that could not be recorded yet.
    private var unrecorded: [(Shipment, DeliveryResult)] = []
    private var trouble: WatchError?
    private var troubles = 0
    /// Not stored yet.
    private var lowering: ClockLowering?
    private var leap: ClockLeap?
    /// Sealed check-ins about which it was said already why they do not count.
    private var explained: Set<[UInt8]> = []
    private var lastBeat: Duration
    /// Between two questions for the hour while this machine's clock is in doubt: for as long as
    /// doubt lasts by itself, and once it is settled or nobody has settled it.
    private static let questions: (first: Duration, later: Duration) = (.seconds(60), .seconds(600))
    private var isAsking = false
    /// The first and the last question of the present doubt.
    private var askedSince: (first: Duration, last: Duration)?
    /// How many questions there were: each goes to another server.
    private var asked = 0
    /// In practice: what time this turn of the loop is for.
    private var turn: Instant?
    /// What waits its minute, in the order in which it came.
    private var late: [Late] = []
    private let drain: Drain
    let tell: (WatchNews) -> Void

    /// Hands over each sealed check-in that waited for a watcher, and forgets those for which it is
    /// told that they are settled.
    package typealias Drain = (_ isSettled: ([UInt8]) -> Bool) -> Void

    /// - Parameters:
    ///   - drain: Called before any deadline is looked at, and with every pulse.
    ///   - tell: Hears what happened, after it is durable.
    package init(
        engine: WatchEngine, keys: WatchKeys, courier: any Courier, clock: any SystemClock,
        drain: @escaping Drain, tell: @escaping (WatchNews) -> Void
    ) throws {
        self.engine = engine
        self.keys = keys
        self.courier = courier
        systemClock = clock
        self.clock = WatchClock(clock, since: try engine.lastMark())
        self.drain = drain
        self.tell = tell
        arrivals = try Arrivals()
        lastBeat = clock.boot
    }

    /// Runs until a signal comes.
    package func run(_ listener: LocalListener) throws {
        try begin()
        while !Interrupts.isRaised {
            step()
            let limit = onTheMachine(pause())
            let ready = Waiting.forReadable(
                [listener.descriptor, arrivals.wake.descriptor, Interrupts.descriptor], limit: limit
            )
            if ready[1] { arrivals.wake.clear() }
            if ready[0] { serveSome(listener) }
            answerLate()
        }
        // Nobody can try again before the next start: who waits for an answer is told. What was not
        // tried yet is not tried now.
        for waiting in late {
            if case .reply(let reply) = waiting.what {
                try? WatchSocket.answer(reply, over: waiting.connection)
            }
        }
        end()
    }

    /// Does everything that is due, waits until it is sent or has failed once, and returns.
    package func once() throws {
        try begin()
        repeat {
            step()
            if underway > 0 {
                _ = Waiting.forReadable(
                    [arrivals.wake.descriptor, Interrupts.descriptor], limit: .seconds(1))
                arrivals.wake.clear()
            }
        } while underway > 0 && !Interrupts.isRaised
        end()
        if let trouble { throw trouble }
    }

    /// One turn of the loop, without waiting; for tests.
    package func round() { step() }

    private func begin() throws {
        try engine.start(clock.mark())
        lastBeat = systemClock.boot
        // Before any clock is looked at: a check-in that waited may have come in time.
        drain(isSettled)
    }

    /// Each part for itself: a store that fails in one of them ends none of the others, and not
    /// the watcher.
    private func step() {
        var failure: WatchError?
        func attempt(_ work: () throws(WatchError) -> Void) {
            do { try work() } catch { failure = failure ?? error }
        }
        let wasInDoubt = clock.isInDoubt
        hearTheHour()
        _ = clock.now()
        // A check-in from the hour that is now believed must be heard before the alarm.
        if wasInDoubt, !clock.isInDoubt { drain(isSettled) }
        if let pace = systemClock.pace { engine.claimLease = WatchEngine.claimLease * max(pace, 1) }
        attempt(engine.recover)
        attempt(lowerTime)
        attempt(raiseTime)
        attempt(beat)
        attempt(collect)
        attempt { () throws(WatchError) in
            // Before every promise stands on the new time, a look at it would see alarms.
            if leap == nil { try engine.tick(turn ?? clock.now()) }
        }
        // In practice days are minutes, and nobody compares logs there.
        if systemClock.pace == nil, !clock.isInDoubt || clock.isRefuted {
            attempt { () throws(WatchError) in try engine.tellDaily(clock.now()) }
        }
        attempt { () throws(WatchError) in
            while underway < Self.lanes, let shipment = try engine.claim(clock.now()) {
                try launch(shipment)
            }
        }
        attempt(askTheHour)
        engine.takeNews().forEach(tell)
        say(failure ?? engine.storeFailure.map { .store($0) })
    }

    /// Once for each change.
    private func say(_ failure: WatchError?) {
        troubles = failure == nil ? 0 : min(troubles + 1, 5)
        guard failure != trouble else { return }
        trouble = failure
        tell(failure.map { .trouble($0) } ?? .recovered)
    }

    private func lowerTime() throws(WatchError) {
        if let fresh = clock.takeLowering() {
            lowering = fresh
            tell(.clockLowered(fresh.difference))
        }
        guard let lowering else { return }
        try engine.lowerTime(lowering, clock.mark())
        self.lowering = nil
    }

    private func raiseTime() throws(WatchError) {
        if let fresh = clock.takeLeap() {
            leap = fresh
            if !fresh.wasOff { tell(.clockRaised(fresh.length)) }
        }
        guard let leap else { return }
        try engine.raiseTime(leap, clock.mark())
        self.leap = nil
    }

    private func hearTheHour() {
        for (server, hour) in arrivals.takeHours() {
            isAsking = false
            if let hour { clock.hear(hour, from: server.origin) }
        }
        if let difference = clock.takeRefuted() { tell(.clockRefuted(difference)) }
    }

    /// In turn, of the servers to which alerts go anyway.
    private func askTheHour() throws(WatchError) {
        // In practice the clock is meant to be another one.
        guard systemClock.pace == nil, clock.isInDoubt else { return askedSince = nil }
        let boot = systemClock.boot
        if isAsking { return }
        if let (first, last) = askedSince {
            let isLong = clock.isRefuted || boot - first >= WatchClock.doubt
            guard boot - last >= (isLong ? Self.questions.later : Self.questions.first) else {
                return
            }
        }
        let servers = try engine.witnesses()
        guard !servers.isEmpty else { return }
        let server = servers[asked % servers.count]
        asked += 1
        askedSince = (askedSince?.first ?? boot, boot)
        isAsking = Threads.start { [courier, arrivals] in
            arrivals.add(server, courier.hour(of: server))
        }
    }

    private func beat() throws(WatchError) {
        let boot = systemClock.boot
        // The loop wakes at least once a pulse: a longer gap was a sleep of the machine.
        let wasAway = boot - lastBeat > longestSilence
        let isDue = wasAway || boot - lastBeat >= Self.pulse
        // In practice hours pass between two turns: each turn says that the watcher was there.
        guard isDue || systemClock.pace != nil else { return }
        if isDue { drain(isSettled) }
        let mark = clock.mark()
        // What was covered until then is looked at as of then: a moment later is minutes in practice.
        turn = systemClock.pace == nil ? nil : mark.now
        try engine.beat(mark, wasAway: wasAway)
        lastBeat = boot
    }

    /// The loop wakes at least once a pulse: whoever was silent for longer was not there. A practice
    /// clock runs ahead of a machine that is busy for a moment.
    private var longestSilence: Duration {
        max(Self.pulse * 2, .seconds(5) * (systemClock.pace ?? 0))
    }

    /// How long a wait of this watch's time takes; in practice it is cut, as the clock may change.
    private func onTheMachine(_ wait: Duration) -> Duration {
        guard let pace = systemClock.pace else { return wait }
        return min(max(wait / max(pace, 1), .milliseconds(1)), .milliseconds(200))
    }

    private func pause() -> Duration {
        // 1, 2, 4, 8, 16 s after the first, second… failure.
        if trouble != nil {
            let patience = Duration.seconds(Int64(1) << Int64(max(troubles - 1, 0)))
            guard underway < Self.lanes, let next = try? engine.nextWake() else { return patience }
            // What goes on from memory is not late; what fails does not spin.
            return min(patience, max(.seconds(1), next - clock.now()))
        }
        let boot = systemClock.boot
        var beat = max(.zero, Self.pulse - (boot - lastBeat))
        if let first = late.map(\.at).min() { beat = min(beat, max(.zero, first - boot)) }
        // With every lane busy, the next thing to happen is the end of a courier.
        guard underway < Self.lanes, let next = try? engine.nextWake() else { return beat }
        return min(beat, max(.milliseconds(1), next - clock.now()))
    }

    private func launch(_ shipment: Shipment) throws(WatchError) {
        underway += 1
        let started = Threads.start { [courier, arrivals] in
            arrivals.add(
                shipment, courier.deliver(shipment.message, through: shipment.channel))
        }
        if !started {
            underway -= 1
            try engine.finish(
                shipment, .tryAgain(DeliveryReason(.courier, "no thread")), clock.now())
        }
    }

    private func collect() throws(WatchError) {
        let arrived = arrivals.take()
        underway -= arrived.count
        unrecorded += arrived
        while let (shipment, result) = unrecorded.first {
            do throws(WatchError) {
                try engine.finish(shipment, result, clock.now())
            } catch .damagedRow {
                engine.noteUnreadable(shipment.delivery)
            }
            unrecorded.removeFirst()
        }
    }

    /// Couriers stop at a signal by themselves; what they had not sent stays in the outbox.
    private func end() {
        let machine = systemClock.machine
        let limit = machine.boot + Self.farewell
        while underway > 0, machine.boot < limit {
            try? collect()
            guard underway > 0 else { break }
            _ = Waiting.forReadable([arrivals.wake.descriptor], limit: .milliseconds(200))
            arrivals.wake.clear()
        }
        var failure = trouble
        do throws(WatchError) {
            try collect()
            try engine.beat(clock.mark())
        } catch { failure = error }
        engine.takeNews().forEach(tell)
        say(failure)
    }

    // MARK: Requests

    /// A few of the programs that wait, for a while; the others after the next look at the alarms.
    package func serveSome(_ listener: LocalListener) {
        let machine = systemClock.machine
        let limit = machine.boot + WatchSocket.patience
        for _ in 0..<Self.guests {
            guard machine.boot < limit,
                let connection = listener.accept(limit: WatchSocket.patience)
            else { return }
            // A program that hangs or lies loses its own answer, nothing else.
            try? serve(connection)
        }
    }

    /// Answers one program: at once, or after a minute when it has tried too many codes. The
    /// watcher itself waits for nobody.
    package func serve(_ connection: LocalConnection) throws {
        guard
            let request = try WatchSocket.request(over: connection, clock: systemClock.machine)
        else { return try WatchSocket.answer(.refused(.malformed), over: connection) }
        if let lock = engine.lock(on: request) {
            // One after the other: four digits would be found in minutes if only the answers waited.
            let last = late.last { $0.lock == lock }?.at ?? systemClock.boot
            return wait(Late(connection, .request(request), at: last + Self.penalty, lock: lock))
        }
        let reply = answer(request)
        guard case .answer(.wrongCode(let count)) = reply, count >= WatchEngine.toleratedCodes
        else { return try WatchSocket.answer(reply, over: connection) }
        wait(Late(connection, .reply(reply), at: systemClock.boot + Self.penalty))
    }

    /// Whoever tries more than there is room for is no owner, and hears nothing.
    private func wait(_ waiting: Late) {
        if late.count < Self.lateLimit { late.append(waiting) }
    }

    /// Gives the answers whose minute is over, and tries what has waited for it.
    package func answerLate() {
        let now = systemClock.boot
        let due = late.filter { $0.at <= now }
        late.removeAll { $0.at <= now }
        for waiting in due {
            switch waiting.what {
            case .reply(let reply): try? WatchSocket.answer(reply, over: waiting.connection)
            case .request(let request):
                try? WatchSocket.answer(answer(request), over: waiting.connection)
            }
        }
    }

    /// For the queue: whether a check-in that waits there need not be asked about again.
    private func isSettled(_ box: [UInt8]) -> Bool {
        guard let answer = try? checkIn(box) else { return false }
        switch answer {
        // The engine's own news.
        case .accepted, .wrongCode: break
        case .behind, .future, .unknownPlan, .ended, .notOurs, .used:
            if explained.insert(box).inserted {
                let plan = keys.open(box).flatMap { try? Token(parsing: $0) }?.plan
                let name = plan.map { engine.label($0)?.text ?? String($0.description.prefix(8)) }
                tell(.notCounted(name ?? "?", answer))
            }
        }
        if answer.isFinal { explained.remove(box) }
        return answer.isFinal
    }

    private func checkIn(_ box: [UInt8]) throws(WatchError) -> CheckInAnswer {
        guard let bytes = keys.open(box) else { return .notOurs }
        return try engine.checkIn(bytes, now: clock.forPeople())
    }
}

/// What couriers' threads bring back to the loop.
private final class Arrivals: Sendable {
    let wake: WakeSignal
    private let results = Mutex<[(Shipment, DeliveryResult)]>([])
    private let hours = Mutex<[(WebServer, Instant?)]>([])

    init() throws(FileError) { wake = try WakeSignal() }

    func add(_ shipment: Shipment, _ result: DeliveryResult) {
        results.withLock { $0.append((shipment, result)) }
        wake.raise()
    }

    func add(_ server: WebServer, _ hour: Instant?) {
        hours.withLock { $0.append((server, hour)) }
        wake.raise()
    }

    func takeHours() -> [(WebServer, Instant?)] {
        hours.withLock { hours in
            defer { hours = [] }
            return hours
        }
    }

    func take() -> [(Shipment, DeliveryResult)] {
        results.withLock { results in
            defer { results = [] }
            return results
        }
    }
}
