internal import CPlatform

/// What a process may still do before it reads what strangers wrote; cannot be taken back.
package enum Fence {
    /// Raises a fence around this process: no new privileges, no execution, files and TCP ports
    /// only as named.
    ///
    /// - Parameters:
    ///   - readable: Files and folders; those that do not exist are left out.
    ///   - writable: A folder, or nil for none.
    ///   - ports: Of TCP connections; kernels since 6.7 keep to them.
    /// - Returns: The version of Landlock, 0 on a kernel without it.
    /// - Throws: The kernel's error number when it has Landlock and refuses.
    package static func raise(
        readable: [String], writable: String?, ports: [UInt16]
    ) throws(FileError) -> UInt32 {
        let list = readable.map { $0 + "\0" }.joined()
        let result = unsafe amparo_fence(list, writable, ports, ports.count)
        return UInt32(try check(result))
    }

    /// Limits memory, the size of any written file (both in bytes) and CPU time.
    package static func limit(memory: UInt64, file: UInt64, seconds: UInt32) {
        amparo_limit(memory, file, seconds)
    }
}
