import Database
import Encoding
import Foundation
import Platform
import TestSupport
import Testing

@testable import Vault

@Suite("merging copies")
struct MergeTests {
    private let files = LinuxFileSystem()

    /// A vault and copies of it, each used on a device of its own.
    private final class Devices {
        let rigs: [VaultRig]
        let key: [UInt8]

        init(_ count: Int, seed: UInt64) throws {
            let folder = try TemporaryDirectory(inMemory: true)
            let first = try VaultRig(seed: seed, in: folder)
            key = try first.made()
            var rigs = [first]
            for number in 1..<count {
                let rig = try VaultRig(seed: seed + UInt64(number) * 1_000)
                try VaultFile(first.path).backup(to: rig.path, files: LinuxFileSystem())
                rigs.append(rig)
            }
            self.rigs = rigs
        }

        func write(_ device: Int, _ text: String) throws {
            let vault = try rigs[device].open(session: key)
            rigs[device].note(vault, text)
            _ = try vault.commit()
        }

        @discardableResult
        func merge(_ other: Int, into device: Int) throws -> MergeReport {
            try VaultFile(rigs[device].path).merge(rigs[other].path)
        }

        func texts(_ device: Int) throws -> [String] {
            let vault = try rigs[device].open(session: key)
            #expect(vault.damage.isEmpty)
            return VaultRig.texts(vault)
        }

        func witness(_ device: Int) throws -> [UInt8] {
            try VaultFile(rigs[device].path).status().witness
        }
    }

    @Test("two copies that were used apart say the same again, whoever merges first")
    func both() throws {
        let devices = try Devices(2, seed: 1)
        try devices.write(0, "uno")
        try devices.write(1, "dos")
        try devices.write(1, "tres")
        let first = try devices.merge(1, into: 0)
        #expect(first.addedCount > 0 && first.refusedCount == 0)
        try devices.merge(0, into: 1)
        #expect(try devices.witness(0) == devices.witness(1))
        #expect(try devices.texts(0) == devices.texts(1))
        #expect(try Set(devices.texts(0)) == ["uno", "dos", "tres"])
        // Once more changes nothing.
        let before = try devices.witness(0)
        let count = try VaultFile(devices.rigs[0].path).status().rowCount
        let again = try devices.merge(1, into: 0)
        #expect(again == MergeReport(addedCount: 0, knownCount: count, refusedCount: 0))
        #expect(try devices.witness(0) == before)
        // What comes next builds on both.
        try devices.write(0, "cuatro")
        let opened = try devices.rigs[0].open(session: devices.key)
        #expect(try opened.check(blobs: []).isWhole)
    }

    @Test("in every order, and over whatever ways: the same", arguments: UInt64(1)...20)
    func orders(_ seed: UInt64) throws {
        let random = SeededRandom(seed: seed)
        let devices = try Devices(3, seed: seed)
        var written: Set<String> = []
        for number in 0..<12 {
            let device = Int(random.below(3))
            if random.below(3) == 0 {
                try devices.merge((device + 1 + Int(random.below(2))) % 3, into: device)
            } else {
                try devices.write(device, "\(number)")
                written.insert("\(number)")
            }
        }
        var pairs = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]
        for _ in 0..<2 {
            random.shuffle(&pairs)
            for (from, to) in pairs { try devices.merge(from, into: to) }
        }
        let texts = try devices.texts(0)
        #expect(Set(texts) == written && texts.count == written.count)
        for device in 1..<3 { #expect(try devices.texts(device) == texts) }
    }

    @Test("another vault and another lineage are refused, and nothing is taken in")
    func strangers() throws {
        let devices = try Devices(2, seed: 3)
        try devices.write(1, "dos")
        let stranger = try VaultRig(seed: 99)
        try stranger.made()
        let vault = try VaultFile(devices.rigs[0].path)
        let before = try vault.status().witness
        #expect(throws: VaultError.otherVault) { try vault.merge(stranger.path) }

        let head = vault.head
        let other = Head(
            salt: head.salt, cost: head.cost, lineage: ID16(random: SeededRandom(seed: 5)))
        let database = try Database(path: devices.rigs[1].path, access: .readWrite)
        try database.run(
            "UPDATE head SET lineage=?, sum=?", .blob(other.lineage.bytes), .blob(other.sum))
        #expect(throws: VaultError.otherLineage) { try vault.merge(devices.rigs[1].path) }

        let link = devices.rigs[0].folder("link")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: stranger.path)
        #expect(throws: VaultError.notRegular) { try vault.merge(link) }
        try devices.rigs[0].folder.write("text", Array("no vault".utf8))
        #expect(throws: VaultError.notAVault) { try vault.merge(devices.rigs[0].folder("text")) }
        #expect(throws: VaultError.notFound) { try vault.merge(devices.rigs[0].folder("none")) }
        #expect(try vault.status().witness == before)
    }

    @Test("a poisoned copy brings in nothing wrong, and keeps no genuine cell out")
    func poison() throws {
        let devices = try Devices(3, seed: 4)
        try devices.write(1, "dos")
        try VaultFile(devices.rigs[1].path).backup(
            to: devices.rigs[0].folder("genuine.db"), files: files)
        // The ids of what device 1 wrote, under other bytes, and rows of no shape.
        let database = try Database(path: devices.rigs[1].path, access: .readWrite)
        let count = try #require(try database.integer("SELECT count(*) FROM cell"))
        let known = try VaultFile(devices.rigs[0].path).status().rowCount
        try database.run(
            "UPDATE cell SET box=zeroblob(4000) WHERE n>?", .integer(Int64(known)))
        for values in ["'text', 7", "x'00', x'00'", "randomblob(32), zeroblob(20000)"] {
            try database.execute("INSERT INTO cell(id, box) VALUES(\(values))")
        }
        let report = try devices.merge(1, into: 0)
        let refused = Int(count) - known + 3
        #expect(
            report == MergeReport(addedCount: 0, knownCount: known, refusedCount: refused))
        #expect(try devices.texts(0).isEmpty)
        let genuine = try VaultFile(devices.rigs[0].path)
            .merge(devices.rigs[0].folder("genuine.db"))
        #expect(genuine.addedCount == Int(count) - known && genuine.refusedCount == 0)
        #expect(try devices.texts(0) == ["dos"])
        let opened = try devices.rigs[0].open(session: devices.key)
        #expect(try opened.check(blobs: []).isWhole)
    }

    @Test("a copy with an unfinished write is not read on a guess")
    func hotJournal() throws {
        let devices = try Devices(2, seed: 6)
        let other = devices.rigs[1]
        try other.folder.write(
            "vault.db-journal",
            [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 1]
                + [UInt8](repeating: 1, count: 5_000))
        let before = try devices.witness(0)
        #expect(throws: VaultError.self) { try devices.merge(1, into: 0) }
        #expect(try devices.witness(0) == before)
    }
}
