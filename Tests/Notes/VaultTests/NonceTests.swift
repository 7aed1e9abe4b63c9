import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

/// Boxes by the million, with the system's randomness: no nonce comes twice, and no byte of a cell's
/// id or box is likelier than in chaff.
///
/// Nonces are compared by their first 8 bytes: among ten million two would agree by chance with
/// p = 3·10⁻⁶. Bytes: the two-sample χ² with 255 degrees of freedom, for ids and for boxes, over one
/// cell in a hundred; it fails above 400.7, which is p = 10⁻⁸.
@Suite("nonces and bytes of sealed cells")
struct NonceTests {
    private static let count = DamageTests.isThorough ? 10_000_000 : 5_000
    private static let limit = 400.7

    @Test("no nonce twice, no byte likelier than in chaff")
    func unique() {
        let keys = CellKeys(from: SecretBytes.random(count: 32), context: "AmpComp1")
        let vault = GoldenTests.id(3)
        let random = SystemRandom()
        let content = Array("Entrevista en el puerto, de noche".utf8)
        var nonces: [UInt64] = []
        nonces.reserveCapacity(Self.count)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: 256), count: 4)
        for number in 0..<Self.count {
            let cell = keys.seal(
                content, at: CellAddress(kind: .log, sequence: UInt64(number)), vault: vault,
                random: random)
            nonces.append(cell.box.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
            guard number % 100 == 0 || !DamageTests.isThorough && number % 25 == 0 else { continue }
            let chaff = SealedCell.chaff(random)
            for (place, bytes) in [cell.id, chaff.id, cell.box, chaff.box].enumerated() {
                for byte in bytes { counts[place][Int(byte)] += 1 }
            }
        }
        nonces.sort()
        let repeated = zip(nonces, nonces.dropFirst()).count { $0 == $1 }
        #expect(repeated == 0)
        let found = [statistic(counts[0], counts[1]), statistic(counts[2], counts[3])]
        print("nonces: \(Self.count) cells, \(repeated) repeated; χ² of ids, boxes: \(found)")
        for value in found { #expect(value < Self.limit) }
    }

    /// Both samples are of one size.
    private func statistic(_ left: [Int], _ right: [Int]) -> Double {
        zip(left, right).reduce(0) { sum, pair in
            let both = Double(pair.0 + pair.1)
            guard both > 0 else { return sum }
            let difference = Double(pair.0 - pair.1)
            return sum + difference * difference / both
        }
    }

    @Test("would find one byte in a hundred that is likelier")
    func control() {
        var even = [Int](repeating: 10_000, count: 256)
        let fair = even
        even[7] += 4_000
        #expect(statistic(fair, fair) == 0 && statistic(even, fair) > Self.limit)
    }
}
