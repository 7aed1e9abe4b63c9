package import CheckIn
package import Dispatch
package import Platform
package import Wording

internal import Primitives

/// Turns a delivery into the message that a person reads: her language first, then the other.
package struct AlertWriter: Sendable {
    /// The rules of a zone; nil for one that nobody knows.
    package typealias Zones = @Sendable (String) -> TimeZoneRules?

    private let zones: Zones
    private let answers: AnswerCodes?

    /// - Parameter answers: The watcher's; without them a message is only shown, and nobody could
    ///   answer it.
    package init(answers: AnswerCodes? = nil, zones: @escaping Zones) {
        self.answers = answers
        self.zones = zones
    }

    /// - Returns: nil from a writer that only shows.
    func answerCode(_ message: DeliveryID) -> String? { answers?.code(message) }

    /// - Parameters:
    ///   - sheet: The armored age file for this person.
    ///   - deliveries: All of the plan, to say who has been told.
    ///   - head: The newest entry of the watcher's log: whoever has this message can prove later
    ///     that the log was not rewritten.
    /// - Returns: nil when a part of it cannot stand in a message.
    package func message(
        _ delivery: DeliveryRow, plan: PlanRow, to listener: Listener, route: Route,
        sheet: [UInt8]?, deliveries: [DeliveryRow], head: AuditEntry? = nil, now: Instant
    ) -> OutgoingMessage? {
        let registration = plan.registration(for: delivery)
        // A drill has no sheet with it, and rehearses how it is opened.
        let hasSheet = delivery.kind == .drill ? listener.sheet != nil : sheet != nil
        let facts = facts(
            delivery, plan: plan, to: listener, hasSheet: hasSheet, deliveries, now)
        let isLost = delivery.kind.isAlarm && listener.sheet != nil && sheet == nil
        let composer = MessageComposer(
            facts: facts, texts: registration.texts,
            tier: delivery.kind.hasTier ? delivery.tier : nil,
            isRepeat: delivery.attempts > 1, isOpen: route.lane == .screen,
            isForColleague: registration.isHandedOver && delivery.kind.isToOwner)
        let language = listener.language
        let other: Language = language == .spanish ? .english : .spanish
        var body = ""
        if delivery.attempts > 1 {
            body += AlertFacts.repeated(shown(delivery))(listener.language) + "\n\n"
        }
        body += composer.letter(language)
        if isLost { body += "\n\n" + AlertFacts.lostSheet(listener.language) }
        let others =
            [.alert, .drill].contains(delivery.kind)
            ? AlertFacts.otherWatchers(registration, besides: listener.name) : nil
        if let others { body += "\n\n" + others(language) }
        body += "\n\n----------------------------------------\n\n"
        body += composer.subject(other) + "\n\n" + composer.letter(other) + "\n"
        if isLost { body += "\n" + AlertFacts.lostSheet(other) + "\n" }
        if let others { body += "\n" + others(other) + "\n" }
        if let head {
            body += "\n" + AlertFacts.head(head)(listener.language) + "\n"
        }
        do {
            let attachments = try sheet.map { bytes in
                [
                    try OutgoingMessage.Attachment(
                        name: registration.label.text + ".age", bytes: bytes)
                ]
            }
            return try OutgoingMessage(
                id: delivery.id.bytes, contact: listener.name,
                address: route.contactAddress,
                sender: registration.alias, date: now, subject: composer.subject(language),
                text: body, push: composer.push(language), sms: composer.sms(language),
                attachments: attachments ?? [],
                urgency: delivery.kind.isUrgent ? .urgent : .ordinary, kind: delivery.kind.word)
        } catch {
            return nil
        }
    }

    /// Whether an alert of `registration` fits into a message, sheet and all, when everybody else
    /// has been told before: to be asked before a plan is armed.
    package func canWrite(
        _ registration: Registration, to listener: Listener, tier: Int, sheet: [UInt8]?,
        now: Instant
    ) -> Bool {
        let lease = Lease(epoch: 1, armed: now, since: now, deadline: now)
        let plan = PlanRow(
            registration: registration, state: .overdue(lease, start: now, told: tier + 1))
        let others = registration.tiers.flatMap { $0 }.map { other in
            var told = DeliveryRow(
                plan: plan.id, epoch: 1, tier: tier, kind: .alert, contact: other.name,
                channel: "", created: now, state: .delivered)
            told.fence = 2
            return told
        }
        // Whose ways are not known yet gets the longest: a letter.
        let routes = listener.routes.isEmpty ? Self.practice : listener.routes
        let listener = Listener(
            name: listener.name, language: listener.language, phones: listener.phones,
            routes: routes, sheet: listener.sheet)
        return routes.allSatisfy { route in
            var alert = DeliveryRow(
                plan: plan.id, epoch: 1, tier: tier, kind: .alert, contact: listener.name,
                channel: route.channel, created: now, state: .pending)
            alert.fence = 2
            return message(
                alert, plan: plan, to: listener, route: route, sheet: sheet, deliveries: others,
                now: now) != nil
        }
    }

    /// An alert that could not be written.
    package struct Unwritable {
        package let tier: Int
        /// Her place in the tier.
        package let place: Int
        package let listener: Listener
        package let sheet: [UInt8]?
    }

    /// The first alert of `registration` that would not fit, with the sheets among `envelopes`.
    package func unwritable(
        in registration: Registration, _ envelopes: [[UInt8]], now: Instant
    ) -> Unwritable? {
        let byHash = Dictionary(
            envelopes.map { (BLAKE2b.hash(count: 32, of: $0.span), $0) },
            uniquingKeysWith: { first, _ in first })
        for (tier, people) in registration.tiers.enumerated() {
            for (place, listener) in people.enumerated() {
                let sheet = listener.sheet.flatMap { byHash[$0] }
                guard
                    !canWrite(registration, to: listener, tier: tier, sheet: sheet, now: now)
                else { continue }
                return Unwritable(tier: tier, place: place, listener: listener, sheet: sheet)
            }
        }
        return nil
    }

    /// A message of some kind as its first reader would have it, if the check-in were missing now.
    package func preview(
        _ kind: MessageKind, _ registration: Registration, tier: Int, language: Language,
        now: Instant
    ) -> OutgoingMessage? {
        let lease = Lease(epoch: 1, armed: now, since: now, deadline: now)
        let start = now + registration.terms.grace
        var plan = PlanRow(
            registration: registration,
            state: .overdue(lease, start: start, told: min(tier + 1, registration.tiers.count)))
        plan.lastSeen = now - .seconds(6 * 3_600)
        let owner = Listener(
            name: "me", language: language, phones: [], routes: Self.practice, sheet: nil)
        let readers = registration.tiers.indices.contains(tier) ? registration.tiers[tier] : []
        let reader = readers.first.map { first in
            Listener(
                name: first.name, language: language, phones: first.phones,
                routes: first.routes.isEmpty ? Self.practice : first.routes, sheet: nil)
        }
        guard let listener = kind.isToOwner ? owner : reader, let route = listener.routes.first
        else { return nil }
        let delivery = DeliveryRow(
            plan: plan.id, epoch: 1, tier: tier, kind: kind, contact: listener.name,
            channel: route.channel, created: now, state: .pending)
        return message(
            delivery, plan: plan, to: listener, route: route, sheet: nil, deliveries: [], now: now)
    }

    /// For whoever has no way yet.
    private static let practice = [
        Route(channel: "practice", url: "file:/", password: nil, address: nil)
    ]

    private func facts(
        _ delivery: DeliveryRow, plan: PlanRow, to listener: Listener, hasSheet: Bool,
        _ deliveries: [DeliveryRow], _ now: Instant
    ) -> AlertFacts {
        let registration = plan.registration(for: delivery)
        let terms = registration.terms
        let deadline = deadline(plan, delivery)
        let alarm: MessageKind =
            switch delivery.kind {
            case .duress: .duress
            case .held: delivery.isBeside ? .duress : .alert
            case .drill: .drill
            case .reminder, .holdReminder, .undeliverable, .daily, .alert, .allClear, .retracted,
                .ended, .paused, .resumed, .edited, .extended, .wrongCodes:
                .alert
            }
        let nextTier = nextTier(plan, alarm, delivery)
        let alerts = deliveries.filter {
            $0.kind == alarm && $0.epoch == delivery.alarmEpoch && !plan.isCopy($0)
        }
        let earlier =
            delivery.kind == .drill
            ? registration.tiers.prefix(delivery.tier).flatMap { $0 }.map(\.name)
            : alerts.filter { $0.attempts > 0 }.map(\.contact)
        var names: [String] = []
        for name in earlier where name != listener.name && !names.contains(name) {
            names.append(name)
        }
        let refused = Set(alerts.filter(\.isRefused).map(\.contact))
        let reached = Set(alerts.filter { $0.state == .delivered }.map(\.contact))
        return AlertFacts(
            kind: delivery.kind, label: registration.label.text, alias: registration.alias,
            time: localTime(registration), isShort: terms.isShort,
            deadline: deadline, graceEnd: deadline.map { $0 + terms.grace },
            lastSeen: plan.lastSeen, outage: plan.outage, leap: plan.leapOfClock,
            phones: registration.phones,
            code: code(of: delivery, deliveries), hasSheet: hasSheet,
            hasLetter: listener.routes.contains { $0.lane == .letter }, told: names,
            next: nextTier.map { ($0.at, registration.tiers[$0.tier].map(\.name)) },
            unreachable: refused.subtracting(reached).sorted(), posted: delivery.created, now: now)
    }

    /// What is only rehearsed lapses now.
    private func deadline(_ plan: PlanRow, _ delivery: DeliveryRow) -> Instant? {
        let grace = plan.registration(for: delivery).terms.grace
        return plan.state.lease?.deadline
            ?? (delivery.kind == .drill ? delivery.created - grace : nil)
    }

    /// Who hears next if nothing comes, and when.
    private func nextTier(_ plan: PlanRow, _ alarm: MessageKind, _ delivery: DeliveryRow)
        -> (at: Instant, tier: Int)?
    {
        let terms = plan.registration(for: delivery).terms
        var start: Instant?
        var told = 0
        if alarm == .duress, let machine = plan.duress?.machine {
            guard machine.told < terms.tiers.count else { return nil }
            let wait = terms.tiers[machine.told] - terms.tiers[0]
            let hold = machine.hold.map { $0.until - $0.since } ?? .zero
            return (machine.start + wait + hold, machine.told)
        }
        if alarm == .drill {
            let next = delivery.tier + 1
            guard next < terms.tiers.count, let due = deadline(plan, delivery) else { return nil }
            return (due + terms.grace + terms.tiers[next], next)
        }
        switch plan.state {
        case .overdue(_, let moment, let count): (start, told) = (moment, count)
        case .hold(_, .offline, let until, let count): (start, told) = (until, count)
        case .hold(_, .contacts(let since, let moment), let until, let count):
            (start, told) = (moment + (until - since), count)
        case .armed(let lease), .due(let lease, _), .grace(let lease, _), .paused(let lease, _):
            start = lease.deadline + terms.grace
        case .draft, .ended: break
        }
        guard told < terms.tiers.count else { return nil }
        return start.map { ($0 + terms.tiers[told], told) }
    }

    /// An all-clear carries the code of the alert that it ends.
    private func code(of delivery: DeliveryRow, _ deliveries: [DeliveryRow]) -> String {
        guard delivery.kind.endsAlert else { return shown(delivery) }
        let alert = deliveries.first {
            $0.kind == .alert && $0.epoch == delivery.epoch && $0.contact == delivery.contact
                && $0.channel == delivery.channel
        }
        return shown(alert ?? delivery)
    }

    private func shown(_ delivery: DeliveryRow) -> String {
        answerCode(delivery.id) ?? AnswerCodes.sample
    }

    private func localTime(_ registration: Registration) -> PlaceTime? {
        zones(registration.zone).map { PlaceTime(rules: $0, place: registration.place) }
    }
}

extension LeaseTerms {
    /// Promises of seconds, as in a rehearsal, are told with seconds.
    package var isShort: Bool {
        if case .interval(let interval, _) = promise {
            interval < .seconds(600)
        } else {
            grace < .seconds(60)
        }
    }
}

extension Route {
    /// The address as its channel reads it.
    var contactAddress: ContactAddress? {
        guard let address, let kind = (try? ChannelAddress(parsing: url))?.addressKind else {
            return nil
        }
        return ContactAddress(parsing: address, kind)
    }
}
