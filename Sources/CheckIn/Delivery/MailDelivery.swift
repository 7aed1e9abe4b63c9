internal import CCurl
package import Dispatch
package import Secrets

/// Hands one finished message to a mail server.
package enum MailDelivery {
    package static func deliver(
        _ request: CourierRequest, to server: MailServer, password: SharedSecret?
    ) -> DeliveryResult {
        guard let recipient = request.recipient else { return .refused(DeliveryReason(.noAddress)) }
        guard server.user == nil || password != nil else {
            return .refused(DeliveryReason(.login, "no password"))
        }
        guard let password else { return unsafe send(request, server, recipient, password: nil) }
        // libcurl takes text that ends in zero, which a password must then not contain.
        let text = password.bytes.withBytes { bytes in
            bytes.indices.allSatisfy { bytes[$0] != 0 }
                ? SecretBytes(count: bytes.count + 1) { text in
                    for index in bytes.indices { text[index] = bytes[index] }
                } : nil
        }
        guard let text else { return .refused(DeliveryReason(.login, "zero byte in password")) }
        return text.withBytes { bytes in
            unsafe bytes.withUnsafeBufferPointer { buffer in
                unsafe buffer.withMemoryRebound(to: CChar.self) { text in
                    unsafe send(request, server, recipient, password: text.baseAddress)
                }
            }
        }
    }

    private static func send(
        _ request: CourierRequest, _ server: MailServer, _ recipient: MailAddress,
        password: UnsafePointer<CChar>?
    ) -> DeliveryResult {
        var result = amparo_mail_result()
        let way = amparo_mail_way(
            port: UInt16(server.port), tls: tls(server.encryption), seconds: Int(request.seconds))
        unsafe amparo_mail_send(
            server.host.description, way, server.user, password, server.authority,
            server.from.description, recipient.description, request.mail, request.mail.count,
            &result)
        let detail = unsafe withUnsafeBytes(of: &result.detail) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return meaning(result.end, reply: result.reply, detail)
    }

    /// Only a 5xx answer is final. A wrong certificate or missing encryption may be the network's
    /// doing, a hotel's or an attacker's: elsewhere the same server answers.
    static func meaning(
        _ end: amparo_mail_end, reply: Int, _ detail: String
    ) -> DeliveryResult {
        switch end {
        case AMPARO_MAIL_SENT: .delivered
        case AMPARO_MAIL_NO_LIBRARY: .tryAgain(DeliveryReason(.missingLibrary, "libcurl4"))
        case AMPARO_MAIL_RESOLVING: .tryAgain(DeliveryReason(.resolving, detail))
        case AMPARO_MAIL_TIME_LIMIT: .tryAgain(DeliveryReason(.timeLimit, detail))
        case AMPARO_MAIL_CERTIFICATE: .tryAgain(DeliveryReason(.certificate, detail))
        case AMPARO_MAIL_ENCRYPTION: .tryAgain(DeliveryReason(.encryption, detail))
        case AMPARO_MAIL_LOGIN where (400..<500).contains(reply):
            .tryAgain(DeliveryReason(.login, detail))
        case AMPARO_MAIL_LOGIN: .refused(DeliveryReason(.login, detail))
        case AMPARO_MAIL_REPLY where (500..<600).contains(reply):
            .refused(DeliveryReason(.reply, detail))
        case AMPARO_MAIL_REPLY: .tryAgain(DeliveryReason(.reply, detail))
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
