import Database
import Encoding
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

/// A checkpoint saves time and changes nothing: what is read beside one is what the log says.
@Suite("checkpoints")
struct CheckpointTests {
    /// A note with a text that a checkpoint leaves in the log.
    private func note(_ vault: Vault, _ title: String, textCount: Int = 300) {
        let text = [UInt8](repeating: UInt8(title.utf8.count), count: textCount)
        vault.stage(
            kind: RecordKind.note, entity: nil, parents: [],
            fields: FieldList([Field(1, title), Field(2, text), Field(4, u64: 7)]))
    }

    private func commits(_ vault: Vault, _ titles: [String]) throws {
        for title in titles {
            note(vault, title)
            #expect(try vault.commit() == .written)
        }
    }

    /// Every record as it was staged.
    private func whole(_ vault: Vault) throws -> [Record] {
        try vault.records.map { try #require(vault.whole($0)) }
    }

    private func deferredCount(_ vault: Vault) -> Int {
        vault.records.count { $0.deferred != nil }
    }

    private func checkpointRows(_ vault: Vault) -> [Int64] {
        vault.index.candidates(vault.compartmentKeys)
            .filter { $0.address.kind == .checkpoint }.map(\.row)
    }

    private func delete(_ rows: [Int64], _ path: String) throws {
        let database = try Database(path: path, access: .readWrite)
        for row in rows {
            try database.prepare("DELETE FROM cell WHERE n=?").run(.integer(row))
        }
    }

    @Test("one is written when the log has grown by enough, and opens to the same records")
    func same() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        try commits(vault, (0..<60).map { "note \($0)" })
        #expect(checkpointRows(vault).isEmpty)
        #expect(deferredCount(try rig.open(session: key)) == 0)
        try commits(vault, (60..<150).map { "note \($0)" })
        let opened = try rig.open(session: key)
        #expect(opened.damage.isEmpty && opened.records.count == 150)
        #expect(deferredCount(opened) > 100)
        #expect(try whole(opened) == vault.records)
        // All at once, and one by one.
        let other = try rig.open(session: key)
        try other.loadDeferred()
        #expect(try whole(other) == vault.records)
        #expect(try other.check(blobs: []).isWhole)
        #expect(opened.leaves == vault.leaves && opened.greatest[.log] == vault.greatest[.log])
    }

