package import Platform

/// Why a payload is not the one that was sealed.
package enum PayloadError: Error, Hashable, Sendable {
    /// Ends without a final chunk.
    case truncated
    /// A chunk was changed, moved, or sealed under another key.
    case notAuthentic(chunk: UInt64)
    /// Something follows the final chunk.
    case trailing
    /// A final chunk without bytes after a full one: another spelling of the same text.
    case emptyFinalChunk
}

/// Why a stream could not be sealed or opened to its end.
package enum PipelineError<InputFailure: Error>: Error {
    case input(InputFailure)
    case output(StreamError)
    case payload(PayloadError)
}
