import Curriculum
import Foundation
import TestSupport
import Testing
import Wording

@Suite("the practice world keeps to itself")
struct PracticeTests {
    @Test("a practice process opens no real vault, and a real one no practice vault")
    func bothWays() throws {
        let room = try Classroom(.spanish)
        let real = try Desk(language: "es")
        let note = try real("note", "list")
        #expect(note.status == 0)
        // In practice, given a real home by option and by variable.
        let practice = [PracticeWorld.variable: room.world.folder]
        for (arguments, environment) in [
            (["note", "list", "--home", real.tool.store], practice),
            (["note", "list"], practice.merging(["AMPARO_HOME": real.tool.store]) { $1 }),
            (["watch", "--once"], practice.merging(["AMPARO_HOME": real.tool.store]) { $1 }),
            (["checkin", "status"], practice.merging(["AMPARO_HOME": real.tool.store]) { $1 }),
            (["note", "list", "--home", real.tool.home], practice),
        ] {
            let result = try real.tool.run(
                arguments + ["--passphrase-fd", "3"], descriptors: [3: Desk.passphrase],
                environment: environment)
            #expect(result.status == 6, "\(arguments): \(result.complaint)")
            #expect(result.text == "")
        }
        // In real life, given a practice home.
        for home in [room.world.home, room.world.colleague, room.world.otherMachine] {
            let result = try room.tool.run(
                ["note", "list", "--home", home, "--passphrase-fd", "3"],
                descriptors: [3: "frase de practica para ines"])
            #expect(result.status == 6, "\(result.complaint)")
            #expect(result.complaint.contains("PRÁCTICA"))
        }
        // A folder that somebody calls a practice world is none without its mark.
        let feigned = try real.tool.run(
            ["note", "list", "--passphrase-fd", "3"], descriptors: [3: Desk.passphrase],
            environment: [PracticeWorld.variable: real.tool.home])
        #expect(feigned.status == 6)
        try room.end()
    }

    @Test("a channel that leaves the machine is refused, by the command and by the courier")
    func channels() throws {
        let room = try Classroom(.spanish)
        let away = try room.type(
            "amparo channel add correo 'smtp://mail.example.org:587?from=a@example.org'")
        #expect(away.status == 6 && away.complaint.contains("PRÁCTICA"), "\(away.complaint)")
        let here = try room.type(
            "amparo channel add correo 'smtp://127.0.0.1:2525?from=a@example.org'")
        #expect(here.status == 0, "\(here.complaint)")
        try room.end()
    }

