internal import Platform
internal import Secrets
internal import Synchronization

/// Reads in turn, works side by side, writes in turn.
///
/// Every thread has its own two buffers and does all three: whoever holds the reading end fills its
/// buffer, works on it while the next one reads, and waits for its turn to write. Memory is the
/// number of threads times two buffers, whatever the length of the stream.
final class Pipeline<Cipher: ChunkCipher, InputFailure: Error>: Sendable {
    typealias Input = @Sendable (inout MutableSpan<UInt8>) throws(InputFailure) -> Int

    private enum End: Sendable { case more, end, failed(InputFailure) }

    /// A run of chunks as it was read.
    private struct Batch: Sendable {
        let ticket: UInt64
        let byteCount: Int
        let end: End

        var isLast: Bool { if case .end = end { true } else { false } }
    }

    private struct Reading: Sendable {
        var ticket: UInt64 = 0
        /// What was read beyond the last batch.
        var ahead: [UInt8] = []
        var isOver = false
    }

    private struct Writing: Sendable {
        var hasEnded = false
        var failure: PipelineError<InputFailure>?
    }

    private struct Buffers {
        var input: [UInt8]
        var output: [UInt8]

        init(chunks: Int) {
            input = [UInt8](repeating: 0, count: chunks * Cipher.inputByteCount + Cipher.lookAhead)
            output = [UInt8](repeating: 0, count: chunks * Cipher.outputByteCount)
        }

        /// One of the two held plaintext.
        mutating func zero() {
            Zeroing.zero(&input)
            Zeroing.zero(&output)
        }
    }

    private let input: Input
    private let output: any ByteOutput
    private let cipher: Cipher
    private let layout: PipelineLayout
    private let reading = Mutex(Reading())
    private let writing = Mutex(Writing())
    private let turnstile = Turnstile()
    private let isStopped = Atomic(false)

    init(
        _ cipher: Cipher, layout: PipelineLayout, from input: @escaping Input,
        to output: any ByteOutput
    ) {
        self.cipher = cipher
        self.layout = layout
        self.input = input
        self.output = output
    }

    func run() throws(PipelineError<InputFailure>) {
        // The first batch shows whether threads are worth starting.
        do {
            var buffers = Buffers(chunks: layout.chunksPerBatch)
            defer { buffers.zero() }
            step(&buffers.input, &buffers.output)
        }
        if !reading.withLock({ $0.isOver }) {
            Threads.run(layout.threads) { [self] _ in
                var buffers = Buffers(chunks: layout.chunksPerBatch)
                defer { buffers.zero() }
                while step(&buffers.input, &buffers.output) {}
            }
        }
        if let failure = writing.withLock({ $0.failure }) { throw failure }
    }

    /// - Returns: false when there was nothing left to read.
    @discardableResult
    private func step(_ bytes: inout [UInt8], _ result: inout [UInt8]) -> Bool {
        guard let batch = next(into: &bytes) else { return false }
        var out = result.mutableSpan
        let run = cipher.work(
            bytes.span.extracting(0..<batch.byteCount),
            from: batch.ticket * UInt64(layout.chunksPerBatch), isLast: batch.isLast, into: &out)
        turnstile.pass(batch.ticket) {
            writing.withLock { writing in
                writing.failure = writing.failure ?? write(run, of: batch, result, &writing)
                if writing.failure != nil { isStopped.store(true, ordering: .relaxed) }
            }
        }
        return true
    }

    private func next(into buffer: inout [UInt8]) -> Batch? {
        reading.withLock { reading in
            guard !reading.isOver, !isStopped.load(ordering: .relaxed) else { return nil }
            var span = buffer.mutableSpan
            var used = 0
            for byte in reading.ahead {
                span[used] = byte
                used += 1
            }
            var end = End.more
            do throws(InputFailure) {
                while used < span.count {
                    let count = try span.withPart(used..<span.count, input)
                    guard count > 0 else {
                        end = .end
                        break
                    }
                    used += count
                }
            } catch {
                // The chunks before the failure are as good as ever; the one that it cut is not.
                end = .failed(error)
                used -= used % Cipher.inputByteCount
            }
            if case .more = end {
                used -= Cipher.lookAhead
                reading.ahead = Array(buffer[used...])
            } else {
                reading.isOver = true
            }
            defer { reading.ticket += 1 }
            return Batch(ticket: reading.ticket, byteCount: used, end: end)
        }
    }

    private func write(
        _ run: Run, of batch: Batch, _ bytes: [UInt8], _ writing: inout Writing
    ) -> PipelineError<InputFailure>? {
        if writing.hasEnded, batch.byteCount > 0 { return .payload(.trailing) }
        do throws(StreamError) {
            if run.byteCount > 0 { try output.write(bytes.span.extracting(0..<run.byteCount)) }
        } catch {
            return .output(error)
        }
        if let failure = run.failure { return .payload(failure) }
        if run.endsPayload { writing.hasEnded = true }
        switch batch.end {
        case .more: return nil
        case .failed(let failure): return .input(failure)
        case .end: return writing.hasEnded ? nil : .payload(.truncated)
        }
    }
}
