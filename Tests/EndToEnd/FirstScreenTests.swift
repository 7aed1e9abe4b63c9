import Foundation
import TestSupport
import Testing

@Suite("the built program")
struct FirstScreenTests {
    @Test("version and help answer in the language of the surroundings", arguments: ["en", "es"])
    func help(_ language: String) throws {
        let tool = try BuiltTool(language: language)
        let version = try tool.run(["--version"])
        #expect(version.status == 0)
        #expect(version.line.hasPrefix("amparo "))
        let help = try tool.run(["--help"])
        #expect(help.status == 0)
        #expect(help.text.contains(language == "es" ? "Uso" : "Usage"))
        #expect(help.complaint.isEmpty)
    }

    @Test("it runs without rights of its own and leaves no trace of having been asked")
    func ordinaryUser() throws {
        let tool = try BuiltTool()
        let who = try tool.shell("id -u")
        #expect(who.line == (BuiltTool.isRoot ? "65534" : "\(getuid())"))
        _ = try tool.run(["--help"])
        let left = try tool.shell("find \"$HOME\" -mindepth 1")
        #expect(left.text.isEmpty)
    }

    @Test(
        "a mistyped command or option is answered with the nearest name", arguments: ["en", "es"])
    func nearest(_ language: String) throws {
        let tool = try BuiltTool(language: language)
        let command = try tool.run(["confg"])
        #expect(command.status == 2)
        #expect(command.complaint.contains("config"))
        let option = try tool.run(["config", "--passphrase-f", "3"])
        #expect(option.status == 2)
        #expect(option.complaint.contains("--passphrase-fd"))
    }

    @Test("results that cannot be written are an error")
    func deadOutput() throws {
        let tool = try BuiltTool()
        let full = try tool.shell("\"$1\" --help >/dev/full", BuiltTool.programs + "/amparo")
        #expect(full.status == 1)
        #expect(full.complaint.hasPrefix("amparo: error: "))
    }
}