    @Test("it starts within three seconds, says so in both languages, and is gone at the end")
    func startAndEnd() throws {
        for language in Language.allCases {
            let tool = try BuiltTool(language: language.rawValue)
            let started = ContinuousClock.now
            let made = try tool.run(["practice", "start", "--json"])
            let took = ContinuousClock.now - started
            #expect(made.status == 0, "\(made.complaint)")
            // The debug program on a machine that is busy with other tests; release is measured.
            #expect(took < .seconds(30), "\(took)")
            #expect(made.json["new"] as? Bool == true)
            #expect(made.json["watching"] as? Bool == true)
            let folder = try #require(made.json["folder"] as? String)
            // Every file says what it is, by its name or in its first lines; or it is sealed.
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder + "/work")
            #expect(names.count > 15)
            let again = try tool.run(["practice", "start", "--json"])
            #expect(again.json["new"] as? Bool == false)
            let refused = try tool.run(["practice", "end"])
            #expect(refused.status != 0 && tool.exists(folder))
            let ended = try tool.run(["practice", "end", "--yes"])
            #expect(ended.status == 0 && !tool.exists(folder), "\(ended.complaint)")
            #expect(ended.complaint.contains("home"))
            #expect(try tool.run(["practice", "end", "--yes"]).status == 1)
        }
    }

    @Test("a link in the practice folder is removed, and not what it points to")
    func link() throws {
        let room = try Classroom(.english)
        try room.tool.write("mine.txt", "mine")
        let made = try room.tool.shell(
            "ln -s \"$2\" \"$1/work/mine\"", room.world.folder, room.tool.work)
        #expect(made.status == 0)
        try room.end()
        #expect(room.tool.exists("mine.txt"))
    }

    @Test("a plan of a day lapses while its hours pass fast, with every step in its timeline")
    func day() throws {
        let room = try Classroom(.spanish)
        try room.startWatcher()
        defer { try? room.end() }
        for order in Course.lesson(12, in: .spanish).steps[0..<4].flatMap(\.commands) {
            let result = try room.type(order.line)
            try #require(result.status == 0, "\(order.line): \(result.complaint)")
        }
        #expect(try room.type("amparo practice clock --speed 7200").status == 0)
        let inbox = room.world.inbox(.spanish) + "/laura/new"
        let before = (try? FileManager.default.contentsOfDirectory(atPath: inbox).count) ?? 0
        let isTold = try eventually(within: 60) {
            (try FileManager.default.contentsOfDirectory(atPath: inbox)).count > before
        }
        #expect(isTold)
        #expect(try room.type("amparo practice clock --speed 1").status == 0)
        let told = try room.type("amparo practice scenario --timeline --json")
        let events = told.json["events"] as? [[String: Any]] ?? []
        let words = events.compactMap { $0["what"] as? String }
        let steps = ["activo", "reporte recibido", "REPÓRTATE", "ALERTA, grupo 1: laura"]
        let places = steps.compactMap { step in words.firstIndex { $0.contains(step) } }
        #expect(places.count == steps.count && places == places.sorted(), "\(words)")
        // Nobody took the fast hours for an outage.
        #expect(!words.contains { $0.contains("no estuvo") || $0.contains("adelantó") }, "\(words)")
    }

    @Test("scenarios: late wakes nobody, a watcher that was off asks first")
    func scenarios() throws {
        let room = try Classroom(.spanish)
        try room.startWatcher()
        defer { try? room.end() }
        // Where nothing could happen nothing is told.
        for name in ["late", "checkpoint"] {
            let early = try room.type("amparo practice scenario " + name)
            #expect(early.status == 1 && early.text == "", "\(early.text)")
        }
        #expect(try room.type("amparo practice scenario --timeline --json").json.isEmpty == false)
        for order in Course.lesson(12, in: .spanish).steps[0..<4].flatMap(\.commands) {
            try #require(room.type(order.line).status == 0)
        }
        let late = try room.type("amparo practice scenario late")
        #expect(late.status == 0, "\(late.complaint)")
        #expect(late.text.contains("REPÓRTATE") && !late.text.contains("ALERTA,"), "\(late.text)")
        #expect(try room.type("amparo ok").status == 0)
        let off = try room.type("amparo practice scenario relay-down")
        #expect(off.status == 0, "\(off.complaint)")
        #expect(off.text.contains("no estuvo") && !off.text.contains("ALERTA,"), "\(off.text)")
        #expect(try room.type("amparo ok").status == 0)
        let arrested = try room.type("amparo practice scenario checkpoint")
        #expect(arrested.text.contains("ALERTA, grupo 1: laura"), "\(arrested.text)")
        #expect(try room.type("amparo practice scenario duress").status == 0)
        let owed = try room.type("amparo practice scenario phone-dead")
        #expect(owed.status == 1 && owed.text == "", "\(owed.text)")
        let told = try room.type("amparo practice scenario --timeline --json")
        let events = told.json["events"] as? [[String: Any]] ?? []
        // Neither does it stand in the timeline.
        #expect(!events.contains { ($0["what"] as? String)?.contains("sin pila") == true })
    }

    @Test("in practice nothing connects but to this machine")
    func network() throws {
        guard let strace = Peer("strace") else { return }
        let room = try Classroom(.spanish)
        let trace = room.tool.folder + "/trace"
        // The program lets nobody of its own user look into it: strace runs with the tests' rights.
        func traced(_ name: String) -> [String] {
            let calls = "trace=connect,sendto,sendmsg"
            return [strace.path, "-f", "-qq", "-e", calls, "-o", trace + "." + name]
        }
        let commands = Course.lesson(12, in: .spanish).steps[0..<3].flatMap(\.commands).map(\.line)
        for (place, line) in commands.enumerated() {
            let result = try room.type(line, prefix: traced("\(place)"))
            #expect(result.status == 0, "\(line): \(result.complaint)")
        }
        let mail = try room.type(
            "amparo channel add correo 'smtp://127.0.0.1:9?from=a@example.org'")
        #expect(mail.status == 0)
        let sent = try room.type("amparo channel test correo laura", prefix: traced("mail"))
        #expect(sent.status == 5, "\(sent.complaint)")
        var connections = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: room.tool.folder)
        where name.hasPrefix("trace.") {
            let text = try String(contentsOfFile: room.tool.folder + "/" + name, encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains("AF_INET") {
                connections += 1
                #expect(line.contains("127.0.0.1") || line.contains("\"::1\""), "\(line)")
            }
        }
        // The mail to this machine is seen: the trace is none that sees nothing.
        #expect(connections > 0)
        try room.end()
    }

    @Test("the attackers' views are measured on what was made")
    func attackers() throws {
        let room = try Classroom(.english)
        let first = try room.type("amparo practice attacker --json")
        #expect(first.status == 0, "\(first.complaint)")
        let views = first.json["views"] as? [[String: Any]] ?? []
        #expect(views.count == 4)
        func sees(_ result: BuiltTool.Result) -> String {
            let views = result.json["views"] as? [[String: Any]] ?? []
            return views.flatMap { $0["sees"] as? [String] ?? [] }.joined(separator: "\n")
        }
        #expect(sees(first).contains("holds 0"))
        // The first names are shown, all are counted.
        #expect(sees(first).contains("outside the vault, 16 files: beto.card, devices.txt, "))
        #expect(sees(first).contains("copied the vault"))
        #expect(try room.type("rm notes-pier.txt").status == 0)
        let second = try room.type("amparo practice attacker --json")
        #expect(sees(second).contains("outside the vault, 15 files: beto.card, devices.txt, "))
        #expect(sees(second).contains("grew by"))
        try room.end()
    }
}
