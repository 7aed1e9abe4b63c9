internal import Platform

/// Names of users and groups, as this machine's own files have them.
struct OwnerNames: Sendable {
    private let users: [UInt32: String]
    private let groups: [UInt32: String]

    init(_ files: any FileSystem) {
        users = Self.read("/etc/passwd", files)
        groups = Self.read("/etc/group", files)
    }

    func user(_ number: UInt32) -> String? { users[number] }
    func group(_ number: UInt32) -> String? { groups[number] }

    /// Lines of `name:password:number:…`.
    private static func read(_ path: String, _ files: any FileSystem) -> [UInt32: String] {
        guard let bytes = try? files.read(path, limit: 1 << 20) else { return [:] }
        var names: [UInt32: String] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(
                separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count > 2, let number = UInt32(String(decoding: fields[2], as: UTF8.self)),
                names[number] == nil
            else { continue }
            names[number] = String(decoding: fields[0], as: UTF8.self)
        }
        return names
    }
}
