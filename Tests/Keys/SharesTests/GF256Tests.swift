import Secrets
import TestSupport
import Testing

@testable import Shares

@Suite("the field of 256 elements")
struct GF256Tests {
    /// By the book: carry-less multiplication, then the remainder of 0x11b.
    private func longMultiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var product = 0
        for bit in 0..<8 where right >> UInt8(bit) & 1 == 1 { product ^= Int(left) << bit }
        for bit in (8..<15).reversed() where product >> bit & 1 == 1 {
            product ^= 0x11b << (bit - 8)
        }
        return UInt8(product)
    }

    @Test("multiplies every pair as by the book")
    func products() {
        var wrong = 0
        for left in UInt8.min...UInt8.max {
            for right in UInt8.min...UInt8.max
            where GF256.multiply(left, right) != longMultiply(left, right) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test("a value times its inverse is one, and zero has none")
    func inverses() {
        #expect((1...255).allSatisfy { GF256.multiply($0, GF256.inverse($0)) == 1 })
        #expect(GF256.inverse(0) == 0)
    }

    @Test("interpolation through points of a polynomial finds its other values")
    func interpolates() {
        let random = SeededRandom(seed: 31)
        for degree in 0..<16 {
            let coefficients = random.bytes(degree + 1)
            func value(_ x: UInt8) -> UInt8 {
                coefficients.reversed().reduce(0) { GF256.multiply($0, x) ^ $1 }
            }
            let points = (0...UInt8(degree)).map { x in
                GF256.Point(x: x, value: SharedSecret(SecretBytes(copying: [value(x)].span)))
            }
            for x in [UInt8(100), 254, 255] {
                let found = GF256.interpolate(points, at: x).withBytes { $0[0] }
                #expect(found == value(x))
            }
        }
    }
}
