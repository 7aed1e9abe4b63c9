package import Platform
internal import Primitives
internal import Secrets

/// What one try of a passphrase costs, chosen once for the life of a vault.
package struct KeyDerivationCost: Hashable, Sendable {
    /// Passes over the memory.
    package let operations: Int
    package let byteCount: Int

    package static let operationsRange = 1...10
    /// 32 MiB: below that a stolen vault is cheap to try. 1 GiB: what an old laptop can spare.
    package static let byteRange = (32 << 20)...(1 << 30)
    package static let standardOperations = 3

    package var mebibytes: Int { byteCount >> 20 }

    /// - Returns: nil outside the ranges.
    package init?(operations: Int = standardOperations, mebibytes: Int) {
        guard Self.operationsRange.contains(operations),
            (Self.byteRange.lowerBound >> 20...Self.byteRange.upperBound >> 20).contains(mebibytes)
        else { return nil }
        self.init(unchecked: operations, mebibytes << 20)
    }

    init(unchecked operations: Int, _ byteCount: Int) {
        self.operations = operations
        self.byteCount = byteCount
    }

    /// The largest of 64, 128 and 256 MiB that takes at most a second and at most a quarter of the
    /// memory that is free; 64 MiB at least.
    ///
    /// - Parameter available: Bytes; nil where the system does not say.
    package static func choose(clock: any SystemClock, available: Int?) -> KeyDerivationCost {
        var chosen = KeyDerivationCost(unchecked: standardOperations, 64 << 20)
        for mebibytes in [64, 128, 256] {
            let candidate = KeyDerivationCost(unchecked: standardOperations, mebibytes << 20)
            if let available, candidate.byteCount > available / 4 { break }
            let start = clock.boot
            let salt = [UInt8](repeating: 0, count: Argon2id.saltByteCount)
            guard
                (try? Argon2id.derive(
                    count: 32, from: salt.span, salt: salt.span, operations: candidate.operations,
                    memory: candidate.byteCount)) != nil
            else { break }
            let spent = clock.boot - start
            if spent > .seconds(1) { break }
            chosen = candidate
            // Twice the memory takes twice the time: do not wait to be told.
            if spent * 2 > .seconds(1) { break }
        }
        return chosen
    }
}
