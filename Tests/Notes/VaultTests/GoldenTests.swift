import Encoding
import Foundation
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

@testable import Vault

/// 0, 1, 2, … for examples that can be written down.
final class CountingRandom: RandomSource, @unchecked Sendable {
    private var next: UInt8 = 0

    package func fill(_ span: inout MutableSpan<UInt8>) {
        for index in span.indices {
            span[index] = next
            next &+= 1
        }
    }
}

/// Every layout as bytes. The same digits are the worked example of Docs/formats/vault.md.
@Suite("golden bytes")
struct GoldenTests {
    static let vault = id(0)
    static let head = Head(
        salt: vault, cost: KeyDerivationCost(unchecked: 3, 64 << 20), lineage: id(16))
    static let document = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Docs/formats/vault.md")

    static func id(_ first: UInt8) -> ID16 {
        guard let id = ID16([UInt8](first..<first + 16)) else { preconditionFailure() }
        return id
    }

    /// The digits under each name in the document's last block: a name at the start of a line,
    /// its digits indented below.
    static let example: [String: String] = {
        let text = (try? String(contentsOf: document, encoding: .utf8)) ?? ""
        var digits: [String: String] = [:]
        var name = ""
        for line in text.split(separator: "```").dropLast().last?.split(separator: "\n") ?? [] {
            if line.hasPrefix("    ") {
                digits[name, default: ""] += line.dropFirst(4)
            } else {
                name = String(line)
            }
        }
        return digits
    }()

    private func expect(_ digits: String, _ name: String) {
        #expect(digits == Self.example[name], "\(name)\n    \(digits)")
    }

    private func hex(_ secret: borrowing SecretBytes) -> String {
        secret.withBytes { Hex.encode($0) }
    }

    @Test("head")
    func headSum() {
        expect(Hex.encode(Self.head.sum), "sum")
    }

    @Test("from a passphrase to its slot's keys and the slot's row")
    func slot() throws {
        let passphrase = VaultRig.secret("correct horse")
        let stretched = try SlotKey.stretch(passphrase, for: Self.head)
        expect(hex(stretched), "P")
        let recovery = try SlotKey.passphrase(
            recovery: VaultRig.secret([UInt8](repeating: 0xab, count: 16)))
        #expect(
            VaultRig.bytes(recovery)
                == Array("amparo-recovery-1:abababababababababababababababab".utf8))

        let kek = BLAKE2b.hash(
            count: 32, Array("amparo/kek/1".utf8),
            VaultRig.bytes(stretched))
        expect(Hex.encode(kek), "KEK")
        let master = VaultRig.secret(kek)
        expect(hex(Subkey.derive(1, context: "AmpSlot1", from: master)), "seal key")
        expect(hex(Subkey.derive(2, context: "AmpSlot1", from: master)), "label key")

        let slot = Slot(
            role: .outer, origin: .passphrase, master: VaultRig.secret([UInt8](32..<64)),
            visitKey: VaultRig.secret([UInt8](64..<96)), minute: 29_000_000)
        let content = slot.serialized()
        expect(hex(content), "slot")
        let keys = SlotKey.keys(from: stretched, pepper: nil)
        let cell = keys.seal(
            VaultRig.bytes(content), at: .slot,
            vault: Self.vault, random: CountingRandom())
        expect(Hex.encode(cell.id), "slot's id")
        expect(Hex.encode(Array(cell.box[..<64])), "slot's box")
        #expect(keys.recognise(cell.id.span) == .slot)
        var text = [UInt8](repeating: 0, count: CellFormat.textByteCount)
        let opened = keys.open(cell.box.span, at: .slot, vault: Self.vault, using: &text)
        #expect(opened.map { Array($0) } == VaultRig.bytes(content))

        let pepper = SharedSecret(VaultRig.secret([UInt8](repeating: 7, count: 32)))
        let peppered = SlotKey.keys(from: stretched, pepper: pepper)
        #expect(peppered.recognise(cell.id.span) == nil)
    }

    @Test("visit, record, commit and log cell")
    func log() throws {
        let visit = Visit(device: Self.id(0xd0), minute: 29_000_000)
        expect(Hex.encode(visit.serialized()), "visit")
        #expect(Visit(parsing: visit.serialized()[...]) == visit)

        let record = Record(
            kind: 1, entity: Self.id(0x10), version: Self.id(0x20), parents: [Self.id(0x30)],
            time: Instant(milliseconds: 1_740_000_000_000), device: Self.id(0xd0),
            fields: FieldList([Field(1, "Puerto"), Field(2, "ñ")]))
        let commit = Commit(id: Self.id(0x40), parents: [Self.id(0x50)], records: [record])
        let parts = try LogPart.cut(commit)
        try #require(parts.count == 1)
        expect(Hex.encode(parts[0].serialized()), "log cell")
        #expect(LogPart(parsing: parts[0].serialized()[...]) == parts[0])
        #expect(try Commit(id: commit.id, parsing: parts[0].slice[...]) == commit)

        let keys = CellKeys(from: VaultRig.secret([UInt8](32..<64)), context: "AmpComp1")
        let address = CellAddress(kind: .log, sequence: 0x01_0203_0405_0607)
        let cell = keys.seal(
            parts[0].serialized(), at: address, vault: Self.vault, random: CountingRandom())
        expect(Hex.encode(cell.id), "log cell's id")
        #expect(keys.recognise(cell.id.span) == address)
    }

    @Test("blob cell and witness")
    func others() {
        let content = BlobPiece.header(Self.id(0xb0), 0x010203) + [1, 2, 3]
        expect(Hex.encode(content), "blob cell")
        #expect(
            Hex.encode(BlobPiece.address(Self.id(0xb0), 0x010203).bytes) == "05b0b1b2b3010203")

        var index = CellIndex()
        let cells = [SealedCell.chaff(CountingRandom())]
        index.add(cells, rows: [1])
        let witness = Witness(vault: Self.vault, index: index, lastCommit: cells)
        expect(Hex.encode(witness.serialized()), "witness")
        #expect(Witness(parsing: witness.serialized()) == witness)
    }

    @Test("a commit is cut at the cell's size, and joined again")
    func cutting() throws {
        for count in [0, 3_938 - 1 - 73 - 5, 3_938 - 1 - 73 - 4, 20_000] {
            let record = Record(
                kind: 1, entity: Self.id(1), version: Self.id(2), parents: [],
                time: Instant(milliseconds: 0), device: Self.id(3),
                fields: FieldList([Field(1, [UInt8](repeating: 5, count: count))]))
            let commit = Commit(id: Self.id(4), parents: [], records: [record])
            let parts = try LogPart.cut(commit)
            #expect(parts.allSatisfy { $0.serialized().count <= CellFormat.contentLimit })
            #expect(parts.count == (commit.serialized().count + 3_937) / 3_938)
            #expect(History(parts: parts.reversed()).commits == [commit])
        }
    }
}
