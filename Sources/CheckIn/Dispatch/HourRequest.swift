internal import Encoding
package import Platform

/// What `amparo` asks the courier when this machine's clock is in doubt: what hour a server has that
/// alerts go to anyway. Nothing but the question leaves.
///
/// 2 server, as a webhook's address · 7 seconds u32 · 9 proxy? · 20 version u32
package struct HourRequest: Hashable, Sendable {
    package static let version: UInt32 = 1
    /// More than any address has, and less than any message.
    private static let byteLimit = 4_096

    package let server: WebServer
    /// How long the courier may take.
    package let seconds: UInt32
    /// What it has to leave through.
    package let proxy: Proxy?

    /// - Parameter proxy: For a server whose address names none.
    package init(_ server: WebServer, seconds: UInt32, proxy: Proxy? = nil) {
        self.server = server
        self.seconds = seconds
        self.proxy = server.proxy ?? proxy
    }

    package var channel: ChannelAddress { .webhook(Webhook(server: server)) }

    package func serialized() -> [UInt8] {
        FieldList(
            [Field(2, channel.serialized()), Field(7, u32: seconds), Field(20, u32: Self.version)]
                + (proxy.map { [Field(9, $0.description)] } ?? [])
        ).serialized()
    }

    /// - Returns: nil for anything but one complete question, for a server whose answer would prove
    ///   nothing too.
    package init?(parsing bytes: [UInt8]) {
        // A message's request holds a password, of which no copy is made here.
        guard bytes.count <= Self.byteLimit, let fields = try? FieldList(parsing: bytes[...]),
            [[2, 7, 20], [2, 7, 9, 20]].contains(fields.fields.map(\.tag)),
            fields.u32(20) == Self.version, let seconds = fields.u32(7),
            (1...600).contains(seconds),
            let server = fields.text(2).flatMap({ try? ChannelAddress(parsing: $0) })?.web,
            server.isWitness
        else { return nil }
        let proxy = fields.text(9).flatMap { Proxy(parsing: $0) }
        self.init(server, seconds: seconds, proxy: proxy)
        guard serialized() == bytes else { return nil }
    }
}

extension WebServer {
    /// Whether its clock is another one than this machine's, and nobody between here and there can
    /// say what it shows.
    package var isWitness: Bool { isEncrypted && !host.isLoopback }
}

/// What the courier answers to it.
///
/// 6 Unix ms u64? · 20 version u32
package struct HourReply: Hashable, Sendable {
    package let hour: Instant?

    package init(_ hour: Instant?) { self.hour = hour }

    package func serialized() -> [UInt8] {
        FieldList(
            [Field(20, u32: HourRequest.version)]
                + (hour.map { [Field(6, u64: UInt64(bitPattern: $0.milliseconds))] } ?? [])
        ).serialized()
    }

    /// - Returns: nil for anything that `serialized` does not write.
    package init?(parsing bytes: [UInt8]) {
        guard let fields = try? FieldList(parsing: bytes[...]),
            fields.u32(20) == HourRequest.version
        else { return nil }
        hour = fields.u64(6).map { Instant(milliseconds: Int64(bitPattern: $0)) }
        guard serialized() == bytes else { return nil }
    }
}
