package import CheckIn
package import Encoding
package import Platform

/// A plan as a watcher keeps it.
package struct PlanRow: Hashable, Sendable {
    package var registration: Registration
    package var state: PlanState
    /// Greatest counter of an accepted token or order.
    package var lastCounter: UInt64
    /// When the last accepted sign of life was made; nil before the first.
    package var lastSeen: Instant?
    /// How long the watcher was away before the alarm of the current epoch.
    package var outage: Duration?
    /// Wrong codes since the last right one.
    package var wrongCodes: UInt32
    /// Hours over which a clock leapt that had been behind: they could not be met.
    package var leapt: Coverage?

    package init(registration: Registration, state: PlanState) {
        self.registration = registration
        self.state = state
        lastCounter = 0
        lastSeen = nil
        outage = nil
        wrongCodes = 0
        leapt = nil
    }

    package var id: PlanID { registration.plan }
    /// When time alone next changes something.
    package var wake: Instant? { state.wakes(registration.terms) }

    /// How far the clock leapt while the check-in was awaited that is owed now.
    package var leapOfClock: Duration? {
        guard let leapt, let (from, to) = state.listening(registration.terms), leapt.from < to,
            leapt.to > from
        else { return nil }
        return leapt.to - leapt.from
    }

    // Fields: 1 registration, 2 state, 3 last counter, 4 last seen, 5 outage, 6 wrong codes,
    // 7 and 8 leapt from and to.
    package var fields: FieldList {
        FieldList(
            [
                Field(1, registration.serialized()), Field(2, state.fields.serialized()),
                Field(3, u64: lastCounter), Field(6, u32: wrongCodes),
            ] + (lastSeen.map { [Field(4, $0)] } ?? []) + (outage.map { [Field(5, $0)] } ?? [])
                + (leapt.map { [Field(7, $0.from), Field(8, $0.to)] } ?? []))
    }

    package init(_ fields: FieldList) throws(WatchError) {
        guard let registration = fields.first(1), let state = fields.first(2),
            let counter = fields.u64(3), let wrong = fields.u32(6)
        else { throw .damagedRow }
        do {
            self.registration = try Registration(parsing: registration)
            self.state = try PlanState(FieldList(parsing: state[...]))
        } catch {
            throw .damagedRow
        }
        lastCounter = counter
        lastSeen = fields.instant(4)
        outage = fields.duration(5)
        wrongCodes = wrong
        if let from = fields.instant(7), let to = fields.instant(8) {
            leapt = Coverage(from: from, to: to)
        } else {
            leapt = nil
        }
    }
}

/// A token that was accepted, so that its repeat gets the same answer.
package struct CheckInRow: Hashable, Sendable {
    package let plan: PlanID
    package let counter: UInt64
    /// BLAKE2b-256 of the token's 256 bytes.
    package let hash: [UInt8]
    package let issued: Instant
    package let arrived: Instant
    package let answer: [UInt8]

    package init(
        plan: PlanID, counter: UInt64, hash: [UInt8], issued: Instant, arrived: Instant,
        answer: [UInt8]
    ) {
        self.plan = plan
        self.counter = counter
        self.hash = hash
        self.issued = issued
        self.arrived = arrived
        self.answer = answer
    }
}

/// One message to one person over one channel.
package struct DeliveryRow: Hashable, Sendable {
    package enum State: UInt8, Hashable, Sendable {
        /// Waits for the contact's earlier channel to fail twice.
        case standby = 0
        case pending = 1
        case delivered = 2
        /// Nothing is to be said any more.
        case cancelled = 3
    }

    package let id: DeliveryID
    package let plan: PlanID
    package let epoch: UInt32
    /// The tier, or the number of a reminder.
    package let tier: Int
    package let kind: MessageKind
    package let contact: String
    /// The channel's name; how to use it stands in the registration.
    package let channel: String
    package let created: Instant
    package var state: State
    /// When the next attempt is due.
    package var due: Instant
    /// A claim holds until then; nobody else sends meanwhile.
    package var claimedUntil: Instant?
    /// Grows with every claim: a result that comes late, from an older claim, changes nothing.
    package var fence: UInt32
    package var failures: UInt32
    package var isRefused: Bool

    /// Every claim is an attempt.
    package var attempts: UInt32 { fence }

    package init(
        plan: PlanID, epoch: UInt32, tier: Int, kind: MessageKind, contact: String,
        channel: String, created: Instant, state: State
    ) {
        id = DeliveryID(
            plan: plan, epoch: epoch, tier: tier, contact: contact, channel: channel,
            kind: kind)
        self.plan = plan
        self.epoch = epoch
        self.tier = tier
        self.kind = kind
        self.contact = contact
        self.channel = channel
        self.created = created
        self.state = state
        due = created
        claimedUntil = nil
        fence = 0
        failures = 0
        isRefused = false
    }
}

/// One try to deliver; committed before anything is sent.
package struct AttemptRow: Hashable, Sendable {
    package enum Outcome: UInt8, Hashable, Sendable {
        /// Still under way, or cut short by a crash: it may have arrived.
        case unknown = 0
        case delivered = 1
        case failed = 2
        case refused = 3
    }

    package let delivery: DeliveryID
    package let number: UInt32
    package let at: Instant
    package var outcome: Outcome
    package var reason: String

    package init(
        delivery: DeliveryID, number: UInt32, at: Instant, outcome: Outcome, reason: String
    ) {
        self.delivery = delivery
        self.number = number
        self.at = at
        self.outcome = outcome
        self.reason = reason
    }
}

/// A stretch of time in which check-ins could arrive.
package struct Coverage: Hashable, Sendable {
    package var from: Instant
    package var to: Instant

    package init(from: Instant, to: Instant) {
        self.from = from
        self.to = to
    }
}

/// What the clocks said together, to tell a set clock from passed time.
package struct ClockMark: Hashable, Sendable {
    /// What the start of this run of the machine left open: another watcher of the same run goes on
    /// with it.
    package enum Doubt: UInt8, Hashable, Sendable {
        case none = 0
        /// The wall clock lay far behind the mark before: the time may be put back to it.
        case behind = 1
        /// The wall clock lay far ahead of the mark before.
        case ahead = 2
    }

    package let bootID: [UInt8]
    package let boot: Duration
    package let now: Instant
    package let doubt: Doubt
    /// The latest hour that was given to a person while the clock was ahead.
    package let spoken: Instant?

    package init(
        bootID: [UInt8], boot: Duration, now: Instant, doubt: Doubt = .none, spoken: Instant? = nil
    ) {
        self.bootID = bootID
        self.boot = boot
        self.now = now
        self.doubt = doubt
        self.spoken = spoken
    }
}
