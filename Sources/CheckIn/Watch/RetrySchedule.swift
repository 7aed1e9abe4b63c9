internal import Platform
package import Secrets

/// When a delivery that failed is tried again: after 5, 15, 45 s, 2 and 5 min, then every 5 min.
package enum RetrySchedule {
    package static let first: [Duration] = [
        .seconds(5), .seconds(15), .seconds(45), .seconds(120), .seconds(300),
    ]
    /// An alert is tried until it is delivered or no longer true; anything else for seven days.
    package static let patience: Duration = .seconds(7 * 86_400)

    /// - Parameter failures: At least 1.
    package static func wait(afterFailures failures: UInt32, random: any RandomSource) -> Duration {
        if failures <= first.count { return first[max(0, Int(failures) - 1)] }
        // Jitter of ±30 s, so that messages which failed together do not return together.
        return .seconds(270) + .milliseconds(Int64(random.below(60_001)))
    }
}
