import CommandLineKit
import Platform
import Wording

/// A world in memory around one run of a program or a command.
package struct TestWorld: Sendable {
    package let files: MemoryFileSystem
    package let clock: ManualClock
    package let terminal: ScriptedTerminal
    package let output = MemoryOutput()
    package let error = MemoryOutput()
    package let sessions = MemorySessionKeyring()
    package let world: World

    /// - Parameter descriptors: What can be read from file descriptors 3 and up.
    package init(
        _ arguments: [String] = [], environment: [String: String] = ["LANG": "en_US.UTF-8"],
        files: MemoryFileSystem = MemoryFileSystem(), clock: ManualClock = ManualClock(),
        seed: UInt64 = 1, terminal: ScriptedTerminal = .absent, input: [UInt8] = [],
        descriptors: [Int32: String] = [:]
    ) {
        self.files = files
        self.clock = clock
        self.terminal = terminal
        let home = ["AMPARO_HOME": "/home/test/amparo"]
        world = World(
            arguments: arguments, environment: environment.merging(home) { chosen, _ in chosen },
            files: files, clock: clock, random: SeededRandom(seed: seed), terminal: terminal,
            standardInput: MemoryInput(input), standardOutput: output, standardError: error,
            descriptor: { number in
                if let text = descriptors[number] { return MemoryInput(text) }
                return ClosedInput()
            }, sessions: sessions)
    }

    /// Runs `root` and gives the exit code back.
    @discardableResult
    package func run(_ root: Command) -> ExitCode {
        Program(version: "test 1", root: root, storedLanguage: { _, _ in nil }).run(world)
    }
}

/// A descriptor that nobody opened.
private struct ClosedInput: ByteInput {
    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        throw .failed(code: 9)
    }
}
