import Encoding
import Foundation
import Platform
import TestSupport
import Testing

@testable import Vault

/// Random histories on three devices: clocks a year wrong either way, homes cloned with their
/// device's name, older copies put back, edits of one note on several devices, merges and bricks.
@Suite("histories on three devices")
struct MergeHistoryTests {
    private static let count =
        ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1" ? 5_000 : 40

    private final class Device {
        let rig: VaultRig

        init(_ rig: VaultRig) { self.rig = rig }

        /// One of its three notes, in a new version upon all that is seen of it.
        func edit(_ key: [UInt8], _ note: ID16, _ text: String) throws -> ID16 {
            let vault = try rig.open(session: key)
            let heads = RecordIndex(vault.records).entity(1, note)?.heads.map(\.version) ?? []
            let record = vault.stage(
                kind: 1, entity: note, parents: heads, fields: FieldList([Field(1, text)]))
            _ = try vault.commit()
            return record.version
        }

        func replace(with bytes: [UInt8]) throws { try rig.folder.write("vault.db", bytes) }

        var bytes: [UInt8] { get throws { try rig.folder.read("vault.db") } }
    }

    private static let batches = 20

    @Test("one result whichever way they merge, and no version lost", arguments: 0..<batches)
    func histories(_ batch: Int) throws {
        for number in stride(from: batch, to: Self.count, by: Self.batches) {
            try history(UInt64(number) &* 7_919 &+ 13)
        }
    }

    private func history(_ seed: UInt64) throws {
        let files = LinuxFileSystem()
        let random = SeededRandom(seed: seed)
        let first = try VaultRig(seed: seed)
        let key = try first.made()
        let notes = (0..<3).map { _ in ID16(random: random) }
        var devices = [Device(first)]
        for number in 1..<3 {
            let rig = try VaultRig(seed: seed &+ UInt64(number) &* 1_000_003)
            try VaultFile(first.path).backup(to: rig.path, files: files)
            devices.append(Device(rig))
        }
        // Each has a name and a witness.
        for device in devices { _ = try device.rig.open(session: key).commit() }
        let bricks = try TemporaryDirectory(inMemory: true)
        let aside = try TemporaryDirectory(inMemory: true)
        var written: Set<ID16> = []
        var backups: [[UInt8]] = [try devices[0].bytes]
        for step in 0..<10 {
            let device = devices[Int(random.below(3))]
            let other = devices[Int(random.below(3))]
            switch random.below(9) {
            case 0: device.rig.clock.advance(by: .seconds(Int64(random.below(31_536_000))))
            case 1: device.rig.clock.advance(by: .seconds(-Int64(random.below(31_536_000))))
            case 2 where device !== other: _ = try VaultFile(device.rig.path).merge(other.rig.path)
            case 3:
                let file = try VaultFile(device.rig.path)
                let survey = try file.survey(bricks.path, files: files)
                _ = try file.take(survey, files: files)
                _ = try file.give(survey, files: files, random: device.rig.context.random)
            case 4: backups.append(try device.bytes)
            case 5:
                // Somebody puts a backup back; what it replaced is found again at the end.
                try aside.write("\(step).db", device.bytes)
                try device.replace(with: backups[Int(random.below(UInt32(backups.count)))])
            case 6 where device !== other:
                // A whole home is cloned: two machines with one device's name.
                try aside.write("\(step).db", device.bytes)
                try device.replace(with: other.bytes)
                for name in ["state/device", "state/witness"] {
                    try device.rig.folder.write(name, try other.rig.folder.read(name))
                }
            default:
                let note = notes[Int(random.below(3))]
                written.insert(try device.edit(key, note, "\(step)"))
            }
        }

        // All that is left of it, merged in two different orders.
        var copies = devices.map(\.rig.path) + aside.names.map { aside($0) }
        var results: [(witness: [UInt8], records: [Record])] = []
        for round in 0..<2 {
            random.shuffle(&copies)
            let target = aside("merged-\(round)")
            try VaultFile(copies[0]).backup(to: target, files: files)
            for copy in copies.dropFirst() { _ = try VaultFile(target).merge(copy) }
            // Once more, from the other end, changes nothing.
            let witness = try VaultFile(target).status().witness
            for copy in copies.reversed() {
                #expect(try VaultFile(target).merge(copy).addedCount == 0)
            }
            let vault = try first.open(session: key, path: target)
            #expect(vault.damage.isEmpty, "seed \(seed)")
            results.append((witness, vault.records))
        }
        #expect(results[0] == results[1], "seed \(seed)")
        let versions = results[0].records.map(\.version)
        #expect(Set(versions).isSuperset(of: written), "seed \(seed)")
        #expect(Set(versions).count == versions.count)
    }
}
