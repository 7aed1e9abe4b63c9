import Platform
import Synchronization
import TestSupport
import Testing

/// A terminal on which somebody pressed Ctrl-S.
private final class StoppedOutput: ByteOutput {
    let go: WakeSignal
    let inner = MemoryOutput()

    init() throws { go = try WakeSignal() }

    func write(_ bytes: Span<UInt8>) throws(StreamError) {
        _ = Waiting.forReadable([go.descriptor], limit: .seconds(60))
        try inner.write(bytes)
    }
}

@Suite("an output that is not waited for")
struct PatientOutputTests {
    @Test("a stopped terminal holds nobody up; what did not fit is counted")
    func stopped() throws {
        let stopped = try StoppedOutput()
        let output = PatientOutput(stopped, limit: 10)
        // Would never come back if a single line were waited for.
        for number in 0..<1_000 { output.write("\(number)\n") }
        output.finish(within: .milliseconds(1))
        #expect(stopped.inner.text == "")
        stopped.go.raise()
        output.finish(within: .seconds(30))
        let lines = stopped.inner.text.split(separator: "\n")
        #expect(lines.starts(with: ["0", "1", "2"]))
        #expect(lines.last?.hasPrefix("[... ") == true)
        #expect((11...12).contains(lines.count))
    }

    @Test("an output that is gone stops nothing")
    func gone() {
        let output = PatientOutput(MemoryOutput(room: 0))
        for _ in 0..<10 { output.write("x") }
        output.finish(within: .seconds(30))
    }
}