    @Test("a checkpoint covers what goes in with it, also a commit of thousands of cells")
    func bulk() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        for number in 0..<2_500 { note(vault, "n\(number)", textCount: 2_900) }
        #expect(try vault.commit() == .written)
        let opened = try rig.open(session: key)
        #expect(deferredCount(opened) == 2_500)
        #expect(try whole(opened) == vault.records)
        // And the next ones find it.
        try commits(opened, (0..<70).map { "more \($0)" })
        let again = try rig.open(session: key)
        #expect(again.records.count == 2_570 && again.damage.isEmpty)
        #expect(Set(try whole(again)).isSuperset(of: vault.records))
    }

    @Test("two devices' vaults merge to the same in either order, with checkpoints of both")
    func merged() throws {
        let one = try VaultRig()
        let key = try one.made()
        let two = try VaultRig(seed: 2)
        try two.folder.write("vault.db", try one.folder.read("vault.db"))
        let left = try one.open(session: key)
        let right = try two.open(session: key)
        try commits(left, (0..<140).map { "left \($0)" })
        try commits(right, (0..<100).map { "right \($0)" })
        let copy = try one.folder.read("vault.db")
        _ = try VaultFile(one.path).merge(two.path)
        try two.folder.write("other.db", copy)
        _ = try VaultFile(two.path).merge(two.folder("other.db"))
        var tellings: [[Record]] = []
        for rig in [one, two] {
            let vault = try rig.open(session: key)
            #expect(vault.damage.isEmpty)
            tellings.append(try whole(vault))
            // What differs is covered again by the next write.
            try commits(vault, ["after"])
            let after = try rig.open(session: key)
            #expect(after.damage.isEmpty && deferredCount(after) == 241)
            #expect(try whole(after).dropLast() == tellings[tellings.count - 1][...])
        }
        #expect(tellings[0] == tellings[1])
        #expect(Set(tellings[0]) == Set(left.records + right.records))
    }

    @Test("a damaged checkpoint costs nothing but time")
    func damagedCheckpoint() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        try commits(vault, (0..<150).map { "note \($0)" })
        let rows = checkpointRows(vault).sorted()
        #expect(rows.count > 3)
        try delete([rows[rows.count - 1]], rig.path)
        let older = try rig.open(session: key)
        #expect(try whole(older) == vault.records && older.damage.isEmpty)
        try delete(rows, rig.path)
        let none = try rig.open(session: key)
        #expect(try whole(none) == vault.records && deferredCount(none) == 0)
    }

    @Test("of a cell of the log that is gone the checkpoint still tells the title")
    func lostCell() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let vault = try rig.open(session: key)
        try commits(vault, (0..<80).map { "note \($0)" })
        let cell = try #require(
            vault.index.candidates(vault.compartmentKeys).first {
                $0.address.kind == .log && $0.address.sequence == 20
            })
        try delete([cell.row], rig.path)
        let opened = try rig.open(session: key)
        #expect(opened.records.count == 80)
        let lost = opened.records.filter { opened.whole($0) == nil }
        #expect(lost.count == 1)
        let entity = try #require(lost.first?.entity)
        #expect(opened.damage.contains { if case .commitLost = $0 { true } else { false } })
        #expect(try opened.check(blobs: []).damage.contains(.text(entity)))
        let deferred = try #require(lost.first?.deferred)
        #expect(throws: VaultError.self) { try opened.bytes(of: deferred) }
        // No checkpoint is made of a log with losses: it would seem whole.
        let before = checkpointRows(opened).count
        try commits(opened, (0..<70).map { "more \($0)" })
        #expect(checkpointRows(opened).count == before)
    }

    @Test("a hidden compartment's fills places of chaff, visit by visit")
    func hidden() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let outer = try rig.open(session: key)
        var hiddenKey: [UInt8] = []
        try outer.addCompartment(passphrase: VaultRig.secret("otra")) { store in
            hiddenKey = (store as? Vault).map { VaultRig.bytes($0.sessionKey()) } ?? []
            self.note(try #require(store as? Vault), "first")
        }
        _ = try outer.commit()
        var titles = ["first"]
        var visits = 0
        while true {
            let vault = try rig.open(session: hiddenKey)
            #expect(vault.damage.isEmpty && vault.records.count == titles.count)
            if deferredCount(vault) > 60 {
                #expect(
                    try whole(vault).compactMap { $0.fields.text(1) }.sorted() == titles.sorted())
                break
            }
            if titles.count < 70 {
                titles.append("note \(titles.count)")
                note(vault, "note \(titles.count - 1)")
            }
            let wanted = vault.index.count + 1 + vault.chaffCount
            #expect(try vault.commit() == .written)
            #expect(vault.index.count == wanted)
            visits += 1
            try #require(visits < 120)
        }
        #expect(checkpointRows(try rig.open(session: key)).isEmpty)
    }

    @Test("has one spelling, and damage is refused", arguments: 1...30)
    func spelling(_ seed: UInt64) throws {
        let random = SeededRandom(seed: seed)
        let rig = try VaultRig(seed: seed)
        let vault = try rig.create()
        for number in 0..<Int(random.below(5) + 1) {
            note(vault, "n\(number)", textCount: Int(random.below(200)))
        }
        let commit = Commit(
            id: ID16(random: random), parents: [ID16(random: random)], records: vault.records)
        let place = CommitPlace(id: commit.id, first: 5, parts: 3)
        let ids = (5..<8).map { (UInt64($0), random.bytes(32)[...]) }
        let checkpoint = try #require(
            Checkpoint([commit], at: [commit.id: place], greatest: 9, ids: ids))
        let bytes = checkpoint.serialized()
        let read = try Checkpoint(parsing: bytes[...])
        #expect(read.serialized() == bytes && read.entries == checkpoint.entries)
        #expect(read.differing(from: ids).isEmpty && read.differing(from: ids.dropLast()) == [0])
        // What was left out lies where the reference says.
        let joined = commit.serialized()
        for (brief, full) in zip(read.entries[0].commit.records, commit.records) {
            guard let deferred = brief.deferred else { continue }
            #expect(Array(joined[deferred.range]) == full.fields.first(2))
        }
        for _ in 0..<200 {
            var damaged = bytes
            damaged[Int(random.below(UInt32(bytes.count)))] ^= UInt8(1 << random.below(8))
            if let other = try? Checkpoint(parsing: damaged[...]) {
                #expect(other.serialized() == damaged)
            }
            #expect(throws: CodecError.self) {
                try Checkpoint(parsing: bytes.prefix(Int(random.below(UInt32(bytes.count)))))
            }
        }
    }
}
