internal import CPlatform

/// State that threads share, and a place to wait for the others to change it.
@safe package final class Monitor<State: Sendable>: @unchecked Sendable {
    // The lock guards the state: both are touched between enter and leave only.
    private let monitor: OpaquePointer
    private var state: State

    package init(_ state: State) {
        guard let monitor = unsafe amparo_monitor_new() else {
            fatalError("cannot allocate a monitor")
        }
        unsafe self.monitor = monitor
        self.state = state
    }

    deinit { unsafe amparo_monitor_free(monitor) }

    /// Runs `body` alone, and lets whoever waits look again.
    package func change<R>(_ body: (inout State) -> R) -> R {
        unsafe amparo_monitor_enter(monitor)
        defer {
            unsafe amparo_monitor_wake(monitor)
            unsafe amparo_monitor_leave(monitor)
        }
        return body(&state)
    }

    /// Runs `body` alone, and again after each change, until it returns something. What it changes
    /// itself wakes nobody: it takes, and only who gives is waited for.
    package func take<R>(_ body: (inout State) -> R?) -> R {
        unsafe amparo_monitor_enter(monitor)
        defer { unsafe amparo_monitor_leave(monitor) }
        while true {
            if let result = body(&state) { return result }
            unsafe amparo_monitor_wait(monitor)
        }
    }
}
