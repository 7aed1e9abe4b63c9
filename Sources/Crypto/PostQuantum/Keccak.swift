package import Secrets

/// SHA-3 and SHAKE: one sponge over Keccak-f[1600], its state in guarded memory.
///
/// Source: FIPS 202.
package struct Keccak: ~Copyable {
    package enum Function: Sendable {
        case sha3With256Bits, sha3With512Bits, shake128, shake256

        /// Bytes taken in or given out between two permutations.
        fileprivate var rate: Int {
            switch self {
            case .sha3With256Bits, .shake256: 136
            case .sha3With512Bits: 72
            case .shake128: 168
            }
        }

        /// The bits that tell the two families apart, and the first bit of the padding.
        fileprivate var suffix: UInt8 {
            switch self {
            case .sha3With256Bits, .sha3With512Bits: 0x06
            case .shake128, .shake256: 0x1f
            }
        }
    }

    private static let laneCount = 25
    private let function: Function
    /// 25 lanes of state, then 5 of working room.
    private var lanes = SecretBuffer<UInt64>(count: laneCount + 5)
    private var position = 0
    private var isSqueezing = false

    package init(_ function: Function) { self.function = function }

    /// Takes bytes in.
    ///
    /// - Precondition: Nothing was squeezed yet.
    package mutating func absorb(_ bytes: Span<UInt8>) {
        precondition(!isSqueezing, "a sponge takes nothing in once it gives")
        let rate = function.rate
        var place = position
        lanes.withMutableElements { lanes in
            for index in bytes.indices {
                lanes[place >> 3] ^= UInt64(bytes[index]) << UInt64(8 * (place & 7))
                place += 1
                if place == rate {
                    Self.permute(&lanes)
                    place = 0
                }
            }
        }
        position = place
    }

    package mutating func absorb(_ byte: UInt8) { absorb([byte].span) }

    /// Gives bytes out; SHAKE's any number, in any pieces.
    package mutating func squeeze(into out: inout MutableSpan<UInt8>) {
        if !isSqueezing { pad() }
        let rate = function.rate
        var place = position
        lanes.withMutableElements { lanes in
            for index in out.indices {
                if place == rate {
                    Self.permute(&lanes)
                    place = 0
                }
                out[index] = UInt8(truncatingIfNeeded: lanes[place >> 3] >> UInt64(8 * (place & 7)))
                place += 1
            }
        }
        position = place
    }

    package mutating func squeeze(count: Int) -> SecretBytes {
        SecretBytes(count: count) { out in squeeze(into: &out) }
    }

    private mutating func pad() {
        let (place, last, suffix) = (position, function.rate - 1, function.suffix)
        lanes.withMutableElements { lanes in
            lanes[place >> 3] ^= UInt64(suffix) << UInt64(8 * (place & 7))
            lanes[last >> 3] ^= UInt64(0x80) << UInt64(8 * (last & 7))
            Self.permute(&lanes)
        }
        position = 0
        isSqueezing = true
    }

    /// Source: FIPS 202, section 3.2: θ, then ρ and π in one walk over the lanes, χ, ι.
    private static func permute(_ lanes: inout MutableSpan<UInt64>) {
        for round in 0..<24 {
            for x in 0..<5 {
                lanes[25 + x] =
                    lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
            }
            for x in 0..<5 {
                let change = lanes[25 + (x + 4) % 5] ^ rotate(lanes[25 + (x + 1) % 5], 1)
                for y in stride(from: x, to: 25, by: 5) { lanes[y] ^= change }
            }
            var moving = lanes[1]
            for step in 0..<24 {
                let place = places[step]
                let next = lanes[place]
                lanes[place] = rotate(moving, rotations[step])
                moving = next
            }
            for row in stride(from: 0, to: 25, by: 5) {
                for x in 0..<5 { lanes[25 + x] = lanes[row + x] }
                for x in 0..<5 {
                    lanes[row + x] ^= ~lanes[25 + (x + 1) % 5] & lanes[25 + (x + 2) % 5]
                }
            }
            lanes[0] ^= roundConstants[round]
        }
    }

    private static func rotate(_ lane: UInt64, _ count: UInt64) -> UInt64 {
        lane << count | lane >> (64 - count)
    }

    /// Where π takes each lane next, beginning with lane 1.
    private static let places: [24 of Int] = [
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
    ]

    /// ρ's rotations in the same order: the triangular numbers modulo 64.
    private static let rotations: [24 of UInt64] = [
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
    ]

    private static let roundConstants: [24 of UInt64] = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808a,
        0x8000_0000_8000_8000, 0x0000_0000_0000_808b, 0x0000_0000_8000_0001,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8009, 0x0000_0000_0000_008a,
        0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000a,
        0x0000_0000_8000_808b, 0x8000_0000_0000_008b, 0x8000_0000_0000_8089,
        0x8000_0000_0000_8003, 0x8000_0000_0000_8002, 0x8000_0000_0000_0080,
        0x0000_0000_0000_800a, 0x8000_0000_8000_000a, 0x8000_0000_8000_8081,
        0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]
}
