import Foundation
import Platform
import TestSupport
import Testing

/// What only a real disk can do to a program.
@Suite("Linux file system, hostile surroundings")
struct LinuxFileSystemTests {
    static let variants = [
        LinuxFileSystem(), LinuxFileSystem(drafts: .alwaysNamed),
    ]

    let directory: TemporaryDirectory
    let files = LinuxFileSystem()

    init() throws { directory = try TemporaryDirectory() }

    private func output(
        _ name: String, _ existing: ExistingFile = .refuse, on files: LinuxFileSystem? = nil,
        inputs: [FileIdentity] = []
    ) throws -> any OutputFile {
        try (files ?? self.files).output(
            directory(name), existing: existing, access: .ownerOnly, inputs: inputs)
    }

    @Test("a FIFO, a device and a socket are never read as files, and never waited for")
    func readsRegularFilesOnly() throws {
        #expect(mkfifo(directory("pipe"), 0o600) == 0)
        #expect(throws: FileError.notRegular) { try files.read(directory("pipe"), limit: 10) }
        #expect(throws: FileError.notRegular) { try files.read("/dev/zero", limit: 10) }
    }

    @Test("a file that says it is empty is read to its end, up to the limit")
    func readsGrowingFiles() throws {
        let version = try files.read("/proc/version", limit: 4_096)
        #expect(version.starts(with: "Linux".utf8))
        #expect(throws: FileError.tooLarge(limit: 3)) { try files.read("/proc/version", limit: 3) }
    }

