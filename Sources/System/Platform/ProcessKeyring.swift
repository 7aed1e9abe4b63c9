package import Secrets
internal import Synchronization

/// Sessions that live in this process alone: nothing else can ask for them, and they end with it.
package final class ProcessKeyring: SessionKeyring {
    private struct Kept {
        let secret: SharedSecret
        let lifetime: Duration
        var until: Duration
    }

    private let clock: any SystemClock
    private let kept = Mutex<[String: Kept]>([:])

    package init(clock: any SystemClock) { self.clock = clock }

    package func store(
        _ secret: borrowing SecretBytes, as description: String, for lifetime: Duration
    ) throws(SessionKeyringError) {
        let shared = SharedSecret(secret.copy())
        let until = clock.boot + lifetime
        kept.withLock {
            $0[description] = Kept(secret: shared, lifetime: lifetime, until: until)
        }
    }

    package func fetch(_ description: String) throws(SessionKeyringError) -> SecretBytes? {
        let now = clock.boot
        return kept.withLock { kept in
            guard let found = kept[description], now < found.until else {
                kept[description] = nil
                return nil
            }
            kept[description]?.until = now + found.lifetime
            return found.secret.bytes.copy()
        }
    }

    package func revoke(_ description: String) throws(SessionKeyringError) -> Bool {
        kept.withLock { $0.removeValue(forKey: description) } != nil
    }

    /// Drops what nobody used in time.
    package func dropExpired() {
        let now = clock.boot
        kept.withLock { kept in kept = kept.filter { now < $0.value.until } }
    }

    /// Drops it also while whoever uses this waits at a prompt, until `body` has ended.
    package func dropping<R>(_ body: () throws -> R) rethrows -> R {
        // Without a thread it is dropped when the next line is typed.
        guard let over = try? WakeSignal(),
            let thread = try? Companion({
                // A second is as exact as ten minutes need to be.
                while Waiting.forReadable([over.descriptor], limit: .seconds(1)) != [true] {
                    self.dropExpired()
                }
            })
        else { return try body() }
        defer {
            over.raise()
            thread.join()
        }
        return try body()
    }
}
