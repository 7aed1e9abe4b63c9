internal import CPlatform

/// Bytes from one thread to another, through a ring in memory: who reads turns a push into a pull.
@safe package final class Conduit: ByteInput, ByteOutput, @unchecked Sendable {
    // Guarded by the mutex inside.
    private let conduit: OpaquePointer

    package init(capacity: Int = 1 << 20) {
        guard let conduit = unsafe amparo_conduit_new(capacity) else {
            fatalError("cannot allocate \(capacity) bytes")
        }
        unsafe self.conduit = conduit
    }

    deinit { unsafe amparo_conduit_free(conduit) }

    /// Waits for room.
    ///
    /// - Throws: `.closed` once nobody reads any more.
    package func write(_ bytes: Span<UInt8>) throws(StreamError) {
        let result = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe amparo_conduit_write(conduit, buffer.baseAddress, buffer.count)
        }
        guard result == 0 else { throw .closed }
    }

    /// Waits for bytes; 0 after `end`.
    package func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        unsafe span.withUnsafeMutableBufferPointer { buffer in
            unsafe amparo_conduit_read(conduit, buffer.baseAddress, buffer.count)
        }
    }

    /// Nothing more will be written.
    package func end() { unsafe amparo_conduit_end(conduit) }

    /// Nobody will read any more.
    package func close() { unsafe amparo_conduit_close(conduit) }
}

/// A thread beside the caller's, for work that is fed through a `Conduit`.
@safe package final class Companion: @unchecked Sendable {
    // Used by the one owner, who joins once.
    private let thread: OpaquePointer

    /// - Throws: When the system has no more threads; `body` will not run.
    package init(_ body: @escaping @Sendable () -> Void) throws(FileError) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var started: OpaquePointer?
        let result = unsafe amparo_companion_start(
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
            }, work.toOpaque(), &started)
        guard result == 0, let started = unsafe started else {
            unsafe work.release()
            throw FileError(result: Int(result))
        }
        unsafe thread = started
    }

    /// Waits for its end. Once, and always.
    package func join() { unsafe amparo_companion_join(thread) }

    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
