/// When an editor keeps a draft: so long after the first change that none holds.
struct DraftClock {
    private static let delay = Duration.seconds(30)

    private let isOn: Bool
    /// By the machine's time; nil while there is nothing to keep.
    private(set) var due: Duration?

    /// - Parameter isOn: Not in a hidden compartment: commits every thirty seconds in which nothing
    ///   can be seen are something that only hidden work leaves.
    init(isOn: Bool) { self.isOn = isOn }

    /// To be asked whenever something may have changed.
    ///
    /// - Returns: Whether a draft is to be kept now; if it cannot be, `tryAgain` sets another time.
    mutating func isDue(hasNew: Bool, at now: Duration) -> Bool {
        guard hasNew, isOn else {
            due = nil
            return false
        }
        guard let due else {
            tryAgain(at: now)
            return false
        }
        guard now >= due else { return false }
        self.due = nil
        return true
    }

    mutating func tryAgain(at now: Duration) { due = now + Self.delay }
}
