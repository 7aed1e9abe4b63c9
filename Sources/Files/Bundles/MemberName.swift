/// Where something lies in a bundle: one part for each folder on the way, and its own name.
package struct MemberName: Hashable, Sendable {
    package let parts: [String]

    package var isTop: Bool { parts.count == 1 }

    /// Reads a name from a tar: relative, without `..`. `./` in front and a slash at the end are how
    /// some programs write folders.
    ///
    /// - Returns: nil for the folder itself, `./`.
    package init?(parsing text: String) throws(BundleError) {
        guard !text.utf8.contains(0), !text.unicodeScalars.contains("\u{FFFD}") else {
            throw .refused(.badName)
        }
        guard text.utf8.first != UInt8(ascii: "/") else { throw .refused(.absolutePath) }
        guard text.utf8.count <= BundleLimits.pathByteCount else { throw .refused(.badName) }
        let parts = text.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" }
            .filter { $0 != "." }
        guard !parts.contains("..") else { throw .refused(.parentPath) }
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= BundleLimits.nameByteCount })
        else { throw .refused(.badName) }
        guard parts.count <= BundleLimits.depth else { throw .refused(.tooDeep) }
        guard !parts.isEmpty else {
            guard !text.isEmpty else { throw .refused(.badName) }
            return nil
        }
        self.parts = parts
    }

    /// Whether a symbolic link here may point to `target`.
    ///
    /// It stays within the bundle's topmost folder, which may come out under another name. Upward
    /// steps stand only in front; names after them lead down, perhaps through other links for which
    /// the same holds: so no chain of links leaves.
    package func mayPoint(to target: String) -> Bool {
        guard !target.isEmpty, target.utf8.first != UInt8(ascii: "/"), !target.utf8.contains(0),
            !target.unicodeScalars.contains("\u{FFFD}"),
            target.utf8.count <= BundleLimits.pathByteCount
        else { return false }
        let steps = target.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? ".." }
            .filter { $0 != "." }
        let upward = steps.prefix { $0 == ".." }.count
        return upward <= max(parts.count - 2, 0) && !steps.dropFirst(upward).contains("..")
    }
}
