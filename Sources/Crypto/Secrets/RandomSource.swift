internal import CSodium

/// Where random bytes come from: the system, or a seeded tape in tests.
package protocol RandomSource: Sendable {
    func fill(_ span: inout MutableSpan<UInt8>)
}

extension RandomSource {
    package func bytes(_ count: Int) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        var span = out.mutableSpan
        fill(&span)
        return out
    }

    package func secret(count: Int) -> SecretBytes {
        SecretBytes(count: count) { span in fill(&span) }
    }

    /// A uniform number in `0..<bound`, without the bias of a remainder.
    package func below(_ bound: UInt32) -> UInt32 {
        precondition(bound > 0, "nothing lies below zero")
        let unbiased = UInt32.max - (UInt32.max % bound &+ 1) % bound
        while true {
            let draw = bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            if draw <= unbiased { return draw % bound }
        }
    }

    /// Fisher–Yates: every order equally likely.
    package func shuffle<T>(_ items: inout [T]) {
        for last in items.indices.dropFirst().reversed() {
            items.swapAt(last, Int(below(UInt32(last + 1))))
        }
    }
}

/// The system's randomness, through libsodium.
package struct SystemRandom: RandomSource {
    package init() {}

    package func fill(_ span: inout MutableSpan<UInt8>) { Self.fill(&span) }

    package static func fill(_ span: inout MutableSpan<UInt8>) {
        Sodium.ready
        guard span.count > 0 else { return }
        unsafe span.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe randombytes_buf(base, buffer.count)
        }
    }
}
