internal import CPlatform
internal import Synchronization

/// Threads that we start, for work that blocks or fills a core.
package enum Threads {
    /// Cores that this process may use.
    package static var coreCount: Int { Int(amparo_cores()) }

    /// Runs `body` with 0..<`count` at the same time and returns when all have ended.
    ///
    /// After an interrupt, blocked reads and writes in them end with `.interrupted`. Fewer run when
    /// the system gives no more threads: the bodies must share their work, not split it.
    ///
    /// - Precondition: 1...64.
    package static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        precondition((1...64).contains(count))
        // Escaping, though it ends before we return: for `withoutActuallyEscaping` the compiler keeps
        // the length of this file's full path, and the released bytes would tell the folder.
        let work = Work(body: body)
        unsafe amparo_parallel(
            UInt32(count),
            { context, index in
                guard let context = unsafe context else { return }
                let work = unsafe Unmanaged<Work>.fromOpaque(context).takeUnretainedValue()
                work.body(Int(index))
            },
            Unmanaged.passUnretained(work).toOpaque())
        withExtendedLifetime(work) {}
    }

    private final class Work: Sendable {
        let body: @Sendable (Int) -> Void

        init(body: @escaping @Sendable (Int) -> Void) { self.body = body }
    }
}

/// Something that is not for two threads at once, lent to one after the other.
///
/// Whoever hands it over must not use it beside this.
package final class Guarded<Value>: @unchecked Sendable {
    // Reached only under the mutex.
    private let value: Value
    private let mutex = Mutex(())

    package init(_ value: Value) { self.value = value }

    package func withLock<R: Sendable, E: Error>(
        _ body: (Value) throws(E) -> R
    ) throws(E) -> R {
        try mutex.withLock { (_) throws(E) -> R in try body(value) }
    }
}
