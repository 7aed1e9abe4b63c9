import Database
import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

/// Whatever happens to the bytes: no crash, nothing wrong taken for right, the rest readable.
@Suite("damage")
struct DamageTests {
    private static let notes = ["uno", "dos", "tres"]
    static let isThorough = ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"

    /// A vault with three notes, each in a commit of its own, and a blob.
    private struct Original {
        let rig: VaultRig
        let key: [UInt8]
        let bytes: [UInt8]
        let blob: BlobReference
        let rowCount: Int

        init() throws {
            rig = try VaultRig()
            let vault = try rig.create()
            for text in DamageTests.notes {
                rig.note(vault, text)
                _ = try vault.commit()
            }
            var piece = [UInt8](repeating: 7, count: 5_000)
            blob = try vault.stageBlob {
                defer { piece = [] }
                return piece
            }
            _ = try vault.commit()
            key = VaultRig.bytes(vault.sessionKey())
            bytes = try rig.folder.read("vault.db")
            rowCount = try vault.status().rowCount
        }
    }

    /// What a look at a damaged vault shows.
    private enum Finding: Equatable {
        case refused
        case reported
        case unharmed
    }

    private func look(_ original: Original, at bytes: [UInt8]) throws -> Finding {
        let rig = original.rig
        try rig.folder.write("damaged.db", bytes)
        defer {
            for name in rig.folder.names where name.hasPrefix("damaged.db") {
                try? FileManager.default.removeItem(atPath: rig.folder(name))
            }
        }
        do {
            let vault = try rig.open(session: original.key, path: rig.folder("damaged.db"))
            let check = try vault.check(blobs: [original.blob])
            let texts = VaultRig.texts(vault)
            // Nothing is ever invented.
            #expect(texts.allSatisfy { Self.notes.contains($0) })
            #expect(Set(texts).count == texts.count)
            guard check.isWhole else { return .reported }
            #expect(texts == Self.notes && check.rowCount == original.rowCount)
            return .unharmed
        } catch is VaultError {
            return .refused
        }
    }

    @Test("every flipped byte of cells and head is noticed; other bytes do no harm unnoticed")
    func flips() throws {
        let original = try Original()
        var places: Set<Int> = []
        let random = SeededRandom(seed: 3)
        places = Set((0..<250).map { _ in Int(random.below(UInt32(original.bytes.count))) })
        places.formUnion(stride(from: 0, to: 100, by: 3))
        // Where a box, id or head field lies: there a flip must show.
        let database = try Database(path: original.rig.path, access: .readOnly)
        var covered: [Range<Int>] = []
        for sql in ["SELECT id FROM cell", "SELECT box FROM cell", "SELECT salt FROM head"] {
            let rows = try database.prepare(sql)
            while try rows.step() {
                let blob = try #require(rows.blob(0))
                for range in original.bytes.ranges(of: blob.prefix(64)) {
                    covered.append(range.lowerBound..<range.lowerBound + blob.count)
                }
            }
        }
        for place in places.sorted() {
            var bytes = original.bytes
            bytes[place] ^= UInt8(1 + random.below(255))
            let finding = try look(original, at: bytes)
            if covered.contains(where: { $0.contains(place) }) {
                #expect(finding != .unharmed, "byte \(place)")
            }
        }
    }

    @Test("two of three head rows may go")
    func head() throws {
        let original = try Original()
        let rig = original.rig
        for change in [
            "UPDATE head SET salt=zeroblob(16) WHERE n<3", "DELETE FROM head WHERE n>1",
            "UPDATE head SET ops='x' WHERE n>1", "UPDATE head SET sum=x'' WHERE n<>2",
            "UPDATE head SET salt=zeroblob(20000) WHERE n=1",
            "UPDATE head SET lineage=randomblob(16), mem=-1 WHERE n=1",
        ] {
            try rig.folder.write("vault.db", original.bytes)
            try Database(path: rig.path, access: .readWrite).execute(change)
            let vault = try rig.open(session: original.key)
            #expect(VaultRig.texts(vault) == Self.notes)
            #expect(vault.damage.contains { if case .head = $0 { true } else { false } })
            #expect(try !VaultFile(rig.path).check().isWhole)
        }
    }

