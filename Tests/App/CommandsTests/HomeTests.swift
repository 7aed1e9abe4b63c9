import CommandLineKit
import Commands
import Foundation
import TestSupport
import Testing

@Suite("a home belongs to one person")
struct HomeTests {
    @Test(
        "one that is open to others is closed to them, once, and said", arguments: [0o777, 0o750])
    func closes(_ mode: Int) throws {
        let desk = try Desk.ready()
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: desk.home)
        let listed = desk.run("note", "list")
        #expect(listed.exit == .done && listed.error.contains("now only to you"))
        #expect(desk.mode(desk.home) == 0o700)
        #expect(!desk.run("note", "list").error.contains("now only to you"))
    }

    @Test("init in an existing folder closes it; a folder for everybody is refused")
    func initInFolder() throws {
        let desk = try Desk()
        func make(_ mode: Int) throws {
            try FileManager.default.createDirectory(
                atPath: desk.home, withIntermediateDirectories: true)
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: desk.home)
        }
        try make(0o1777)
        #expect(desk.run("init", "--kdf-memory", "32").exit == .refused)
        #expect(desk.mode(desk.home) == 0o1777 && desk.files.isEmpty)
        try make(0o777)
        // Looking for a vault in some folder leaves the folder alone.
        #expect(desk.run("note", "list").exit == .failed && desk.mode(desk.home) == 0o777)
        #expect(desk.run("init", "--kdf-memory", "32").exit == .done)
        #expect(desk.mode(desk.home) == 0o700)
    }

    @Test("somebody else's folder is refused, for reading and for writing")
    func foreign() {
        for words in [["note", "list"], ["init"], ["config", "lang", "es"], ["vault", "status"]] {
            let desk = TestWorld(
                words,
                files: MemoryFileSystem(["/home/test/amparo/vault.db": [1]], owner: 1_001))
            #expect(desk.run(Root.command) == .refused, "\(words)")
            #expect(desk.error.text.contains("belongs to somebody else"))
            #expect(desk.files.changes == 0)
        }
    }
}
