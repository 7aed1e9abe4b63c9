import Foundation
import TestSupport
import Testing

@Suite("a plan that is handed over to a colleague", .serialized)
struct HandOverTests {
    /// Ana, who travels without her machine, and Laura, whose machine watches over her.
    private struct TwoHomes {
        let ana: Desk
        let laura: Desk
        let mail: SMTPServer
        let age: Peer

        init(language: String) throws {
            ana = try Desk(language: language)
            laura = try Desk(language: language)
            mail = try SMTPServer()
            age = try #require(Peer("age"))
            let keygen = try #require(Peer("age-keygen"))
            let lawyer = try keygen.run([]).output
            try ana.tool.write("abogado.key", lawyer)
            let recipient = try keygen.run(["-y", ana.tool.path("abogado.key")]).output
            try ana.done(
                "contact", "add", "abogado", "--email", "abogado@example.org", "--recipient",
                String(decoding: recipient, as: UTF8.self).trimmingCharacters(in: .newlines))
            try ana.done(
                "contact", "add", "laura", "--email", "laura@example.org", "--recipient",
                try laura.done("key", "show", "me").line)
            let keys = try ana.done("key", "list", "--json").json["keys"] as? [[String: Any]]
            let key = keys?.first { $0["kind"] as? String == "minisign" }?["recipient"] as? String
            try laura.done("contact", "add", "ana", "--sign-key", try #require(key))
            try laura.done(
                "channel", "add", "suyo", "smtp://127.0.0.1:\(mail.port)?from=laura@example.org")
        }

        /// - Returns: The safe code and the one for use under duress.
        func plan(_ label: String, _ more: String...) throws -> (safe: String, duress: String) {
            let note = try ana.done(
                "note", "new", "--title", "Ruta", input: "Hotel Xochitlquetzal\n"
            ).line
            let made = try ana.tool.run(
                [
                    "checkin", "plan", "new", label, "--zone", "America/Mexico_City", "--alias",
                    "Ana Ruiz", "--phone", "+52 228 123 4567", "--key-contact", "abogado",
                    "--sheet", "ruta=\(note)", "--duress", "--yes", "--json", "--passphrase-fd",
                    "3",
                ] + more, descriptors: [3: Desk.passphrase])
            try #require(made.status == 0, "\(made.complaint)")
            return (
                try #require(made.json["code"] as? String),
                try #require(made.json["duress_code"] as? String)
            )
        }

        func watch() throws -> RunningTool {
            let watch = try laura.tool.start(
                ["watch", "--passphrase-fd", "3"], descriptors: [3: Desk.passphrase])
            let isListening = eventually(within: 30) {
                FileManager.default.fileExists(atPath: laura.tool.store + "/watch.sock")
            }
            try #require(isListening, "\(watch.complaint)")
            return watch
        }
    }

    @Test(
        "her machine promises, takes codes by telephone, and raises the alarm over its own channels",
        arguments: ["en", "es"])
    func handedOver(_ language: String) throws {
        let homes = try TwoHomes(language: language)
        let (ana, laura) = (homes.ana, homes.laura)
        let codes = try homes.plan("xalapa", "--every", "8s", "--grace", "2s")
        #expect(codes.safe != codes.duress)
        try ana.done("checkin", "plan", "hand-over", "xalapa", "--to", "laura", "-o", "x.age")
        let file = ana.tool.path("x.age")
        // What travels tells nothing.
        let sealed = try ana.tool.read("x.age")
        #expect(!String(decoding: sealed, as: UTF8.self).contains("Ana"))
        // Only Laura can open it, and only where somebody watches.
        let idle = try laura("watch", "add", file, "--yes")
        #expect(idle.status == 5, "\(idle.complaint)")
        let watch = try homes.watch()
        let added = try laura.done("watch", "add", file, "--yes")
        #expect(added.complaint.contains("Ana Ruiz"))
        #expect(added.complaint.contains("+52 228 123 4567"))
        #expect(added.complaint.contains("suyo (abogado@example.org)"))
        #expect(
            added.complaint.contains(
                language == "es" ? "firmado por la llave de ana" : "signed by ana"))
        #expect(added.text.contains(language == "es" ? "vigilas por Ana Ruiz" : "watch over Ana"))
        let status = try laura.done("watch", "status")
        #expect(status.text.contains("Ana Ruiz"))
        // It is nobody else's: her own check-ins do not mix with it.
        #expect(
            try laura.tool.run(["ok"]).complaint.contains(language == "es" ? "activo" : "armed"))

