internal import Secrets

/// A vector of polynomials with 256 coefficients modulo q, in guarded memory.
///
/// Source: FIPS 203, sections 4.2 and 4.3.
struct Polynomials: ~Copyable {
    static let degree = 256

    let count: Int
    private var coefficients: SecretBuffer<UInt16>

    init(count: Int) {
        self.count = count
        coefficients = SecretBuffer(count: count * Self.degree)
    }

    // Sampling

    /// Fills polynomial `index` from public bytes by rejection; the time depends on them.
    ///
    /// Source: FIPS 203, algorithm 7.
    mutating func sampleUniform(_ index: Int, from xof: inout Keccak) {
        var block = [UInt8](repeating: 0, count: 168)
        var filled = 0
        while filled < Self.degree {
            var span = block.mutableSpan
            xof.squeeze(into: &span)
            coefficients.withMutableElements { out in
                for start in stride(from: 0, to: 168, by: 3) {
                    let low = UInt16(block[start]) | UInt16(block[start + 1] & 15) << 8
                    let high = UInt16(block[start + 1] >> 4) | UInt16(block[start + 2]) << 4
                    if low < Modulus.q, filled < Self.degree {
                        out[index * Self.degree + filled] = low
                        filled += 1
                    }
                    if high < Modulus.q, filled < Self.degree {
                        out[index * Self.degree + filled] = high
                        filled += 1
                    }
                }
            }
        }
    }

    /// Fills polynomial `index` with small secret values from SHAKE256(seed ‖ number).
    ///
    /// Source: FIPS 203, algorithm 8 with η = 2.
    mutating func sampleSmall(_ index: Int, seed: borrowing SecretBytes, number: Int) {
        var prf = Keccak(.shake256)
        seed.withBytes { prf.absorb($0) }
        prf.absorb(UInt8(number))
        let stream = prf.squeeze(count: Self.degree / 2)
        coefficients.withMutableElements { out in
            stream.withBytes { stream in
                for place in 0..<Self.degree {
                    let four = stream[place >> 1] >> UInt8(4 * (place & 1))
                    let plus = (four & 1) &+ (four >> 1 & 1)
                    let minus = (four >> 2 & 1) &+ (four >> 3 & 1)
                    out[index * Self.degree + place] = Modulus.subtract(
                        UInt16(plus), UInt16(minus))
                }
            }
        }
    }

    // Arithmetic

    mutating func add(_ other: borrowing Polynomials) {
        coefficients.withMutableElements { mine in
            other.coefficients.withElements { theirs in
                for place in mine.indices { mine[place] = Modulus.add(mine[place], theirs[place]) }
            }
        }
    }

    mutating func subtract(_ other: borrowing Polynomials) {
        coefficients.withMutableElements { mine in
            other.coefficients.withElements { theirs in
                for place in mine.indices {
                    mine[place] = Modulus.subtract(mine[place], theirs[place])
                }
            }
        }
    }

    /// Adds the product of two transformed polynomials to polynomial `index`.
    ///
    /// Source: FIPS 203, algorithms 11 and 12.
    mutating func addProduct(
        _ index: Int, _ left: borrowing Polynomials, _ leftIndex: Int,
        _ right: borrowing Polynomials, _ rightIndex: Int
    ) {
        let (start, a, b) = (index * 256, leftIndex * 256, rightIndex * 256)
        let zetas = Self.zetas
        coefficients.withMutableElements { out in
            left.coefficients.withElements { left in
                right.coefficients.withElements { right in
                    for place in stride(from: 0, to: Self.degree, by: 2) {
                        let (a0, a1) = (left[a + place], left[a + place + 1])
                        let (b0, b1) = (right[b + place], right[b + place + 1])
                        // γ = ζ^(2·BitRev7(i) + 1): the powers of the last layer, with both signs.
                        let zeta = zetas[64 + place >> 2]
                        let gamma = place & 2 == 0 ? zeta : Modulus.q - zeta
                        let even = Modulus.add(
                            Modulus.multiply(a0, b0),
                            Modulus.multiply(Modulus.multiply(a1, b1), gamma))
                        let odd = Modulus.add(
                            Modulus.multiply(a0, b1), Modulus.multiply(a1, b0))
                        out[start + place] = Modulus.add(out[start + place], even)
                        out[start + place + 1] = Modulus.add(out[start + place + 1], odd)
                    }
                }
            }
        }
    }

