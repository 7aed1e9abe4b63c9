import CommandLineKit
import Commands
import Platform
import TestSupport
import Testing
import Wording

@Suite("the home and its stored choices")
struct ConfigTests {
    private func run(_ test: TestWorld) -> ExitCode {
        Program(version: Root.version, root: Root.command, storedLanguage: Config.storedLanguage)
            .run(test.world)
    }

    @Test("a home is named by option, variable, XDG, or HOME, in this order")
    func home() {
        let environment = ["AMPARO_HOME": "/a", "XDG_DATA_HOME": "/x", "HOME": "/h"]
        func path(_ option: String?, without names: String...) -> String? {
            Home.locate(
                option: option, environment: environment.filter { !names.contains($0.key) })?.path
        }
        #expect(path("/o/") == "/o")
        #expect(path(nil) == "/a")
        #expect(path(nil, without: "AMPARO_HOME") == "/x/amparo")
        #expect(path(nil, without: "AMPARO_HOME", "XDG_DATA_HOME") == "/h/.local/share/amparo")
        #expect(path(nil, without: "AMPARO_HOME", "XDG_DATA_HOME", "HOME") == nil)
        #expect(
            Home.locate(option: nil, environment: ["XDG_DATA_HOME": "rel", "HOME": "/h"])?.path
                == "/h/.local/share/amparo")
        #expect(Home.locate(option: "", environment: ["AMPARO_HOME": ""]) == nil)
    }

    @Test("a chosen language is kept and spoken from then on")
    func language() {
        let files = MemoryFileSystem()
        #expect(run(TestWorld(["config", "lang", "es"], files: files)) == .done)
        #expect(files.files["/home/test/amparo/config"] == Array("lang=es\n".utf8))
        let next = TestWorld(["nonsense"], files: files)
        #expect(run(next) == .usage)
        #expect(next.error.text.contains("no existe el comando"))
        let show = TestWorld(["config", "lang"], files: files)
        #expect(run(show) == .done)
        #expect(show.output.text == "es\n")
    }

    @Test("choices that this version does not know survive")
    func unknownChoices() throws {
        var config = try #require(Config(parsing: Array("later=1\nlang=en\n".utf8)))
        config["lang"] = "es"
        #expect(config.serialized == Array("later=1\nlang=es\n".utf8))
        #expect(Config(parsing: [0xFF]) == nil)
        #expect(Config(parsing: Array("nonsense\n".utf8)) == nil)
    }

    @Test("a damaged config keeps nobody from working")
    func damaged() {
        let files = MemoryFileSystem(["/home/test/amparo/config": [0xFF, 0x00]])
        let test = TestWorld(["version"], files: files)
        #expect(run(test) == .done)
        #expect(test.output.text == "amparo 0.1.0\n")
        #expect(run(TestWorld(["config", "lang", "en"], files: files)) == .done)
        #expect(files.files["/home/test/amparo/config"] == Array("lang=en\n".utf8))
    }

    @Test("a full disk leaves the old choice")
    func fullDisk() {
        let old = Array("lang=en\n".utf8)
        for change in 0..<8 {
            let files = MemoryFileSystem(["/home/test/amparo/config": old], failingAt: change)
            let test = TestWorld(["config", "lang", "es"], files: files)
            let code = run(test)
            if code == .done { break }
            #expect(code == .failed)
            #expect(test.error.text.contains("amparo: error: "))
        }
    }
}
