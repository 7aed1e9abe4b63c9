import Delivery
import Dispatch
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@Suite("the courier as a process")
struct CourierProcessTests {
    @Test("a missing, dying or lying courier means try again")
    func trouble() throws {
        let folder = try TemporaryDirectory()
        let setting = try FolderDeliveryTests.setting(folder.path)
        for (script, detail) in [
            ("exit 3", "ended with 3"), ("cat >/dev/null; echo hello", "senseless answer"),
            ("cat >/dev/null; head -c 100000 /dev/zero", "tooMuchOutput"),
            ("kill -9 $$", "ended with 137"), ("cat >/dev/null", "senseless answer"),
        ] {
            try folder.write("courier", Array("#!/bin/bash\n\(script)\n".utf8))
            chmod(folder("courier"), 0o700)
            let result = ProcessCourier(path: folder("courier"), seconds: 5)
                .deliver(try message(), through: setting)
            #expect(result == .tryAgain(DeliveryReason(.courier, detail)), "\(script)")
        }
        for path in [nil, folder("nowhere")] {
            let result = ProcessCourier(path: path).deliver(try message(), through: setting)
            #expect(result.reason?.kind == .courier)
        }
    }

    @Test("one that hangs is killed in time, with everything it had")
    func hangs() throws {
        let folder = try TemporaryDirectory()
        try folder.write(
            "courier", Array("#!/bin/bash\necho $$ >'\(folder("pid"))'\nsleep 100\n".utf8))
        chmod(folder("courier"), 0o700)
        // Never reads: the message is larger than a pipe holds.
        let large = try message(attachment: [UInt8](repeating: 7, count: 400_000))
        let child = ChildProcess(path: folder("courier"))
        let request = CourierRequest(
            large, through: try ChannelAddress(parsing: "file:/x"), seconds: 9)
        let end = child.run(input: request.body.span, limit: .milliseconds(700), outputLimit: 10)
        #expect(throws: ChildProcess.Failure.timeLimit) { try end.get() }
        let pid = try #require(
            pid_t(String(decoding: folder.read("pid"), as: UTF8.self).filter(\.isNumber)))
        #expect(kill(pid, 0) == -1 && errno == ESRCH)
    }

    @Test("in practice it speaks to no other machine, whatever it is handed")
    func practice() throws {
        let path = BuiltTool.programs + "/amparo-courier"
        let folder = try TemporaryDirectory()
        let far = ChannelSetting(
            name: "mail",
            address: try ChannelAddress(parsing: "smtp://mail.example.org:587?from=a@example.org"))
        let courier = ProcessCourier(path: path, seconds: 5, reach: .thisMachine)
        let refused = courier.deliver(try message(), through: far)
        #expect(refused == .refused(DeliveryReason(.practice)))
        let near = try FolderDeliveryTests.setting(folder.path)
        #expect(courier.deliver(try message(), through: near) == .delivered)
        // Whoever finds it must not take it for an alert.
        let written = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        let name = try #require(written.first { $0.contains("/new/") })
        let mail = try #require(MailReading(parsing: try folder.read(name)))
        #expect(mail.subject.hasPrefix("PRÁCTICA / PRACTICE"))
    }

    @Test("has no arguments, no environment, no open file but its three streams")
    func clean() throws {
        let folder = try TemporaryDirectory()
        try folder.write(
            "courier",
            Array(
                """
                #!/bin/bash -p
                cd /; exec 0</dev/null >'\(folder("seen"))'
                tr '\\0' ' ' </proc/self/cmdline; echo; cat /proc/$$/environ | tr '\\0' '\\n'
                ls /proc/$$/fd
                """.utf8))
        chmod(folder("courier"), 0o700)
        let open = try FileHandle(forReadingFrom: URL(filePath: #filePath))
        _ = fcntl(open.fileDescriptor, F_SETFD, 0)
        setenv("AMPARO_TEST_SECRET", "x", 1)
        defer { unsetenv("AMPARO_TEST_SECRET") }
        let byte: [UInt8] = [1]
        _ = ChildProcess(path: folder("courier")).run(
            input: byte.span, limit: .seconds(5), outputLimit: 10)
        let seen = String(decoding: try folder.read("seen"), as: UTF8.self)
        #expect(!seen.contains("AMPARO_TEST_SECRET"))
        // 255 is bash's own, for the script it reads.
        let files = seen.split(separator: "\n").filter { Int($0) != nil }
        #expect(Set(files).subtracting(["0", "1", "2", "255"]).isEmpty, "\(seen)")
        withExtendedLifetime(open) {}
    }

    @Test("nonsense on its standard input ends it with 2, without an answer")
    func nonsense() throws {
        let folder = try TemporaryDirectory()
        let path = BuiltTool.programs + "/amparo-courier"
        for script in [
            "</dev/null '\(path)'; echo $?", "head -c 5000 /dev/urandom | '\(path)'; echo $?",
            "head -c 20M /dev/zero | '\(path)'; echo $?", "'\(path)' --help 2>/dev/null; echo $?",
        ] {
            let said = try run(script, in: folder)
            #expect(String(decoding: said, as: UTF8.self) == "2\n", "\(script)")
        }
    }

    @Test("connects to the server it was given and to nothing else; loads libcurl only for mail")
    func strace() throws {
        let folder = try TemporaryDirectory()
        let server = try SMTPServer()
        func trace(_ request: CourierRequest) throws -> String {
            try folder.write("request", request.serialized(passwordCount: nil))
            let path = BuiltTool.programs + "/amparo-courier"
            _ = try run(
                "strace -f -o trace -e trace=network,openat,execve '\(path)' <request", in: folder)
            return String(decoding: try folder.read("trace"), as: UTF8.self)
        }
        // The courier is not dumpable: only root sees what it says to the kernel.
        guard BuiltTool.isRoot else { return }
        let mail = CourierRequest(
            try message(), through: try channel(server).address, seconds: 20)
        let lines = try trace(mail).split(separator: "\n")
        let connects = lines.filter { $0.contains("connect(") && !$0.contains("AF_UNIX") }
        #expect(!connects.isEmpty)
        for line in connects {
            #expect(
                line.contains("htons(\(server.port))") && line.contains("127.0.0.1"), "\(line)")
        }
        #expect(lines.contains { $0.contains("libcurl") })
        #expect(lines.filter { $0.contains("execve(") }.count == 1)

        let toFolder = CourierRequest(
            try message(), through: try ChannelAddress(parsing: "file:" + folder.path), seconds: 9)
        let silent = try trace(toFolder)
        #expect(!silent.contains("connect(") && !silent.contains("libcurl"))
    }

    /// Runs in a process of its own, which the fence then holds for good.
    @Test("the fence keeps a folder channel to its folder, and mail from homes and other ports")
    func fence() async throws {
        let folder = try TemporaryDirectory()
        try folder.write("note", [1])
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            exit(insideFolderFence(path))
        }
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            exit(insideMailFence(path))
        }
    }

    @Test("a link in the folder that leads elsewhere leads nowhere")
    func link() throws {
        let folder = try TemporaryDirectory()
        let elsewhere = try TemporaryDirectory()
        try FileManager.default.createSymbolicLink(
            atPath: folder("laura"), withDestinationPath: elsewhere.path)
        let reply = courier().reply(
            to: try message(), through: try FolderDeliveryTests.setting(folder.path))
        guard reply.fence > 0 else { return }
        #expect(reply.result == .tryAgain(DeliveryReason(.folder, "accessDenied")))
        #expect(elsewhere.names == [])
    }
}

