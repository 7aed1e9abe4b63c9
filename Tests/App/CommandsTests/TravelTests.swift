import CommandLineKit
import Foundation
import Platform
import TestSupport
import Testing

@testable import Commands

@Suite("amparo travel, and where commands are taught")
struct TravelTests {
    private func checks(_ desk: Desk, passphrase: String? = nil) -> [String: [[String: Any]]] {
        let result = desk.run("travel", "--json", passphrase: passphrase)
        return Dictionary(grouping: result.list("checks")) { $0["check"] as? String ?? "" }
    }

    private func state(_ checks: [String: [[String: Any]]], _ name: String) -> String? {
        checks[name]?.first?["state"] as? String
    }

    @Test("an open vault, an old copy, an unverified key and no plan are said; nothing changes")
    func findings() throws {
        let desk = try Desk.ready()
        let before = desk.files
        var found = checks(desk)
        #expect(desk.files == before, "travel only reads")
        #expect(state(found, "vault") == "good" && state(found, "copy") == "attention")
        #expect(state(found, "words") == "unknown" && state(found, "plan") == "attention")
        #expect(state(found, "people") == "unknown")
        #expect(desk.run("vault", "backup", desk.folder("copy.db")).exit == .done)
        #expect(state(checks(desk), "copy") == "good")
        desk.clock.advance(by: .seconds(8 * 86_400))
        #expect(state(checks(desk), "copy") == "attention")
        let key = desk.run("key", "show", "me").line
        #expect(desk.run("contact", "add", "laura", "--recipient", key).exit == .done)
        found = checks(desk, passphrase: Desk.passphrase)
        #expect(state(found, "people") == "attention")
        let action = found["people"]?.first?["action"] as? String
        #expect(action?.contains("contact verify laura") == true)
        #expect(desk.run("vault", "unlock").exit == .done)
        #expect(state(checks(desk), "vault") == "danger")
    }

    @Test("a plan that nobody watches is a danger, and its test is missing")
    func plan() throws {
        let desk = try Desk.ready()
        #expect(state(checks(desk), "plan") == "attention")
        let spanish = desk.run("travel", passphrase: nil, language: "es").output
        #expect(spanish.contains("nadie sabrá si no vuelves"))
    }

    @Test("what may be hidden is not mentioned, in either language", arguments: ["en", "es"])
    func hidden(_ language: String) throws {
        let desk = try Desk.ready()
        let said = desk.run("travel", language: language)
        for word in ["compartment", "compartimento", "compartimiento", "hidden", "ocult", "decoy"] {
            #expect(!(said.output + said.error).lowercased().contains(word), "\(word)")
        }
    }

    @Test("every command has a lesson and a reason, or is known to need none")
    func lessons() {
        #expect(CommandLessons.strangers(in: Root.command) == [])
        for leaf in Root.command.leaves() {
            let name = leaf.path.joined(separator: " ")
            let number = CommandLessons.number(of: leaf.path)
            guard !CommandLessons.without.contains(leaf.path[0]) else {
                #expect(number == nil, "\(name)")
                continue
            }
            #expect(number.map { (1...14).contains($0) } == true, "\(name) is taught nowhere")
            var command = Root.command
            let reasons = leaf.path.map { name in
                command = command.subcommand(name) ?? command
                return command.why
            }
            #expect(reasons.contains { $0 != nil }, "\(name) has no --why")
        }
    }

    @Test("--why ends with the lesson")
    func why() throws {
        let test = TestWorld(["encrypt", "--why", "--lang", "es"])
        #expect(Root.program.run(test.world) == .done)
        #expect(test.output.text.contains("Lección 5: "), "\(test.output.text)")
    }
}
