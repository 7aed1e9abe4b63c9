import Synchronization
import Foundation
import Platform
import TestSupport
import Testing

/// One disk under test, with a place of its own to write to.
enum DiskUnderTest: CaseIterable, Sendable {
    case linux, linuxNamingDrafts, memory

    func run(_ body: (any FileSystem, (String) -> String) throws -> Void) throws {
        switch self {
        case .linux, .linuxNamingDrafts:
            let directory = try TemporaryDirectory()
            let drafts: LinuxFileSystem.Drafts = self == .linux ? .standard : .alwaysNamed
            try body(LinuxFileSystem(drafts: drafts), { directory($0) })
        case .memory:
            try body(MemoryFileSystem(["home/.keep": []]), { "home/" + $0 })
        }
    }
}

@Suite("file system, on Linux and in memory")
struct FileSystemTests {
    @Test(
        "a new file has its bytes and mode 0600, and is never written over",
        arguments: DiskUnderTest.allCases)
    func writesNew(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            try files.writeNew(path("a"), [1, 2, 3])
            #expect(try files.read(path("a"), limit: 3) == [1, 2, 3])
            #expect(try files.status(path("a"))?.mode == 0o600)
            #expect(throws: FileError.alreadyExists) { try files.writeNew(path("a"), [4]) }
            #expect(try files.read(path("a"), limit: 3) == [1, 2, 3])
        }
    }

    @Test("a file moves to a free name, never over another one", arguments: DiskUnderTest.allCases)
    func renamesToNew(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            try files.writeNew(path("a"), [1])
            try files.writeNew(path("b"), [2])
            #expect(throws: FileError.alreadyExists) {
                try files.rename(path("a"), toNew: path("b"))
            }
            try files.rename(path("a"), toNew: path("c"))
            #expect(try files.read(path("b"), limit: 1) == [2])
            #expect(try files.read(path("c"), limit: 1) == [1] && files.exists(path("a")) == false)
        }
    }

    @Test(
        "reading stops at the limit, and an empty file is empty", arguments: DiskUnderTest.allCases)
    func readsWithinLimit(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            try files.writeNew(path("a"), [UInt8](repeating: 7, count: 100_000))
            try files.writeNew(path("empty"), [])
            #expect(throws: FileError.tooLarge(limit: 99_999)) {
                try files.read(path("a"), limit: 99_999)
            }
            #expect(try files.read(path("a"), limit: 100_000).count == 100_000)
            #expect(try files.read(path("empty"), limit: 0).isEmpty)
        }
    }

    @Test(
        "absence, directories and files in the way are told apart",
        arguments: DiskUnderTest.allCases)
    func tellsKindsApart(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            #expect(throws: FileError.notFound) { try files.read(path("none"), limit: 1) }
            #expect(throws: FileError.notFound) { try files.remove(path("none")) }
            #expect(throws: FileError.notFound) { try files.writeNew(path("none/x"), []) }
            #expect(throws: FileError.notFound) { try files.list(path("none")) }
            #expect(throws: FileError.notFound) { try files.input(path("none")) }
            #expect(throws: FileError.notFound) { try files.rename(path("none"), onto: path("b")) }
            #expect(try files.status(path("none")) == nil)
            try files.removeIfPresent(path("none"))
            #expect(try files.readIfPresent(path("none"), limit: 1) == nil)

            try files.createDirectory(path("d"))
            #expect(throws: FileError.alreadyExists) { try files.createDirectory(path("d")) }
            #expect(throws: FileError.isDirectory) { try files.read(path("d"), limit: 1) }
            #expect(throws: FileError.isDirectory) { try files.input(path("d")) }
            #expect(throws: FileError.isDirectory) {
                try files.output(path("d"), existing: .replace, access: .ownerOnly, inputs: [])
            }
            #expect(try files.status(path("d"))?.kind == .directory)
            #expect(try files.status(path("d"))?.mode == 0o700)

            try files.writeNew(path("f"), [1])
            #expect(throws: FileError.notDirectory) { try files.writeNew(path("f/x"), []) }
            #expect(throws: FileError.notDirectory) { try files.list(path("f")) }
        }
    }

    @Test(
        "directories are listed in order, made in depth, and removed only empty",
        arguments: DiskUnderTest.allCases)
    func listsAndRemoves(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            try files.createDirectories(path("x/y/z"))
            try files.createDirectories(path("x/y/z"))
            for name in ["b", "ñ", "a"] { try files.writeNew(path("x/" + name), []) }
            #expect(try files.list(path("x")) == ["a", "b", "y", "ñ"])
            #expect(throws: FileError.notEmpty) { try files.remove(path("x/y")) }
            try files.remove(path("x/y/z"))
            try files.remove(path("x/y"))
            #expect(try files.list(path("x")) == ["a", "b", "ñ"])
            #expect(throws: FileError.notDirectory) { try files.createDirectories(path("x/a")) }
        }
    }

    @Test("replacing leaves the new bytes and no draft", arguments: DiskUnderTest.allCases)
    func replaces(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            try files.createDirectory(path("d"))
            try files.replace(path("d/v"), with: [1])
            try files.writeNew(path("d/v.new"), [9])
            try files.replace(path("d/v"), with: [2])
            #expect(try files.read(path("d/v"), limit: 9) == [2])
            #expect(try files.list(path("d")) == ["v"])
        }
    }

    @Test("writers of one file at a time do not take each other's drafts")
    func replacesConcurrently() throws {
        let folder = try TemporaryDirectory()
        let files = LinuxFileSystem()
        let failures = Mutex(0)
        Threads.run(4) { thread in
            for _ in 0..<20 {
                let bytes = [UInt8](repeating: UInt8(thread), count: 1_000)
                do { try files.replace(folder("ticket"), with: bytes) } catch {
                    failures.withLock { $0 += 1 }
                }
            }
        }
        #expect(failures.withLock { $0 } == 0)
        #expect(folder.names == ["ticket"])
        let bytes = try files.read(folder("ticket"), limit: 2_000)
        #expect(Set(bytes).count == 1 && bytes.count == 1_000)
    }

    @Test("the draft of an old crash goes with the next save, a fresh one and strangers stay")
    func removesOldDrafts() throws {
        let folder = try TemporaryDirectory()
        let files = LinuxFileSystem()
        for name in ["t.1f.new", "t.2e.new", "t.mine.new", "u.1f.new"] {
            try files.writeNew(folder(name), [1])
            guard name != "t.2e.new" else { continue }
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -120)],
                ofItemAtPath: folder(name))
        }
        try files.replace(folder("t"), with: [2])
        #expect(folder.names == ["t", "t.2e.new", "t.mine.new", "u.1f.new"])
    }

    @Test("a lock has one holder at a time", arguments: DiskUnderTest.allCases)
    func locks(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            let held = try files.lock(path("lock"))
            #expect(throws: FileError.locked) { try files.lock(path("lock")) }
            held.release()
            held.release()
            do { _ = try files.lock(path("lock")) }
            try files.lock(path("lock")).release()
        }
    }

    @Test(
        "an output is absent until it is committed, then whole", arguments: DiskUnderTest.allCases)
    func outputIsWholeOrAbsent(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            try files.createDirectory(path("d"))
            func output(_ name: String, _ existing: ExistingFile = .refuse) throws -> any OutputFile
            {
                try files.output(
                    path("d/" + name), existing: existing, access: .ownerOnly, inputs: [])
            }
            do {
                let lost = try output("a")
                try lost.write([1].span)
            }
            #expect(try files.list(path("d")) == [])
            let kept = try output("a")
            try kept.write([1, 2].span)
            try kept.write([3].span)
            #expect(try files.status(path("d/a")) == nil)
            try kept.commit()
            #expect(try files.read(path("d/a"), limit: 9) == [1, 2, 3])
            #expect(throws: FileError.alreadyExists) { try output("a") }

            do {
                let late = try output("b")
                try files.writeNew(path("d/b"), [8])
                #expect(throws: FileError.alreadyExists) { try late.commit() }
            }
            #expect(try files.read(path("d/b"), limit: 9) == [8])

            let forced = try output("a", .replace)
            try forced.write([4].span)
            #expect(try files.read(path("d/a"), limit: 9) == [1, 2, 3])
            try forced.commit()
            #expect(try files.read(path("d/a"), limit: 9) == [4])
            #expect(try files.list(path("d")) == ["a", "b"])
        }
    }

    @Test("an output is never its own input, even by force", arguments: DiskUnderTest.allCases)
    func refusesItsInput(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            try files.writeNew(path("a"), [1])
            let input = try files.input(path("a"))
            for existing in [ExistingFile.refuse, .replace] {
                #expect(throws: FileError.sameFile) {
                    try files.output(
                        path("a"), existing: existing, access: .ordinary,
                        inputs: [input.status.identity])
                }
            }
        }
    }

    @Test("an input gives all its bytes and then none", arguments: DiskUnderTest.allCases)
    func readsInput(_ disk: DiskUnderTest) throws {
        try disk.run { files, path in
            let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
            try files.writeNew(path("a"), bytes)
            let input = try files.input(path("a"))
            #expect(input.status.byteCount == 1000)
            var found: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 300)
            while true {
                var span = part.mutableSpan
                let count = try input.read(into: &span)
                if count == 0 { break }
                found += part.prefix(count)
            }
            #expect(found == bytes)
        }
    }
}

