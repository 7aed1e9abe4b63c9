import CommandLineKit
import Foundation
import Platform
import Risk
import TestSupport
import Testing

@testable import Commands

@Suite("amparo risk")
struct RiskCommandTests {
    private static let script = """
        # the road, alone
        beat=crime,corruption
        place=road
        alone=often
        ifsilent=nobody
        agreed=no

        """

    @Test("answers of a script are kept, and the plan names commands and lessons")
    func script() throws {
        let desk = try Desk.ready()
        let result = desk.run(
            "risk", "--answers-fd", "4", "--json", others: [4: Self.script])
        #expect(result.exit == .done, "\(result.error)")
        #expect(result.json["answered"] as? Int == 5)
        let actions = result.list("actions")
        #expect(actions.count == 5)
        #expect(actions.first?["need"] as? String == "checkin")
        #expect(actions.first?["lesson"] as? Int == 12)
        #expect(actions.first?["command"] as? String == "amparo checkin plan new")
        // A second visit goes on from there, and an empty answer forgets one.
        let again = desk.run(
            "risk", "--answers-fd", "4", "--json", others: [4: "team=alone\nplace=\n"])
        #expect(again.json["answered"] as? Int == 5)
        let shown = desk.run("risk", "--plan", language: "es")
        #expect(shown.exit == .done && shown.output.contains("Dijiste: "))
        #expect(shown.output.contains("amparo checkin plan new   (lección 12)"))
    }

    @Test("a line that is no answer changes nothing and is not repeated")
    func refused() throws {
        let desk = try Desk.ready()
        for bad in ["team=secreto", "nada=x", "team=alone,small", "team", "\u{1}="] {
            let result = desk.run(
                "risk", "--answers-fd", "4", others: [4: "beat=crime\n" + bad])
            #expect(result.exit == .usage, "\(bad)")
            #expect(result.error.contains("line 2") && !result.error.contains("secreto"))
        }
        #expect(desk.run("risk", "--plan", "--json").json["answered"] as? Int == 0)
    }

    @Test("on a terminal it can be left and gone on with; back and mistakes are understood")
    func dialogue() throws {
        let desk = try Desk.ready()
        let first = ScriptedTerminal(answers: ["2 3", "x", "1 9", "2", "a", "3,4", "1", "q"])
        let left = desk.run(["risk"], terminal: first)
        #expect(left.exit == .done)
        #expect(left.error.contains("go on with: amparo risk"))
        let kept = desk.run("risk", "--plan", "--json")
        #expect(kept.json["answered"] as? Int == 3)
        let answers = kept.list("answers")
        #expect(answers.map { $0["question"] as? String } == ["beat", "place", "team"])
        #expect(answers[0]["choices"] as? [String] == ["crime", "corruption"])
        #expect(answers[1]["choices"] as? [String] == ["road", "border"])
        // The end of the terminal keeps what was answered too.
        let second = ScriptedTerminal(answers: ["1"])
        #expect(desk.run(["risk"], terminal: second).exit == .interrupted)
        #expect(desk.run("risk", "--plan", "--json").json["answered"] as? Int == 4)
    }

    @Test("every question answered, the page comes at once; --again keeps answers with Enter")
    func whole() throws {
        let desk = try Desk.ready()
        let everything = ScriptedTerminal(answers: Array(repeating: "1", count: 40))
        let whole = desk.run(["risk"], terminal: everything, language: "es")
        #expect(whole.output.contains("Cinco cosas para hacer primero"))
        let asked = everything.asked.count
        let nothing = ScriptedTerminal()
        #expect(desk.run(["risk"], terminal: nothing).output.contains("Five things to do first"))
        #expect(nothing.asked.isEmpty)
        let again = ScriptedTerminal(answers: Array(repeating: "", count: 40))
        #expect(desk.run(["risk", "--again"], terminal: again).exit == .done)
        #expect(again.asked.count == asked)
        #expect(desk.run("risk", "--plan", "--json").json["answered"] as? Int == asked)
    }

    @Test("the page to print fetches nothing and overwrites nothing", arguments: ["en", "es"])
    func page(_ language: String) throws {
        let desk = try Desk.ready()
        _ = desk.run("risk", "--answers-fd", "4", "--json", others: [4: Self.script])
        let path = desk.folder("plan.html")
        let made = desk.run("risk", "--plan", "-o", path, language: language)
        #expect(made.exit == .done && made.line == path, "\(made.error)")
        let page = try String(decoding: desk.folder.read("plan.html"), as: UTF8.self)
        #expect(page.contains("<html lang=\"\(language)\">") && page.contains("class=\"box\""))
        #expect(!page.contains("http") && !page.contains("src="))
        #expect(desk.run("risk", "--plan", "-o", path).exit == .refused)
    }

    @Test("questions are listed with the words that a script uses, without a vault")
    func questions() throws {
        let desk = try Desk()
        let list = desk.run("risk", "--questions", "--json", passphrase: nil)
        #expect(list.exit == .done)
        let first = list.list("questions").first
        #expect(first?["id"] as? String == "beat" && first?["several"] as? Bool == true)
        let text = desk.run("risk", "--questions", passphrase: nil, language: "es").output
        #expect(text.contains("team  ¿Con quién trabajas?\n    alone  por mi cuenta"))
    }

    @Test("every command that an action names is in the table")
    func commands() {
        for need in RiskNeed.allCases.map(\.command) {
            let words = need.split(separator: " ").map(String.init)
            let line = Parser.parse(Array(words.dropFirst()) + ["--help"], root: Root.command)
            let mistake = line.mistake.map { "\($0)" } ?? ""
            #expect(
                mistake.isEmpty || mistake.hasPrefix("missing"), "\(need): \(mistake)")
        }
    }
}
