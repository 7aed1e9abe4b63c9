package import Platform

/// Shortest outage that makes an alarm wait.
package let toleratedOutage: Duration = .seconds(60)
/// Longest pause.
package let longestPause: Duration = .seconds(24 * 3_600)
/// Longest lease that a check-in may ask for.
package let longestLease: Duration = .seconds(12 * 3_600)
/// By how much one acknowledgement puts off later tiers at most, and all of one epoch together.
package let acknowledgedDelay: Duration = .seconds(3_600)
package let longestDelay: Duration = .seconds(2 * 3_600)
/// For how long two contacts hold later tiers, unless they say so again.
package let contactsHold: Duration = .seconds(24 * 3_600)

extension PlanState {
    /// The next state and what has to be done. Pure and total: the same answer for the same
    /// question, whatever clock and disk do.
    package func after(_ event: PlanEvent, terms: LeaseTerms, now: Instant) throws(CheckInError)
        -> (state: PlanState, effects: [PlanEffect])
    {
        switch (self, event) {
        case (.draft, .arm):
            let deadline = try terms.promise.first(armed: now)
            let lease = Lease(epoch: 1, armed: now, since: now, deadline: deadline)
            return (.armed(lease), [])

        case (.armed(let lease), .tick):
            guard now >= Self.dueFrom(lease, terms) else { return (self, []) }
            return try PlanState.due(lease, reminded: 0).after(event, terms: terms, now: now)
        case (.due(let lease, let reminded), .tick):
            if now >= lease.deadline {
                return try PlanState.grace(lease, reminded: reminded)
                    .after(event, terms: terms, now: now)
            }
            let (count, effects) = Self.reminders(lease, terms, reminded, now)
            return (.due(lease, reminded: count), effects)
        case (.grace(let lease, let reminded), .tick(let outage)):
            guard now >= lease.deadline + terms.grace else {
                let (count, effects) = Self.reminders(lease, terms, reminded, now)
                return (.grace(lease, reminded: count), effects)
            }
            if outage > toleratedOutage {
                // Once per deadline only: a blocking attack must not become silence.
                let reason = HoldReason.offline(outage)
                return (
                    .hold(lease, reason, until: now + reason.wait(terms), told: 0),
                    [.remindOfHold]
                )
            }
            let start = lease.deadline + terms.grace
            return try PlanState.overdue(lease, start: start, told: 0)
                .after(event, terms: terms, now: now)
        case (.hold(let lease, let reason, let until, let told), .tick):
            guard now >= until else { return (self, []) }
            let start =
                switch reason {
                case .offline: until
                // Later tiers keep their distance: the hold put all of them off.
                case .contacts(let since, let start): start + (until - since)
                }
            return try PlanState.overdue(lease, start: start, told: told)
                .after(event, terms: terms, now: now)
        case (.overdue(let lease, let start, let told), .tick):
            let passed = max(told, terms.tiers.prefix { start + $0 <= now }.count)
            return (
                .overdue(lease, start: start, told: passed),
                (told..<passed).map { .alert(tier: $0) }
            )
        case (.paused(let lease, let until), .tick):
            guard now >= until else { return (self, []) }
            return try Self.resumed(lease, terms, at: until)
                .after(event, terms: terms, now: now)

        case (.armed(let lease), .checkIn(let issued, let asked)),
            (.due(let lease, _), .checkIn(let issued, let asked)),
            (.grace(let lease, _), .checkIn(let issued, let asked)),
            (.overdue(let lease, _, _), .checkIn(let issued, let asked)),
            (.hold(let lease, _, _, _), .checkIn(let issued, let asked)):
            return met(lease, terms, by: min(issued, now), asked: asked, now: now)
        case (.paused, .checkIn):
            return (self, [])

        case (.armed(let lease), .pause(let until)), (.due(let lease, _), .pause(let until)),
            (.grace(let lease, _), .pause(let until)),
            (.overdue(let lease, _, _), .pause(let until)),
            (.hold(let lease, _, _, _), .pause(let until)),
            (.paused(let lease, _), .pause(let until)):
            var next = lease
            next.renew()
            let limit = min(max(until, now), now + longestPause)
            return (.paused(next, until: limit), standDown(lease) + [.announce(.pause)])
        case (.paused(let lease, _), .resume):
            return (Self.resumed(lease, terms, at: now), [.announce(.resume)])

        case (.armed(let lease), .end), (.due(let lease, _), .end), (.grace(let lease, _), .end),
            (.overdue(let lease, _, _), .end), (.hold(let lease, _, _, _), .end),
            (.paused(let lease, _), .end):
            return (
                .ended(.ordered, epoch: lease.epoch &+ 1, at: now),
                standDown(lease) + [.announce(.end)]
            )

        case (.overdue(let lease, let start, let told), .bringForward):
            guard told < terms.tiers.count else { return (self, []) }
            return (.overdue(lease, start: start, told: told + 1), [.alert(tier: told)])

        case (.overdue(var lease, let start, let told), .acknowledge):
            guard told < terms.tiers.count else { return (self, []) }
            let put = putOff(next: start + terms.tiers[told], delayed: lease.delayed, now: now)
            lease.delayed += put
            return (.overdue(lease, start: start + put, told: told), [])
        case (.overdue(let lease, let start, let told), .holdByContacts):
            let until = now + contactsHold
            return (
                .hold(lease, .contacts(since: now, start: start), until: until, told: told),
                [.announceHold(until: until)]
            )
        case (.hold(let lease, .contacts(let since, let start), _, let told), .holdByContacts):
            let until = now + contactsHold
            return (
                .hold(lease, .contacts(since: since, start: start), until: until, told: told),
                [.announceHold(until: until)]
            )

        case (.armed(let lease), .amend(let terms, let sign)),
            (.due(let lease, _), .amend(let terms, let sign)):
            guard let sign else { return Self.rebased(lease, terms, now: now) }
            return amended(lease, terms, by: min(sign, now), now: now)
        case (.grace(let lease, _), .amend(let terms, .some(let sign))),
            (.overdue(let lease, _, _), .amend(let terms, .some(let sign))),
            (.hold(let lease, _, _, _), .amend(let terms, .some(let sign))):
            return amended(lease, terms, by: min(sign, now), now: now)
        // A pause that ends starts anew by the terms that are then in force.
        case (.paused, .amend(_, .some)): return (self, [.announce(.update)])
        // Terms that were ordered before wait for the next met deadline.
        case (.grace, .amend(_, nil)), (.overdue, .amend(_, nil)), (.hold, .amend(_, nil)),
            (.paused, .amend(_, nil)):
            return (self, [])

        case (.draft, .acknowledge), (.draft, .holdByContacts), (.draft, .amend),
            (.armed, .acknowledge), (.armed, .holdByContacts),
            (.due, .acknowledge), (.due, .holdByContacts),
            (.grace, .acknowledge), (.grace, .holdByContacts),
            (.paused, .acknowledge), (.paused, .holdByContacts),
            // Before anybody was told there is nobody who could.
            (.hold, .acknowledge), (.hold(_, .offline, _, _), .holdByContacts),
            (.ended, .acknowledge), (.ended, .holdByContacts), (.ended, .amend):
            return (self, [])

        case (.draft, .tick), (.draft, .checkIn), (.draft, .pause), (.draft, .resume),
            (.draft, .end), (.draft, .bringForward),
            (.armed, .arm), (.armed, .resume), (.armed, .bringForward),
            (.due, .arm), (.due, .resume), (.due, .bringForward),
            (.grace, .arm), (.grace, .resume), (.grace, .bringForward),
            (.overdue, .arm), (.overdue, .resume),
            (.paused, .arm), (.paused, .bringForward),
            (.hold, .arm), (.hold, .resume), (.hold, .bringForward),
            (.ended, .arm), (.ended, .tick), (.ended, .checkIn), (.ended, .pause),
            (.ended, .resume), (.ended, .end), (.ended, .bringForward):
            return (self, [])
        }
    }

