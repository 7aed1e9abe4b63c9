package import Platform

/// In what way a changed plan protects less than before: such a change waits.
package enum Weakening: UInt8, Hashable, Sendable, CaseIterable {
    /// Check-ins are owed less often, or one of them not at all.
    case rhythm = 1
    case grace = 2
    /// It is over earlier.
    case end = 3
    /// Somebody hears later.
    case laterTiers = 4
    /// Somebody does not hear any more.
    case fewerContacts = 5
    /// Somebody is told by another way, or called by another name or number.
    case otherAddresses = 6
    case otherCodes = 7
    /// Somebody gets no sheet any more.
    case fewerSheets = 8
    /// Messages say something else: nobody can tell whether it is as plain.
    case otherTexts = 9
    /// Hours are told as those of another place.
    case otherPlace = 10
    /// She herself is reminded at other moments.
    case otherReminders = 11
}

extension Registration {
    /// What of `next` weakens this plan; empty when it may take effect at once. Whatever is not
    /// plainly as strong as before counts as weaker.
    package func weakenings(in next: Registration, now: Instant) -> [Weakening] {
        var found = terms.weakenings(in: next.terms, now: now)
        if safeKey != next.safeKey || duressKey != next.duressKey { found.append(.otherCodes) }
        if alias != next.alias || !next.phones.starts(with: phones) {
            found.append(.otherAddresses)
        }
        if !texts.says(sameAs: next.texts) { found.append(.otherTexts) }
        if zone != next.zone || place != next.place { found.append(.otherPlace) }
        // Whoever hears before all others has the first word on what happened, and is told first of
        // what is ordered.
        let first = Set(next.tiers[0].map(\.name))
        if !tiers[0].allSatisfy({ first.contains($0.name) }) { found.append(.laterTiers) }
        if let owner, !(next.owner?.routes.starts(with: owner.routes) ?? false) {
            found.append(.otherAddresses)
        }
        for (offset, people) in zip(terms.tiers, tiers) {
            for person in people { found += next.weakenings(of: person, hearingAt: offset) }
        }
        return Weakening.allCases.filter(found.contains)
    }

    private func weakenings(of person: Listener, hearingAt offset: Duration) -> [Weakening] {
        let places = zip(terms.tiers, tiers).compactMap { later, people in
            people.first { $0.name == person.name }.map { (later, $0) }
        }
        guard let (later, kept) = places.first else { return [.fewerContacts] }
        var found: [Weakening] = []
        if later > offset { found.append(.laterTiers) }
        // A way that is put before the others would be tried first: only what comes after is more.
        if !kept.routes.starts(with: person.routes) || !kept.phones.starts(with: person.phones) {
            found.append(.otherAddresses)
        }
        if person.sheet != nil, kept.sheet == nil { found.append(.fewerSheets) }
        // A text message is in her language alone.
        if person.language != kept.language { found.append(.otherTexts) }
        return found
    }
}

extension LeaseTerms {
    fileprivate func weakenings(in next: LeaseTerms, now: Instant) -> [Weakening] {
        var found: [Weakening] = []
        if next.grace > grace { found.append(.grace) }
        // Half of the grace moves with the grace.
        if next.reminders != reminders, !(hasUsualReminders && next.hasUsualReminders) {
            found.append(.otherReminders)
        }
        switch (promise, next.promise) {
        case (.interval(let old, let end), .interval(let new, let newEnd)):
            if new > old { found.append(.rhythm) }
            if let newEnd, end.map({ newEnd < $0 }) ?? true { found.append(.end) }
        case (.deadlines(let old), .deadlines(let new)):
            let owed = Set(old.filter { $0 > now })
            if !owed.isSubset(of: Set(new)) { found.append(.rhythm) }
            if let last = old.last, let newLast = new.last, newLast < last { found.append(.end) }
        // Between the two nothing says which is stricter.
        case (.interval, .deadlines), (.deadlines, .interval): found.append(.rhythm)
        }
        return found
    }

    private var hasUsualReminders: Bool {
        reminders == Self.usualReminders(grace: grace).sorted()
    }
}
