internal import CPlatform
internal import Secrets
internal import Synchronization

/// An output beside its target that gets the target's name at the end.
///
/// Where the file system can, the draft has no name at all (O_TMPFILE), so that not even a
/// `kill -9` leaves it behind. Elsewhere (vfat, some overlays and network disks) it is a hidden
/// file, removed unless it was committed; its writer holds a lock on it, and the next output in
/// the same directory removes those that nobody holds. Everything happens relative to one open directory: a
/// directory renamed or replaced meanwhile cannot lead the output astray.
final class LinuxOutputFile: OutputFile {
    private let directory: Descriptor
    private let file: Descriptor
    private let name: String
    private let existing: ExistingFile
    /// The draft's own name while it has one.
    private let draft: Mutex<String?>

    init(
        _ path: String, existing: ExistingFile, access: FileAccess,
        _ drafts: LinuxFileSystem.Drafts
    ) throws(FileError) {
        try checkPath(path)
        name = Path.name(of: path)
        guard !name.isEmpty, name != ".", name != "..", path.utf8.last != UInt8(ascii: "/") else {
            throw .isDirectory
        }
        self.existing = existing
        directory = try Descriptor(opening: Path.directory(of: path), AMPARO_OPEN_DIRECTORY)
        if drafts == .standard, let anonymous = try Self.anonymous(in: directory, access) {
            file = anonymous
            draft = Mutex(nil)
        } else {
            let hidden = HiddenDraft.name()
            file = try Descriptor(
                opening: hidden, AMPARO_OPEN_NEW, mode: access.mode, in: directory.number)
            HiddenDraft.hold(file)
            draft = Mutex(hidden)
            if let now = try? file.status().modified {
                HiddenDraft.removeLeftovers(
                    in: directory, named: Path.directory(of: path), now: now)
            }
        }
    }

    deinit {
        if let left = draft.withLock({ $0 }) {
            _ = unsafe amparo_remove(directory.number, left, 0)
        }
    }

    func write(_ bytes: Span<UInt8>) throws(StreamError) { try file.stream.write(bytes) }

    func commit() throws(FileError) {
        try file.sync()
        try publish()
        try directory.sync()
    }

    func reread() throws(FileError) -> any ByteInput {
        try file.sync()
        return Rereading(file)
    }

    func publish() throws(FileError) {
        try draft.withLock { (draft) throws(FileError) in
            switch (draft, existing) {
            case (nil, .refuse):
                try check(unsafe amparo_name_anonymous(file.number, directory.number, name))
            case (nil, .replace):
                // A link cannot take a name that is in use, so the draft needs one of its own.
                let hidden = HiddenDraft.name()
                try check(unsafe amparo_name_anonymous(file.number, directory.number, hidden))
                draft = hidden
                try check(unsafe amparo_rename(directory.number, hidden, name))
            case (let hidden?, .refuse):
                try check(unsafe amparo_rename_new(directory.number, hidden, name))
            case (let hidden?, .replace):
                try check(unsafe amparo_rename(directory.number, hidden, name))
            }
            draft = nil
        }
    }

    /// - Returns: nil where the file system or a missing /proc asks for a named draft.
    private static func anonymous(
        in directory: Descriptor, _ access: FileAccess
    ) throws(FileError) -> Descriptor? {
        do throws(FileError) {
            let file = try Descriptor(
                opening: ".", AMPARO_OPEN_ANONYMOUS, mode: access.mode, in: directory.number)
            return amparo_can_name_anonymous(file.number) == 1 ? file : nil
        } catch {
            switch error {
            // Kernels and file systems without O_TMPFILE answer in different ways.
            case .isDirectory, .notFound, .system: return nil
            default: throw error
            }
        }
    }
}

/// An open file from its beginning, wherever others are in it.
final class Rereading: ByteInput {
    private let file: Descriptor
    private let place = Mutex<Int64>(0)

    init(_ file: Descriptor) { self.file = file }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        let start = place.withLock { $0 }
        let result = unsafe span.withUnsafeMutableBufferPointer { buffer in
            unsafe amparo_read_at(file.number, buffer.baseAddress, buffer.count, start)
        }
        do throws(FileError) {
            let count = try check(result)
            place.withLock { $0 += Int64(count) }
            return count
        } catch { throw error.asStreamError }
    }
}
