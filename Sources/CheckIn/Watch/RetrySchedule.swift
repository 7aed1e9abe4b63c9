internal import Platform
package import Secrets

/// When a delivery that failed is tried again: after 5, 15, 45 s, 2 and 5 min, then every 5 min.
package enum RetrySchedule {
    package static let first: [Duration] = [
        .seconds(5), .seconds(15), .seconds(45), .seconds(120), .seconds(300),
    ]
    /// An alert is tried until it is delivered or no longer true; anything else for seven days.
    package static let patience: Duration = .seconds(7 * 86_400)

    /// The longest wait that a server is granted: an alert is not for a stranger to put off.
    package static let longestAsked: Duration = .seconds(900)

    /// - Parameters:
    ///   - failures: At least 1.
    ///   - seconds: What the server asked for (Retry-After).
    package static func wait(
        afterFailures failures: UInt32, asked seconds: UInt32? = nil, random: any RandomSource
    ) -> Duration {
        let asked = min(longestAsked, .seconds(Int64(seconds ?? 0)))
        if failures <= first.count { return max(asked, first[max(0, Int(failures) - 1)]) }
        // Jitter of ±30 s, so that messages which failed together do not return together.
        return max(asked, .seconds(270) + .milliseconds(Int64(random.below(60_001))))
    }
}
