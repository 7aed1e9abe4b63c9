internal import CArchive
internal import Platform

/// Turns members into tar, a little at a time: what is written waits until it is taken.
@safe final class TarWriter: @unchecked Sendable {
    // Used by one thread at a time: its owner holds a lock.
    private let writer: OpaquePointer

    init() {
        guard let writer = unsafe amparo_tar_writer_new() else {
            fatalError("libarchive cannot write tar")
        }
        unsafe self.writer = writer
    }

    deinit { unsafe amparo_tar_writer_free(writer) }

    /// Who owns a member, by number and name.
    struct Owner {
        var user: UInt32 = 0
        var group: UInt32 = 0
        var userName: String?
        var groupName: String?
    }

    /// - Returns: Whether pax can say that.
    func begin(
        _ name: String, _ kind: amparo_tar_kind, byteCount: Int, isProgram: Bool,
        modified: Instant, target: String?, owner: Owner
    ) -> Bool {
        var entry = unsafe amparo_tar_entry()
        unsafe entry.kind = kind
        // One of two modes: the others say more about this machine than about the file.
        let isOpen = isProgram || kind == AMPARO_TAR_DIRECTORY
        unsafe entry.mode = kind == AMPARO_TAR_LINK ? 0o777 : isOpen ? 0o755 : 0o644
        unsafe entry.size = Int64(byteCount)
        unsafe entry.modified = modified.milliseconds / 1_000
        unsafe entry.owner = owner.user
        unsafe entry.group = owner.group
        return unsafe name.withCString { name in
            unsafe Self.withCString(target) { target in
                unsafe Self.withCString(owner.userName) { user in
                    unsafe Self.withCString(owner.groupName) { group in
                        unsafe entry.name = name
                        unsafe entry.target = target
                        unsafe entry.owner_name = user
                        unsafe entry.group_name = group
                        return unsafe amparo_tar_write_entry(writer, &entry) == 0
                    }
                }
            }
        }
    }

    func write(_ bytes: Span<UInt8>) {
        let result = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe amparo_tar_write_bytes(writer, buffer.baseAddress, buffer.count)
        }
        precondition(result == 0, "a member gets no more bytes than announced")
    }

    func end() { unsafe amparo_tar_write_end(writer) }

    /// Bytes that wait to be taken.
    var waiting: Int { unsafe amparo_tar_waiting(writer) }

    func take(into span: inout MutableSpan<UInt8>) -> Int {
        unsafe span.withUnsafeMutableBufferPointer { buffer in
            unsafe amparo_tar_take(writer, buffer.baseAddress, buffer.count)
        }
    }

    private static func withCString<R>(
        _ text: String?, _ body: (UnsafePointer<CChar>?) -> R
    ) -> R {
        guard let text else { return body(nil) }
        return unsafe text.withCString { unsafe body($0) }
    }
}
