import Bundles
import Foundation
import Platform
import TestSupport
import Testing

@Suite("folders as bundles")
struct BundleTests {
    private let folder: TemporaryDirectory
    private let files = LinuxFileSystem()

    init() throws { folder = try TemporaryDirectory() }

    private func pack(_ path: String, pads: Bool = false) throws -> [UInt8] {
        let tree = try Tree([Tree.Root(path: path)], on: files)
        let bytes = try BundleSource(tree, on: files, pads: pads).readAll(limit: 1 << 24)
        return try #require(bytes)
    }

    private func unpack(_ tar: [UInt8], _ name: String) throws {
        let made = try files.newFolder(folder(name))
        var unpacking = Unpacking(into: made, try traits(of: tar))
        let result = try unpacking.unpack(MemoryInput(tar, pieceSize: 700))
        try made.commit(only: result.only)
    }

    private func traits(of tar: [UInt8]) throws -> BundleTraits {
        guard case .bundle(let traits) = BundleMark.judge(tar) else { throw BundleError.malformed }
        return traits
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try files.read(folder(name), limit: 1 << 20), as: UTF8.self)
    }

    @Test("a folder comes back as it was, and its tar is marked and a whole record long")
    func roundTrip() throws {
        try files.createDirectories(folder("d/ñandú/vacía"))
        try files.create(folder("d/a"), with: Array("hola".utf8))
        try files.create(folder("d/ñandú/b"), with: [UInt8](repeating: 7, count: 200_001))
        symlink("../a", folder("d/ñandú/enlace"))
        let tar = try pack(folder("d"))
        #expect(try traits(of: tar).isEmpty)
        #expect(tar.count % BundleSource.record == 0)
        try unpack(tar, "back")
        #expect(try text("back/a") == "hola")
        #expect(try files.status(folder("back/ñandú/b"))?.byteCount == 200_001)
        #expect(try files.linkTarget(folder("back/ñandú/enlace")) == "../a")
        #expect(try files.status(folder("back/ñandú/vacía"))?.mode == 0o700)
        #expect(throws: FileError.alreadyExists) { _ = try files.newFolder(folder("back")) }
    }

    @Test("padded tars have Padmé lengths, and one file comes out as a file")
    func padding() throws {
        for count in [0, 1, 100_001, 250_000] {
            try? files.remove(folder("f"))
            try? files.remove(folder("g"))
            try files.create(folder("f"), with: [UInt8](repeating: 1, count: count))
            let tar = try pack(folder("f"), pads: true)
            #expect(Padme.length(tar.count) == tar.count)
            try unpack(tar, "g")
            #expect(try files.status(folder("g"))?.byteCount == count)
        }
    }

    @Test("any cut or changed tar is unpacked whole or refused, and nothing stays")
    func damage() throws {
        try files.createDirectories(folder("d"))
        try files.create(folder("d/a"), with: [UInt8](repeating: 3, count: 3_000))
        let tar = try pack(folder("d"))
        let random = SeededRandom(seed: 5)
        for round in 0..<300 {
            var damaged = tar
            damaged[Int(random.below(8_192))] ^= UInt8(1 << random.below(8))
            do {
                let made = try files.newFolder(folder("out\(round)"))
                var unpacking = Unpacking(into: made, [])
                _ = try unpacking.unpack(MemoryInput(damaged))
            } catch is BundleError {}
        }
        #expect(try files.list(folder("")) == ["d"])
    }

    @Test(
        "names that lead out are refused",
        arguments: ["/etc/x", "../x", "a/../../x", "a/..", "", "a\u{0}b"])
    func names(_ name: String) {
        #expect(throws: BundleError.self) { _ = try MemberName(parsing: name) }
    }

    @Test("links may point within their topmost folder only")
    func links() throws {
        let deep = try #require(try MemberName(parsing: "d/e/l"))
        for target in ["x", "../x", "./x", "../e/x"] { #expect(deep.mayPoint(to: target)) }
        for target in ["/x", "../../x", "x/../../..", "x/..", "", "../../../etc"] {
            #expect(!deep.mayPoint(to: target))
        }
    }
}
