internal import CCurl
internal import Dispatch
internal import Encoding
internal import Secrets

/// Texts on their way to and from libcurl.
enum CurlText {
    /// Lends a password as text that ends in zero; nil lends none.
    static func lend(
        _ password: SharedSecret?, _ body: (UnsafePointer<CChar>?) -> DeliveryResult
    ) -> DeliveryResult {
        guard let password else { return body(nil) }
        // Text that ends in zero cannot contain one.
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
                    unsafe body(text.baseAddress)
                }
            }
        }
    }

    static func detail(_ result: inout amparo_result) -> String {
        unsafe withUnsafeBytes(of: &result.detail) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    static func body(_ result: inout amparo_result) -> String {
        unsafe withUnsafeBytes(of: &result.body) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}

extension CourierRequest {
    /// Names a message to the proxy, and nothing else: two channels never share a way.
    var circuit: String { Hex.encode(Array(id.prefix(8))) + channel.scheme }
}
