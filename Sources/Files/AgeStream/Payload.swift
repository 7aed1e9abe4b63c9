package import Platform
package import Secrets

/// How many threads share the work, and how much each takes at a time.
package struct PipelineLayout: Hashable, Sendable {
    package let threads: Int
    package let chunksPerBatch: Int

    /// - Precondition: 1...64 threads, at least 1 chunk.
    package init(threads: Int, chunksPerBatch: Int) {
        precondition((1...64).contains(threads) && chunksPerBatch > 0)
        self.threads = threads
        self.chunksPerBatch = chunksPerBatch
    }

    /// Buffers in all: one for each thread, and two for runs that wait for an older one.
    var slots: Int { threads + 2 }

    /// As many threads as cores: with more, one that the system puts aside holds the others up, which
    /// costs a tenth. Two where there is one core, so that it works while the disk does. Batches of
    /// 1 MiB: reading that much at once from memory takes a tenth less than four times 256 KiB. At
    /// most 10 × 2 MiB of memory.
    package static let standard = PipelineLayout(
        threads: max(2, min(Threads.coreCount, 8)), chunksPerBatch: 16)
}

/// The body of an age file under its payload key. Has never heard of a header.
///
/// Source: age-encryption.org/v1, "Payload".
package enum Payload {
    package static let keyByteCount = 32

    /// Bytes that `byteCount` bytes of text become.
    package static func sealedByteCount(_ byteCount: Int) -> Int {
        let chunks = max(1, (byteCount + Chunk.plainByteCount - 1) / Chunk.plainByteCount)
        return byteCount + chunks * (Chunk.sealedByteCount - Chunk.plainByteCount)
    }

    /// Bytes of text in a payload; nil for a length that no payload has.
    package static func plainByteCount(_ byteCount: Int) -> Int? {
        guard byteCount > 0 else { return nil }
        let chunks = (byteCount - 1) / Chunk.sealedByteCount + 1
        let plain = byteCount - chunks * (Chunk.sealedByteCount - Chunk.plainByteCount)
        return plain >= 0 && sealedByteCount(plain) == byteCount ? plain : nil
    }

    /// Reads to the end of `input`.
    package static func seal<Failure: Error>(
        key: SharedSecret, to output: any ByteOutput, layout: PipelineLayout = .standard,
        from input: @escaping @Sendable (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(PipelineError<Failure>) {
        precondition(key.bytes.count == keyByteCount)
        try Pipeline(SealingCipher(key: key), layout: layout, from: input, to: output).run()
    }

    /// Reads to the end of `input`; a long one that lends its bytes is not copied.
    ///
    /// Opening copies always: between being authenticated and being deciphered, bytes that are lent
    /// could become others.
    package static func seal(
        key: SharedSecret, to output: any ByteOutput, layout: PipelineLayout = .standard,
        from input: any ByteInput
    ) throws(PipelineError<StreamError>) {
        precondition(key.bytes.count == keyByteCount)
        try Pipeline(
            SealingCipher(key: key), layout: layout,
            from: { (span) throws(StreamError) in try input.read(into: &span) },
            lent: LentRuns(of: input, byteCount: layout.chunksPerBatch * Chunk.plainByteCount),
            to: output
        ).run()
    }

    /// Reads to the end of `input`, or to the first failure.
    ///
    /// Every byte written is authentic and in its place, but only when this returns is the text
    /// whole: the caller keeps it from its user until then.
    package static func open<Failure: Error>(
        key: SharedSecret, to output: any ByteOutput, layout: PipelineLayout = .standard,
        from input: @escaping @Sendable (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(PipelineError<Failure>) {
        precondition(key.bytes.count == keyByteCount)
        try Pipeline(OpeningCipher(key: key), layout: layout, from: input, to: output).run()
    }
}
