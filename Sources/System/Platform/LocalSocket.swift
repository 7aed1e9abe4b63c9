internal import CPlatform
internal import Glibc

/// A socket for other programs of the same user, by its place in a folder.
package final class LocalListener: Sendable {
    package let descriptor: Int32

    /// Takes the place of a socket that is left of a process that is gone: the caller holds a lock.
    package init(folder: String, name: String) throws(FileError) {
        descriptor = unsafe try check(amparo_socket_listen(folder, name))
    }

    deinit { close(descriptor) }

    /// The next program that waits; nil when none does any more.
    ///
    /// - Parameter limit: For each later read and write.
    package func accept(limit: Duration) -> LocalConnection? {
        let accepted = amparo_socket_accept(descriptor, limit.wholeMilliseconds)
        return accepted < 0 ? nil : LocalConnection(accepted)
    }
}

/// One end of a conversation with another program of this machine.
package final class LocalConnection: ByteInput, ByteOutput {
    private let stream: DescriptorStream

    fileprivate init(_ descriptor: Int32) { stream = DescriptorStream(descriptor) }

    deinit { close(stream.descriptor) }

    /// - Throws: `.notFound` when there is no socket, `.system(ECONNREFUSED)` when nobody listens.
    package static func connect(folder: String, name: String, limit: Duration)
        throws(FileError) -> LocalConnection
    {
        LocalConnection(
            unsafe try check(amparo_socket_connect(folder, name, limit.wholeMilliseconds)))
    }

    /// Whether the other end runs as this user.
    package var isSameUser: Bool {
        amparo_socket_peer(stream.descriptor) == Int64(amparo_user())
    }

    package func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        try stream.read(into: &span)
    }

    package func write(_ bytes: Span<UInt8>) throws(StreamError) { try stream.write(bytes) }
}

/// Wakes a loop that waits, from any thread.
package final class WakeSignal: Sendable {
    package let descriptor: Int32

    package init() throws(FileError) { descriptor = try check(amparo_event_new()) }

    deinit { close(descriptor) }

    package func raise() { amparo_event_raise(descriptor) }

    package func clear() { amparo_event_clear(descriptor) }
}

package enum Waiting {
    /// Which of `descriptors` (at most 32) can be read, after at most `limit`; none when the time
    /// is over or a signal came. A negative descriptor is never ready.
    package static func forReadable(_ descriptors: [Int32], limit: Duration) -> [Bool] {
        let bits = unsafe descriptors.withUnsafeBufferPointer { buffer in
            unsafe amparo_wait_readable(
                buffer.baseAddress, UInt32(buffer.count), limit.wholeMilliseconds)
        }
        return descriptors.indices.map { bits & (1 << UInt32($0)) != 0 }
    }
}

extension Threads {
    /// Runs `body` on a thread of its own, which nobody waits for and signals do not reach.
    ///
    /// - Returns: false when the system gives no more threads.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let task = unsafe Unmanaged.passRetained(DetachedTask(body)).toOpaque()
        let result = unsafe amparo_thread_start(
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<DetachedTask>.fromOpaque(context).takeRetainedValue().body()
            }, task)
        if result < 0 { unsafe Unmanaged<DetachedTask>.fromOpaque(task).release() }
        return result >= 0
    }
}

private final class DetachedTask: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
