import Bundles
import Testing

@Suite("lengths that tell little")
struct PadmeTests {
    @Test("published values, at most 12 % more, and a length of its own is kept")
    func lengths() {
        for (length, expected) in [
            (0, 0), (1, 1), (9, 10), (100, 104), (10_240, 10_240), (10_241, 10_752),
            (1 << 20, 1 << 20), (1_048_577, 1_081_344),
        ] {
            #expect(Padme.length(length) == expected)
        }
        for step in 1..<3_000 {
            let length = step * step * 7
            let padded = Padme.length(length)
            #expect(padded >= length && padded * 100 <= length * 112)
            #expect(Padme.length(padded) == padded)
        }
    }
}
