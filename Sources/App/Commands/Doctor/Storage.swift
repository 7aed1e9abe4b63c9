/// What lies below a folder or a swap area: encrypted, in memory, or in the open.
struct Storage {
    enum Protection { case encrypted, memory, open, unknown }

    private let machine: Machine

    init(_ machine: Machine) { self.machine = machine }

    /// How the bytes of `folder` lie on their disk.
    func protection(of folder: String) -> Protection {
        var best: Mount?
        // A later mount hides an earlier one at the same place.
        for mount in mounts where mount.holds(folder) && mount.point.count >= best?.point.count ?? 0
        {
            best = mount
        }
        guard let best else { return .unknown }
        switch best.type {
        case "tmpfs", "ramfs": return .memory
        case "ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs": return .encrypted
        case "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "vfat", "exfat", "ntfs3", "jfs",
            "bcachefs":
            return protection(ofDevice: best.number, source: best.source)
        // Of ZFS, overlays and disks in the network these files tell too little.
        default: return .unknown
        }
    }

    /// A swap area as `/proc/swaps` names it: a device, or a file on some disk.
    func protection(ofSwap path: String, isFile: Bool) -> Protection {
        guard !isFile else { return protection(of: path) }
        let name = Self.lastPart(path)
        return name.hasPrefix("zram") ? .memory : protection(ofBlock: "/sys/class/block/" + name)
    }

    private func protection(ofDevice number: String, source: String) -> Protection {
        let block = "/sys/dev/block/" + number
        // btrfs invents a number of its own; its source still names the device.
        if machine.status(block) != nil { return protection(ofBlock: block) }
        let name = Self.lastPart(source)
        guard source.hasPrefix("/dev/") else { return .unknown }
        guard source.hasPrefix("/dev/mapper/") else {
            return protection(ofBlock: "/sys/class/block/" + name)
        }
        let mapped = machine.names("/sys/class/block").first { block in
            machine.lines("/sys/class/block/\(block)/dm/name").first.map(String.init) == name
        }
        return mapped.map { protection(ofBlock: "/sys/class/block/" + $0) } ?? .unknown
    }

    /// A device-mapper table may lie on others: LVM on LUKS is as closed as LUKS.
    private func protection(ofBlock block: String, depth: Int = 0) -> Protection {
        guard machine.status(block) != nil, depth < 8 else { return .unknown }
        // Source: cryptsetup names its devices' UUIDs `CRYPT-LUKS2-…`, `CRYPT-PLAIN-…`.
        if machine.lines(block + "/dm/uuid").first?.hasPrefix("CRYPT-") == true {
            return .encrypted
        }
        let below = machine.names(block + "/slaves")
        guard !below.isEmpty else { return .open }
        let all = below.map { protection(ofBlock: block + "/slaves/" + $0, depth: depth + 1) }
        if all.contains(where: { $0 == .open }) { return .open }
        return all.contains { $0 == .unknown } ? .unknown : .encrypted
    }

    /// Source: proc(5), /proc/pid/mountinfo.
    private struct Mount {
        /// `major:minor`.
        let number: String
        let point: String
        let type: String
        let source: String

        init?(_ line: Substring) {
            let fields = line.split(separator: " ", omittingEmptySubsequences: false)
            guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 2 else {
                return nil
            }
            number = String(fields[2])
            point = Self.unescaped(fields[4])
            type = String(fields[dash + 1])
            source = Self.unescaped(fields[dash + 2])
        }

        func holds(_ path: String) -> Bool {
            point == "/" || path == point || path.hasPrefix(point + "/")
        }

        /// Space, tab, newline and backslash come as `\040` and so on.
        private static func unescaped(_ field: Substring) -> String {
            var bytes: [UInt8] = []
            var rest = Array(field.utf8)[...]
            while let byte = rest.popFirst() {
                let digits = rest.prefix(3)
                if byte == UInt8(ascii: "\\"), digits.count == 3,
                    let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
                {
                    bytes.append(value)
                    rest = rest.dropFirst(3)
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private var mounts: [Mount] { machine.lines("/proc/self/mountinfo").compactMap(Mount.init) }

    private static func lastPart(_ path: String) -> String {
        String(path.split(separator: "/").last ?? "")
    }
}