    @Test("a note's own cell is lost alone, and said to be")
    func oneCell() throws {
        let original = try Original()
        let rig = original.rig
        let rows =
            try Database(path: rig.path, access: .readOnly)
            .integer("SELECT max(n) FROM cell") ?? 0
        var readable: [Int: Int] = [:]
        for row in 1...rows {
            try rig.folder.write("vault.db", original.bytes)
            let database = try Database(path: rig.path, access: .readWrite)
            try database.run("UPDATE cell SET box=randomblob(4000) WHERE n=?", .integer(row))
            let vault = try rig.open(session: original.key)
            let check = try vault.check(blobs: [original.blob])
            #expect(check.damage.contains(.row(row)))
            readable[VaultRig.texts(vault).count, default: 0] += 1
        }
        #expect(readable == [2: 3, 3: Int(rows) - 3])
    }

    @Test("cut, repeated, swapped and transplanted rows are reported and block nobody")
    func rows() throws {
        let original = try Original()
        let rig = original.rig
        let other = try VaultRig(seed: 77)
        try other.made()
        let random = SeededRandom(seed: 11)
        for round in 0..<(Self.isThorough ? 7_500 : 40) {
            try rig.folder.write("vault.db", original.bytes)
            let database = try Database(path: rig.path, access: .readWrite)
            let count = try database.integer("SELECT max(n) FROM cell") ?? 0
            func row() -> Value { .integer(1 + Int64(random.below(UInt32(count)))) }
            var isPoison = true
            switch round % 4 {
            case 0:
                try database.run("DELETE FROM cell WHERE n=?", row())
                isPoison = false
            case 1:
                // The same box under an id that says something else of it.
                try database.run(
                    "INSERT INTO cell(id, box) SELECT"
                        + " CAST(randomblob(16) || substr(id, 17) AS BLOB), box"
                        + " FROM cell WHERE n=?", row())
            case 2:
                try database.run(
                    "UPDATE cell SET box=(SELECT box FROM cell WHERE n=?) WHERE n=?", row(), row())
            default:
                // A whole cell of another vault, under a label of ours with another sequence.
                let id = try #require(
                    try Database(path: other.path, access: .readOnly).prepare(
                        "SELECT id FROM cell LIMIT 1"
                    ).first())
                try database.run(
                    "INSERT INTO cell(id, box) VALUES(?, zeroblob(4000))", .blob(id))
            }
            let vault = try rig.open(session: original.key)
            let check = try vault.check(blobs: [original.blob])
            let texts = VaultRig.texts(vault)
            if isPoison, round % 4 != 2 { #expect(texts == Self.notes && !check.isWhole) }
            #expect(texts.allSatisfy { Self.notes.contains($0) } && texts.count >= 2)
            #expect(check.rowCount >= original.rowCount - 1)
        }
    }

    @Test("cells repeated under another sequence, as whoever keeps a copy can make them, are noise")
    func echoes() throws {
        let original = try Original()
        let rig = original.rig
        try Database(path: rig.path, access: .readWrite).execute(
            "INSERT INTO cell(id, box) SELECT CAST(substr(id, 1, 31) || x'ff' AS BLOB), box FROM cell"
                + " WHERE substr(id, 32) <> x'ff'")
        let vault = try rig.open(session: original.key)
        #expect(vault.damage.isEmpty && VaultRig.texts(vault) == Self.notes)
        let check = try vault.check(blobs: [original.blob])
        #expect(check.isWhole && check.rowCount > 3 * original.rowCount / 2)
        // Life goes on.
        rig.note(vault, "cuatro")
        #expect(try vault.commit() == .written)
        #expect(VaultRig.texts(try rig.open(session: original.key)).count == 4)
    }

