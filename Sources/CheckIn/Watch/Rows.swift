package import CheckIn
internal import Encoding
package import Platform

/// A token that was accepted, so that its repeat gets the same answer.
package struct CheckInRow: Hashable, Sendable {
    package let plan: PlanID
    package let counter: UInt64
    /// BLAKE2b-256 of the token's 256 bytes.
    package let hash: [UInt8]
    package let issued: Instant
    package let arrived: Instant
    package let answer: [UInt8]
    /// Sealed at rest with the answer: rows of both kinds are alike.
    package let kind: CodeKind

    package init(
        plan: PlanID, counter: UInt64, hash: [UInt8], issued: Instant, arrived: Instant,
        answer: [UInt8], kind: CodeKind = .safe
    ) {
        self.kind = kind
        self.plan = plan
        self.counter = counter
        self.hash = hash
        self.issued = issued
        self.arrived = arrived
        self.answer = answer
    }
}

/// What a contact has answered to a message.
package struct AckRow: Hashable, Sendable {
    package enum Kind: UInt8, Hashable, Sendable {
        /// "I am on it", or of a drill: "I have it".
        case acknowledged = 1
        /// "I have spoken with her, and she knew the answer."
        case spoken = 2
    }

    package let delivery: DeliveryID
    package let at: Instant
    package let contact: String
    package let kind: Kind

    package init(delivery: DeliveryID, at: Instant, contact: String, kind: Kind) {
        self.delivery = delivery
        self.at = at
        self.contact = contact
        self.kind = kind
    }
}

/// One of the two ways to complete a code of a printed card.
package struct PaperCodeRow: Hashable, Sendable {
    /// BLAKE2b-256(key = host key's subkey 3, plan ‖ code with its ending).
    package let hash: [UInt8]
    /// Which code of the card, from 1.
    package let number: Int
    package let kind: CodeKind
    package var used: Instant?

    package init(hash: [UInt8], number: Int, kind: CodeKind, used: Instant? = nil) {
        self.hash = hash
        self.number = number
        self.kind = kind
        self.used = used
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
