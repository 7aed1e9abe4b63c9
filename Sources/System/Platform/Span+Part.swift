extension MutableSpan<UInt8> {
    /// Lends the bytes of `range` for the length of `body`.
    package mutating func withPart<R, E: Error>(
        _ range: Range<Int>, _ body: (inout MutableSpan<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return try unsafe withUnsafeMutableBufferPointer { (buffer) throws(E) -> R in
            let part = unsafe UnsafeMutableBufferPointer(rebasing: buffer[range])
            var span = unsafe part.mutableSpan
            return try body(&span)
        }
    }
}

extension MutableSpan<UInt8> {
    /// Copies as many of `bytes` as there is room for, and says how many.
    package mutating func copyFront(of bytes: ArraySlice<UInt8>) -> Int {
        let copied = min(count, bytes.count)
        unsafe withUnsafeMutableBufferPointer { buffer in
            unsafe UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes.prefix(copied))
        }
        return copied
    }
}

extension [UInt8] {
    /// Appends the bytes of a span, which is no sequence.
    package mutating func append(copying span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
