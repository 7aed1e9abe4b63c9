package import Platform

/// What is promised next, and since when.
package struct Lease: Hashable, Sendable {
    /// Grows when a check-in ends a reminder, a grace or an alarm; alerts of an older epoch are
    /// never sent.
    package var epoch: UInt32
    package let armed: Instant
    /// The last sign of life that counted, or the arming.
    package var since: Instant
    package var deadline: Instant
    /// By how much contacts who are on it have put off later tiers, in this epoch.
    package var delayed: Duration

    package init(
        epoch: UInt32, armed: Instant, since: Instant, deadline: Instant,
        delayed: Duration = .zero
    ) {
        self.epoch = epoch
        self.armed = armed
        self.since = since
        self.deadline = deadline
        self.delayed = delayed
    }

    /// What was said and done under the epoch before does not count any more.
    mutating func renew() {
        epoch &+= 1
        delayed = .zero
    }
}

/// Why an alarm that is due waits.
package enum HoldReason: Hashable, Sendable {
    /// The watcher could not have heard a check-in for this long.
    case offline(Duration)
    /// Two contacts have spoken with her, and hold later tiers since then; `start` is what the
    /// offsets of the tiers counted from.
    case contacts(since: Instant, start: Instant)

    /// How long the alarm waits.
    func wait(_ terms: LeaseTerms) -> Duration {
        switch self {
        case .offline(let outage): max(.seconds(600), min(terms.grace, outage))
        case .contacts: contactsHold
        }
    }
}

/// How a plan came to its end.
package enum Ending: UInt8, Hashable, Sendable {
    /// The last check-in was made.
    case fulfilled = 1
    /// Its owner ended it with the safe code.
    case ordered = 2
}

/// Where a promise stands. A laptop asleep is still overdue: everything follows from the clock.
package enum PlanState: Hashable, Sendable {
    case draft
    case armed(Lease)
    /// Reminders are going out; `reminded` of them already have.
    case due(Lease, reminded: Int)
    case grace(Lease, reminded: Int)
    /// Tiers `0..<told` have been told; offsets count from `start`.
    case overdue(Lease, start: Instant, told: Int)
    case paused(Lease, until: Instant)
    /// The alarm is due and waits; tiers `0..<told` have been told.
    case hold(Lease, HoldReason, until: Instant, told: Int)
    case ended(Ending, epoch: UInt32, at: Instant)

    package var lease: Lease? {
        switch self {
        case .draft, .ended: nil
        case .armed(let lease), .due(let lease, _), .grace(let lease, _),
            .overdue(let lease, _, _), .paused(let lease, _), .hold(let lease, _, _, _):
            lease
        }
    }

    package var epoch: UInt32 {
        switch self {
        case .draft: 0
        case .ended(_, let epoch, _): epoch
        case .armed, .due, .grace, .overdue, .paused, .hold: lease?.epoch ?? 0
        }
    }

    package var isOverdue: Bool {
        switch self {
        case .overdue: true
        case .draft, .armed, .due, .grace, .paused, .hold, .ended: false
        }
    }

    /// Whether what tiers were told is so: also while two contacts hold the later ones.
    package var isAlarming: Bool {
        switch self {
        case .overdue, .hold(_, .contacts, _, _): true
        case .draft, .armed, .due, .grace, .paused, .hold(_, .offline, _, _), .ended: false
        }
    }

    package var isEnded: Bool {
        switch self {
        case .ended: true
        case .draft, .armed, .due, .grace, .overdue, .paused, .hold: false
        }
    }

    /// One word, for JSON and for the wire.
    package var name: String {
        switch self {
        case .draft: "draft"
        case .armed: "armed"
        case .due: "due"
        case .grace: "grace"
        case .overdue: "overdue"
        case .paused: "paused"
        case .hold: "hold"
        case .ended: "ended"
        }
    }
}

/// What can happen to a plan.
package enum PlanEvent: Hashable, Sendable {
    case arm
    /// Time has passed. `outage`: for how long, between the opening of the window and the end of
    /// the grace, no check-in could have arrived.
    case tick(outage: Duration)
    /// A verified sign of life; `issued` is when it was made, which may be long before it arrived.
    ///
    /// - Parameter asked: In how long the next one will come, if not in the plan's own rhythm.
    case checkIn(issued: Instant, asked: Duration = .zero)
    case pause(until: Instant)
    case resume
    case end
    /// Nobody of the tiers told so far can be reached: the next one hears at once.
    case bringForward
    /// A contact is on it.
    case acknowledge
    /// Two contacts have spoken with her.
    case holdByContacts
    /// Other terms from now on.
    ///
    /// - Parameter sign: When the order that changes them was made, which is a sign of life; nil for
    ///   terms that were ordered before and take effect now.
    case amend(LeaseTerms, sign: Instant?)
}

/// What has to be done about it, in this order.
package enum PlanEffect: Hashable, Sendable {
    /// The journalist is reminded; the index counts the reminders of the plan.
    case remind(Int)
    /// The alarm waits: the journalist is told that the watcher was away.
    case remindOfHold
    case alert(tier: Int)
    /// To everyone alerted in this epoch.
    case allClear(epoch: UInt32)
    /// To everyone alerted in this epoch: it was the clock that was wrong.
    case retract(epoch: UInt32)
    /// Tier 1 hears that the plan was paused, resumed, ended or changed with the code.
    case announce(Order)
    /// Tier 1 hears that the next check-in comes later than the plan says.
    case announceLease(until: Instant)
    /// Who was told hears that two contacts hold the later tiers.
    case announceHold(until: Instant)
}

/// What the owner of a plan can ask for with her code.
package enum Order: UInt8, Hashable, Sendable {
    case end = 1
    case pause = 2
    case resume = 3
    /// Other terms, people or codes.
    case update = 4
    /// New paper codes in the place of the old ones.
    case card = 5
}
