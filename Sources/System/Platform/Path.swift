/// Paths as text; nothing here looks at the disk.
package enum Path {
    /// The directory that holds `path`: `.` for a bare name, `/` for the root.
    package static func directory(of path: String) -> String {
        let bytes = trimmed(path)
        guard let slash = bytes.lastIndex(of: separator) else { return bytes.isEmpty ? "/" : "." }
        let parent = trimmed(bytes[..<slash])
        return parent.isEmpty ? "/" : String(decoding: parent, as: UTF8.self)
    }

    /// The last part; empty for the root.
    package static func name(of path: String) -> String {
        let bytes = trimmed(path)
        let start = bytes.lastIndex(of: separator).map { $0 + 1 } ?? bytes.startIndex
        return String(decoding: bytes[start...], as: UTF8.self)
    }

    package static func join(_ directory: String, _ name: String) -> String {
        directory.utf8.last == separator ? directory + name : directory + "/" + name
    }

    private static let separator = UInt8(ascii: "/")

    /// Without slashes at the end.
    private static func trimmed(_ path: String) -> ArraySlice<UInt8> {
        trimmed(Array(path.utf8)[...])
    }

    private static func trimmed(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        path.lastIndex { $0 != separator }.map { path[...$0] }
            ?? path[path.startIndex..<path.startIndex]
    }
}
