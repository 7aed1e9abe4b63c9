internal import Encoding
package import Platform
package import Secrets

/// What `amparo` writes to the courier's standard input: fields, of which the password is the last.
///
/// 1 version u32 · 2 channel · 3 recipient? · 4 contact · 5 id · 6 Unix ms u64 · 7 seconds u32 ·
/// 8 body · 9 proxy? · 10 reach u32? (1: this machine only) · 255 password?
package struct CourierRequest: Sendable {
    package static let version: UInt32 = 2
    /// A message at its limit in base64, with room for the rest.
    package static let byteLimit = 12 << 20
    /// Longest password in bytes.
    package static let passwordLimit = 1_024

    package let channel: ChannelAddress
    package let recipient: ContactAddress?
    package let contact: String
    package let id: [UInt8]
    package let date: Instant
    /// How long the courier may take.
    package let seconds: UInt32
    /// The finished message, in the form of its channel.
    package let body: [UInt8]
    /// What it has to leave through.
    package let proxy: Proxy?
    package let reach: Reach

    private static let passwordTag: UInt8 = 255

    /// - Parameter proxy: For a channel that names none, and leaves this machine.
    package init(
        _ message: OutgoingMessage, through channel: ChannelAddress, seconds: UInt32,
        proxy: Proxy? = nil, reach: Reach = .anywhere
    ) {
        self.channel = channel
        self.reach = reach
        recipient = channel.addressKind == nil ? nil : message.address
        contact = message.contact
        id = message.id
        date = message.date
        self.seconds = seconds
        self.proxy = channel.proxy ?? (channel.isLocal ? nil : proxy)
        body = message.body(for: channel)
    }

    /// Everything but the password, whose bytes follow when there is one.
    package func serialized(passwordCount: Int?) -> [UInt8] {
        var fields = [
            Field(1, u32: Self.version), Field(2, channel.serialized()), Field(4, contact),
            Field(5, id), Field(6, u64: UInt64(bitPattern: date.milliseconds)),
            Field(7, u32: seconds), Field(8, body),
        ]
        if let recipient { fields.append(Field(3, recipient.description)) }
        if let proxy { fields.append(Field(9, proxy.description)) }
        if reach == .thisMachine { fields.append(Field(10, u32: 1)) }
        var writer = ByteWriter()
        writer.raw(FieldList(fields).serialized())
        if let passwordCount {
            writer.u8(Self.passwordTag)
            writer.u32(UInt32(passwordCount))
        }
        return writer.bytes
    }

    /// Reads a request; the password leaves `bytes`, which are zeroed in any case.
    ///
    /// - Returns: nil for anything but one complete request in the one spelling.
    package static func parse(
        _ bytes: inout [UInt8]
    ) -> (request: CourierRequest, password: SharedSecret?)? {
        defer { Zeroing.zero(&bytes) }
        guard let split = passwordStart(bytes) else { return nil }
        guard let fields = try? FieldList(parsing: bytes[..<split]),
            let request = CourierRequest(fields)
        else { return nil }
        guard split < bytes.count else { return (request, nil) }
        let password = bytes.span.extracting((split + 5)...)
        guard (1...passwordLimit).contains(password.count) else { return nil }
        return (request, SharedSecret(SecretBytes(copying: password)))
    }

    /// Where the field of the password begins, or the end; nil when a field is cut.
    private static func passwordStart(_ bytes: [UInt8]) -> Int? {
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            let start = reader.offset
            guard let tag = try? reader.u8(), let count = try? reader.u32(),
                (try? reader.raw(Int(count))) != nil
            else { return nil }
            if tag == passwordTag { return reader.isAtEnd ? start : nil }
        }
        return reader.offset
    }

    private init?(_ fields: FieldList) {
        let tags = fields.fields.map(\.tag)
        guard tags.filter({ ![3, 9, 10].contains($0) }) == [1, 2, 4, 5, 6, 7, 8],
            Set(tags).count == tags.count, fields.u32(1) == Self.version,
            let channel = fields.text(2).flatMap({ try? ChannelAddress(parsing: $0) }),
            let contact = fields.text(4), isFileName(contact, limit: 200),
            let id = fields.first(5), (8...64).contains(id.count),
            let date = fields.u64(6), let seconds = fields.u32(7), (1...600).contains(seconds),
            let body = fields.first(8), !body.isEmpty
        else { return nil }
        if tags.contains(3) {
            guard let kind = channel.addressKind,
                let recipient = fields.text(3).flatMap({ ContactAddress(parsing: $0, kind) })
            else { return nil }
            self.recipient = recipient
        } else {
            recipient = nil
        }
        if tags.contains(9) {
            guard let proxy = fields.text(9).flatMap({ Proxy(parsing: $0) }) else { return nil }
            self.proxy = proxy
        } else {
            proxy = nil
        }
        // What this version does not understand is refused, never taken for a longer reach.
        if tags.contains(10) {
            guard fields.u32(10) == 1 else { return nil }
            reach = .thisMachine
        } else {
            reach = .anywhere
        }
        self.channel = channel
        self.contact = contact
        self.id = id
        self.date = Instant(milliseconds: Int64(bitPattern: date))
        self.seconds = seconds
        self.body = body
    }
}

/// What the courier answers on its standard output.
///
/// 1 version u32 · 2 outcome u8 (0 delivered, 1 try again, 2 refused) · 3 kind u8? · 4 detail? ·
/// 5 fence u32 · 6 seconds to wait u32, 0 for none
package struct CourierReply: Hashable, Sendable {
    package static let byteLimit = 4_096

    package let result: DeliveryResult
    /// Version of the kernel's Landlock that held the courier; 0 where the kernel has none.
    package let fence: UInt32

    package init(_ result: DeliveryResult, fence: UInt32) {
        self.result = result
        self.fence = fence
    }

    package func serialized() -> [UInt8] {
        var fields = [
            Field(1, u32: CourierRequest.version), Field(5, u32: fence),
            Field(6, u32: result.reason?.wait ?? 0),
        ]
        switch result {
        case .delivered: fields.append(Field(2, [0]))
        case .tryAgain: fields.append(Field(2, [1]))
        case .refused: fields.append(Field(2, [2]))
        }
        if let reason = result.reason {
            fields += [Field(3, [reason.kind.rawValue]), Field(4, reason.detail)]
        }
        return FieldList(fields).serialized()
    }

    /// - Returns: nil for anything that `serialized` does not write: the courier speaks to strangers
    ///   and is believed as little as they are.
    package init?(parsing bytes: [UInt8]) {
        guard bytes.count <= Self.byteLimit, let fields = try? FieldList(parsing: bytes[...]),
            fields.u32(1) == CourierRequest.version, let outcome = fields.first(2),
            let fence = fields.u32(5), let wait = fields.u32(6)
        else { return nil }
        let kind = fields.first(3).flatMap { $0.first }.flatMap(DeliveryReason.Kind.init(rawValue:))
        let reason = kind.map {
            DeliveryReason($0, fields.text(4) ?? "", wait: wait == 0 ? nil : wait)
        }
        switch (outcome, reason) {
        case ([0], nil): result = .delivered
        case ([1], let reason?): result = .tryAgain(reason)
        case ([2], let reason?): result = .refused(reason)
        default: return nil
        }
        self.fence = fence
        guard serialized() == bytes else { return nil }
    }
}
