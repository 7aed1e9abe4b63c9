package import CheckIn
package import Platform

internal import Primitives

// A promise given to somebody else can be taken back; one's own plan ends with its code alone.
extension WatchEngine {
    private static let releaseDomain = "amparo/release/1"

    /// What whoever took a plan over signs with its ticket to watch it no longer.
    package static func release(of plan: PlanID) -> [UInt8] {
        Array(releaseDomain.utf8) + plan.bytes
    }

    /// Forgets a plan that was handed over to this machine.
    ///
    /// - Returns: `.ended`; `.notOurs` for a plan of this machine's own, or without its ticket.
    /// - Throws: `.alarming` while a check-in is missing: then nobody may let go of it.
    package func release(_ id: PlanID, signature: [UInt8], now: Instant) throws(WatchError)
        -> CheckInAnswer
    {
        try transaction(.onDisk) { (tables, news) throws(WatchError) -> CheckInAnswer in
            guard var plan = try tables.plan(id), plan.state != .draft else { return .unknownPlan }
            let registration = plan.registration
            guard registration.isHandedOver,
                Ed25519.verify(
                    signature.span, of: Self.release(of: id).span,
                    publicKey: registration.ticketKey.span)
            else { return .notOurs }
            guard plan.state.isQuiet || plan.state.isEnded else { throw .alarming }
            // What was typed and not read yet may be a cry for help.
            if plan.look != nil { try self.look(&plan, tables, &news, now) }
            if plan.duress == nil {
                try tables.purge(id)
            } else {
                // Everybody who asks hears of a plan that is not known; the alarm that no screen
                // shows goes on.
                plan.state = .draft
                plan.amendment = nil
                try tables.put(plan)
            }
            try self.log(tables, now, .purged, plan: id)
            return .ended
        }
    }
}
