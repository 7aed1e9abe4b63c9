/// The disk: what the program needs of it and no more. Linux and memory versions pass one suite.
package protocol FileSystem: Sendable {
    /// The bytes of a regular file; links are followed.
    ///
    /// - Throws: `.tooLarge` beyond `limit` bytes, `.notRegular` for a FIFO (without waiting).
    func read(_ path: String, limit: Int) throws(FileError) -> [UInt8]

    /// Creates a file of mode 0600 and syncs its bytes; its name lasts only after `syncDirectory`.
    ///
    /// - Throws: `.alreadyExists` for anything at `path`, also a dangling link.
    func writeNew(_ path: String, _ bytes: [UInt8]) throws(FileError)

    /// Moves a file, in place of whatever file is at `target`; a link there is replaced itself.
    func rename(_ path: String, onto target: String) throws(FileError)

    /// Moves a file to a name that must be free.
    ///
    /// - Throws: `.alreadyExists`, also when somebody else takes the name at the same moment.
    func rename(_ path: String, toNew name: String) throws(FileError)

    /// Removes a file, a link (not what it points to) or an empty directory.
    func remove(_ path: String) throws(FileError)

    /// Makes the names in the directory that holds `path` last through a loss of power.
    func syncDirectory(of path: String) throws(FileError)

    /// What is at `path`, links followed; nil when nothing is.
    func status(_ path: String) throws(FileError) -> FileStatus?

    /// What is at `path` itself: a link is a link. nil when nothing is.
    func linkStatus(_ path: String) throws(FileError) -> FileStatus?

    /// Where a link points, as it was written.
    func linkTarget(_ path: String) throws(FileError) -> String

    /// Creates one directory of mode 0700.
    func createDirectory(_ path: String) throws(FileError)

    /// Takes all rights on a directory from everybody but its owner, who must be us.
    ///
    /// - Throws: `.accessDenied` for somebody else's, and where a disk knows no such rights.
    func makePrivate(_ directory: String) throws(FileError)

    /// The number of the user that this process acts for.
    var user: UInt32 { get }

    /// Names in a directory, sorted.
    func list(_ path: String) throws(FileError) -> [String]

    /// Takes the lock file at `path`, which is created when absent and stays.
    ///
    /// - Throws: `.locked` when another process (or holder) has it.
    func lock(_ path: String) throws(FileError) -> any FileLock

    /// Opens any readable file, also a pipe, to be read front to back.
    func input(_ path: String) throws(FileError) -> any InputFile

    /// Starts an output that will be whole at `path` after `commit`, or absent.
    ///
    /// A device or FIFO is written directly.
    ///
    /// - Throws: `.sameFile` when `path` is one of `inputs`, whatever its name or `existing` say.
    func output(
        _ path: String, existing: ExistingFile, access: FileAccess, inputs: [FileIdentity]
    ) throws(FileError) -> any OutputFile

    /// Starts a folder that will be whole at `path` after `commit`, or absent.
    ///
    /// - Throws: `.alreadyExists` for anything at `path`.
    func newFolder(_ path: String) throws(FileError) -> any NewFolder

    /// Waits until everything written to the disk that holds `path` is on it.
    func syncDisk(of path: String) throws(FileError)
}

/// What to do with a file that already has the output's name.
package enum ExistingFile: Sendable { case refuse, replace }

/// Who may read a new file.
package enum FileAccess: Sendable {
    /// 0600: plaintext and secrets.
    case ownerOnly
    /// 0666 without the umask's bits: what is safe to hand over.
    case ordinary
}

/// An open input; closed when its last owner ends.
package protocol InputFile: AnyObject, ByteInput {
    var status: FileStatus { get }
}

/// An output that is whole or absent; when its last owner ends without `commit`, nothing is left.
package protocol OutputFile: AnyObject, ByteOutput {
    /// Syncs the bytes, gives them their name and syncs the directory. Once.
    func commit() throws(FileError)

    /// Gives the bytes their name, without waiting for the disk: the caller has, or does not mind.
    /// Once, in place of `commit`.
    func publish() throws(FileError)

    /// Syncs the bytes and reads them back from the disk, before they have their name.
    ///
    /// - Throws: `.notRegular` for a device or FIFO.
    func reread() throws(FileError) -> any ByteInput
}

/// Held until released or until its last owner ends.
package protocol FileLock: AnyObject, Sendable {
    /// Whether `path` still names the locked file: another may have taken its place.
    func isHeld(at path: String) -> Bool

    func release()
}

extension FileSystem {
    package func exists(_ path: String) throws(FileError) -> Bool { try status(path) != nil }

    package func removeIfPresent(_ path: String) throws(FileError) {
        do { try remove(path) } catch .notFound {}
    }

    package func readIfPresent(_ path: String, limit: Int) throws(FileError) -> [UInt8]? {
        do { return try read(path, limit: limit) } catch .notFound { return nil }
    }

    /// Replaces `path` so that a crash leaves the old bytes or the new, never a mixture.
    ///
    /// Several writers at a time are well: each has a draft of its own, and the last one stays.
    package func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
        let number = String(UInt64.random(in: .min ... .max), radix: 16)
        let draft = "\(path).\(number).new"
        do throws(FileError) {
            try writeNew(draft, bytes)
            removeOldDrafts(of: path, before: draft)
            try rename(draft, onto: path)
        } catch {
            try? remove(draft)
            throw error
        }
        try syncDirectory(of: path)
    }

    /// What crashes have left; a draft of the last minute may be somebody's who is still writing.
    private func removeOldDrafts(of path: String, before draft: String) {
        let folder = Path.directory(of: path)
        let name = Path.name(of: path)
        guard let now = try? status(draft)?.modified, let names = try? list(folder) else { return }
        for other in names where other.hasPrefix(name + ".") && other.hasSuffix(".new") {
            let middle = other.dropFirst(name.utf8.count + 1).dropLast(4)
            // The fixed name of earlier versions has no number.
            let isDraft = other == name + ".new" || UInt64(middle, radix: 16) != nil
            let leftover = Path.join(folder, other)
            guard isDraft, let then = try? status(leftover)?.modified,
                other == name + ".new" || now - then > .seconds(60)
            else { continue }
            try? remove(leftover)
        }
    }

    /// Creates `path` so that a crash leaves nothing or all of it; never over another file.
    package func create(_ path: String, with bytes: [UInt8], access: FileAccess = .ownerOnly)
        throws(FileError)
    {
        let file = try output(path, existing: .refuse, access: access, inputs: [])
        do { try file.write(bytes.span) } catch { throw FileError(error) }
        try file.commit()
    }

    /// Creates `path` and every missing directory above it, each 0700.
    package func createDirectories(_ path: String) throws(FileError) {
        if let found = try status(path) {
            guard found.kind == .directory else { throw .notDirectory }
            return
        }
        let parent = Path.directory(of: path)
        if parent != path { try createDirectories(parent) }
        do { try createDirectory(path) } catch .alreadyExists {}
    }
}
