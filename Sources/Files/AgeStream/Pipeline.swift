internal import Platform
internal import Secrets
internal import Synchronization

/// Reads in order, works side by side, writes in order.
///
/// Every thread does whatever is next: write the oldest run that is done, else read one and work on
/// it at once, while its bytes are in the cache. Nobody waits for a thread that the system has put
/// aside as long as a buffer is free. Memory is the number of buffers, whatever the length of the
/// stream; they are made when they are needed, and a short text never gets as far as threads.
final class Pipeline<Cipher: ChunkCipher, InputFailure: Error>: Sendable {
    typealias Input = @Sendable (inout MutableSpan<UInt8>) throws(InputFailure) -> Int

    private enum End: Sendable { case more, end, failed(InputFailure) }

    /// A run of chunks as it was read.
    private struct Batch: Sendable {
        let ticket: UInt64
        let firstChunk: UInt64
        let byteCount: Int
        /// Where it lies, when it was not read but is lent.
        var lentRun: Int?
        let end: End

        var isLast: Bool { if case .end = end { true } else { false } }
    }

    private struct Reading: Sendable {
        var ticket: UInt64 = 0
        var chunk: UInt64 = 0
        /// What was read beyond the last batch.
        var ahead: [UInt8] = []
        var lentRuns = 0
        var isOver = false
    }

    private struct Writing: Sendable {
        var hasEnded = false
        var failure: PipelineError<InputFailure>?
    }

    /// The two buffers of a batch on its way. Nobody waits for the lock: a slot is one thread's from
    /// the moment it is taken off the floor until it is put back.
    private final class Slot: Sendable {
        private struct Content: Sendable {
            var input: [UInt8]
            var output: [UInt8]
            var batch: Batch?
            var run = Run()
            /// Why what was lent could not be had.
            var failure: InputFailure?
        }

        private let content: Mutex<Content>
        private let chunks: Int

        init(chunks: Int) {
            self.chunks = chunks
            content = Mutex(
                Content(
                    input: [],
                    output: [UInt8](repeating: 0, count: chunks * Cipher.outputByteCount)))
        }

        // One of the two held plaintext.
        deinit {
            content.withLock { content in
                Zeroing.zero(&content.input)
                Zeroing.zero(&content.output)
            }
        }

        var batch: Batch? { content.withLock { $0.batch } }
        var run: Run { content.withLock { $0.run } }
        var failure: InputFailure? { content.withLock { $0.failure } }

        func take(_ batch: Batch) { content.withLock { $0.batch = batch } }

        func read(_ next: (inout [UInt8]) -> Batch?) {
            content.withLock { content in
                if content.input.isEmpty {
                    content.input = [UInt8](
                        repeating: 0, count: chunks * Cipher.inputByteCount + Cipher.lookAhead)
                }
                content.batch = next(&content.input)
            }
        }

        func work(_ cipher: Cipher, _ lent: LentRuns<InputFailure>?) {
            content.withLock { content in
                guard let batch = content.batch else { return }
                guard let lent, let run = batch.lentRun else {
                    let input = content.input
                    content.run = Self.run(
                        cipher, batch, input.span.extracting(0..<batch.byteCount), &content.output)
                    return
                }
                do throws(InputFailure) {
                    try lent.lend(run) { input in
                        content.run = Self.run(cipher, batch, input, &content.output)
                    }
                } catch { content.failure = error }
            }
        }

        private static func run(
            _ cipher: Cipher, _ batch: Batch, _ input: Span<UInt8>, _ output: inout [UInt8]
        ) -> Run {
            var out = output.mutableSpan
            return cipher.work(input, from: batch.firstChunk, isLast: batch.isLast, into: &out)
        }

        func write(to output: any ByteOutput) throws(StreamError) {
            try content.withLock { (content) throws(StreamError) in
                let count = content.run.byteCount
                if count > 0 { try output.write(content.output.span.extracting(0..<count)) }
            }
        }
    }

    /// What lies where, for whoever looks for something to do.
    private struct Floor: Sendable {
        var free: [Slot] = []
        /// Slots that may still be made.
        var unmade: Int
        var done: [UInt64: Slot] = [:]
        /// The ticket that is to be written next.
        var turn: UInt64 = 0
        var isReading = false
        var isWriting = false
        /// Batches that were read and not yet written.
        var underWay = 0
        var isOver = false
    }

    private enum Job { case write(Slot), read(Slot?), leave }

    private let input: Input
    private let lent: LentRuns<InputFailure>?
    private let output: any ByteOutput
    private let cipher: Cipher
    private let layout: PipelineLayout
    private let reading = Mutex(Reading())
    private let writing = Mutex(Writing())
    private let floor: Monitor<Floor>

