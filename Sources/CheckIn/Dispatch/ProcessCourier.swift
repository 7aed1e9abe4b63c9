package import Platform
internal import Secrets

/// Hands each message to a process of its own, `amparo-courier`, the only part that speaks to the
/// network: it is started by its path, with an empty environment and no other open file.
package struct ProcessCourier: Courier {
    private let path: String?
    private let seconds: UInt32
    private let proxy: Proxy?
    private let reach: Reach

    /// - Parameters:
    ///   - path: Of the courier; nil when there is none.
    ///   - seconds: After which a delivery is given up.
    ///   - proxy: For channels that name none and leave this machine.
    ///   - reach: How far messages may go.
    package init(
        path: String?, seconds: UInt32 = 90, proxy: Proxy? = nil, reach: Reach = .anywhere
    ) {
        self.path = path
        self.seconds = seconds
        self.proxy = proxy
        self.reach = reach
    }

    /// The courier beside the running program, or in `../libexec/amparo` seen from it; never one
    /// that only `PATH` knows.
    package init(
        files: any FileSystem, seconds: UInt32 = 90, proxy: Proxy? = nil, reach: Reach = .anywhere
    ) {
        self.init(
            path: Self.find(files, program: ChildProcess.ownPath), seconds: seconds, proxy: proxy,
            reach: reach)
    }

    package static func find(_ files: any FileSystem, program: String?) -> String? {
        guard let program else { return nil }
        let folder = Path.directory(of: program)
        let candidates = [
            Path.join(folder, "amparo-courier"),
            Path.join(Path.directory(of: folder), "libexec/amparo/amparo-courier"),
        ]
        return candidates.first { (try? files.status($0))??.kind == .regular }
    }

    package func deliver(
        _ message: OutgoingMessage, through channel: ChannelSetting
    ) -> DeliveryResult {
        reply(to: message, through: channel).result
    }

    /// The result, and whether a fence held the courier.
    package func reply(
        to message: OutgoingMessage, through channel: ChannelSetting
    ) -> CourierReply {
        if channel.address.needsAddress, message.address == nil {
            return CourierReply(.refused(DeliveryReason(.noAddress)), fence: 0)
        }
        guard let path else { return Self.failure("not found") }
        let request = CourierRequest(
            message.marked(for: reach), through: channel.address, seconds: seconds, proxy: proxy,
            reach: reach)
        let password = channel.password
        guard password.map({ $0.bytes.count <= CourierRequest.passwordLimit }) ?? true else {
            return CourierReply(.refused(DeliveryReason(.login, "password too long")), fence: 0)
        }
        let head = request.serialized(passwordCount: password?.bytes.count)
        let child = ChildProcess(path: path)
        // The courier keeps its own time; a little more is left for it to say so.
        let limit = Duration.seconds(Int64(seconds) + 5)
        let end: Result<ChildProcess.End, ChildProcess.Failure>
        if let password {
            end = password.bytes.withBytes { secret in
                child.run(
                    input: head.span, secret: secret, limit: limit,
                    outputLimit: CourierReply.byteLimit)
            }
        } else {
            end = child.run(
                input: head.span, limit: limit, outputLimit: CourierReply.byteLimit)
        }
        switch end {
        case .failure(.timeLimit):
            return CourierReply(.tryAgain(DeliveryReason(.timeLimit)), fence: 0)
        case .failure(.interrupted):
            return CourierReply(.tryAgain(DeliveryReason(.interrupted)), fence: 0)
        case .failure(let failure): return Self.failure("\(failure)")
        case .success(let end):
            guard end.exitCode == 0 else { return Self.failure("ended with \(end.exitCode)") }
            return CourierReply(parsing: end.output) ?? Self.failure("senseless answer")
        }
    }

    package func hour(of server: WebServer) -> Instant? {
        guard let path, reach == .anywhere else { return nil }
        let request = HourRequest(server, seconds: 25, proxy: proxy)
        let end = ChildProcess(path: path).run(
            input: request.serialized().span, limit: .seconds(30),
            outputLimit: CourierReply.byteLimit)
        guard case .success(let end) = end, end.exitCode == 0 else { return nil }
        return HourReply(parsing: end.output)?.hour
    }

    private static func failure(_ detail: String) -> CourierReply {
        CourierReply(.tryAgain(DeliveryReason(.courier, detail)), fence: 0)
    }
}
