package import Platform
package import Secrets

/// Everything outside the program that a command may touch. Nothing else reads the time, the
/// environment or a descriptor.
package struct World: Sendable {
    /// Without the program's name.
    package let arguments: [String]
    package let environment: [String: String]
    package let files: any FileSystem
    package let clock: any SystemClock
    package let random: any RandomSource
    package let terminal: any Terminal
    package let standardInput: any ByteInput
    package let standardOutput: any ByteOutput
    package let standardError: any ByteOutput
    /// A descriptor that the caller opened, by number: for `--passphrase-fd 3`.
    package let descriptor: @Sendable (Int32) -> any ByteInput
    /// Where an open vault's keys wait for the next command.
    package let sessions: any SessionKeyring

    package init(
        arguments: [String], environment: [String: String], files: any FileSystem,
        clock: any SystemClock, random: any RandomSource, terminal: any Terminal,
        standardInput: any ByteInput,
        standardOutput: any ByteOutput, standardError: any ByteOutput,
        descriptor: @escaping @Sendable (Int32) -> any ByteInput,
        sessions: any SessionKeyring
    ) {
        self.arguments = arguments
        self.environment = environment
        self.files = files
        self.clock = clock
        self.random = random
        self.terminal = terminal
        self.standardInput = standardInput
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.descriptor = descriptor
        self.sessions = sessions
    }
}
