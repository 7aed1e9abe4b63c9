internal import CheckIn
internal import Platform

/// What is short enough to be found by trying. From the fifth wrong one on each is tried only after
/// its minute, one after the other: a right one still counts, and ten thousand take a week.
enum GuessLock: Hashable {
    /// Four digits complete a code of a printed card.
    case card(PlanID)
    /// Four characters stand in a contact's message.
    case answers
}

extension WatchEngine {
    /// - Returns: nil for what is tried at once.
    func lock(on request: WatchRequest) -> GuessLock? {
        switch request {
        case .paper(let plan, _):
            isGuessed({ $0.id == plan }, \.wrongCodes) ? .card(plan) : nil
        case .acknowledge(_, let plan), .hold(_, let plan):
            isGuessed({ plan == nil || $0.id == plan }, \.wrongAnswers) ? .answers : nil
        case .hello, .register, .checkIn, .order, .status, .update, .card, .rehearse, .drillReport,
            .log, .release, .unlock:
            nil
        }
    }

    /// Where the store does not say, the request finds that out by itself.
    private func isGuessed(_ isMeant: (PlanRow) -> Bool, _ count: (PlanRow) -> UInt32) -> Bool {
        ((try? plans()) ?? []).contains { isMeant($0) && count($0) >= Self.toleratedCodes }
    }
}

/// A program that waits its minute.
struct Late {
    enum What {
        case reply(WatchReply)
        /// Not tried yet.
        case request(WatchRequest)
    }

    let connection: LocalConnection
    let what: What
    let at: Duration
    /// Those of one lock are tried one after the other.
    let lock: GuessLock?

    init(_ connection: LocalConnection, _ what: What, at: Duration, lock: GuessLock? = nil) {
        self.connection = connection
        self.what = what
        self.at = at
        self.lock = lock
    }
}
