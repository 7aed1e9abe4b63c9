import CheckIn
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("check-in tokens")
struct TokenTests {
    let random = SeededRandom(seed: 11)

    func token(_ code: borrowing SecretBytes, _ ticket: borrowing SecretBytes) -> Token {
        Token(
            plan: .random(random), counter: 7, issued: Instant(milliseconds: 1_700_000_000_123),
            askedLease: 3_600, codeSeed: code, ticketSeed: ticket)
    }

    @Test("256 bytes in the written layout, and both signatures hold")
    func layout() throws {
        let code = random.secret(count: 32)
        let ticket = random.secret(count: 32)
        let token = token(code, ticket)
        #expect(token.bytes.count == 256)
        #expect(token.bytes[..<4] == [1, 0, 0, 0])
        #expect(Array(token.bytes[4..<20]) == token.plan.bytes)
        #expect(token.bytes[20..<28] == [0, 0, 0, 0, 0, 0, 0, 7])
        #expect(token.bytes[36..<40] == [0, 0, 0x0E, 0x10])
        #expect(token.bytes[40..<128].allSatisfy { $0 == 0 })
        let codeKey = Ed25519.publicKey(seed: code)
        let ticketKey = Ed25519.publicKey(seed: ticket)
        let domain = Array("amparo/token/1".utf8)
        let signedByCode = domain + token.bytes[..<128]
        let signedByTicket = domain + token.bytes[..<192]
        let codeSignature = Array(token.bytes[128..<192])
        let ticketSignature = Array(token.bytes[192...])
        let isCode = Ed25519.verify(
            codeSignature.span, of: signedByCode.span, publicKey: codeKey.span)
        let isTicket = Ed25519.verify(
            ticketSignature.span, of: signedByTicket.span, publicKey: ticketKey.span)
        #expect(isCode && isTicket)
        let read = try Token(parsing: token.bytes)
        #expect(read == token)
        #expect(read.isCode(codeKey) && read.isTicket(ticketKey))
        #expect(!read.isCode(ticketKey) && !read.isTicket(codeKey))
    }

    @Test("any flipped byte is refused by the reader or by a signature")
    func flips() {
        let code = random.secret(count: 32)
        let ticket = random.secret(count: 32)
        let bytes = token(code, ticket).bytes
        let codeKey = Ed25519.publicKey(seed: code)
        let ticketKey = Ed25519.publicKey(seed: ticket)
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 1 << UInt8(random.below(8))
            guard let token = try? Token(parsing: flipped) else { continue }
            #expect(!(token.isCode(codeKey) && token.isTicket(ticketKey)))
        }
        #expect(throws: CheckInError.self) { try Token(parsing: Array(bytes.dropLast())) }
        #expect(throws: CheckInError.self) { try Token(parsing: bytes + [0]) }
    }

    @Test("an order is no check-in, and a check-in is no order")
    func domains() throws {
        let code = random.secret(count: 32)
        let ticket = random.secret(count: 32)
        let order = SignedOrder(
            .end, plan: .random(random), counter: 9, issued: Instant(milliseconds: 1),
            codeSeed: code, ticketSeed: ticket)
        #expect(throws: CheckInError.self) { try Token(parsing: order.bytes) }
        let token = token(code, ticket)
        #expect(throws: CheckInError.self) { try SignedOrder(parsing: token.bytes) }
        let read = try SignedOrder(parsing: order.bytes)
        #expect(read == order)
        #expect(read.isCode(Ed25519.publicKey(seed: code)))
    }

    @Test("counters only grow, also with a clock in 1970")
    func counters() {
        #expect(Token.counter(after: 5, now: Instant(milliseconds: 1_000)) == 1_000)
        #expect(Token.counter(after: 5_000, now: Instant(milliseconds: 0)) == 5_001)
        #expect(Token.counter(after: 5_000, now: Instant(milliseconds: -7)) == 5_001)
        #expect(Token.counter(after: .max, now: Instant(milliseconds: 0)) == .max)
    }
}
