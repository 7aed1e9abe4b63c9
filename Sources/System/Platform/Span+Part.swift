internal import CPlatform

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

extension MutableSpan<UInt8> {
    /// Copies all of `bytes` to where `start` counts.
    package mutating func copy(_ bytes: Span<UInt8>, to start: Int) {
        withPart(start..<start + bytes.count) { part in
            unsafe part.withUnsafeMutableBytes { out in
                unsafe bytes.withUnsafeBytes { unsafe out.copyMemory(from: $0) }
            }
        }
    }
}

extension [UInt8] {
    /// Appends the bytes of a span, which is no sequence.
    package mutating func append(copying span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// Whether `needle` lies somewhere in these bytes; an empty one lies everywhere.
    package func contains(_ needle: Span<UInt8>) -> Bool {
        guard needle.count <= count else { return false }
        return unsafe withUnsafeBytes { bytes in
            unsafe needle.withUnsafeBytes { needle in
                guard let start = needle.baseAddress, let base = bytes.baseAddress else {
                    return true
                }
                return unsafe amparo_contains(base, bytes.count, start, needle.count) == 1
            }
        }
    }
}
