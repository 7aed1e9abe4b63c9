package import Platform

/// Why files could not be packed, or a bundle not unpacked.
package enum BundleError: Error, Hashable, Sendable {
    /// What a bundle may not hold: it would reach outside its folder, or surprise whoever opens it.
    package enum Danger: Hashable, Sendable {
        case absolutePath, parentPath, leavingLink, special, privileged, repeated, sparse
        case badName, tooDeep, tooMany
    }

    /// Not the tar that it claims to be.
    case malformed
    case refused(Danger)
    /// Something else is where the folder would go, or the disk failed.
    case output(FileError)
    /// The bytes of the bundle could not be had; whoever gave them knows why.
    case input
    /// A file to pack, by the path that leads to it.
    case unreadable(String, FileError)
    /// It was written to while it was read.
    case changed(String)
    /// A name that is not UTF-8, or longer than the format holds.
    case unusableName(String)
    /// Two of the things to pack have this name.
    case twice(String)
}