@Suite("saving through faults")
struct SavingTests {
    @Test("any single fault leaves old bytes or new, and the next save works")
    func everyFault() throws {
        var faults = 0
        while true {
            let disk = MemoryFileSystem(["vault": [1, 1]], failingAt: faults)
            do {
                try disk.replace("vault", with: [2, 2])
                break  // No operation was left to fail.
            } catch {
                faults += 1
            }
            #expect(disk.files["vault"] == [1, 1] || disk.files["vault"] == [2, 2])
            let rebooted = disk.afterPowerLoss()
            #expect(rebooted.files["vault"] == [1, 1])
            try disk.replace("vault", with: [3, 3])
            #expect(disk.files == ["vault": [3, 3]])
            #expect(disk.afterPowerLoss().files["vault"] == [3, 3])
        }
        #expect(faults == 3)
    }

    @Test("any single fault leaves no output, and the next attempt works")
    func everyFaultOfAnOutput() throws {
        var faults = 0
        while true {
            let disk = MemoryFileSystem(failingAt: faults)
            do {
                try disk.create("out", with: [1, 2])
                break
            } catch {
                faults += 1
            }
            // Only the sync of the directory comes after the name: then the output is whole.
            #expect(disk.files["out"] == (faults == 3 ? [1, 2] : nil))
        }
        #expect(faults == 3)
    }
}
