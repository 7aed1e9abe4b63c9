package import Encoding
package import Platform

// Times and durations are u64 milliseconds. A reader never traps: what does not fit is absent.

extension Field {
    package init(_ tag: UInt8, _ instant: Instant) {
        self.init(tag, u64: UInt64(clamping: instant.milliseconds))
    }

    package init(_ tag: UInt8, _ duration: Duration) {
        self.init(tag, u64: UInt64(clamping: duration.wholeMilliseconds))
    }
}

extension FieldList {
    package func instants(_ tag: UInt8) -> [Instant] {
        all(tag).compactMap(milliseconds).map { Instant(milliseconds: $0) }
    }

    package func durations(_ tag: UInt8) -> [Duration] {
        all(tag).compactMap(milliseconds).map { .milliseconds($0) }
    }

    package func instant(_ tag: UInt8) -> Instant? { instants(tag).first }

    package func duration(_ tag: UInt8) -> Duration? { durations(tag).first }

    package func flag(_ tag: UInt8) -> Bool { first(tag) == [1] }

    /// Eight bytes, below 2^60 so that sums of a few never leave the range of a `Duration`.
    private func milliseconds(_ bytes: [UInt8]) -> Int64? {
        guard bytes.count == 8 else { return nil }
        let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return value < 1 << 60 ? Int64(value) : nil
    }
}
