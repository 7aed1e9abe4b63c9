import Platform
import Synchronization

/// A clock that moves only when a test moves it.
package final class ManualClock: SystemClock {
    private struct State {
        var now: Instant
        var boot: Duration
        var bootID: [UInt8]
    }
    private let state: Mutex<State>

    package init(
        now: Instant = Instant(milliseconds: 1_760_000_000_000), boot: Duration = .seconds(100),
        bootID: [UInt8] = Array("11111111-2222-4333-8444-555555555555".utf8)
    ) {
        state = Mutex(State(now: now, boot: boot, bootID: bootID))
    }

    package var now: Instant { state.withLock { $0.now } }
    package var boot: Duration { state.withLock { $0.boot } }
    package var bootID: [UInt8] { state.withLock { $0.bootID } }

    /// Time passes, asleep or awake.
    package func advance(by duration: Duration) {
        state.withLock {
            $0.now = $0.now + duration
            $0.boot += duration
        }
    }

    /// Somebody sets the wall clock; the machine does not notice.
    package func set(now: Instant) { state.withLock { $0.now = now } }

    /// The machine starts again.
    package func reboot(bootID: [UInt8]) {
        state.withLock {
            $0.boot = .zero
            $0.bootID = bootID
        }
    }
}
