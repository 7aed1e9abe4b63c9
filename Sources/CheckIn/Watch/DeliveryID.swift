package import CheckIn

internal import Encoding
internal import Primitives

/// What a message is about.
package enum MessageKind: UInt8, Hashable, Sendable, CaseIterable {
    /// To the journalist: report in.
    case reminder = 1
    /// To the journalist: the alarm waits because the watcher was away.
    case holdReminder = 2
    /// To a tier: she has not reported.
    case alert = 3
    /// To everyone alerted: she has reported.
    case allClear = 4
    /// To the journalist: somebody cannot be reached.
    case undeliverable = 5
    /// To tier 1: the plan was ended, paused or resumed with the code.
    case ended = 6
    case paused = 7
    case resumed = 8
    /// A rehearsal of an alert; never touches the state of a plan.
    case drill = 9
    /// To tier 1: somebody is trying codes.
    case wrongCodes = 10
    /// To everyone alerted: the watcher's clock was wrong, and the alert with it.
    case retracted = 11
    /// To a tier: she typed the duress code. Nobody may call or write to her.
    case duress = 12
    /// To tier 1: people, hours or codes of the plan were changed with the code.
    case edited = 13
    /// To tier 1: the next check-in comes later than the plan says, as she asked with the code.
    case extended = 14
    /// To everyone told: two contacts have spoken with her and hold the later tiers.
    case held = 15
    /// To the journalist, every day: where the watcher's log stands.
    case daily = 16

    /// Whether it takes an alert back.
    var endsAlert: Bool {
        switch self {
        case .allClear, .retracted: true
        case .reminder, .holdReminder, .alert, .undeliverable, .ended, .paused, .resumed, .drill,
            .wrongCodes, .duress, .edited, .extended, .held, .daily:
            false
        }
    }

    /// Whether it is an alarm: tried until it is delivered or no longer true.
    var isAlarm: Bool {
        switch self {
        case .alert, .duress: true
        case .reminder, .holdReminder, .allClear, .retracted, .undeliverable, .ended, .paused,
            .resumed, .drill, .wrongCodes, .edited, .extended, .held, .daily:
            false
        }
    }
}

/// The name of one message to one person over one channel: the same however often it is sent.
///
/// BLAKE2b-128 over the length-prefixed plan, epoch, tier, contact, channel and kind.
package struct DeliveryID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(
        plan: PlanID, epoch: UInt32, tier: Int, contact: String, channel: String, kind: MessageKind
    ) {
        var writer = ByteWriter()
        for part in [
            plan.bytes, Field(0, u32: epoch).bytes, Field(0, u32: UInt32(clamping: tier)).bytes,
            Array(contact.utf8), Array(channel.utf8), [kind.rawValue],
        ] {
            writer.u32(UInt32(clamping: part.count))
            writer.raw(part)
        }
        bytes = BLAKE2b.hash(count: 16, Array("amparo/delivery/1".utf8), writer.bytes)
    }

    /// - Returns: nil for any other length than 16.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    package static func < (left: DeliveryID, right: DeliveryID) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// 32 lower-case hexadecimal digits: Message-ID of a mail, Idempotency-Key of a webhook.
    package var description: String { Hex.encode(bytes) }
}
