import Platform
import Synchronization

/// The system's disk, with a list of what changed on it. Random parts of names are left out.
final class RecordingDisk: FileSystem {
    private let real = LinuxFileSystem()
    private let acts = Mutex<[String]>([])

    /// What was done since this was asked last.
    func takeActs() -> [String] {
        acts.withLock { acts in
            defer { acts = [] }
            return acts
        }
    }

    private func record(_ act: String, _ paths: String..., bytes: [UInt8] = []) {
        let names = paths.map { path in
            let name = Path.name(of: path)
            guard name.hasSuffix(".new"), let dot = name.firstIndex(of: ".") else { return name }
            return name[..<dot] + ".*.new"
        }
        acts.withLock { $0.append("\(act) \(names.joined(separator: " ")) \(bytes)") }
    }

    func writeNew(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        record("write", path, bytes: bytes)
        try real.writeNew(path, bytes)
    }

    func rename(_ path: String, onto target: String) throws(FileError) {
        record("rename", path, target)
        try real.rename(path, onto: target)
    }

    func rename(_ path: String, toNew name: String) throws(FileError) {
        record("rename", path, name)
        try real.rename(path, toNew: name)
    }

    func remove(_ path: String) throws(FileError) {
        record("remove", path)
        try real.remove(path)
    }

    func syncDirectory(of path: String) throws(FileError) {
        record("sync", path)
        try real.syncDirectory(of: path)
    }

    func createDirectory(_ path: String) throws(FileError) {
        record("create", path)
        try real.createDirectory(path)
    }

    func makePrivate(_ directory: String) throws(FileError) {
        record("close", directory)
        try real.makePrivate(directory)
    }

    func lock(_ path: String) throws(FileError) -> any FileLock {
        record("lock", path)
        return try real.lock(path)
    }

    func output(
        _ path: String, existing: ExistingFile, access: FileAccess, inputs: [FileIdentity]
    ) throws(FileError) -> any OutputFile {
        record("output", path)
        return try real.output(path, existing: existing, access: access, inputs: inputs)
    }

    func newFolder(_ path: String) throws(FileError) -> any NewFolder {
        record("folder", path)
        return try real.newFolder(path)
    }

    func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        try real.read(path, limit: limit)
    }
    func status(_ path: String) throws(FileError) -> FileStatus? { try real.status(path) }
    func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try real.linkStatus(path) }
    func linkTarget(_ path: String) throws(FileError) -> String { try real.linkTarget(path) }
    var user: UInt32 { real.user }
    func list(_ path: String) throws(FileError) -> [String] { try real.list(path) }
    func input(_ path: String) throws(FileError) -> any InputFile { try real.input(path) }
    func syncDisk(of path: String) throws(FileError) { try real.syncDisk(of: path) }
}
