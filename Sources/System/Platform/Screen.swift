internal import CPlatform
internal import Glibc

/// A terminal that one program has to itself, key by key, until it closes it.
package protocol Screen: AnyObject {
    /// Columns and rows now.
    var size: (columns: Int, rows: Int) { get }

    /// Waits for the person.
    func next(within limit: Duration) -> ScreenEvent

    func write(_ bytes: Span<UInt8>) throws(TerminalError)

    /// Gives the terminal back as it was. Nothing comes after this.
    func close()
}

package enum ScreenEvent: Hashable, Sendable {
    /// What was typed, as it came.
    case typed([UInt8])
    /// Nothing was.
    case quiet
    /// Everything is to be drawn again: the size changed, or somebody else used the terminal.
    case resized
    /// A signal asked the program to end.
    case interrupted
    /// The terminal is gone.
    case gone
}

package final class LinuxScreen: Screen {
    private let descriptor: Int32
    private var isOpen = true

    /// - Throws: `.unavailable` without a controlling terminal.
    package init() throws(TerminalError) {
        let result = amparo_screen_open()
        guard result >= 0 else {
            throw [-ENXIO, -ENOENT, -ENODEV, -ENOTTY, -EACCES].contains(result)
                ? .unavailable : .failed(code: -result)
        }
        descriptor = result
    }

    deinit { close() }

    package var size: (columns: Int, rows: Int) {
        let columns = amparo_terminal_width(descriptor)
        let rows = amparo_terminal_height(descriptor)
        // A serial line does not know its size.
        return (columns > 0 ? Int(columns) : 80, rows > 0 ? Int(rows) : 24)
    }

    package func next(within limit: Duration) -> ScreenEvent {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe amparo_screen_read(
                descriptor, base, buffer.count, limit.wholeMilliseconds)
        }
        switch Int32(truncatingIfNeeded: count) {
        case 0: return .quiet
        case -ESTALE: return .resized
        case -EINTR: return .interrupted
        case ..<0: return .gone
        default:
            bytes.removeLast(bytes.count - count)
            return .typed(bytes)
        }
    }

    package func write(_ bytes: Span<UInt8>) throws(TerminalError) {
        do throws(StreamError) { try DescriptorStream(descriptor).write(bytes) } catch {
            switch error {
            case .closed: throw .endOfInput
            case .interrupted: throw .interrupted
            case .failed(let code): throw code == EIO ? .endOfInput : .failed(code: code)
            }
        }
    }

    package func close() {
        guard isOpen else { return }
        isOpen = false
        amparo_screen_close(descriptor)
    }
}
