import Foundation
import TestSupport
import Testing

/// Eight of the kills of Tests/Torture/kill_watch.py; AMPARO_TORTURE=1 asks for a hundred.
@Suite("kill -9 of the watcher")
struct KillWatchTests {
    @Test("no alert is lost, and repeats say that they are repeats")
    func kills() throws {
        let isThorough = ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Torture/kill_watch.py")
        let python = try #require(Peer("/usr/bin/python3"))
        let result = try python.run([
            script.path, "--amparo", BuiltTool.programs + "/amparo", "--kills",
            isThorough ? "100" : "8",
        ])
        let said = String(decoding: result.output, as: UTF8.self)
        #expect(result.status == 0, "\(said)\(result.complaint)")
        #expect(said.contains(": 0 lost"))
    }
}
