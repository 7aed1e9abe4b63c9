import Encoding
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

@Suite("hidden compartments")
struct CompartmentTests {
    private let hidden = "otra frase"

    private func rig(room: Int = 0, seed: UInt64 = 1) throws -> VaultRig {
        let rig = try VaultRig(seed: seed, room: room)
        try rig.made()
        let outer = try rig.open()
        rig.note(outer, "afuera")
        try outer.addCompartment(passphrase: VaultRig.secret(hidden)) { store in
            store.stage(
                kind: 1, entity: nil, parents: [], fields: FieldList([Field(1, "adentro")]))
        }
        _ = try outer.commit()
        return rig
    }

    @Test("each passphrase opens its own notes, and the other's are not there")
    func separate() throws {
        let rig = try rig()
        let inner = try rig.open(hidden)
        #expect(inner.isHidden && VaultRig.texts(inner) == ["adentro"])
        rig.note(inner, "secreto")
        #expect(try inner.commit() == .written)
        #expect(VaultRig.texts(try rig.open(hidden)) == ["adentro", "secreto"])
        let outer = try rig.open()
        #expect(!outer.isHidden && VaultRig.texts(outer) == ["afuera"] && outer.room == nil)
        for vault in [outer, try rig.open(hidden)] {
            #expect(vault.damage.isEmpty)
            #expect(try vault.check(blobs: []).isWhole)
        }
    }

    @Test("a hidden write takes the places of chaff, and leaves the visit of a reader")
    func rows() throws {
        for seed in UInt64(1)...20 {
            let rig = try rig(seed: seed)
            let before = try rig.open().visits().count
            let rows = try VaultFile(rig.path).status().rowCount
            let inner = try rig.open(hidden)
            rig.note(inner, "secreto")
            let chaff = inner.chaffCount
            _ = try inner.commit()
            let added = try VaultFile(rig.path).status().rowCount - rows
            #expect(added == 1 + chaff && (4...11).contains(added))
            #expect(try rig.open().visits().count == before + 1)
        }
    }

    @Test("several hidden writes of one run have counts of their own, as so many readers have")
    func counts() throws {
        var counts: Set<Int> = []
        let rig = try rig()
        let inner = try rig.open(hidden)
        for number in 0..<12 {
            let rows = inner.index.count
            rig.note(inner, "secreto \(number)")
            _ = try inner.commit()
            counts.insert(inner.index.count - rows)
        }
        #expect(counts.count > 3 && counts.allSatisfy((4...11).contains))
    }

    @Test("what does not fit is refused whole; the visit is there, and room makes it fit")
    func room() throws {
        let small = try rig()
        let long = String(repeating: "x", count: 60_000)
        let inner = try small.open(hidden)
        let room = try #require(inner.room)
        small.note(inner, long)
        #expect(throws: VaultError.noRoom(byteCount: room)) { try inner.commit() }
        // It stays staged, for a shorter one or for more room.
        #expect(VaultRig.texts(inner) == ["adentro", long])
        inner.discardStaged()
        let visits = try small.open().visits().count
        #expect(visits == 3)
        #expect(VaultRig.texts(try small.open(hidden)) == ["adentro"])

        let large = try VaultRig(in: small.folder, room: 64_000)
        let again = try large.open(hidden)
        large.note(again, long)
        #expect(try again.commit() == .written)
        #expect(VaultRig.texts(try small.open(hidden)) == ["adentro", long])
    }

    @Test("blobs are hidden in room, and refused before they are read without")
    func blobs() throws {
        let small = try rig()
        let bytes = [UInt8](repeating: 7, count: 100_000)
        let inner = try small.open(hidden)
        var asked = 0
        #expect(throws: VaultError.self) {
            _ = try inner.stageBlob {
                asked += 1
                return bytes
            }
        }
        #expect(asked < 3)
        inner.discardStaged()
        #expect(try inner.commit() == .written)

        let large = try VaultRig(in: small.folder, room: 120_000)
        let again = try large.open(hidden)
        var pieces = [bytes]
        let blob = try again.stageBlob { pieces.popLast() ?? [] }
        #expect(try again.commit() == .written)
        var read: [UInt8] = []
        try small.open(hidden).readBlob(blob) { read += $0 }
        #expect(read == bytes)
    }

    @Test("nothing hides in a provable vault, nor under a passphrase that opens something")
    func refusals() throws {
        let rig = try rig()
        for passphrase in [VaultRig.passphrase, hidden] {
            #expect(throws: VaultError.passphraseInUse) {
                try rig.open().addCompartment(passphrase: VaultRig.secret(passphrase)) { _ in }
            }
        }
        let open = try VaultRig(seed: 9, room: 50_000)
        try open.made(isProvable: true)
        let vault = try open.open()
        #expect(vault.chaffCount == 0)
        #expect(throws: VaultError.provable) {
            try vault.addCompartment(passphrase: VaultRig.secret("x")) { _ in }
        }
    }

    @Test("a provable vault: every row opens under its passphrase or its recovery words")
    func provable() throws {
        let rig = try VaultRig()
        try rig.made(isProvable: true)
        let vault = try rig.open()
        rig.note(vault, "uno")
        _ = try vault.commit()
        let check = try rig.open().check(blobs: [])
        // The two slots, which two keys open.
        #expect(check.isWhole && check.openedCount == check.rowCount - 2)
        _ = try Vault.open(
            at: rig.path, with: .recovery(VaultRig.secret(VaultRig.recovery)), in: rig.context)
    }
}
