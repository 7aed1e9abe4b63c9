import Platform
import TestSupport
import Testing
import Watch

@Suite("the watcher's time")
struct WatchClockTests {
    let day = hour * 24

    /// A machine that starts again with this wall clock.
    func restarted(_ wall: Instant, markAt: Instant) -> (ManualClock, WatchClock) {
        let clock = ManualClock(now: wall, boot: .seconds(30), bootID: [2])
        return (clock, WatchClock(clock, since: ClockMark(bootID: [1], boot: hour, now: markAt)))
    }

    @Test("days ahead after a restart are doubt: believed after ten minutes, not at once")
    func farAheadIsDoubt() {
        var (clock, watch) = restarted(start + day * 3, markAt: start)
        #expect(watch.now() == start)
        #expect(watch.isInDoubt)
        // A mark that is written meanwhile must not carry the doubtful time.
        clock.advance(by: minute * 9)
        #expect(watch.mark().now == start + minute * 9)
        clock.advance(by: minute)
        #expect(watch.now() == start + day * 3 + minute * 10)
        #expect(!watch.isInDoubt && watch.takeLowering() == nil)
    }

    @Test("a night without the machine is no doubt")
    func nightIsBelieved() {
        var (_, watch) = restarted(start + hour * 20, markAt: start)
        #expect(watch.now() == start + hour * 20)
        #expect(!watch.isInDoubt)
    }

    @Test("a mark far ahead of a clock that stands firm is put back, and that is told")
    func poisonedMark() throws {
        var (clock, watch) = restarted(start, markAt: start + day * 4_000)
        #expect(watch.now() == start + day * 4_000)
        // A clock that moves is no witness.
        clock.advance(by: minute * 9)
        clock.set(now: start + hour * 5)
        #expect(watch.now() == start + day * 4_000 + minute * 9)
        clock.advance(by: minute * 9)
        #expect(watch.now() > start + day * 3_999)
        clock.advance(by: minute)
        #expect(watch.now() == start + hour * 5 + minute * 10)
        let taken = watch.takeLowering()
        let lowering = try #require(taken)
        #expect(lowering.difference > day * 3_990 && lowering.reachesAlarms)
        #expect(watch.takeLowering() == nil)
    }

    @Test("a watcher that starts again during the doubt goes on with it")
    func restartedInDoubt() throws {
        func again(_ clock: ManualClock, _ watch: inout WatchClock) {
            watch = WatchClock(clock, since: watch.mark())
        }
        var (clock, watch) = restarted(start, markAt: start + day * 4_000)
        clock.advance(by: minute * 5)
        again(clock, &watch)
        #expect(watch.now() == start + day * 4_000 + minute * 5)
        clock.advance(by: minute * 10)
        #expect(watch.now() == start + minute * 15)
        let taken = watch.takeLowering()
        #expect(try #require(taken).reachesAlarms)

        // Ahead after days without the machine: people are told the hour of the wall, and what was
        // told is lowered when the clock turns out to be wrong.
        (clock, watch) = restarted(start + day * 3, markAt: start)
        #expect(watch.forPeople() == start + day * 3)
        again(clock, &watch)
        #expect(watch.forPeople() == start + day * 3)
        clock.set(now: start)
        _ = watch.now()
        let corrected = watch.takeLowering()
        let lowering = try #require(corrected)
        #expect(lowering.difference == day * 3 && !lowering.reachesAlarms)
    }

    @Test("a clock reset to 1970, or set back within a run, keeps no alarm down")
    func neverBackOtherwise() {
        var (flat, watch) = restarted(Instant(milliseconds: 0), markAt: start)
        _ = watch.now()
        flat.advance(by: hour)
        #expect(watch.now() == start + hour)
        let clock = ManualClock(now: start, boot: hour, bootID: [1])
        var same = WatchClock(clock, since: ClockMark(bootID: [1], boot: hour, now: start))
        clock.set(now: start - day * 3)
        _ = same.now()
        clock.advance(by: hour)
        #expect(same.now() == start + hour)
    }

    @Test("no time there is overflows")
    func extremes() {
        #expect(Duration.seconds(Int64.max).wholeMilliseconds == .max)
        #expect(Duration.seconds(Int64.min).wholeMilliseconds == .min)
        #expect(Duration.milliseconds(-1_500).wholeMilliseconds == -1_500)
        for now in [Int64.min, .max] {
            for mark in [Int64.min, .max] {
                var (clock, watch) = restarted(
                    Instant(milliseconds: now), markAt: Instant(milliseconds: mark))
                _ = watch.now()
                clock.advance(by: hour)
                _ = watch.now()
            }
        }
    }
}
