import Foundation
import TestSupport
import Testing

@Suite("channels, from the command line")
struct ChannelTests {
    /// A tool with a vault whose passphrase is `frase`.
    static func tool(language: String = "en") throws -> BuiltTool {
        let tool = try BuiltTool(language: language)
        let made = try tool.run(
            ["init", "--kdf-memory", "64", "--passphrase-fd", "3"], descriptors: [3: "frase"])
        #expect(made.status == 0, "\(made.complaint)")
        return tool
    }

    static func run(
        _ tool: BuiltTool, _ arguments: String..., password: String? = nil
    ) throws -> BuiltTool.Result {
        var descriptors = [3: "frase"]
        var all = ["channel"] + arguments + ["--passphrase-fd", "3"]
        if let password {
            descriptors[4] = password
            all += ["--password-fd", "4"]
        }
        return try tool.run(all, descriptors: descriptors)
    }

    @Test("a channel is added, listed, tried and forgotten")
    func life() throws {
        let tool = try Self.tool()
        let server = try SMTPServer()
        let url = "smtp://127.0.0.1:\(server.port)?from=me@example.org"
        #expect(try Self.run(tool, "add", "mail", url).status == 0)
        #expect(try Self.run(tool, "add", "Mail", url).status == 6)
        let listed = try Self.run(tool, "list", "--json")
        let channels = listed.json["channels"] as? [[String: Any]] ?? []
        #expect(channels.map { $0["url"] as? String } == [url])
        #expect(channels.map { $0["password"] as? Bool } == [false])

        let tried = try Self.run(tool, "test", "mail", "laura@example.org")
        #expect(tried.status == 0, "\(tried.complaint)")
        #expect(try Self.run(tool, "test", "mail").status == 0)
        let mails = try server.mails()
        #expect(mails.map { $0["to"] } == ["laura@example.org", "me@example.org"])
        #expect(mails.allSatisfy { $0["subject"].contains("TEST") && $0.defects == [] })

        server.stop()
        let gone = try Self.run(tool, "test", "mail", "--json")
        #expect(gone.status == 5)
        #expect(gone.json["result"] as? String == "try-again")
        #expect(gone.complaint.hasPrefix("amparo: error: no connection"))

        #expect(try Self.run(tool, "remove", "mail").status == 0)
        #expect(try Self.run(tool, "remove", "mail").status == 1)
        #expect(try Self.run(tool, "test", "mail").status == 1)
        #expect(try Self.run(tool, "list").output == [])
    }

    @Test("a password comes from a descriptor, is used, and is shown nowhere")
    func password() throws {
        let tool = try Self.tool()
        let authority = try ThrowawayAuthority()
        let server = try SMTPServer(
            tls: .starttls, authority: authority, user: "me", password: "secreto-xyz")
        try tool.write("ca.pem", Array(Data(contentsOf: URL(filePath: authority.authority))))
        let url =
            "smtp://me@127.0.0.1:\(server.port)?from=me@example.org&tls=starttls&ca="
            + tool.path("ca.pem")
        #expect(try Self.run(tool, "add", "mail", url).status == 3)
        let added = try Self.run(tool, "add", "mail", url, "--json", password: "secreto-xyz")
        #expect(added.status == 0, "\(added.complaint)")
        #expect(added.json["password"] as? Bool == true)
        let tried = try Self.run(tool, "test", "mail")
        #expect(tried.status == 0, "\(tried.complaint)")
        #expect(try server.mails().first?.envelope["login"] as? String == "me")
        let listed = try Self.run(tool, "list", "--json")
        #expect(!(added.text + listed.text + tried.text + tried.complaint).contains("secreto"))

        #expect(try Self.run(tool, "add", "otra", url, password: "wrong").status == 0)
        let wrong = try Self.run(tool, "test", "otra")
        #expect(wrong.status == 1 && wrong.complaint.contains("535"), "\(wrong.complaint)")
        let nobody = "smtp://127.0.0.1?from=me@example.org"
        #expect(try Self.run(tool, "add", "x", nobody, password: "p").status == 2)
    }

