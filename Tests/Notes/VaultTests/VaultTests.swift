import Database
import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

@Suite("vault")
struct VaultTests {
    @Test("what was committed is there when the vault opens again")
    func roundTrip() throws {
        let rig = try VaultRig()
        let vault = try rig.create()
        rig.note(vault, "first")
        #expect(rig.folder.names.contains("vault.db") == false)
        #expect(try vault.commit() == .written)
        #expect(rig.folder.names == ["state", "vault.db"])

        let again = try rig.open()
        rig.note(again, "second")
        rig.note(again, String(repeating: "long ", count: 3_000))
        #expect(VaultRig.texts(again).count == 3)
        #expect(try again.commit() == .written)

        let last = try Vault.open(
            at: rig.path, with: .recovery(VaultRig.secret(VaultRig.recovery)),
            in: rig.context)
        #expect(last.records == again.records)
        #expect(last.damage.isEmpty && !last.isRolledBack)
        #expect(try last.commit() == .written)
    }

    @Test("a session's key opens the same vault, and no other")
    func session() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        rig.note(vault, "x")
        _ = try vault.commit()
        let other = try VaultRig(seed: 2)
        try other.made()
        #expect(throws: VaultError.sessionEnded) { try other.open(session: key) }
        #expect(throws: VaultError.sessionEnded) { try rig.open(session: key + [1]) }
    }

    @Test("a wrong passphrase has one answer")
    func wrongPassphrase() throws {
        let rig = try VaultRig()
        try rig.made()
        #expect(throws: VaultError.wrongPassphrase) { try rig.open("wrong") }
        #expect(throws: VaultError.passphraseLength) {
            try rig.open(String(repeating: "x", count: 1_025))
        }
        #expect(throws: VaultError.notFound) {
            try VaultFile(rig.folder("other.db"))
        }
    }

    @Test(
        "blobs come back at every size that could go wrong",
        arguments: [
            0, 1, 3_938, 3_939, 3_940, 7_878, 7_879, 100_000,
        ])
    func blobs(_ count: Int) throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let bytes = SeededRandom(seed: 7).bytes(count)
        let vault = try rig.open(session: key)
        var rest = bytes[...]
        let blob = try vault.stageBlob {
            defer { rest = rest.dropFirst(1_000) }
            return Array(rest.prefix(1_000))
        }
        #expect(blob.byteCount == UInt64(count))
        _ = try vault.commit()
        let again = try rig.open(session: key)
        var seen: [UInt8] = []
        try again.readBlob(blob) { seen += $0 }
        #expect(seen == bytes)
    }
}
