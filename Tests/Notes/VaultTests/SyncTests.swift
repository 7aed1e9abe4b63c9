import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

@Suite("exchange through a folder")
struct SyncTests {
    private let files = LinuxFileSystem()

    /// Two homes with one vault, and a folder between them.
    private final class Pair {
        let rigs: [VaultRig]
        let key: [UInt8]
        let folder: TemporaryDirectory

        init(seed: UInt64 = 1) throws {
            let first = try VaultRig(seed: seed)
            key = try first.made()
            let second = try VaultRig(seed: seed &+ 1_000)
            try VaultFile(first.path).backup(to: second.path, files: LinuxFileSystem())
            rigs = [first, second]
            folder = try TemporaryDirectory(inMemory: true)
        }

        func write(_ side: Int, _ text: String) throws {
            let vault = try rigs[side].open(session: key)
            rigs[side].note(vault, text)
            _ = try vault.commit()
        }

        @discardableResult
        func sync(_ side: Int) throws -> (survey: BrickSurvey, added: Int, sent: Int) {
            let file = try VaultFile(rigs[side].path)
            let files = LinuxFileSystem()
            let survey = try file.survey(folder.path, files: files)
            let added = try file.take(survey, files: files)
            let sent = try file.give(survey, files: files, random: rigs[side].context.random)
            return (survey, added, sent)
        }

        func texts(_ side: Int) throws -> [String] {
            let vault = try rigs[side].open(session: key)
            #expect(vault.damage.isEmpty && !vault.isRolledBack)
            #expect(try vault.check(blobs: []).isWhole)
            return VaultRig.texts(vault)
        }

        func witness(_ side: Int) throws -> [UInt8] {
            try VaultFile(rigs[side].path).status().witness
        }

        var bricks: [String] { folder.names.filter { $0.hasSuffix(Brick.suffix) } }
    }

