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
        guard var bytes = try? input.readAll(limit: CourierRequest.byteLimit),
            let (request, password) = CourierRequest.parse(&bytes)
        else { return 2 }
        let reply = answer(request, password, files)
        do { try output.write(reply.serialized().span) } catch { return 1 }
        return 0
    }

    private static func answer(
        _ request: CourierRequest, _ password: SharedSecret?, _ files: any FileSystem
    ) -> CourierReply {
        Fence.limit(memory: 2 << 30, file: 64 << 20, seconds: request.seconds + 10)
        // A kernel that has a fence and refuses it is no reason to keep an alarm back; the answer
        // says that there was none.
        let fence = (try? raiseFence(for: request.channel)) ?? 0
        let result =
            switch request.channel {
            case .mail(let server):
                MailDelivery.deliver(request, to: server, password: password)
            case .folder(let path):
                FolderDelivery.deliver(request, to: path, files: files)
            }
        return CourierReply(result, fence: fence)
    }

    /// Mail may read what names, certificates and libraries need, and speak to its server's port
    /// and to name servers; a folder channel has its folder and no network.
    package static func raiseFence(for channel: ChannelAddress) throws(FileError) -> UInt32 {
        switch channel {
        case .mail(let server):
            let name = [
                "/etc", "/usr/lib", "/usr/lib64", "/usr/share",
                // Where /etc/resolv.conf points to on many systems.
                "/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager",
            ]
            return try Fence.raise(
                readable: name + [server.authority].compactMap { $0 }, writable: nil,
                ports: [UInt16(server.port), 53])
        case .folder(let path):
            return try Fence.raise(readable: [], writable: path, ports: [])
        }
    }
}
