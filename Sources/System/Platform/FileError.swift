internal import Glibc

/// Why a file operation failed. The caller knows the path, and whether its user may see it.
package enum FileError: Error, Hashable, Sendable {
    case notFound
    case alreadyExists
    case isDirectory
    /// A part of the path is a file, or a directory was asked for and something else is there.
    case notDirectory
    /// A device, FIFO or socket where only a regular file makes sense, or a link in its place.
    case notRegular
    case accessDenied
    case readOnly
    /// The disk or the quota is full.
    case noSpace
    /// Larger than the reader was ready to hold.
    case tooLarge(limit: Int)
    /// Input and output are one file, perhaps under two names.
    case sameFile
    /// Another process holds the lock.
    case locked
    /// The reader of a pipe has gone.
    case closedPipe
    /// Too long, or with a zero byte inside.
    case badPath
    case notEmpty
    /// A signal came while waiting; `Interrupts.isRaised` is true.
    case interrupted
    /// Anything else, as the system's error number.
    case system(Int32)

    /// - Parameter result: A negative result of a C function, −errno.
    init(result: Int) {
        let number = Int32(truncatingIfNeeded: -result)
        self =
            switch number {
            case ENOENT: .notFound
            case EEXIST: .alreadyExists
            case EISDIR: .isDirectory
            case ENOTDIR: .notDirectory
            // ELOOP: a link where none may be; ENXIO: a socket, or a FIFO that nobody reads.
            case ELOOP, ENXIO: .notRegular
            case EACCES, EPERM: .accessDenied
            case EROFS: .readOnly
            case ENOSPC, EDQUOT: .noSpace
            case EWOULDBLOCK: .locked
            case EPIPE: .closedPipe
            case EINTR: .interrupted
            case ENAMETOOLONG: .badPath
            case ENOTEMPTY: .notEmpty
            default: .system(number)
            }
    }
}

extension FileError {
    /// What the failure of an open stream means for the file behind it.
    package init(_ error: StreamError) {
        self =
            switch error {
            case .closed: .closedPipe
            case .interrupted: .interrupted
            case .failed(let code): FileError(result: -Int(code))
            }
    }

    /// The same fact for a stream, for memory versions and wrappers.
    package var asStreamError: StreamError {
        switch self {
        case .closedPipe: .closed
        case .interrupted: .interrupted
        case .noSpace: .failed(code: ENOSPC)
        case .isDirectory: .failed(code: EISDIR)
        case .system(let code): .failed(code: code)
        default: .failed(code: EIO)
        }
    }
}

/// Turns the C convention into Swift's.
@discardableResult
func check(_ result: Int) throws(FileError) -> Int {
    guard result >= 0 else { throw FileError(result: result) }
    return result
}

@discardableResult
func check(_ result: Int32) throws(FileError) -> Int32 {
    guard result >= 0 else { throw FileError(result: Int(result)) }
    return result
}
