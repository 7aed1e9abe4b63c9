internal import CommandLineKit
internal import Curriculum
internal import Dispatch
internal import Platform
internal import Wording

/// The marked shell in which one practises, and the colleague's watcher beside it.
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
        let environment = invocation.world.environment.merging(
            variables(world, invocation.world.environment)
        ) { $1 }
        do throws(FileError) {
            try Launch.become(
                "/bin/bash", arguments: ["--noprofile", "--rcfile", world.shellStart, "-i"],
                environment: environment)
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

    /// Starts the watcher of the world unless it runs; it ends by itself when the world does.
    static func watch(_ world: PracticeWorld, _ invocation: Invocation) throws {
        let files = invocation.world.files
        guard let program = ChildProcess.ownPath, !isWatching(world, files) else { return }
        var environment = variables(world, invocation.world.environment)
        environment["HOME"] = world.home
        if let zone = invocation.world.environment["TZ"] { environment["TZ"] = zone }
        try Launch.beside(
            program,
            arguments: [
                "--home", world.home, "--lang", invocation.language.rawValue, "--passphrase-fd",
                "3", "watch",
            ], environment: environment, input: world.passphrase, output: world.watchLog)
        // Its socket says that it answers.
        for _ in 0..<100 where (try? files.exists(Home(world.home).watchSocket)) != true {
            try Interrupts.check()
            _ = Waiting.forReadable([Interrupts.descriptor], limit: .milliseconds(20))
        }
    }

    static func isWatching(_ world: PracticeWorld, _ files: any FileSystem) -> Bool {
        let path = Home(world.home).watchLock
        guard (try? files.exists(path)) == true else { return false }
        do throws(FileError) {
            try files.lock(path).release()
            return false
        } catch { return error == .locked }
    }

    /// Waits until the watcher has ended, which it does when it is told to or its world is gone.
    static func awaitEnd(_ world: PracticeWorld, _ files: any FileSystem) {
        for _ in 0..<250 where isWatching(world, files) {
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
