package import Secrets

/// How a secret is shared out: so many groups are needed, and in each so many members.
package struct ShareScheme: Hashable, Sendable {
    package struct Group: Hashable, Sendable {
        package let threshold: Int
        package let count: Int

        package init(threshold: Int, count: Int) {
            self.threshold = threshold
            self.count = count
        }
    }

    /// Bytes of a secret that can be split: an even number of these.
    package static let secretByteCounts = 16...64
    /// 20,000 rounds: what the reference implementation writes.
    package static let usualExponent = 1
    private static let places = 1...16

    package let groupThreshold: Int
    package let groups: [Group]

    /// - Throws: `.impossibleScheme`. One of many is among them: those would be copies, and the
    ///   standard wants them copied by hand.
    package init(groupThreshold: Int, groups: [Group]) throws(ShareError) {
        guard Self.places.contains(groups.count),
            (1...groups.count).contains(groupThreshold),
            groups.allSatisfy({
                Self.places.contains($0.count) && (1...$0.count).contains($0.threshold)
                    && ($0.threshold > 1 || $0.count == 1)
            })
        else { throw .impossibleScheme }
        self.groupThreshold = groupThreshold
        self.groups = groups
    }

    /// Any `threshold` of `count` shares: one group.
    package init(threshold: Int, count: Int) throws(ShareError) {
        try self.init(groupThreshold: 1, groups: [Group(threshold: threshold, count: count)])
    }

    /// Splits a secret into the shares of each group, in the order of `groups`.
    ///
    /// - Parameters:
    ///   - secret: An even number of bytes, 16 to 64.
    ///   - passphrase: Printable ASCII, may be empty. Without it the shares give another secret.
    ///   - exponent: 0...10; combining spends 10,000 · 2^exponent rounds.
    package func split(
        _ secret: borrowing SecretBytes, passphrase: Span<UInt8> = Span(),
        exponent: Int = usualExponent, random: any RandomSource
    ) throws(ShareError) -> [[Share]] {
        guard Self.secretByteCounts.contains(secret.count), secret.count % 2 == 0 else {
            throw .secretByteCount(secret.count)
        }
        guard (0...SharePool.maximumExponent).contains(exponent) else {
            throw .excessiveWork(exponent: exponent)
        }
        try ShareCipher.check(passphrase: passphrase)
        let identifier = Int(random.below(1 << 15))
        let common = header(identifier, exponent, group: 0, member: 0)
        let encrypted = SharedSecret(
            ShareCipher.encrypt(secret, passphrase: passphrase, header: common))
        let groupPoints = Threshold.split(
            encrypted, threshold: groupThreshold, count: groups.count, random: random)
        return zip(groups, groupPoints).enumerated().map { index, pair in
            let (group, point) = pair
            let members = Threshold.split(
                point.value, threshold: group.threshold, count: group.count, random: random)
            return members.map { member in
                Share(
                    header: header(identifier, exponent, group: index, member: Int(member.x)),
                    value: member.value)
            }
        }
    }

    private func header(_ identifier: Int, _ exponent: Int, group: Int, member: Int)
        -> ShareHeader
    {
        ShareHeader(
            identifier: identifier, isExtendable: true, exponent: exponent, groupIndex: group,
            groupThreshold: groupThreshold, groupCount: groups.count, memberIndex: member,
            memberThreshold: groups[group].threshold)
    }
}
