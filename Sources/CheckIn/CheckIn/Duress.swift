package import Encoding
package import Platform

/// What goes on beside a plan after its duress code was typed. The plan's own state looks safe, and
/// moves as if the safe code had been typed; this moves as nobody at the screen can see.
///
/// Nothing ends it but time: two contacts who have spoken with her hold what is still to be told.
package struct Duress: Hashable, Sendable {
    package enum Event: Hashable, Sendable {
        /// A duress code was typed (again).
        case raise
        case tick
        case acknowledge
        case holdByContacts
        /// Nobody told so far can be reached, or the plan's own alarm would tell `tiers` by now.
        case tellAtLeast(Int)
        /// The plan's own alarm begins: she has been silent since.
        case lapse
    }

    package struct Hold: Hashable, Sendable {
        package let since: Instant
        package let until: Instant
    }

    /// Its messages carry it; a code that is typed while contacts hold begins another one.
    package private(set) var epoch: UInt32
    /// From when the tiers' distances count; the first tier hears at once.
    package private(set) var start: Instant
    /// Tiers `0..<told` have been told.
    package private(set) var told: Int
    package private(set) var delayed: Duration
    package private(set) var hold: Hold?

    /// For so long silence says nothing that the code did not say.
    private static let freshness: Duration = .seconds(3_600)

    /// The first time: nobody has been told yet, `tick` says who is.
    package init(at now: Instant) {
        epoch = 1
        start = now
        told = 0
        delayed = .zero
        hold = nil
    }

    /// Moves on.
    ///
    /// - Returns: The tiers that have to be told now.
    package mutating func handle(_ event: Event, _ terms: LeaseTerms, now: Instant) -> Range<Int> {
        switch (event, hold) {
        case (.raise, nil), (.acknowledge, .some), (.tellAtLeast, .some), (.lapse, .some):
            return told..<told
        case (.lapse, nil) where now - start < Self.freshness:
            return told..<told
        case (.raise, .some), (.lapse, nil):
            epoch &+= 1
            start = now
            told = 0
            delayed = .zero
            hold = nil
            return handle(.tick, terms, now: now)
        case (.tick, nil):
            let first = told
            told = max(told, (0..<terms.tiers.count).prefix { moment(of: $0, terms) <= now }.count)
            return first..<told
        case (.tick, .some(let held)):
            guard now >= held.until else { return told..<told }
            start = start + (held.until - held.since)
            hold = nil
            return handle(.tick, terms, now: now)
        case (.acknowledge, nil):
            guard told < terms.tiers.count else { return told..<told }
            let put = max(
                .zero,
                min(
                    acknowledgedDelay, longestDelay - delayed,
                    now + acknowledgedDelay - moment(of: told, terms)))
            delayed += put
            start = start + put
            return told..<told
        case (.holdByContacts, let held):
            hold = Hold(since: held?.since ?? now, until: now + contactsHold)
            return told..<told
        case (.tellAtLeast(let count), nil):
            let first = told
            told = max(told, min(count, terms.tiers.count))
            return first..<told
        }
    }

    /// When time alone next changes something.
    package func wakes(_ terms: LeaseTerms) -> Instant? {
        if let hold { return hold.until }
        return told < terms.tiers.count ? moment(of: told, terms) : nil
    }

    /// The clock was wrong: moments after `now` were measured on it.
    package mutating func move(_ move: (Instant) -> Instant) {
        start = move(start)
        hold = hold.map { held in
            let since = move(held.since)
            return Hold(since: since, until: since + (held.until - held.since))
        }
    }

    private func moment(of tier: Int, _ terms: LeaseTerms) -> Instant {
        start + (terms.tiers[tier] - terms.tiers[0])
    }

    // Fields: 1 epoch u32, 2 start, 3 told u32, 4 delayed, 5 held since, 6 held until.
    package var fields: FieldList {
        FieldList(
            [
                Field(1, u32: epoch), Field(2, start), Field(3, u32: UInt32(clamping: told)),
                Field(4, delayed),
            ] + (hold.map { [Field(5, $0.since), Field(6, $0.until)] } ?? []))
    }

    package init?(_ fields: FieldList) {
        guard let epoch = fields.u32(1), let start = fields.instant(2), let told = fields.u32(3),
            told <= 16, let delayed = fields.duration(4)
        else { return nil }
        self.epoch = epoch
        self.start = start
        self.told = Int(told)
        self.delayed = delayed
        if let since = fields.instant(5), let until = fields.instant(6) {
            hold = Hold(since: since, until: until)
        } else {
            hold = nil
        }
    }
}
