import Foundation
import TestSupport
import Testing

@Suite("a day of orders, drills and contacts who answer", .serialized)
struct OrdersDayTests {
    private let desk: Desk
    private let inbox: String

    init() throws {
        desk = try Desk()
        inbox = desk.tool.path("inbox")
        try FileManager.default.createDirectory(
            atPath: inbox, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o777])
        for name in ["laura", "mesa", "abogado"] { try desk.done("contact", "add", name) }
        try desk.done("channel", "add", "buzon", "file:" + inbox)
    }

    private func plan(_ label: String, _ more: String...) throws -> String {
        let made = try desk.tool.run(
            [
                "checkin", "plan", "new", label, "--zone", "America/Mexico_City", "--tier",
                "0m:laura", "--tier", "0m:mesa", "--tier", "2h:abogado", "--yes", "--json",
                "--passphrase-fd", "3",
            ] + more, descriptors: [3: Desk.passphrase])
        try #require(made.status == 0, "\(made.complaint)")
        return try #require(made.json["code"] as? String)
    }

    private func watch() throws -> RunningTool {
        let watch = try desk.tool.start(
            ["watch", "--passphrase-fd", "3"], descriptors: [3: Desk.passphrase])
        let isListening = eventually(within: 30) {
            FileManager.default.fileExists(atPath: desk.tool.store + "/watch.sock")
        }
        try #require(isListening, "\(watch.complaint)")
        return watch
    }

    private func coded(_ code: String, _ arguments: String...) throws -> BuiltTool.Result {
        try desk.tool.run(arguments + ["--code-fd", "4"], descriptors: [4: code])
    }

    /// The code that stands in the newest message of somebody whose subject has `word`.
    private func answerCode(_ contact: String, _ word: String) throws -> String {
        let folder = inbox + "/\(contact)/new"
        var found: String?
        let isThere = eventually(within: 30) {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                guard let text = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8),
                    text.contains(word)
                else { continue }
                let plain = text.replacing(/=\r?\n/, with: "")
                found = plain.firstMatch(of: /confirm with\s+([A-Z][0-9][A-Z][0-9])/)
                    .map { String($0.output.1) }
            }
            return found != nil
        }
        try #require(isThere, "\(contact) has no message with \(word)")
        return found ?? ""
    }

    @Test("drill, answers, arming, pause, card, log")
    func day() throws {
        let code = try plan("xalapa", "--every", "2h")
        let watch = try watch()
        let untested = try desk("checkin", "plan", "arm", "xalapa")
        #expect(untested.status == 6)
        #expect(untested.complaint.contains("laura, mesa, abogado"))
        let drill = try desk.done("checkin", "drill", "xalapa", "--json")
        #expect((drill.json["people"] as? [Any])?.count == 3)
        let again = try desk("checkin", "drill", "xalapa")
        #expect(again.status == 6, "one a day")
        for name in ["laura", "mesa", "abogado"] {
            let answer = try answerCode(name, "DRILL")
            let noted = try desk.tool.run(["watch", "ack", answer, "--json"])
            #expect(noted.json["contact"] as? String == name, "\(noted.complaint)")
        }
        #expect(try desk.tool.run(["watch", "ack", "Z9Z9"]).status == 1)
        let armed = try desk.done("checkin", "plan", "arm", "xalapa")
        #expect(!armed.text.contains("UNTESTED"))
        let state = {
            let plans = try desk.tool.run(["checkin", "status", "--json"]).json["plans"]
            return (plans as? [[String: Any]])?.first ?? [:]
        }
        #expect(try state()["untested"] as? Bool == false)

        let paused = try coded(code, "checkin", "plan", "pause", "xalapa", "--for", "3h")
        #expect(paused.status == 0, "\(paused.complaint)")
        #expect(try state()["state"] as? String == "paused")
        #expect(
            try coded(code, "checkin", "plan", "pause", "xalapa", "--for", "25h").status == 2)
        #expect(try coded(code, "checkin", "plan", "resume", "xalapa").status == 0)
        #expect(try state()["state"] as? String == "armed")
        #expect(try coded(code, "checkin", "plan", "resume", "xalapa").status == 1)

        let card = try coded(code, "checkin", "card", "--json")
        let codes = try #require(card.json["codes"] as? [String], "\(card.complaint)")
        let ending = try #require(card.json["ending"] as? String)
        #expect(codes.count == 20)
        #expect(try coded(codes[0] + " 0000", "ok").status == 3 || ending == "0000")
        let paper = try coded("\(codes[0].lowercased()) \(ending)", "ok")
        #expect(paper.status == 0, "\(paper.complaint)")
        #expect(try coded("\(codes[0]) \(ending)", "ok").status == 3, "once")
        let left = try desk.tool.run(["checkin", "codes", "--json"])
        #expect(left.json["left"] as? Int == 19)
        // The page to print holds the codes and no ending.
        let page = try coded(code, "checkin", "card", "-o", desk.tool.path("card.html"))
        #expect(page.status == 0, "\(page.complaint)")
        let html = try String(contentsOfFile: desk.tool.path("card.html"), encoding: .utf8)
        #expect(html.contains("<code>") && !html.contains("http"))
        #expect(try coded("\(codes[1]) \(ending)", "ok").status == 3, "the old card is worthless")

        for _ in 0..<2 {
            let log = try desk.tool.run(["checkin", "log", "--json"])
            #expect(log.status == 0, "\(log.complaint)")
            #expect((log.json["entries"] as? [Any])?.count ?? 0 > 8)
        }
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
        #expect(try desk.filesHolding([ending + "<", codes[2]]) == [], "\(codes[2])")
        // A watcher whose log begins anew is noticed, and only accepted when it is said.
        for name in ["watch.db", "watch.db-wal", "watch.db-shm"] {
            try? FileManager.default.removeItem(atPath: desk.tool.store + "/" + name)
        }
        let other = try self.watch()
        #expect(try desk.tool.run(["checkin", "log"]).status == 4)
        #expect(try desk.tool.run(["checkin", "log", "--accept"]).status == 0)
        other.send(SIGTERM)
        #expect(try other.wait(seconds: 5) != nil)
    }

    @Test("robbed, codes lost: two contacts hold what is still to be told")
    func robbed() throws {
        _ = try plan("puebla", "--every", "3s", "--grace", "1s")
        let watch = try watch()
        try desk.done("checkin", "plan", "arm", "puebla", "--untested")
        let first = try answerCode("laura", "ALERT")
        let second = try answerCode("mesa", "ALERT")
        let one = try desk.tool.run(["watch", "hold", first, "--json"])
        #expect(one.json["held_until"] is NSNull, "\(one.complaint)")
        let two = try desk.tool.run(["watch", "hold", second, "--json"])
        #expect(two.json["held_until"] as? String != nil, "\(two.complaint)")
        let status = try desk.tool.run(["checkin", "status"])
        #expect(status.text.contains("two contacts have spoken with you"))
        watch.send(SIGTERM)
        #expect(try watch.wait(seconds: 5) != nil)
    }
}
