package import CheckIn
package import Platform

internal import Encoding
internal import Primitives

// What comes in. Whatever is answered is on disk before.
extension WatchEngine {
    /// From this wrong code on answers wait, and tier 1 is told once.
    static let toleratedCodes: UInt32 = 5
    /// How far in the future a token may have been made.
    static let clockTolerance: Duration = .seconds(300)

    /// Takes a plan over, or renews what is known of one that is watched already.
    ///
    /// - Parameter envelopes: Sealed sheets; each is kept only if the registration names its hash.
    /// - Returns: The deadline that is owed now.
    /// - Throws: `.differs` when a plan of this id has other keys or terms, `.ended`, `.plan`.
    package func register(_ registration: Registration, envelopes: [[UInt8]], now: Instant)
        throws(WatchError) -> Instant
    {
        // Whoever arms is told that nobody watches: that must then be so.
        try transaction(.onDisk) { (tables, news) throws(WatchError) -> Instant in
            var plan: PlanRow
            if let known = try tables.plan(registration.plan) {
                guard !known.state.isEnded else { throw .ended }
                guard known.registration.isSamePlan(as: registration) else { throw .differs }
                plan = known
                // Once people are being told, whom to tell does not change under them.
                if !plan.state.isOverdue { plan.registration = registration }
            } else {
                plan = PlanRow(registration: registration, state: .draft)
                try self.apply(.arm, to: &plan, tables, &news, now)
            }
            guard let deadline = plan.state.lease?.deadline else { throw .ended }
            let wanted = Set(registration.tiers.flatMap { $0 }.compactMap(\.sheet))
            for envelope in envelopes {
                let hash = BLAKE2b.hash(count: 32, of: envelope.span)
                if wanted.contains(hash) {
                    try tables.putEnvelope(plan.id, hash: hash, envelope)
                }
            }
            try tables.put(plan)
            try self.log(tables, now, .armed, plan: plan.id, epoch: plan.state.epoch)
            news.append(.armed(registration.label, deadline: deadline))
            return deadline
        }
    }

    /// Reads and answers a token.
    package func checkIn(_ bytes: [UInt8], now: Instant) throws(WatchError) -> CheckInAnswer {
        guard let token = try? Token(parsing: bytes) else { return .notOurs }
        return try intake(
            Statement(
                plan: token.plan, counter: token.counter, issued: token.issued, bytes: bytes,
                event: .checkIn(issued: token.issued), isTicket: token.isTicket,
                isCode: token.isCode),
            // Heard is heard, and no alarm may follow; confirmed is only what is on disk.
            .heard, now)
    }

    /// Reads and answers an order.
    package func obey(_ bytes: [UInt8], now: Instant) throws(WatchError) -> CheckInAnswer {
        guard let order = try? SignedOrder(parsing: bytes) else { return .notOurs }
        let event: PlanEvent =
            switch order.order {
            case .end: .end
            case .pause: .pause(until: now + .seconds(Int64(order.seconds)))
            case .resume: .resume
            }
        return try intake(
            Statement(
                plan: order.plan, counter: order.counter, issued: order.issued, bytes: bytes,
                event: event, isTicket: order.isTicket, isCode: order.isCode),
            .onDisk, now)
    }

    private struct Statement {
        let plan: PlanID
        let counter: UInt64
        let issued: Instant
        let bytes: [UInt8]
        let event: PlanEvent
        let isTicket: ([UInt8]) -> Bool
        let isCode: ([UInt8]) -> Bool
    }

    private func intake(_ statement: Statement, _ keeping: Keeping, _ now: Instant)
        throws(WatchError) -> CheckInAnswer
    {
        var repeated: [[UInt8]] = []
        let answer = try transaction(keeping) {
            (tables, news) throws(WatchError) -> CheckInAnswer in
            repeated = []
            guard var plan = try tables.plan(statement.plan) else { return .unknownPlan }
            let registration = plan.registration
            // Without the ticket's signature nothing is counted: nobody else can use up tries.
            guard statement.isTicket(registration.ticketKey) else { return .notOurs }
            let hash = BLAKE2b.hash(count: 32, of: statement.bytes.span)
            guard statement.isCode(registration.safeKey) else {
                // Handed over twice, by the queue and by who waits: it is one try.
                if self.wrongTokens[plan.id]?.contains(hash) ?? false {
                    return .wrongCode(count: plan.wrongCodes)
                }
                repeated = [hash]
                plan.wrongCodes = plan.wrongCodes == .max ? .max : plan.wrongCodes + 1
                try tables.put(plan)
                try self.log(tables, now, .wrongCode, plan: plan.id, detail: plan.wrongCodes)
                if plan.wrongCodes == Self.toleratedCodes, !plan.state.isEnded {
                    try self.post(
                        .wrongCodes, tier: 0, to: registration.tiers[0], plan, tables, now)
                }
                news.append(.wrongCode(registration.label, count: plan.wrongCodes))
                return .wrongCode(count: plan.wrongCodes)
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
            guard statement.issued <= now + Self.clockTolerance else { return .future }
            guard !plan.state.isEnded else { return .ended }

            let before = plan.state
            try self.apply(statement.event, to: &plan, tables, &news, now)
            plan.lastCounter = statement.counter
            plan.wrongCodes = 0
            plan.lastSeen = max(plan.lastSeen ?? statement.issued, min(statement.issued, now))
            let next = plan.state.lease?.deadline
            let accepted = CheckInAnswer.Accepted(
                next: next, isStillOwed: plan.state == before && !before.isEnded,
                allClear: news.compactMap { $0.allClearContacts }.flatMap { $0 })
            let answer = CheckInAnswer.accepted(accepted)
            try tables.put(plan)
            try tables.insert(
                CheckInRow(
                    plan: plan.id, counter: statement.counter, hash: hash,
                    issued: statement.issued, arrived: now,
                    answer: answer.fields.serialized()))
            try self.log(tables, now, .checkIn, plan: plan.id, epoch: plan.state.epoch)
            if case .checkIn = statement.event {
                news.append(.checkedIn(registration.label, next: next))
            }
            return answer
        }
        if case .accepted = answer { wrongTokens[statement.plan] = nil }
        if !repeated.isEmpty {
            wrongTokens[statement.plan] = (wrongTokens[statement.plan] ?? []).suffix(31) + repeated
        }
        return answer
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

extension WatchNews {
    var allClearContacts: [String]? {
        if case .allClear(_, let contacts) = self { contacts } else { nil }
    }
}

extension Registration {
    /// Whether `other` may take this one's place without an order: the same promise, the same keys,
    /// the same people in the same tiers.
    func isSamePlan(as other: Registration) -> Bool {
        ticketKey == other.ticketKey && safeKey == other.safeKey && duressKey == other.duressKey
            && terms == other.terms
            && tiers.map { $0.map(\.name) } == other.tiers.map { $0.map(\.name) }
    }
}
