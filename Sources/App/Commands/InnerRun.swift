internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Wording

/// Commands that run inside another one, in the same process: those of the prompt and of the menu.
struct InnerRun {
    let outer: Invocation
    /// Where an open vault's keys wait for the next command.
    let sessions: any SessionKeyring
    var language: Language
    /// What those inside find in their environment besides what is there.
    var marks: [String: String] = [:]

    /// A command line without the word `amparo`; it says itself what goes wrong.
    @discardableResult
    func run(_ words: [String]) -> ExitCode {
        marking { Root.program.run(world(words)) }
    }

    /// Work of ours under the rules of a command: the vault's, and how failures are told.
    @discardableResult
    func run(_ body: @escaping @Sendable (Invocation) throws -> Void) -> ExitCode {
        let name = "inside"
        let root = Command(
            "amparo", Text(verbatim: ""),
            subcommands: [Command(name, Text(verbatim: ""), run: body)])
        return marking {
            Program(
                version: Root.version, root: root, storedLanguage: Config.storedLanguage
            ).run(world([name]))
        }
    }

    /// From the first run on this process may hold keys: `amparo close` elsewhere has to know of it.
    /// Again afterwards, as the home may have been made just now.
    private func marking(_ body: () -> ExitCode) -> ExitCode {
        func mark() { if let home = try? outer.home { OpenMark.set(home.windows) } }
        mark()
        defer { mark() }
        return body()
    }

    private func world(_ words: [String]) -> World {
        let world = outer.world
        return World(
            arguments: carried + words,
            environment: world.environment.merging(marks) { $1 }, files: world.files,
            clock: world.clock, random: world.random, terminal: world.terminal,
            standardInput: world.standardInput, standardOutput: world.standardOutput,
            standardError: world.standardError, descriptor: world.descriptor, sessions: sessions)
    }

    /// What was said to the outer command holds for those inside.
    private var carried: [String] {
        var words = ["--lang", language.rawValue]
        if let home = outer.value("home") { words += ["--home", home] }
        for flag in ["plain", "projector", "no-color"] where outer.flag(flag) {
            words.append("--" + flag)
        }
        return words
    }
}

/// The login session's place for keys, and the memory of this process where it has none.
final class NearestKeyring: SessionKeyring {
    private let login: any SessionKeyring
    private let own: ProcessKeyring

    init(_ world: World) {
        login = world.sessions
        own = ProcessKeyring(clock: world.clock)
    }

    func store(
        _ secret: borrowing SecretBytes, as description: String, for lifetime: Duration
    ) throws(SessionKeyringError) {
        do throws(SessionKeyringError) {
            try login.store(secret, as: description, for: lifetime)
        } catch {
            try own.store(secret, as: description, for: lifetime)
        }
    }

    func fetch(_ description: String) throws(SessionKeyringError) -> SecretBytes? {
        if let found = try? login.fetch(description) { return found }
        return try own.fetch(description)
    }

    func revoke(_ description: String) throws(SessionKeyringError) -> Bool {
        let wasHere = try own.revoke(description)
        do throws(SessionKeyringError) {
            return try login.revoke(description) || wasHere
        } catch {
            // A keyring that keeps nothing holds nothing that could be open.
            guard error == .unavailable else { throw error }
            return wasHere
        }
    }

    /// Drops what is over also while nobody types.
    func dropping<R>(_ body: () throws -> R) rethrows -> R { try own.dropping(body) }
}