    @Test("a folder is made when it is added, and serves contacts without an address")
    func folder() throws {
        let tool = try Self.tool(language: "es")
        let path = tool.path("bandeja/de entrada")
        let url = "file:" + path.replacingOccurrences(of: " ", with: "%20")
        #expect(try Self.run(tool, "add", "usb", url).status == 0)
        let tried = try Self.run(tool, "test", "usb")
        #expect(tried.status == 0, "\(tried.complaint)")
        #expect(tried.line == "guardado en \(path)/test/new; no se mandó ningún correo")
        let names = try FileManager.default.contentsOfDirectory(atPath: path + "/test/new")
        let mail = try Mail(file: path + "/test/new/" + (names.first ?? ""))
        #expect(mail["subject"] == "PRUEBA / TEST: amparo (usb)")
        #expect(mail["text"].hasPrefix("Esto es una prueba."))

        try FileManager.default.removeItem(atPath: path)
        let gone = try Self.run(tool, "test", "usb")
        #expect(gone.status == 1)
        #expect(gone.complaint.contains("no se puede escribir en la carpeta"))
        #expect(!tool.exists(path))
    }

    @Test(
        "addresses that cannot be used are refused before anything is asked",
        arguments: [
            ("http://example.org/hook", "without encryption"), ("smtp://h", "sender"),
            ("smtp://u:p@h?from=a@b.mx", "does not belong"), ("gopher://x", "gopher"),
            ("smtp://h?from=a@b.mx&tls=off", "without encryption"), ("file:relative", "whole path"),
        ])
    func refused(_ url: String, _ words: String) throws {
        let tool = try BuiltTool()
        let said = try tool.run(["channel", "add", "x", url])
        #expect(said.status == 2)
        #expect(said.complaint.contains(words), "\(said.complaint)")
        #expect(said.complaint.contains("amparo: hint: "))
        #expect(said.output == [])
    }

    /// What the calls say cannot be read here: the program is not dumpable, also for strace. That
    /// the courier keeps to its server is shown in its own tests.
    @Test("amparo opens no socket; its courier does")
    func strace() throws {
        let tool = try Self.tool()
        let server = try SMTPServer()
        let url = "smtp://127.0.0.1:\(server.port)?from=me@example.org"
        #expect(try Self.run(tool, "add", "mail", url).status == 0)
        let run = try tool.shell(
            """
            printf frase >phrase
            strace -f -e trace=%network,execve -o trace "$1/amparo" channel test mail \
                --passphrase-fd 3 3<phrase
            """, BuiltTool.programs)
        #expect(run.status == 0, "\(run.complaint)")
        let lines = String(decoding: try tool.read("trace"), as: UTF8.self).split(separator: "\n")
        func process(_ line: Substring) -> Substring? { line.split(separator: " ").first }
        let sockets = lines.filter { $0.contains("socket(") || $0.contains("connect(") }
        #expect(!sockets.isEmpty)
        #expect(sockets.allSatisfy { process($0) != lines.first.flatMap(process) })
        #expect(lines.filter { $0.contains("execve(") }.count == 2)
    }

    @Test("without its courier amparo says what is missing")
    func missingCourier() throws {
        let tool = try Self.tool()
        #expect(try Self.run(tool, "add", "usb", "file:" + tool.path("in")).status == 0)
        let run = try tool.shell(
            """
            printf frase >phrase; mkdir alone; cp "$1/amparo" alone/; PATH="$1:$PATH"
            alone/amparo channel test usb --passphrase-fd 3 3<phrase
            """, BuiltTool.programs)
        #expect(run.status == 1)
        #expect(run.complaint.contains("amparo-courier"), "\(run.complaint)")
        #expect(!tool.exists("in/test"))
    }
}
