import Secrets
import Testing

@Suite("secret bytes")
struct SecretBytesTests {
    @Test("draining zeroes and empties the ordinary copy")
    func drains() {
        var ordinary: [UInt8] = [1, 2, 3]
        let secret = SecretBytes(draining: &ordinary)
        #expect(ordinary.isEmpty)
        #expect(secret.withBytes { [$0[0], $0[1], $0[2]] } == [1, 2, 3])
    }

    @Test("equality looks at length and every byte")
    func equality() {
        let left = SecretBytes(copying: [1, 2, 3].span)
        let same = SecretBytes(copying: [1, 2, 3].span)
        let other = SecretBytes(copying: [1, 2, 4].span)
        let longer = SecretBytes(copying: [1, 2, 3, 0].span)
        let results = [left.equals(same), left.equals(other), left.equals(longer)]
        #expect(results == [true, false, false])
    }

    @Test("memory that is used again holds nothing of the secret before")
    func usesAgain() {
        for count in [1, 16, 32, 64, 256, 257, 5_000] {
            for _ in 0..<40 {
                let old = SecretBytes(copying: [UInt8](repeating: 0xA5, count: count).span)
                _ = old.count
            }
            let fresh = SecretBytes(count: count) { _ in }
            let isZero = fresh.withBytes { bytes in bytes.indices.allSatisfy { bytes[$0] == 0 } }
            #expect(isZero)
        }
    }

    @Test("secrets of several threads have each memory of their own")
    func manyThreads() async {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    for round in 0..<300 {
                        let value = UInt8(truncatingIfNeeded: number * 31 + round)
                        let secrets = [16, 32, 32, 64].map {
                            SharedSecret(
                                SecretBytes(copying: [UInt8](repeating: value, count: $0).span))
                        }
                        let isOwn = secrets.allSatisfy { secret in
                            secret.bytes.withBytes { bytes in
                                bytes.indices.allSatisfy { bytes[$0] == value }
                            }
                        }
                        if !isOwn { return false }
                    }
                    return true
                }
            }
            for await isOwn in group { #expect(isOwn) }
        }
    }
}
