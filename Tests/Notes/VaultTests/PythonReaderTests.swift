import Encoding
import Foundation
import Secrets
import TestSupport
import Testing

@testable import Vault

/// A reader that shares no code with the program: the format is what the document says.
@Suite("a reader in another language")
struct PythonReaderTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "python/read_vault.py").path

    private func read(
        _ rig: VaultRig, _ passphrase: String, _ arguments: [String], bricks: String? = nil
    ) throws -> (status: Int32, object: [String: Any]) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", Self.script, bricks ?? rig.path] + arguments
        let input = Pipe()
        process.standardInput = input
        let output = rig.folder("output.json")
        try Data().write(to: URL(filePath: output))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(passphrase.utf8))
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        let data = try Data(contentsOf: URL(filePath: output))
        let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (process.terminationStatus, object ?? [:])
    }

    @Test("finds in a checkpoint what the log says, outer and hidden, after a merge too")
    func checkpoints() throws {
        let rig = try VaultRig()
        let key = try rig.made()
        let copy = try VaultRig(seed: 2)
        try copy.folder.write("vault.db", try rig.folder.read("vault.db"))
        func write(_ rig: VaultRig, _ count: Int) throws {
            let vault = try rig.open(session: key)
            for number in 0..<count {
                vault.stage(
                    kind: RecordKind.note, entity: nil, parents: [],
                    fields: FieldList([
                        Field(1, "n\(number)"), Field(2, [UInt8](repeating: 7, count: 40 * number)),
                        Field(4, u64: 9),
                    ]))
                _ = try vault.commit()
            }
        }
        try write(rig, 90)
        try write(copy, 70)
        let (status, object) = try read(rig, VaultRig.passphrase, [])
        let found = try #require(object["checkpoints"] as? [[String: Any]])
        #expect(status == 0 && !found.isEmpty)
        #expect(found.allSatisfy { $0["agrees"] as? Bool == true })
        #expect(found.contains { ($0["deferred"] as? Int ?? 0) > 50 })
        // What was covered before is not all that is there now; what is told then is.
        _ = try VaultFile(rig.path).merge(copy.path)
        try write(rig, 1)
        let merged = try read(rig, VaultRig.passphrase, []).object["checkpoints"]
        let last = (merged as? [[String: Any]])?.max {
            ($0["commits"] as? Int ?? 0) < ($1["commits"] as? Int ?? 0)
        }
        #expect(last?["agrees"] as? Bool == true && last?["commits"] as? Int ?? 0 > 160)
    }

    @Test("reads every record, visit and blob that the program wrote")
    func agrees() throws {
        let rig = try VaultRig()
        let vault = try rig.create()
        rig.note(vault, "Entrevista en el puerto: ñandú")
        _ = try vault.commit()
        for number in 0..<5 {
            let again = try rig.open()
            rig.note(again, "\(number)" + String(repeating: "z", count: number * 3_000))
            rig.clock.advance(by: .seconds(61))
            _ = try again.commit()
        }
        let last = try rig.open()
        var piece = SeededRandom(seed: 3).bytes(9_000)
        let bytes = piece
        let blob = try last.stageBlob {
            defer { piece = [] }
            return piece
        }
        _ = try last.commit()

        let passphrase = VaultRig.passphrase + "\n"
        let (status, object) = try read(rig, passphrase, ["--blobs"])
        #expect(status == 0)
        #expect(object["vault"] as? String == "\(last.id)")
        let records = try #require(object["records"] as? [[String: Any]])
        let mine = last.records.map { record -> [String] in
            ["\(record.kind)", "\(record.entity)", "\(record.version)", "\(record.device)"]
                + record.fields.fields.map { Hex.encode($0.bytes) }
        }
        let theirs = records.map { record -> [String] in
            ["\(record["kind"] ?? "")"]
                + ["entity", "version", "device"].map { record[$0] as? String ?? "" }
                + (record["fields"] as? [[Any]] ?? []).map { $0[1] as? String ?? "" }
        }
        #expect(mine == theirs && mine.count == 6)
        #expect((object["visits"] as? [Any])?.count == 7)
        #expect((object["damage"] as? [Any])?.isEmpty == true)
        #expect((object["blobs"] as? [String: String]) == ["\(blob.id)": Hex.encode(bytes)])

        let folder = rig.folder("bricks")
        try rig.context.files.createDirectory(folder)
        let file = try VaultFile(rig.path)
        _ = try file.give(
            file.survey(folder, files: rig.context.files), files: rig.context.files,
            random: rig.context.random)
        let bricks = try read(rig, passphrase, ["--blobs"], bricks: folder)
        #expect(bricks.status == 0)
        #expect(NSDictionary(dictionary: bricks.object) == NSDictionary(dictionary: object))

        let words = try read(rig, Hex.encode(VaultRig.recovery), ["--recovery"])
        #expect(words.status == 0 && words.object["origin"] as? Int == 1)
        #expect(try read(rig, "wrong", []).status == 3)

        let host = try rig.open()
        try host.addCompartment(passphrase: VaultRig.secret("otra")) { store in
            store.stage(kind: 1, entity: nil, parents: [], fields: FieldList([Field(1, "x")]))
        }
        _ = try host.commit()
        let hidden = try read(rig, "otra", [])
        #expect(hidden.object["role"] as? Int == 1)
        #expect((hidden.object["records"] as? [Any])?.count == 1)
        #expect((hidden.object["visits"] as? [Any])?.count == 8)
    }
}
