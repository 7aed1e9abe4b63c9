import Encoding
import Foundation
import Platform
import TestSupport
import Testing

@testable import Vault

/// Every byte of the cells and the head of a vault of three hundred cells.
///
/// A place in a row is flipped in every third row at once: each of them must be named, and what the
/// others hold be read. In ids, which lie in the index too, and in the head one byte at a time is.
/// CI takes some of the places; AMPARO_TORTURE=1 takes all.
@Suite("every flipped byte")
struct FlipTests {
    private static let step = DamageTests.isThorough ? 1 : 211
    /// Split, so that they share the cores.
    private static let parts = 8

    private struct Original {
        let rig: VaultRig
        let key: [UInt8]
        let bytes: [UInt8]
        /// Where each row's id and box begin, by number of the row.
        let rows: [(row: Int64, id: Int, box: Int)]
        let heads: [Int]
        let texts: [String]
        /// What each row of the log says.
        let textOfRow: [Int64: String]

        init() throws {
            rig = try VaultRig()
            key = try rig.made()
            var count = 0
            var texts: [String] = []
            var textOfRow: [Int64: String] = [:]
            while count < 300 {
                let vault = try rig.open(session: key)
                let before = Set(vault.index.rows)
                rig.note(vault, "apunte \(count)")
                texts.append("apunte \(count)")
                _ = try vault.commit()
                for cell in vault.index.candidates(vault.compartmentKeys)
                where !before.contains(cell.row) { textOfRow[cell.row] = "apunte \(count)" }
                count = try vault.status().rowCount
            }
            self.texts = texts
            self.textOfRow = textOfRow
            let bytes = try rig.folder.read("vault.db")
            func places(_ pattern: RawBytes.Pattern) -> [Int] {
                bytes.indices.dropLast(pattern.header.count + pattern.byteCount - 1).compactMap {
                    guard bytes[$0] == pattern.header[0] else { return nil }
                    let start = $0 + pattern.header.count
                    return bytes[$0..<start].elementsEqual(pattern.header) ? start : nil
                }
            }
            self.bytes = bytes
            let file = try VaultFile(rig.path, access: .readOnly)
            let index = try file.scan().index
            let byID = Dictionary(
                uniqueKeysWithValues: index.rows.indices.map {
                    (Array(index.id(at: $0)), index.rows[$0])
                })
            rows = try places(RawBytes.cell).map { start in
                let row = try #require(byID[Array(bytes[start..<start + 32])])
                return (row, start, start + 32)
            }
            heads = RawBytes.heads.flatMap { places($0) }
            #expect(rows.count == count && heads.count == 3)
        }
    }

    @Test("in a box it is named, and the other notes are read", arguments: 0..<parts)
    func boxes(_ part: Int) throws {
        let original = try Original()
        let random = SeededRandom(seed: UInt64(part))
        var flipped = 0
        for place in stride(
            from: part * Self.step, to: CellFormat.boxByteCount, by: Self.parts * Self.step)
        {
            for third in 0..<3 {
                var bytes = original.bytes
                var hit: Set<Int64> = []
                for (number, row) in original.rows.enumerated() where number % 3 == third {
                    bytes[row.box + place] ^= UInt8(1 + random.below(255))
                    hit.insert(row.row)
                }
                try original.rig.folder.write("vault.db", bytes)
                let check = try VaultFile(original.rig.path, access: .readOnly).check()
                #expect(Set(check.damage) == Set(hit.map { .row($0) }), "place \(place)")
                guard let vault = try? original.rig.open(session: original.key) else {
                    // The only visit or slot may be among them; a session needs no slot.
                    Issue.record("place \(place): it does not open")
                    continue
                }
                let kept = original.textOfRow.filter { !hit.contains($0.key) }.values
                #expect(Set(VaultRig.texts(vault)) == Set(kept), "place \(place)")
                flipped += hit.count
            }
        }
        print("flips: \(flipped) in boxes, part \(part)")
        #expect(flipped > 0)
    }

    @Test("in an id or the head it is noticed, one by one", arguments: 0..<parts)
    func idsAndHead(_ part: Int) throws {
        let original = try Original()
        let random = SeededRandom(seed: UInt64(part))
        var places = original.heads.flatMap { Array($0..<$0 + 52) }
        for row in original.rows { places += row.id..<row.id + 32 }
        let handle = try FileHandle(forUpdating: URL(filePath: original.rig.path))
        func put(_ place: Int, _ byte: UInt8) throws {
            try handle.seek(toOffset: UInt64(place))
            try handle.write(contentsOf: Data([byte]))
        }
        var flipped = 0
        for number in stride(from: part * Self.step, to: places.count, by: Self.parts * Self.step) {
            let place = places[number]
            try put(place, original.bytes[place] ^ UInt8(1 + random.below(255)))
            let check = try? VaultFile(original.rig.path, access: .readOnly).check()
            #expect(check?.isWhole != true, "byte \(place)")
            flipped += 1
            try put(place, original.bytes[place])
        }
        print("flips: \(flipped) in ids and heads, part \(part)")
        #expect(flipped > 0)
        #expect(try VaultFile(original.rig.path).check().isWhole)
    }
}
