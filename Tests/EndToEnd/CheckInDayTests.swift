import Foundation
import TestSupport
import Testing

@Suite("a day of check-ins", .serialized)
struct CheckInDayTests {
    /// A desk with a contact who has age, one who has not, a note for the sheet, and mail.
    private struct Newsroom {
        let desk: Desk
        let mail: SMTPServer
        let age: Peer

        init(language: String = "en") throws {
            desk = try Desk(language: language)
            mail = try SMTPServer()
            age = try #require(Peer("age"))
            let keygen = try #require(Peer("age-keygen"))
            try desk.tool.write("laura.key", try keygen.run([]).output)
            let recipient = String(
                decoding: try keygen.run(["-y", desk.tool.path("laura.key")]).output, as: UTF8.self
            ).trimmingCharacters(in: .newlines)
            try desk.done(
                "contact", "add", "laura", "--recipient", recipient, "--email", "laura@example.org")
            try desk.done("contact", "add", "abogado", "--email", "abogado@example.org")
            try desk.done(
                "channel", "add", "mail", "smtp://127.0.0.1:\(mail.port)?from=me@example.org")
        }

        /// - Returns: The code that proves that it is she.
        func plan(_ label: String, _ more: String...) throws -> String {
            let note = try desk.done(
                "note", "new", "--title", "Itinerario", input: "Xalapa, hotel Xochitlquetzal\n"
            ).line
            let day = DateFormatter()
            day.dateFormat = "yyyy-MM-dd"
            let until = day.string(from: Date() + 7 * 86_400) + " 18:00"
            let made = try desk.tool.run(
                [
                    "checkin", "plan", "new", label, "--grace", "2s", "--until", until, "--zone",
                    "America/Mexico_City", "--tier", "0m:laura", "--tier", "3s:abogado", "--sheet",
                    "itinerary=\(note)", "--yes", "--json", "--passphrase-fd", "3",
                    "--code-words-fd", "5",
                ] + more,
                descriptors: [3: Desk.passphrase, 5: "laura=garza azul\nabogado=zorro gris\n"])
            try #require(made.status == 0, "\(made.complaint)")
            #expect(made.json["plan"] != nil)
            #expect(made.json["duress_code"] is NSNull)
            return try #require(made.json["code"] as? String)
        }

        func watch() throws -> RunningTool {
            let watch = try desk.tool.start(
                ["watch", "--passphrase-fd", "3"], descriptors: [3: Desk.passphrase])
            let socket = desk.tool.store + "/watch.sock"
            let isListening = eventually(within: 30) {
                FileManager.default.fileExists(atPath: socket)
            }
            try #require(isListening, "\(watch.complaint)")
            return watch
        }
    }

