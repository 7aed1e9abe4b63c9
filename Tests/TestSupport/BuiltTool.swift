import Foundation

/// The built program with a home, a language and a time zone of its own.
///
/// A test that runs as root drops to uid 65534 in a folder which that user owns: for root every
/// file is readable, and tests of permissions would lie. Output goes to files: a full pipe would
/// block the child. Standard input is empty unless given.
package final class BuiltTool: Sendable {
    package struct Result: Sendable {
        package let status: Int32
        package let output: [UInt8]
        package let complaint: String

        package var text: String { String(decoding: output, as: UTF8.self) }
        package var line: String { text.trimmingCharacters(in: .newlines) }
        package var lines: [String] { text.split(separator: "\n").map(String.init) }
        /// The one object that `--json` prints.
        package var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(output))) as? [String: Any] ?? [:]
        }
    }

    /// What stands in for the disk below one folder, in a mount namespace of the child's own.
    package enum Disk: Sendable {
        case ordinary
        /// A 1 MiB file system that holds what the folder held, and `free` more KiB.
        case full(String, free: Int)
        case readOnly(String)
    }

    package let folder: String
    package let language: String
    package let zone: String
    private let counter = Counter()

    package init(language: String = "en", zone: String = "America/Mexico_City") throws {
        self.language = language
        self.zone = zone
        folder = Self.scratch + "/" + UUID().uuidString
        for path in [folder, folder + "/home", folder + "/work", folder + "/wire"] {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            Self.give(path)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Where `$HOME` is.
    package var home: String { folder + "/home" }
    /// Where the program keeps everything.
    package var store: String { home + "/.local/share/amparo" }
    /// The current folder of every run.
    package var work: String { folder + "/work" }

    /// What a full disk held at the end of the run.
    package var after: String { folder + "/after" }

    /// - Parameter name: Relative to the current folder of the runs.
    package func path(_ name: String) -> String { name.hasPrefix("/") ? name : work + "/" + name }

    package func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: path(name)))
        Self.give(path(name))
    }

    package func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    package func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }

    package func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }

    /// Names in the current folder of the runs, hidden ones too, sorted.
    package var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: work)) ?? []).sorted()
    }

    /// Runs to the end, for at most two minutes.
    ///
    /// - Parameter descriptors: What each further file descriptor of the child reads.
    package func run(
        _ arguments: [String], input: [UInt8] = [], descriptors: [Int: String] = [:],
        environment: [String: String] = [:], disk: Disk = .ordinary
    ) throws -> Result {
        let wire = try Wire(self, input: input, descriptors: descriptors)
        let process = process(
            arguments, wire, environment: environment, disk: disk,
            prefix: ["/usr/bin/timeout", "--foreground", "-k", "5", "120"])
        try process.run()
        process.waitUntilExit()
        return try wire.result(process.terminationStatus)
    }

    /// Starts and returns at once; the test interrupts, kills or awaits it.
    package func start(
        _ arguments: [String], input: [UInt8] = [], descriptors: [Int: String] = [:],
        environment: [String: String] = [:]
    ) throws -> RunningTool {
        let wire = try Wire(self, input: input, descriptors: descriptors)
        let process = process(
            arguments, wire, environment: environment, disk: .ordinary, prefix: [])
        try process.run()
        return RunningTool(process: process, wire: wire)
    }

    /// Runs any other program as the same user in the same surroundings.
    ///
    /// - Parameter prefix: What runs the shell, with the rights of the tests themselves.
    package func shell(
        _ script: String, _ arguments: String..., prefix: [String] = []
    ) throws -> Result {
        let wire = try Wire(self, input: [], descriptors: [:])
        let process = process(
            [], wire, environment: [:], disk: .ordinary, prefix: prefix,
            program: ["/bin/bash", "-c", script, "bash"] + arguments)
        try process.run()
        process.waitUntilExit()
        return try wire.result(process.terminationStatus)
    }

    private func process(
        _ arguments: [String], _ wire: Wire, environment: [String: String], disk: Disk,
        prefix: [String], program: [String]? = nil
    ) -> Process {
        // Threads of the test runner block signals, and a child would inherit that.
        var command = ["/usr/bin/env", "--default-signal"] + prefix
        if Self.isRoot {
            command += [
                "/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--",
            ]
        }
        // What runs the tests in the background may ignore these, and a child would inherit that.
        command += ["/usr/bin/env", "--default-signal=INT,TERM,HUP", "-i"]
        let variables = [
            "HOME": home, "PATH": "/usr/bin:/bin", "TZ": zone,
            "LANG": language == "es" ? "es_MX.UTF-8" : "en_US.UTF-8",
        ].merging(environment) { $1 }
        command += variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        command += program ?? [Self.programs + "/amparo"]
        command += arguments

        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        var script = "cd \"$AMPARO_WORK\"; exec \"$@\" " + wire.redirections
        var launcher: [String] = []
        switch disk {
        case .ordinary: break
        case .full(let path, let free):
            launcher = ["full", path, String(free)]
            script = Self.otherDisk + "\"$@\" " + wire.redirections + Self.keepDisk
        case .readOnly(let path):
            launcher = ["readonly", path, "0"]
            script = Self.otherDisk + "\"$@\" " + wire.redirections
        }
        var full = ["-c", script, "bash"] + launcher + command
        if case .ordinary = disk {
        } else {
            process.executableURL = URL(filePath: "/usr/bin/unshare")
            full = ["--mount", "/bin/bash"] + full
        }
        process.arguments = full
        process.environment = [
            "AMPARO_WORK": work, "AMPARO_AFTER": after, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        ]
        return process
    }

    /// Puts another file system over `$2`: a small one with the same content, or a read-only one.
    private static let otherDisk = """
        set -e; kind=$1; over=$2; free=$3; shift 3
        if [ "$kind" = full ]; then
            mount -t tmpfs -o size=1m,mode=0700 amparo-test /mnt
            cp -a "$over"/. /mnt/; chown --reference="$over" /mnt
            mount --move /mnt "$over"
            room=$(df --output=avail -k "$over" | tail -n 1)
            if [ "$room" -gt "$free" ]; then
                head -c $(((room - free) * 1024)) /dev/zero >"$over/.filling"
            fi
        else
            mount --bind "$over" "$over"; mount -o remount,bind,ro "$over"
        fi
        cd "$AMPARO_WORK"; set +e

        """

    /// Keeps what the small file system held at the end.
    private static let keepDisk = """
        ; status=$?; rm -f "$over/.filling"; mkdir -p "$AMPARO_AFTER"
        cp -a "$over"/. "$AMPARO_AFTER"/; exit $status
        """

    // MARK: Where the programs are

    package static let isRoot = getuid() == 0

    /// Whether the tests may mount: they run as root with the capability to.
    package static let canMount: Bool = {
        guard isRoot else { return false }
        let probe = Process()
        probe.executableURL = URL(filePath: "/usr/bin/unshare")
        probe.arguments = ["--mount", "/bin/mount", "-t", "tmpfs", "amparo-test", "/mnt"]
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()

    /// The folder with the built programs, readable by everybody.
    package static let programs: String = {
        let built = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().path
        let folder = scratch + "/bin"
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        for name in ["amparo", "amparo-courier", "amparo-fuzz"]
        where FileManager.default.fileExists(atPath: built + "/" + name) {
            try? FileManager.default.copyItem(
                atPath: built + "/" + name, toPath: folder + "/" + name)
        }
        return folder
    }()

    /// One folder for all runs of this test process, removed at its end.
    package static let scratch: String = {
        let path = FileManager.default.temporaryDirectory.path + "/amparo-e2e-\(getpid())"
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        atexit { try? FileManager.default.removeItem(atPath: BuiltTool.scratch) }
        return path
    }()

    /// Gives a path to the user as whom the program runs.
    package static func give(_ path: String) {
        if isRoot { _ = chown(path, 65534, 65534) }
    }

    fileprivate func next() -> Int { counter.next() }
}

