internal import Encoding
package import Platform
package import Secrets

/// Random bytes by use, each from a tape of its own: with the same tapes and the same visible
/// acts, hidden use and none must write the same.
package struct VaultRandom: Sendable {
    /// How much chaff a commit has.
    let count: any RandomSource
    /// The order of rows.
    let order: any RandomSource
    /// Nonces, and boxes and labels of chaff.
    let boxes: any RandomSource
    /// Keys, and names of commits, records, blobs and devices.
    let names: any RandomSource

    package init(
        count: any RandomSource, order: any RandomSource, boxes: any RandomSource,
        names: any RandomSource
    ) {
        self.count = count
        self.order = order
        self.boxes = boxes
        self.names = names
    }

    package init(_ source: any RandomSource = SystemRandom()) {
        self.init(count: source, order: source, boxes: source, names: source)
    }
}

/// What a vault needs of the world around it.
package struct VaultContext: Sendable {
    package let files: any FileSystem
    package let clock: any SystemClock
    package let random: VaultRandom
    /// Folder of this device's own facts: its name, and what the vault looked like last.
    package let stateFolder: String
    /// 32 bytes beside the passphrase, on this machine.
    package let pepper: SharedSecret?
    /// Asked for on top of the usual chaff, in each commit: what hidden records and blobs need.
    package let roomByteCount: Int

    /// More is not chaff any more, and is sealed in memory.
    package static let roomLimit = 256 << 20

    package init(
        files: any FileSystem, clock: any SystemClock, random: VaultRandom = VaultRandom(),
        stateFolder: String, pepper: SharedSecret? = nil, roomByteCount: Int = 0
    ) {
        precondition((0...Self.roomLimit).contains(roomByteCount), "room is bounded")
        self.files = files
        self.clock = clock
        self.random = random
        self.stateFolder = stateFolder
        self.pepper = pepper
        self.roomByteCount = roomByteCount
    }

    /// This device's name: drawn once, kept in `state/device` as 32 hexadecimal digits.
    ///
    /// Where it cannot be kept, a name for this run; nothing will be written then either.
    func device() -> ID16 {
        let path = Path.join(stateFolder, "device")
        if let bytes = try? files.read(path, limit: 64),
            let text = String(validating: bytes, as: UTF8.self),
            let id = Hex.decode(text.prefix(32)).flatMap({ ID16($0) }), text.dropFirst(32) == "\n"
        {
            return id
        }
        let fresh = ID16(random: random.names)
        try? files.createDirectories(stateFolder)
        try? files.replace(path, with: Array("\(fresh)\n".utf8))
        return fresh
    }

    /// Bytes of memory that could be used without swapping; nil where the system does not say.
    func availableMemory() -> Int? {
        guard let bytes = try? files.read("/proc/meminfo", limit: 65_536),
            let text = String(validating: bytes, as: UTF8.self),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return kibibytes.multipliedReportingOverflow(by: 1_024).partialValue
    }
}
