package import Platform

internal import Encoding

/// How requests and answers cross the socket of the watcher on this machine.
package enum WatchSocket {
    /// The watcher did not answer, or nobody listens.
    package struct Unreachable: Error, Hashable {
        package init() {}
    }

    package static let name = "watch.sock"

    /// For a whole request to arrive, however it is cut.
    static let patience: Duration = .seconds(2)

    /// Asks the watcher of a home.
    package static func ask(
        _ request: WatchRequest, folder: String
    ) throws(Unreachable) -> WatchReply {
        let limit: Duration =
            switch request {
            // More than the minute that answers to wrong codes wait, or what may be a guess.
            case .checkIn, .order, .update, .card, .paper, .acknowledge, .hold: .seconds(75)
            case .hello, .register, .status, .rehearse, .drillReport, .log, .release, .unlock:
                .seconds(10)
            }
        do {
            let connection = try LocalConnection.connect(
                folder: folder, name: name, limit: limit)
            // Only a process of this user may hear who would be alerted.
            guard connection.isSameUser else { throw Unreachable() }
            try send(request.fields, over: connection)
            guard
                let fields = try receive(
                    over: connection, limit: WatchRequest.byteLimit, isInTime: { true }),
                let reply = WatchReply(fields)
            else { throw Unreachable() }
            return reply
        } catch {
            throw Unreachable()
        }
    }

    /// What a program of this user asks; nil for what is no request.
    package static func request(over connection: LocalConnection, clock: any SystemClock) throws
        -> WatchRequest?
    {
        guard connection.isSameUser else { throw Unreachable() }
        return try request(from: connection, clock: clock)
    }

    /// - Returns: nil also for a request that is not whole in time: a program that sends one byte
    ///   now and then must not keep the watcher from its alarms.
    package static func request(from stream: any ByteInput, clock: any SystemClock) throws
        -> WatchRequest?
    {
        let limit = clock.boot + patience
        return try receive(
            over: stream, limit: WatchRequest.byteLimit, isInTime: { clock.boot < limit }
        ).flatMap(WatchRequest.init)
    }

    /// Answers one program at once, however long it takes to ask.
    package static func serve(
        _ connection: LocalConnection, _ reply: (WatchRequest) -> WatchReply
    ) throws {
        guard connection.isSameUser else { throw Unreachable() }
        let request = try receive(
            over: connection, limit: WatchRequest.byteLimit, isInTime: { true }
        ).flatMap(WatchRequest.init)
        try answer(request.map(reply) ?? .refused(.malformed), over: connection)
    }

    package static func answer(_ reply: WatchReply, over connection: LocalConnection) throws {
        try send(reply.fields, over: connection)
    }

    private static func send(_ fields: FieldList, over stream: any ByteOutput) throws {
        var writer = ByteWriter()
        let body = fields.serialized()
        writer.u32(UInt32(clamping: body.count))
        writer.raw(body)
        try stream.write(writer.bytes.span)
    }

    /// - Returns: nil for a length above `limit`, or bytes that are no fields.
    private static func receive(
        over stream: any ByteInput, limit: Int, isInTime: () -> Bool
    ) throws -> FieldList? {
        guard let head = try exactly(4, from: stream, isInTime) else { return nil }
        let count = head.reduce(0) { $0 << 8 | Int($1) }
        guard count <= limit, let body = try exactly(count, from: stream, isInTime) else {
            return nil
        }
        return try? FieldList(parsing: body[...])
    }

    /// - Returns: nil when the other end stops before, or the time is over.
    private static func exactly(
        _ count: Int, from stream: any ByteInput, _ isInTime: () -> Bool
    ) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        // Room is made as bytes arrive, not as a stranger announces them.
        while bytes.count < count {
            guard isInTime() else { return nil }
            var piece = [UInt8](repeating: 0, count: min(count - bytes.count, 65_536))
            var span = piece.mutableSpan
            let got = try stream.read(into: &span)
            if got == 0 { return nil }
            bytes.append(contentsOf: piece[..<got])
        }
        return bytes
    }
}
