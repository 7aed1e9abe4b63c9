import Encoding
import Primitives
import Secrets
import Testing

@Suite("empty input")
struct EmptyInputTests {
    @Test("BLAKE2b of nothing is the published value")
    func blake2b() {
        let hash = BLAKE2b.hash(count: 64, of: [UInt8]().span)
        #expect(Hex.encode(hash).hasPrefix("786a02f742015903c6c6fd852552d272912f4740e1584761"))
    }

    @Test("an empty box opens and an empty span does not crash")
    func aead() throws {
        let key = [UInt8](repeating: 7, count: 32)
        let nonce = [UInt8](repeating: 1, count: 12)
        var box = [UInt8](repeating: 0, count: 16)
        var boxSpan = box.mutableSpan
        ChaChaPoly.seal([UInt8]().span, into: &boxSpan, key: key.span, nonce: nonce.span)
        var text: [UInt8] = []
        var textSpan = text.mutableSpan
        try ChaChaPoly.open(box.span, into: &textSpan, key: key.span, nonce: nonce.span)
    }
}
