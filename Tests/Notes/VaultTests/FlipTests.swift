import Encoding
import Foundation
import Platform
import TestSupport
import Testing

@testable import Vault

/// Every byte of the cells and the head of a vault of three hundred cells; CI does one in 6,000.
///
/// The look is that of whoever has no key: every row's box against its id, all of SQLite's
/// structures, the head. `DamageTests` looks with the key, at a smaller vault.
@Suite("every flipped byte")
struct FlipTests {
    private static let step = DamageTests.isThorough ? 1 : 6_001
    /// Split, so that they share the cores.
    private static let parts = 8

    @Test("is noticed, and the file is whole again when it is put right", arguments: 0..<parts)
    func flips(_ part: Int) throws {
        let rig = try VaultRig()
        let key = try rig.made()
        var count = 0
        while count < 300 {
            let vault = try rig.open(session: key)
            rig.note(vault, "apunte \(count)")
            _ = try vault.commit()
            count = try vault.status().rowCount
        }
        let bytes = try rig.folder.read("vault.db")
        // Where rows of cells and of the head lie, by what SQLite writes before them.
        var places: [Int] = []
        for pattern in [RawBytes.cell] + RawBytes.heads {
            for place in bytes.indices.dropLast(pattern.header.count + pattern.byteCount - 1)
            where bytes[place] == pattern.header[0] {
                let start = place + pattern.header.count
                guard bytes[place..<start].elementsEqual(pattern.header) else { continue }
                places += start..<start + pattern.byteCount
            }
        }
        #expect(places.count == count * 4_032 + 3 * 52)
        let handle = try FileHandle(forUpdating: URL(filePath: rig.path))
        func put(_ place: Int, _ byte: UInt8) throws {
            try handle.seek(toOffset: UInt64(place))
            try handle.write(contentsOf: Data([byte]))
        }
        let random = SeededRandom(seed: UInt64(part))
        var noticed = 0
        for number in stride(from: part * Self.step, to: places.count, by: Self.parts * Self.step) {
            let place = places[number]
            try put(place, bytes[place] ^ UInt8(1 + random.below(255)))
            let check = try? VaultFile(rig.path, access: .readOnly).check()
            #expect(check?.isWhole != true, "byte \(place)")
            noticed += 1
            try put(place, bytes[place])
        }
        print("flips: \(noticed) of part \(part), all noticed unless said otherwise")
        #expect(noticed > 0)
        #expect(try VaultFile(rig.path).check().isWhole)
    }
}
