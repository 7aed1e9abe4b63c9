internal import CCurl
package import Dispatch
internal import Encoding
internal import Platform
internal import Primitives
package import Secrets

/// Hands one finished message to a server over HTTPS.
package enum WebDelivery {
    /// - Parameter key: Signs the message; nil leaves it unsigned.
    package static func deliver(
        _ request: CourierRequest, to hook: Webhook, key: SharedSecret?
    ) -> DeliveryResult {
        var headers = [
            "Content-Type: application/json", "Idempotency-Key: \(Hex.encode(request.id))",
        ]
        if let key {
            let time = String(request.date.milliseconds / 1_000)
            let head = Array((time + ".").utf8)
            var mac = [UInt8](repeating: 0, count: HMACSHA256.byteCount)
            key.bytes.withBytes { key in
                var span = mac.mutableSpan
                HMACSHA256.authenticate(head.span, request.body.span, key: key, into: &span)
            }
            headers.append("Amparo-Signature: t=\(time),v1=\(Hex.encode(mac))")
        }
        return unsafe post(request, hook.server, hook.target, headers).result
    }

    package static func deliver(
        _ request: CourierRequest, to push: PushServer, password: SharedSecret?
    ) -> DeliveryResult {
        guard push.topic != nil || request.recipient != nil else {
            return .refused(DeliveryReason(.noAddress))
        }
        guard push.user == nil || password != nil else {
            return .refused(DeliveryReason(.login, "no password"))
        }
        let login: Login =
            if let user = push.user { .basic(user: user) } else if password != nil {
                .bearer
            } else { .none }
        return unsafe CurlText.lend(password) { text in
            let answer = unsafe post(
                request, push.server, "/", ["Content-Type: application/json"], login, text)
            // Any web server answers; this one says what became of the message.
            return answer.confirmed { $0.contains("\"event\":\"message\"") }
        }
    }

    package static func deliver(
        _ request: CourierRequest, to bot: BotServer, token: SharedSecret?
    ) -> DeliveryResult {
        guard request.recipient != nil else { return .refused(DeliveryReason(.noAddress)) }
        guard let token, token.bytes.withBytes(isToken) else {
            return .refused(DeliveryReason(.login, "no token"))
        }
        return unsafe CurlText.lend(token) { text in
            let answer = unsafe post(
                request, bot.server, "/sendMessage", ["Content-Type: application/json"],
                .path("/bot"), text)
            return answer.confirmed { $0.hasPrefix("{\"ok\":true") }
        }
    }

    package static func deliver(
        _ request: CourierRequest, to gateway: SMSGateway, token: SharedSecret?
    ) -> DeliveryResult {
        guard request.recipient != nil else { return .refused(DeliveryReason(.noAddress)) }
        guard token != nil else { return .refused(DeliveryReason(.login, "no token")) }
        return unsafe CurlText.lend(token) { text in
            unsafe post(
                request, gateway.server, gateway.target,
                ["Content-Type: application/x-www-form-urlencoded"],
                .basic(user: gateway.account), text
            ).result
        }
    }

    /// - Returns: What a server says in its `Date`; RFC 9110 section 6.6.1.
    static func hour(_ question: HourRequest) -> Instant? {
        let server = question.server
        let way = amparo_way(
            port: UInt16(server.port), tls: AMPARO_TLS_WHOLE, seconds: Int(question.seconds))
        // Through a proxy two servers never share a way.
        let circuit = Hex.encode(BLAKE2b.hash(count: 16, of: Array(server.origin.utf8).span))
        let seconds = unsafe amparo_web_hour(
            server.origin, way, question.proxy?.description, circuit, server.authority)
        let (milliseconds, isTooMuch) = seconds.multipliedReportingOverflow(by: 1_000)
        return seconds < 0 || isTooMuch ? nil : Instant(milliseconds: milliseconds)
    }

    /// A bot's token stands in a path. Source: core.telegram.org/bots/api, "Authorizing your bot".
    private static func isToken(_ bytes: Span<UInt8>) -> Bool {
        bytes.count <= 200
            && bytes.indices.allSatisfy { index in
                let byte = bytes[index]
                return (0x30...0x3A).contains(byte) || byte == 0x5F || byte == 0x2D
                    || (0x61...0x7A).contains(byte | 0x20) && byte < 0x7B
            }
    }

    private enum Login {
        case none
        case basic(user: String)
        case bearer
        /// Behind this piece of the path.
        case path(String)
    }

    /// What a server made of a message.
    struct Answer {
        let result: DeliveryResult
        let body: String

        /// - Returns: `.delivered` only with the words that the server uses when it took it.
        func confirmed(_ isTaken: (String) -> Bool) -> DeliveryResult {
            guard result == .delivered, !isTaken(body) else { return result }
            return .tryAgain(DeliveryReason(.reply, "200 but not taken: \(body.prefix(80))"))
        }
    }

    private static func post(
        _ request: CourierRequest, _ server: WebServer, _ target: String, _ headers: [String],
        _ login: Login = .none, _ password: UnsafePointer<CChar>? = nil
    ) -> Answer {
        var head = server.origin
        let kind: amparo_login
        var user: String?
        switch login {
        case .none: kind = AMPARO_LOGIN_NONE
        case .basic(let name): (kind, user) = (AMPARO_LOGIN_BASIC, name)
        case .bearer: kind = AMPARO_LOGIN_BEARER
        case .path(let piece):
            kind = AMPARO_LOGIN_PATH
            head += piece
        }
        var result = amparo_result()
        let way = amparo_way(
            port: UInt16(server.port),
            tls: server.isEncrypted ? AMPARO_TLS_WHOLE : AMPARO_TLS_NONE,
            seconds: Int(request.seconds))
        let lines = headers.map { $0 + "\0" }.joined()
        unsafe amparo_web_post(
            head, target, way, request.proxy?.description, request.circuit, kind, user, password,
            server.authority, lines, request.body, request.body.count, &result)
        let detail = CurlText.detail(&result)
        let body = CurlText.body(&result)
        guard result.end == AMPARO_SENT else {
            return Answer(
                result: MailDelivery.meaning(result.end, reply: 0, detail), body: body)
        }
        return Answer(
            result: meaning(result.reply, wait: result.wait, detail: detail, body), body: body)
    }

    /// What a status says about the same message sent again.
    ///
    /// Source: RFC 9110 section 15; RFC 6585 section 4 (429).
    static func meaning(
        _ status: Int, wait: Int = 0, detail: String, _ body: String
    ) -> DeliveryResult {
        // Three digits, the server's phrase, and how it goes on about it.
        let words = detail + (body.isEmpty ? "" : ": " + body)
        let later = wait > 0 ? wait : retryAfter(body)
        switch status {
        case 200..<300: return .delivered
        case 301, 308: return .refused(DeliveryReason(.redirect, words))
        case 300..<400: return .tryAgain(DeliveryReason(.redirect, words))
        case 401, 403, 407: return .refused(DeliveryReason(.login, words))
        // Too slow, in conflict with its own repeat, too early, too many.
        case 408, 409, 423, 425, 429:
            return .tryAgain(
                DeliveryReason(.reply, words, wait: later > 0 ? UInt32(clamping: later) : nil))
        case 400..<500: return .refused(DeliveryReason(.reply, words))
        case 500..<600:
            return .tryAgain(
                DeliveryReason(.reply, words, wait: later > 0 ? UInt32(clamping: later) : nil))
        default: return .tryAgain(DeliveryReason(.connection, words))
        }
    }

    /// Telegram says it in the body only: `"retry_after":35`.
    private static func retryAfter(_ body: String) -> Int {
        guard let range = body.firstRange(of: "\"retry_after\":") else { return 0 }
        return Int(body[range.upperBound...].prefix(6).prefix { $0.isASCII && $0.isNumber }) ?? 0
    }
}
