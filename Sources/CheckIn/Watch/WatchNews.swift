package import CheckIn
package import Platform

/// What just happened, for the screen of whoever runs the watcher. Committed before it is told.
package enum WatchNews: Hashable, Sendable {
    case armed(PlanLabel, deadline: Instant)
    case checkedIn(PlanLabel, next: Instant?)
    case wrongCode(PlanLabel, count: UInt32)
    case reminder(PlanLabel, deadline: Instant)
    case hold(PlanLabel, outage: Duration, leap: Duration?, until: Instant)
    case fired(PlanLabel, tier: Int, contacts: [String])
    case allClear(PlanLabel, contacts: [String])
    /// The clock was wrong, and an alert with it.
    case retracted(PlanLabel, contacts: [String])
    /// A tier should hear now, and stands as told already: it does not hear.
    case notFired(PlanLabel, tier: Int)
    case ended(PlanLabel, Ending)
    /// Somebody who was told is on it, or has a drill.
    case acknowledged(PlanLabel, contact: String)
    /// Two contacts have spoken with her.
    case held(PlanLabel, until: Instant)
    /// A change that waited has taken effect.
    case amended(PlanLabel)
    case drill(PlanLabel)
    case delivered(PlanLabel, MessageKind, contact: String, channel: String)
    /// Lies in a folder on this machine.
    ///
    /// - Parameter others: The contact's other channels, none of which has delivered; empty when
    ///   one has, nil when there is no other.
    case stored(
        PlanLabel, MessageKind, contact: String, channel: String, others: [String]?)
    case failed(PlanLabel, MessageKind, contact: String, channel: String, reason: String)
    case unreachable(PlanLabel, contact: String)
    /// A plan whose row cannot be read is not watched; nil where not even that is legible.
    case damaged(PlanID?, PlanLabel?)
    /// A check-in or order that cannot be read any more: with which code it was signed is not known,
    /// and nobody is told that she is well.
    case unreadCheckIn(PlanLabel)
    /// A message whose row cannot be read is not sent.
    case unreadable(DeliveryID)
    /// The time that the watcher had kept was wrong, and was put back by this much.
    case clockLowered(Duration)
    /// The time that the watcher had kept was behind, and was put forward by this much.
    case clockRaised(Duration)
    /// This machine's clock is wrong by this much, as another machine has confirmed: the watcher goes
    /// on with its own time.
    case clockRefuted(Duration)
    /// A check-in that waited in the queue and did not count; the name is a label, or an id.
    case notCounted(String, CheckInAnswer)
    /// Something is not stored or not read; the watcher goes on and tries again.
    case trouble(WatchError)
    case recovered

    /// Of the plan that it is about, where it is about one.
    package var label: PlanLabel? {
        switch self {
        case .armed(let label, _), .checkedIn(let label, _), .wrongCode(let label, _),
            .reminder(let label, _), .hold(let label, _, _, _), .fired(let label, _, _),
            .allClear(let label, _), .retracted(let label, _), .notFired(let label, _),
            .ended(let label, _), .delivered(let label, _, _, _), .stored(let label, _, _, _, _),
            .failed(let label, _, _, _, _), .unreachable(let label, _),
            .acknowledged(let label, _), .held(let label, _), .amended(let label),
            .drill(let label), .unreadCheckIn(let label):
            label
        case .damaged(_, let label): label
        case .unreadable, .notCounted, .clockLowered, .clockRaised, .clockRefuted, .trouble,
            .recovered:
            nil
        }
    }
}
