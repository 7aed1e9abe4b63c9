internal import CheckIn
package import Platform

// Once a day its owner hears where the log of the watcher stands. A watcher that is dead sends
// nothing, and one whose log was rewritten sends what does not follow from the day before.
extension WatchEngine {
    /// 18:00 UTC, noon in Mexico City: the hour says nothing about anybody's check-ins.
    private static let hourOfDay: Int64 = 18 * 3_600_000

    /// How many of those hours have been.
    static func day(_ now: Instant) -> Int {
        Int((max(now.milliseconds, hourOfDay) - hourOfDay) / 86_400_000)
    }

    /// By letter and into folders: it is no reason to ring anybody, nor for a screen that others see.
    package func tellDaily(_ now: Instant) throws(WatchError) {
        let day = Self.day(now)
        guard day > lastDaily else { return }
        try transaction { (tables, _) throws(WatchError) in
            // However many plans she has, she hears it once.
            var told: Set<String> = []
            for plan in try self.readable(tables) where !plan.registration.isHandedOver {
                guard plan.isWatched, let armed = plan.state.lease?.armed, Self.day(armed) < day,
                    let owner = plan.owners.first
                else { continue }
                let routes = owner.routes.filter { route in
                    (route.lane == .letter || route.lane == .folder)
                        && told.insert(route.channel + "\0" + (route.address ?? "")).inserted
                }
                guard !routes.isEmpty else { continue }
                let reader = Listener(
                    name: owner.name, language: owner.language, phones: [], routes: routes,
                    sheet: nil)
                // Beside the plan's own epochs, which begin with one.
                try self.post(.daily, tier: day, to: [reader], epoch: 0, plan, tables, now)
                try self.log(tables, now, .daily, plan: plan.id)
            }
        }
        lastDaily = day
    }
}