    init(
        _ cipher: Cipher, layout: PipelineLayout, from input: @escaping Input,
        lent: LentRuns<InputFailure>? = nil, to output: any ByteOutput
    ) {
        self.cipher = cipher
        self.layout = layout
        self.input = input
        self.lent = lent
        self.output = output
        floor = Monitor(Floor(unmade: layout.slots))
    }

    func run() throws(PipelineError<InputFailure>) {
        if lent == nil {
            // The first chunk shows whether threads are worth starting.
            let first = Slot(chunks: 1)
            readAndWork(first)
            floor.change { $0.done = [:] }
            write(first, keep: false)
        }
        if !reading.withLock({ $0.isOver }), writing.withLock({ $0.failure == nil }) {
            Threads.run(layout.threads) { [self] _ in serve() }
        }
        if let failure = writing.withLock({ $0.failure }) { throw failure }
    }

    private func serve() {
        while true {
            switch nextJob() {
            case .write(let slot): write(slot, keep: true)
            case .read(let slot):
                readAndWork(slot ?? Slot(chunks: layout.chunksPerBatch))
            case .leave: return
            }
        }
    }

    private func nextJob() -> Job {
        floor.take { floor in
            if !floor.isWriting, let slot = floor.done.removeValue(forKey: floor.turn) {
                floor.isWriting = true
                return .write(slot)
            }
            guard !floor.isOver else { return floor.underWay == 0 ? .leave : nil }
            guard !floor.isReading else { return nil }
            if let slot = floor.free.popLast() {
                floor.isReading = true
                return .read(slot)
            }
            guard floor.unmade > 0 else { return nil }
            floor.unmade -= 1
            floor.isReading = true
            return .read(nil)
        }
    }

    private func readAndWork(_ slot: Slot) {
        if let batch = nextLent() { slot.take(batch) } else { slot.read(next) }
        floor.change { floor in
            floor.isReading = false
            guard let batch = slot.batch else {
                floor.isOver = true
                return
            }
            floor.underWay += 1
            if case .more = batch.end {} else { floor.isOver = true }
        }
        guard let batch = slot.batch else { return }
        slot.work(cipher, lent)
        floor.change { $0.done[batch.ticket] = slot }
    }

    private func write(_ slot: Slot, keep: Bool) {
        let hasFailed = writing.withLock { writing in
            // What comes after a failure is not for anybody.
            if writing.failure == nil { writing.failure = write(slot, &writing) }
            return writing.failure != nil
        }
        floor.change { floor in
            floor.isWriting = false
            floor.turn += 1
            floor.underWay -= 1
            if keep { floor.free.append(slot) }
            if hasFailed { floor.isOver = true }
        }
    }

    /// nil when what follows is to be read.
    private func nextLent() -> Batch? {
        reading.withLock { reading in
            guard let lent, reading.lentRuns < lent.count else { return nil }
            defer {
                reading.lentRuns += 1
                reading.ticket += 1
                reading.chunk += UInt64(layout.chunksPerBatch)
            }
            return Batch(
                ticket: reading.ticket, firstChunk: reading.chunk,
                byteCount: layout.chunksPerBatch * Cipher.inputByteCount,
                lentRun: reading.lentRuns, end: .more)
        }
    }

    private func next(into buffer: inout [UInt8]) -> Batch? {
        reading.withLock { reading in
            guard !reading.isOver else { return nil }
            var span = buffer.mutableSpan
            var used = 0
            for byte in reading.ahead {
                span[used] = byte
                used += 1
            }
            var end = End.more
            do throws(InputFailure) {
                if let lent, reading.ticket == UInt64(lent.count) { try lent.skip() }
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
            defer {
                reading.ticket += 1
                reading.chunk += UInt64(used / Cipher.inputByteCount)
            }
            return Batch(
                ticket: reading.ticket, firstChunk: reading.chunk, byteCount: used, end: end)
        }
    }

    private func write(
        _ slot: Slot, _ writing: inout Writing
    ) -> PipelineError<InputFailure>? {
        guard let batch = slot.batch else { return nil }
        if writing.hasEnded, batch.byteCount > 0 { return .payload(.trailing) }
        if let failure = slot.failure { return .input(failure) }
        do throws(StreamError) { try slot.write(to: output) } catch { return .output(error) }
        if let failure = slot.run.failure { return .payload(failure) }
        if slot.run.endsPayload { writing.hasEnded = true }
        switch batch.end {
        case .more: return nil
        case .failed(let failure): return .input(failure)
        case .end: return writing.hasEnded ? nil : .payload(.truncated)
        }
    }
}