/// A run that goes on beside the test.
package final class RunningTool: @unchecked Sendable {
    // Used by one test, from one thread.
    private let process: Process
    private let wire: Wire

    fileprivate init(process: Process, wire: Wire) {
        self.process = process
        self.wire = wire
    }

    deinit { if process.isRunning { send(SIGKILL) } }

    package var isRunning: Bool { process.isRunning }

    package func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// What it has written so far.
    package var output: String { (try? wire.result(0).text) ?? "" }
    package var complaint: String { (try? wire.result(0).complaint) ?? "" }

    /// - Returns: nil, after killing it, when it did not end in time. 128 + signal when killed.
    package func wait(seconds: Double = 20) throws -> BuiltTool.Result? {
        let ended = eventually(within: seconds) { !self.process.isRunning }
        guard ended else {
            send(SIGKILL)
            return nil
        }
        process.waitUntilExit()
        let killed = process.terminationReason == .uncaughtSignal
        return try wire.result((killed ? 128 : 0) + process.terminationStatus)
    }
}

/// Asks again every 20 ms until it is so, or time is over: for what other processes do.
package func eventually(within seconds: Double, _ isSo: () throws -> Bool) rethrows -> Bool {
    let end = ContinuousClock.now + .milliseconds(Int64(seconds * 1000))
    while true {
        if try isSo() { return true }
        if ContinuousClock.now >= end { return false }
        usleep(20_000)
    }
}

/// The files that stand for the descriptors of one run.
private struct Wire: Sendable {
    let folder: String
    let redirections: String

    init(_ tool: BuiltTool, input: [UInt8], descriptors: [Int: String]) throws {
        folder = tool.folder + "/wire/\(tool.next())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(input).write(to: URL(filePath: folder + "/in"))
        var text = "<\(folder)/in >\(folder)/out 2>\(folder)/err"
        for (number, content) in descriptors.sorted(by: { $0.key < $1.key }) {
            try Data(content.utf8).write(to: URL(filePath: "\(folder)/\(number)"))
            text += " \(number)<\(folder)/\(number)"
        }
        redirections = text
    }

    func result(_ status: Int32) throws -> BuiltTool.Result {
        func read(_ name: String) -> [UInt8] {
            Array((try? Data(contentsOf: URL(filePath: folder + "/" + name))) ?? Data())
        }
        return BuiltTool.Result(
            status: status, output: read("out"),
            complaint: String(decoding: read("err"), as: UTF8.self))
    }
}

private final class Counter: @unchecked Sendable {
    // The lock guards the one number.
    private let lock = NSLock()
    private var value = 0

    func next() -> Int {
        lock.lock()
        defer { lock.unlock() }
        value += 1
        return value
    }
}
