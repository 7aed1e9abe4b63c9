internal import CArchive
package import Platform

/// Reads a tar front to back, entry by entry.
@safe package final class TarReader {
    package struct Entry {
        package enum Kind { case file, folder, link, hardLink, other }

        package let kind: Kind
        package let name: String
        let target: String
        let mode: UInt32
        package let byteCount: Int
        let modified: Instant
        package let isSparse: Bool
    }

    private final class Source {
        let input: any ByteInput
        var hasFailed = false

        init(_ input: any ByteInput) { self.input = input }

        func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
            var span = unsafe buffer.mutableSpan
            do throws(StreamError) { return try input.read(into: &span) } catch {
                hasFailed = true
                return -1
            }
        }
    }

    private let reader: OpaquePointer
    private let source: Source

    package init(_ input: any ByteInput) {
        source = Source(input)
        let reader = unsafe amparo_tar_reader_new(
            { context, out, capacity in
                guard let context = unsafe context else { return -1 }
                let source = unsafe Unmanaged<Source>.fromOpaque(context).takeUnretainedValue()
                return unsafe source.read(
                    into: UnsafeMutableBufferPointer(start: out, count: capacity))
            }, Unmanaged.passUnretained(source).toOpaque())
        guard let reader = unsafe reader else { fatalError("libarchive cannot read tar") }
        unsafe self.reader = reader
    }

    deinit { unsafe amparo_tar_reader_free(reader) }

    /// - Returns: nil at the end.
    package func next() throws(BundleError) -> Entry? {
        var found = unsafe amparo_tar_entry()
        let result = unsafe amparo_tar_next(reader, &found)
        guard result >= 0 else { throw source.hasFailed ? .input : .malformed }
        guard result > 0 else { return nil }
        let kind: Entry.Kind =
            switch unsafe found.kind {
            case AMPARO_TAR_FILE: .file
            case AMPARO_TAR_DIRECTORY: .folder
            case AMPARO_TAR_LINK: .link
            case AMPARO_TAR_HARD_LINK: .hardLink
            default: .other
            }
        return unsafe Entry(
            kind: kind, name: String(cString: found.name),
            target: found.target.map { unsafe String(cString: $0) } ?? "", mode: found.mode,
            byteCount: Int(found.size), modified: Self.time(found.modified),
            isSparse: found.is_sparse != 0)
    }

    /// Hands on the bytes of the entry, piece by piece.
    ///
    /// - Returns: How many there were.
    func copy(to output: any ByteOutput) throws(BundleError) -> Int {
        var total = 0
        while true {
            var bytes: UnsafePointer<UInt8>?
            let count = unsafe amparo_tar_read(reader, &bytes)
            guard count >= 0 else { throw source.hasFailed ? .input : .malformed }
            guard count > 0 else { return total }
            total += count
            let span = unsafe UnsafeBufferPointer(start: bytes, count: count).span
            do { try output.write(span) } catch { throw .output(FileError(error)) }
        }
    }

    /// The next bytes of the entry; none at its end.
    package func piece() throws(BundleError) -> [UInt8] {
        var bytes: UnsafePointer<UInt8>?
        let count = unsafe amparo_tar_read(reader, &bytes)
        guard count >= 0 else { throw source.hasFailed ? .input : .malformed }
        return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// Reads what is left of the input, which may be zeros.
    func drain() throws(BundleError) {
        var piece = [UInt8](repeating: 0, count: 65_536)
        var span = piece.mutableSpan
        do throws(StreamError) {
            while try source.input.read(into: &span) > 0 {}
        } catch { throw .input }
    }

    /// Between 1970 and 2242, which every file system holds.
    private static func time(_ seconds: Int64) -> Instant {
        Instant(milliseconds: min(max(seconds, 0), 1 << 33) * 1_000)
    }
}
