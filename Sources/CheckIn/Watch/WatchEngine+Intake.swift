package import CheckIn
package import Platform

internal import Encoding
internal import Primitives

// What comes in. Whatever is answered is on disk before.
extension WatchEngine {
    /// From this wrong code on answers wait, and tier 1 is told.
    static let toleratedCodes: UInt32 = 5
    /// Who goes on trying for an hour, or for days, is told of again.
    static let toldOfCodes: [UInt32] = [toleratedCodes, 50, 500]
    /// How far in the future a token may have been made.
    static let clockTolerance: Duration = .seconds(300)

    /// Takes a plan over, or renews what is known of one that is watched already.
    ///
    /// - Parameter envelopes: Sealed sheets; each is kept only if the registration names its hash.
    /// - Returns: The deadline that is owed now.
    /// - Throws: `.differs` when a plan of this id is watched and this is another one, or weaker, or
    ///   an older version: that takes an order; `.ended`, `.plan`.
    package func register(_ registration: Registration, envelopes: [[UInt8]], now: Instant)
        throws(WatchError) -> Instant
    {
        // Whoever arms is told that nobody watches: that must then be so.
        try transaction(.onDisk) { (tables, news) throws(WatchError) -> Instant in
            var plan: PlanRow
            if let known = try tables.plan(registration.plan) {
                guard !known.state.isEnded else { throw .ended }
                plan = known
                if case .draft = known.state {
                    // Rehearsed, and not watched before.
                    plan.registration = registration
                    try self.apply(.arm, to: &plan, tables, &news, now)
                } else {
                    try self.renew(&plan, by: registration, tables, now)
                }
            } else {
                plan = PlanRow(registration: registration, state: .draft)
                try self.apply(.arm, to: &plan, tables, &news, now)
            }
            guard let deadline = plan.state.lease?.deadline else { throw .ended }
            try self.keep(envelopes, of: registration, tables)
            try tables.put(plan)
            try self.log(tables, now, .armed, plan: plan.id, epoch: plan.state.epoch)
            news.append(.armed(registration.label, deadline: deadline))
            return deadline
        }
    }

    /// What is watched already is renewed without the code only as the same plan, and where it
    /// protects at least as much: whoever has the vault open, and not the code, could else have the
    /// alarm sent to herself. The first people hear of what is new.
    private func renew(
        _ plan: inout PlanRow, by fresh: Registration, _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        let known = plan.registration
        guard known.isSamePlan(as: fresh), known.weakenings(in: fresh, now: now).isEmpty,
            !fresh.isHandedOver || fresh.epoch >= known.epoch
        else { throw .differs }
        // Once people are being told, whom to tell does not change under them.
        guard !plan.state.isAlarming else { return }
        if !known.reaches(sameAs: fresh) { try announce(.edited, plan, tables, now) }
        plan.registration = fresh
        // A machine of one's own does not count the changes that were ordered.
        plan.registration.epoch = max(known.epoch, fresh.epoch)
    }

    /// Reads and answers a token.
    package func checkIn(_ bytes: [UInt8], now: Instant) throws(WatchError) -> CheckInAnswer {
        guard let token = try? Token(parsing: bytes) else { return .notOurs }
        let asked = Duration.seconds(Int64(token.askedLease))
        return try intake(
            Statement(
                plan: token.plan, counter: token.counter, issued: token.issued, bytes: bytes,
                isTicket: token.isTicket, isCode: token.isCode),
            .event(.checkIn(issued: token.issued, asked: asked)),
            // Heard is heard, and no alarm may follow; confirmed is only what is on disk.
            .heard, now)
    }

    /// Reads and answers an order that brings nothing with it.
    package func obey(_ bytes: [UInt8], now: Instant) throws(WatchError) -> CheckInAnswer {
        guard let order = try? SignedOrder(parsing: bytes) else { return .notOurs }
        let event: PlanEvent
        switch order.order {
        case .end: event = .end
        case .pause: event = .pause(until: now + .seconds(Int64(order.seconds)))
        case .resume: event = .resume
        case .update, .card: return .notOurs
        }
        return try intake(Statement(order), .event(event), .onDisk, now)
    }

