internal import CCurl
package import Dispatch
package import Secrets

/// Hands one finished message to a mail server.
package enum MailDelivery {
    package static func deliver(
        _ request: CourierRequest, to server: MailServer, password: SharedSecret?
    ) -> DeliveryResult {
        guard case .mail(let recipient) = request.recipient else {
            return .refused(DeliveryReason(.noAddress))
        }
        guard server.user == nil || password != nil else {
            return .refused(DeliveryReason(.login, "no password"))
        }
        return unsafe CurlText.lend(password) { text in
            unsafe send(request, server, recipient, password: text)
        }
    }

    private static func send(
        _ request: CourierRequest, _ server: MailServer, _ recipient: MailAddress,
        password: UnsafePointer<CChar>?
    ) -> DeliveryResult {
        var result = amparo_result()
        let way = amparo_way(
            port: UInt16(server.port), tls: tls(server.encryption), seconds: Int(request.seconds))
        unsafe amparo_mail_send(
            server.host.description, way, request.proxy?.description, request.circuit, server.user,
            password, server.authority, server.from.description, recipient.description,
            request.body, request.body.count, &result)
        return meaning(result.end, reply: result.reply, CurlText.detail(&result))
    }

    /// Only a 5xx answer is final. A wrong certificate or missing encryption may be the network's
    /// doing, a hotel's or an attacker's: elsewhere the same server answers.
    static func meaning(
        _ end: amparo_end, reply: Int, _ detail: String
    ) -> DeliveryResult {
        switch end {
        case AMPARO_SENT: .delivered
        case AMPARO_NO_LIBRARY: .tryAgain(DeliveryReason(.missingLibrary, "libcurl4"))
        case AMPARO_RESOLVING: .tryAgain(DeliveryReason(.resolving, detail))
        case AMPARO_TIME_LIMIT: .tryAgain(DeliveryReason(.timeLimit, detail))
        case AMPARO_CERTIFICATE: .tryAgain(DeliveryReason(.certificate, detail))
        case AMPARO_ENCRYPTION: .tryAgain(DeliveryReason(.encryption, detail))
        case AMPARO_LOGIN where (400..<500).contains(reply):
            .tryAgain(DeliveryReason(.login, detail))
        case AMPARO_LOGIN: .refused(DeliveryReason(.login, detail))
        case AMPARO_REPLY where (500..<600).contains(reply):
            .refused(DeliveryReason(.reply, detail))
        case AMPARO_REPLY: .tryAgain(DeliveryReason(.reply, detail))
        default: .tryAgain(DeliveryReason(.connection, detail))
        }
    }

    private static func tls(_ encryption: MailServer.Encryption) -> amparo_tls {
        switch encryption {
        case .none: AMPARO_TLS_NONE
        case .startTLS: AMPARO_TLS_START
        case .whole: AMPARO_TLS_WHOLE
        }
    }
}
