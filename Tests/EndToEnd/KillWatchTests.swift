import Foundation
import TestSupport
import Testing

/// The scripts of Tests/Torture against the real watcher, its courier and a real mail server.
@Suite("a watcher that is killed, and one whose disk is full")
struct KillWatchTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Torture")

    /// Eight of the kills of kill_watch.py; AMPARO_TORTURE=1 asks for a hundred.
    @Test("no alert is lost, and repeats say that they are repeats")
    func kills() throws {
        let isThorough = ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"
        let script = Self.folder.appending(path: "kill_watch.py")
        let python = try #require(Peer("/usr/bin/python3"))
        let result = try python.run([
            script.path, "--amparo", BuiltTool.programs + "/amparo", "--kills",
            isThorough ? "100" : "8",
        ])
        let said = String(decoding: result.output, as: UTF8.self)
        #expect(result.status == 0, "\(said)\(result.complaint)")
        #expect(said.contains(": 0 lost"))
    }

    @Test(
        "a full disk silences no alert and confirms no check-in", .enabled(if: BuiltTool.canMount))
    func fullDisk() throws {
        let unshare = try #require(Peer("/usr/bin/unshare"))
        let result = try unshare.run([
            "--mount", "/usr/bin/python3", Self.folder.appending(path: "fill_watch.py").path,
            "--amparo", BuiltTool.programs + "/amparo",
        ])
        let said = String(decoding: result.output, as: UTF8.self)
        #expect(result.status == 0, "\(said)\(result.complaint)")
        #expect(
            said.contains("1 alert, 1 all-clear, 0 after a restart; unconfirmed check-in: exit 1"))
    }
}
