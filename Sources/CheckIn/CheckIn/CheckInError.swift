package import Encoding

/// What the rules of check-ins refuse, as facts.
package enum CheckInError: Error, Hashable {
    /// A label is 1–32 of a–z, 0–9, `-` and `_`, begins with a letter or digit, and is no command.
    case label
    /// An interval is at least one second and at most 31 days.
    case interval
    /// Grace is at least one second and at most seven days.
    case grace
    /// A deadline or the end lies at or before the moment it is armed.
    case past
    /// Nobody would hear.
    case noTier
    /// Offsets of tiers lie between 0 and 30 days; at most 16 tiers of 64 contacts.
    case tier
    /// Names and texts: at most 200 bytes, no control characters.
    case text
    case reminder
    /// One deadline comes before the grace of the one before it is over.
    case overlap(Overlap, Overlap)
    /// A stored or received form is cut, out of order or says something impossible.
    case malformed(CodecError)
    /// A signature under a token, an order or a registration is not the plan's.
    case signature
    /// A form of a later version.
    case version(UInt8)
}

/// What is wrong with a typed code; counted from the first word.
package enum CodeError: Error, Hashable {
    case wordCount(Int)
    case unknownWord(Int)
    /// All words exist, and the check word says that one of them is not the right one.
    case checkWord
    case outOfMemory
    /// A code of digits has nine.
    case digitCount(Int)
    /// The last digit says that another one is not the right one.
    case checkDigit
}

/// Turns the strict readers' errors into this module's.
func reading<R>(_ body: () throws(CodecError) -> R) throws(CheckInError) -> R {
    do { return try body() } catch { throw .malformed(error) }
}
