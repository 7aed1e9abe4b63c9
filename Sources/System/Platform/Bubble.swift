internal import CPlatform
internal import Glibc

/// A program of the user's choice edits one text where nothing that it writes reaches a disk:
/// namespaces of its own, every file system read-only, memory in place of the folders that programs
/// write to.
package protocol Bubble: AnyObject {
    /// What has happened in it, if anything did within `limit`.
    func next(within limit: Duration) -> BubbleEvent?

    /// Asks the program to end; `ended` follows.
    func askToEnd()

    /// Gives the terminal back, and ends what still runs. Nothing comes after this.
    func close()
}

package enum BubbleEvent: Hashable, Sendable {
    case opened
    /// The system does not allow it; nothing was started.
    case refused(BubbleRefusal)
    /// The text as it was saved now.
    case saved([UInt8])
    /// It was saved with more than a text can have.
    case tooLong
    /// The program is gone, and left this text; nil where there is none.
    case ended(BubbleEnd, text: [UInt8]?)
    /// A signal asks us to end.
    case interrupted
}

package enum BubbleEnd: Hashable, Sendable {
    case exit(code: Int32)
    case signal(Int32)
}

/// Which step of closing the room failed, and the system's error number.
package struct BubbleRefusal: Error, Hashable, Sendable {
    package let step: Int
    package let code: Int32

    package init(step: Int, code: Int32) {
        self.step = step
        self.code = code
    }
}

/// What is edited, and with what.
package struct BubbleOrder: Sendable {
    /// As a shell reads it: `vim`, or `vim -R`.
    package let command: String
    /// The name of the file that the program sees.
    package let name: String
    package let text: [UInt8]
    /// Nothing else of the environment gets in.
    package let environment: [String: String]

    package init(command: String, name: String, text: [UInt8], environment: [String: String]) {
        self.command = command
        self.name = name
        self.text = text
        self.environment = environment
    }
}

package final class LinuxBubble: Bubble {
    private var pid: pid_t = 0
    private var to: Int32 = -1
    private var from: Int32 = -1

    /// - Throws: `BubbleRefusal` of step 0 when nothing could be started.
    package init(_ order: BubbleOrder) throws(BubbleRefusal) {
        guard let own = ChildProcess.ownPath else { throw BubbleRefusal(step: 0, code: ENOENT) }
        let environment = order.environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
        let result = unsafe Self.withStrings(environment) { environment in
            unsafe order.text.withUnsafeBufferPointer { text in
                unsafe amparo_bubble_start(
                    own, order.command, order.name, environment, text.baseAddress, text.count,
                    &pid, &to, &from)
            }
        }
        guard result == 0 else { throw BubbleRefusal(step: 0, code: -result) }
    }

    deinit { close() }

    private static func withStrings<R>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
    ) -> R {
        var pointers: [UnsafePointer<CChar>?] = unsafe strings.map {
            unsafe UnsafePointer(strdup($0))
        }
        unsafe pointers.append(nil)
        defer {
            for place in strings.indices {
                unsafe free(UnsafeMutablePointer(mutating: pointers[place]))
            }
        }
        return unsafe pointers.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("at least one") }
            return unsafe body(base)
        }
    }

    package func next(within limit: Duration) -> BubbleEvent? {
        guard from >= 0 else { return .ended(.signal(SIGKILL), text: nil) }
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let letter = unsafe amparo_bubble_read(from, limit.wholeMilliseconds, &bytes, &count)
        let buffer = unsafe UnsafeMutableBufferPointer(start: bytes, count: count)
        defer {
            unsafe buffer.update(repeating: 0)
            unsafe free(bytes)
        }
        return event(letter, unsafe Array(buffer))
    }

    private func event(_ letter: Int32, _ bytes: [UInt8]) -> BubbleEvent? {
        func number(_ start: Int) -> Int32 {
            Int32(bitPattern: bytes.dropFirst(start).prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        }
        switch letter {
        case 0: return nil
        case -EINTR: return .interrupted
        case 0x52: return .opened  // R
        case 0x45: return .refused(BubbleRefusal(step: Int(number(0)), code: number(4)))  // E
        case 0x53: return .saved(bytes)  // S
        case 0x4C: return .tooLong  // L
        case 0x58:  // X
            let status = number(0)
            let end: BubbleEnd =
                status & 0x7F == 0 ? .exit(code: status >> 8 & 0xFF) : .signal(status & 0x7F)
            return .ended(
                end, text: bytes.dropFirst(4).first == 1 ? Array(bytes.dropFirst(5)) : nil)
        default: return .ended(.signal(SIGKILL), text: nil)
        }
    }

    package func askToEnd() {
        guard to >= 0 else { return }
        Glibc.close(to)
        to = -1
    }

    package func close() {
        guard from >= 0 else { return }
        amparo_bubble_end(pid, to, from)
        from = -1
        to = -1
    }

    /// What `amparo __bubble` does, before this process is hardened: an ordinary user could not
    /// write its maps after.
    ///
    /// - Returns: The status to exit with.
    package static func inside(command: String, name: String) -> Int32 {
        unsafe amparo_bubble_main(command, name)
    }
}
