internal import Secrets

/// What a primitive can refuse.
package enum PrimitiveError: Error, Hashable {
    /// A box, MAC or signature does not belong to this key and text.
    case notAuthentic
    /// The other side's point lies in a small subgroup: the shared secret would be zero.
    case lowOrderPoint
    /// The key derivation could not get the memory that it was asked to spend.
    case outOfMemory
}

/// One byte that lives as long as the process: libsodium's pointers are nonnull while an empty
/// span has no address. Never read, never written: every call passes a count of zero beside it.
nonisolated(unsafe) private let emptyAddress = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

/// Lends the address of a span to C; also of an empty one.
func withAddress<R>(of span: Span<UInt8>, _ body: (UnsafePointer<UInt8>) -> R) -> R {
    unsafe span.withUnsafeBufferPointer { buffer in
        unsafe body(buffer.baseAddress ?? UnsafePointer(emptyAddress))
    }
}

/// Lends the address of a writable span to C; also of an empty one.
func withAddress<R>(
    of span: inout MutableSpan<UInt8>, _ body: (UnsafeMutablePointer<UInt8>) -> R
) -> R {
    unsafe span.withUnsafeMutableBufferPointer { buffer in
        unsafe body(buffer.baseAddress ?? emptyAddress)
    }
}
