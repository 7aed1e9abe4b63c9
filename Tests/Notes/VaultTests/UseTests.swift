import Database
import Encoding
import Foundation
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

@testable import Vault

@Suite("a vault in use")
struct UseTests {
    @Test("every opening leaves one visit, with the device and the minute")
    func visits() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        rig.clock.advance(by: .seconds(3_600))
        _ = try rig.open(session: key).commit()
        // Another device, whose home has a copy of the file.
        let other = try VaultRig(seed: 5)
        try other.folder.write("vault.db", try rig.folder.read("vault.db"))
        other.clock.advance(by: .seconds(7_200))
        let vault = try other.open(session: key)
        _ = try vault.commit()
        let visits = try vault.visits()
        let first = rig.clock.now.milliseconds / 60_000 - 60
        #expect(visits.map { Int64($0.minute) - first } == [0, 60, 120])
        #expect(Set(visits.map(\.device)).count == 2)
    }

    @Test("chaff is three to ten rows, drawn for each commit; a provable vault has none")
    func chaff() throws {
        let first = try VaultRig(seed: 1)
        let firstKey = try first.made()
        let bytes = try first.folder.read("vault.db")
        var counts: Set<Int> = []
        var differing = 0
        for seed in UInt64(2)...40 {
            let rig = try VaultRig(seed: seed)
            try rig.folder.write("vault.db", bytes)
            let vault = try rig.open(session: firstKey)
            let before = try vault.status().rowCount
            _ = try vault.commit()
            let added = try vault.status().rowCount - before
            counts.insert(added - 1)
            _ = try vault.commit()
            let next = try vault.status().rowCount - before - added
            #expect((4...11).contains(next))
            differing += next == added ? 0 : 1
        }
        #expect(differing > 20)
        #expect(counts == Set(3...10))

        let rig = try VaultRig()
        let key = try rig.made(isProvable: true)
        for _ in 0..<3 {
            let vault = try rig.open(session: key)
            rig.note(vault, "x")
            _ = try vault.commit()
        }
        let vault = try rig.open(session: key)
        // Two slots, of which one opens with a passphrase each; all the rest opens with the key.
        #expect(try vault.status().rowCount == 2 + 4 + 4)
        #expect(try vault.check(blobs: []).openedCount == 8)
    }

    @Test("a new passphrase opens what the old one opens; one that opens something is refused")
    func slots() throws {
        let rig = try VaultRig()
        try rig.made()
        let vault = try rig.open()
        rig.note(vault, "x")
        #expect(throws: VaultError.passphraseInUse) {
            try vault.addSlot(passphrase: VaultRig.secret(VaultRig.passphrase))
        }
        #expect(throws: VaultError.passphraseInUse) {
            try vault.addSlot(recovery: VaultRig.secret(VaultRig.recovery))
        }
        try vault.addSlot(passphrase: VaultRig.secret("new"))
        #expect(throws: VaultError.wrongPassphrase) { try rig.open("new") }
        _ = try vault.commit()
        for passphrase in ["new", VaultRig.passphrase] {
            #expect(VaultRig.texts(try rig.open(passphrase)) == ["x"])
        }
    }

    @Test("a slot under a pepper opens with it and not without")
    func pepper() throws {
        let rig = try VaultRig()
        try rig.made()
        let pepper = SharedSecret(VaultRig.secret([UInt8](repeating: 3, count: 32)))
        let peppered = VaultContext(
            files: rig.context.files, clock: rig.clock, stateFolder: rig.context.stateFolder,
            pepper: pepper)
        func open(_ passphrase: String) throws -> Vault {
            try Vault.open(
                at: rig.path, with: .passphrase(VaultRig.secret(passphrase)), in: peppered)
        }
        let vault = try open(VaultRig.passphrase)
        try vault.addSlot(passphrase: VaultRig.secret("new"))
        // The same words without the pepper would open another slot.
        #expect(throws: VaultError.passphraseInUse) {
            try vault.addSlot(passphrase: VaultRig.secret(VaultRig.passphrase))
        }
        _ = try vault.commit()
        #expect(throws: VaultError.wrongPassphrase) { try rig.open("new") }
        for passphrase in ["new", VaultRig.passphrase] { _ = try open(passphrase) }
    }

    @Test("records of a later program: kinds below 128 are kept, the others stop all writing")
    func laterRecords() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        vault.stage(kind: 99, entity: nil, parents: [], fields: FieldList([Field(200, [1])]))
        _ = try vault.commit()
        let again = try rig.open(session: key)
        #expect(again.records.map(\.kind) == [99])
        again.stage(kind: 128, entity: nil, parents: [], fields: FieldList())
        #expect(try again.commit() == .written)

        let late = try rig.open(session: key)
        #expect(late.records.map(\.kind) == [99, 128])
        #expect(try late.commit() == .visitNotWritten(.newerRecords(kind: 128)))
        rig.note(late, "x")
        #expect(throws: VaultError.newerRecords(kind: 128)) { try late.commit() }
    }

    @Test("a checkpoint of another kind than ours is passed over")
    func checkpoint() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        let part = LogPart(commit: GoldenTests.id(7), part: 0, parts: 1, slice: [1, 2, 3])
        vault.stage(
            part.serialized(), at: CellAddress(kind: .checkpoint, sequence: 1),
            under: vault.compartmentKeys)
        rig.note(vault, "x")
        _ = try vault.commit()
        let again = try rig.open(session: key)
        #expect(VaultRig.texts(again) == ["x"] && again.damage.isEmpty)
        #expect(try again.check(blobs: []).isWhole)
    }

    @Test("a vault that cannot be written is read, and says that no visit was written")
    func readOnly() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let before = try rig.folder.read("vault.db")
        let vault = try Vault.open(
            try VaultFile(rig.path, access: .readOnly), with: .session(VaultRig.secret(key)),
            in: rig.context)
        #expect(try vault.commit() == .visitNotWritten(.readOnly))
        #expect(throws: VaultError.readOnly) { try vault.addSlot(passphrase: VaultRig.secret("n")) }
        rig.note(vault, "x")
        #expect(throws: VaultError.readOnly) { try vault.commit() }
        #expect(try rig.folder.read("vault.db") == before)
    }

    @Test("a write that was cut off is undone by the next opening, and refused where it cannot be")
    func hotJournal() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        // The files as they lie in the middle of a transaction too large for the cache.
        let writer = try Database(path: rig.path, access: .readWrite)
        try writer.execute("PRAGMA cache_size=2; BEGIN")
        for number in 0..<40 {
            try writer.run(
                "INSERT INTO cell(id, box) VALUES(?, zeroblob(4000))",
                .blob([UInt8](repeating: UInt8(number), count: 32)))
        }
        let folder = try TemporaryDirectory(inMemory: true)
        for name in ["vault.db", "vault.db-journal"] {
            try folder.write(name, try rig.folder.read(name))
        }
        try writer.execute("ROLLBACK")
        let path = folder("vault.db")
        #expect(throws: VaultError.unfinishedWrite) { try VaultFile(path, access: .readOnly) }
        #expect(throws: VaultError.unfinishedWrite) {
            try VaultFile.restore(
                from: path, to: folder("new.db"), files: LinuxFileSystem())
        }
        let vault = try rig.open(session: key, path: path)
        #expect(vault.damage.isEmpty)
        #expect(try vault.check(blobs: []).isWhole)
        #expect(try vault.status().rowCount == rig.open(session: key).status().rowCount)
    }

    @Test("several processes write at once: every note is there, once")
    func concurrency() async throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let (path, folder) = (rig.path, rig.folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<10 {
                        let mine = try VaultRig(
                            seed: UInt64(1_000 + writer * 100 + number), in: folder,
                            state: "state\(writer)")
                        let vault = try mine.open(session: key, path: path)
                        mine.note(vault, "\(writer).\(number)")
                        #expect(try vault.commit() == .written)
                    }
                }
            }
            try await group.waitForAll()
        }
        let vault = try rig.open(session: key)
        let expected = Set((0..<4).flatMap { a in (0..<10).map { "\(a).\($0)" } })
        #expect(Set(VaultRig.texts(vault)) == expected && vault.records.count == 40)
        #expect(try vault.check(blobs: []).isWhole)
    }

    @Test("a writer that waits in vain is told so; a reader's visit is not worth an error")
    func busy() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        let patient = try #require(vault.file)
        try patient.database.execute("PRAGMA busy_timeout=20")
        let other = try Database(path: rig.path, access: .readWrite)
        try other.execute("BEGIN IMMEDIATE")
        #expect(try vault.commit() == .visitNotWritten(.busy))
        rig.note(vault, "x")
        #expect(throws: VaultError.busy) { try vault.commit() }
        try other.execute("ROLLBACK")
        #expect(try vault.commit() == .written)
        #expect(VaultRig.texts(try rig.open(session: key)) == ["x"])
    }

    @Test("a file that was replaced under an open vault takes no notes")
    func replaced() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        let bytes = try rig.folder.read("vault.db")
        try FileManager.default.removeItem(atPath: rig.path)
        try rig.folder.write("vault.db", bytes)
        rig.note(vault, "lost")
        #expect(throws: VaultError.replaced) { try vault.commit() }
    }

    @Test("a large blob is written in several transactions, and is nothing without its record")
    func largeBlob() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        let piece = SeededRandom(seed: 4).bytes(1 << 20)
        var left = 18
        let blob = try vault.stageBlob {
            left -= 1
            return left >= 0 ? piece : []
        }
        // The first 16 MB are in the file, without a visit; the rest waits for the commit.
        #expect(try VaultFile(rig.path).status().rowCount > 4_000)
        #expect(try vault.visits().count == 1)
        #expect(try rig.open(session: key).damage.isEmpty)
        _ = try vault.commit()
        let again = try rig.open(session: key)
        var pieces = 0
        try again.readBlob(blob) { pieces += $0.count }
        #expect(pieces == 18 << 20)
        let wrong = BlobReference(id: blob.id, byteCount: blob.byteCount + 1, hash: blob.hash)
        #expect(throws: VaultError.self) { try again.readBlob(wrong) { _ in } }
        #expect(throws: VaultError.blobMissing(GoldenTests.id(1), index: 0)) {
            try again.readBlob(BlobReference(id: GoldenTests.id(1), byteCount: 1, hash: [])) { _ in
            }
        }
    }

    @Test("the cost of a key fits the machine: time and a quarter of the memory that is free")
    func cost() throws {
        let clock = ManualClock()
        #expect(KeyDerivationCost.choose(clock: clock, available: 600 << 20).mebibytes == 128)
        #expect(KeyDerivationCost.choose(clock: clock, available: 1).mebibytes == 64)
        #expect(KeyDerivationCost(mebibytes: 31) == nil)
        #expect(KeyDerivationCost(mebibytes: 1_025) == nil)
        #expect(KeyDerivationCost(operations: 11, mebibytes: 64) == nil)
        #expect(KeyDerivationCost(mebibytes: 1_024)?.byteCount == 1 << 30)
    }

    @Test("no word of a note is in the file, and two vaults share nothing")
    func noPlaintext() throws {
        let word = "Tepoztlán-7f3a"
        var vaults: [Set<[UInt8]>] = []
        for seed in UInt64(1)...2 {
            let rig = try VaultRig(seed: seed)
            let vault = try rig.create()
            for _ in 0..<20 { rig.note(vault, word) }
            _ = try vault.commit()
            #expect(try rig.folder.read("vault.db").ranges(of: Array(word.utf8)).isEmpty)
            var runs: Set<[UInt8]> = []
            let rows = try Database(path: rig.path, access: .readOnly)
                .prepare("SELECT id, box FROM cell")
            while try rows.step() {
                for column in 0...1 {
                    let bytes = try #require(rows.blob(column))
                    for start in 0...bytes.count - 8 {
                        runs.insert(Array(bytes[start..<start + 8]))
                    }
                }
            }
            vaults.append(runs)
        }
        // By chance: a hundred thousand squared in 2^64.
        #expect(vaults[0].isDisjoint(with: vaults[1]))
    }
}
