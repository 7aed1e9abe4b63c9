package import Platform

/// The time was put back.
package struct ClockLowering: Hashable, Sendable {
    package let difference: Duration
    /// false when only hours that were given to people were wrong, and alarms waited.
    package let reachesAlarms: Bool

    package init(_ difference: Duration, reachesAlarms: Bool = true) {
        self.difference = difference
        self.reachesAlarms = reachesAlarms
    }
}

/// The time went forward by more than passed.
package struct ClockLeap: Hashable, Sendable {
    package let from: Instant
    package let to: Instant
    /// Since when `from` was measured on the clock that was behind.
    package let origin: Instant
    /// After a restart the machine may have been off all that time.
    package let wasOff: Bool

    package init(from: Instant, to: Instant, origin: Instant, wasOff: Bool) {
        self.from = from
        self.to = to
        self.origin = origin
        self.wasOff = wasOff
    }

    package var length: Duration { to - from }
}

/// The watcher's time. Within one run of the machine it follows the clock that cannot be set.
///
/// A wall clock that moves by up to a minute against that is followed (it is being corrected). A
/// larger jump is doubt: forward it is believed after ten minutes, so that a wrong clock neither
/// raises an alarm at once nor keeps one down; backward it is believed only after a restart, when the
/// mark that the watcher kept lies more than a day ahead of a wall clock that stands firm. Another
/// machine's hour can end the doubt at once: two of three clocks are right.
package struct WatchClock: Sendable {
    static let tolerance: Duration = .seconds(60)
    static let doubt: Duration = .seconds(600)

    /// After a restart: how far the wall clock may have run on without doubt.
    static let pause: Duration = .seconds(86_400)
    /// No wall clock before this (2026-01-01) is right: a flat battery brings the machine back to
    /// a year long gone, and an alarm must not wait until that year has caught up.
    package static let floor = Instant(milliseconds: 1_767_225_600_000)

    private let clock: any SystemClock
    private var anchor: Instant
    private var anchorBoot: Duration
    /// From when on hours were measured in this run of the machine.
    private var origin: Instant
    private var doubtSince: Duration?
    /// By how much the wall clock differed when doubt began: one that moves again is no witness.
    private var doubtBy: Duration = .zero
    /// Another machine agreed with the watcher against that wall clock.
    package private(set) var isRefuted = false
    private var refuted: Duration?
    /// Who did, in this doubt.
    private var refuters: Set<String> = []
    /// The mark that this watcher began with lies after the wall clock of a new run of the machine.
    private var mayLower = false
    private var lowered: ClockLowering?
    /// After a restart the wall clock is days ahead, and alarms wait for more than its word.
    private var isAhead = false
    /// The latest hour that was given to a person during that doubt.
    private var spoken: Instant?
    private var leap: ClockLeap?

    /// - Parameter mark: What the clocks said when this watcher last ran.
    package init(_ clock: any SystemClock, since mark: ClockMark?) {
        self.clock = clock
        (anchor, anchorBoot) = clock.reading
        origin = anchor - anchorBoot
        guard let mark else { return }
        if mark.bootID == clock.bootID, !mark.bootID.isEmpty, anchorBoot >= mark.boot {
            anchor = mark.now
            anchorBoot = mark.boot
            origin = anchor - anchorBoot
            mayLower = mark.doubt == .behind
            isAhead = mark.doubt == .ahead
            spoken = mark.spoken
        } else if anchor < mark.now || anchor - mark.now > Self.pause {
            // After a restart time does not run backwards, nor days ahead, on the word of one
            // clock alone: `now` decides when that has been in doubt for long enough.
            mayLower = mark.now - anchor > Self.pause
            isAhead = anchor > mark.now
            anchor = mark.now
            origin = anchor
        }
    }

    package mutating func now() -> Instant { now(clock.reading) }

    private mutating func now(_ reading: (now: Instant, boot: Duration)) -> Instant {
        let (wall, boot) = reading
        let expected = anchor + (boot - anchorBoot)
        let difference = wall - expected
        if Self.isSmall(difference) {
            doubtSince = nil
            // The clock was corrected: hours that were spoken meanwhile never came.
            takeBack(at: expected)
            // Never back, not even by a second: what was due stays due.
            anchor = max(wall, expected)
            anchorBoot = boot
            return anchor
        }
        if doubtSince == nil || !Self.isSmall(difference - doubtBy) {
            doubtSince = boot
            doubtBy = difference
            isRefuted = false
            refuters = []
        }
        guard !isRefuted, let since = doubtSince, boot - since >= Self.doubt,
            wall > expected || (mayLower && wall >= Self.floor)
        else { return expected }
        return believe(wall, boot, expected)
    }

    /// Hours that were given to people on the word of the wall clock never came.
    private mutating func takeBack(at now: Instant) {
        if let spoken, isAhead, spoken > now {
            lowered = ClockLowering(spoken - now, reachesAlarms: false)
        }
        isAhead = false
        spoken = nil
    }

    private mutating func believe(_ wall: Instant, _ boot: Duration, _ expected: Instant) -> Instant
    {
        if wall < expected {
            lowered = ClockLowering(expected - wall)
        } else {
            leap = ClockLeap(from: expected, to: wall, origin: origin, wasOff: isAhead)
        }
        origin = wall - boot
        mayLower = false
        isAhead = false
        spoken = nil
        anchor = wall
        anchorBoot = boot
        doubtSince = nil
        return wall
    }

    /// What hour another machine has. Where it agrees with neither clock, or with both, nothing is
    /// settled; time never goes back on its word alone, nor waits on it alone after a restart, when
    /// the watcher knows only what hour it is at least.
    ///
    /// - Parameter server: Which machine.
    package mutating func hear(_ hour: Instant, from server: String) {
        let (wall, boot) = clock.reading
        let expected = now((wall, boot))
        guard doubtSince != nil, hour >= Self.floor else { return }
        let (isWall, isOurs) = (Self.isSmall(hour - wall), Self.isSmall(hour - expected))
        guard isWall != isOurs else { return }
        if isWall, wall > expected || mayLower {
            isRefuted = false
            _ = believe(wall, boot, expected)
        } else if isOurs {
            refuters.insert(server)
            guard !isRefuted, refuters.count >= (isAhead ? 2 : 1) else { return }
            isRefuted = true
            refuted = wall - expected
            mayLower = false
            takeBack(at: expected)
        }
    }

    /// By how much the wall clock is wrong, when that was settled since the last call.
    package mutating func takeRefuted() -> Duration? {
        defer { refuted = nil }
        return refuted
    }

    /// What time it is for a person who arms, reports in or asks. After days without the machine
    /// that is the wall clock's hour at once; only alarms wait until it is believed.
    package mutating func forPeople() -> Instant {
        let now = now()
        let wall = clock.now
        guard isAhead, wall > now else { return now }
        spoken = max(spoken ?? wall, wall)
        return wall
    }

    /// Whether time leapt forward since the last call: nobody could report in between.
    package mutating func takeLeap() -> ClockLeap? {
        defer { leap = nil }
        return leap
    }

    /// Whether the time was put back since the last call.
    package mutating func takeLowering() -> ClockLowering? {
        defer { lowered = nil }
        return lowered
    }

    private static func isSmall(_ difference: Duration) -> Bool {
        difference <= tolerance && difference >= .zero - tolerance
    }

    /// The wall clock says something that is not believed yet.
    package var isInDoubt: Bool { doubtSince != nil }

    package mutating func mark() -> ClockMark {
        let reading = clock.reading
        let now = now(reading)
        return ClockMark(
            bootID: clock.bootID, boot: reading.boot, now: now,
            doubt: mayLower ? .behind : isAhead ? .ahead : .none, spoken: spoken)
    }
}