    @Test("a path with a zero byte or none at all is refused, not cut")
    func refusesBadPaths() throws {
        try directory.write("a", [1])
        #expect(throws: FileError.badPath) { try files.read(directory("a\0b"), limit: 10) }
        #expect(throws: FileError.badPath) { try files.remove(directory("a\0b")) }
        #expect(throws: FileError.notFound) { try files.read("", limit: 10) }
        #expect(throws: FileError.badPath) {
            try files.status(directory(String(repeating: "a", count: 300)))
        }
        #expect(directory.names == ["a"])
    }

    @Test("without nameless drafts, those that a crash left go with the next output")
    func removesLeftovers() throws {
        let old = Date(timeIntervalSinceNow: -3_600)
        let dead = ".amparo-0123456789abcdef.part"
        let living = ".amparo-1123456789abcdef.part"
        let fresh = ".amparo-2123456789abcdef.part"
        let others = [".amparo-0123456789ABCDEF.part", ".amparo-01.part", "amparo.part"]
        for name in [dead, living, fresh] + others { try directory.write(name, [7]) }
        for name in [dead, living] + others {
            try FileManager.default.setAttributes(
                [.modificationDate: old], ofItemAtPath: directory(name))
        }
        let lock = try files.lock(directory(living))
        let output = try output("out", on: LinuxFileSystem(drafts: .alwaysNamed))
        try output.write([1].span)
        #expect(!directory.names.contains(dead) && directory.names.count == 6)
        try output.commit()
        #expect(directory.names == ([living, fresh, "out"] + others).sorted())
        lock.release()
        // Where drafts have no name nothing is looked for.
        try files.create(directory("more"), with: [2])
        #expect(directory.names.contains(living))
    }

    @Test("a folder that a crash left half written goes with the next one, whose own stays")
    func removesLeftFolders() throws {
        let old = Date(timeIntervalSinceNow: -3_600)
        let dead = ".amparo-0123456789abcdef.part"
        let fresh = ".amparo-2123456789abcdef.part"
        for name in [dead, fresh] {
            try FileManager.default.createDirectory(
                atPath: directory(name + "/in"), withIntermediateDirectories: true)
            try directory.write(name + "/in/nota.md", [7])
        }
        for name in [dead, ""] {
            try FileManager.default.setAttributes(
                [.modificationDate: old], ofItemAtPath: directory(name))
        }
        let first = try files.newFolder(directory("one"))
        #expect(!directory.names.contains(dead) && directory.names.contains(fresh))
        // However long it is being written.
        let own = try #require(directory.names.first { $0 != fresh })
        try FileManager.default.setAttributes(
            [.modificationDate: old], ofItemAtPath: directory(own))
        let second = try files.newFolder(directory("two"))
        try first.commit(only: nil)
        try second.commit(only: nil)
        #expect(directory.names == [fresh, "one", "two"])
    }

    @Test("a new file does not go through a link, not even a dangling one")
    func writesThroughNoLink() throws {
        try FileManager.default.createSymbolicLink(
            atPath: directory("link"), withDestinationPath: directory("victim"))
        #expect(throws: FileError.alreadyExists) { try files.writeNew(directory("link"), [1]) }
        for files in Self.variants {
            let output = try output("link", on: files)
            #expect(throws: FileError.alreadyExists) { try output.commit() }
        }
        #expect(throws: FileError.notRegular) { try files.lock(directory("link")) }
        #expect(directory.names == ["link"])
    }

    @Test("replacing a link leaves what it points to alone")
    func replacesLinksThemselves() throws {
        try directory.write("victim", [7])
        for name in ["one", "two", "three"] {
            try FileManager.default.createSymbolicLink(
                atPath: directory(name), withDestinationPath: directory("victim"))
        }
        try files.replace(directory("one"), with: [1])
        for (name, files) in zip(["two", "three"], Self.variants) {
            let output = try output(name, .replace, on: files)
            try output.write([2].span)
            try output.commit()
        }
        #expect(try directory.read("victim") == [7])
        #expect(try directory.read("one") == [1])
        #expect(try directory.read("two") == [2])
        #expect(directory.names == ["one", "three", "two", "victim"])
    }

    @Test("an input is known under a hard link and a link to it")
    func knowsInputs() throws {
        try directory.write("a", [1])
        try FileManager.default.linkItem(atPath: directory("a"), toPath: directory("hard"))
        try FileManager.default.createSymbolicLink(
            atPath: directory("soft"), withDestinationPath: "a")
        let input = try files.input(directory("a"))
        for name in ["a", "hard", "soft", "./soft"] {
            #expect(throws: FileError.sameFile) {
                try output(name, .replace, inputs: [input.status.identity])
            }
        }
    }

    @Test("a directory moved away meanwhile still gets its output")
    func followsItsDirectory() throws {
        for (index, files) in Self.variants.enumerated() {
            try files.createDirectory(directory("d"))
            let output = try output("d/out", on: files)
            try output.write([1].span)
            try files.rename(directory("d"), onto: directory("moved\(index)"))
            try files.createDirectory(directory("d"))
            try output.commit()
            #expect(try files.list(directory("moved\(index)")) == ["out"])
            #expect(try files.list(directory("d")) == [])
            try files.remove(directory("d"))
        }
    }

    @Test("names that are no file names are refused")
    func refusesDirectoriesAsOutput() {
        for name in ["", ".", "..", "x/"] {
            #expect(throws: FileError.self) { try output(name) }
        }
    }

    @Test("devices are written directly, and a full one says so")
    func writesDevices() throws {
        func write(_ path: String) throws {
            let output = try files.output(path, existing: .refuse, access: .ordinary, inputs: [])
            do { try output.write([1].span) } catch { throw FileError(error) }
            try output.commit()
        }
        try write("/dev/null")
        #expect(throws: FileError.noSpace) { try write("/dev/full") }
    }

    @Test("work is shared by threads that wait for each other's turn")
    func threads() {
        let passed = Monitor<[Int]>([])
        Threads.run(8) { index in
            _ = passed.take { $0.count == index ? true : nil }
            passed.change { $0.append(index) }
        }
        #expect(passed.change { $0 } == Array(0..<8))
    }

    @Test("a file lends its bytes, and reading goes on after them")
    func lends() throws {
        let bytes = SeededRandom(seed: 5).bytes(3 * 65_536 + 100)
        try directory.write("a", bytes)
        let input = try #require(try files.input(directory("a")) as? any LendingInput)
        #expect(input.lendableByteCount == bytes.count)
        var lent: [UInt8] = []
        try input.lend(65_536..<3 * 65_536) { lent.append(copying: $0) }
        #expect(lent == Array(bytes[65_536..<3 * 65_536]))
        try input.skip(3 * 65_536)
        #expect(try input.readAll(limit: 1_000) == Array(bytes.suffix(100)))
        #expect(mkfifo(directory("pipe"), 0o600) == 0)
        let device = try files.input("/dev/zero") as? any LendingInput
        #expect(device?.lendableByteCount == 0)
    }

    @Test(
        "a file that is cut while its bytes are lent is an error and not the end of the process",
        arguments: [0, 1, 65_535, 65_536, 130_000])
    func lendsWhatIsCut(_ left: Int) throws {
        try directory.write("a", [UInt8](repeating: 7, count: 3 * 65_536))
        let input = try #require(try files.input(directory("a")) as? any LendingInput)
        var sum = 0
        #expect(throws: StreamError.failed(code: EIO)) {
            try input.lend(0..<2 * 65_536) { bytes in
                #expect(truncate(directory("a"), off_t(left)) == 0)
                for index in bytes.indices { sum += Int(bytes[index]) }
            }
        }
        #expect(sum <= 7 * 2 * 65_536)
        // The next ones are judged by themselves.
        try directory.write("b", [UInt8](repeating: 1, count: 65_536))
        let other = try #require(try files.input(directory("b")) as? any LendingInput)
        try other.lend(0..<65_536) { bytes in sum = bytes.indices.reduce(0) { $0 + Int(bytes[$1]) }
        }
        #expect(sum == 65_536)
    }
}
