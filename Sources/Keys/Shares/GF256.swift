internal import Secrets

/// Arithmetic in the field of 256 elements, without tables or branches on values: a table read at
/// a secret index would leak through the cache of a shared machine.
///
/// Source: SLIP-39, "Shamir's secret sharing"; Rijndael's polynomial x^8 + x^4 + x^3 + x + 1.
enum GF256 {
    static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var product: UInt8 = 0
        var shifted = left
        for bit in 0..<UInt8(8) {
            // 0 or 255, from one bit; &- wraps by intent.
            product ^= shifted & (0 &- (right >> bit & 1))
            shifted = shifted << 1 ^ (0x1b & (0 &- (shifted >> 7)))
        }
        return product
    }

    /// The inverse, by Fermat: x^254. Zero gives zero.
    static func inverse(_ value: UInt8) -> UInt8 {
        var result: UInt8 = 1
        var power = value
        // 254 = 11111110 in binary: every power but the first.
        for _ in 0..<7 {
            power = multiply(power, power)
            result = multiply(result, power)
        }
        return result
    }

    /// One known value of the polynomials: their common place, and a byte of each.
    struct Point: Sendable {
        let x: UInt8
        let value: SharedSecret
    }

    /// The value at `x` of the polynomials of least degree through `points`.
    ///
    /// - Precondition: At least one point, different places, values of one length.
    static func interpolate(_ points: [Point], at x: UInt8) -> SecretBytes {
        precondition(Set(points.map(\.x)).count == points.count, "a place is given twice")
        let weights = points.map { weight(of: $0.x, among: points, at: x) }
        return SecretBytes(count: points[0].value.bytes.count) { out in
            for (point, weight) in zip(points, weights) {
                accumulate(point.value, weight, into: &out)
            }
        }
    }

    /// Lagrange's basis polynomial of the point at `place`, at `x`. Places are no secret.
    private static func weight(of place: UInt8, among points: [Point], at x: UInt8) -> UInt8 {
        var weight: UInt8 = 1
        for other in points where other.x != place {
            weight = multiply(weight, multiply(x ^ other.x, inverse(place ^ other.x)))
        }
        return weight
    }

    private static func accumulate(
        _ value: SharedSecret, _ weight: UInt8, into out: inout MutableSpan<UInt8>
    ) {
        value.bytes.withBytes { bytes in
            for index in bytes.indices { out[index] ^= multiply(bytes[index], weight) }
        }
    }
}
