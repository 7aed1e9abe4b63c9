import Testing

@testable import PostQuantum

@Suite("arithmetic modulo 3329")
struct ModulusTests {
    @Test("reduction is right for every product and below its bound")
    func reduces() {
        let q = UInt32(Modulus.q)
        var wrong = 0
        for value in stride(from: UInt32(0), to: q * q, by: 101)
        where UInt32(Modulus.reduce(value)) != value % q { wrong += 1 }
        for value in (1 << 24) - 5_000..<UInt32(1 << 24)
        where UInt32(Modulus.reduce(value)) != value % q { wrong += 1 }
        #expect(wrong == 0)
    }

    @Test("sums and differences at the edges")
    func edges() {
        let top = Modulus.q - 1
        #expect(Modulus.add(top, top) == top - 1)
        #expect(Modulus.add(top, 1) == 0)
        #expect(Modulus.subtract(0, top) == 1)
        #expect(Modulus.subtract(top, 0) == top)
    }

    @Test("compression rounds as by the book, for every value", arguments: [UInt32(1), 4, 10])
    func compresses(bits: UInt32) {
        let q = UInt32(Modulus.q)
        for value in 0..<Modulus.q {
            // ⌊(2 · value · 2^d + q) / 2q⌋ is the nearest integer, halves up.
            let expected = ((UInt32(value) << (bits + 1)) + q) / (2 * q) % (1 << bits)
            #expect(UInt32(Modulus.compress(value, bits: bits)) == expected)
        }
        for value in UInt16(0)..<1 << UInt16(bits) {
            let expected = (UInt32(value) * q * 2 + (1 << bits)) >> (bits + 1)
            #expect(UInt32(Modulus.decompress(value, bits: bits)) == expected)
            #expect(Modulus.compress(Modulus.decompress(value, bits: bits), bits: bits) == value)
        }
    }
}
