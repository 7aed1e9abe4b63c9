import Database
import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

@Suite("backup, restore, rollback")
struct CopiesTests {
    private let files = LinuxFileSystem()

    @Test("a backup is the same vault, and never lands on a file")
    func backup() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let target = rig.folder("copy.db")
        try VaultFile(rig.path).backup(to: target, files: files)
        #expect(rig.folder.names == ["copy.db", "state", "vault.db"])
        #expect(try VaultFile(target).status().witness == VaultFile(rig.path).status().witness)
        _ = try rig.open(session: key, path: target)
        #expect(throws: VaultError.alreadyExists) {
            try VaultFile(rig.path).backup(to: target, files: files)
        }
        #expect(throws: VaultError.notFound) {
            try VaultFile(rig.path).backup(to: rig.folder("no/such/copy.db"), files: files)
        }
    }

    @Test("a backup removes no file that has the name of a draft")
    func backupBesideFiles() throws {
        let rig = try VaultRig()
        try rig.made()
        for name in ["copy.db.new", "copy.db.new-journal"] { try rig.folder.write(name, [7]) }
        try VaultFile(rig.path).backup(to: rig.folder("copy.db"), files: files)
        for name in ["copy.db.new", "copy.db.new-journal"] {
            #expect(try rig.folder.read(name) == [7])
        }
        #expect(rig.folder.names.count == 5)
    }

    @Test("of two that write one name at the same time, neither overwrites the other")
    func race() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let target = rig.folder("copy.db")
        #expect(throws: VaultError.alreadyExists) {
            try VaultDraft.place(at: target, named: .random, files) { (draft) throws(VaultError) in
                // While this one writes its draft, another begins and ends.
                try VaultFile(rig.path).backup(to: target, files: files)
                #expect(
                    rig.folder.names.count == 4 && rig.folder.names.contains(Path.name(of: draft)))
            }
        }
        #expect(rig.folder.names == ["copy.db", "state", "vault.db"])
        _ = try rig.open(session: key, path: target)
    }

    @Test("a draft that a crash left goes; one that somebody is writing stays")
    func leftovers() throws {
        let rig = try VaultRig()
        try rig.folder.write("vault.db.new", [7])
        try rig.folder.write("vault.db.new-journal", [7])
        try rig.made()
        #expect(rig.folder.names == ["state", "vault.db"])

        let dead = "copy.db.0123456789abcdef.new"
        for name in [dead, dead + "-journal"] { try rig.folder.write(name, [7]) }
        let living = "copy.db.1123456789abcdef.new"
        let lock = try files.lock(rig.folder(living))
        try VaultFile(rig.path).backup(to: rig.folder("copy.db"), files: files)
        #expect(rig.folder.names == ["copy.db", living, "state", "vault.db"])
        lock.release()
        try VaultFile(rig.path).backup(to: rig.folder("other.db"), files: files)
        #expect(rig.folder.names.contains(living))
    }

    @Test("of two that make a vault in one home, the second is told to wait")
    func busyDraft() throws {
        let rig = try VaultRig()
        let path = rig.folder("vault.db")
        let head = GoldenTests.head
        try VaultDraft.place(at: path, named: .fixed, files) { (_) throws(VaultError) -> Void in
            #expect(throws: VaultError.busy) {
                _ = try VaultFile.create(
                    at: path, head: head, cells: [], files: files, system: nil)
            }
        }
        #expect(throws: VaultError.alreadyExists) {
            _ = try VaultFile.create(at: path, head: head, cells: [], files: files, system: nil)
        }
    }

    @Test("a backup opens in a new home, and never over a vault")
    func restore() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        rig.note(vault, "kept")
        _ = try vault.commit()
        let target = rig.folder("new.db")
        let report = try VaultFile.restore(from: rig.path, to: target, files: files)
        #expect(report.refusedCount == 0)
        #expect(try report.rowCount == VaultFile(rig.path).status().rowCount)
        #expect(VaultRig.texts(try rig.open(session: key, path: target)) == ["kept"])
        #expect(throws: VaultError.alreadyExists) {
            try VaultFile.restore(from: rig.path, to: target, files: files)
        }
    }

    @Test("damaged rows stay behind, and a damaged index is rebuilt")
    func restoreDamaged() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let count = try VaultFile(rig.path).status().rowCount
        let copy = rig.folder("copy.db")
        try VaultFile(rig.path).backup(to: copy, files: files)
        let database = try Database(path: copy, access: .readWrite)
        try database.execute("INSERT INTO cell(id, box) VALUES(x'00', x'00')")
        try database.execute("INSERT INTO cell(id, box) VALUES(zeroblob(32), zeroblob(4000))")
        try database.execute("INSERT INTO cell(id, box) VALUES('text', 7)")
        let target = rig.folder("new.db")
        let report = try VaultFile.restore(from: copy, to: target, files: files)
        #expect(report.rowCount == count && report.refusedCount >= 1)
        #expect(try VaultFile(target).check().isWhole)
        _ = try rig.open(session: key, path: target)
    }

    @Test("a link, a folder, text, another database and a stranger's schema are refused")
    func hostile() throws {
        let rig = try VaultRig()
        try rig.made()
        let target = rig.folder("new.db")
        func refusal(_ name: String) -> VaultError? {
            do throws(VaultError) {
                _ = try VaultFile.restore(from: rig.folder(name), to: target, files: files)
                return nil
            } catch {
                return error
            }
        }
        try FileManager.default.createSymbolicLink(
            atPath: rig.folder("link.db"), withDestinationPath: rig.path)
        #expect(refusal("link.db") == .notRegular)
        #expect(refusal("state") == .notRegular)
        #expect(refusal("nothing.db") == .notFound)
        try rig.folder.write("text.db", Array(repeating: 0x41, count: 5_000))
        #expect(refusal("text.db") == .notAVault)
        try rig.folder.write("empty.db", [])
        #expect(refusal("empty.db") == .notAVault)
        let changes = [
            ("PRAGMA application_id=1", VaultError.notAVault),
            ("PRAGMA user_version=2", .newerFormat(version: 2)),
            ("CREATE TRIGGER t AFTER INSERT ON cell BEGIN SELECT 1; END", .damaged),
            ("CREATE VIEW v AS SELECT 1", .damaged), ("DELETE FROM head", .damaged),
            ("UPDATE head SET mem=mem+1", .damaged),
        ]
        for (number, change) in changes.enumerated() {
            let name = "hostile\(number).db"
            try VaultFile(rig.path).backup(to: rig.folder(name), files: files)
            try Database(path: rig.folder(name), access: .readWrite).execute(change.0)
            #expect(refusal(name) == change.1, "\(change.0)")
        }
        #expect(!rig.folder.names.contains { $0.hasPrefix("new.db") })
    }

    @Test(
        "a head that asks for too much is refused before anything is spent",
        arguments: [
            (0, 32 << 20), (11, 32 << 20), (3, (32 << 20) - 1), (3, (1 << 30) + 1), (3, Int.max),
        ])
    func cost(_ operations: Int, _ byteCount: Int) throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let head = Head(
            salt: GoldenTests.vault, cost: KeyDerivationCost(unchecked: operations, byteCount),
            lineage: GoldenTests.vault)
        #expect(
            throws: VaultError.unreasonableCost(
                operations: Int64(operations), byteCount: Int64(byteCount))
        ) {
            _ = try VaultFile.create(
                at: folder("vault.db"), head: head, cells: [], files: files, system: nil)
        }
    }

    @Test("an older copy in the vault's place is noticed once; a newer one is not an alarm")
    func rollback() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let old = try rig.folder.read("vault.db")
        _ = try rig.open(session: key).commit()
        let newer = try rig.folder.read("vault.db")
        try rig.folder.write("vault.db", old)
        let back = try rig.open(session: key)
        #expect(back.isRolledBack && back.damage.isEmpty)
        _ = try back.commit()
        #expect(try rig.open(session: key).isRolledBack == false)

        // Another device has written more: this device's own rows are all there.
        let there = try VaultRig(seed: 9)
        try there.folder.write("vault.db", newer)
        _ = try there.open(session: key).commit()
        let here = try VaultRig(seed: 10)
        try here.folder.write("vault.db", newer)
        _ = try here.open(session: key)
        try here.folder.write("vault.db", try there.folder.read("vault.db"))
        #expect(try here.open(session: key).isRolledBack == false)
    }

    @Test("a damaged witness or device file is nothing to stumble over")
    func state() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        for name in ["witness", "device"] {
            for bytes in [[], [1], Witness.magic, [UInt8](repeating: 0, count: 9_999)] {
                try rig.folder.write("state/\(name)", bytes)
                let vault = try rig.open(session: key)
                #expect(!vault.isRolledBack)
                #expect(try vault.commit() == .written)
            }
        }
        let device = try rig.folder.read("state/device")
        #expect(device.count == 33 && device.last == 10)
    }
}
