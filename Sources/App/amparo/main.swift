internal import CommandLineKit
internal import Commands
internal import Platform
internal import Secrets

// The editing bubble hardens itself once its maps are written.
if CommandLine.argc == 4, CommandLine.arguments[1] == "__bubble" {
    ProcessExit.end(
        LinuxBubble.inside(
            command: CommandLine.arguments[2], name: CommandLine.arguments[3]))
}

// Before anything else: no core files, no debugger, crash signals without a backtracer.
Hardening.apply()
Interrupts.install()

let world = World(
    arguments: Array(CommandLine.arguments.dropFirst()), environment: Environment.current,
    files: LinuxFileSystem(), clock: LinuxClock(), random: SystemRandom(),
    terminal: LinuxTerminal(),
    standardInput: DescriptorStream.standardInput, standardOutput: DescriptorStream.standardOutput,
    standardError: DescriptorStream.standardError, descriptor: { DescriptorStream($0) },
    sessions: LinuxSessionKeyring())
ProcessExit.end(Root.program.run(world).rawValue)
