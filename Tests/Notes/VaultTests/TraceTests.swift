import CFaultyDisk
import Database
import Encoding
import Foundation
import Platform
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import Vault

/// The claim of hidden compartments, as an equation: for whatever hidden acts there were, there is
/// a tape of random bytes under which mere looking makes the same calls and the same files, byte
/// for byte. What is left to believe is that sealed boxes look like random bytes.
@Suite("hidden use writes what looking writes")
struct TraceTests {
    private static let isThorough =
        ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"
    private static let sequenceCount = isThorough ? 1_000 : 15

    enum Act: CaseIterable {
        case read, write, writeLong, blob, changePassphrase
        case add, hiddenRead, hiddenWrite, hiddenWriteLong, hiddenBlob

        /// What the other person did in the same moment: she looked something up.
        var innocent: Act { isHidden ? .read : self }

        var isHidden: Bool {
            switch self {
            case .read, .write, .writeLong, .blob, .changePassphrase: false
            case .add, .hiddenRead, .hiddenWrite, .hiddenWriteLong, .hiddenBlob: true
            }
        }
    }

    /// One person's folder, with every call that changes it on record.
    private final class Person {
        let folder: TemporaryDirectory
        let disk = RecordingDisk()
        let system: String
        let clock = ManualClock()
        let key: [UInt8]
        var hiddenKey: [UInt8]?

        init(_ vault: [UInt8], _ device: [UInt8], key: [UInt8], system: String) throws {
            folder = try TemporaryDirectory(inMemory: true)
            self.key = key
            self.system = system
            try folder.write("vault.db", vault)
            try FileManager.default.createDirectory(
                atPath: folder("state"), withIntermediateDirectories: false)
            try folder.write("state/device", device)
        }

        var rowCount: Int64 {
            get throws {
                let file = try VaultFile(folder("vault.db"), access: .readOnly)
                return try file.database.integer("SELECT max(n) FROM cell") ?? 0
            }
        }

        /// Rows beyond a number, in the order of the file.
        func rows(after number: Int64) throws -> [SealedCell] {
            let database = try Database(path: folder("vault.db"), access: .readOnly)
            let rows = try database.prepare("SELECT id, box FROM cell WHERE n>? ORDER BY n")
            try rows.bind(.integer(number))
            var cells: [SealedCell] = []
            while try rows.step() {
                cells.append(SealedCell(id: rows.blob(0) ?? [], box: rows.blob(1) ?? []))
            }
            return cells
        }

        /// - Returns: Every call that changed something, in order by kind of file.
        func perform(_ act: Act, _ random: VaultRandom, room: Int, seed: UInt64) throws -> String {
            _ = disk.takeActs()
            amparo_faulty_disk(system, AMPARO_FAULT_NONE, 0, 1)
            let context = VaultContext(
                files: disk, clock: clock, random: random, stateFolder: folder("state"),
                roomByteCount: room)
            // Before there is a compartment, its acts are those of its future owner: looking.
            let usesHidden = act.isHidden && act != .add && hiddenKey != nil
            let secret = VaultRig.secret(usesHidden ? hiddenKey ?? [] : key)
            let vault = try Vault.open(
                try VaultFile(folder("vault.db"), system: system), with: .session(secret),
                in: context)
            #expect(vault.damage.isEmpty && !vault.isRolledBack)
            if !act.isHidden || usesHidden || act == .add {
                try use(vault, act, SeededRandom(seed: seed))
            }
            do throws(VaultError) {
                #expect(try vault.commit() == .written)
            } catch {
                guard case .noRoom = error else { throw error }
            }
            return String(cString: amparo_faulty_disk_trace(system))
                + disk.takeActs().joined(separator: "\n")
        }