    /// Reads and answers an order for other terms, people or codes.
    ///
    /// - Throws: `.epoch` when another change was taken since this one was made, `.differs` for
    ///   another plan's, `.plan` when a deadline of it is past.
    package func update(
        _ bytes: [UInt8], _ registration: Registration, envelopes: [[UInt8]], now: Instant
    ) throws(WatchError) -> CheckInAnswer {
        guard let order = try? SignedOrder(parsing: bytes), order.order == .update,
            order.plan == registration.plan, order.encloses(registration.serialized())
        else { return .notOurs }
        return try intake(
            Statement(order), .update(registration, envelopes: envelopes), .onDisk, now)
    }

    /// Reads and answers an order for a new card of paper codes.
    ///
    /// - Parameter enclosure: What the order was signed for; `codes` is what it says.
    package func renewCard(
        _ bytes: [UInt8], enclosure: [UInt8], codes: [PaperCodeRow], now: Instant
    ) throws(WatchError) -> CheckInAnswer {
        guard let order = try? SignedOrder(parsing: bytes), order.order == .card,
            order.encloses(enclosure)
        else { return .notOurs }
        return try intake(Statement(order), .card(codes), .onDisk, now)
    }

    /// A code of a printed card, with its ending; `hash` as the store keeps it.
    package func checkIn(onPaper hash: [UInt8], plan id: PlanID, now: Instant) throws(WatchError)
        -> CheckInAnswer
    {
        try transaction(.heard) { (tables, news) throws(WatchError) -> CheckInAnswer in
            guard var plan = try tables.plan(id), plan.state != .draft else { return .unknownPlan }
            guard let code = try tables.paperCodes(id).first(where: { $0.hash == hash }) else {
                return .wrongCode(count: try self.countWrong(&plan, tables, &news, now))
            }
            if let used = code.used { return .used(at: used) }
            guard !plan.state.isEnded else { return .ended }
            try tables.usePaperCode(id, number: code.number, at: now)
            try self.log(
                tables, now, .paperCode, plan: id, epoch: plan.state.epoch,
                detail: UInt32(code.number))
            return try self.accept(
                Accepting(
                    counter: Token.counter(after: plan.lastCounter, now: now), issued: now,
                    hash: hash, kind: code.kind),
                .event(.checkIn(issued: now)), &plan, tables, &news, now)
        }
    }

    /// What a statement asks for.
    private enum Request {
        case event(PlanEvent)
        case update(Registration, envelopes: [[UInt8]])
        case card([PaperCodeRow])
    }

    private struct Statement {
        let plan: PlanID
        let counter: UInt64
        let issued: Instant
        let bytes: [UInt8]
        let isTicket: ([UInt8]) -> Bool
        let isCode: ([UInt8]) -> Bool

        init(
            plan: PlanID, counter: UInt64, issued: Instant, bytes: [UInt8],
            isTicket: @escaping ([UInt8]) -> Bool, isCode: @escaping ([UInt8]) -> Bool
        ) {
            self.plan = plan
            self.counter = counter
            self.issued = issued
            self.bytes = bytes
            self.isTicket = isTicket
            self.isCode = isCode
        }

        init(_ order: SignedOrder) {
            self.init(
                plan: order.plan, counter: order.counter, issued: order.issued,
                bytes: order.bytes, isTicket: order.isTicket, isCode: order.isCode)
        }

        /// Both keys are tried, whichever it is: neither takes longer.
        func kind(_ registration: Registration) -> CodeKind? {
            let isSafe = isCode(registration.safeKey)
            let isDuress = isCode(registration.duressKey)
            return isSafe ? .safe : isDuress ? .duress : nil
        }
    }

    private struct Accepting {
        let counter: UInt64
        let issued: Instant
        let hash: [UInt8]
        let kind: CodeKind
    }

