import Bundles
import Foundation
import Platform
import Primitives
import Synchronization
import TestSupport
import Testing

@Suite("signatures inside bundles")
struct SignedBundleTests {
    private let folder: TemporaryDirectory
    private let files = LinuxFileSystem()

    init() throws { folder = try TemporaryDirectory() }

    /// A bundle "signed" by repeating what was to be signed.
    private func pack(_ path: String, isOneFile: Bool) throws -> (tar: [UInt8], sum: [UInt8]) {
        let tree = try Tree([Tree.Root(path: path)], on: files)
        let source = BundleSource(tree, on: files, isOneFile: isOneFile)
        let seen = Seen()
        source.sign { sum in
            seen.sum.withLock { $0 = sum }
            return sum
        }
        let tar = try #require(try source.readAll(limit: 1 << 24))
        return (tar, seen.sum.withLock { $0 })
    }

    private final class Seen: Sendable { let sum = Mutex<[UInt8]>([]) }

    private func prepare() throws {
        try files.createDirectories(folder("d/ñandú/vacía"))
        try files.create(folder("d/a"), with: Array("hola".utf8))
        try files.create(folder("d/linea\n\\2"), with: Array("dos".utf8))
        try files.create(folder("d/ñandú/b"), with: [UInt8](repeating: 7, count: 3_000))
        symlink("../a", folder("d/ñandú/enlace"))
    }

    private func unpack(_ tar: [UInt8], into made: any NewFolder) throws -> Unpacking.Result {
        guard case .bundle(let traits) = BundleMark.judge(tar) else { throw BundleError.malformed }
        var unpacking = Unpacking(into: made, traits)
        return try unpacking.unpack(MemoryInput(tar, pieceSize: 700))
    }

    @Test("one file is signed as it is, and comes out alone")
    func oneFile() throws {
        try prepare()
        let (tar, sum) = try pack(folder("d/a"), isOneFile: true)
        #expect(sum == BLAKE2b.hash(count: 64, Array("hola".utf8)))
        let made = try files.newFolder(folder("out"))
        let result = try unpack(tar, into: made)
        #expect(result.signature?.sum == sum && result.signature?.text == sum)
        #expect(result.only == "a")
        let piped = MemoryOutput()
        #expect(try unpack(tar, into: PassingFolder(to: piped)).signature?.sum == sum)
        #expect(piped.text == "hola")
    }

    @Test("a folder is signed by the list of all that is in it")
    func list() throws {
        try prepare()
        let (tar, sum) = try pack(folder("d"), isOneFile: false)
        let made = try files.newFolder(folder("out"))
        let result = try unpack(tar, into: made)
        #expect(result.signature?.sum == sum && result.only == "d")
        #expect(try made.names() == ["d"])
    }

    @Test("whatever is changed in a signed folder is noticed", arguments: [false, true])
    func damage(_ isOneFile: Bool) throws {
        try prepare()
        let (tar, sum) = try pack(folder(isOneFile ? "d/ñandú/b" : "d"), isOneFile: isOneFile)
        try unpack(tar, into: files.newFolder(folder("whole"))).check(sum)
        let random = SeededRandom(seed: 9)
        var noticed = 0
        for round in 0..<400 {
            var damaged = tar
            damaged[Int(random.below(UInt32(tar.count)))] ^= UInt8(1 << random.below(8))
            let made = try files.newFolder(folder("out\(round)"))
            guard let result = try? unpack(damaged, into: made),
                result.signature?.sum == sum, result.signature?.text == sum
            else {
                noticed += 1
                continue
            }
            // Times, padding and the names of headers: what was signed has not changed.
            try made.commit(only: result.only)
            let same = isOneFile ? "d/ñandú/b" : "d"
            #expect(try difference(folder(same), folder("out\(round)")) == 0, "\(round)")
            try FileManager.default.removeItem(atPath: folder("out\(round)"))
        }
        #expect(noticed > 100)
    }

    private func difference(_ left: String, _ right: String) throws -> Int32 {
        let diff = Process()
        diff.executableURL = URL(filePath: "/usr/bin/diff")
        diff.arguments = ["-r", left, right]
        diff.standardOutput = FileHandle.nullDevice
        try diff.run()
        diff.waitUntilExit()
        return diff.terminationStatus
    }

    @Test("members before, between and behind, or none at all, are refused")
    func structure() throws {
        try prepare()
        let signed = try pack(folder("d/a"), isOneFile: true).tar
        // The mark 2 blocks, the file 2, the signature 2.
        let mark = signed[..<1_024]
        let file = signed[1_024..<2_048]
        let signature = signed[2_048..<3_072]
        let end = [UInt8](repeating: 0, count: 1_024)
        #expect(signed[3_072...].allSatisfy { $0 == 0 })
        let whole = Array([mark, file, signature].joined()) + end
        try unpack(whole, into: PassingFolder(to: nil))
            .check(BLAKE2b.hash(count: 64, Array("hola".utf8)))
        let wrong: [[ArraySlice<UInt8>]] = [
            [], [file], [signature], [file, file], [signature, file],
            [file, signature, signature], [file, signature, file], [file, file, signature],
        ]
        for members in wrong {
            let tar = Array(mark) + Array(members.joined()) + end
            #expect(throws: BundleError.malformed) {
                try unpack(tar, into: PassingFolder(to: nil))
            }
        }
    }

    @Test("a name that the signature needs is not taken from the user's files")
    func reserved() throws {
        #expect(throws: BundleError.twice("amparo-signed.b2sum")) {
            try Tree([Tree.Root(path: "x/amparo-signed.b2sum")], on: files)
        }
    }

    @Test("the comment names recipients, and reads back")
    func comment() {
        let named = SignedFor(["age1abc", "ssh-ed25519 AAAA"])
        #expect(named.comment == "amparo-signed-1\tfor:age1abc,ssh-ed25519 AAAA")
        #expect(SignedFor(parsing: named.comment) == named)
        for other in ["hashed", "amparo-signed-1\tfor:", "amparo-signed-1\tfor:a,,b", "for:a"] {
            #expect(SignedFor(parsing: other) == nil, "\(other)")
        }
    }
}

extension Unpacking.Result {
    fileprivate func check(_ sum: [UInt8], at location: SourceLocation = #_sourceLocation) {
        #expect(signature?.sum == sum, sourceLocation: location)
    }
}