        private func use(_ vault: Vault, _ act: Act, _ random: SeededRandom) throws {
            func note(_ limit: UInt32) {
                let text = String(repeating: "ñ", count: Int(random.below(limit)))
                vault.stage(kind: 1, entity: nil, parents: [], fields: FieldList([Field(1, text)]))
            }
            switch act {
            case .read, .hiddenRead: break
            case .write, .hiddenWrite: note(1_500)
            case .writeLong, .hiddenWriteLong: note(30_000)
            case .blob, .hiddenBlob:
                var pieces = [random.bytes(Int(random.below(40_000)) + 1)]
                do { _ = try vault.stageBlob { pieces.popLast() ?? [] } } catch VaultError.noRoom {
                    vault.discardStaged()
                }
            case .changePassphrase:
                try vault.addSlot(passphrase: VaultRig.secret("clave \(random.next())"))
            case .add:
                var key: [UInt8] = []
                let passphrase = VaultRig.secret("oculta \(random.next())")
                try vault.addCompartment(passphrase: passphrase) { store in
                    key = (store as? Vault).map { VaultRig.bytes($0.sessionKey()) } ?? []
                    store.stage(
                        kind: 16, entity: nil, parents: [],
                        fields: FieldList([Field(1, "me"), Field(2, random.bytes(32))]))
                }
                hiddenKey = key
            }
        }

        var state: [String: [UInt8]] {
            get throws {
                let names = try FileManager.default.contentsOfDirectory(atPath: folder("state"))
                return try Dictionary(
                    uniqueKeysWithValues: names.map { ($0, try folder.read("state/" + $0)) })
            }
        }
    }

    /// Gives what it was made of, in order, and then no more.
    private final class Replay: RandomSource {
        private let bytes: [UInt8]
        private let place = Mutex(0)

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { place.withLock { $0 } == bytes.count }

        func fill(_ span: inout MutableSpan<UInt8>) {
            place.withLock { place in
                for index in span.indices {
                    span[index] = bytes[place]
                    place += 1
                }
            }
        }
    }

    /// The random bytes under which a reader's commit gives these rows.
    private func tape(for rows: [SealedCell], order: SeededRandom) -> Replay {
        var places = Array(rows.indices)
        order.shuffle(&places)
        var cells = rows
        for (row, place) in places.enumerated() { cells[place] = rows[row] }
        // First the visit, which both seal alike, then what the reader takes for chaff.
        var bytes = Array(cells[0].box.prefix(24))
        for cell in cells.dropFirst() {
            bytes += cell.box + cell.id.suffix(CellFormat.labelByteCount)
        }
        return Replay(bytes)
    }

    @Test("same calls, same bytes, whatever was hidden", arguments: 0..<sequenceCount)
    func equality(_ sequence: Int) throws {
        let seed = UInt64(sequence) &* 1_000_003
        let rig = try VaultRig(seed: seed)
        let key = try rig.made()
        let vault = try rig.folder.read("vault.db")
        let device = try rig.folder.read("state/device")
        let hiding = try Person(vault, device, key: key, system: "hiding-\(sequence)")
        let looking = try Person(vault, device, key: key, system: "looking-\(sequence)")
        let script = SeededRandom(seed: seed &+ 1)

        var acts: [Act] = [.add]
        for _ in 0..<10 { acts.append(Act.allCases[Int(script.below(UInt32(Act.allCases.count)))]) }
        for (number, act) in acts.enumerated() {
            let room = script.below(4) == 0 ? Int(script.below(60_000)) : 0
            let minutes = Duration.seconds(60 * Int64(script.below(500)))
            let actSeed = script.next()
            hiding.clock.advance(by: minutes)
            looking.clock.advance(by: minutes)
            func source(_ use: UInt64) -> SeededRandom {
                SeededRandom(seed: actSeed &+ use &* 7_919)
            }
            let before = try hiding.rowCount
            let mine = try hiding.perform(
                act,
                VaultRandom(count: source(1), order: source(2), boxes: source(3), names: source(4)),
                room: room, seed: actSeed)
            let rows = try hiding.rows(after: before)
            let tape: any RandomSource =
                act.isHidden ? self.tape(for: rows, order: source(2)) : source(3)
            let theirs = try looking.perform(
                act.innocent,
                VaultRandom(count: source(1), order: source(2), boxes: tape, names: source(4)),
                room: room, seed: actSeed)
            #expect(mine == theirs, "act \(number): \(act)")
            #expect((tape as? Replay)?.isAtEnd != false)
            #expect(try hiding.folder.read("vault.db") == looking.folder.read("vault.db"))
            #expect(try hiding.state == looking.state)
            #expect(hiding.folder.names == looking.folder.names)
        }
        // And it was not in vain.
        let hidden = try #require(hiding.hiddenKey)
        let opened = try Vault.open(
            at: hiding.folder("vault.db"), with: .session(VaultRig.secret(hidden)), in: rig.context)
        #expect(opened.isHidden && opened.damage.isEmpty && !opened.records.isEmpty)
    }
}
