internal import CommandLineKit
internal import Platform
internal import Wording

/// Names of files as people type them, and as a shell would have read them.
struct MenuPath {
    private let files: any FileSystem
    private let personal: String?

    init(_ world: World) {
        files = world.files
        personal = world.environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    /// What is meant by `typed`: `~`, and the quotation marks that file managers put around what is
    /// dropped into a terminal.
    func meant(_ typed: String) -> String {
        var text = typed
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        if let first = text.first, first == "'" || first == "\"",
            let words = ShellWords.split(text), words.count == 1
        {
            text = words[0]
        }
        if text.hasPrefix("file:///") { text = String(text.dropFirst(7)) }
        guard let personal, text == "~" || text.hasPrefix("~/") else { return text }
        return personal + text.dropFirst()
    }

    /// What `typed` may be the beginning of; folders end with a slash.
    func completions(_ typed: String, foldersOnly: Bool) -> [String] {
        let slash = typed.lastIndex(of: "/").map { typed.index(after: $0) }
        let folder = slash.map { String(typed[..<$0]) } ?? ""
        let start = slash.map { String(typed[$0...]) } ?? typed
        let real = meant(folder)
        let names = (try? files.list(real.isEmpty ? "." : real)) ?? []
        return names.filter { name in
            // Hidden files are offered to whoever begins with a point.
            name.hasPrefix(start) && (start.hasPrefix(".") || !name.hasPrefix("."))
        }.sorted().compactMap { name in
            let path = real.isEmpty ? name : Path.join(real, name)
            let isFolder = (try? files.status(path))??.kind == .directory
            guard isFolder || !foldersOnly else { return nil }
            return folder + name + (isFolder ? "/" : "")
        }
    }
}

/// A command line as a shell takes it back.
enum ShellQuoting {
    static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
                || "-_./:=@%+,".unicodeScalars.contains($0)
        }
        guard word.isEmpty || !isPlain else { return word }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
