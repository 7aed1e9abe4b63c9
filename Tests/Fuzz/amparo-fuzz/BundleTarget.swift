import Bundles
import Platform
import Secrets
import Synchronization

// Tars as strangers send them, with our mark.
extension Target {
    private static let block = 512

    /// Whatever is in a tar: names stay inside, links too, nothing is written twice, and what a
    /// signature holds for is what was signed.
    static var bundle: Target {
        let (corpus, genuine) = bundles()
        return Target(name: "bundle", corpus: corpus) { input in
            let tar = repaired(input)
            guard case .bundle(let traits) = BundleMark.judge(tar) else { return false }
            let folder = WatchedFolder()
            var unpacking = Unpacking(into: folder, traits)
            guard let result = try? unpacking.unpack(Held(tar)) else { return false }
            if let signature = result.signature, let signed = genuine[signature.sum] {
                precondition(folder.content == signed, "a signature of something else holds")
            }
            return true
        }
    }

    /// Valid tars, and what is in those that are signed, by what their signature is over.
    private static func bundles() -> ([[UInt8]], [[UInt8]: [String: [UInt8]]]) {
        var corpus: [[UInt8]] = []
        var genuine: [[UInt8]: [String: [UInt8]]] = [:]
        let files = LinuxFileSystem()
        let root = "/tmp/amparo-fuzz-" + random.bytes(8).map { String($0, radix: 16) }.joined()
        do {
            try files.createDirectories(root + "/d/sub/empty")
            defer { _ = try? removeAll(root, files) }
            try files.create(root + "/one", with: Array("hola".utf8))
            try files.create(root + "/d/a", with: random.bytes(600))
            try files.create(root + "/d/line\n\\", with: [])
            try files.create(
                root + "/d/sub/" + String(repeating: "n", count: 120), with: [1, 2, 3])
            for (path, isOneFile) in [("/one", true), ("/d", false)] {
                for isSigned in [false, true] {
                    let tree = try Tree([Tree.Root(path: root + path)], on: files)
                    let source = BundleSource(tree, on: files, isOneFile: isOneFile)
                    if isSigned { source.sign { sum in sum } }
                    guard let tar = try source.readAll(limit: 1 << 20) else { continue }
                    let whole = Array(tar.prefix(contentEnd(tar)))
                    corpus.append(whole)
                    guard case .bundle(let traits) = BundleMark.judge(whole) else { continue }
                    let folder = WatchedFolder()
                    var unpacking = Unpacking(into: folder, traits)
                    if let signature = try unpacking.unpack(Held(whole)).signature {
                        genuine[signature.sum] = folder.content
                    }
                }
            }
        } catch { preconditionFailure("the corpus could not be made: \(error)") }
        let mark = Array(corpus[0].prefix(2 * block))
        // What we never write and others may: every type that tar knows, and hostile targets.
        for type in "0123456789ghLKSxV\0".utf8 {
            for (name, target) in [("d/x", "../y"), ("x", "/etc/passwd"), ("d/x", "one")] {
                let content: [UInt8] = type == UInt8(ascii: "0") ? [1, 2, 3] : []
                corpus.append(
                    mark + entry(name, type, target, content)
                        + entry("one", UInt8(ascii: "0"), "", Array("hola".utf8))
                        + [UInt8](repeating: 0, count: 2 * block))
            }
        }
        return (corpus, genuine)
    }

    private static func removeAll(_ path: String, _ files: LinuxFileSystem) throws(FileError) {
        if try files.linkStatus(path)?.kind == .directory {
            for name in try files.list(path) { try removeAll(path + "/" + name, files) }
        }
        try files.remove(path)
    }

    /// Where the zeros at the end begin, and two blocks of them.
    private static func contentEnd(_ tar: [UInt8]) -> Int {
        let last = (tar.lastIndex { $0 != 0 } ?? 0) + 1
        return min(tar.count, (last + block - 1) / block * block + 2 * block)
    }

