package import Platform

/// Takes times, and writes one line for each.
package struct Report: Sendable {
    private let output: any ByteOutput
    private let clock = ContinuousClock()

    package init(output: any ByteOutput) { self.output = output }

    package func line(_ what: String, _ value: Double, _ unit: String) throws {
        let thousandths = Int64((value * 1000).rounded(.toNearestOrEven))
        let fraction = String(1000 + abs(thousandths) % 1000).dropFirst()
        // A number between −1 and 0 has no digit to carry its sign.
        let sign = thousandths < 0 ? "-" : ""
        try output.write("\(what)\t\(sign)\(abs(thousandths) / 1000).\(fraction)\t\(unit)\n")
    }

    package func complain(_ text: String) throws {
        try DescriptorStream.standardError.write(text + "\n")
    }

    /// The best of `rounds`, in seconds: what the machine can do when nothing disturbs it.
    package func best(of rounds: Int, _ body: () throws -> Void) rethrows -> Double {
        var best = Duration.seconds(1_000_000)
        for _ in 0..<rounds { best = min(best, try clock.measure(body)) }
        return seconds(best)
    }

    /// The middle one of `rounds` (an odd number), in seconds: what its user sees.
    package func median(of rounds: Int, _ body: () throws -> Void) rethrows -> Double {
        var spent: [Duration] = []
        for _ in 0..<rounds { spent.append(try clock.measure(body)) }
        return seconds(spent.sorted()[rounds / 2])
    }

    /// How often `body` runs in a second, tried for about half a second.
    package func rate(_ body: () throws -> Void) rethrows -> Double {
        var count = 0
        let start = clock.now
        while clock.now - start < .milliseconds(500) {
            for _ in 0..<16 { try body() }
            count += 16
        }
        return Double(count) / seconds(clock.now - start)
    }

    private func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
