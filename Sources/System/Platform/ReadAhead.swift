internal import Secrets

extension ByteInput {
    /// Lends everything up to the end, piece by piece, while another thread reads the next ones.
    ///
    /// For inputs that never make anybody wait long, such as files: a read that blocks on the other
    /// thread is not interrupted.
    ///
    /// - Parameter pieceByteCount: At most; three pieces are in memory.
    package func readAhead(
        pieceByteCount: Int = 1 << 18, _ use: (Span<UInt8>) -> Void
    ) throws(StreamError) {
        let exchange = Monitor(PieceExchange(pieceByteCount: pieceByteCount))
        let isAhead = Threads.start { while pass(to: exchange) {} }
        while true {
            // Where the system gives no thread, this one reads a piece whenever it needs one.
            if !isAhead { _ = pass(to: exchange) }
            let (piece, count, end) = exchange.take { $0.next() }
            if let end { return try end.get() }
            use(piece.span.extracting(0..<count))
            exchange.change { $0.empty.append(piece) }
        }
    }

    /// Reads one piece.
    ///
    /// - Returns: false at the end.
    private func pass(to exchange: Monitor<PieceExchange>) -> Bool {
        var piece = exchange.take { $0.empty.popLast() }
        var span = piece.mutableSpan
        do throws(StreamError) {
            let count = try read(into: &span)
            exchange.change { exchange in
                if count == 0 { exchange.end = .success(()) }
                if count > 0 { exchange.full.append((piece, count)) } else { Zeroing.zero(&piece) }
            }
            return count > 0
        } catch {
            Zeroing.zero(&piece)
            exchange.change { $0.end = .failure(error) }
            return false
        }
    }
}

/// Pieces on their way between the thread that reads and the one that works.
private struct PieceExchange: Sendable {
    var empty: [[UInt8]]
    var full: [([UInt8], Int)] = []
    /// Set when there is nothing more to read.
    var end: Result<Void, StreamError>?

    init(pieceByteCount: Int) {
        empty = (0..<3).map { _ in [UInt8](repeating: 0, count: pieceByteCount) }
    }

    /// The next piece, or the end once all pieces are taken; nil while there is neither.
    mutating func next() -> ([UInt8], Int, Result<Void, StreamError>?)? {
        if !full.isEmpty {
            let (piece, count) = full.removeFirst()
            return (piece, count, nil)
        }
        guard let end else { return nil }
        for index in empty.indices { Zeroing.zero(&empty[index]) }
        return ([], 0, end)
    }
}
