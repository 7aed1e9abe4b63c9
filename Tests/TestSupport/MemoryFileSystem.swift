import Platform
import Synchronization

/// A disk in memory whose n-th change can fail, and whose power can go.
package final class MemoryFileSystem: Sendable {
    fileprivate struct Disk: Sendable {
        var files: [String: [UInt8]] = [:]
        var directories: Set<String> = [".", "/"]
        /// What a loss of power would leave: names as last synced.
        var durable: [String: [UInt8]] = [:]
        var identities: [String: UInt64] = [:]
        var locked: Set<String> = []
        var changes = 0
        var failing: Int?
        var nextIdentity: UInt64 = 1
    }

    fileprivate let disk: Mutex<Disk>
    fileprivate let failure: FileError
    private let owner: UInt32

    /// - Parameters:
    ///   - files: Paths and contents; their directories exist.
    ///   - owner: Whose all of it is; the process's own user is 0.
    ///   - failingAt: Number of the change (from 0) that fails, once.
    package init(
        _ files: [String: [UInt8]] = [:], owner: UInt32 = 0, failingAt: Int? = nil,
        with failure: FileError = .noSpace
    ) {
        self.owner = owner
        var disk = Disk()
        for (path, bytes) in files {
            disk.addDirectories(above: path)
            disk.put(path, bytes)
        }
        disk.durable = files
        disk.failing = failingAt
        self.disk = Mutex(disk)
        self.failure = failure
    }

    /// Contents by path.
    package var files: [String: [UInt8]] { disk.withLock { $0.files } }

    package var directories: Set<String> { disk.withLock { $0.directories } }

    /// Changes tried so far, the failed one included.
    package var changes: Int { disk.withLock { $0.changes } }

    /// The same disk after a loss of power: what was not synced is gone.
    package func afterPowerLoss() -> MemoryFileSystem {
        MemoryFileSystem(disk.withLock { $0.durable })
    }

    /// Counts a change; the chosen one fails after `half` of it was done.
    fileprivate func change<R>(
        half: (inout Disk) -> Void = { _ in }, _ body: (inout Disk) throws(FileError) -> R
    ) throws(FileError) -> R {
        try disk.withLock { (disk) throws(FileError) -> R in
            defer { disk.changes += 1 }
            guard disk.changes != disk.failing else {
                half(&disk)
                throw failure
            }
            return try body(&disk)
        }
    }
}