    private func intake(
        _ statement: Statement, _ request: Request, _ keeping: Keeping, _ now: Instant
    ) throws(WatchError) -> CheckInAnswer {
        var repeated: [[UInt8]] = []
        let answer = try transaction(keeping) {
            (tables, news) throws(WatchError) -> CheckInAnswer in
            repeated = []
            guard var plan = try tables.plan(statement.plan), plan.state != .draft else {
                return .unknownPlan
            }
            // Without the ticket's signature nothing is counted: nobody else can use up tries.
            guard statement.isTicket(plan.registration.ticketKey) else { return .notOurs }
            let hash = BLAKE2b.hash(count: 32, of: statement.bytes.span)
            guard let kind = statement.kind(plan.registration) else {
                // Handed over twice, by the queue and by who waits: it is one try.
                if self.wrongTokens[plan.id]?.contains(hash) ?? false {
                    return .wrongCode(count: plan.wrongCodes)
                }
                repeated = [hash]
                return .wrongCode(count: try self.countWrong(&plan, tables, &news, now))
            }
            if let earlier = try self.earlier(statement, tables), earlier.hash == hash,
                let fields = try? FieldList(parsing: earlier.answer[...]),
                let answer = CheckInAnswer(fields)
            {
                return answer
            }
            guard statement.counter > plan.lastCounter else {
                return .behind(last: plan.lastCounter)
            }
            // No clock counts that far.
            guard statement.issued <= now + Self.clockTolerance,
                statement.counter < 1 << 62
            else { return .future }
            guard !plan.state.isEnded else { return .ended }
            return try self.accept(
                Accepting(
                    counter: statement.counter, issued: statement.issued, hash: hash, kind: kind),
                request, &plan, tables, &news, now)
        }
        if case .accepted = answer { wrongTokens[statement.plan] = nil }
        if !repeated.isEmpty {
            wrongTokens[statement.plan] = (wrongTokens[statement.plan] ?? []).suffix(31) + repeated
        }
        return answer
    }

    /// One more that did not fit; tier 1 hears of the fifth, and of it if it goes on.
    private func countWrong(
        _ plan: inout PlanRow, _ tables: any WatchTables, _ news: inout [WatchNews],
        _ now: Instant
    ) throws(WatchError) -> UInt32 {
        plan.wrongCodes = plan.wrongCodes == .max ? .max : plan.wrongCodes + 1
        try tables.put(plan)
        try log(tables, now, .wrongCode, plan: plan.id, detail: plan.wrongCodes)
        try tellOfGuessing(plan.wrongCodes, plan, tables, now)
        news.append(.wrongCode(plan.registration.label, count: plan.wrongCodes))
        return plan.wrongCodes
    }

    func tellOfGuessing(
        _ count: UInt32, _ plan: PlanRow, _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        guard Self.toldOfCodes.contains(count), plan.isWatched else { return }
        try post(
            .wrongCodes, tier: Self.ordinal(now), to: plan.registration.tiers[0], plan, tables,
            now)
    }

    /// A statement with a code that counts. What is done and stored here is the same for either
    /// code; the next look tells them apart.
    private func accept(
        _ accepting: Accepting, _ request: Request, _ plan: inout PlanRow,
        _ tables: any WatchTables, _ news: inout [WatchNews], _ now: Instant
    ) throws(WatchError) -> CheckInAnswer {
        let before = plan.state
        let waiting = plan.amendment
        var waits: [Weakening] = []
        var isCheckIn = false
        switch request {
        case .event(let event):
            if case .checkIn = event { isCheckIn = true }
            try apply(event, to: &plan, tables, &news, now, isDeferred: true)
        case .update(let registration, let envelopes):
            waits = try change(
                &plan, to: registration, issued: accepting.issued, tables, &news, now)
            try keep(envelopes, of: registration, tables)
        case .card(let codes):
            try tables.replacePaperCodes(plan.id, with: codes)
            plan.deferred.append(.announce(.card))
            // The code was typed: she is well.
            try apply(
                .checkIn(issued: accepting.issued), to: &plan, tables, &news, now,
                isDeferred: true)
        }
        // A change that waited for this has its deadline met.
        if isCheckIn, waiting != nil, let old = before.lease, let new = plan.state.lease,
            new.deadline > old.deadline
        {
            plan.amendment?.isMet = true
        }
        plan.lastCounter = accepting.counter
        plan.wrongCodes = 0
        plan.wrongAnswers = 0
        plan.lastSeen = max(
            plan.lastSeen ?? accepting.issued, min(accepting.issued, now))
        plan.look = plan.look ?? Self.nextLook(plan.registration.terms, after: now)
        let next = plan.state.lease?.deadline
        let isEverMet = plan.state == before && !before.isEnded
        let answer = CheckInAnswer.accepted(
            CheckInAnswer.Accepted(
                next: next, isStillOwed: isCheckIn && isEverMet,
                allClear: try alerted(before: before, plan, tables), waits: waits,
                waitsUntil: waits.isEmpty ? nil : plan.amendment?.ready))
        try tables.put(plan)
        try tables.insert(
            CheckInRow(
                plan: plan.id, counter: accepting.counter, hash: accepting.hash,
                issued: accepting.issued, arrived: now, answer: answer.fields.serialized(),
                kind: accepting.kind))
        try log(tables, now, .checkIn, plan: plan.id, epoch: plan.state.epoch)
        if isCheckIn { news.append(.checkedIn(plan.registration.label, next: next)) }
        return answer
    }