    /// When a tick next changes anything; nil when only an event can.
    package func wakes(_ terms: LeaseTerms) -> Instant? {
        switch self {
        case .draft, .ended: nil
        case .armed(let lease): Self.dueFrom(lease, terms)
        case .due(let lease, let reminded):
            Self.wakes(lease, terms, reminded, orAt: lease.deadline)
        case .grace(let lease, let reminded):
            Self.wakes(lease, terms, reminded, orAt: lease.deadline + terms.grace)
        case .overdue(_, let start, let told):
            told < terms.tiers.count ? start + terms.tiers[told] : nil
        case .paused(_, let until), .hold(_, _, let until, _): until
        }
    }

    /// Between which moments a missing check-in counts, for the question of coverage.
    package func listening(_ terms: LeaseTerms) -> (from: Instant, to: Instant)? {
        guard let lease else { return nil }
        let opens = terms.promise.windowOpens(before: lease.deadline, armed: lease.armed)
        return (max(opens, lease.since), lease.deadline + terms.grace)
    }

    // MARK: Steps

    /// A verified sign of life made at `sign`.
    private func met(
        _ lease: Lease, _ terms: LeaseTerms, by sign: Instant, asked: Duration, now: Instant
    ) -> (state: PlanState, effects: [PlanEffect]) {
        guard let usual = terms.promise.next(after: sign, armed: lease.armed) else {
            return (
                .ended(.fulfilled, epoch: lease.epoch &+ 1, at: now), standDown(lease)
            )
        }
        var next = usual
        if asked > .zero {
            // Never beyond the end, which is itself a check-in.
            let until = sign + min(asked, longestLease)
            next = min(until, terms.promise.end ?? until)
            // An older sign of life than the one that counts asks for nothing.
            guard sign >= lease.since else { return (self, []) }
        } else {
            // Too early for a fixed deadline, or an older sign than the one that counts: still owed.
            guard next > lease.deadline else { return (self, []) }
        }
        // It was made before a deadline that is broken by now too: an all-clear would be a lie.
        guard next + terms.grace > now else { return (self, []) }
        return (
            .armed(renewed(lease, since: sign, deadline: next)),
            standDown(lease) + (next > usual ? [.announceLease(until: next)] : [])
        )
    }

