package import Platform
package import Secrets

internal import Encoding
internal import Primitives

/// "I am well", signed twice: by the code that was typed and by the ticket of the machine.
///
/// 256 bytes: version 1 ‖ zeros 3 ‖ plan 16 ‖ counter u64 ‖ issued ms u64 ‖ asked lease s u32 ‖
/// zeros to 128 ‖ code signature 64 ‖ ticket signature 64. The code signs the domain and bytes
/// 0..<128, the ticket the domain and bytes 0..<192. Nothing in it tells which code was typed.
package struct Token: Hashable, Sendable {
    package static let byteCount = 256
    static let domain = "amparo/token/1"

    package let plan: PlanID
    package let counter: UInt64
    package let issued: Instant
    /// How long the journalist asks for, in seconds; 0 for the plan's own rhythm.
    package let askedLease: UInt32
    package let bytes: [UInt8]

    /// Signs a new one.
    ///
    /// - Parameters:
    ///   - codeSeed: The Ed25519 seed that the typed code gives, 32 bytes.
    ///   - ticketSeed: The ticket's Ed25519 seed, 32 bytes.
    package init(
        plan: PlanID, counter: UInt64, issued: Instant, askedLease: UInt32 = 0,
        codeSeed: borrowing SecretBytes, ticketSeed: borrowing SecretBytes
    ) {
        self.plan = plan
        self.counter = counter
        self.issued = issued
        self.askedLease = askedLease
        bytes = TwiceSigned.sign(
            TwiceSigned.Statement(
                kind: 0, plan: plan, counter: counter, issued: issued, number: askedLease),
            domain: Self.domain, codeSeed: codeSeed, ticketSeed: ticketSeed)
    }

    /// Reads the layout; signatures are asked for separately.
    package init(parsing bytes: [UInt8]) throws(CheckInError) {
        let statement = try TwiceSigned.parse(bytes)
        guard statement.kind == 0, statement.digest == TwiceSigned.noDigest else {
            throw .malformed(.malformed(at: 1))
        }
        plan = statement.plan
        counter = statement.counter
        issued = statement.issued
        askedLease = statement.number
        self.bytes = bytes
    }

    /// Whether the ticket of this plan made it; without this nobody even counts it.
    package func isTicket(_ publicKey: [UInt8]) -> Bool {
        TwiceSigned.isTicket(bytes, domain: Self.domain, publicKey)
    }

    /// Whether this code was typed.
    package func isCode(_ publicKey: [UInt8]) -> Bool {
        TwiceSigned.isCode(bytes, domain: Self.domain, publicKey)
    }

    /// The counter after `last`: the time, unless a clock went back.
    package static func counter(after last: UInt64, now: Instant) -> UInt64 {
        let (next, overflow) = last.addingReportingOverflow(1)
        return max(overflow ? last : next, UInt64(clamping: now.milliseconds))
    }
}

/// An order about a plan, signed like a token under its own domain.
///
/// The layout is the token's with the order in byte 1, for a pause its seconds as the asked lease,
/// and in bytes 40..<72 the BLAKE2b-256 of what an update or a card brings with it.
package struct SignedOrder: Hashable, Sendable {
    static let domain = "amparo/order/1"

    package let order: Order
    package let plan: PlanID
    package let counter: UInt64
    package let issued: Instant
    package let seconds: UInt32
    /// 32 bytes; zeros for an order that brings nothing with it.
    package let digest: [UInt8]
    package let bytes: [UInt8]

    /// - Parameter enclosure: What an update (a serialized registration) or a card brings with it.
    package init(
        _ order: Order, plan: PlanID, counter: UInt64, issued: Instant, seconds: UInt32 = 0,
        enclosure: [UInt8]? = nil,
        codeSeed: borrowing SecretBytes, ticketSeed: borrowing SecretBytes
    ) {
        digest = enclosure.map(Self.digest) ?? TwiceSigned.noDigest
        self.order = order
        self.plan = plan
        self.counter = counter
        self.issued = issued
        self.seconds = seconds
        bytes = TwiceSigned.sign(
            TwiceSigned.Statement(
                kind: order.rawValue, plan: plan, counter: counter, issued: issued,
                number: seconds, digest: digest),
            domain: Self.domain, codeSeed: codeSeed, ticketSeed: ticketSeed)
    }

    private static func digest(_ enclosure: [UInt8]) -> [UInt8] {
        BLAKE2b.hash(count: TwiceSigned.digestByteCount, of: enclosure.span)
    }

    /// Whether the code signed for just this.
    package func encloses(_ enclosure: [UInt8]) -> Bool { digest == Self.digest(enclosure) }

    package init(parsing bytes: [UInt8]) throws(CheckInError) {
        let statement = try TwiceSigned.parse(bytes)
        guard let order = Order(rawValue: statement.kind) else {
            throw .malformed(.malformed(at: 1))
        }
        self.order = order
        plan = statement.plan
        counter = statement.counter
        issued = statement.issued
        seconds = statement.number
        digest = statement.digest
        self.bytes = bytes
    }

    package func isTicket(_ publicKey: [UInt8]) -> Bool {
        TwiceSigned.isTicket(bytes, domain: Self.domain, publicKey)
    }

    package func isCode(_ publicKey: [UInt8]) -> Bool {
        TwiceSigned.isCode(bytes, domain: Self.domain, publicKey)
    }
}

