import Secrets
import Synchronization

/// A repeatable tape of random bytes (SplitMix64), for tests only.
public final class SeededRandom: Sendable {
    private let state: Mutex<UInt64>

    /// The same seed gives the same tape.
    public init(seed: UInt64) { state = Mutex(seed) }

    /// The next 64 bits.
    public func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}

extension SeededRandom: RandomSource {
    package func fill(_ span: inout MutableSpan<UInt8>) {
        for index in span.indices { span[index] = UInt8(truncatingIfNeeded: next()) }
    }
}
