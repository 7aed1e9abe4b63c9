package import Secrets

/// Shares on their way to a secret, added one by one; what does not fit is said at once.
package struct SharePool: Sendable {
    /// 10,000 · 2^10 rounds are some seconds; the format's 15 would be minutes, at the wish of
    /// whoever wrote the shares.
    package static let maximumExponent = 10

    package private(set) var shares: [Share] = []

    package init() {}

    /// Whether a share with this header may be added, judged before its last word is typed.
    ///
    /// - Throws: `.otherSet` or `.inconsistent`.
    package func check(_ header: ShareHeader) throws(ShareError) {
        guard let first = shares.first?.header else { return }
        guard header.identifier == first.identifier, header.isExtendable == first.isExtendable
        else { throw .otherSet }
        guard header.exponent == first.exponent else { throw .inconsistent(.exponent) }
        guard header.groupThreshold == first.groupThreshold else {
            throw .inconsistent(.groupThreshold)
        }
        guard header.groupCount == first.groupCount else { throw .inconsistent(.groupCount) }
        for other in shares.lazy.map(\.header) where other.groupIndex == header.groupIndex {
            guard header.memberThreshold == other.memberThreshold else {
                throw .inconsistent(.memberThreshold)
            }
        }
    }

    /// - Throws: As `check`, and `.repeated` or `.contradiction` for a place that is taken.
    package mutating func add(_ share: Share) throws(ShareError) {
        try check(share.header)
        if let first = shares.first, first.value.bytes.count != share.value.bytes.count {
            throw .inconsistent(.length)
        }
        for other in shares where other.header == share.header {
            guard other.value.bytes.equals(share.value.bytes) else {
                throw .contradiction(
                    group: share.header.groupIndex + 1, member: share.header.memberIndex + 1)
            }
            throw .repeated
        }
        shares.append(share)
    }

    package var progress: ShareProgress {
        ShareProgress(
            groups: members.map { group, members in
                .init(number: group + 1, have: members.count, need: members[0].memberThreshold)
            },
            groupThreshold: shares.first?.header.groupThreshold ?? 1)
    }

    /// How many of the shares `combine` leaves aside: worth a word, they may be needed elsewhere.
    package var surplus: Int { progress.isComplete ? shares.count - chosen.joined().count : 0 }

    /// Gives the secret back from just as many shares as it takes.
    ///
    /// - Parameters:
    ///   - passphrase: Printable ASCII. A wrong one gives another secret and no error.
    ///   - maximumExponent: The most work to spend.
    /// - Throws: `.incomplete`, `.excessiveWork`, `.unprintablePassphrase` or `.digest`.
    package func combine(
        passphrase: Span<UInt8> = Span(), maximumExponent: Int = maximumExponent
    ) throws(ShareError) -> SecretBytes {
        let progress = progress
        guard let header = shares.first?.header, progress.isComplete else {
            throw .incomplete(progress)
        }
        guard header.exponent <= maximumExponent else {
            throw .excessiveWork(exponent: header.exponent)
        }
        try ShareCipher.check(passphrase: passphrase)
        var groups: [GF256.Point] = []
        for members in chosen {
            let points = members.map {
                GF256.Point(x: UInt8($0.header.memberIndex), value: $0.value)
            }
            groups.append(
                GF256.Point(
                    x: UInt8(members[0].header.groupIndex), value: try Threshold.combine(points)))
        }
        let encrypted = try Threshold.combine(groups)
        return ShareCipher.decrypt(encrypted.bytes, passphrase: passphrase, header: header)
    }

    /// Headers by group, in the order of the groups.
    private var members: [(group: Int, members: [ShareHeader])] {
        Dictionary(grouping: shares.map(\.header), by: \.groupIndex)
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The first complete groups, and of each the first members.
    private var chosen: [[Share]] {
        let groups = Dictionary(grouping: shares, by: \.header.groupIndex)
            .sorted { $0.key < $1.key }.map(\.value)
            .filter { $0.count >= $0[0].header.memberThreshold }
            .map { Array($0.prefix($0[0].header.memberThreshold)) }
        return Array(groups.prefix(shares.first?.header.groupThreshold ?? 0))
    }
}
