/// What a share, a set of shares or a wish to split can be refused for. Words count from 1.
package enum ShareError: Error, Hashable {
    // One share, as it is typed.

    /// Not in the list; up to three words that it may have been.
    case unknownWord(position: Int, suggestions: [String])
    /// No share has this many words.
    case wordCount(Int)
    /// Every word is in the list, and at least one is not the right one or not in its place.
    case checksum
    /// The checksum holds and the bits that must be zero are not.
    case padding
    /// The share asks for more groups than there are.
    case thresholds

    // Between shares.

    /// The first two words differ: shares of another secret.
    case otherSet
    /// Same identifier, yet these do not belong together.
    case inconsistent(Fact)
    /// The very same share once more.
    case repeated
    /// Two different shares claim one place.
    case contradiction(group: Int, member: Int)
    /// Not enough yet.
    case incomplete(ShareProgress)
    /// Enough shares, all well formed, and they do not make a secret: one is forged or foreign.
    case digest
    /// The derivation that the shares ask for: 10,000 · 2^exponent rounds.
    case excessiveWork(exponent: Int)

    // Splitting.

    /// A secret has an even number of bytes, 16 to 64.
    case secretByteCount(Int)
    /// 1 to 16 of 1 to 16, and never 1 of many: those would be copies.
    case impossibleScheme
    /// The standard allows printable ASCII only, so that every device can type it.
    case unprintablePassphrase(position: Int)

    package enum Fact: Hashable, Sendable {
        case exponent, groupThreshold, groupCount, memberThreshold, length
    }
}

/// How far a pool of shares has come.
package struct ShareProgress: Hashable, Sendable {
    package struct Group: Hashable, Sendable {
        /// Counts from 1, as printed on a sheet.
        package let number: Int
        package let have: Int
        package let need: Int

        package var isComplete: Bool { have >= need }
    }

    /// Groups of which at least one share is there.
    package let groups: [Group]
    /// How many complete groups the secret takes.
    package let groupThreshold: Int

    package var isComplete: Bool { groups.count(where: \.isComplete) >= groupThreshold }
}
