import Foundation

/// A web server that answers as the services do; its manners are told in web_server.py.
package final class WebServerPeer: Sendable {
    package enum Style: String, Sendable { case plain, ntfy, telegram, twilio }

    package enum Manner: String, Sendable {
        case kind, status, redirect, moved, mute, stall, drop, cut, endless, senseless
        case slowTLS = "slow-tls"
    }

    package struct Request: @unchecked Sendable {
        package let target: String
        package let headers: [String: String]
        package let body: [UInt8]
        package var text: String { String(decoding: body, as: UTF8.self) }
        package var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
        }
    }

    private let script: ServingScript
    package var port: Int { script.port }

    /// - Parameters:
    ///   - status: For the manner `.status`, with its answer and Retry-After.
    ///   - times: How many requests get it.
    ///   - keeping: An earlier server, for one that comes back after an outage.
    package init(
        _ style: Style = .plain, _ manner: Manner = .kind, authority: ThrowawayAuthority? = nil,
        user: String = "", secret: String = "", status: Int = 500, answer: String = "",
        retryAfter: String = "", times: Int = 1_000_000, port: Int = 0,
        keeping earlier: WebServerPeer? = nil
    ) throws {
        var arguments = [
            "--style", style.rawValue, "--manner", manner.rawValue, "--user", user, "--secret",
            secret, "--status", String(status), "--answer", answer, "--retry-after", retryAfter,
            "--times", String(times), "--port", String(port),
        ]
        if let authority {
            arguments += ["--certificate", authority.certificate, "--key", authority.key]
        }
        script = try ServingScript(
            "web_server.py", arguments, in: earlier?.script.folder ?? TemporaryDirectory())
    }

    /// Nobody answers at the port from then on.
    package func stop() { script.stop() }

    /// What was taken so far, in order.
    package func requests() throws -> [Request] {
        try script.notes().map { note in
            Request(
                target: note["target"] as? String ?? "",
                headers: note["headers"] as? [String: String] ?? [:],
                body: Array(Data(base64Encoded: note["body"] as? String ?? "") ?? Data()))
        }
    }
}

/// A SOCKS5 proxy that finds every name on this machine.
package final class SOCKSPeer: Sendable {
    private let script: ServingScript
    package var port: Int { script.port }

    package init(refuses: Bool = false) throws {
        script = try ServingScript(
            "socks_server.py", refuses ? ["--refuse"] : [], in: TemporaryDirectory())
    }

    /// What was asked for so far: `name`, `port`, `kind` (3 is a name), `user`, `password`.
    package func asked() throws -> [[String: Any]] { try script.notes() }
}