    @Test("what each wrote is on both, no file is ever changed, and a third time does nothing")
    func both() throws {
        let pair = try Pair()
        try pair.write(0, "uno")
        try pair.write(1, "dos")
        try pair.sync(0)
        let before = try pair.bricks.map { try pair.folder.read($0) }
        let names = pair.bricks
        try pair.sync(1)
        try pair.sync(0)
        for (name, bytes) in zip(names, before) { #expect(try pair.folder.read(name) == bytes) }
        #expect(try pair.witness(0) == pair.witness(1))
        #expect(try Set(pair.texts(0)) == ["uno", "dos"])
        #expect(try pair.texts(0) == pair.texts(1))
        let again = try pair.sync(0)
        let bricks = pair.bricks
        #expect(try pair.sync(0).sent == 0 && pair.bricks == bricks && again.added == 0)
        #expect(pair.folder.names == pair.bricks)
    }

    @Test(
        "a vault of a thousand cells goes in bricks of a mebibyte, and a new home is made of them")
    func large() throws {
        let pair = try Pair()
        let vault = try pair.rigs[0].open(session: pair.key)
        var pieces = [SeededRandom(seed: 2).bytes(4_000_000)]
        let blob = try vault.stageBlob { pieces.popLast() ?? [] }
        _ = try vault.commit()
        let done = try pair.sync(0)
        #expect(done.sent > 1_000 && pair.bricks.count == (done.sent + 259) / 260)
        for name in pair.bricks { #expect(try pair.folder.read(name).count <= Brick.byteLimit) }

        let third = try VaultRig(seed: 77)
        try VaultFile.make(at: third.path, from: pair.folder.path, files: files)
        let file = try VaultFile(third.path)
        #expect(
            try file.take(file.survey(pair.folder.path, files: files), files: files) == done.sent)
        #expect(try file.status().witness == pair.witness(0))
        var count = 0
        try third.open(session: pair.key).readBlob(blob) { count += $0.count }
        #expect(count == 4_000_000)
    }

    @Test("half-copied files bring what is whole in them, and the rest once they are complete")
    func halfCopied() throws {
        let pair = try Pair()
        for number in 0..<6 { try pair.write(0, "\(number)") }
        try pair.sync(0)
        let name = try #require(pair.bricks.first)
        let whole = try pair.folder.read(name)
        let random = SeededRandom(seed: 5)
        for _ in 0..<40 {
            let cut = Int(random.below(UInt32(whole.count)))
            try pair.folder.write(name, Array(whole[..<cut]))
            let file = try VaultFile(pair.rigs[1].path)
            let survey = try file.survey(pair.folder.path, files: files)
            #expect(survey.incompleteCount == 1 && survey.refusedCount == 0)
            _ = try file.take(survey, files: files)
            #expect(try file.check().isWhole)
        }
        try pair.folder.write(name, whole)
        let last = try pair.sync(1)
        #expect(last.survey.incompleteCount == 0)
        #expect(try pair.texts(1) == pair.texts(0))
    }

    @Test("what a truncated brick claims to hold is sent again")
    func claims() throws {
        let pair = try Pair()
        try pair.write(0, "uno")
        try pair.sync(0)
        let name = try #require(pair.bricks.first)
        let whole = try pair.folder.read(name)
        try pair.folder.write(name, Array(whole.prefix(5_000)))
        let again = try pair.sync(0)
        #expect(again.sent > 0)
        try FileManager.default.removeItem(atPath: pair.folder(name))
        try pair.sync(1)
        #expect(try pair.texts(1) == ["uno"])
    }

    @Test("hostile bricks bring in nothing wrong and keep no genuine cell out")
    func hostile() throws {
        let pair = try Pair()
        try pair.write(0, "uno")
        try pair.sync(0)
        let name = try #require(pair.bricks.first)
        let whole = try pair.folder.read(name)
        let genuine = try #require(Brick(parsing: whole))
        // Genuine ids under other bytes, with a right sum over all of it.
        let poison = genuine.cells.map {
            SealedCell(id: Array($0.id), box: [UInt8](repeating: 1, count: 4_000))
        }
        try pair.folder.write("aa.brick", Brick.serialized(poison, head: genuine.head))
        // Of another vault, of another lineage, no brick, a link, a folder, a huge one.
        func head(salt: UInt64, lineage: UInt64) -> Head {
            Head(
                salt: salt == 0 ? genuine.head.salt : ID16(random: SeededRandom(seed: salt)),
                cost: genuine.head.cost, lineage: ID16(random: SeededRandom(seed: lineage)))
        }
        let noise = [SealedCell.chaff(SeededRandom(seed: 8))]
        try pair.folder.write("ab.brick", Brick.serialized(noise, head: head(salt: 1, lineage: 2)))
        try pair.folder.write("ac.brick", Brick.serialized(noise, head: head(salt: 0, lineage: 2)))
        try pair.folder.write("ad.brick", Array("not a brick".utf8))
        try pair.folder.write("ae.brick", [UInt8](repeating: 0, count: Brick.byteLimit + 1))
        try FileManager.default.createSymbolicLink(
            atPath: pair.folder("af.brick"), withDestinationPath: pair.folder(name))
        try FileManager.default.createDirectory(
            atPath: pair.folder("ag.brick"), withIntermediateDirectories: false)
        try pair.folder.write("text.txt", [1])
        let before = try pair.witness(1)
        try FileManager.default.moveItem(atPath: pair.folder(name), toPath: pair.folder("away"))
        let poisoned = try pair.sync(1)
        #expect(poisoned.added == 0 && poisoned.survey.refusedCount == genuine.cells.count)
        #expect(poisoned.survey.foreignCount == 1 && poisoned.survey.otherLineageCount == 1)
        #expect(poisoned.survey.incompleteCount == 4)
        #expect(try pair.witness(1) == before)
        try FileManager.default.moveItem(atPath: pair.folder("away"), toPath: pair.folder(name))
        try pair.sync(1)
        #expect(try pair.texts(1) == ["uno"])
    }

    /// With the swaps of `DamageTests`, ten thousand of them in `make torture`.
    @Test("poisoned in any way, a brick brings in only whole cells, and the genuine one all")
    func poisoned() throws {
        let pair = try Pair()
        for text in ["uno", "dos", "tres"] { try pair.write(0, text) }
        try pair.sync(0)
        let name = try #require(pair.bricks.first)
        let genuine = try pair.folder.read(name)
        let clean = try pair.rigs[1].folder.read("vault.db")
        let known = Set(try #require(Brick(parsing: genuine)).cells.map { Array($0.id.prefix(16)) })
        let random = SeededRandom(seed: 21)
        for round in 0..<(DamageTests.isThorough ? 2_500 : 25) {
            try pair.rigs[1].folder.write("vault.db", clean)
            var bytes = genuine
            for _ in 0...random.below(4) {
                let cell = 70 + 4_032 * Int(random.below(UInt32(known.count)))
                let other = 70 + 4_032 * Int(random.below(UInt32(known.count)))
                switch random.below(5) {
                case 0:
                    bytes[Int(random.below(UInt32(bytes.count)))] ^= UInt8(1 + random.below(255))
                case 1: bytes.replaceSubrange(cell..<cell + 32, with: bytes[other..<other + 32])
                case 2:
                    bytes.replaceSubrange(
                        cell + 32..<cell + 4_032, with: random.bytes(4_000))
                case 3: bytes.replaceSubrange(cell + 16..<cell + 32, with: random.bytes(16))
                default:
                    bytes.replaceSubrange(cell..<cell + 4_032, with: bytes[other..<other + 4_032])
                }
            }
            try pair.folder.write(name, bytes)
            let file = try VaultFile(pair.rigs[1].path)
            let survey = try file.survey(pair.folder.path, files: files)
            _ = try file.take(survey, files: files)
            #expect(try file.check().isWhole, "round \(round)")
            if bytes != genuine, Brick(parsing: bytes)?.head.salt == file.id {
                #expect(survey.incompleteCount == 1, "round \(round)")
            }
            try pair.folder.write(name, genuine)
            _ = try file.take(file.survey(pair.folder.path, files: files), files: files)
            #expect(try Set(pair.texts(1)) == ["uno", "dos", "tres"], "round \(round)")
        }
    }

    @Test("every byte of a brick's header and every length of it is read without a stumble")
    func strictness() throws {
        let head = Head(
            salt: GoldenTests.id(0), cost: VaultRig.cost, lineage: GoldenTests.id(1))
        let cells = (0..<2).map { SealedCell.chaff(SeededRandom(seed: $0)) }
        let bytes = Brick.serialized(cells, head: head)
        #expect(try #require(Brick(parsing: bytes)).isWhole)
        for place in 0..<70 {
            var changed = bytes
            changed[place] ^= 0x41
            #expect(Brick(parsing: changed)?.isWhole != true)
        }
        for count in stride(from: 0, to: bytes.count, by: 61) {
            let cut = Brick(parsing: Array(bytes[..<count]))
            #expect(cut?.isWhole != true && (cut?.cells.count ?? 0) <= count / 4_032)
        }
        #expect(Brick(parsing: bytes + [0])?.isWhole == false)
    }
}
