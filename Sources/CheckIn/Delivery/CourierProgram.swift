package import Dispatch
package import Platform
internal import Secrets

/// What `amparo-courier` does: reads one request, fences itself in, delivers, answers, ends.
package enum CourierProgram {
    /// - Returns: The exit code: 0 with an answer on the output, 2 for a request that is none.
    package static func run(
        input: any ByteInput, output: any ByteOutput, files: any FileSystem
    ) -> Int32 {
        // The parent gave up or died: nobody would know what was sent.
        ChildProcess.dieWithParent()
        guard var bytes = try? input.readAll(limit: CourierRequest.byteLimit) else { return 2 }
        if let question = HourRequest(parsing: bytes) {
            return write(answer(question).serialized(), to: output)
        }
        guard let (request, password) = CourierRequest.parse(&bytes) else { return 2 }
        return write(answer(request, password, files).serialized(), to: output)
    }

    private static func write(_ reply: [UInt8], to output: any ByteOutput) -> Int32 {
        do { try output.write(reply.span) } catch { return 1 }
        return 0
    }

    private static func answer(_ question: HourRequest) -> HourReply {
        Fence.limit(memory: 2 << 30, file: 64 << 20, seconds: question.seconds + 10)
        // Nobody is kept waiting by this one: without a fence it is not asked.
        guard (try? raiseFence(for: question.channel, proxy: question.proxy)) != nil else {
            return HourReply(nil)
        }
        return HourReply(WebDelivery.hour(question))
    }

    private static func answer(
        _ request: CourierRequest, _ password: SharedSecret?, _ files: any FileSystem
    ) -> CourierReply {
        guard request.reach.includes(request.channel),
            request.reach == .anywhere || request.proxy == nil
        else { return CourierReply(.refused(DeliveryReason(.practice)), fence: 0) }
        // A program sets its own limits; the fence of the others would be its cage.
        if !request.channel.isOutside {
            Fence.limit(memory: 2 << 30, file: 64 << 20, seconds: request.seconds + 10)
        }
        // A kernel that has a fence and refuses it is no reason to keep an alarm back; the answer
        // says that there was none.
        let fence = (try? raiseFence(for: request.channel, proxy: request.proxy)) ?? 0
        let result =
            switch request.channel {
            case .mail(let server):
                MailDelivery.deliver(request, to: server, password: password)
            case .folder(let path):
                FolderDelivery.deliver(request, to: path, files: files)
            case .webhook(let hook):
                WebDelivery.deliver(request, to: hook, key: password)
            case .ntfy(let push):
                WebDelivery.deliver(request, to: push, password: password)
            case .telegram(let bot):
                WebDelivery.deliver(request, to: bot, token: password)
            case .sms(let gateway):
                WebDelivery.deliver(request, to: gateway, token: password)
            case .program(let program):
                ProgramDelivery.deliver(request, to: program, files: files)
            case .desktop:
                ProgramDelivery.notify(request, bus: "/run/user/\(files.user)/bus")
            }
        return CourierReply(result, fence: fence)
    }

    /// What goes over the network may read what names, certificates and libraries need, and speak
    /// to its server's port and to name servers, or to its proxy alone; a folder channel has its
    /// folder and no network.
    package static func raiseFence(
        for channel: ChannelAddress, proxy: Proxy? = nil
    ) throws(FileError) -> UInt32 {
        let port: Int
        let authority: String?
        switch channel {
        case .folder(let path):
            return try Fence.raise(readable: [], writable: path, ports: [])
        case .program, .desktop: return 0
        case .mail(let server): (port, authority) = (server.port, server.authority)
        case .webhook, .ntfy, .telegram, .sms:
            guard let server = channel.web else { return 0 }
            (port, authority) = (server.port, server.authority)
        }
        let places = [
            "/etc", "/usr/lib", "/usr/lib64", "/usr/share",
            // Where /etc/resolv.conf points to on many systems.
            "/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager",
        ]
        return try Fence.raise(
            readable: places + [authority].compactMap { $0 }, writable: nil,
            ports: proxy.map { [UInt16($0.port)] } ?? [UInt16(port), 53])
    }
}

extension ChannelAddress {
    /// Whether another program does the sending.
    fileprivate var isOutside: Bool {
        switch self {
        case .program, .desktop: true
        case .mail, .folder, .webhook, .ntfy, .telegram, .sms: false
        }
    }
}
