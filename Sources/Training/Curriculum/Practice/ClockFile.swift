package import Platform

/// How the time of a practice world follows the machine's: stretches, each with a pace of its own.
///
/// Text, one line each: `amparo-clock 1`, `origin MS`, then `from MACHINE-MS WORLD-MS PACE`.
package struct ClockFile: Hashable, Sendable {
    /// From a moment of the machine's clock on, until the next stretch begins.
    package struct Stretch: Hashable, Sendable {
        package let machine: Instant
        package let world: Instant
        /// World seconds in one of the machine's.
        package let pace: Int
    }

    /// Fastest pace: a week in a minute.
    package static let fastest = 10_000

    /// When the world began, in its own time.
    package let origin: Instant
    package private(set) var stretches: [Stretch]

    /// A world that begins now, at the machine's pace.
    package init(startingAt now: Instant) {
        origin = now
        stretches = [Stretch(machine: now, world: now, pace: 1)]
    }

    // MARK: Reading the time

    package func world(at machine: Instant) -> Instant {
        let stretch = stretch(at: machine)
        return stretch.world + (machine - stretch.machine) * max(stretch.pace, 0)
    }

    package func pace(at machine: Instant) -> Int { stretch(at: machine).pace }

    /// A machine whose clock was put back still has the first one.
    private func stretch(at machine: Instant) -> Stretch {
        stretches.last { $0.machine <= machine } ?? stretches[0]
    }

    // MARK: Setting it

    /// From now on the world runs at `pace`.
    package mutating func run(at pace: Int, from machine: Instant) {
        let pace = min(max(pace, 1), Self.fastest)
        stretches = [Stretch(machine: machine, world: world(at: machine), pace: pace)]
    }

    /// Lets `length` of the world's time pass within `wait` of the machine's, then goes on as before.
    ///
    /// It passes fast and is not leapt over: whoever keeps watch sees every minute of it.
    ///
    /// - Returns: How long that takes.
    package mutating func skip(
        _ length: Duration, within wait: Duration, from machine: Instant
    ) -> Duration {
        let before = pace(at: machine)
        let now = world(at: machine)
        let seconds = max(1, wait.wholeMilliseconds / 1_000)
        let needed = Int(clamping: length.wholeMilliseconds / 1_000 / seconds) + 1
        let pace = min(max(needed, before, 60), Self.fastest)
        // Rounded up, so that at the end no less than `length` has passed.
        let lasts = Duration.milliseconds(length.wholeMilliseconds / Int64(pace) + 1)
        stretches = [
            Stretch(machine: machine, world: now, pace: pace),
            Stretch(machine: machine + lasts, world: now + lasts * pace, pace: before),
        ]
        return lasts
    }

    // MARK: As text

    package var serialized: [UInt8] {
        var text = "amparo-clock 1\norigin \(origin.milliseconds)\n"
        for stretch in stretches {
            text +=
                "from \(stretch.machine.milliseconds) \(stretch.world.milliseconds)"
                + " \(stretch.pace)\n"
        }
        return Array(text.utf8)
    }

    /// - Returns: nil for anything that `serialized` does not write.
    package init?(parsing bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var lines = text.split(separator: "\n").map { $0.split(separator: " ") }[...]
        guard lines.popFirst() == ["amparo-clock", "1"], let first = lines.popFirst(),
            first.count == 2, first[0] == "origin", let origin = Int64(first[1])
        else { return nil }
        var stretches: [Stretch] = []
        for line in lines {
            guard line.count == 4, line[0] == "from", let machine = Int64(line[1]),
                let world = Int64(line[2]), let pace = Int(line[3]),
                (1...Self.fastest).contains(pace)
            else { return nil }
            stretches.append(
                Stretch(
                    machine: Instant(milliseconds: machine), world: Instant(milliseconds: world),
                    pace: pace))
        }
        guard (1...2).contains(stretches.count) else { return nil }
        self.origin = Instant(milliseconds: origin)
        self.stretches = stretches
    }
}
