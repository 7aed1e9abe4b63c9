import Encoding
import PostQuantum
import Secrets
import TestSupport
import Testing

@Suite("ML-KEM-768")
struct MLKEM768Tests {
    private func hex(_ secret: borrowing SecretBytes) -> String {
        secret.withBytes { Hex.encode($0) }
    }

    @Test("both sides agree, and an altered ciphertext gives another secret without an error")
    func roundTrip() {
        let random = SeededRandom(seed: 81)
        for _ in 0..<4 {
            let key = MLKEM768DecapsulationKey(
                seed: random.secret(count: 32), rejection: random.secret(count: 32))
            let sent = key.encapsulationKey.encapsulate(random.secret(count: 32))
            let ours = hex(sent.secret)
            let ciphertext = sent.ciphertext
            #expect(ciphertext.count == MLKEM768.ciphertextByteCount)
            let theirs = hex(key.decapsulate(ciphertext))
            #expect(theirs == ours)
            var altered = ciphertext
            altered[Int(random.below(UInt32(altered.count)))] ^= 1
            let rejected = hex(key.decapsulate(altered))
            #expect(rejected != ours)
            let again = hex(key.decapsulate(altered))
            #expect(again == rejected)
        }
    }

    @Test("a public key of another length, or with a coefficient past the modulus, is refused")
    func modulusCheck() throws {
        let random = SeededRandom(seed: 82)
        let key = MLKEM768DecapsulationKey(
            seed: random.secret(count: 32), rejection: random.secret(count: 32)
        ).encapsulationKey
        #expect(MLKEM768EncapsulationKey(key.bytes) == key)
        #expect(MLKEM768EncapsulationKey(key.bytes.dropLast()) == nil)
        #expect(MLKEM768EncapsulationKey(key.bytes + [0]) == nil)
        for coefficient in [0, 1, 255, 256, 767] {
            var bad = key.bytes
            // 3329 = 0xd01 in the 12 bits of this coefficient.
            let start = coefficient / 2 * 3
            if coefficient % 2 == 0 {
                bad[start] = 0x01
                bad[start + 1] = bad[start + 1] & 0xf0 | 0x0d
            } else {
                bad[start + 1] = bad[start + 1] & 0x0f | 0x10
                bad[start + 2] = 0xd0
            }
            #expect(MLKEM768EncapsulationKey(bad) == nil, "coefficient \(coefficient)")
        }
    }

    @Test("kyber-py makes the same keys, ciphertexts and secrets, also for altered ciphertexts")
    func peer() throws {
        guard let python = Peer.python else { return }
        let random = SeededRandom(seed: 83)
        let runs = (0..<5).map { _ in (0..<3).map { _ in random.bytes(32) } }
        let input = runs.map { $0.map { Hex.encode($0) }.joined(separator: " ") }
            .joined(separator: "\n")
        let answer = try python.run(
            [
                "-c",
                """
                import sys
                from kyber_py.ml_kem import ML_KEM_768 as k
                for line in sys.stdin:
                    d, z, m = map(bytes.fromhex, line.split())
                    ek, dk = k._keygen_internal(d, z)
                    secret, c = k._encaps_internal(ek, m)
                    bad = bytes([c[0] ^ 1]) + c[1:]
                    print(ek.hex(), c.hex(), secret.hex(), k.decaps(dk, bad).hex())
                """,
            ], input: Array(input.utf8))
        #expect(answer.status == 0, "\(answer.complaint)")
        let lines = String(decoding: answer.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == runs.count)
        for (run, line) in zip(runs, lines) {
            let (seed, rejection, message) = (run[0], run[1], run[2])
            let key = MLKEM768DecapsulationKey(
                seed: SecretBytes(copying: seed.span),
                rejection: SecretBytes(copying: rejection.span))
            let sent = key.encapsulationKey.encapsulate(SecretBytes(copying: message.span))
            let ciphertext = sent.ciphertext
            var bad = ciphertext
            bad[0] ^= 1
            let ours = [
                Hex.encode(key.encapsulationKey.bytes), Hex.encode(ciphertext), hex(sent.secret),
                hex(key.decapsulate(bad)),
            ]
            #expect(ours.joined(separator: " ") == line)
        }
    }
}
