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

    @Test("another machine's hour ends the doubt: two of three clocks are right")
    func witness() {
        // Days without the machine: its clock is right.
        var (clock, watch) = restarted(start + day * 3, markAt: start)
        _ = watch.now()
        watch.hear(start + day * 3 + .seconds(20), from: "a")
        #expect(watch.now() == start + day * 3 && !watch.isInDoubt)
        #expect(watch.takeLeap()?.wasOff == true && watch.takeRefuted() == nil)

        // Set to next month: it is wrong, however long it says so.
        clock = ManualClock(now: start, boot: hour, bootID: [1])
        watch = WatchClock(clock, since: nil)
        clock.set(now: start + day * 30)
        #expect(watch.now() == start)
        watch.hear(start + .seconds(30), from: "a")
        #expect(watch.takeRefuted() == day * 30 && watch.isRefuted)
        clock.advance(by: hour * 5)
        #expect(watch.now() == start + hour * 5 && watch.takeLeap() == nil)
        // Unless another machine has its hour: then nobody was right to keep alarms waiting.
        watch.hear(start + day * 30 + hour * 5, from: "b")
        #expect(watch.now() == start + day * 30 + hour * 5 && !watch.isRefuted)
        // Another leap is another doubt, and without another machine's word it is believed in time.
        clock.set(now: start + day * 60)
        _ = watch.now()
        #expect(watch.isInDoubt && !watch.isRefuted)
        clock.advance(by: minute * 10)
        #expect(watch.now() == start + day * 60 + minute * 10)
    }

    @Test("after a restart one machine alone keeps no alarm waiting: hours may have passed")
    func lyingWitness() {
        var (clock, watch) = restarted(start + day * 3, markAt: start)
        _ = watch.now()
        for _ in 0..<5 { watch.hear(start, from: "liar") }
        #expect(watch.takeRefuted() == nil)
        clock.advance(by: minute * 10)
        #expect(watch.now() == start + day * 3 + minute * 10)
        // Two are believed.
        (clock, watch) = restarted(start + day * 3, markAt: start)
        _ = watch.now()
        for name in ["a", "b"] { watch.hear(start, from: name) }
        #expect(watch.takeRefuted() == day * 3)
        clock.advance(by: hour)
        #expect(watch.now() == start + hour)
    }

    @Test("within a run nobody's word puts time back")
    func neverBackOnAWord() {
        let clock = ManualClock(now: start, boot: hour, bootID: [1])
        var watch = WatchClock(clock, since: nil)
        clock.set(now: start - hour * 5)
        _ = watch.now()
        for name in ["a", "b", "c"] { watch.hear(start - hour * 5, from: name) }
        #expect(watch.now() == start && watch.takeLowering() == nil)
    }

    @Test("an hour that agrees with neither clock, with both, or with none that can be")
    func noWitness() {
        var (clock, watch) = restarted(Instant(milliseconds: 0), markAt: start)
        _ = watch.now()
        for hour in [start + day * 9, Instant(milliseconds: 10), Instant(milliseconds: .max)] {
            watch.hear(hour, from: "a")
            #expect(watch.now() == start && watch.isInDoubt && !watch.isRefuted)
        }
        // The mark is right, the flat battery is not.
        watch.hear(start, from: "a")
        #expect(watch.takeRefuted() != nil && watch.isRefuted)
        // Without doubt nobody is heard.
        clock.set(now: start)
        _ = watch.now()
        watch.hear(start + day, from: "a")
        #expect(watch.now() == start)
        // A minute and a second: between the two, an answer that travelled says nothing.
        clock.set(now: start - .seconds(61))
        _ = watch.now()
        watch.hear(start - .seconds(2), from: "a")
        #expect(watch.isInDoubt && !watch.isRefuted && watch.takeLowering() == nil)
    }

    @Test("a poisoned mark is put back on the word of two clocks, without a wait")
    func witnessAgainstTheMark() throws {
        var (_, watch) = restarted(start, markAt: start + day * 4_000)
        _ = watch.now()
        watch.hear(start, from: "a")
        #expect(watch.now() == start)
        let taken = watch.takeLowering()
        #expect(try #require(taken).reachesAlarms)
    }

    @Test("hours that people were told on a wrong clock's word are taken back")
    func spokenOnAWrongClock() throws {
        var (_, watch) = restarted(start + day * 3, markAt: start)
        #expect(watch.forPeople() == start + day * 3)
        for name in ["a", "b"] { watch.hear(start, from: name) }
        let taken = watch.takeLowering()
        #expect(try #require(taken) == ClockLowering(day * 3, reachesAlarms: false))
        #expect(watch.forPeople() == start)
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
                watch.hear(Instant(milliseconds: mark), from: "a")
                clock.advance(by: hour)
                _ = watch.now()
            }
        }
    }
}
