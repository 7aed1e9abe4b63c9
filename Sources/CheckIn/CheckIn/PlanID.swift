package import Secrets

internal import Encoding

/// A plan's random name, the same for the journalist, her ticket and every watcher.
package struct PlanID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package static let byteCount = 16
    package let bytes: [UInt8]

    /// - Returns: nil for any other length than 16.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    package static func random(_ random: some RandomSource) -> PlanID {
        PlanID(unchecked: random.bytes(byteCount))
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    package static func < (left: PlanID, right: PlanID) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// 32 lower-case hexadecimal digits.
    package var description: String { Hex.encode(bytes) }
}
