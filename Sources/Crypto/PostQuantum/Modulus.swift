/// Arithmetic modulo q = 3329 in constant time: no division, no branch on a value.
///
/// Values are in 0..<q unless said otherwise. Source: FIPS 203, section 2.4 and 4.2.1.
enum Modulus {
    static let q: UInt16 = 3_329

    /// ⌊2^24 / q⌋: the quotient by it is at most one too small for dividends below 2^24.
    private static let barrett: UInt64 = 5_039
    private static let barrettShift: UInt64 = 24

    /// - Parameter value: Below 2q.
    static func reduceOnce(_ value: UInt16) -> UInt16 {
        let less = value &- q  // Wraps when value < q; the top bit then says so.
        return less &+ (less >> 15) &* q
    }

    /// - Parameter value: Below 2^24, such as a product of two values.
    static func reduce(_ value: UInt32) -> UInt16 {
        let quotient = UInt32(truncatingIfNeeded: (UInt64(value) &* barrett) >> barrettShift)
        return reduceOnce(UInt16(truncatingIfNeeded: value &- quotient &* UInt32(q)))
    }

    static func add(_ left: UInt16, _ right: UInt16) -> UInt16 { reduceOnce(left &+ right) }

    static func subtract(_ left: UInt16, _ right: UInt16) -> UInt16 {
        reduceOnce(left &- right &+ q)
    }

    static func multiply(_ left: UInt16, _ right: UInt16) -> UInt16 {
        reduce(UInt32(left) &* UInt32(right))
    }

    /// ⌈value · 2^bits / q⌋ mod 2^bits, rounding halves up; bits is 1, 4 or 10.
    static func compress(_ value: UInt16, bits: UInt32) -> UInt16 {
        let dividend = UInt32(value) << bits
        var quotient = UInt32(truncatingIfNeeded: (UInt64(dividend) &* barrett) >> barrettShift)
        // The remainder lies in 0..<2q: past q/2 it rounds up by one, past 3q/2 by two.
        let remainder = dividend &- quotient &* UInt32(q)
        let half = UInt32(q) / 2
        quotient &+= (half &- remainder) >> 31 & 1
        quotient &+= (half &+ UInt32(q) &- remainder) >> 31 & 1
        return UInt16(truncatingIfNeeded: quotient & ((1 << bits) &- 1))
    }

    /// ⌈value · q / 2^bits⌋, rounding halves up.
    static func decompress(_ value: UInt16, bits: UInt32) -> UInt16 {
        let dividend = UInt32(value) &* UInt32(q)
        return UInt16(truncatingIfNeeded: (dividend >> bits) &+ (dividend >> (bits - 1) & 1))
    }
}
