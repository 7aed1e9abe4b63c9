package import Platform

/// The watcher's time. Within one run of the machine it follows the clock that cannot be set.
///
/// A wall clock that moves by up to a minute against that is followed (it is being corrected). A
/// larger jump is doubt: forward it is believed after ten minutes, so that a wrong clock neither
/// raises an alarm at once nor keeps one down; backward it is never believed before a restart.
package struct WatchClock: Sendable {
    static let tolerance: Duration = .seconds(60)
    static let doubt: Duration = .seconds(600)

    private let clock: any SystemClock
    private var anchor: Instant
    private var anchorBoot: Duration
    private var doubtSince: Duration?

    /// - Parameter mark: What the clocks said when this watcher last ran.
    package init(_ clock: any SystemClock, since mark: ClockMark?) {
        self.clock = clock
        anchor = clock.now
        anchorBoot = clock.boot
        guard let mark else { return }
        if mark.bootID == clock.bootID, !mark.bootID.isEmpty, clock.boot >= mark.boot {
            anchor = mark.now
            anchorBoot = mark.boot
        } else {
            // After a restart: time does not run backwards.
            anchor = max(anchor, mark.now)
        }
    }

    package mutating func now() -> Instant {
        let wall = clock.now
        let boot = clock.boot
        let expected = anchor + (boot - anchorBoot)
        let difference = wall - expected
        if abs(difference.wholeMilliseconds) <= Self.tolerance.wholeMilliseconds {
            doubtSince = nil
            // Never back, not even by a second: what was due stays due.
            anchor = max(wall, expected)
            anchorBoot = boot
            return anchor
        }
        let since = doubtSince ?? boot
        doubtSince = since
        if wall > expected, boot - since >= Self.doubt {
            anchor = wall
            anchorBoot = boot
            doubtSince = nil
            return wall
        }
        return expected
    }

    /// The wall clock says something that is not believed yet.
    package var isInDoubt: Bool { doubtSince != nil }

    package mutating func mark() -> ClockMark {
        let now = now()
        return ClockMark(bootID: clock.bootID, boot: clock.boot, now: now)
    }
}
