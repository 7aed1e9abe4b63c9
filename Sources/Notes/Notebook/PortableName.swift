/// Names for notes and their files that any disk takes, each one once.
package struct PortableName {
    private var taken: Set<[UInt8]> = []

    package init() {}

    /// - Parameter ending: Such as `.md`; kept whole.
    package mutating func name(_ text: String, ending: String = "") -> String {
        let stem = Self.safe(text)
        var name = stem + ending
        var number = 2
        // Disks that do not tell capitals apart, nor accents written in two ways.
        while !taken.insert(Folding.fold(name)).inserted {
            name = "\(stem) (\(number))\(ending)"
            number += 1
        }
        return name
    }

    /// The same for a file name, whose ending stays at its end.
    package mutating func fileName(_ text: String) -> String {
        guard let dot = text.lastIndex(of: "."), dot != text.startIndex,
            text[dot...].utf8.count <= 16
        else { return name(text) }
        return name(String(text[..<dot]), ending: "." + Self.safe(String(text[dot...].dropFirst())))
    }

    private static let byteLimit = 100

    /// Without the signs that FAT and Windows refuse, and not hidden.
    private static func safe(_ text: String) -> String {
        var name = String(
            text.map { $0.isControl || "/\\:*?\"<>|".contains($0) ? "-" : $0 })
        while name.utf8.count > byteLimit { name.removeLast() }
        while let last = name.last, last == "." || last.isWhitespace { name.removeLast() }
        while let first = name.first, first == "." || first.isWhitespace { name.removeFirst() }
        let reserved = ["con", "prn", "aux", "nul"]
        return name.isEmpty || reserved.contains(name.lowercased()) ? "_" + name : name
    }
}
