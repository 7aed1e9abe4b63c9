internal import CSodium
package import Secrets

/// BLAKE2b with 1–64 bytes of output and an optional key of 16–64 bytes.
///
/// Source: RFC 7693.
package enum BLAKE2b {
    /// The hash of `parts` end to end: `count` bytes.
    package static func hash(count: Int, _ parts: [UInt8]..., key: Span<UInt8> = Span()) -> [UInt8]
    {
        var state = BLAKE2bState(count: count, key: key)
        for part in parts { state.update(part.span) }
        return state.finish()
    }

    package static func hash(count: Int, of bytes: Span<UInt8>, key: Span<UInt8> = Span())
        -> [UInt8]
    {
        var state = BLAKE2bState(count: count, key: key)
        state.update(bytes)
        return state.finish()
    }

    /// A hash that is itself a secret, such as a key: guarded, `count` bytes.
    package static func secretHash(
        count: Int, of bytes: Span<UInt8>, key: Span<UInt8> = Span()
    ) -> SecretBytes {
        var state = BLAKE2bState(count: count, key: key)
        state.update(bytes)
        return SecretBytes(count: count) { span in state.finish(into: &span) }
    }
}

/// A BLAKE2b computation under way; its state is zeroed when it ends.
///
/// `crypto_generichash_state` is 64-byte aligned and does not import into Swift, hence raw memory.
@safe package struct BLAKE2bState: ~Copyable, @unchecked Sendable {
    private let state: UnsafeMutableRawPointer
    private let count: Int

    /// - Parameters:
    ///   - count: Output length in bytes, 1–64.
    ///   - key: Empty, or 16–64 bytes.
    package init(count: Int, key: Span<UInt8> = Span()) {
        Sodium.ready
        precondition((1...64).contains(count), "BLAKE2b gives 1 to 64 bytes")
        precondition(key.count <= 64, "BLAKE2b takes a key of at most 64 bytes")
        self.count = count
        unsafe state = UnsafeMutableRawPointer.allocate(
            byteCount: crypto_generichash_statebytes(), alignment: 64)
        let keyCount = key.count
        let address = unsafe OpaquePointer(state)
        _ = unsafe withAddress(of: key) { key in
            unsafe crypto_generichash_init(address, key, keyCount, count)
        }
    }

    deinit {
        unsafe sodium_memzero(state, crypto_generichash_statebytes())
        unsafe state.deallocate()
    }

    package mutating func update(_ bytes: Span<UInt8>) {
        let address = unsafe OpaquePointer(state)
        let byteCount = UInt64(bytes.count)
        _ = unsafe withAddress(of: bytes) { bytes in
            unsafe crypto_generichash_update(address, bytes, byteCount)
        }
    }

    /// Ends the computation; the state must not be updated afterwards.
    package mutating func finish() -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        var span = out.mutableSpan
        finish(into: &span)
        return out
    }

    package mutating func finish(into out: inout MutableSpan<UInt8>) {
        precondition(out.count == count)
        let address = unsafe OpaquePointer(state)
        let outCount = count
        _ = unsafe withAddress(of: &out) { out in
            unsafe crypto_generichash_final(address, out, outCount)
        }
    }
}
