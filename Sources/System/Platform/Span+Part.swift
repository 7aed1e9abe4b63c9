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
