internal import CommandLineKit
internal import Curriculum
internal import Dispatch
internal import Platform
internal import Wording

/// The marked shell in which one practises, and the watchers beside it.
enum PracticeShell {
    /// What bash reads at its start.
    static func start(_ language: Language) -> String {
        let name = Text(en: "PRACTICE", es: "PRÁCTICA")(language)
        return """
            # PRACTICE / PRÁCTICA
            PS1='(\(name)) \\W\\$ '
            HISTFILE="$AMPARO_PRACTICE/history"
            unset MAIL MAILPATH
            cd "$AMPARO_PRACTICE/work"

            """
    }

    private static let shell = "/bin/bash"

    /// In the environment of what the menu runs: whoever came from there goes back there.
    static let menuMark = "AMPARO_FROM_MENU"

    /// The practice shell, and then the menu again, as it was before.
    private static let comingBack = """
        \(PracticeWorld.variable)="$1" AMPARO_HOME="$2" PATH="$3" \
            \(shell) --noprofile --rcfile "$4" -i
        shift 4
        exec "$@"
        """

    private static func menuArguments(_ invocation: Invocation) -> [String] {
        ["--lang", invocation.language.rawValue]
            + (invocation.value("home").map { ["--home", $0] } ?? [])
            + ["plain", "projector", "no-color"].filter { invocation.flag($0) }.map { "--" + $0 }
    }

    /// The variables that put a program into `world`.
    static func variables(_ world: PracticeWorld, _ environment: [String: String]) -> [String:
        String]
    {
        var path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        if let program = ChildProcess.ownPath { path = Path.directory(of: program) + ":" + path }
        return [
            PracticeWorld.variable: world.folder, "AMPARO_HOME": world.home, "PATH": path,
        ]
    }

    /// - Throws: When there is no bash.
    static func enter(_ world: PracticeWorld, _ invocation: Invocation) throws -> Never {
        var environment = invocation.world.environment
        let isFromMenu = environment.removeValue(forKey: menuMark) != nil
        let inside = variables(world, environment)
        do throws(FileError) {
            if isFromMenu, let program = ChildProcess.ownPath {
                try Launch.become(
                    shell,
                    arguments: [
                        "-c", comingBack, "amparo", world.folder, world.home,
                        inside["PATH"] ?? "", world.shellStart, program,
                    ] + menuArguments(invocation), environment: environment)
            }
            try Launch.become(
                shell, arguments: ["--noprofile", "--rcfile", world.shellStart, "-i"],
                environment: environment.merging(inside) { $1 })
        } catch {
            throw Failure(
                .failed,
                Text(
                    en: "no shell can be started (\(error))",
                    es: "no se puede abrir una terminal (\(error))"),
                hint: Text(
                    en: "use yours: eval \"$(amparo practice start --no-shell)\"",
                    es: "usa la tuya: eval \"$(amparo practice start --no-shell)\""))
        }
    }

    /// Starts the watchers of the world that do not run; they end by themselves when the world does.
    static func watch(_ world: PracticeWorld, _ invocation: Invocation) throws {
        let files = invocation.world.files
        guard let program = ChildProcess.ownPath else { return }
        let idle = world.watched.filter { !isWatching($0, files) }
        var environment = variables(world, invocation.world.environment)
        if let zone = invocation.world.environment["TZ"] { environment["TZ"] = zone }
        for one in idle {
            environment["HOME"] = one.home
            environment["AMPARO_HOME"] = one.home
            try Launch.beside(
                program,
                arguments: [
                    "--home", one.home, "--lang", invocation.language.rawValue,
                    "--passphrase-fd", "3", "watch",
                ], environment: environment, input: one.passphrase, output: one.log)
        }
        // Its socket says that it answers.
        for one in idle {
            for _ in 0..<100 where (try? files.exists(Home(one.home).watchSocket)) != true {
                try Interrupts.check()
                _ = Waiting.forReadable([Interrupts.descriptor], limit: .milliseconds(20))
            }
        }
    }

    /// Whether everybody watches who is to.
    static func isWatching(_ world: PracticeWorld, _ files: any FileSystem) -> Bool {
        world.watched.allSatisfy { isWatching($0, files) }
    }

    private static func isWatching(
        _ one: PracticeWorld.Watched, _ files: any FileSystem
    ) -> Bool {
        let path = Home(one.home).watchLock
        guard (try? files.exists(path)) == true else { return false }
        do throws(FileError) {
            try files.lock(path).release()
            return false
        } catch { return error == .locked }
    }

    /// Waits until the watchers have ended, which they do when they are told to or their world is
    /// gone.
    static func awaitEnd(_ world: PracticeWorld, _ files: any FileSystem) {
        for _ in 0..<250 where world.watched.contains(where: { isWatching($0, files) }) {
            _ = Waiting.forReadable([], limit: .milliseconds(20))
        }
    }

    /// In the watcher's process: asks it to stop, as a signal would, once its world is gone or wants
    /// no watcher.
    static func followWorld(_ invocation: Invocation) {
        guard let world = PracticeWorld(environment: invocation.world.environment) else { return }
        let files = invocation.world.files
        _ = Threads.start {
            while world.language(files) != nil, (try? files.exists(world.watchPause)) != true {
                guard !Interrupts.isRaised else { return }
                _ = Waiting.forReadable([], limit: .milliseconds(100))
            }
            Interrupts.raise()
        }
    }
}