    /// Other terms, people or codes: at once where they protect at least as much, else later.
    ///
    /// - Returns: Why it waits; empty when it does not.
    private func change(
        _ plan: inout PlanRow, to registration: Registration, issued: Instant,
        _ tables: any WatchTables, _ news: inout [WatchNews], _ now: Instant
    ) throws(WatchError) -> [Weakening] {
        guard registration.ticketKey == plan.registration.ticketKey else { throw .differs }
        guard registration.epoch == plan.newestEpoch &+ 1 else { throw .epoch(plan.newestEpoch) }
        let weakenings = plan.registration.weakenings(in: registration, now: now)
        plan.before = plan.before ?? plan.registration
        guard weakenings.isEmpty else {
            // Typing the code was a sign of life under what is still in force.
            try apply(
                .checkIn(issued: issued), to: &plan, tables, &news, now, isDeferred: true)
            guard !plan.state.isEnded else { return [] }
            plan.amendment = Amendment(
                registration: registration, ready: now + Amendment.patience)
            plan.deferred.append(.announce(.update))
            return weakenings
        }
        let before = plan.state
        try apply(
            .amend(registration.terms, sign: issued), to: &plan, tables, &news, now,
            isDeferred: true)
        // Nothing of it lies ahead.
        guard plan.state != before || before.isQuiet else { throw .plan(.past) }
        plan.registration = registration
        plan.amendment = nil
        try log(
            tables, now, .amended, plan: plan.id, epoch: plan.state.epoch,
            detail: registration.epoch)
        return []
    }

    /// Each only if the registration names its hash.
    private func keep(
        _ envelopes: [[UInt8]], of registration: Registration, _ tables: any WatchTables
    ) throws(WatchError) {
        let people = registration.tiers.flatMap { $0 }
        let wanted = Set(people.compactMap(\.sheet))
        for envelope in envelopes {
            let hash = BLAKE2b.hash(count: 32, of: envelope.span)
            if wanted.contains(hash) {
                try tables.putEnvelope(registration.plan, hash: hash, envelope)
            }
        }
    }

    /// Who will hear that the alarm is over which the present statement ended.
    private func alerted(before: PlanState, _ plan: PlanRow, _ tables: any WatchTables)
        throws(WatchError) -> [String]
    {
        guard before.isAlarming, plan.state.epoch != before.epoch else { return [] }
        var names: [String] = []
        for alert in try tables.deliveries(plan.id)
        where alert.kind == .alert && alert.epoch == before.epoch && alert.attempts > 0
            && !plan.isCopy(alert) && !names.contains(alert.contact)
        {
            names.append(alert.contact)
        }
        return names
    }

    /// A row that cannot be read answers no repeat, and keeps no later check-in out.
    private func earlier(_ statement: Statement, _ tables: any WatchTables)
        throws(WatchError) -> CheckInRow?
    {
        do {
            return try tables.checkIn(statement.plan, counter: statement.counter)
        } catch .damagedRow { return nil }
    }
}

extension Registration {
    /// Whether `other` may take this one's place without an order: the same promise, the same keys,
    /// the same people in the same tiers, the same words.
    func isSamePlan(as other: Registration) -> Bool {
        ticketKey == other.ticketKey && safeKey == other.safeKey && duressKey == other.duressKey
            && terms == other.terms && texts.says(sameAs: other.texts)
            && tiers.map { $0.map(\.name) } == other.tiers.map { $0.map(\.name) }
    }

    /// Whether everybody is reached and called as before, and told of the same others. Sheets are
    /// sealed anew with every arming, and never twice alike.
    fileprivate func reaches(sameAs other: Registration) -> Bool {
        func ways(_ registration: Registration) -> [Listener] {
            (registration.tiers.flatMap { $0 } + [registration.owner].compactMap { $0 }).map {
                Listener(
                    name: $0.name, language: $0.language, phones: $0.phones, routes: $0.routes,
                    sheet: nil)
            }
        }
        return ways(self) == ways(other) && phones == other.phones
            && otherWatchers == other.otherWatchers && isWatchedByOwner == other.isWatchedByOwner
    }
}
