internal import CPlatform
internal import Glibc
internal import Secrets
internal import Synchronization

/// A hidden folder beside its target that gets the target's name at the end.
///
/// Everything happens below one open directory, part by part, and no part may be a link: whatever
/// somebody puts in the way meanwhile, nothing is written outside. Its writer holds a lock on it; what a
/// crash leaves, the next one removes.
final class LinuxNewFolder: NewFolder {
    private let parent: Descriptor
    private let root: Descriptor
    private let target: String
    private let hidden: String
    /// The directory that was used last: most files come folder by folder.
    private let latest: Mutex<(name: [String], directory: Descriptor)>
    private let isCommitted = Mutex(false)

    init(_ path: String) throws(FileError) {
        try checkPath(path)
        target = Path.name(of: path)
        guard !target.isEmpty, target != ".", target != ".." else { throw .alreadyExists }
        parent = try Descriptor(opening: Path.directory(of: path), AMPARO_OPEN_DIRECTORY)
        hidden = HiddenDraft.name()
        try check(unsafe amparo_make_directory(parent.number, hidden, 0o700))
        do throws(FileError) {
            root = Descriptor(owning: try check(unsafe amparo_enter(parent.number, hidden)))
        } catch {
            _ = unsafe amparo_remove(parent.number, hidden, 1)
            throw error
        }
        latest = Mutex(([], root))
        HiddenDraft.hold(root)
        if let now = try? root.status().modified {
            HiddenDraft.removeLeftovers(in: parent, named: Path.directory(of: path), now: now)
        }
    }

    deinit {
        guard !isCommitted.withLock({ $0 }) else { return }
        _ = unsafe amparo_remove_tree(parent.number, hidden)
    }

    func createDirectory(_ name: [String]) throws(FileError) {
        _ = try directory(name)
    }

    func createFile(_ name: [String], isProgram: Bool) throws(FileError) -> any NewFile {
        let (directory, last) = try place(of: name)
        return LinuxNewFile(
            try Descriptor(
                opening: last, AMPARO_OPEN_NEW, mode: isProgram ? 0o700 : 0o600,
                in: directory.number))
    }

    func createLink(_ name: [String], to target: String) throws(FileError) {
        try checkPath(target)
        let (directory, last) = try place(of: name)
        try check(unsafe amparo_make_link(directory.number, target, last))
    }

    func createHardLink(_ name: [String], to existing: [String]) throws(FileError) {
        let (source, old) = try place(of: existing)
        let (directory, last) = try place(of: name)
        try check(unsafe amparo_make_hard_link(directory.number, last, source.number, old))
    }

    func names() throws(FileError) -> [String] {
        var names: UnsafeMutablePointer<CChar>?
        let count = try check(unsafe amparo_list_of(root.number, &names))
        defer { unsafe free(names) }
        return unsafe sortedNames(names, byteCount: count)
    }

    func commit(only: String?) throws(FileError) {
        try check(amparo_sync_disk(root.number))
        if let only {
            try check(unsafe amparo_move_new(root.number, only, parent.number, target))
            isCommitted.withLock { $0 = true }
            _ = unsafe amparo_remove_tree(parent.number, hidden)
        } else {
            try check(unsafe amparo_move_new(parent.number, hidden, parent.number, target))
            isCommitted.withLock { $0 = true }
        }
        try parent.sync()
    }

    private func place(of name: [String]) throws(FileError) -> (Descriptor, String) {
        guard let last = name.last else { throw .badPath }
        try Self.accept(part: last)
        return (try directory(name.dropLast()), last)
    }

    /// A directory of ours, created when it is not there.
    private func directory(_ name: some Collection<String>) throws(FileError) -> Descriptor {
        let name = Array(name)
        let known = latest.withLock { $0 }
        if known.name == name { return known.directory }
        var found = root
        for part in name {
            try Self.accept(part: part)
            let made = unsafe amparo_make_directory(found.number, part, 0o700)
            if made != -EEXIST { try check(made) }
            found = Descriptor(owning: try check(unsafe amparo_enter(found.number, part)))
        }
        latest.withLock { [found] in $0 = (name, found) }
        return found
    }

    /// A second fence: names were judged before they came here.
    private static func accept(part: String) throws(FileError) {
        guard !part.isEmpty, part != ".", part != "..", !part.utf8.contains(UInt8(ascii: "/")),
            !part.utf8.contains(0)
        else { throw .badPath }
    }
}

private final class LinuxNewFile: NewFile {
    private let file: Descriptor

    init(_ file: Descriptor) { self.file = file }

    func write(_ bytes: Span<UInt8>) throws(StreamError) { try file.stream.write(bytes) }

    func setModified(_ time: Instant) throws(FileError) {
        try check(amparo_set_time(file.number, time.milliseconds / 1_000))
    }
}
