internal import CheckIn
internal import Platform

// What programs of this user ask, and what they are told.
extension WatchService {
    package func answer(_ request: WatchRequest) -> WatchReply {
        defer { engine.takeNews().forEach(tell) }
        do throws(WatchError) {
            return try reply(to: request, now: clock.forPeople())
        } catch {
            return Self.refusal(error)
        }
    }

    private static func refusal(_ error: WatchError) -> WatchReply {
        switch error {
        case .differs: .refused(.differs)
        case .ended: .refused(.ended)
        case .plan(.past): .refused(.past)
        case .plan: .refused(.malformed)
        case .epoch: .refused(.epoch)
        case .alarming: .refused(.alarming)
        case .tooSoon(let next): .tooSoon(next)
        case .store, .damagedRow: .refused(.store)
        }
    }

    private func reply(to request: WatchRequest, now: Instant) throws(WatchError) -> WatchReply {
        switch request {
        case .hello(let plan): return .greeting(try greeting(plan, now))
        case .register(let registration, let signature, let envelopes):
            guard registration.isSigned(signature) else { return .refused(.signature) }
            return .armed(
                deadline: try engine.register(registration, envelopes: envelopes, now: now))
        case .checkIn(let box):
            guard let bytes = keys.open(box) else { return .answer(.notOurs) }
            return .answer(try engine.checkIn(bytes, now: now))
        case .order(let box):
            guard let bytes = keys.open(box) else { return .answer(.notOurs) }
            return .answer(try engine.obey(bytes, now: now))
        case .update(let box, let registration, let signature, let envelopes):
            guard registration.isSigned(signature) else { return .refused(.signature) }
            guard let bytes = keys.open(box) else { return .answer(.notOurs) }
            return .answer(
                try engine.update(bytes, registration, envelopes: envelopes, now: now))
        case .card(let box, let codes): return try renewCard(box, codes, now)
        case .paper(let plan, let box):
            guard let typed = keys.open(box), let code = PaperCode(reading: typed.span) else {
                return .refused(.malformed)
            }
            return .answer(
                try engine.checkIn(onPaper: keys.paperHash(plan, code), plan: plan, now: now))
        case .status: return .status(try summaries(), now: now)
        case .rehearse(let registration, let signature):
            guard registration.isSigned(signature) else { return .refused(.signature) }
            return .drill(try engine.rehearse(registration, now: now))
        case .drillReport(let plan): return .drill(try engine.drillReport(plan))
        case .acknowledge(let code, let plan):
            return .contact(try engine.acknowledge(code: code, plan: plan, now: now))
        case .hold(let code, let plan):
            return .contact(try engine.hold(code: code, plan: plan, now: now))
        case .unlock(let key):
            // It has its key; whether it is this one, its box key tells.
            return key.isEmpty ? .refused(.malformed) : .greeting(try greeting(nil, now))
        case .release(let plan, let signature):
            return .answer(try engine.release(plan, signature: signature, now: now))
        case .log(let after, let plan): return .log(try engine.log(after: after, plan: plan))
        }
    }

    private func greeting(_ plan: PlanID?, _ now: Instant) throws(WatchError)
        -> WatchReply.Greeting
    {
        var counter: UInt64?
        if let plan {
            // One that was only rehearsed is not watched.
            counter = try engine.plans().first { $0.id == plan && $0.state != .draft }?.lastCounter
        }
        return WatchReply.Greeting(now: now, boxKey: keys.boxKey, lastCounter: counter)
    }

    private func renewCard(_ box: [UInt8], _ sealed: [UInt8], _ now: Instant) throws(WatchError)
        -> WatchReply
    {
        guard let bytes = keys.open(box), let enclosure = keys.open(sealed),
            let entries = PaperCard.entries(of: enclosure),
            let plan = (try? SignedOrder(parsing: bytes))?.plan
        else { return .answer(.notOurs) }
        let codes = entries.map { entry in
            PaperCodeRow(
                hash: keys.paperHash(plan, entry.code), number: entry.number, kind: entry.kind)
        }
        return .answer(
            try engine.renewCard(bytes, enclosure: enclosure, codes: codes, now: now))
    }

    /// Of the plans that are watched.
    private func summaries() throws(WatchError) -> [PlanSummary] {
        var found: [PlanSummary] = []
        for plan in try engine.plans() where plan.state != .draft {
            found.append(try engine.summary(plan))
        }
        return found
    }
}
