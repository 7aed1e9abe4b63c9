import Foundation
import TestSupport
import Testing

/// A fortieth of what Tests/Torture does to the real program; AMPARO_TORTURE=1 asks for all of it.
@Suite("the program under kills and damage")
struct VaultTortureTests {
    private static let isWhole = ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"

    private func torture(_ script: String, _ arguments: String...) throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Torture/\(script)")
        let folder = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["python3", path.path, "--amparo", BuiltTool.programs + "/amparo"] + arguments
        // To a file: a full pipe would block the child.
        try folder.write("said", [])
        let output = try FileHandle(forWritingTo: URL(filePath: folder("said")))
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let said = String(decoding: try folder.read("said"), as: UTF8.self)
        if Self.isWhole { print(said) }
        #expect(process.terminationStatus == 0, "\(said)")
    }

    @Test("killed while it writes a note, it loses none that it acknowledged")
    func kills() throws {
        try torture("kill_notes.py", "--kills", Self.isWhole ? "500" : "12")
    }

    @Test(
        "notes and files go out and come in, by the hundreds and the thousands, without difference")
    func exchange() throws {
        try torture(
            "exchange_notes.py", "--notes", Self.isWhole ? "10000" : "950", "--files",
            Self.isWhole ? "1000" : "20")
    }

    @Test("of a damaged file, or with a wrong key, it leaves no output")
    func files() throws {
        try torture("damage_files.py", "--damages", Self.isWhole ? "1000" : "40")
    }

    @Test("to a wrong file it says what is wrong and what to do, and nothing is lost")
    func badInput() throws {
        try torture("bad_input.py", "--part", Self.isWhole ? "1/1" : "5/19")
    }

    @Test("of a damaged vault it shows nothing wrong, and says that it is damaged")
    func damages() throws {
        try torture("damage_vault.py", "--damages", Self.isWhole ? "1000" : "25")
    }
}
