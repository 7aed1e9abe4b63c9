import Foundation

/// A real SMTP server (Debian: python3-aiosmtpd) on a free loopback port; ends with its last owner.
package final class SMTPServer: Sendable {
    package enum Encryption: String, Sendable { case off, starttls, whole }

    /// How the server behaves; the cases are told in smtp_server.py.
    package enum Manner: String, Sendable {
        case kind, greylist, busy, refuse, mute, stall, drop, senseless
        case refuseData = "refuse-data"
        case keepAndDrop = "keep-and-drop"
        case banned
        case bannedAtHello = "banned-ehlo"
        case bannedAndCut = "banned-cut"
    }

    private let script: ServingScript
    package var port: Int { script.port }

    /// - Parameters:
    ///   - port: 0 for any free one.
    ///   - keeping: The folder of an earlier server, for one that comes back after an outage.
    package init(
        _ manner: Manner = .kind, tls: Encryption = .off, authority: ThrowawayAuthority? = nil,
        user: String? = nil, password: String = "", times: Int = 1, port: Int = 0,
        keeping earlier: SMTPServer? = nil
    ) throws {
        var arguments = [
            "--tls", tls.rawValue, "--manner", manner.rawValue, "--times", String(times), "--port",
            String(port),
        ]
        if let authority {
            arguments += ["--certificate", authority.certificate, "--key", authority.key]
        }
        if let user { arguments += ["--user", user, "--password", password] }
        script = try ServingScript(
            "smtp_server.py", arguments, in: earlier?.script.folder ?? TemporaryDirectory())
    }

    /// Nobody answers at the port from then on.
    package func stop() { script.stop() }

    /// What was accepted so far, in order.
    package func mails() throws -> [Mail] {
        let folder = script.folder
        return try folder.names.filter { $0.hasSuffix(".eml") }
            .compactMap { Int($0.dropLast(4)) }.sorted()
            .map { number in
                let envelope = try JSONSerialization.jsonObject(
                    with: Data(folder.read("\(number).json")))
                return try Mail(
                    file: folder("\(number).eml"), envelope: envelope as? [String: Any] ?? [:])
            }
    }
}

/// One received mail as Python's email package reads it.
package struct Mail: @unchecked Sendable {
    package let raw: [UInt8]
    package let envelope: [String: Any]
    private let seen: [String: Any]
    private let folder: TemporaryDirectory

    package init(file: String, envelope: [String: Any] = [:]) throws {
        self.envelope = envelope
        raw = Array(try Data(contentsOf: URL(filePath: file)))
        folder = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [ServingScript.path("read_mail.py"), file, folder.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        seen = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// Of `from`, `to`, `subject`, `date`, `id`, `text`.
    package subscript(_ name: String) -> String { seen[name] as? String ?? "" }
    package var headers: [String] { seen["headers"] as? [String] ?? [] }
    package var defects: [String] { seen["defects"] as? [String] ?? ["unread"] }
    package var longestLine: Int { seen["longest"] as? Int ?? .max }
    /// Line ends that are not CRLF.
    package var bareLineEnds: Int { seen["bare"] as? Int ?? .max }
    package var isASCII: Bool { seen["ascii"] as? Bool ?? false }
    package var attachments: [String] {
        (seen["attachments"] as? [[String: String]] ?? []).compactMap { $0["name"] }
    }

    package func attachment(_ name: String) throws -> [UInt8] { try folder.read(name) }

    /// Where the attachment lies as a file, for `age -d`.
    package func attachmentPath(_ name: String) -> String { folder(name) }
}

/// A certificate authority that nobody else trusts, and a certificate for 127.0.0.1 from it.
package final class ThrowawayAuthority: Sendable {
    private let folder: TemporaryDirectory

    package var authority: String { folder("ca.pem") }
    package var certificate: String { folder("server.pem") }
    package var key: String { folder("server.key") }

    /// - Parameter name: What the certificate is for, as openssl writes it.
    package init(for name: String = "IP:127.0.0.1") throws {
        folder = try TemporaryDirectory()
        let script = """
            set -e; cd "$1"
            new() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "$@"; }
            new -x509 -days 2 -subj "/CN=Throwaway" -keyout ca.key -out ca.pem
            new -subj "/CN=mail.test" -keyout server.key -out server.csr
            echo "subjectAltName=$2" >ext
            openssl x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial \
                -extfile ext -out server.pem
            chmod 755 .; chmod 644 ca.pem
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", script, "bash", folder.path, name]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }
}