        func dictate(_ code: String) throws -> BuiltTool.Result {
            try laura.tool.run(
                ["watch", "checkin", "xalapa", "--code-fd", "4"], descriptors: [4: code])
        }
        let wrong = try dictate("abacus abacus abacus abacus abacus")
        #expect(wrong.status == 3, "\(wrong.complaint)")
        let right = try dictate(codes.safe)
        #expect(right.status == 0, "\(right.complaint)")
        #expect(right.text.contains("Ana Ruiz"))
        #expect(try homes.mail.mails().isEmpty)

        let isTold = try eventually(within: 40) { try !homes.mail.mails().isEmpty }
        #expect(isTold, "\(watch.complaint)")
        let first = try #require(try homes.mail.mails().first)
        #expect(first["to"].contains("abogado@example.org"))
        #expect(first["text"].contains("Ana Ruiz"))
        let sheet = try #require(first.attachments.first)
        let opened = try homes.age.run([
            "-d", "-i", ana.tool.path("abogado.key"), first.attachmentPath(sheet),
        ])
        #expect(String(decoding: opened.output, as: UTF8.self).contains("Xochitlquetzal"))
        // Laura's machine could not have opened it.
        #expect(try laura.filesHolding(["Xochitlquetzal", "abogado@example.org"]) == [])
        let back = try dictate(codes.safe)
        #expect(back.status == 0, "\(back.complaint)")
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
    }

    @Test("what is not hers, cut, changed, or hers already is refused and changes nothing")
    func refused() throws {
        let homes = try TwoHomes(language: "es")
        let (ana, laura) = (homes.ana, homes.laura)
        _ = try homes.plan("xalapa", "--daily", "09:00,21:00")
        let unknown = try ana("checkin", "plan", "hand-over", "xalapa", "--to", "nadie")
        #expect(unknown.status == 1, "\(unknown.complaint)")
        try ana.done("contact", "add", "pepe", "--email", "pepe@example.org")
        let keyless = try ana("checkin", "plan", "hand-over", "xalapa", "--to", "pepe")
        #expect(keyless.status == 3, "\(keyless.complaint)")
        try ana.done("checkin", "plan", "hand-over", "xalapa", "--to", "abogado", "-o", "other.age")
        try ana.done("checkin", "plan", "hand-over", "xalapa", "--to", "laura", "-o", "x.age")
        let watch = try homes.watch()
        let foreign = try laura("watch", "add", ana.tool.path("other.age"), "--yes")
        #expect(foreign.status == 3, "\(foreign.complaint)")
        var bytes = try ana.tool.read("x.age")
        try laura.tool.write("cut.age", Array(bytes.dropLast(20)))
        #expect(try laura("watch", "add", "cut.age", "--yes").status == 4)
        bytes[bytes.count / 2] ^= 1
        try laura.tool.write("changed.age", bytes)
        #expect(try laura("watch", "add", "changed.age", "--yes").status == 4)
        let missing = try laura("watch", "add", "nothing.age", "--yes")
        #expect(missing.status == 1, "\(missing.complaint)")
        // A script is asked, and cannot answer without --yes.
        #expect(try laura("watch", "add", ana.tool.path("x.age")).status == 2)
        let status = try laura.done("watch", "status", "--json").json["plans"] as? [Any]
        #expect(status?.isEmpty == true)
        let none = try laura.tool.run(
            ["watch", "checkin", "--code-fd", "4"], descriptors: [4: "una dos tres"])
        #expect(none.status == 1)
        #expect(none.complaint.contains("nadie te ha entregado un plan"))
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
    }
}
