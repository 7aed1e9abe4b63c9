internal import CommandLineKit
internal import Commands
internal import Curriculum
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

let environment = Environment.current
let files = LinuxFileSystem()
let machine = LinuxClock()
// In practice, and only there, hours may pass in minutes.
let practice = PracticeClock(environment: environment, files: files, machine: machine)
let world = World(
    arguments: Array(CommandLine.arguments.dropFirst()), environment: environment,
    files: files, clock: practice ?? machine, random: SystemRandom(),
    terminal: LinuxTerminal(),
    standardInput: DescriptorStream.standardInput, standardOutput: DescriptorStream.standardOutput,
    standardError: DescriptorStream.standardError, descriptor: { DescriptorStream($0) },
    sessions: LinuxSessionKeyring())
ProcessExit.end(Root.program.run(world).rawValue)
