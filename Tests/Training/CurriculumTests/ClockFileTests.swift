import Curriculum
import Foundation
import Platform
import TestSupport
import Testing

@Suite("the clock of a practice world")
struct ClockFileTests {
    private static let start = Instant(milliseconds: 1_790_000_000_000)

    @Test("it begins at the machine's hour and pace")
    func begins() {
        let file = ClockFile(startingAt: Self.start)
        #expect(file.world(at: Self.start + .seconds(90)) == Self.start + .seconds(90))
        #expect(file.pace(at: Self.start) == 1)
    }

    @Test("at 360 a day takes four minutes, and the hours before stay as they were")
    func runs() {
        var file = ClockFile(startingAt: Self.start)
        let later = Self.start + .seconds(60)
        file.run(at: 360, from: later)
        #expect(file.world(at: later) == later)
        #expect(file.world(at: later + .seconds(240)) == later + .seconds(86_400))
    }

    @Test("a skip passes fast, ends no earlier than it says, and leaves the pace as it was")
    func skips() {
        for length in [1, 59, 7_200, 86_400, 604_800] {
            var file = ClockFile(startingAt: Self.start)
            file.run(at: 3, from: Self.start)
            let lasts = file.skip(.seconds(length), within: .seconds(4), from: Self.start)
            let end = Self.start + lasts
            #expect(file.world(at: end) >= Self.start + .seconds(length), "\(length)")
            #expect(file.world(at: end) < Self.start + .seconds(length + 20), "\(length)")
            #expect(file.pace(at: end) == 3)
            #expect(file.world(at: end + .seconds(10)) - file.world(at: end) == .seconds(30))
            #expect(lasts <= .seconds(90), "\(length)")
        }
    }

    @Test("what is written is read back, and nothing else is")
    func text() {
        var file = ClockFile(startingAt: Self.start)
        _ = file.skip(.seconds(7_200), within: .seconds(4), from: Self.start + .seconds(5))
        #expect(ClockFile(parsing: file.serialized) == file)
        let text = String(decoding: file.serialized, as: UTF8.self)
        for wrong in [
            "", "amparo-clock 2\n", "amparo-clock 1\norigin 1\n", text + "from 1 2\n",
            text.replacingOccurrences(of: "origin", with: "Origin"), text + "from 1 2 0\n",
            text + "from 1 2 9000\n",
        ] {
            #expect(ClockFile(parsing: Array(wrong.utf8)) == nil, "\(wrong)")
        }
    }

    @Test("only a marked folder has a clock of its own")
    func mark() throws {
        let files = MemoryFileSystem()
        let machine = ManualClock(now: Self.start)
        let world = PracticeWorld("/p")
        try files.createDirectory("/p")
        try files.create(world.clock, with: ClockFile(startingAt: Self.start).serialized)
        let environment = [PracticeWorld.variable: "/p"]
        #expect(PracticeClock(environment: [:], files: files, machine: machine) == nil)
        #expect(PracticeClock(environment: environment, files: files, machine: machine) == nil)
        try files.create(
            PracticeWorld.mark(in: "/p"), with: PracticeWorld.mark(.spanish))
        let clock = try #require(
            PracticeClock(environment: environment, files: files, machine: machine))
        machine.advance(by: .seconds(10))
        #expect(clock.now == Self.start + .seconds(10))
        var file = ClockFile(startingAt: Self.start)
        file.run(at: 60, from: Self.start)
        try files.replace(world.clock, with: file.serialized)
        #expect(clock.now == Self.start + .seconds(600))
        #expect(clock.boot == .seconds(600))
        #expect(clock.pace == 60)
    }

    @Test("what the watcher and the trainer tell is one story in order of time")
    func timeline() throws {
        let files = MemoryFileSystem()
        try files.createDirectory("/p")
        let timeline = Timeline(PracticeWorld("/p"), files)
        timeline.add("dos", at: Self.start + .seconds(2), by: .watcher)
        timeline.add("uno\tcon\nrenglones", at: Self.start + .seconds(1), by: .trainer)
        #expect(timeline.events.map(\.words) == ["uno con renglones", "dos"])
    }
}
