internal import CPlatform
internal import Glibc
internal import Synchronization

/// The disk of this machine.
package struct LinuxFileSystem: FileSystem {
    /// How an output that is not complete is kept.
    package enum Drafts: Sendable {
        /// Without a name where the file system can, else hidden.
        case standard
        /// As on file systems that cannot; for tests.
        case alwaysNamed
    }

    private let drafts: Drafts

    package init(drafts: Drafts = .standard) { self.drafts = drafts }

    package func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try Descriptor(opening: path, AMPARO_OPEN_READ)
        let found = try file.status()
        guard found.kind != .directory else { throw .isDirectory }
        guard found.kind == .regular else { throw .notRegular }
        guard found.byteCount <= limit else { throw .tooLarge(limit: limit) }
        // One byte more than promised: the file may have grown, and the last read must say 0.
        var bytes = [UInt8](repeating: 0, count: min(found.byteCount, limit) + 1)
        var used = 0
        while true {
            var span = bytes.mutableSpan
            let count: Int
            do {
                count = try span.withPart(used..<span.count) { (rest) throws(StreamError) in
                    try file.stream.read(into: &rest)
                }
            } catch {
                throw FileError(error)
            }
            used += count
            guard used <= limit else { throw .tooLarge(limit: limit) }
            if count == 0 { break }
            if used == bytes.count {
                bytes.append(contentsOf: repeatElement(0, count: min(used, limit - used) + 1))
            }
        }
        bytes.removeLast(bytes.count - used)
        return bytes
    }

    package func writeNew(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        let file = try Descriptor(opening: path, AMPARO_OPEN_NEW, mode: FileAccess.ownerOnly.mode)
        do throws(FileError) {
            do { try file.stream.write(bytes.span) } catch { throw FileError(error) }
            try file.sync()
        } catch {
            // Half a file would only be in the way of the next attempt.
            try? remove(path)
            throw error
        }
    }

    package func rename(_ path: String, onto target: String) throws(FileError) {
        try checkPath(path)
        try checkPath(target)
        try check(unsafe amparo_rename(-1, path, target))
    }

    package func rename(_ path: String, toNew name: String) throws(FileError) {
        try checkPath(path)
        try checkPath(name)
        try check(unsafe amparo_rename_new(-1, path, name))
    }

    package func remove(_ path: String) throws(FileError) {
        try checkPath(path)
        do throws(FileError) {
            try check(unsafe amparo_remove(-1, path, 0))
        } catch .isDirectory {
            try check(unsafe amparo_remove(-1, path, 1))
        }
    }

    package func syncDirectory(of path: String) throws(FileError) {
        try checkPath(path)
        try Descriptor(opening: Path.directory(of: path), AMPARO_OPEN_DIRECTORY).sync()
    }

    package func status(_ path: String) throws(FileError) -> FileStatus? {
        try status(path, followsLinks: true)
    }

    package func linkStatus(_ path: String) throws(FileError) -> FileStatus? {
        try status(path, followsLinks: false)
    }

    private func status(_ path: String, followsLinks: Bool) throws(FileError) -> FileStatus? {
        try checkPath(path)
        var found = amparo_status()
        do throws(FileError) {
            try check(unsafe amparo_status(-1, path, followsLinks ? 1 : 0, &found))
        } catch .notFound {
            return nil
        }
        return FileStatus(found)
    }

    package func linkTarget(_ path: String) throws(FileError) -> String {
        try checkPath(path)
        var target = [CChar](repeating: 0, count: 4_097)
        let count = try check(unsafe amparo_link_target(path, &target, target.count))
        return String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    package func newFolder(_ path: String) throws(FileError) -> any NewFolder {
        guard try linkStatus(path) == nil else { throw .alreadyExists }
        return try LinuxNewFolder(path)
    }

    package func syncDisk(of path: String) throws(FileError) {
        let folder = try Descriptor(opening: Path.directory(of: path), AMPARO_OPEN_DIRECTORY)
        try check(amparo_sync_disk(folder.number))
    }

    package func createDirectory(_ path: String) throws(FileError) {
        try checkPath(path)
        try check(unsafe amparo_create_directory(path, 0o700))
    }

    package func makePrivate(_ directory: String) throws(FileError) {
        // One open file for the question and the change: a link cannot come between them.
        let folder = try Descriptor(opening: directory, AMPARO_OPEN_DIRECTORY)
        guard try folder.status().owner == user else { throw .accessDenied }
        guard fchmod(folder.number, 0o700) == 0 else { throw FileError(result: -Int(errno)) }
    }

    package var user: UInt32 { geteuid() }

    package func list(_ path: String) throws(FileError) -> [String] {
        try checkPath(path)
        var names: UnsafeMutablePointer<CChar>?
        let count = try check(unsafe amparo_list(path, &names))
        defer { unsafe free(names) }
        return unsafe sortedNames(names, byteCount: count)
    }

    package func lock(_ path: String) throws(FileError) -> any FileLock {
        let file = try Descriptor(opening: path, AMPARO_OPEN_LOCK, mode: FileAccess.ownerOnly.mode)
        try check(amparo_lock(file.number))
        return LinuxFileLock(file)
    }

    package func input(_ path: String) throws(FileError) -> any InputFile {
        try checkPath(path)
        // Asked first, so that neither a socket nor a directory is opened for nothing.
        if let found = try status(path), found.kind == .directory { throw .isDirectory }
        let file = try Descriptor(opening: path, AMPARO_OPEN_READ_WAIT)
        return LinuxInputFile(file, status: try file.status())
    }

    package func output(
        _ path: String, existing: ExistingFile, access: FileAccess, inputs: [FileIdentity]
    ) throws(FileError) -> any OutputFile {
        if let found = try status(path) {
            guard !inputs.contains(found.identity) else { throw .sameFile }
            switch (found.kind, existing) {
            case (.directory, _): throw .isDirectory
            case (.socket, _), (.link, _): throw .notRegular
            case (.pipe, _), (.device, _), (.disk, .replace):
                return LinuxSpecialFile(try Descriptor(opening: path, AMPARO_OPEN_SPECIAL))
            // A whole disk is as easily lost as a file.
            case (.regular, .refuse), (.disk, .refuse): throw .alreadyExists
            case (.regular, .replace): break
            }
        }
        return try LinuxOutputFile(path, existing: existing, access: access, drafts)
    }
}