/// The frame that tokens and orders share.
private enum TwiceSigned {
    static let version: UInt8 = 1
    static let statementByteCount = 128
    static let codeSigned = 192
    static let digestByteCount = 32
    static let noDigest = [UInt8](repeating: 0, count: digestByteCount)

    struct Statement {
        let kind: UInt8
        let plan: PlanID
        let counter: UInt64
        let issued: Instant
        let number: UInt32
        var digest = noDigest
    }

    static func sign(
        _ statement: Statement, domain: String, codeSeed: borrowing SecretBytes,
        ticketSeed: borrowing SecretBytes
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([version, statement.kind, 0, 0])
        writer.raw(statement.plan.bytes)
        writer.u64(statement.counter)
        writer.u64(UInt64(clamping: statement.issued.milliseconds))
        writer.u32(statement.number)
        writer.raw(statement.digest)
        writer.raw([UInt8](repeating: 0, count: statementByteCount - writer.bytes.count))
        let prefix = Array(domain.utf8)
        writer.raw(Ed25519.sign((prefix + writer.bytes).span, seed: codeSeed))
        writer.raw(Ed25519.sign((prefix + writer.bytes).span, seed: ticketSeed))
        return writer.bytes
    }

    static func parse(_ bytes: [UInt8]) throws(CheckInError) -> Statement {
        guard bytes.count == Token.byteCount else {
            throw .malformed(.truncated(at: bytes.count))
        }
        guard bytes[0] == version else { throw .version(bytes[0]) }
        var reader = ByteReader(bytes[1...])
        do throws(CodecError) {
            let kind = try reader.u8()
            guard try reader.u16() == 0 else { throw .malformed(at: 2) }
            let plan = PlanID(try reader.raw(PlanID.byteCount))
            let counter = try reader.u64()
            let issued = Int64(exactly: try reader.u64())
            let number = try reader.u32()
            let digest = try reader.raw(digestByteCount)
            let reserved = try reader.raw(statementByteCount - 1 - reader.offset)
            // One spelling: what is reserved is zero.
            guard let plan, let issued, reserved.allSatisfy({ $0 == 0 }) else {
                throw .malformed(at: 20)
            }
            return Statement(
                kind: kind, plan: plan, counter: counter,
                issued: Instant(milliseconds: issued), number: number,
                digest: Array(digest))
        } catch {
            throw .malformed(error)
        }
    }

    static func isCode(_ bytes: [UInt8], domain: String, _ publicKey: [UInt8]) -> Bool {
        verify(bytes, signed: statementByteCount, domain, publicKey)
    }

    static func isTicket(_ bytes: [UInt8], domain: String, _ publicKey: [UInt8]) -> Bool {
        verify(bytes, signed: codeSigned, domain, publicKey)
    }

    private static func verify(
        _ bytes: [UInt8], signed: Int, _ domain: String, _ publicKey: [UInt8]
    ) -> Bool {
        let message = Array(domain.utf8) + bytes[..<signed]
        let signature = Array(bytes[signed..<signed + Ed25519.signatureByteCount])
        return Ed25519.verify(signature.span, of: message.span, publicKey: publicKey.span)
    }
}
