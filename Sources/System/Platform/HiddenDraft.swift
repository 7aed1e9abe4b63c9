internal import CPlatform
internal import Secrets

/// The hidden names under which outputs are made that have none yet, files and folders alike.
///
/// Whoever makes one holds a lock on it. What nobody holds was left by a crash, and may be readable
/// text: the next output that is made in this way in the same directory removes it.
package enum HiddenDraft {
    private static let prefix = ".amparo-"
    private static let suffix = ".part"
    private static let digitCount = 16

    static func name() -> String {
        let digits = SystemRandom().bytes(digitCount / 2).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        return prefix + digits.joined() + suffix
    }

    package static func isName(_ name: String) -> Bool {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return false }
        let digits = name.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
        return digits.utf8.count == digitCount
            && digits.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }

    /// A disk without locks keeps its leftovers: they cannot be told from a draft.
    static func hold(_ draft: Descriptor) { _ = amparo_lock(draft.number) }

    /// Removes what crashes left. A draft that was made a moment ago may not be locked yet, so
    /// only those of an earlier minute go.
    static func removeLeftovers(in directory: Descriptor, named path: String, now: Instant) {
        guard let names = try? LinuxFileSystem().list(path) else { return }
        for name in names where isName(name) {
            guard
                let draft = try? Descriptor(
                    opening: name, AMPARO_OPEN_READ, in: directory.number),
                let status = try? draft.status(),
                status.kind == .regular || status.kind == .directory,
                status.owner == LinuxFileSystem().user, now - status.modified > .seconds(60),
                amparo_lock(draft.number) == 0
            else { continue }
            _ =
                status.kind == .directory
                ? unsafe amparo_remove_tree(directory.number, name)
                : unsafe amparo_remove(directory.number, name, 0)
        }
    }
}
