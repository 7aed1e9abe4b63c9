import Foundation
import TestSupport
import Testing

@Suite("the watcher killed while it sends")
struct KillWatchTests {
    /// The whole torture is `Tests/Torture/kill_watch.py --kills 100`; this is a taste of it.
    @Test("no alert is lost, repeats are labelled, the last word is the true one")
    func taste() throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Torture/kill_watch.py").path
        let python = try #require(Peer("/usr/bin/python3"))
        let run = try python.run([
            script, "--programs", BuiltTool.programs, "--kills", "8", "--seed", "7",
        ])
        let figures = String(decoding: run.output, as: UTF8.self)
        #expect(run.status == 0, "\(figures)\(run.complaint)")
        #expect(figures.hasPrefix("kills 8,"))
    }
}
