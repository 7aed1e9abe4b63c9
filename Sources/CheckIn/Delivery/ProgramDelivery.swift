package import Dispatch
package import Platform

/// Hands one finished message to a program on this machine.
package enum ProgramDelivery {
    /// The message on standard input, always the same arguments, no environment, no shell.
    package static func deliver(
        _ request: CourierRequest, to program: Program, files: any FileSystem
    ) -> DeliveryResult {
        do throws(FileError) {
            guard let status = try files.status(program.path), status.kind == .regular else {
                return .refused(DeliveryReason(.program, "missing"))
            }
            // What somebody else can rewrite would run with this person's rights.
            guard status.mode & 0o022 == 0, [0, files.user].contains(status.owner) else {
                return .refused(DeliveryReason(.program, "writable by others"))
            }
        } catch {
            return .refused(DeliveryReason(.program, "\(error)"))
        }
        let child = ChildProcess(path: program.path, arguments: program.arguments)
        return run(child, request.body, seconds: request.seconds)
    }

    /// A notice on the screen of whoever is logged in. The words stand in its arguments, which other
    /// accounts of this machine can see while it runs: they name nobody.
    package static func notify(
        _ request: CourierRequest, path: String = "/usr/bin/notify-send", bus: String
    ) -> DeliveryResult {
        let lines = String(decoding: request.body, as: UTF8.self)
            .split(separator: "\n", maxSplits: 1)
        let child = ChildProcess(
            path: path,
            arguments: ["--urgency=critical", "--app-name=Amparo", "--"] + lines.map(String.init),
            environment: ["DBUS_SESSION_BUS_ADDRESS=unix:path=\(bus)"])
        // A session bus answers at once or not at all.
        return run(child, [], seconds: min(10, request.seconds))
    }

    /// 0 is delivered; what sysexits.h calls a lasting trouble is refused; anything else may pass.
    private static func run(
        _ child: ChildProcess, _ input: [UInt8], seconds: UInt32
    ) -> DeliveryResult {
        let end = child.run(
            input: input.span, limit: .seconds(Int64(seconds)), outputLimit: 64 << 10)
        switch end {
        case .failure(.timeLimit): return .tryAgain(DeliveryReason(.timeLimit))
        case .failure(.interrupted): return .tryAgain(DeliveryReason(.interrupted))
        case .failure(.tooMuchOutput): return .tryAgain(DeliveryReason(.program, "too much output"))
        case .failure(.notStarted(let code)):
            return .refused(DeliveryReason(.program, "not started: errno \(code)"))
        case .success(let end):
            if end.exitCode == 0 { return .delivered }
            let said =
                String(decoding: end.output.prefix(120), as: UTF8.self)
                .split(separator: "\n").first ?? ""
            let reason = DeliveryReason(.program, "exit \(end.exitCode): \(said)")
            // Usage, no such user, no such host, no permission, configuration.
            return [64, 67, 68, 77, 78].contains(end.exitCode)
                ? .refused(reason) : .tryAgain(reason)
        }
    }
}
