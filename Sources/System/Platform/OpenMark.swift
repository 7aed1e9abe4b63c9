internal import CPlatform
internal import Glibc

/// A file that says, to the kernel alone, which processes hold something open: here the vault, in the
/// windows of `amparo shell` and of the menu, whose keys no other program can reach.
package enum OpenMark {
    /// This process is one of them until it ends. Where it cannot be said, nobody will ask it to close.
    package static func set(_ path: String) { _ = unsafe amparo_mark(path) }

    /// Asks all other processes to hang up, as if their windows had been closed.
    ///
    /// - Returns: How many did.
    /// - Throws: `.system(ETIME)` when one is still there after `limit`.
    package static func hangUpOthers(_ path: String, limit: Duration) throws(FileError) -> Int {
        Int(unsafe try check(amparo_hang_up_others(path, limit.wholeMilliseconds)))
    }
}
