internal import Primitives

/// The BLAKE2b-512 of a content, which is what the prehashed kind signs with plain Ed25519.
///
/// This is not RFC 8032's Ed25519ph, whose hash is SHA-512.
package struct Prehash: Hashable, Sendable {
    package static let byteCount = 64
    /// How much is asked for at a time: all the memory that hashing takes.
    package static let bufferByteCount = 128 * 1_024
    let bytes: [UInt8]

    /// Hashes a stream of any length.
    ///
    /// - Parameter pull: Fills as much of the buffer as it likes and says how many bytes; 0 at the
    ///   end.
    /// - Throws: Whatever `pull` throws.
    package init<E: Error>(pulling pull: (inout MutableSpan<UInt8>) throws(E) -> Int) throws(E) {
        var state = BLAKE2bState(count: Self.byteCount)
        var buffer = [UInt8](repeating: 0, count: Self.bufferByteCount)
        while true {
            var span = buffer.mutableSpan
            let count = try pull(&span)
            precondition((0...Self.bufferByteCount).contains(count), "more than was asked for")
            if count == 0 { break }
            state.update(buffer.span.extracting(0..<count))
        }
        bytes = state.finish()
    }

    /// Hashes what `content` lends, piece by piece.
    ///
    /// - Throws: Whatever `content` throws.
    package init<E: Error>(lentBy content: ((Span<UInt8>) -> Void) throws(E) -> Void) throws(E) {
        var state = BLAKE2bState(count: Self.byteCount)
        try content { state.update($0) }
        bytes = state.finish()
    }

    /// A hash that was computed elsewhere.
    ///
    /// - Precondition: 64 bytes.
    package init(sum: [UInt8]) {
        precondition(sum.count == Self.byteCount, "a BLAKE2b-512 has 64 bytes")
        bytes = sum
    }

    /// Hashes a content that is already in memory.
    package init(of content: Span<UInt8>) {
        bytes = BLAKE2b.hash(count: Self.byteCount, of: content)
    }
}
