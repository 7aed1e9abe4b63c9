internal import CPlatform
internal import Glibc
internal import Secrets

/// Why bytes could not pass through an open stream.
package enum StreamError: Error, Hashable, Sendable {
    /// Nobody reads at the other end any more.
    case closed
    /// A signal came while waiting; `Interrupts.isRaised` is true.
    case interrupted
    case failed(code: Int32)
}

/// Bytes that come in, in order, once.
package protocol ByteInput: Sendable {
    /// - Returns: How many bytes were written to the front of `span`; 0 only at the end (or for an
    ///   empty span).
    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int
}

/// Bytes that go out, in order.
package protocol ByteOutput: Sendable {
    /// Returns when every byte is with the system.
    func write(_ bytes: Span<UInt8>) throws(StreamError)
}

extension ByteOutput {
    package func write(_ text: String) throws(StreamError) {
        try write(Array(text.utf8).span)
    }
}

extension ByteInput {
    /// Everything up to the end. What may be a secret leaves nothing in memory but the result.
    ///
    /// - Returns: nil when there is more than `limit` bytes.
    package func readAll(limit: Int) throws(StreamError) -> [UInt8]? {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        defer { Zeroing.zero(&piece) }
        while true {
            var span = piece.mutableSpan
            let count = try read(into: &span)
            if count == 0 { return all }
            guard count <= limit - all.count else {
                Zeroing.zero(&all)
                return nil
            }
            if all.count + count > all.capacity {
                // Grown by hand: an array that grows by itself leaves its old bytes behind.
                var larger: [UInt8] = []
                larger.reserveCapacity(max(2 * all.capacity, all.count + count))
                larger.append(contentsOf: all)
                Zeroing.zero(&all)
                all = larger
            }
            all.append(contentsOf: piece[..<count])
        }
    }
}

/// A file descriptor that somebody else opened and will close.
package struct DescriptorStream: ByteInput, ByteOutput {
    package let descriptor: Int32

    package init(_ descriptor: Int32) { self.descriptor = descriptor }

    package static let standardInput = DescriptorStream(0)
    package static let standardOutput = DescriptorStream(1)
    package static let standardError = DescriptorStream(2)

    /// Asks the system to hold more between the ends of a pipe, so that they wake each other less
    /// often. Nothing else is changed by it.
    package func widen() { amparo_widen_pipe(descriptor) }

    package func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        guard span.count > 0 else { return 0 }
        while true {
            let count = unsafe span.withUnsafeMutableBufferPointer { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count >= 0 { return count }
            let code = errno
            guard code == EINTR else { throw .failed(code: code) }
            if Interrupts.isRaised { throw .interrupted }
        }
    }

    package func write(_ bytes: Span<UInt8>) throws(StreamError) {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.extracting(start...).withUnsafeBufferPointer { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count >= 0 {
                start += count
                continue
            }
            let code = errno
            if code == EPIPE { throw .closed }
            guard code == EINTR else { throw .failed(code: code) }
            if Interrupts.isRaised { throw .interrupted }
        }
    }
}
