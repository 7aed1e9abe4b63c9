/// Learning a passphrase by typing it: with less help each time, then after a pause.
///
/// A wrong answer goes one step back. It knows nothing of the passphrase itself.
package struct Rehearsal: Sendable {
    /// How much help there is.
    package enum Step: Hashable, Sendable {
        /// The words stand above.
        case reading
        /// Only the first letter of each word does.
        case initials
        case memory
        /// From memory, after some seconds with something else.
        case pause(seconds: Int)
    }

    private let steps: [Step]
    private var position = 0

    /// - Parameter isNew: Whether its words may be shown; an own one was never on the screen.
    package init(isNew: Bool) {
        let recall = [Step.memory, .pause(seconds: 20), .pause(seconds: 60)]
        steps = (isNew ? [.reading, .initials] : []) + recall
    }

    /// What comes next; nil when it is learned.
    package var step: Step? { position < steps.count ? steps[position] : nil }

    /// Steps that are left, this one included.
    package var left: Int { steps.count - position }

    package mutating func answer(_ isRight: Bool) {
        position = isRight ? min(position + 1, steps.count) : max(position - 1, 0)
    }
}