    private static func entry(
        _ name: String, _ type: UInt8, _ target: String, _ content: [UInt8]
    ) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at place: Int) {
            header.replaceSubrange(place..<place + text.utf8.count, with: Array(text.utf8))
        }
        let size = String(content.count, radix: 8)
        put(name, at: 0)
        put("0000644\u{0}0000000\u{0}0000000\u{0}", at: 100)
        put(String(repeating: "0", count: 11 - size.count) + size, at: 124)
        put("00000000000", at: 136)
        header[156] = type
        put(target, at: 157)
        put("ustar\u{0}00", at: 257)
        return header + content
            + [UInt8](repeating: 0, count: (block - content.count % block) % block)
    }

    /// Gives every header the sum that it should have: else damage gets no further than that.
    private static func repaired(_ input: [UInt8]) -> [UInt8] {
        var tar = input
        for start in stride(from: 0, to: tar.count - tar.count % block, by: block)
        where tar[(start + 257)..<(start + 262)].elementsEqual("ustar".utf8) {
            for place in 148..<156 { tar[start + place] = 0x20 }
            let sum = tar[start..<start + block].reduce(0) { $0 + Int($1) }
            let digits = Array(String(sum, radix: 8).utf8)
            let padding = [UInt8](repeating: 0x30, count: max(0, 6 - digits.count))
            tar.replaceSubrange((start + 148)..<(start + 154), with: (padding + digits).prefix(6))
            tar[start + 154] = 0
        }
        return tar
    }
}

/// A folder in memory that ends the process when something would lie outside of it.
private final class WatchedFolder: NewFolder {
    private let entries = Mutex<[String: [UInt8]]>([:])
    private static let folder = Array("folder".utf8)

    var content: [String: [UInt8]] { entries.withLock { $0 } }

    func createDirectory(_ name: [String]) throws(FileError) {
        for end in name.indices {
            let path = try path(Array(name[...end]))
            try entries.withLock { (entries) throws(FileError) in
                guard entries[path] ?? Self.folder == Self.folder else { throw .notDirectory }
                entries[path] = Self.folder
            }
        }
    }

    func createFile(_ name: [String], isProgram: Bool) throws(FileError) -> any NewFile {
        let path = try place(name)
        try entries.withLock { (entries) throws(FileError) in
            guard entries[path] == nil else { throw .alreadyExists }
            entries[path] = Array("file ".utf8)
        }
        return File { [self] bytes in
            entries.withLock { $0[path]?.append(copying: bytes) }
        }
    }

    func createLink(_ name: [String], to target: String) throws(FileError) {
        let path = try place(name)
        // Step by step: never above the topmost folder.
        var depth = name.count - 1
        precondition(!target.hasPrefix("/") && !target.utf8.contains(0), "a link leaves")
        for part in target.split(separator: "/") where part != "." {
            depth += part == ".." ? -1 : 1
            precondition(depth >= (name.count > 1 ? 1 : 0), "a link leaves")
        }
        try entries.withLock { (entries) throws(FileError) in
            guard entries[path] == nil else { throw .alreadyExists }
            entries[path] = Array("link \(target)".utf8)
        }
    }

    func createHardLink(_ name: [String], to existing: [String]) throws(FileError) {
        let path = try place(name)
        let old = try self.path(existing)
        try entries.withLock { (entries) throws(FileError) in
            guard let content = entries[old], content.starts(with: "file ".utf8) else {
                throw .notRegular
            }
            guard entries[path] == nil else { throw .alreadyExists }
            entries[path] = content
        }
    }

    func names() -> [String] {
        entries.withLock { entries in
            Set(entries.keys.compactMap { $0.split(separator: "/").first.map(String.init) })
                .sorted()
        }
    }

    func commit(only: String?) {}

    private func place(_ name: [String]) throws(FileError) -> String {
        try createDirectory(name.dropLast())
        return try path(name)
    }

    private func path(_ name: [String]) throws(FileError) -> String {
        precondition(!name.isEmpty && name.count <= BundleLimits.depth, "no name, or too deep")
        for part in name {
            precondition(
                !part.isEmpty && part != "." && part != ".." && !part.utf8.contains(0x2F)
                    && !part.utf8.contains(0) && part.utf8.count <= BundleLimits.nameByteCount,
                "a name leaves")
        }
        return name.joined(separator: "/")
    }

    private struct File: NewFile {
        let take: @Sendable (Span<UInt8>) -> Void

        func write(_ bytes: Span<UInt8>) { take(bytes) }
        func setModified(_ time: Instant) {}
    }
}
