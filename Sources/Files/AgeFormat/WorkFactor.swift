/// Cost of an scrypt stanza, as the base-two logarithm of N.
///
/// Source: age-encryption.org/v1, "scrypt recipient stanza".
package struct WorkFactor: Hashable, Sendable, CustomStringConvertible {
    /// Largest cost accepted when opening: N = 2^22 takes 4 GiB (128 * N * r bytes, r = 8).
    package static let maximum = 22
    /// The cost of new files, as in age: 256 MiB and about a second.
    package static let standard = WorkFactor(18)

    package let log2N: Int

    /// - Precondition: 1...maximum.
    package init(_ log2N: Int) {
        precondition((1...Self.maximum).contains(log2N), "no such work factor")
        self.log2N = log2N
    }

    /// Reads the stanza's decimal argument.
    ///
    /// - Parameter text: Digits with no sign and no leading zero.
    /// - Throws: `.malformedWorkFactor` for any other spelling, `.excessiveWork` above `maximum`.
    package init(parsing text: String) throws(FormatError) {
        let digits = Array(text.utf8)
        guard let first = digits.first, first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw .malformedWorkFactor }
        // Checked here, before any memory is spent: the number comes from a stranger, and may be
        // larger than an integer.
        let value = Int(text) ?? .max
        guard value <= Self.maximum else { throw .excessiveWork(log2N: value) }
        log2N = value
    }

    package var description: String { String(log2N) }
}
