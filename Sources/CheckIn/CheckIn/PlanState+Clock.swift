package import Platform

// What becomes of a promise when the clock by which it was kept turns out to have been wrong.
extension PlanState {
    /// The clock was ahead by `difference` and was put back to `now`. A moment that lies after `now`
    /// was measured on the wrong clock: what was left until then is what is left now. Fixed hours
    /// stay where they are.
    ///
    /// - Parameter reachesAlarms: false when only hours that were given to people were wrong, and
    ///   every wait was measured on the right clock.
    package func putBack(
        by difference: Duration, to now: Instant, terms: LeaseTerms, reachesAlarms: Bool = true
    ) -> (state: PlanState, effects: [PlanEffect]) {
        func moved(_ moment: Instant) -> Instant {
            reachesAlarms && moment > now ? moment - difference : moment
        }
        switch self {
        case .draft: return (self, [])
        case .ended(let ending, let epoch, let at):
            return (.ended(ending, epoch: epoch, at: min(at, now)), [])
        case .paused(let lease, let until):
            // No pause that was ordered on the right clock reaches beyond the longest one. And what
            // is promised after a pause counts from its end: that is not before now.
            let latest = reachesAlarms ? now : now + longestPause
            return (
                .paused(
                    lease.putBack(by: difference, to: now, terms.promise),
                    until: until > latest ? max(now, until - difference) : until), []
            )
        case .armed(let lease):
            return (.armed(lease.putBack(by: difference, to: now, terms.promise)), [])
        case .due(let lease, _), .grace(let lease, _), .overdue(let lease, _, _),
            .hold(let lease, _, _, _):
            var kept = lease.putBack(by: difference, to: now, terms.promise)
            guard kept != lease || reachesAlarms else { return (self, []) }
            guard kept.deadline + terms.grace <= now else {
                // By the right clock it is not broken. What was said stands under the old epoch;
                // under a new one it can be said again when it comes true.
                kept.renew()
                return (.armed(kept), told > 0 ? [.retract(epoch: lease.epoch)] : [])
            }
            return (standing(on: kept, waiting: moved), [])
        }
    }

    /// Tiers that have been told.
    private var told: Int {
        switch self {
        case .overdue(_, _, let told), .hold(_, _, _, let told): told
        case .draft, .armed, .due, .grace, .paused, .ended: 0
        }
    }

    private func standing(on lease: Lease, waiting moved: (Instant) -> Instant) -> PlanState {
        switch self {
        case .due(_, let reminded): .due(lease, reminded: reminded)
        case .grace(_, let reminded): .grace(lease, reminded: reminded)
        case .overdue(_, let start, let told): .overdue(lease, start: moved(start), told: told)
        case .hold(_, let reason, let until, let told):
            .hold(lease, reason.moved(by: moved), until: moved(until), told: told)
        case .draft, .armed, .paused, .ended: self
        }
    }
}

extension Lease {
    /// A promise that was made before `now` is as it was; one that was made in what is now the
    /// future was made as long ago as the wrong clock says.
    fileprivate func putBack(by difference: Duration, to now: Instant, _ promise: Promise) -> Lease
    {
        guard since > now else { return self }
        let sign = min(now, since - difference)
        let owed: Instant
        switch promise {
        case .interval(let interval, let end):
            owed = min(sign + interval, end ?? Instant(milliseconds: .max))
        case .deadlines(let deadlines):
            // What passed meanwhile was met when the sign fell into its window.
            owed =
                deadlines.first {
                    $0 > now || promise.windowOpens(before: $0, armed: armed) > sign
                } ?? deadline
        }
        return Lease(
            epoch: epoch, armed: min(armed, sign), since: sign, deadline: owed, delayed: delayed)
    }
}

// MARK: Forward

extension PlanState {
    /// The clock was behind, and went forward by `leap` although nobody waited that long. What was
    /// measured on it, after `origin` and until `old`, moves along; what was promised before, and fixed
    /// hours, stay.
    ///
    /// - Parameter heard: When the last order or check-in was made.
    package func putForward(
        by leap: Duration, from origin: Instant, to old: Instant, heard: Instant?,
        terms: LeaseTerms
    ) -> PlanState {
        func wasMeasured(_ moment: Instant) -> Bool { moment > origin && moment <= old }
        func moved(_ lease: Lease) -> Lease {
            guard case .interval(let interval, let end) = terms.promise, wasMeasured(lease.since)
            else { return lease }
            let sign = lease.since + leap
            return Lease(
                epoch: lease.epoch,
                armed: wasMeasured(lease.armed) ? lease.armed + leap : lease.armed, since: sign,
                deadline: min(sign + interval, end ?? Instant(milliseconds: .max)),
                delayed: lease.delayed)
        }
        switch self {
        case .draft, .ended: return self
        case .armed(let lease): return .armed(moved(lease))
        case .due(let lease, let reminded): return .due(moved(lease), reminded: reminded)
        case .grace(let lease, let reminded): return .grace(moved(lease), reminded: reminded)
        case .overdue(let lease, let start, let told):
            guard case .interval = terms.promise, wasMeasured(start) else { return self }
            return .overdue(moved(lease), start: start + leap, told: told)
        case .paused(let lease, let until):
            let ordered = max(heard ?? lease.since, lease.since)
            return .paused(moved(lease), until: wasMeasured(ordered) ? until + leap : until)
        case .hold(let lease, let reason, let until, let told):
            let began = until - reason.wait(terms)
            return .hold(
                moved(lease), reason.moved { wasMeasured($0) ? $0 + leap : $0 },
                until: wasMeasured(began) ? until + leap : until, told: told)
        }
    }
}

extension HoldReason {
    fileprivate func moved(by move: (Instant) -> Instant) -> HoldReason {
        switch self {
        case .offline: self
        case .contacts(let since, let start): .contacts(since: move(since), start: move(start))
        }
    }
}
