/// Secret integers with one owner, in guarded memory that is zeroed when the owner ends.
///
/// The working memory of arithmetic on secrets; a finished key is `SecretBytes`.
@safe
package struct SecretBuffer<Element: FixedWidthInteger & BitwiseCopyable & Sendable>:
    ~Copyable, @unchecked Sendable
{
    private let buffer: UnsafeMutableBufferPointer<Element>

    /// - Parameter count: Number of elements, at least 1; all zero at first.
    package init(count: Int) {
        precondition(count > 0, "a secret has at least one element")
        // `GuardedMemory` ends the memory at a page's end: only a whole multiple of the element's
        // alignment begins aligned, which a whole number of elements always is.
        let byteCount = count * MemoryLayout<Element>.stride
        let base = unsafe GuardedMemory.take(byteCount)
        let start = unsafe base.bindMemory(to: Element.self, capacity: count)
        unsafe buffer = UnsafeMutableBufferPointer(start: start, count: count)
        unsafe buffer.initialize(repeating: 0)
    }

    deinit {
        guard let start = unsafe buffer.baseAddress else { return }
        unsafe GuardedMemory.giveBack(start, buffer.count * MemoryLayout<Element>.stride)
    }

    package var count: Int { unsafe buffer.count }

    /// Lends the elements for the length of `body`.
    package borrowing func withElements<R: ~Copyable, E: Error>(
        _ body: (Span<Element>) throws(E) -> R
    ) throws(E) -> R {
        try body(unsafe buffer.span)
    }

    /// Lends the elements for changing.
    package mutating func withMutableElements<R: ~Copyable, E: Error>(
        _ body: (inout MutableSpan<Element>) throws(E) -> R
    ) throws(E) -> R {
        var span = unsafe buffer.mutableSpan
        return try body(&span)
    }
}
