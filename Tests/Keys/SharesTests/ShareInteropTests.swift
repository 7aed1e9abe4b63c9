import Encoding
import Secrets
import Shares
import TestSupport
import Testing

@Suite("shamir-mnemonic, the reference")
struct ShareInteropTests {
    private let secret = "00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0"

    @Test("combines our shares, and we combine its own")
    func bothDirections() throws {
        guard let python = Peer.python else { return }
        var bytes = try #require(Hex.decode(secret))
        let master = SecretBytes(draining: &bytes)
        let passphrase = Array("TREZOR 1".utf8)
        let scheme = try ShareScheme(
            groupThreshold: 2,
            groups: [.init(threshold: 1, count: 1), .init(threshold: 3, count: 5)])
        let ours = try scheme.split(
            master, passphrase: passphrase.span, random: SeededRandom(seed: 61))
        let given = [ours[0][0], ours[1][1], ours[1][4], ours[1][2]]
            .map { $0.words().joined(separator: " ") }.joined(separator: "\n")
        let combined = try python.run(
            [
                "-c",
                """
                import sys, shamir_mnemonic as s
                print(s.combine_mnemonics(sys.stdin.read().splitlines(), b"TREZOR 1").hex())
                """,
            ], input: Array(given.utf8))
        #expect(combined.status == 0, "\(combined.complaint)")
        #expect(combined.output == Array("\(secret)\n".utf8))

        for extendable in ["True", "False"] {
            let split = try python.run([
                "-c",
                """
                import shamir_mnemonic as s
                groups = s.generate_mnemonics(2, [(2, 3), (1, 1), (3, 4)],
                    bytes.fromhex("\(secret)"), b"TREZOR 1", \(extendable), 0)
                print("\\n".join([groups[2][3], groups[0][2], groups[2][0], groups[0][0],
                    groups[2][1]]))
                """,
            ])
            #expect(split.status == 0, "\(split.complaint)")
            var pool = SharePool()
            for line in split.output.split(separator: 10).map(Array.init) {
                try pool.add(Share(parsing: line.span))
            }
            let found = try pool.combine(passphrase: passphrase.span)
            let hex = found.withBytes { Hex.encode($0) }
            #expect(hex == secret)
        }
    }
}
