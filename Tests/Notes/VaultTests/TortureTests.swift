import Foundation
import TestSupport
import Testing

/// Forty of the kills of Tests/Torture/kill_notes.py; AMPARO_TORTURE=1 asks for all five hundred.
@Suite("kill -9")
struct TortureTests {
    @Test("a writer killed at random moments loses no note that it acknowledged")
    func kills() throws {
        let isThorough = ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let helper = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "vault-torture")
        let folder = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", tests.appending(path: "Torture/kill_notes.py").path, "--helper", helper.path,
            "--kills", isThorough ? "500" : "40",
        ]
        // To files: a full pipe would block the child.
        try folder.write("said", [])
        let output = try FileHandle(forWritingTo: URL(filePath: folder("said")))
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let said = String(decoding: try folder.read("said"), as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(said)")
    }
}
