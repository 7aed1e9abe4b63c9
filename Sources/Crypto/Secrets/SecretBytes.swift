internal import CSodium

/// Key material with one owner, in guarded memory that is zeroed when the owner ends.
///
/// `GuardedMemory` has guard pages and asks for `mlock`; the lock is best effort (past
/// `ulimit -l` it silently does not hold), so never promise that a secret cannot reach swap.
@safe package struct SecretBytes: ~Copyable, @unchecked Sendable {
    private let buffer: UnsafeMutableBufferPointer<UInt8>

    /// - Parameters:
    ///   - count: Length in bytes, at least 1.
    ///   - fill: Writes the secret in place, so that no ordinary copy ever exists.
    /// - Throws: Whatever `fill` throws; the memory is zeroed first.
    package init<E: Error>(
        count: Int, fill: (inout MutableSpan<UInt8>) throws(E) -> Void
    ) throws(E) {
        precondition(count > 0, "a secret has at least one byte")
        let base = unsafe GuardedMemory.take(count)
        let start = unsafe base.bindMemory(to: UInt8.self, capacity: count)
        let memory = unsafe UnsafeMutableBufferPointer(start: start, count: count)
        unsafe memory.initialize(repeating: 0)
        // From here on `deinit` owns the memory, also when `fill` throws.
        unsafe buffer = memory
        var span = unsafe memory.mutableSpan
        try fill(&span)
    }

    deinit {
        guard let start = unsafe buffer.baseAddress else { return }
        unsafe GuardedMemory.giveBack(start, buffer.count)
    }

    /// Fresh random bytes from the system.
    package static func random(count: Int) -> SecretBytes {
        SecretBytes(count: count) { span in SystemRandom.fill(&span) }
    }

    /// Moves bytes that had to arrive in ordinary memory into guarded memory, and zeroes them there.
    package init(draining bytes: inout [UInt8]) {
        self.init(copying: bytes.span)
        Zeroing.zero(&bytes)
        bytes = []
    }

    /// A guarded copy of `bytes` (at least 1); the caller answers for the original.
    package init(copying bytes: Span<UInt8>) {
        self.init(count: bytes.count) { span in
            for index in bytes.indices { span[index] = bytes[index] }
        }
    }

    package var count: Int { unsafe buffer.count }

    /// Lends the bytes for the length of `body`; a span cannot be kept.
    package borrowing func withBytes<R: ~Copyable, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try body(unsafe buffer.span)
    }

    /// A second guarded copy, for an owner with another lifetime.
    package borrowing func copy() -> SecretBytes {
        withBytes { SecretBytes(copying: $0) }
    }

    /// A guarded copy of the bytes in `range`, which must not be empty.
    package borrowing func slice(_ range: Range<Int>) -> SecretBytes {
        withBytes { SecretBytes(copying: $0.extracting(range)) }
    }

    /// Compares in time that depends on the lengths only.
    package borrowing func equals(_ other: borrowing SecretBytes) -> Bool {
        withBytes { mine in other.withBytes { theirs in constantTimeEqual(mine, theirs) } }
    }
}

/// A secret behind a reference, for lists and protocols: `Array` refuses noncopyable values.
package final class SharedSecret: Sendable {
    package let bytes: SecretBytes

    package init(_ bytes: consuming SecretBytes) { self.bytes = bytes }
}

/// Compares in time that depends on the lengths only.
package func constantTimeEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    guard left.count > 0 else { return true }
    return unsafe left.withUnsafeBufferPointer { a in
        unsafe right.withUnsafeBufferPointer { b in
            unsafe sodium_memcmp(a.baseAddress, b.baseAddress, a.count) == 0
        }
    }
}

/// Overwrites ordinary memory that held a secret, in a way the compiler cannot leave out.
package enum Zeroing {
    package static func zero(_ bytes: inout [UInt8]) {
        var span = bytes.mutableSpan
        zero(&span)
    }

    package static func zero(_ span: inout MutableSpan<UInt8>) {
        guard span.count > 0 else { return }
        unsafe span.withUnsafeMutableBufferPointer { buffer in
            unsafe sodium_memzero(buffer.baseAddress, buffer.count)
        }
    }
}
