/// A moment, as milliseconds since 1970-01-01 00:00 UTC.
package struct Instant: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// Later (or earlier) by whole milliseconds; beyond the range of the type it stops at the end.
    package static func + (left: Instant, right: Duration) -> Instant {
        let (sum, overflow) = left.milliseconds.addingReportingOverflow(right.wholeMilliseconds)
        guard overflow else { return Instant(milliseconds: sum) }
        return Instant(milliseconds: right < .zero ? .min : .max)
    }

    package static func - (left: Instant, right: Duration) -> Instant {
        left + (.zero - right)
    }

    package static func - (left: Instant, right: Instant) -> Duration {
        let (difference, overflow) = left.milliseconds.subtractingReportingOverflow(
            right.milliseconds)
        return .milliseconds(overflow ? (left < right ? .min : .max) : difference)
    }
}

extension Duration {
    /// Rounded towards zero; beyond the range of the type it stops at the end.
    package var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, tooMany) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, overflow) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        guard !tooMany, !overflow else { return self < .zero ? .min : .max }
        return sum
    }
}
