/// A folder that is whole or absent; when its last owner ends without `commit`, nothing is left.
///
/// Names are given part by part, relative to it. Folders in between are created, and a link among
/// them is never followed.
package protocol NewFolder: AnyObject, Sendable {
    /// Mode 0700; one that is there already stays.
    func createDirectory(_ name: [String]) throws(FileError)

    /// Mode 0600, or 0700 for a program.
    ///
    /// - Throws: `.alreadyExists`: nothing is written over.
    func createFile(_ name: [String], isProgram: Bool) throws(FileError) -> any NewFile

    /// A symbolic link; the caller has judged where it points.
    func createLink(_ name: [String], to target: String) throws(FileError)

    /// Another name for a regular file of this folder.
    func createHardLink(_ name: [String], to existing: [String]) throws(FileError)

    /// Names directly in it, sorted.
    func names() throws(FileError) -> [String]

    /// Syncs everything and moves it to its place. Once.
    ///
    /// - Parameter only: A name in it, moved instead of the folder around it.
    func commit(only: String?) throws(FileError)
}

/// A file of a new folder; closed when its last owner ends.
package protocol NewFile: ByteOutput {
    func setModified(_ time: Instant) throws(FileError)
}
