internal import Platform

/// Runs of chunks at the front of an input that are worked on where they lie.
struct LentRuns<Failure: Error>: Sendable {
    let count: Int
    let lend: @Sendable (Int, (Span<UInt8>) -> Void) throws(Failure) -> Void
    /// Before the rest is read.
    let skip: @Sendable () throws(Failure) -> Void
}

extension LentRuns<StreamError> {
    /// - Parameter byteCount: Of a run.
    /// - Returns: nil where there is less than two: something must be left to be read, as only the
    ///   end of the input says which chunk is the last.
    init?(of input: any ByteInput, byteCount: Int) {
        guard let input = input as? any LendingInput else { return nil }
        let count = (input.lendableByteCount - 1) / byteCount
        guard count >= 2 else { return nil }
        self.init(
            count: count,
            lend: { (run, use) throws(StreamError) in
                try input.lend(run * byteCount..<(run + 1) * byteCount, to: use)
            },
            skip: { () throws(StreamError) in try input.skip(count * byteCount) })
    }
}
