import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

@Suite("rewriting a vault")
struct RewriteTests {
    private static let newWords = [UInt8](16..<32)

    private struct Before {
        let rig: VaultRig
        let blob: BlobReference
        let bytes: [UInt8]
    }

    /// With a second passphrase, a hidden compartment and a blob.
    private func before(seed: UInt64 = 1) throws -> Before {
        let rig = try VaultRig(seed: seed)
        try rig.made()
        let vault = try rig.open()
        rig.note(vault, "uno")
        try vault.addSlot(passphrase: VaultRig.secret("segunda"))
        try vault.addCompartment(passphrase: VaultRig.secret("oculta")) { store in
            store.stage(kind: 1, entity: nil, parents: [], fields: FieldList([Field(1, "dentro")]))
        }
        let bytes = SeededRandom(seed: 4).bytes(30_000)
        var pieces = [bytes]
        let blob = try vault.stageBlob { pieces.popLast() ?? [] }
        _ = try vault.commit()
        let other = try rig.open()
        rig.note(other, String(repeating: "dos ", count: 4_000))
        _ = try other.commit()
        return Before(rig: rig, blob: blob, bytes: bytes)
    }

    private func rewrite(
        _ before: Before, keeping: ((Record) -> Bool)? = nil, passphrases: [String] = [],
        discardsUnopened: Bool = false
    ) throws -> RewriteReport {
        let vault = try before.rig.open()
        let records = vault.records.filter(keeping ?? { _ in true })
        return try vault.rewrite(
            keeping: Lasting(records: records, blobs: [before.blob]),
            recovery: VaultRig.secret(Self.newWords),
            passphrases: passphrases.map { SharedSecret(VaultRig.secret($0)) },
            discardsUnopened: discardsUnopened)
    }

    private func recovery(_ rig: VaultRig, _ bytes: [UInt8]) throws -> Vault {
        try Vault.open(at: rig.path, with: .recovery(VaultRig.secret(bytes)), in: rig.context)
    }