extension MemoryFileSystem: FileSystem {
    package func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        try disk.withLock { (disk) throws(FileError) -> [UInt8] in
            guard !disk.directories.contains(path) else { throw .isDirectory }
            guard let bytes = disk.files[path] else { throw .notFound }
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
            return bytes
        }
    }

    package func writeNew(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        try change(half: { disk in
            if disk.isFree(path) { disk.put(path, Array(bytes.prefix(bytes.count / 2))) }
        }) { (disk) throws(FileError) in
            try disk.checkParent(of: path)
            guard disk.isFree(path) else { throw .alreadyExists }
            disk.put(path, bytes)
        }
    }

    package func rename(_ path: String, onto target: String) throws(FileError) {
        try change { (disk) throws(FileError) in
            try disk.checkParent(of: target)
            guard let bytes = disk.files[path] else { throw .notFound }
            guard !disk.directories.contains(target) else { throw .isDirectory }
            disk.files[target] = bytes
            disk.identities[target] = disk.identities[path]
            disk.drop(path)
        }
    }

    package func rename(_ path: String, toNew name: String) throws(FileError) {
        guard try status(name) == nil else { throw .alreadyExists }
        try rename(path, onto: name)
    }

    package func makePrivate(_ directory: String) throws(FileError) {
        guard owner == user else { throw .accessDenied }
    }

    package var user: UInt32 { 0 }

    package func remove(_ path: String) throws(FileError) {
        try change { (disk) throws(FileError) in
            if disk.directories.contains(path) {
                guard try disk.names(in: path).isEmpty else { throw .notEmpty }
                disk.directories.remove(path)
                return
            }
            guard disk.files[path] != nil else { throw .notFound }
            disk.drop(path)
        }
    }

    package func syncDirectory(of path: String) throws(FileError) {
        try change { (disk) throws(FileError) in
            try disk.checkParent(of: path)
            disk.sync(Path.directory(of: path))
        }
    }

    package func status(_ path: String) throws(FileError) -> FileStatus? {
        disk.withLock { disk in
            let isDirectory = disk.directories.contains(path)
            guard isDirectory || disk.files[path] != nil else { return nil }
            return FileStatus(
                kind: isDirectory ? .directory : .regular,
                byteCount: disk.files[path]?.count ?? 0, mode: isDirectory ? 0o700 : 0o600,
                owner: owner, modified: Instant(milliseconds: 0),
                identity: FileIdentity(device: 0, inode: disk.identities[path] ?? 0))
        }
    }

    /// There are no links here.
    package func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try status(path) }

    package func linkTarget(_ path: String) throws(FileError) -> String { throw .notRegular }

    package func newFolder(_ path: String) throws(FileError) -> any NewFolder {
        guard try status(path) == nil else { throw .alreadyExists }
        try disk.withLock { (disk) throws(FileError) in try disk.checkParent(of: path) }
        return MemoryNewFolder(path, on: self)
    }

    package func syncDisk(of path: String) throws(FileError) { try change { _ in } }

    package func createDirectory(_ path: String) throws(FileError) {
        try change { (disk) throws(FileError) in
            try disk.checkParent(of: path)
            guard disk.isFree(path) else { throw .alreadyExists }
            disk.directories.insert(path)
        }
    }

    package func list(_ path: String) throws(FileError) -> [String] {
        try disk.withLock { (disk) throws(FileError) in try disk.names(in: path) }
    }

    package func lock(_ path: String) throws(FileError) -> any FileLock {
        try disk.withLock { (disk) throws(FileError) in
            try disk.checkParent(of: path)
            guard disk.locked.insert(path).inserted else { throw .locked }
            if disk.files[path] == nil { disk.put(path, []) }
        }
        return MemoryLock(path, on: self)
    }

    package func input(_ path: String) throws(FileError) -> any InputFile {
        let bytes = try read(path, limit: .max)
        guard let status = try status(path) else { throw .notFound }
        return MemoryInputFile(bytes, status: status)
    }

    package func output(
        _ path: String, existing: ExistingFile, access: FileAccess, inputs: [FileIdentity]
    ) throws(FileError) -> any OutputFile {
        if let found = try status(path) {
            guard !inputs.contains(found.identity) else { throw .sameFile }
            guard found.kind != .directory else { throw .isDirectory }
            guard existing == .replace else { throw .alreadyExists }
        }
        try disk.withLock { (disk) throws(FileError) in try disk.checkParent(of: path) }
        return MemoryOutputFile(path, existing: existing, on: self)
    }
}

extension MemoryFileSystem.Disk {
    mutating func addDirectories(above path: String) {
        let parent = Path.directory(of: path)
        if directories.insert(parent).inserted { addDirectories(above: parent) }
    }

    mutating func put(_ path: String, _ bytes: [UInt8]) {
        files[path] = bytes
        identities[path] = nextIdentity
        nextIdentity += 1
    }

    mutating func drop(_ path: String) {
        files[path] = nil
        identities[path] = nil
    }

    func isFree(_ path: String) -> Bool { files[path] == nil && !directories.contains(path) }

    func checkParent(of path: String) throws(FileError) {
        let parent = Path.directory(of: path)
        guard files[parent] == nil else { throw .notDirectory }
        guard directories.contains(parent) else { throw .notFound }
    }

    func names(in directory: String) throws(FileError) -> [String] {
        guard files[directory] == nil else { throw .notDirectory }
        guard directories.contains(directory) else { throw .notFound }
        return (Array(files.keys) + directories.filter { $0 != "." && $0 != "/" })
            .filter { Path.directory(of: $0) == directory }.map(Path.name(of:)).sorted()
    }

    mutating func sync(_ directory: String) {
        for path in Set(durable.keys).union(files.keys) where Path.directory(of: path) == directory
        {
            durable[path] = files[path]
        }
    }
}

private final class MemoryLock: FileLock {
    private let path: String
    private let owner: MemoryFileSystem
    private let isHeld = Mutex(true)

