import Delivery
import Dispatch
import Foundation
import Platform
import TestSupport
import Testing

@Suite("programs that send")
struct ProgramDeliveryTests {
    /// A script of this content, as a channel.
    private func program(
        _ script: String, in folder: TemporaryDirectory, mode: mode_t = 0o755,
        arguments: String = ""
    ) throws -> ChannelSetting {
        try folder.write("send", Array("#!/bin/sh\n\(script)\n".utf8))
        chmod(folder("send"), mode)
        return try setting("exec:\(folder("send"))\(arguments)")
    }

    @Test("get the message on standard input, fixed arguments and nothing of the environment")
    func clean() throws {
        let folder = try TemporaryDirectory()
        let channel = try program(
            "cat >'\(folder("body"))'; tr '\\0' '\\n' </proc/$$/environ >'\(folder("env"))'; "
                + "printf '%s|' \"$@\" >'\(folder("args"))'; ls -l /proc/$$/fd >'\(folder("fds"))'",
            in: folder, arguments: "?arg=-a&arg=$(touch%20x)%3B%20%22y%22")
        let open = try FileHandle(forReadingFrom: URL(filePath: #filePath))
        _ = fcntl(open.fileDescriptor, F_SETFD, 0)
        setenv("AMPARO_TEST_SECRET", "x", 1)
        defer { unsetenv("AMPARO_TEST_SECRET") }
        let hers = ContactAddress(parsing: "+52 55 1234 5678", .signal)
        #expect(courier().deliver(try alert(to: hers), through: channel) == .delivered)
        let body = try JSONSerialization.jsonObject(with: Data(folder.read("body")))
        let seen = try #require(body as? [String: Any])
        #expect(seen["to"] as? String == "+525512345678")
        #expect(seen["short"] as? String == "Lucía no se ha reportado. A7K2")
        #expect(
            String(decoding: try folder.read("args"), as: UTF8.self) == "-a|$(touch x); \"y\"|")
        let environment = String(decoding: try folder.read("env"), as: UTF8.self)
        #expect(!environment.contains("SECRET") && !environment.contains("HOME"), "\(environment)")
        let files = String(decoding: try folder.read("fds"), as: UTF8.self)
        #expect(!files.contains("ProgramDeliveryTests"), "\(files)")
        withExtendedLifetime(open) {}
    }

    @Test(
        "how they end is what becomes of the message",
        arguments: [
            ("exit 0", "delivered"), ("echo sin red; exit 75", "again exit 75: sin red"),
            ("exit 1", "again exit 1: "), ("exit 67", "refused exit 67: "),
            ("exit 78", "refused exit 78: "), ("kill -9 $$", "again exit 137: "),
            ("head -c 200000 /dev/zero", "again too much output"),
        ])
    func ends(_ script: String, _ expected: String) throws {
        let folder = try TemporaryDirectory()
        let result = courier().deliver(
            try alert(), through: try program("cat >/dev/null; " + script, in: folder))
        let said =
            switch result {
            case .delivered: "delivered"
            case .tryAgain(let reason): "again \(reason.detail)"
            case .refused(let reason): "refused \(reason.detail)"
            }
        #expect(said == expected)
    }

    @Test("one that hangs is ended in time, with what it started")
    func hangs() throws {
        let folder = try TemporaryDirectory()
        let channel = try program(
            "sleep 300 & echo $! >'\(folder("pid"))'; wait", in: folder)
        let result = courier(seconds: 2).deliver(try alert(), through: channel)
        #expect(result.reason?.kind == .timeLimit, "\(result)")
        let pid = try #require(
            pid_t(String(decoding: folder.read("pid"), as: UTF8.self).filter(\.isNumber)))
        // Killed together with its parent; its new one buries it a moment later.
        for _ in 0..<200 where kill(pid, 0) == 0 { usleep(10_000) }
        #expect(kill(pid, 0) == -1)
    }

    @Test("one that is missing, not executable or writable by others is not started")
    func refused() throws {
        let folder = try TemporaryDirectory()
        let trace = "touch '\(folder("ran"))'"
        let missing = courier().deliver(
            try alert(), through: try setting("exec:\(folder("nowhere"))"))
        #expect(missing == .refused(DeliveryReason(.program, "missing")))
        for mode in [mode_t(0o777), 0o775] {
            let open = courier().deliver(
                try alert(), through: try program(trace, in: folder, mode: mode))
            #expect(open == .refused(DeliveryReason(.program, "writable by others")))
        }
        let plain = courier().deliver(
            try alert(), through: try program(trace, in: folder, mode: 0o644))
        #expect(plain.reason?.detail.hasPrefix("not started") == true)
        #expect(!folder.names.contains("ran"))
    }

    @Test("a notice on the screen: words, never options, and nothing of the environment")
    func desktop() throws {
        let folder = try TemporaryDirectory()
        try folder.write(
            "notify",
            Array(
                """
                #!/bin/sh
                printf '%s|' "$@" >'\(folder("args"))'
                tr '\\0' '\\n' </proc/$$/environ >'\(folder("env"))'
                """.utf8))
        chmod(folder("notify"), 0o755)
        let request = CourierRequest(
            try alert(), through: try ChannelAddress(parsing: "desktop:"), seconds: 5)
        #expect(
            ProgramDelivery.notify(request, path: folder("notify"), bus: "/run/x/bus")
                == .delivered)
        #expect(
            String(decoding: try folder.read("args"), as: UTF8.self)
                == "--urgency=critical|--app-name=Amparo|--|ALERTA: Lucía no se ha reportado|"
                + "Lucía no se ha reportado. A7K2|")
        let environment = String(decoding: try folder.read("env"), as: UTF8.self)
        #expect(environment.contains("DBUS_SESSION_BUS_ADDRESS=unix:path=/run/x/bus"))
    }
}
