import CFaultyDisk
import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

/// Every operation of a commit fails once, each way a disk can: what was acknowledged is there,
/// what was not is whole or absent, and the vault opens.
@Suite("commits on a failing disk")
struct CommitFaultTests {
    static let ways: [(String, amparo_fault)] = [
        ("error", AMPARO_FAULT_ERROR), ("full", AMPARO_FAULT_FULL), ("power", AMPARO_FAULT_POWER),
    ]

    /// A vault with one note, to be copied for each fault.
    private struct Original {
        let rig: VaultRig
        let key: [UInt8]
        let bytes: [UInt8]

        init() throws {
            rig = try VaultRig()
            let vault = try rig.create()
            rig.note(vault, "old")
            _ = try vault.commit()
            key = VaultRig.bytes(vault.sessionKey())
            bytes = try rig.folder.read("vault.db")
        }

        func reset() throws {
            for name in rig.folder.names where name.hasPrefix("vault.db") {
                try FileManager.default.removeItem(atPath: rig.folder(name))
            }
            try rig.folder.write("vault.db", bytes)
        }

        func open(system: String) throws -> Vault {
            try Vault.open(
                try VaultFile(rig.path, system: system), with: .session(VaultRig.secret(key)),
                in: rig.context)
        }
    }

    /// The number of faults that it took to get through.
    private func everyFault(
        _ way: (String, amparo_fault), seed: UInt64, _ body: (VaultRig, Vault) throws -> Void,
        verify: (Vault, Bool) throws -> Void
    ) throws -> Int {
        let original = try Original()
        let system = "faulty-\(way.0)-\(UUID().uuidString.prefix(8))"
        for fault in 0..<10_000 {
            try original.reset()
            amparo_faulty_disk(system, way.1, Int64(fault), seed &+ UInt64(fault))
            var isAcknowledged = false
            do {
                let vault = try original.open(system: system)
                try body(original.rig, vault)
                isAcknowledged = true
            } catch let error as VaultError {
                let expected = way.1 == AMPARO_FAULT_FULL ? error == .full : isInputOutput(error)
                #expect(expected, "\(error) at fault \(fault)")
            }
            // A fault in the tidying after a commit is none of the user's.
            let isOver = amparo_faulty_disk_operations(system) <= Int64(fault)
            let after = try original.rig.open(session: original.key)
            #expect(after.damage.isEmpty && after.records.first?.fields.text(1) == "old")
            try verify(after, isAcknowledged)
            #expect(try after.check(blobs: []).isWhole)
            #expect(try after.commit() == .written)
            if isOver {
                #expect(isAcknowledged)
                return fault
            }
        }
        return 10_000
    }

    private func isInputOutput(_ error: VaultError) -> Bool {
        if case .inputOutput = error { true } else { false }
    }

    @Test("a note is stored whole or not at all", arguments: ways.indices, [1, 2, 3])
    func notes(_ way: Int, _ seed: UInt64) throws {
        guard way == 2 || seed == 1 else { return }
        let long = String(repeating: "x", count: 9_000)
        let faults = try everyFault(Self.ways[way], seed: seed) { rig, vault in
            rig.note(vault, "new")
            rig.note(vault, long)
            _ = try vault.commit()
        } verify: { vault, isAcknowledged in
            let texts = VaultRig.texts(vault)
            #expect(texts == ["old", "new", long] || (!isAcknowledged && texts == ["old"]))
        }
        #expect(faults > 10)
    }

    @Test("after a failure the same notes can be committed again, once", arguments: ways.indices)
    func retry(_ way: Int) throws {
        guard Self.ways[way].1 == AMPARO_FAULT_ERROR else { return }
        _ = try everyFault(Self.ways[way], seed: 1) { rig, vault in
            rig.note(vault, "new")
            do { _ = try vault.commit() } catch { _ = try vault.commit() }
        } verify: { vault, isAcknowledged in
            #expect(isAcknowledged && VaultRig.texts(vault) == ["old", "new"])
        }
    }

    @Test("a reader on a full disk reads, and is told that no visit was written")
    func fullDisk() throws {
        let original = try Original()
        amparo_faulty_disk("faulty-reader", AMPARO_FAULT_FULL, 0, 1)
        let vault = try original.open(system: "faulty-reader")
        #expect(VaultRig.texts(vault) == ["old"])
        #expect(try vault.commit() == .visitNotWritten(.full))
        original.rig.note(vault, "new")
        #expect(throws: VaultError.full) { try vault.commit() }
        // Room again: what was staged is still there.
        amparo_faulty_disk("faulty-reader", AMPARO_FAULT_NONE, 0, 1)
        #expect(try vault.commit() == .written)
        #expect(VaultRig.texts(try original.rig.open(session: original.key)) == ["old", "new"])
    }

    // Below the keys, whose derivation would be most of the time.
    @Test("a new vault is there whole or not at all", arguments: ways.indices)
    func creation(_ way: Int) throws {
        let system = "faulty-birth-\(way)"
        let cells = (0..<12).map { SealedCell.chaff(SeededRandom(seed: $0)) }
        let head = GoldenTests.head
        let files = LinuxFileSystem()
        for fault in 0..<10_000 {
            let folder = try TemporaryDirectory(inMemory: true)
            let path = folder("vault.db")
            amparo_faulty_disk(system, Self.ways[way].1, Int64(fault), UInt64(fault))
            let made = try? VaultFile.create(
                at: path, head: head, cells: cells, files: files, system: system)
            let isOver = amparo_faulty_disk_operations(system) <= Int64(fault)
            if made == nil {
                #expect(!isOver && !folder.names.contains("vault.db"))
                _ = try VaultFile.create(
                    at: path, head: head, cells: cells, files: files, system: nil)
            }
            #expect(folder.names == ["vault.db"])
            let file = try VaultFile(path)
            #expect(file.head == head)
            #expect(try file.check() == VaultCheck(rowCount: 12, openedCount: 0, damage: []))
            if isOver { return }
        }
    }
}
