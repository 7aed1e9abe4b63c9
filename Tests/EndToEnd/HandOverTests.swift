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
        func plan(_ label: String, _ more: [String]) throws -> (safe: String, duress: String) {
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
        let codes = try homes.plan("xalapa", ["--every", "8s", "--grace", "2s"])
        #expect(codes.safe != codes.duress)
        try ana.done(
            "checkin", "plan", "text", "xalapa", "alert", "--in", "es", "--subject",
            "Urge: {alias}", "--body", "-", input: "{alias} no contesta; confirma con {codigo}.\n")
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
        #expect(first["text"].contains("Ana Ruiz no contesta"))
        let sheet = try #require(first.attachments.first)
        let opened = try homes.age.run([
            "-d", "-i", ana.tool.path("abogado.key"), first.attachmentPath(sheet),
        ])
        #expect(String(decoding: opened.output, as: UTF8.self).contains("Xochitlquetzal"))
        // Laura's machine could not have opened it.
        #expect(try laura.filesHolding(["Xochitlquetzal", "abogado@example.org"]) == [])
        let back = try dictate(codes.safe)
        #expect(back.status == 0, "\(back.complaint)")

        // What ends on Ana's machine does not end here: she is told whom to call.
        let ended = try ana.done("checkin", "plan", "end", "xalapa")
        #expect(ended.complaint.contains("amparo watch end xalapa"), "\(ended.complaint)")
        #expect(ended.complaint.contains("laura"))
        // A second plan of that name: a code must say for which it is.
        _ = try homes.plan("xalapa", ["--daily", "09:00,21:00"])
        try ana.done("checkin", "plan", "hand-over", "xalapa", "--to", "laura", "-o", "y.age")
        let second = try laura.done("watch", "add", ana.tool.path("y.age"), "--yes")
        #expect(second.complaint.contains(language == "es" ? "ya vigilas" : "already watch"))
        #expect(try dictate(codes.safe).status == 2)
        let plans = try laura.done("watch", "status", "--json").json["plans"] as? [[String: Any]]
        let ids = (plans ?? []).compactMap { $0["plan"] as? String }
        #expect(ids.count == 2)
        var order: BuiltTool.Result?
        for command in [
            ["watch", "pause", "--for", "1h"], ["watch", "resume"], ["watch", "end"],
        ] {
            // The right code is that of one of the two.
            let results = try ids.map { id in
                try laura.tool.run(
                    command + [String(id.prefix(12)), "--code-fd", "4"],
                    descriptors: [4: codes.safe])
            }
            #expect(results.count { $0.status == 0 } == 1, "\(results.map(\.complaint))")
            order = results.first { $0.status == 0 }
        }
        #expect(order?.text.contains("Ana Ruiz") == true)
        let left = try laura.done("watch", "status", "--json").json["plans"] as? [[String: Any]]
        #expect(left?.count { $0["state"] as? String == "ended" } == 1)
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
    }

    /// Hours and numbers of a screen are not the same twice.
    private func timeless(_ result: BuiltTool.Result) -> [String] {
        [result.text, result.complaint].map { $0.replacing(/[0-9]+/, with: "0") }
    }

    @Test(
        "a duress code that is dictated shows the same to the eye, and people hear what it means",
        arguments: ["en", "es"])
    func forced(_ language: String) throws {
        let homes = try TwoHomes(language: language)
        let (ana, laura) = (homes.ana, homes.laura)
        // Looks of a second. By words and by digits.
        let codes = try homes.plan(
            "xalapa", ["--every", "10m", "--grace", "30s"] + (language == "es" ? ["--digits"] : []))
        try ana.done("checkin", "plan", "hand-over", "xalapa", "--to", "laura", "-o", "x.age")
        let watch = try homes.watch()
        try laura.done("watch", "add", ana.tool.path("x.age"), "--yes")
        func dictate(_ code: String) throws -> BuiltTool.Result {
            try laura.tool.run(
                ["watch", "checkin", "xalapa", "--code-fd", "4"], descriptors: [4: code])
        }
        func seen() throws -> [String] {
            try [["watch", "status"], ["checkin", "status"]].flatMap {
                timeless(try laura.tool.run($0))
            }
        }
        let safe = try dictate(codes.safe)
        #expect(safe.status == 0, "\(safe.complaint)")
        let before = try seen()
        let forced = try dictate(codes.duress)
        #expect(forced.status == 0, "\(forced.complaint)")
        #expect(timeless(forced) == timeless(safe))
        let isTold = try eventually(within: 40) { try !homes.mail.mails().isEmpty }
        #expect(isTold, "\(watch.complaint)")
        let mail = try #require(try homes.mail.mails().first)
        #expect(mail["to"].contains("abogado@example.org"))
        #expect(mail["subject"].contains("bajo amenaza") || mail["subject"].contains("duress"))
        #expect(mail["text"].contains("NO le llames") && mail["text"].contains("Do NOT call"))
        #expect(try seen() == before)
        // What is typed later takes nothing back, and letting go of the plan does not either.
        #expect(timeless(try dictate(codes.safe)) == timeless(safe))
        #expect(try homes.mail.mails().count == 1)
        let removed = try laura.done("watch", "remove", "xalapa", "--yes")
        #expect(removed.text.contains(language == "es" ? "ya no se vigila" : "not watched here"))
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
        #expect(!watch.complaint.lowercased().contains("duress"), "\(watch.complaint)")
        #expect(!watch.complaint.contains("amenaza"), "\(watch.complaint)")
    }

    @Test("a contact of a handed-over plan says that she is on it; two hold what follows")
    func answered() throws {
        let homes = try TwoHomes(language: "es")
        let (ana, laura) = (homes.ana, homes.laura)
        try ana.done("contact", "add", "mesa", "--email", "mesa@example.org")
        try ana.done("contact", "add", "red", "--email", "red@example.org")
        _ = try homes.plan(
            "puebla",
            ["--every", "3s", "--grace", "1s", "--key-contact", "mesa", "--organisation", "red"])
        try ana.done("checkin", "plan", "hand-over", "puebla", "--to", "laura", "-o", "x.age")
        let watch = try homes.watch()
        try laura.done("watch", "add", ana.tool.path("x.age"), "--yes")
        let areTold = try eventually(within: 40) { try homes.mail.mails().count >= 2 }
        #expect(areTold, "\(watch.complaint)")
        let codes = try homes.mail.mails().map { mail in
            let code = mail["text"].firstMatch(of: /confirma con ([A-Z][0-9][A-Z][0-9])/)
            return try #require(code.map { String($0.output.1) }, "\(mail["text"])")
        }
        let taken = try laura.tool.run(["watch", "ack", codes[0], "--json"])
        #expect(taken.status == 0, "\(taken.complaint)")
        let names = ["abogado", "mesa"]
        #expect(names.contains(taken.json["contact"] as? String ?? ""))
        let status = try laura.done("watch", "status", "--json").json["plans"]
        let state = (status as? [[String: Any]])?.first?["state"] as? String
        #expect(state == "overdue")
        let one = try laura.tool.run(["watch", "hold", codes[0], "--json"])
        #expect(one.json["held_until"] is NSNull, "\(one.complaint)")
        let two = try laura.tool.run(["watch", "hold", codes[1], "--json"])
        #expect(two.json["held_until"] as? String != nil, "\(two.complaint)")
        // Nobody lets go of a plan whose check-in is missing.
        let kept = try laura("watch", "remove", "puebla", "--yes")
        #expect(kept.status == 6, "\(kept.complaint)")
        #expect(kept.complaint.contains("falta un reporte"))
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
    }

    @Test("a changed plan takes her code, an older file is refused, and a promise is taken back")
    func changed() throws {
        let homes = try TwoHomes(language: "es")
        let (ana, laura) = (homes.ana, homes.laura)
        let codes = try homes.plan("xalapa", ["--every", "6h", "--grace", "1h"])
        func handOver(_ name: String) throws -> String {
            try ana.done("checkin", "plan", "hand-over", "xalapa", "--to", "laura", "-o", name)
            return ana.tool.path(name)
        }
        let first = try handOver("1.age")
        let watch = try homes.watch()
        try laura.done("watch", "add", first, "--yes")
        let edited = try ana.done("checkin", "plan", "edit", "xalapa", "--every", "5h")
        #expect(edited.text.contains("laura sigue vigilando como antes"))
        // One that never came is not missed.
        _ = try handOver("2.age")
        let third = try handOver("3.age")
        let other = try homes.plan("otro", ["--every", "6h"])
        func add(_ file: String, _ code: String) throws -> BuiltTool.Result {
            try laura("watch", "add", file, "--yes", "--code-fd", "4", descriptors: [4: code])
        }
        let wrong = try add(third, other.safe)
        #expect(wrong.status == 3, "\(wrong.complaint)")
        let stronger = try add(third, codes.safe)
        #expect(stronger.status == 0, "\(stronger.complaint)")
        #expect(stronger.text.contains("El cambio vale desde ahora."), "\(stronger.text)")
        let stale = try laura("watch", "add", first, "--yes")
        #expect(stale.status == 6 && stale.complaint.contains("más viejo"), "\(stale.complaint)")
        try ana.done("checkin", "plan", "edit", "xalapa", "--grace", "3h")
        let weaker = try add(try handOver("4.age"), codes.safe)
        #expect(weaker.status == 0, "\(weaker.complaint)")
        #expect(weaker.text.contains("protege a Ana Ruiz menos que antes"), "\(weaker.text)")
        let dictated = try laura.tool.run(
            ["watch", "checkin", "xalapa", "--code-fd", "4"], descriptors: [4: codes.safe])
        #expect(dictated.status == 0, "\(dictated.complaint)")

        #expect(try laura("watch", "remove", "xalapa").status == 2, "a script says --yes")
        try laura.done("watch", "remove", "xalapa", "--yes")
        let plans = try laura.done("watch", "status", "--json").json["plans"] as? [Any]
        #expect(plans?.isEmpty == true)
        #expect(try laura("watch", "remove", "xalapa", "--yes").status == 1)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: laura.tool.store + "/handed")
                .isEmpty)
        // And may be given again.
        try laura.done("watch", "add", first, "--yes")
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
    }

    @Test("what is not hers, cut, changed, or hers already is refused and changes nothing")
    func refused() throws {
        let homes = try TwoHomes(language: "es")
        let (ana, laura) = (homes.ana, homes.laura)
        _ = try homes.plan("xalapa", ["--daily", "09:00,21:00"])
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
        // What was made for the lawyer, and passed on by him.
        let recipient = try laura.done("key", "show", "me").line
        let plain = try homes.age.run([
            "-d", "-i", ana.tool.path("abogado.key"), ana.tool.path("other.age"),
        ]).output
        try ana.tool.write("plain", plain)
        let passed = try homes.age.run(["-r", recipient, ana.tool.path("plain")]).output
        try laura.tool.write("passed.age", passed)
        let passedOn = try laura("watch", "add", "passed.age", "--yes")
        #expect(passedOn.status == 6, "\(passedOn.complaint)")
        #expect(passedOn.complaint.contains("Ana Ruiz no sabe que tú vigilarías"))
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
