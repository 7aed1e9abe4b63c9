package import AgeFormat
package import AgeStream
package import Platform

/// Why a file could not be sealed or opened. The first five and `.unsupportedVersion` inside
/// `.header` are the classes in which the public test vectors think.
package enum AgeError: Error, Hashable, Sendable {
    case header(FormatError)
    case armor(ArmorError)
    case payload(PayloadError)
    /// No key (or not this passphrase) opens the file.
    case noMatch
    /// A key opens the file, but its header was changed.
    case headerNotAuthentic
    case input(StreamError)
    case output(StreamError)
    /// A recipient to which nothing can be sealed: its point lies in a small subgroup.
    case unusableRecipient
    /// Post-quantum recipients together with others: the file would be no safer than the weakest.
    case mixedRecipients
    /// scrypt could not get its 2^log2N KiB.
    case outOfMemory(log2N: Int)

    init(_ error: SourceError) {
        self =
            switch error {
            case .stream(let error): .input(error)
            case .armor(let error): .armor(error)
            }
    }

    init(_ error: PipelineError<SourceError>) {
        self =
            switch error {
            case .input(let error): AgeError(error)
            case .output(let error): .output(error)
            case .payload(let error): .payload(error)
            }
    }

    init(_ error: PipelineError<StreamError>) {
        self =
            switch error {
            case .input(let error): .input(error)
            case .output(let error): .output(error)
            case .payload(let error): .payload(error)
            }
    }
}

/// Why bytes of an age file could not be had.
enum SourceError: Error {
    case stream(StreamError)
    case armor(ArmorError)
}
