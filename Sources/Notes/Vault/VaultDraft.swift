internal import Encoding
internal import Platform
internal import Secrets

/// A whole vault on its way to its name: written and closed under another one, then renamed.
///
/// Its writer holds a lock on it. A draft that nobody holds is what a crash left, and goes.
enum VaultDraft {
    enum Name {
        /// `vault.db.new`, in a home, where every name is ours.
        case fixed
        /// `NAME.` 16 hexadecimal digits `.new`: in somebody's folder a file may have any other.
        case random
    }

    /// Lets `make` fill and close an empty draft beside `path`, then gives it its name, which must
    /// be free.
    ///
    /// - Throws: `.alreadyExists`; `.busy` while another process makes the same vault.
    static func place<R>(
        at path: String, named: Name, _ files: any FileSystem,
        _ make: (String) throws(VaultError) -> R
    ) throws(VaultError) -> R {
        do throws(FileError) {
            guard try !files.exists(path) else { throw FileError.alreadyExists }
        } catch {
            throw VaultError(error)
        }
        return try place(at: path, named, files, make) { (draft) throws(FileError) in
            try files.rename(draft, toNew: path)
        }
    }

    /// The same in the place of the file that is there, and that nobody writes to meanwhile.
    static func replace<R>(
        _ path: String, _ files: any FileSystem, _ make: (String) throws(VaultError) -> R
    ) throws(VaultError) -> R {
        try place(at: path, .fixed, files, make) { (draft) throws(FileError) in
            try files.rename(draft, onto: path)
        }
    }

    private static func place<R>(
        at path: String, _ named: Name, _ files: any FileSystem,
        _ make: (String) throws(VaultError) -> R, rename: (String) throws(FileError) -> Void
    ) throws(VaultError) -> R {
        let (draft, lock) = try take(named, for: path, files)
        // Held until the draft has its name or is gone.
        defer { lock?.release() }
        do throws(VaultError) {
            let result = try make(draft)
            do throws(FileError) {
                try rename(draft)
                try files.syncDirectory(of: path)
            } catch {
                throw VaultError(error)
            }
            return result
        } catch {
            remove(draft, files)
            throw error
        }
    }

    private static let tryLimit = 16

    /// An empty draft, and its lock where the disk has such a thing.
    private static func take(
        _ named: Name, for path: String, _ files: any FileSystem
    ) throws(VaultError) -> (String, (any FileLock)?) {
        if named == .random { removeLeftovers(of: path, files) }
        for _ in 0..<tryLimit {
            let draft =
                switch named {
                case .fixed: path + ".new"
                case .random: "\(path).\(Hex.encode(SystemRandom().bytes(8))).new"
                }
            do throws(FileError) {
                let lock = try lock(draft, files)
                // Its former holder may have finished or failed between our opening and our lock.
                if let lock, !lock.isHeld(at: draft) { continue }
                if try isEmpty(draft, files) { return (draft, lock) }
                remove(draft, files)
            } catch .locked {
                guard named == .random else { throw .busy }
            } catch {
                throw VaultError(error)
            }
        }
        throw .busy
    }

    /// - Returns: nil on disks that know no locks; then the file was made all the same.
    private static func lock(
        _ draft: String, _ files: any FileSystem
    ) throws(FileError) -> (any FileLock)? {
        do throws(FileError) { return try files.lock(draft) } catch {
            guard case .system = error else { throw error }
            return nil
        }
    }

    private static func isEmpty(
        _ draft: String, _ files: any FileSystem
    ) throws(FileError) -> Bool {
        guard let status = try files.status(draft), status.kind == .regular else {
            throw .notRegular
        }
        let hasJournal = try files.exists(draft + "-journal")
        return status.byteCount == 0 && !hasJournal
    }

    private static func remove(_ draft: String, _ files: any FileSystem) {
        for name in [draft + "-journal", draft] { try? files.removeIfPresent(name) }
    }

    /// Drafts of this name that a crash left beside it.
    private static func removeLeftovers(of path: String, _ files: any FileSystem) {
        let folder = Path.directory(of: path)
        let name = Path.name(of: path) + "."
        guard let names = try? files.list(folder) else { return }
        for other in names where other.hasPrefix(name) && other.hasSuffix(".new") {
            let middle = other.dropFirst(name.count).dropLast(4)
            guard middle.utf8.count == 16, Hex.decode(middle) != nil else { continue }
            let leftover = Path.join(folder, other)
            guard let lock = try? files.lock(leftover), lock.isHeld(at: leftover) else { continue }
            remove(leftover, files)
        }
    }
}