    @Test(
        "a value too long or of another type blocks nobody, and is reported and left behind",
        arguments: [
            "zeroblob(20000), x'00'", "'text', 7", "7, 'text'", "x'00', x'00'",
            "CAST(zeroblob(20000) AS TEXT), x'00'", "randomblob(32), zeroblob(20000)",
        ])
    func strangeRow(_ values: String) throws {
        let original = try Original()
        let rig = original.rig
        let files = LinuxFileSystem()
        let database = try Database(path: rig.path, access: .readWrite)
        try database.execute("INSERT INTO cell(id, box) VALUES(\(values))")
        let row = try #require(try database.integer("SELECT max(n) FROM cell"))
        let vault = try rig.open(session: original.key)
        #expect(VaultRig.texts(vault) == Self.notes)
        // A box is not looked at before somebody needs it.
        #expect(vault.damage == (values.hasPrefix("randomblob") ? [] : [.row(row)]))
        rig.note(vault, "cuatro")
        #expect(try vault.commit() == .written)
        #expect(try vault.check(blobs: [original.blob]).damage.contains(.row(row)))
        #expect(try VaultFile(rig.path).check().damage.contains(.row(row)))
        let copy = rig.folder("copy.db")
        try VaultFile(rig.path).backup(to: copy, files: files)
        let texts = Self.notes + ["cuatro"]
        #expect(VaultRig.texts(try rig.open(session: original.key, path: copy)) == texts)
        let back = rig.folder("back.db")
        #expect(try VaultFile.restore(from: copy, to: back, files: files).refusedCount == 1)
        #expect(VaultRig.texts(try rig.open(session: original.key, path: back)) == texts)
        #expect(try VaultFile(back).check().isWhole)
    }

    @Test("a label that lies about its sequence is not counted from; without the cell it is damage")
    func lyingLabel() throws {
        let original = try Original()
        let rig = original.rig
        let before = try rig.open(session: original.key)
        let visitCount = try before.visits().count
        let index = try VaultFile(rig.path).scan().index
        for keys in [before.compartmentKeys, before.visitKeys] {
            let genuine = try #require(index.candidates(keys).first)
            let database = try Database(path: rig.path, access: .readWrite)
            // Same r and box, so the row looks whole; the last seven bytes say another sequence.
            try database.run(
                "INSERT INTO cell(id, box) SELECT"
                    + " CAST(substr(id, 1, 25) || x'7f112233445566' AS BLOB), box"
                    + " FROM cell WHERE n=?", .integer(genuine.row))
        }
        let vault = try rig.open(session: original.key)
        #expect(VaultRig.texts(vault) == Self.notes)
        #expect(vault.damage.isEmpty)
        _ = try vault.commit()
        #expect(try rig.open(session: original.key).visits().count == visitCount + 1)
        let genuine = try #require(index.candidates(before.visitKeys).first)
        try Database(path: rig.path, access: .readWrite).run(
            "DELETE FROM cell WHERE n=?", .integer(genuine.row))
        let left = try rig.open(session: original.key).damage
        #expect(left.filter { if case .cell = $0 { true } else { false } }.count == 1)
    }

    @Test("random damage of every kind: no crash", arguments: 1...4)
    func noise(_ seed: UInt64) throws {
        let original = try Original()
        let random = SeededRandom(seed: seed)
        for _ in 0..<15 {
            var bytes = original.bytes
            for _ in 0...random.below(6) {
                let start = Int(random.below(UInt32(bytes.count)))
                let end = min(bytes.count, start + 1 + Int(random.below(3_000)))
                switch random.below(4) {
                case 0: bytes.replaceSubrange(start..<end, with: random.bytes(end - start))
                case 1: bytes.removeSubrange(start..<end)
                case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
                default: bytes[start] ^= UInt8(1 + random.below(255))
                }
                if bytes.isEmpty { break }
            }
            _ = try look(original, at: bytes)
        }
    }

    @Test("an index that lost a note's id is overruled by the table, or shown up by a check")
    func damagedIndex() throws {
        let original = try Original()
        let rig = original.rig
        let vault = try rig.open(session: original.key)
        let index = try VaultFile(rig.path).scan().index
        for (address, row) in index.candidates(vault.compartmentKeys) where address.kind == .log {
            let place = try #require(index.rows.firstIndex(of: row))
            // An id is in the file twice: in the table and in the index.
            let copies = original.bytes.ranges(of: index.id(at: place))
            #expect(copies.count == 2)
            for copy in copies {
                var bytes = original.bytes
                bytes[copy.lowerBound + 20] ^= 0xff
                try rig.folder.write("vault.db", bytes)
                let damaged = try rig.open(session: original.key)
                // Only the last commit has no child that would miss it.
                #expect(damaged.records.count >= Self.notes.count)
                #expect(try !damaged.check(blobs: [original.blob]).isWhole)
            }
        }
    }
}

extension Statement {
    /// The first blob of the first row.
    fileprivate func first() throws -> [UInt8]? { try step() ? blob(0) : nil }
}
