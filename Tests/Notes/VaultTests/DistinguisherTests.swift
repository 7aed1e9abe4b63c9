import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

/// Fresh randomness: what one commit adds to a file, when something was hidden in it and when not.
///
/// Statistic: per run six numbers (rows added; χ² with 255 degrees of freedom of all bytes of the
/// boxes, of the labels, and of the differences of neighbouring bytes; one bits in the ids; bytes
/// by which the file grew). For each the two samples are compared by the two-sample
/// Kolmogorov–Smirnov test. The suite fails when one of the six p-values is below 10⁻⁶.
@Suite("a distinguisher")
struct DistinguisherTests {
    private static let runs =
        ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1" ? 20_000 : 200

    /// A vault with a hidden compartment, to be put back before each run.
    private struct Stage {
        let folder: TemporaryDirectory
        let bytes: [UInt8]
        let outer: [UInt8]
        let hidden: [UInt8]
        let context: VaultContext
        let text = SeededRandom(seed: 5)

        init() throws {
            let rig = try VaultRig()
            outer = try rig.made()
            let vault = try rig.open()
            var key: [UInt8] = []
            try vault.addCompartment(passphrase: VaultRig.secret("otra")) { store in
                key = (store as? Vault).map { VaultRig.bytes($0.sessionKey()) } ?? []
            }
            _ = try vault.commit()
            hidden = key
            folder = rig.folder
            bytes = try rig.folder.read("vault.db")
            context = VaultContext(
                files: LinuxFileSystem(), clock: rig.clock, stateFolder: rig.folder("state"))
        }

        /// What one commit adds.
        func run(hides: Bool) throws -> [Double] {
            try folder.write("vault.db", bytes)
            let vault = try Vault.open(
                at: folder("vault.db"), with: .session(VaultRig.secret(hides ? hidden : outer)),
                in: context)
            let before = vault.index
            if hides {
                let byteCount = Int(text.below(UInt32(min(vault.room ?? 0, 11_000) - 100)))
                vault.stage(
                    kind: 1, entity: nil, parents: [],
                    fields: FieldList([Field(1, [UInt8](repeating: 0x61, count: byteCount))]))
            }
            #expect(try vault.commit() == .written)
            let reader = try #require(vault.file).boxes()
            var boxes: [UInt8] = []
            var labels: [UInt8] = []
            var ones = 0
            var rowCount = 0
            for (place, row) in vault.index.rows.enumerated() {
                let id = Array(vault.index.id(at: place))
                guard !before.contains(id) else { continue }
                rowCount += 1
                labels += id.suffix(16)
                ones += id.reduce(0) { $0 + $1.nonzeroBitCount }
                boxes += try reader.withBox(row) { box in box.indices.map { box[$0] } } ?? []
            }
            let growth = try folder.read("vault.db").count - bytes.count
            let differences = zip(boxes, boxes.dropFirst()).map { $1 &- $0 }
            return [
                Double(rowCount), chiSquare(boxes), chiSquare(labels), chiSquare(differences),
                Double(ones) / Double(rowCount), Double(growth),
            ]
        }

        private func chiSquare(_ bytes: [UInt8]) -> Double {
            var counts = [Int](repeating: 0, count: 256)
            for byte in bytes { counts[Int(byte)] += 1 }
            let expected = Double(bytes.count) / 256
            return counts.reduce(0) {
                $0 + (Double($1) - expected) * (Double($1) - expected) / expected
            }
        }
    }

    /// Two-sample Kolmogorov–Smirnov, asymptotic; ties make it only larger.
    private func probability(_ left: [Double], _ right: [Double]) -> Double {
        let left = left.sorted()
        let right = right.sorted()
        var place = (0, 0)
        var greatest = 0.0
        while place.0 < left.count, place.1 < right.count {
            let value = min(left[place.0], right[place.1])
            while place.0 < left.count, left[place.0] == value { place.0 += 1 }
            while place.1 < right.count, right[place.1] == value { place.1 += 1 }
            let distance =
                Double(place.0) / Double(left.count) - Double(place.1) / Double(right.count)
            greatest = max(greatest, abs(distance))
        }
        let size = Double(left.count * right.count) / Double(left.count + right.count)
        let lambda = greatest * (size.squareRoot() + 0.12 + 0.11 / size.squareRoot())
        guard lambda > 0.2 else { return 1 }
        let sum = (1...100).reduce(0.0) { sum, k in
            let k = Double(k)
            let sign = Int(k) % 2 == 1 ? 1.0 : -1.0
            return sum + sign * exp(-2 * k * k * lambda * lambda)
        }
        return min(1, max(0, 2 * sum))
    }

    @Test("finds no difference between a commit that hides and one that does not")
    func none() throws {
        let stage = try Stage()
        var samples: [[[Double]]] = [[], []]
        for _ in 0..<Self.runs {
            for side in 0..<2 { samples[side].append(try stage.run(hides: side == 1)) }
        }
        var found: [Double] = []
        for number in 0..<6 {
            found.append(
                probability(samples[0].map { $0[number] }, samples[1].map { $0[number] }))
        }
        print("distinguisher: \(Self.runs) + \(Self.runs) runs, p = \(found)")
        for p in found { #expect(p > 1e-6, "p = \(found)") }
    }

    @Test("would find one, were there one more row, or were a box's bytes not even")
    func control() {
        let random = SeededRandom(seed: 1)
        let counts = (0..<400).map { _ in Double(4 + random.below(8)) }
        #expect(probability(counts, counts.map { $0 + 3 }) < 1e-6)
        let flat = (0..<400).map { _ in Double(random.below(1_000)) }
        #expect(probability(flat, flat.map { $0 + 250 }) < 1e-6)
        #expect(probability(flat, flat.reversed()) > 0.99)
    }
}
