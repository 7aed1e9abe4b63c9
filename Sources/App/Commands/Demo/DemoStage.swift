internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Wording

/// A scratch folder in which invented people run the real commands, and the screen that shows it.
struct DemoStage {
    /// Somebody of the story, with a home of her own.
    struct Person: Sendable {
        let name: String
        /// Invented, and gone with the scratch folder: it guards nothing.
        let passphrase: [UInt8]
    }

    let invocation: Invocation
    let folder: String

    /// - Throws: `FileError` when no scratch folder can be made.
    init(_ invocation: Invocation) throws {
        self.invocation = invocation
        let files = invocation.world.files
        // In memory where the system offers that: then nothing is left even if the power fails.
        let places = [invocation.world.environment["XDG_RUNTIME_DIR"], "/dev/shm", "/tmp"]
        let name = "amparo-demo-" + String(UInt64(invocation.world.random.below(.max)), radix: 36)
        var failure = FileError.notFound
        for place in places.compactMap({ $0 }) where place.hasPrefix("/") {
            let folder = Path.join(place, name)
            do {
                try files.createDirectory(folder)
                self.folder = folder
                return
            } catch {
                failure = error
            }
        }
        throw failure
    }

    func path(_ name: String) -> String { Path.join(folder, name) }

    func home(of person: Person) -> String { path(person.name) }

    // MARK: The screen

    /// A line of the story.
    func tell(_ text: Text) throws { try invocation.print(text) }

    /// The headline of a scene; before it, a moment to read the last one.
    ///
    /// - Parameter prompt: What Enter does then; else it goes on.
    func open(_ number: Int, _ title: Text, after prompt: Text? = nil) throws {
        try Interrupts.check()
        if number > 1 {
            try pause(
                prompt ?? Text(en: "\n[Enter to go on]", es: "\n[Enter para seguir]"))
        }
        let line = String(repeating: "─", count: 4)
        try invocation.print()
        try invocation.print(
            Text(verbatim: "\(line) \(number)/5 · ") + title + Text(verbatim: " \(line)"))
    }

    /// Waits for Enter where somebody watches; keys pressed before the question are no answer to it.
    func pause(_ prompt: Text) throws {
        let terminal = invocation.world.terminal
        guard terminal.canAsk, terminal.isTerminal(.output) else { return }
        terminal.discardTyped()
        _ = try invocation.ask(prompt)
    }

    /// What somebody types, as she would type it.
    func show(_ command: String, by person: Person) throws {
        try invocation.print("\(person.name)$ \(command)")
    }

    /// Lines that came from a file or a command, set off from the story.
    func quote(_ text: String) throws {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines { try invocation.print("  │ \(line)") }
    }

    // MARK: The commands

    /// Runs a command of this program in the home of `person`, with her passphrase at hand.
    ///
    /// - Returns: What it wrote to standard output.
    /// - Throws: `Failure` with its error output when it did not end well.
    @discardableResult
    func run(
        _ arguments: [String], by person: Person, input: [UInt8] = [], code: [UInt8] = []
    ) throws -> String {
        let (exit, output, errors) = Self.perform(
            arguments, home: home(of: person), passphrase: person.passphrase, input: input,
            code: code, outer: invocation)
        try Interrupts.check()
        guard exit == .done else {
            let reason = String(errors.split(separator: "\n").last { $0.contains("error") } ?? "")
            throw Failure(
                .failed,
                Text(
                    en: "the tour stopped at 'amparo \(arguments[0])': \(reason)",
                    es: "el recorrido se detuvo en «amparo \(arguments[0])»: \(reason)"))
        }
        return output
    }

    /// The same without a stage, for a thread of its own.
    static func perform(
        _ arguments: [String], home: String, passphrase: [UInt8], input: [UInt8], code: [UInt8],
        outer: Invocation, environment: [String: String] = [:]
    ) -> (exit: ExitCode, output: String, errors: String) {
        let output = CapturedOutput()
        let errors = CapturedOutput()
        let options = [
            "--home", home, "--lang", outer.language.rawValue, "--passphrase-fd", "3", "--code-fd",
            "4",
        ]
        let world = World(
            arguments: options + arguments, environment: environment.merging(["HOME": home]) { $1 },
            files: outer.world.files,
            clock: outer.world.clock, random: outer.world.random, terminal: NoTerminal(),
            standardInput: GivenInput(input), standardOutput: output, standardError: errors,
            descriptor: { GivenInput($0 == 3 ? passphrase : code) }, sessions: outer.world.sessions)
        let program = Program(
            version: Root.version, root: Root.command, storedLanguage: { _, _ in nil })
        return (program.run(world), output.text, errors.text)
    }

    // MARK: The end

    /// Removes everything, whatever state the story is in.
    func clear() { Self.remove(folder, invocation.world.files) }

    private static func remove(_ path: String, _ files: any FileSystem) {
        if (try? files.status(path))??.kind == .directory {
            for name in (try? files.list(path)) ?? [] { remove(Path.join(path, name), files) }
        }
        try? files.remove(path)
    }
}
