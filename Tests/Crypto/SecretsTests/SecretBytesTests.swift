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
}
