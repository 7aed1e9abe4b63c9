import Encoding
import PostQuantum
import Secrets
import TestSupport
import Testing

@Suite("SHA-3 and SHAKE")
struct KeccakTests {
    private func hash(_ function: Keccak.Function, _ bytes: [UInt8], count: Int) -> String {
        var sponge = Keccak(function)
        sponge.absorb(bytes.span)
        return sponge.squeeze(count: count).withBytes { Hex.encode($0) }
    }

    @Test("nothing and abc give the published values")
    func published() {
        let abc = Array("abc".utf8)
        #expect(
            hash(.sha3With256Bits, [], count: 32)
                == "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a")
        #expect(
            hash(.sha3With256Bits, abc, count: 32)
                == "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532")
        #expect(
            hash(.sha3With512Bits, abc, count: 64)
                == "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
                + "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0")
        #expect(
            hash(.shake128, [], count: 32)
                == "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
        #expect(
            hash(.shake256, [], count: 32)
                == "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f")
    }

    @Test("pieces of any size give the same as the whole, in and out")
    func pieces() {
        let random = SeededRandom(seed: 71)
        let input = random.bytes(700)
        let whole = hash(.shake128, input, count: 600)
        for _ in 0..<10 {
            var sponge = Keccak(.shake128)
            var start = 0
            while start < input.count {
                let end = min(input.count, start + Int(random.below(200)))
                sponge.absorb(input.span.extracting(start..<end))
                start = end
            }
            var found = ""
            while found.count < 1_200 {
                let count = min(1 + Int(random.below(199)), 600 - found.count / 2)
                found += sponge.squeeze(count: count).withBytes { Hex.encode($0) }
            }
            #expect(found == whole)
        }
    }

    @Test("every length around a block agrees with Python's hashlib")
    func lengths() throws {
        guard let python = Peer("python3") else { return }
        let counts = [1, 71, 72, 73, 135, 136, 137, 167, 168, 169, 271, 272, 273, 500]
        let answer = try python.run([
            "-c",
            """
            import hashlib as h
            for n in \(counts):
                b = bytes(i * 7 % 256 for i in range(n))
                print(h.sha3_256(b).hexdigest(), h.sha3_512(b).hexdigest(),
                    h.shake_128(b).hexdigest(n), h.shake_256(b).hexdigest(n))
            """,
        ])
        #expect(answer.status == 0, "\(answer.complaint)")
        let lines = String(decoding: answer.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == counts.count)
        for (count, line) in zip(counts, lines) {
            let bytes = (0..<count).map { UInt8($0 * 7 % 256) }
            let ours = [
                hash(.sha3With256Bits, bytes, count: 32), hash(.sha3With512Bits, bytes, count: 64),
                hash(.shake128, bytes, count: count), hash(.shake256, bytes, count: count),
            ]
            #expect(ours.joined(separator: " ") == line, "\(count) bytes")
        }
    }
}
