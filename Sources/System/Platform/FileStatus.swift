internal import CPlatform
internal import Glibc

/// What a name stands for.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case regular, directory, link, pipe, device, disk, socket
    }

    package let kind: Kind
    package let byteCount: Int
    /// The nine permission bits and the three above them.
    package let mode: UInt32
    package let owner: UInt32
    package let group: UInt32
    package let modified: Instant
    package let identity: FileIdentity

    package init(
        kind: Kind, byteCount: Int, mode: UInt32, owner: UInt32, group: UInt32 = 0,
        modified: Instant, identity: FileIdentity
    ) {
        self.kind = kind
        self.byteCount = byteCount
        self.mode = mode
        self.owner = owner
        self.group = group
        self.modified = modified
        self.identity = identity
    }
}

/// One file, whatever its names: hard links, bind mounts and links to it share this.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64

    package init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}

extension FileStatus {
    init(_ found: amparo_status) {
        kind =
            switch found.mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            case S_IFBLK: .disk
            case S_IFSOCK: .socket
            default: .device
            }
        byteCount = Int(clamping: found.size)
        mode = found.mode & 0o7777
        owner = found.owner
        group = found.group
        modified = Instant(milliseconds: found.modified_ms)
        identity = FileIdentity(device: found.device, inode: found.inode)
    }
}
