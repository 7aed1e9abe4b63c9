import Platform

/// The real disk, with a say before each new file is written.
struct HookedDisk: FileSystem {
    let disk = LinuxFileSystem()
    /// Hears the path; what it throws is what the disk answers.
    let beforeWriting: @Sendable (String) throws(FileError) -> Void

    func writeNew(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        try beforeWriting(path)
        try disk.writeNew(path, bytes)
    }

    func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        try disk.read(path, limit: limit)
    }

    func rename(_ path: String, onto target: String) throws(FileError) {
        try disk.rename(path, onto: target)
    }

    func rename(_ path: String, toNew name: String) throws(FileError) {
        try disk.rename(path, toNew: name)
    }

    func remove(_ path: String) throws(FileError) { try disk.remove(path) }

    func syncDirectory(of path: String) throws(FileError) { try disk.syncDirectory(of: path) }

    func status(_ path: String) throws(FileError) -> FileStatus? { try disk.status(path) }

    func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try disk.linkStatus(path) }

    func linkTarget(_ path: String) throws(FileError) -> String { try disk.linkTarget(path) }

    func newFolder(_ path: String) throws(FileError) -> any NewFolder { try disk.newFolder(path) }

    func syncDisk(of path: String) throws(FileError) { try disk.syncDisk(of: path) }

    func createDirectory(_ path: String) throws(FileError) { try disk.createDirectory(path) }

    func makePrivate(_ directory: String) throws(FileError) { try disk.makePrivate(directory) }

    var user: UInt32 { disk.user }

    func list(_ path: String) throws(FileError) -> [String] { try disk.list(path) }

    func lock(_ path: String) throws(FileError) -> any FileLock { try disk.lock(path) }

    func input(_ path: String) throws(FileError) -> any InputFile { try disk.input(path) }

    func output(
        _ path: String, existing: ExistingFile, access: FileAccess, inputs: [FileIdentity]
    ) throws(FileError) -> any OutputFile {
        try disk.output(path, existing: existing, access: access, inputs: inputs)
    }
}
