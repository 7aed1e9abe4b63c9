import Encoding
import Foundation
import Platform
import TestSupport
import Testing

@testable import Vault

@Suite("salvage from raw bytes")
struct SalvageTests {
    private let files = LinuxFileSystem()

    /// A vault of three hundred cells or more.
    private func large(isOrdinary: Bool = false) throws -> (rig: VaultRig, rows: Int) {
        let rig = try VaultRig()
        if isOrdinary {
            let vault = try Vault.create(
                at: rig.path, passphrase: VaultRig.secret(VaultRig.passphrase),
                recovery: VaultRig.secret(VaultRig.recovery),
                options: Vault.CreateOptions(
                    cost: KeyDerivationCost(unchecked: 3, 64 << 20)), in: rig.context)
            _ = try vault.commit()
        } else {
            try rig.made()
        }
        for number in 0..<40 {
            let vault = try rig.open()
            rig.note(vault, "apunte \(number)")
            _ = try vault.commit()
            if try vault.status().rowCount >= 300 { break }
        }
        return (rig, try VaultFile(rig.path).status().rowCount)
    }

    private func salvage(_ rig: VaultRig, head: String? = nil) throws -> SalvageReport {
        try VaultFile.salvage(
            from: rig.path, to: rig.folder("saved.db"), headFrom: head, files: files)
    }

    @Test("a sound file gives all its cells", arguments: [false, true])
    func sound(_ isOrdinary: Bool) throws {
        let (rig, rows) = try large(isOrdinary: isOrdinary)
        #expect(try salvage(rig).cellCount == rows)
        let saved = try Vault.open(
            at: rig.folder("saved.db"), with: .passphrase(VaultRig.secret(VaultRig.passphrase)),
            in: rig.context)
        #expect(try saved.records == rig.open().records && saved.damage.isEmpty)
        #expect(throws: VaultError.alreadyExists) { try salvage(rig) }
    }

    @Test("with the four leading pages zeroed, all cells, given a head from elsewhere")
    func leadingPages() throws {
        let (rig, rows) = try large()
        try VaultFile(rig.path).backup(to: rig.folder("older.db"), files: files)
        let file = try VaultFile(rig.path)
        let folder = rig.folder("bricks")
        try files.createDirectory(folder)
        _ = try file.give(
            file.survey(folder, files: files), files: files, random: rig.context.random)
        let brick = try #require(try files.list(folder).first)
        var bytes = try rig.folder.read("vault.db")
        bytes.replaceSubrange(0..<4 * 4_096, with: repeatElement(0, count: 4 * 4_096))
        try rig.folder.write("vault.db", bytes)
        #expect(throws: VaultError.self) { try VaultFile(rig.path) }
        #expect(throws: VaultError.headLost) { try salvage(rig) }
        // Some rows may have lain in the pages that are gone.
        let report = try salvage(rig, head: rig.folder("older.db"))
        #expect(report.cellCount >= rows - 4 && rows >= 300)
        try FileManager.default.removeItem(atPath: rig.folder("saved.db"))
        #expect(try salvage(rig, head: folder + "/" + brick) == report)
    }

    @Test("in a file that was cut, shifted and overwritten, whole cells are found where they are")
    func shifted() throws {
        let (rig, rows) = try large()
        let bytes = try rig.folder.read("vault.db")
        let random = SeededRandom(seed: 3)
        for round in 0..<6 {
            var damaged = random.bytes(Int(random.below(9_000))) + bytes
            let place = Int(random.below(UInt32(damaged.count - 50_000)))
            damaged.replaceSubrange(place..<place + 40_000, with: random.bytes(40_000))
            try rig.folder.write("vault.db", damaged)
            let report = try salvage(rig, head: nil)
            #expect(report.cellCount >= rows - 12, "round \(round)")
            #expect(try VaultFile(rig.folder("saved.db")).check().isWhole)
            try FileManager.default.removeItem(atPath: rig.folder("saved.db"))
        }
        try rig.folder.write("vault.db", random.bytes(100_000))
        #expect(throws: VaultError.headLost) { try salvage(rig) }
        #expect(rig.folder.names == ["state", "vault.db"])
    }
}