/// 0 when the fence of a folder channel holds, or the kernel has none.
func insideFolderFence(_ folder: String) -> Int32 {
    guard let address = try? ChannelAddress(parsing: "file:" + folder),
        let version = try? CourierProgram.raiseFence(for: address)
    else { return 1 }
    // A kernel without Landlock: nothing to see.
    guard version > 0 else { return 0 }
    let files = LinuxFileSystem()
    for path in ["/etc/passwd", "/root/.bashrc", "/proc/self/environ", "/usr/bin/env"] {
        guard (try? files.read(path, limit: 1 << 20)) == nil else { return 2 }
    }
    guard (try? files.list("/root")) == nil, (try? files.list("/home")) == nil,
        (try? files.writeNew("/tmp/amparo-fence-test", [1])) == nil,
        (try? files.writeNew(folder + "/inside", [1])) != nil,
        (try? files.read(folder + "/inside", limit: 9)) == [1]
    else { return 3 }
    // What is in reach may not be executed.
    let nothing: [UInt8] = []
    let end = ChildProcess(path: "/usr/bin/true").run(
        input: nothing.span, limit: .seconds(2), outputLimit: 1)
    guard case .failure = end else { return 4 }
    return 0
}

/// 0 when the fence of a mail channel holds, or the kernel has none.
func insideMailFence(_ folder: String) -> Int32 {
    guard let address = try? ChannelAddress(parsing: "smtp://127.0.0.1:2525?from=a@b.mx"),
        let version = try? CourierProgram.raiseFence(for: address)
    else { return 1 }
    guard version > 0 else { return 0 }
    let files = LinuxFileSystem()
    guard (try? files.read("/etc/passwd", limit: 1 << 20)) != nil,
        (try? files.read(folder + "/note", limit: 9)) == nil,
        (try? files.writeNew(folder + "/other", [1])) == nil,
        (try? files.list("/root")) == nil
    else { return 2 }
    guard version >= 4 else { return 0 }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = in_port_t(9).bigEndian
    place.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let result = withUnsafePointer(to: &place) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return result == -1 && errno == EACCES ? 0 : 3
}
