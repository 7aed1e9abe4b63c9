internal import CSodium
internal import Synchronization

/// Where secrets lie: memory between guard pages that the system is asked not to swap out.
///
/// To take it and to give it back are ten system calls, and every core forgets its page tables: half
/// of the work of sealing a small file. So a little of what was given back is kept for the next
/// secret of the same length, zeroed, and guarded and locked as before. A `SecretBytes` has one owner,
/// whom the compiler knows: nobody holds on to what he gave back.
enum GuardedMemory {
    /// Pages that stay locked, of the 64 KiB that the meanest system allows a process.
    private static let limit = 12
    /// Longer ones are rare, and are one piece of work each.
    private static let byteLimit = 256

    @safe private struct Block: @unchecked Sendable {
        // Belongs to whoever holds the block: it is in the list or with one owner.
        let start: UnsafeMutableRawPointer
        let byteCount: Int
    }

    private static let kept = Mutex<[Block]>([])

    /// - Returns: `byteCount` bytes that end at a guard page; what is in them is not said.
    static func take(_ byteCount: Int) -> UnsafeMutableRawPointer {
        Sodium.ready
        let block = kept.withLock { kept in
            kept.lastIndex { $0.byteCount == byteCount }.map { kept.remove(at: $0) }
        }
        if let block { return unsafe block.start }
        guard let fresh = unsafe sodium_malloc(byteCount) else {
            fatalError("cannot allocate \(byteCount) guarded bytes")
        }
        return unsafe fresh
    }

    /// Zeroes it, as `sodium_free` does. Once, by its owner.
    static func giveBack(_ start: UnsafeMutableRawPointer, _ byteCount: Int) {
        guard byteCount <= byteLimit else { return unsafe sodium_free(start) }
        unsafe sodium_memzero(start, byteCount)
        let block = unsafe Block(start: start, byteCount: byteCount)
        let surplus: Block? = kept.withLock { kept in
            kept.append(block)
            return kept.count > limit ? kept.removeFirst() : nil
        }
        if let surplus { unsafe sodium_free(surplus.start) }
    }
}
