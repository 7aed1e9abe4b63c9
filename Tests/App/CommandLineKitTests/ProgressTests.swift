import CommandLineKit
import Platform
import TestSupport
import Testing
import Wording

@Suite("progress")
struct ProgressTests {
    private func work(_ arguments: [String], streams: Set<StandardStream>) -> String {
        let test = TestWorld(
            arguments, environment: ["LANG": "es", "TERM": "xterm"],
            terminal: ScriptedTerminal(streams: streams))
        let clock = test.clock
        test.run(
            Command("amparo", Text(verbatim: "x")) { invocation in
                let progress = invocation.progress(total: 100_000_000)
                for _ in 0..<10 {
                    clock.advance(by: .seconds(2))
                    progress.advance(by: 10_000_000)
                }
                progress.finish()
            })
        return test.error.text
    }

    @Test("shows bytes, rate and time left, and removes itself")
    func terminal() {
        let drawn = work([], streams: [.error])
        #expect(
            drawn.hasPrefix("\r\u{1B}[K10 %  10.0 MB de 100.0 MB  5.0 MB/s  faltan 18 s"))
        #expect(drawn.hasSuffix("\r\u{1B}[K"))
    }

    @Test("says nothing in a pipe or when asked to be quiet")
    func silent() {
        #expect(work([], streams: [.output]) == "")
        #expect(work(["--quiet"], streams: [.error]) == "")
    }

    @Test("writes whole lines now and then for a screen reader")
    func plain() {
        let lines = work(["--plain"], streams: [.error])
        #expect(!lines.contains("\u{1B}") && !lines.contains("\r"))
        #expect(lines.split(separator: "\n").count == 2)
    }
}
