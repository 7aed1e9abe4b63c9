import Encoding
import Secrets
import TestSupport
import Testing

@testable import Shares

@Suite("splitting and combining")
struct ShareSchemeTests {
    private let random = SeededRandom(seed: 41)

    private func secret(_ count: Int) -> SecretBytes {
        SeededRandom(seed: UInt64(count)).secret(count: count)
    }

    private func pool(_ shares: [Share]) throws -> SharePool {
        var pool = SharePool()
        for share in shares { try pool.add(share) }
        return pool
    }

    @Test("any threshold of the shares gives the secret back, at every length")
    func oneLevel() throws {
        for (threshold, count) in [(1, 1), (2, 2), (2, 3), (3, 5), (5, 8), (16, 16)] {
            for byteCount in [16, 18, 32, 64] {
                let secret = secret(byteCount)
                let scheme = try ShareScheme(threshold: threshold, count: count)
                var shares = try scheme.split(secret, exponent: 0, random: random)[0]
                #expect(shares.count == count)
                random.shuffle(&shares)
                let pool = try pool(Array(shares.prefix(threshold)))
                let found = try pool.combine()
                let same = found.equals(secret)
                #expect(same, "\(threshold) of \(count), \(byteCount) bytes")
                #expect(pool.surplus == 0)
            }
        }
    }

    @Test("16 bytes make 20 words, 32 make 33, 64 make 59")
    func wordCounts() throws {
        for (byteCount, words) in [(16, 20), (32, 33), (64, 59)] {
            let scheme = try ShareScheme(threshold: 1, count: 1)
            let shares = try scheme.split(secret(byteCount), exponent: 0, random: random)
            #expect(shares[0][0].words().count == words)
        }
    }

    @Test("two levels: two groups of three, each by its own rule")
    func twoLevels() throws {
        let secret = secret(32)
        let scheme = try ShareScheme(
            groupThreshold: 2,
            groups: [
                .init(threshold: 1, count: 1), .init(threshold: 2, count: 3),
                .init(threshold: 3, count: 5),
            ])
        let groups = try scheme.split(secret, exponent: 0, random: random)
        #expect(groups.map(\.count) == [1, 3, 5])
        for chosen in [
            [groups[0][0], groups[1][2], groups[1][0]],
            [groups[2][4], groups[0][0], groups[2][0], groups[2][2]],
            groups[1] + groups[2],
        ] {
            let found = try pool(chosen).combine()
            let same = found.equals(secret)
            #expect(same)
        }
        let short = try pool([groups[0][0], groups[1][1]])
        let progress = ShareProgress(
            groups: [.init(number: 1, have: 1, need: 1), .init(number: 2, have: 1, need: 2)],
            groupThreshold: 2)
        #expect(short.progress == progress)
        #expect(throws: ShareError.incomplete(progress)) { _ = try short.combine() }
    }

    @Test("more shares than needed are left aside, and counted")
    func surplus() throws {
        let secret = secret(32)
        let shares = try ShareScheme(threshold: 2, count: 5).split(
            secret, exponent: 0, random: random)[0]
        let pool = try pool(shares)
        #expect(pool.surplus == 3)
        let same = try pool.combine().equals(secret)
        #expect(same)
    }

    @Test("a wrong passphrase gives another secret and no error")
    func passphrase() throws {
        let secret = secret(32)
        let shares = try ShareScheme(threshold: 2, count: 2).split(
            secret, passphrase: Array("correct ~ horse".utf8).span, exponent: 0, random: random)[0]
        let pool = try pool(shares)
        let right = try pool.combine(passphrase: Array("correct ~ horse".utf8).span)
        let wrong = try pool.combine()
        let results = [right.equals(secret), wrong.equals(secret)]
        #expect(results == [true, false])
        #expect(throws: ShareError.unprintablePassphrase(position: 2)) {
            _ = try pool.combine(passphrase: Array("añ".utf8).span)
        }
    }

    @Test("a forged share is noticed")
    func forged() throws {
        let scheme = try ShareScheme(threshold: 2, count: 3)
        let one = try scheme.split(secret(32), exponent: 0, random: SeededRandom(seed: 1))[0]
        let other = try scheme.split(secret(16), exponent: 0, random: SeededRandom(seed: 1))[0]
        // The same identifier from the same tape, and another secret.
        #expect(throws: ShareError.inconsistent(.length)) { _ = try pool([one[0], other[1]]) }
        let twin = try scheme.split(
            SeededRandom(seed: 99).secret(count: 32), exponent: 0, random: SeededRandom(seed: 1))[0]
        let mixed = try pool([one[0], twin[1]])
        #expect(throws: ShareError.digest) { _ = try mixed.combine() }
        #expect(throws: ShareError.repeated) { _ = try pool([one[0], one[0]]) }
        #expect(throws: ShareError.contradiction(group: 1, member: 2)) {
            _ = try pool([one[1], twin[1]])
        }
        let stranger = try scheme.split(secret(32), exponent: 0, random: SeededRandom(seed: 7))[0]
        #expect(throws: ShareError.otherSet) { _ = try pool([one[0], stranger[1]]) }
    }

    @Test("impossible wishes are refused")
    func impossible() throws {
        for (threshold, count) in [(0, 1), (2, 1), (1, 2), (17, 17), (2, 17), (-1, 3), (1, 0)] {
            #expect(throws: ShareError.impossibleScheme) {
                _ = try ShareScheme(threshold: threshold, count: count)
            }
        }
        #expect(throws: ShareError.impossibleScheme) {
            _ = try ShareScheme(groupThreshold: 1, groups: [])
        }
        let scheme = try ShareScheme(threshold: 2, count: 3)
        for byteCount in [1, 14, 17, 66] {
            #expect(throws: ShareError.secretByteCount(byteCount)) {
                _ = try scheme.split(secret(byteCount), random: random)
            }
        }
        for exponent in [-1, 11, 15, 99] {
            #expect(throws: ShareError.excessiveWork(exponent: exponent)) {
                _ = try scheme.split(secret(16), exponent: exponent, random: random)
            }
        }
    }

    @Test("what shares may ask for is bounded before it is spent")
    func work() throws {
        let shares = try ShareScheme(threshold: 2, count: 2).split(
            secret(16), exponent: 2, random: random)[0]
        let pool = try pool(shares)
        #expect(throws: ShareError.excessiveWork(exponent: 2)) {
            _ = try pool.combine(maximumExponent: 1)
        }
    }
}
