import Foundation
import TestSupport
import Testing

/// The scripts of Tests/Torture that kill the watcher where it hurts, and let a week pass.
@Suite("a watcher that dies at named places, and a week in a minute")
struct KillPointsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Torture")
    private static let isThorough = ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"

    private func run(_ script: String, _ arguments: [String]) throws -> String {
        let python = try #require(Peer("/usr/bin/python3"))
        let result = try python.run(
            [
                Self.folder.appending(path: script).path, "--amparo",
                BuiltTool.programs + "/amparo",
            ] + arguments)
        let said = String(decoding: result.output, as: UTF8.self)
        #expect(result.status == 0, "\(said)\(result.complaint)")
        print(said.split(separator: "\n").last ?? "")
        return said
    }

    /// Eight of the 53 places once; AMPARO_TORTURE=1 asks for all of them with fifty seeds.
    @Test("whatever is not written, synced, sent or answered: nothing lost, nothing false")
    func places() throws {
        // Where tracing is forbidden nothing can be killed at a place.
        let strace = try #require(Peer("/usr/bin/strace"))
        let isAllowed = try strace.run(["-o", "/dev/null", "/bin/true"]).status == 0
        guard isAllowed else { return }
        let said = try run(
            "kill_points.py",
            Self.isThorough ? ["--jobs", "4"] : ["--seeds", "1", "--points", "8", "--jobs", "1"])
        #expect(said.contains(": 0 lost, 0 false") && !said.hasPrefix("0 kills"))
    }

    /// A day and a half; AMPARO_TORTURE=1 asks for ten weeks.
    @Test("killed, suspended and cut off at random, hours pass like moments")
    func week() throws {
        let said = try run(
            "week.py", Self.isThorough ? [] : ["--weeks", "1", "--days", "1.5"])
        #expect(said.contains(": 0 lost, 0 false"))
    }
}