    /// An order that changes the terms is a sign of life, and the new terms count from it.
    private func amended(_ lease: Lease, _ terms: LeaseTerms, by sign: Instant, now: Instant)
        -> (state: PlanState, effects: [PlanEffect])
    {
        guard let next = terms.promise.next(after: sign, armed: lease.armed) else {
            return (
                .ended(.fulfilled, epoch: lease.epoch &+ 1, at: now),
                standDown(lease) + [.announce(.update)]
            )
        }
        guard next + terms.grace > now else { return (self, []) }
        return (
            .armed(renewed(lease, since: sign, deadline: next)),
            standDown(lease) + [.announce(.update)]
        )
    }

    /// Terms that were ordered before take effect: what they owe since the last sign of life, or
    /// since now where that would be past already. What was promised stays: nobody is alarmed
    /// sooner than she was told.
    private static func rebased(_ lease: Lease, _ terms: LeaseTerms, now: Instant)
        -> (state: PlanState, effects: [PlanEffect])
    {
        var kept = lease
        let promise = terms.promise
        guard
            let next = promise.next(after: lease.since, armed: lease.armed).flatMap({
                $0 > now ? $0 : promise.next(after: now, armed: lease.armed)
            })
        else { return (.ended(.fulfilled, epoch: lease.epoch &+ 1, at: now), []) }
        // Also a lease that was asked for, but never beyond the end.
        let promised = max(next, lease.deadline)
        kept.deadline = promise.end.map { max(next, min(promised, $0)) } ?? promised
        return (.armed(kept), [])
    }

    /// What counts after a sign of life: a new epoch if it ended a reminder, a grace or an alarm.
    private func renewed(_ lease: Lease, since sign: Instant, deadline: Instant) -> Lease {
        var kept = lease
        kept.since = max(lease.since, sign)
        kept.deadline = deadline
        switch self {
        case .armed: break
        case .due, .grace, .overdue, .hold, .draft, .paused, .ended: kept.renew()
        }
        return kept
    }

    /// By how much an acknowledgement puts off the tiers that come next: whoever is on it has an
    /// hour, and never more than is left of the two.
    private func putOff(next: Instant, delayed: Duration, now: Instant) -> Duration {
        max(
            .zero,
            min(acknowledgedDelay, longestDelay - delayed, now + acknowledgedDelay - next))
    }

    /// Those who were alerted hear that it is over.
    private func standDown(_ lease: Lease) -> [PlanEffect] {
        switch self {
        case .overdue(_, _, let told), .hold(_, _, _, let told):
            told > 0 ? [.allClear(epoch: lease.epoch)] : []
        case .draft, .armed, .due, .grace, .paused, .ended: []
        }
    }

    /// After a pause the promise starts anew; deadlines that fell into it are let go.
    private static func resumed(_ lease: Lease, _ terms: LeaseTerms, at moment: Instant)
        -> PlanState
    {
        var next = lease
        next.since = moment
        switch terms.promise {
        case .interval(let interval, let end):
            next.deadline = min(moment + interval, end ?? Instant(milliseconds: .max))
        case .deadlines(let deadlines):
            // The end is itself a check-in: it stays owed even if the pause went past it.
            next.deadline = deadlines.first { $0 > moment } ?? deadlines.last ?? lease.deadline
        }
        return .armed(next)
    }

    /// Reminders that lie before the last sign of life are not owed.
    private static func owed(_ lease: Lease, _ terms: LeaseTerms) -> [Instant] {
        terms.reminders.map { lease.deadline + $0 }
    }

    private static func dueFrom(_ lease: Lease, _ terms: LeaseTerms) -> Instant {
        let reminders = owed(lease, terms).filter { $0 > lease.since }
        return min(reminders.first ?? lease.deadline, lease.deadline)
    }

    /// After a long sleep several are owed at once: one is enough.
    private static func reminders(
        _ lease: Lease, _ terms: LeaseTerms, _ reminded: Int, _ now: Instant
    ) -> (count: Int, effects: [PlanEffect]) {
        let times = owed(lease, terms)
        let passed = times.prefix { $0 <= now }.count
        let skipped = times.prefix { $0 <= lease.since }.count
        guard passed > max(reminded, skipped) else { return (max(reminded, passed), []) }
        return (passed, [.remind(passed - 1)])
    }

    private static func wakes(
        _ lease: Lease, _ terms: LeaseTerms, _ reminded: Int, orAt end: Instant
    ) -> Instant {
        min(owed(lease, terms).dropFirst(reminded).first ?? end, end)
    }
}
