package import CommandLineKit
internal import Curriculum
internal import Platform
internal import Wording

/// The folder that holds everything of one person, and the names in it.
package struct Home: Hashable, Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package var vault: String { path + "/vault.db" }
    package var pepper: String { path + "/pepper" }
    package var config: String { path + "/config" }
    package var tickets: String { path + "/tickets" }
    package var handed: String { path + "/handed" }
    package var queue: String { path + "/queue" }
    package var watchStore: String { path + "/watch.db" }
    package var watchLock: String { path + "/watch.lock" }
    package var watchSocket: String { path + "/watch.sock" }
    /// Marked by the windows that hold the vault open.
    package var windows: String { path + "/windows.lock" }
    package var state: String { path + "/state" }
    package var device: String { state + "/device" }
    package var witness: String { state + "/witness" }
    /// When a copy of the vault was last made from here.
    package var lastCopy: String { state + "/copied" }

    /// `--home`, else `$AMPARO_HOME`, else `$XDG_DATA_HOME/amparo`, else `~/.local/share/amparo`.
    ///
    /// - Returns: nil when none of them is set.
    package static func locate(option: String?, environment: [String: String]) -> Home? {
        func variable(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        if let chosen = option.flatMap({ $0.isEmpty ? nil : $0 }) ?? variable("AMPARO_HOME") {
            return Home(trimmed(chosen))
        }
        // Source: XDG Base Directory Specification 0.8: a relative path is to be ignored.
        if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") {
            return Home(trimmed(data) + "/amparo")
        }
        return variable("HOME").map { Home(trimmed($0) + "/.local/share/amparo") }
    }

    private static func trimmed(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path == "/" ? "" : String(path)
    }
}

extension Invocation {
    /// Where this invocation keeps things; nothing is created. A home that is there already is
    /// ours and closed to others, or it is not used.
    package var home: Home {
        get throws(Failure) {
            let found = Home.locate(option: value("home"), environment: world.environment)
            if let found {
                // Any folder can be named by mistake: only one with a vault is closed unasked.
                let files = world.files
                try guardPractice(found.path)
                try guardHome(found.path) { (try? files.exists(found.vault)) == true }
                return found
            }
            throw Failure(
                .usage,
                Text(
                    en: "there is no home folder to keep things in",
                    es: "no hay una carpeta personal donde guardar las cosas"),
                hint: Text(
                    en: "choose one: amparo --home DIR ...",
                    es: "elige una: amparo --home CARPETA ..."))
        }
    }

    /// The same, made first if it is missing: 0700, as every folder above it that is missing.
    package func createdHome() throws -> Home {
        let home = try home
        try world.files.createDirectories(home.path)
        try guardHome(home.path) { true }
        return home
    }

    /// The process and the home are both of the practice world, or neither is.
    private func guardPractice(_ path: String) throws(Failure) {
        let isMarked = PracticeWorld.isMarked(path, world.files)
        if isPractice, !isMarked {
            let files = world.files
            let hasEnded = PracticeWorld(environment: world.environment)?.language(files) == nil
            throw hasEnded ? PracticeCommands.ended : PracticeCommands.realHome(path)
        }
        if !isPractice, isMarked { throw PracticeCommands.practiceHome(path) }
    }

    /// Whoever else can write in a home can put another vault, watcher or ticket in its place.
    ///
    /// - Parameter closes: Whether a folder that others may enter is to be closed to them.
    /// - Throws: Exit 6 for somebody else's folder, and for one that stays open to others.
    func guardHome(_ path: String, closes: () -> Bool) throws(Failure) {
        let files = world.files
        // What cannot be looked at cannot be used either, and says so at its first use.
        guard let status = (try? files.status(path)) ?? nil, status.kind == .directory else {
            return
        }
        guard status.owner == files.user else { throw Self.foreignHome(path) }
        guard status.mode & 0o077 != 0, closes() else { return }
        // A folder for everybody, such as /tmp, is not to be taken from them.
        guard status.mode & 0o1000 == 0 else { throw Self.openHome(path) }
        do throws(FileError) {
            try files.makePrivate(path)
            // exFAT says yes and changes nothing.
            guard try (files.status(path)?.mode ?? 0) & 0o077 == 0 else {
                throw FileError.accessDenied
            }
            say(
                Text(
                    en: "\(path) was open to other people of this machine: now only to you (0700)",
                    es: "\(path) estaba abierta a otras personas de este equipo: "
                        + "ahora solo a ti (0700)"))
        } catch {
            // A disk that cannot be written to, or without rights of its own, such as vfat.
            guard error != .readOnly, status.mode & 0o022 != 0 else { return }
            throw Self.openHome(path)
        }
    }

    private static func foreignHome(_ path: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "\(path) belongs to somebody else: nothing is kept or read there",
                es: "\(path) es de otra persona: ahí no se guarda ni se lee nada"),
            hint: Text(
                en: "see whose it is: ls -ld \(path); choose another: amparo --home DIR ...",
                es: "mira de quién es: ls -ld \(path); elige otra: amparo --home DIR ..."))
    }

    private static func openHome(_ path: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "other people of this machine can write in \(path)",
                es: "otras personas de este equipo pueden escribir en \(path)"),
            hint: Text(
                en: "choose a folder of your own: amparo --home DIR ...",
                es: "elige una carpeta tuya: amparo --home DIR ..."))
    }
}
