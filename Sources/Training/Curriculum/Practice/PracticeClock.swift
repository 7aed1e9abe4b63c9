package import Platform

/// The time of a practice world, which hours of which may pass in a minute.
///
/// It is read from the world's clock file each time, so that every program of the world agrees; a
/// folder without the mark of practice has no such clock.
package struct PracticeClock: SystemClock {
    private let base: any SystemClock
    private let files: any FileSystem
    private let world: PracticeWorld

    /// - Returns: nil in real life, and for a folder that is no practice world.
    package init?(
        environment: [String: String], files: any FileSystem, machine: any SystemClock
    ) {
        guard let world = PracticeWorld(environment: environment),
            PracticeWorld.isMarked(world.folder, files)
        else { return nil }
        base = machine
        self.files = files
        self.world = world
    }

    package var now: Instant { reading.now }
    package var boot: Duration { reading.boot }
    /// Of the world: it outlives a restart of the machine.
    package var bootID: [UInt8] {
        file.map { Array("practice \($0.origin.milliseconds)".utf8) } ?? base.bootID
    }

    package var reading: (now: Instant, boot: Duration) {
        guard let file else { return base.reading }
        let now = file.world(at: base.now)
        return (now, now - file.origin)
    }

    package var pace: Int? { file?.pace(at: base.now) ?? 1 }
    package var machine: any SystemClock { base }

    /// nil once the world has ended.
    private var file: ClockFile? {
        (try? files.read(world.clock, limit: 4_096)).flatMap(ClockFile.init(parsing:))
    }
}
