internal import CommandLineKit
internal import Platform
internal import Wording

/// The service that systemd keeps for one user: a watcher that outlives the terminal.
///
/// It starts without a key and waits for `amparo watch unlock`: nothing that opens the vault lies on
/// the disk.
struct WatchUnit {
    static let name = "amparo-watch.service"
    /// The first line; what begins otherwise is somebody else's file.
    static let mark = "# Written by amparo watch install."

    let program: String
    let home: String

    /// - Throws: Exit 6 for a path that no unit can name.
    init(program: String, home: String) throws(Failure) {
        for path in [program, home]
        where path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
            throw Failure(
                .refused,
                Text(
                    en: "a service cannot name this path",
                    es: "un servicio no puede nombrar esa ruta"),
                hint: Text(
                    en: "move it to a folder with a plain name",
                    es: "muévela a una carpeta con un nombre común"))
        }
        self.program = program
        self.home = home
    }

    /// Source: systemd.service(5), systemd.exec(5). Its words go nowhere: a journal on the disk would
    /// tell of plans and people.
    var text: String {
        """
        \(Self.mark)
        [Unit]
        Description=Amparo: watches over check-in plans

        [Service]
        ExecStart=\(Self.quoted(program)) --home \(Self.quoted(home)) watch --wait
        Restart=on-failure
        RestartSec=5
        RestartPreventExitStatus=6
        TimeoutStopSec=10
        UMask=0077
        LimitCORE=0
        NoNewPrivileges=yes
        StandardInput=null
        StandardOutput=null
        StandardError=null

        [Install]
        WantedBy=default.target

        """
    }

    /// As ExecStart reads a word: quoted, without specifiers and variables.
    private static func quoted(_ word: String) -> String {
        var text = "\""
        for character in word {
            switch character {
            case "\"", "\\": text += "\\" + String(character)
            case "%": text += "%%"
            case "$": text += "$$"
            default: text.append(character)
            }
        }
        return text + "\""
    }

    // MARK: Where it lies

    /// nil where nothing says where settings are.
    static func folder(_ environment: [String: String]) -> String? {
        // Source: XDG Base Directory Specification 0.8: a relative path is to be ignored.
        if let set = environment["XDG_CONFIG_HOME"], set.hasPrefix("/") {
            return Path.join(set, "systemd/user")
        }
        guard let personal = environment["HOME"], personal.hasPrefix("/") else { return nil }
        return Path.join(personal, ".config/systemd/user")
    }
}

/// `systemctl --user`, where there is one.
struct UserServices {
    private let path: String
    private let environment: [String]

    /// nil where no such program is found.
    init?(_ world: World) {
        let folders = (world.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let found = folders.map { Path.join(String($0), "systemctl") }.first { path in
            path.hasPrefix("/") && (try? world.files.exists(path)) == true
        }
        guard let found else { return nil }
        path = found
        let names = [
            "HOME", "PATH", "USER", "LOGNAME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME",
            "DBUS_SESSION_BUS_ADDRESS",
        ]
        environment = names.compactMap { name in
            world.environment[name].map { "\(name)=\($0)" }
        }
    }

    /// - Returns: Whether it did what was asked.
    func run(_ words: String...) -> Bool {
        let nothing: [UInt8] = []
        let program = ChildProcess(
            path: path, arguments: ["--user"] + words, environment: environment)
        let end = program.run(input: nothing.span, limit: .seconds(30), outputLimit: 65_536)
        guard case .success(let result) = end else { return false }
        return result.exitCode == 0
    }
}