    @Test("the same records and blobs under new keys; who may open it was chosen")
    func keys() throws {
        let before = try before()
        let rig = before.rig
        let old = try rig.open()
        let session = VaultRig.bytes(old.sessionKey())
        let records = old.records
        let rows = try old.status().rowCount
        try VaultFile(rig.path).backup(to: rig.folder("old.db"), files: rig.context.files)

        let report = try rewrite(before, passphrases: ["segunda"])
        for vault in [try rig.open(), try rig.open("segunda"), try recovery(rig, Self.newWords)] {
            #expect(vault.records == records && vault.damage.isEmpty && !vault.isRolledBack)
            #expect(vault.head.salt == old.head.salt && vault.head.lineage != old.head.lineage)
            var read: [UInt8] = []
            try vault.readBlob(before.blob) { read += $0 }
            #expect(read == before.bytes)
            #expect(try vault.check(blobs: [before.blob]).isWhole)
        }
        #expect(throws: VaultError.wrongPassphrase) { try rig.open("nada") }
        #expect(throws: VaultError.wrongPassphrase) { try recovery(rig, VaultRig.recovery) }
        #expect(throws: VaultError.sessionEnded) { try rig.open(session: session) }
        // Chaff and what hides in it went along.
        #expect(VaultRig.texts(try rig.open("oculta")) == ["dentro"])
        #expect(report.discardedCount == 0 && report.lostCount == 0)
        #expect(report.carriedCount + report.sealedCount >= rows)
        #expect(throws: VaultError.otherLineage) {
            try VaultFile(rig.path).merge(rig.folder("old.db"))
        }
        // Life goes on.
        let next = try rig.open()
        rig.note(next, "después")
        #expect(try next.commit() == .written)
        #expect(try rig.open().records.count == records.count + 1)
        #expect(rig.folder.names == ["old.db", "state", "vault.db"])
    }

    @Test("other passphrases stop opening it, and those that stay must open the outer compartment")
    func others() throws {
        let before = try before()
        let bytes = try before.rig.folder.read("vault.db")
        #expect(throws: VaultError.hiddenToKeep) { try rewrite(before, passphrases: ["oculta"]) }
        #expect(throws: VaultError.nothingToKeep) { try rewrite(before, passphrases: ["nueva"]) }
        #expect(try before.rig.folder.read("vault.db") == bytes)
        _ = try rewrite(before)
        #expect(throws: VaultError.wrongPassphrase) { try before.rig.open("segunda") }
        #expect(VaultRig.texts(try before.rig.open("oculta")) == ["dentro"])
    }

    @Test("no row of the opened compartment is as it was, and the order is another")
    func rows() throws {
        let before = try before()
        let old = try VaultFile(before.rig.path).scan().index
        let keys = try before.rig.open().compartmentKeys
        let report = try rewrite(before)
        let new = try VaultFile(before.rig.path).scan().index
        #expect(new.candidates(keys).isEmpty)
        let kept = old.rows.indices.filter { new.contains(Array(old.id(at: $0))) }
        #expect(kept.count == report.carriedCount)
    }

    @Test("what is left out of the records leaves no cell behind")
    func purge() throws {
        let before = try before()
        let rows = try VaultFile(before.rig.path).status().rowCount
        _ = try rewrite(before, keeping: { ($0.fields.text(1)?.utf8.count ?? 0) < 100 })
        let vault = try before.rig.open()
        #expect(VaultRig.texts(vault) == ["uno"])
        #expect(try vault.status().rowCount < rows + 11)
    }

    @Test("--discard-unopened leaves nothing that does not open, but this run's chaff")
    func discard() throws {
        let before = try before()
        let report = try rewrite(before, discardsUnopened: true)
        #expect(report.discardedCount > 10)
        #expect(throws: VaultError.wrongPassphrase) { try before.rig.open("oculta") }
        let vault = try before.rig.open()
        let check = try vault.check(blobs: [before.blob])
        // Two slots, which other keys open, and at most ten rows of chaff.
        #expect(check.isWhole && check.rowCount - check.openedCount <= 12)
        #expect(VaultRig.texts(vault).count == 2)
    }

    @Test("refused in a hidden session and with a session's keys; the file is as it was")
    func refusals() throws {
        let before = try before()
        let rig = before.rig
        let bytes = try rig.folder.read("vault.db")
        func rewrite(_ vault: Vault) throws {
            _ = try vault.rewrite(
                keeping: Lasting(records: vault.records, blobs: []),
                recovery: VaultRig.secret(Self.newWords), passphrases: [], discardsUnopened: false)
        }
        #expect(throws: VaultError.hiddenSession) { try rewrite(rig.open("oculta")) }
        let session = VaultRig.bytes(try rig.open().sessionKey())
        #expect(throws: VaultError.sessionEnded) { try rewrite(rig.open(session: session)) }
        #expect(try rig.folder.read("vault.db") == bytes)
        // Somebody wrote between opening and rewriting.
        let late = try rig.open()
        let other = try rig.open()
        rig.note(other, "tres")
        _ = try other.commit()
        #expect(throws: VaultError.replaced) { try rewrite(late) }
        #expect(VaultRig.texts(try rig.open()).count == 3)
        #expect(rig.folder.names == ["state", "vault.db"])
    }

    @Test("a commit under an old handle does not land in the file that is gone")
    func staleHandle() throws {
        let before = try before()
        let stale = try before.rig.open()
        before.rig.note(stale, "tarde")
        _ = try rewrite(before)
        #expect(throws: VaultError.replaced) { try stale.commit() }
    }

    @Test("more than one commit's worth of records is chained")
    func chain() throws {
        let rig = try VaultRig()
        try rig.made()
        for number in 0..<3 {
            let vault = try rig.open()
            rig.note(vault, String(repeating: "\(number)", count: 9_000_000))
            _ = try vault.commit()
        }
        let vault = try rig.open()
        let records = vault.records
        _ = try vault.rewrite(
            keeping: Lasting(records: records, blobs: []),
            recovery: VaultRig.secret(Self.newWords), passphrases: [], discardsUnopened: true)
        let again = try rig.open()
        #expect(again.records == records && again.damage.isEmpty)
    }
}
