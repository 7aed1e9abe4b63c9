package import CommandLineKit
internal import Platform
internal import Wording

/// The folder that holds everything of one person, and the names in it.
package struct Home: Hashable, Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package var vault: String { path + "/vault.db" }
    package var config: String { path + "/config" }
    package var tickets: String { path + "/tickets" }
    package var queue: String { path + "/queue" }
    package var watchStore: String { path + "/watch.db" }
    package var watchLock: String { path + "/watch.lock" }
    package var watchSocket: String { path + "/watch.sock" }
    package var state: String { path + "/state" }
    package var device: String { state + "/device" }
    package var witness: String { state + "/witness" }

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
    /// Where this invocation keeps things; nothing is created.
    package var home: Home {
        get throws(Failure) {
            let found = Home.locate(option: value("home"), environment: world.environment)
            if let found { return found }
            throw Failure(
                .usage,
                Text(
                    en: "there is no home folder to keep things in",
                    es: "no hay una carpeta personal donde guardar las cosas"),
                hint: Text(
                    en: "choose one: amparo --home DIR ...",
                    es: "elige una: amparo --home DIR ..."))
        }
    }

    /// The same, made first if it is missing: 0700, as every folder above it that is missing.
    package func createdHome() throws -> Home {
        let home = try home
        try world.files.createDirectories(home.path)
        return home
    }
}
