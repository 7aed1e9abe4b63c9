import PostQuantum
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("the hybrid key encapsulation and HPKE")
struct HybridKEMTests {
    @Test("both sides agree, and every part of the ciphertext counts")
    func roundTrip() throws {
        let random = SeededRandom(seed: 91)
        let key = HybridSecretKey(seed: random.secret(count: 32))
        let publicKey = key.publicKey
        #expect(publicKey.bytes.count == 1_216)
        #expect(HybridPublicKey(publicKey.bytes) == publicKey)
        let sent = try publicKey.encapsulate(random: random)
        let ciphertext = sent.ciphertext
        #expect(ciphertext.count == 1_120)
        let same = try key.decapsulate(ciphertext).equals(sent.secret)
        #expect(same)
        for index in [0, 1_087, 1_088, 1_119] {
            var altered = ciphertext
            altered[index] ^= 1
            let equal = try key.decapsulate(altered).equals(sent.secret)
            #expect(!equal, "byte \(index)")
        }
    }

    @Test("a point of low order is an error on both sides")
    func lowOrder() throws {
        let random = SeededRandom(seed: 92)
        let key = HybridSecretKey(seed: random.secret(count: 32))
        let zeros = [UInt8](repeating: 0, count: 32)
        let bad = try #require(HybridPublicKey(key.publicKey.bytes.dropLast(32) + zeros))
        var failures: [PrimitiveError] = []
        do throws(PrimitiveError) { _ = try bad.encapsulate(random: random) } catch {
            failures.append(error)
        }
        let sent = try key.publicKey.encapsulate(random: random)
        let altered = Array(sent.ciphertext.dropLast(32)) + zeros
        do throws(PrimitiveError) { _ = try key.decapsulate(altered) } catch {
            failures.append(error)
        }
        #expect(failures == [.lowOrderPoint, .lowOrderPoint])
    }

    @Test("a box opens with its secret and its use only")
    func box() throws {
        let random = SeededRandom(seed: 93)
        let secret = random.secret(count: 32)
        let text = Array("una llave de 16".utf8)
        let box = HPKE.seal(text.span, secret: secret, info: "uso")
        #expect(box.count == text.count + HPKE.overheadByteCount)
        let opened = try HPKE.open(box.span, secret: secret, info: "uso").withBytes { span in
            span.indices.map { span[$0] }
        }
        #expect(opened == text)
        #expect(throws: PrimitiveError.notAuthentic) {
            _ = try HPKE.open(box.span, secret: secret, info: "otro")
        }
        let other = random.secret(count: 32)
        #expect(throws: PrimitiveError.notAuthentic) {
            _ = try HPKE.open(box.span, secret: other, info: "uso")
        }
        #expect(throws: PrimitiveError.notAuthentic) {
            _ = try HPKE.open(box.span.extracting(0..<16), secret: secret, info: "uso")
        }
    }
}
