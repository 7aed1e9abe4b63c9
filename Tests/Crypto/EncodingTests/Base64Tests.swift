import Encoding
import TestSupport
import Testing

@Suite("base64")
struct Base64Tests {
    @Test("decoding what was encoded gives the same bytes at every length")
    func roundTrip() {
        let random = SeededRandom(seed: 1)
        for count in 0..<100 {
            let bytes = random.bytes(count)
            for padding in [Base64.Padding.padded, .unpadded] {
                let text = Base64.encode(bytes.span, padding)
                #expect(Base64.decode(text.span, padding) == bytes)
            }
        }
    }

    @Test(
        "any other spelling is refused",
        arguments: [
            "A", "AA=", "AA", "AB==", "AAB=", "A A=", "AA==AA==", "AAA=AAAA", "====", "AA=A", "\n",
        ])
    func strict(_ text: String) {
        #expect(Base64.decode(Array(text.utf8).span, .padded) == nil)
    }

    @Test(
        "unpadded refuses padding and loose bits", arguments: ["AA==", "AB", "AAB", "AAAAA", "A-"])
    func strictUnpadded(_ text: String) {
        #expect(Base64.decode(Array(text.utf8).span, .unpadded) == nil)
    }
}