    /// The number-theoretic transform of every polynomial. Source: FIPS 203, algorithm 9.
    mutating func transform() {
        let (count, zetas) = (count, Self.zetas)
        coefficients.withMutableElements { f in
            for base in stride(from: 0, to: count * Self.degree, by: Self.degree) {
                var k = 1
                var length = 128
                while length >= 2 {
                    for start in stride(from: base, to: base + Self.degree, by: 2 * length) {
                        for place in start..<start + length {
                            let other = Modulus.multiply(zetas[k], f[place + length])
                            f[place + length] = Modulus.subtract(f[place], other)
                            f[place] = Modulus.add(f[place], other)
                        }
                        k += 1
                    }
                    length /= 2
                }
            }
        }
    }

    /// Undoes `transform`. Source: FIPS 203, algorithm 10.
    mutating func transformBack() {
        let (count, zetas) = (count, Self.zetas)
        coefficients.withMutableElements { f in
            for base in stride(from: 0, to: count * Self.degree, by: Self.degree) {
                var k = 127
                var length = 2
                while length <= 128 {
                    for start in stride(from: base, to: base + Self.degree, by: 2 * length) {
                        for place in start..<start + length {
                            let first = f[place]
                            f[place] = Modulus.add(first, f[place + length])
                            f[place + length] = Modulus.multiply(
                                zetas[k], Modulus.subtract(f[place + length], first))
                        }
                        k -= 1
                    }
                    length *= 2
                }
                for place in base..<base + Self.degree {
                    f[place] = Modulus.multiply(f[place], 3_303)  // 128^-1 modulo q
                }
            }
        }
    }

    /// 17^BitRev7(i) modulo q.
    private static let zetas: [UInt16] = (0..<128).map { index in
        let reversed = (0..<7).reduce(0) { $0 << 1 | index >> $1 & 1 }
        return (0..<reversed).reduce(1) { power, _ in Modulus.multiply(power, 17) }
    }

    // Bytes

    /// Writes every coefficient's low `bits` bits at `start`, after compression if `bits` < 12.
    ///
    /// Source: FIPS 203, algorithm 5 (ByteEncode).
    func encode(bits: Int, into out: inout MutableSpan<UInt8>, at start: Int) {
        coefficients.withElements { f in
            var next = start
            var group: UInt32 = 0
            var filled = 0
            for place in f.indices {
                let value =
                    bits == 12 ? f[place] : Modulus.compress(f[place], bits: UInt32(bits))
                group |= UInt32(value) << UInt32(filled)
                filled += bits
                while filled >= 8 {
                    out[next] = UInt8(truncatingIfNeeded: group)
                    next += 1
                    group >>= 8
                    filled -= 8
                }
            }
        }
    }

    /// Reads what `encode` writes, decompressed if `bits` < 12.
    ///
    /// - Returns: Whether every coefficient was below q, which only 12 bits can break.
    mutating func decode(bits: Int, from bytes: Span<UInt8>, at start: Int) -> Bool {
        var isReduced = true
        coefficients.withMutableElements { f in
            var next = start
            var group: UInt32 = 0
            var filled = 0
            for place in f.indices {
                while filled < bits {
                    group |= UInt32(bytes[next]) << UInt32(filled)
                    next += 1
                    filled += 8
                }
                let value = UInt16(truncatingIfNeeded: group & ((1 << UInt32(bits)) - 1))
                group >>= UInt32(bits)
                filled -= bits
                if bits == 12 {
                    // Only public keys are read in this form.
                    if value >= Modulus.q { isReduced = false }
                    f[place] = value
                } else {
                    f[place] = Modulus.decompress(value, bits: UInt32(bits))
                }
            }
        }
        return isReduced
    }
}
