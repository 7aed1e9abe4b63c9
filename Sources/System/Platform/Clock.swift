internal import Glibc

/// The machine's time, passed in so that tests can set it.
package protocol SystemClock: Sendable {
    /// Wall-clock time; may jump when somebody sets it.
    var now: Instant { get }
    /// Time since the machine started, sleep included; never jumps.
    var boot: Duration { get }
    /// Names the current run of the machine: `boot` of two runs cannot be compared.
    /// Empty when the system does not say.
    var bootID: [UInt8] { get }
    /// `now` and `boot` of one moment.
    var reading: (now: Instant, boot: Duration) { get }
    /// How many seconds of this clock pass in one of the machine's, in practice, where a night takes
    /// a minute; nil for the machine's own time.
    var pace: Int? { get }
    /// The machine's own time.
    var machine: any SystemClock { get }
}

extension SystemClock {
    package var reading: (now: Instant, boot: Duration) { (now, boot) }
    package var pace: Int? { nil }
    package var machine: any SystemClock { self }
}

package struct LinuxClock: SystemClock {
    package init() {}

    package var now: Instant {
        let (seconds, nanoseconds) = Self.read(CLOCK_REALTIME)
        return Instant(milliseconds: seconds * 1_000 + nanoseconds / 1_000_000)
    }

    package var boot: Duration {
        let (seconds, nanoseconds) = Self.read(CLOCK_BOOTTIME)
        return .seconds(seconds) + .nanoseconds(nanoseconds)
    }

    /// The 36 characters of the kernel's UUID as bytes.
    package var bootID: [UInt8] {
        let descriptor = unsafe open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 36)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        }
        return count == 36 ? bytes : []
    }

    private static func read(_ clock: clockid_t) -> (seconds: Int64, nanoseconds: Int64) {
        var time = timespec()
        // Fails only for a clock the kernel does not have; both are in every kernel since 2.6.39.
        unsafe clock_gettime(clock, &time)
        return (Int64(time.tv_sec), Int64(time.tv_nsec))
    }
}