/// Names that a C function listed end to end, each closed by a zero byte.
func sortedNames(_ names: UnsafeMutablePointer<CChar>?, byteCount: Int) -> [String] {
    let bytes = unsafe UnsafeRawBufferPointer(start: names, count: byteCount)
    return unsafe bytes.split(separator: 0).map { unsafe String(decoding: $0, as: UTF8.self) }
        .sorted()
}

extension FileAccess {
    var mode: UInt32 {
        switch self {
        case .ownerOnly: 0o600
        case .ordinary: 0o666
        }
    }
}

/// C would read a path only up to a zero byte: another file than the one that was named.
func checkPath(_ path: String) throws(FileError) {
    guard !path.isEmpty else { throw .notFound }
    guard !path.utf8.contains(0) else { throw .badPath }
}

/// An open file of the system, closed when its last owner ends.
final class Descriptor: Sendable {
    let number: Int32

    /// - Parameter number: An open descriptor, from now on this object's.
    init(owning number: Int32) { self.number = number }

    init(
        opening path: String, _ how: amparo_open_how, mode: UInt32 = 0, in directory: Int32 = -1
    ) throws(FileError) {
        try checkPath(path)
        number = try check(unsafe amparo_open(directory, path, how, mode))
    }

    deinit { _ = amparo_close(number) }

    func status() throws(FileError) -> FileStatus {
        var found = amparo_status()
        try check(unsafe amparo_status_of(number, &found))
        return FileStatus(found)
    }

    var stream: DescriptorStream { DescriptorStream(number) }

    func sync() throws(FileError) { try check(amparo_sync(number)) }
}

extension DescriptorStream {
    /// What is behind the stream; nil when it is closed.
    package var status: FileStatus? {
        var found = amparo_status()
        guard unsafe amparo_status_of(descriptor, &found) >= 0 else { return nil }
        return FileStatus(found)
    }
}

private final class LinuxFileLock: FileLock {
    private let file: Mutex<Descriptor?>

    init(_ file: Descriptor) { self.file = Mutex(file) }

    func isHeld(at path: String) -> Bool {
        file.withLock { file in
            guard let held = try? file?.status(), let named = try? LinuxFileSystem().status(path)
            else { return false }
            return held.identity == named.identity
        }
    }

    // Closing the only descriptor of the open file gives the lock back.
    func release() { file.withLock { $0 = nil } }
}

private final class LinuxInputFile: InputFile, LendingInput {
    private let file: Descriptor
    let status: FileStatus

    init(_ file: Descriptor, status: FileStatus) {
        self.file = file
        self.status = status
    }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        try file.stream.read(into: &span)
    }

    /// As it was opened: what came since is read, and what went is missed when it is lent.
    var lendableByteCount: Int { status.kind == .regular ? status.byteCount : 0 }

    func lend(_ range: Range<Int>, to use: (Span<UInt8>) -> Void) throws(StreamError) {
        precondition(range.lowerBound >= 0 && range.upperBound <= lendableByteCount)
        try file.lend(range, to: use)
    }

    func skip(_ count: Int) throws(StreamError) {
        guard lseek(file.number, count, SEEK_SET) == count else { throw .failed(code: errno) }
    }
}

/// A device or FIFO: there is nothing to make whole.
private final class LinuxSpecialFile: OutputFile {
    private let file: Descriptor

    init(_ file: Descriptor) { self.file = file }

    func write(_ bytes: Span<UInt8>) throws(StreamError) { try file.stream.write(bytes) }

    func commit() throws(FileError) { try file.sync() }

    func publish() {}

    func reread() throws(FileError) -> any ByteInput { throw .notRegular }
}