    init(_ path: String, on owner: MemoryFileSystem) {
        self.path = path
        self.owner = owner
    }

    deinit { release() }

    func isHeld(at path: String) -> Bool {
        isHeld.withLock { $0 } && path == self.path && (try? owner.exists(path)) == true
    }

    func release() {
        guard
            isHeld.withLock({ held in
                defer { held = false }; return held
            })
        else { return }
        _ = owner.disk.withLock { $0.locked.remove(path) }
    }
}

private final class MemoryInputFile: InputFile {
    let status: FileStatus
    private let input: MemoryInput

    init(_ bytes: [UInt8], status: FileStatus) {
        input = MemoryInput(bytes)
        self.status = status
    }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        try input.read(into: &span)
    }
}

private final class MemoryOutputFile: OutputFile {
    private let path: String
    private let existing: ExistingFile
    private let owner: MemoryFileSystem
    private let draft = MemoryOutput()

    init(_ path: String, existing: ExistingFile, on owner: MemoryFileSystem) {
        self.path = path
        self.existing = existing
        self.owner = owner
    }

    func write(_ bytes: Span<UInt8>) throws(StreamError) {
        do throws(FileError) { try owner.change { _ in } } catch { throw error.asStreamError }
        try draft.write(bytes)
    }

    func commit() throws(FileError) {
        try publish()
        try owner.change { (disk) in disk.sync(Path.directory(of: path)) }
    }

    func publish() throws(FileError) {
        try owner.change { (disk) throws(FileError) in
            try disk.checkParent(of: path)
            guard existing == .replace || disk.isFree(path) else { throw .alreadyExists }
            disk.put(path, draft.bytes)
        }
    }

    func reread() throws(FileError) -> any ByteInput { MemoryInput(draft.bytes) }
}

private final class MemoryNewFolder: NewFolder {
    private struct Content {
        var files: [String: MemoryOutput] = [:]
        var directories: Set<String> = []
    }

    private let path: String
    private let owner: MemoryFileSystem
    private let content = Mutex(Content())

    init(_ path: String, on owner: MemoryFileSystem) {
        self.path = path
        self.owner = owner
    }

    func createDirectory(_ name: [String]) throws(FileError) {
        try content.withLock { (content) throws(FileError) in
            for end in name.indices {
                let folder = name[...end].joined(separator: "/")
                guard content.files[folder] == nil else { throw .notDirectory }
                content.directories.insert(folder)
            }
        }
    }

    func createFile(_ name: [String], isProgram: Bool) throws(FileError) -> any NewFile {
        try createDirectory(name.dropLast())
        let output = MemoryOutput()
        try content.withLock { (content) throws(FileError) in
            let key = name.joined(separator: "/")
            guard content.files[key] == nil, !content.directories.contains(key) else {
                throw .alreadyExists
            }
            content.files[key] = output
        }
        return MemoryNewFile(output: output)
    }

    func createLink(_ name: [String], to target: String) throws(FileError) { throw .notRegular }

    func createHardLink(_ name: [String], to existing: [String]) throws(FileError) {
        throw .notRegular
    }

    func names() throws(FileError) -> [String] {
        content.withLock { content in
            Set(
                (Array(content.files.keys) + content.directories).map {
                    $0.split(separator: "/")[0]
                }
            )
            .map(String.init).sorted()
        }
    }

    func commit(only: String?) throws(FileError) {
        let content = content.withLock { $0 }
        func place(_ name: String) -> String {
            guard let only else { return path + "/" + name }
            return path + name.dropFirst(only.count)
        }
        try owner.change { (disk) throws(FileError) in
            try disk.checkParent(of: path)
            guard disk.isFree(path) else { throw .alreadyExists }
            if only == nil { disk.directories.insert(path) }
            for name in content.directories { disk.directories.insert(place(name)) }
            for (name, file) in content.files { disk.put(place(name), file.bytes) }
        }
    }
}

private struct MemoryNewFile: NewFile {
    let output: MemoryOutput

    func write(_ bytes: Span<UInt8>) throws(StreamError) { try output.write(bytes) }

    func setModified(_ time: Instant) {}
}