    @Test(
        "silence is answered with a mail that age opens, tier after tier", arguments: ["en", "es"])
    func silence(_ language: String) throws {
        let room = try Newsroom(language: language)
        let desk = room.desk
        _ = try room.plan("xalapa", "--every", "4s")
        let simulated = try desk.done("checkin", "plan", "simulate", "xalapa")
        #expect(simulated.text.contains("laura"))
        let watch = try room.watch()
        try desk.done("checkin", "plan", "arm", "xalapa", "--untested")

        let isTold = try eventually(within: 40) { try room.mail.mails().count >= 2 }
        #expect(isTold, "\(watch.complaint)")
        let mails = try room.mail.mails()
        let first = try #require(mails.first { $0["to"].contains("laura@example.org") })
        #expect(first.defects == [])
        // Her contacts have no language of their own: they read hers first, and then the other.
        let text = first["text"]
        let own = try #require(
            text.range(of: language == "es" ? "Debía reportarse" : "was to report"))
        let other = try #require(
            text.range(of: language == "es" ? "was to report" : "Debía reportarse"))
        #expect(own.lowerBound < other.lowerBound)
        #expect(first["subject"].contains(language == "es" ? "ALERTA" : "ALERT"))
        let sheet = try #require(first.attachments.first)
        let opened = try room.age.run([
            "-d", "-i", desk.tool.path("laura.key"), first.attachmentPath(sheet),
        ])
        let paper = String(decoding: opened.output, as: UTF8.self)
        #expect(paper.contains("Xochitlquetzal"))
        // Hers alone, and nowhere but in here.
        #expect(paper.contains("garza azul") && !paper.contains("zorro gris"))
        #expect(mails.allSatisfy { !String(decoding: $0.raw, as: UTF8.self).contains("garza") })
        try verify(paper, desk)
        // Who has this program learns it without minisign.
        let bytes = try #require(FileManager.default.contents(atPath: first.attachmentPath(sheet)))
        try desk.tool.write("sheet.age", Array(bytes))
        let told = try desk.done("decrypt", "-i", "laura.key", "sheet.age", "-o", "opened")
        #expect(
            told.complaint.contains(
                language == "es" ? "hoja para laura" : "a sheet for laura"), "\(told.complaint)")
        let second = try #require(mails.first { $0["to"].contains("abogado@example.org") })
        #expect(second.attachments == [])
        // What travels tells nothing of the sheet.
        #expect(mails.allSatisfy { !String(decoding: $0.raw, as: UTF8.self).contains("Xochitl") })

        watch.send(SIGTERM)
        let ended = try #require(try watch.wait(seconds: 5))
        #expect(ended.status == 0 || ended.status == 130, "\(ended.complaint)")
        #expect(try desk.filesHolding(["Xochitlquetzal", "laura@example.org", "garza azul"]) == [])
    }

    /// The last four lines are minisign's, over all the others.
    private func verify(_ paper: String, _ desk: Desk) throws {
        var lines = paper.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.removeLast() == "")
        let text = lines.dropLast(4).joined(separator: "\n") + "\n"
        // Lengths tell little.
        #expect(paper.utf8.count == 4_096)
        try desk.tool.write("sheet", text)
        try desk.tool.write("sheet.minisig", lines.suffix(4).joined(separator: "\n") + "\n")
        let keys = try desk.done("key", "list", "--json").json["keys"] as? [[String: Any]]
        let key = keys?.first { $0["kind"] as? String == "minisign" }?["recipient"] as? String
        let minisign = try #require(Peer("minisign"))
        let verified = try minisign.run([
            "-V", "-m", desk.tool.path("sheet"), "-P", try #require(key),
        ])
        let said = String(decoding: verified.output, as: UTF8.self)
        #expect(verified.status == 0, "\(said)")
        #expect(said.contains("Trusted comment: amparo sheet; plan xalapa"))
        #expect(said.contains("; for laura; 20"))
        try desk.tool.write("sheet", text.replacing("Xochitl", with: "Xochitk"))
        let forged = try minisign.run([
            "-V", "-m", desk.tool.path("sheet"), "-P", try #require(key),
        ])
        #expect(forged.status != 0)
    }

    @Test("check-ins in time keep everybody quiet, and a late one sends the all-clear")
    func allClear() throws {
        let room = try Newsroom()
        let desk = room.desk
        let code = try room.plan("veracruz", "--every", "6s")
        let watch = try room.watch()
        try desk.done("checkin", "plan", "arm", "veracruz", "--untested")
        for _ in 0..<4 {
            usleep(2_500_000)
            let ok = try desk.tool.run(["ok", "--code-fd", "4"], descriptors: [4: code])
            #expect(ok.status == 0, "\(ok.complaint)")
        }
        #expect(try room.mail.mails().isEmpty)
        let isTold = try eventually(within: 30) { try !room.mail.mails().isEmpty }
        #expect(isTold, "\(watch.complaint)")
        let back = try desk.tool.run(
            ["checkin", "veracruz", "--code-fd", "4"], descriptors: [4: code])
        #expect(back.status == 0, "\(back.complaint)")
        let alerts = try room.mail.mails().count
        let isCleared = try eventually(within: 20) { try room.mail.mails().count > alerts }
        #expect(isCleared, "\(watch.complaint)")
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
    }

    @Test("a wrong code, no watcher, a second watcher: each has its exit code")
    func refusals() throws {
        let room = try Newsroom()
        let desk = room.desk
        let code = try room.plan("puebla", "--every", "1h")
        // Nobody watches: arming is refused.
        let alone = try desk("checkin", "plan", "arm", "puebla", "--untested")
        #expect(alone.status == 5, "\(alone.complaint)")
        let watch = try room.watch()
        try desk.done("checkin", "plan", "arm", "puebla", "--untested")
        let wrong = try desk.tool.run(
            ["ok", "--code-fd", "4"], descriptors: [4: "abacus abacus abacus abacus abacus"])
        #expect(wrong.status == 3, "\(wrong.complaint)")
        let second = try desk("watch", "--once")
        #expect(second.status != 0)
        watch.send(SIGKILL)
        _ = try watch.wait()
        // Only queued: nobody knows yet.
        let queued = try desk.tool.run(["ok", "--code-fd", "4"], descriptors: [4: code])
        #expect(queued.status == 5)
        #expect(queued.complaint.contains("nobody knows yet"))
        let again = try room.watch()
        let isKnown = try eventually(within: 20) {
            try desk.tool.run(["ok", "--code-fd", "4"], descriptors: [4: code]).status == 0
        }
        #expect(isKnown)
        again.send(SIGTERM)
        #expect(try again.wait(seconds: 5) != nil)
    }
}
