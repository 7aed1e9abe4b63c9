package import Platform

/// Takes a bundle apart into a new folder, and refuses all of it for one thing that is not safe.
package struct Unpacking {
    private let folder: any NewFolder
    private var topIsPlain = true
    private var count = 0

    package init(into folder: any NewFolder) { self.folder = folder }

    /// Reads `input` to its end. Nothing has its name until the caller commits the folder.
    ///
    /// - Returns: What is alone at the top and can stand by itself; nil for several things.
    package mutating func unpack(_ input: any ByteInput) throws(BundleError) -> String? {
        let tar = TarReader(input)
        while let entry = try tar.next() {
            count += 1
            guard count <= BundleLimits.entries else { throw .refused(.tooMany) }
            try take(entry, from: tar)
        }
        try tar.drain()
        guard topIsPlain else { return nil }
        do {
            let names = try folder.names()
            return names.count == 1 ? names[0] : nil
        } catch { throw .output(error) }
    }

    private mutating func take(_ entry: TarReader.Entry, from tar: TarReader) throws(BundleError) {
        guard entry.kind != .other else { throw .refused(.special) }
        guard entry.mode & 0o6000 == 0 else { throw .refused(.privileged) }
        guard !entry.isSparse else { throw .refused(.sparse) }
        guard let name = try MemberName(parsing: entry.name) else {
            guard entry.kind == .folder else { throw .refused(.badName) }
            return
        }
        switch entry.kind {
        case .folder:
            try output { () throws(FileError) in try folder.createDirectory(name.parts) }
        case .file:
            let file = try output { () throws(FileError) in
                try folder.createFile(name.parts, isProgram: entry.mode & 0o100 != 0)
            }
            guard try tar.copy(to: file) == entry.byteCount else { throw .malformed }
            try output { () throws(FileError) in try file.setModified(entry.modified) }
        case .link:
            guard name.mayPoint(to: entry.target) else { throw .refused(.leavingLink) }
            try output { () throws(FileError) in
                try folder.createLink(name.parts, to: entry.target)
            }
        case .hardLink:
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
