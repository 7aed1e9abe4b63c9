internal import Platform

/// An input with some bytes read ahead, so that lines can be taken from it.
struct ByteBuffer: Sendable {
    private static let portion = 16_384

    private let input: any ByteInput
    private var bytes: [UInt8] = []
    private var position = 0
    private var hasEnded = false

    init(_ input: any ByteInput) { self.input = input }

    /// Bytes that are here already.
    private var ready: ArraySlice<UInt8> { bytes[position...] }

    /// Up to `count` bytes from the front, which stay; fewer only at the end.
    mutating func peek(_ count: Int) throws(StreamError) -> ArraySlice<UInt8> {
        while ready.count < count, try fill() {}
        return ready.prefix(count)
    }

    /// Fills the front of `span`; 0 only at the end.
    mutating func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        // Past the header the bytes go straight to their place.
        guard !ready.isEmpty else { return hasEnded ? 0 : try input.read(into: &span) }
        let count = span.copyFront(of: ready)
        position += count
        return count
    }

    /// The next line without its LF; nil at the end.
    ///
    /// - Parameter limit: Most bytes that a line may have.
    /// - Returns: More than `limit` bytes for a longer line, of which the rest is left.
    mutating func line(limit: Int) throws(StreamError) -> (bytes: ArraySlice<UInt8>, isEnded: Bool)?
    {
        var seen = 0
        while true {
            if let end = ready.dropFirst(seen).firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                return (bytes[position..<end], true)
            }
            seen = ready.count
            guard seen <= limit, try fill() else { break }
        }
        guard seen > 0 else { return nil }
        defer { position = bytes.endIndex }
        return (ready, false)
    }

    /// - Returns: false at the end.
    private mutating func fill() throws(StreamError) -> Bool {
        guard !hasEnded else { return false }
        if position > 0 {
            bytes.removeFirst(position)
            position = 0
        }
        var portion = [UInt8](repeating: 0, count: Self.portion)
        var span = portion.mutableSpan
        let count = try input.read(into: &span)
        bytes += portion.prefix(count)
        if count == 0 { hasEnded = true }
        return count > 0
    }
}
