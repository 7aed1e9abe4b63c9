package import Platform
internal import Synchronization

/// Takes a bundle apart into a new folder, and refuses all of it for one thing that is not safe.
package struct Unpacking {
    /// What came out.
    package struct Result: Sendable {
        /// What is alone at the top and can stand by itself; nil for several things.
        package let only: String?
        /// nil when nobody signed; it is in no folder.
        package let signature: BundleSignature?
    }

    private let folder: any NewFolder
    private let traits: BundleTraits
    private let sum: BundleSum?
    private var signature: BundleSignature?
    /// What was signed, once all of it was seen.
    private var signed: (name: String, sum: [UInt8])?
    private var topIsPlain = true
    private var count = 0

    /// - Parameter traits: As the bundle's mark has them.
    package init(into folder: any NewFolder, _ traits: BundleTraits) {
        self.folder = folder
        self.traits = traits
        sum =
            traits.contains(.signed)
            ? BundleSum(isOneFile: traits.contains(.oneFile), keepsList: false) : nil
    }

    /// Reads `input` to its end. Nothing has its name until the caller commits the folder.
    package mutating func unpack(_ input: any ByteInput) throws(BundleError) -> Result {
        let tar = TarReader(input)
        while let entry = try tar.next() {
            count += 1
            guard count <= BundleLimits.entries else { throw .refused(.tooMany) }
            guard signature == nil else { throw .malformed }
            if try !takeSignature(entry, from: tar) { try take(entry, from: tar) }
        }
        try tar.drain()
        // What the mark promised.
        guard (signature != nil) == traits.contains(.signed),
            count > 0 || !traits.contains(.oneFile)
        else { throw .malformed }
        guard topIsPlain else { return Result(only: nil, signature: signature) }
        do {
            let names = try folder.names()
            return Result(only: names.count == 1 ? names[0] : nil, signature: signature)
        } catch { throw .output(error) }
    }

    /// - Returns: Whether the entry is no content, but part of the signature.
    private mutating func takeSignature(
        _ entry: TarReader.Entry, from tar: TarReader
    ) throws(BundleError) -> Bool {
        guard let sum else { return false }
        if let signed {
            guard entry.kind == .file, entry.name == signed.name + BundleSignature.suffix,
                entry.byteCount <= BundleSignature.byteLimit
            else { throw .malformed }
            let text = Collected()
            guard try tar.copy(to: text) == entry.byteCount else { throw .malformed }
            signature = BundleSignature(sum: signed.sum, text: text.bytes)
            return true
        }
        guard !traits.contains(.oneFile), entry.kind == .file,
            entry.name == BundleSignature.listName
        else { return false }
        // The list for `b2sum` has to be the one that is made here of what came.
        let list = BundleSum(isOneFile: true, keepsList: false)
        let ours = sum.finish()
        guard try tar.copy(to: SummedOutput(output: nil, sum: list)) == entry.byteCount,
            list.finish() == ours
        else { throw .malformed }
        signed = (entry.name, ours)
        return true
    }

    private mutating func take(_ entry: TarReader.Entry, from tar: TarReader) throws(BundleError) {
        guard entry.kind != .other else { throw .refused(.special) }
        guard entry.mode & 0o6000 == 0 else { throw .refused(.privileged) }
        guard !entry.isSparse else { throw .refused(.sparse) }
        guard let name = try MemberName(parsing: entry.name) else {
            guard entry.kind == .folder else { throw .refused(.badName) }
            return
        }
        let isOneFile = traits.contains(.oneFile)
        guard !isOneFile || count == 1 && entry.kind == .file && name.isTop else {
            throw .malformed
        }
        let path = name.parts.joined(separator: "/")
        switch entry.kind {
        case .folder:
            try output { () throws(FileError) in try folder.createDirectory(name.parts) }
            sum?.addFolder(path)
        case .file:
            let file = try output { () throws(FileError) in
                try folder.createFile(name.parts, isProgram: entry.mode & 0o100 != 0)
            }
            guard try tar.copy(to: SummedOutput(output: file, sum: sum)) == entry.byteCount
            else { throw .malformed }
            try output { () throws(FileError) in try file.setModified(entry.modified) }
            sum?.addFile(path)
            if isOneFile, let sum { signed = (path, sum.finish()) }
        case .link:
            guard name.mayPoint(to: entry.target) else { throw .refused(.leavingLink) }
            try output { () throws(FileError) in
                try folder.createLink(name.parts, to: entry.target)
            }
            sum?.addLink(path, to: entry.target)
        case .hardLink:
            // Nobody who signs makes one.
            guard sum == nil else { throw .malformed }
            guard let existing = try MemberName(parsing: entry.target) else {
                throw .refused(.leavingLink)
            }
            try output { () throws(FileError) in
                try folder.createHardLink(name.parts, to: existing.parts)
            }
        case .other: break
        }
        if name.isTop, entry.kind == .link || entry.kind == .hardLink { topIsPlain = false }
    }

    /// What a failure within the new folder means: only the bundle's own entries are in it.
    private func output<R>(_ body: () throws(FileError) -> R) throws(BundleError) -> R {
        do { return try body() } catch {
            switch error {
            case .alreadyExists, .isDirectory: throw .refused(.repeated)
            // A link or a file where a folder should be, or a hard link to what is not there.
            case .notDirectory, .notFound, .notRegular: throw .refused(.leavingLink)
            case .badPath: throw .refused(.badName)
            default: throw .output(error)
            }
        }
    }
}

/// A small file, kept in memory.
private final class Collected: ByteOutput {
    private let held = Mutex<[UInt8]>([])

    var bytes: [UInt8] { held.withLock { $0 } }

    func write(_ bytes: Span<UInt8>) { held.withLock { $0.append(copying: bytes) } }
}
