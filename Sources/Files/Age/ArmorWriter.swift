internal import Encoding
internal import Platform
internal import Synchronization

/// Writes the text form of the bytes that pass through it; `finish` ends it.
final class ArmorWriter: ByteOutput {
    /// Bytes turned into text at a time; a multiple of a line.
    private static let batch = Armor.bytesPerLine * 1_024

    private let output: any ByteOutput
    /// Less than a line, after each write.
    private let pending = Mutex<[UInt8]>([])

    init(to output: any ByteOutput) throws(StreamError) {
        self.output = output
        try output.write((Armor.begin + [Armor.lineBreak]).span)
    }

    func write(_ bytes: Span<UInt8>) throws(StreamError) {
        try pending.withLock { (pending) throws(StreamError) in
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Self.batch - pending.count)
                pending.append(copying: bytes.extracting(start..<end))
                start = end
                let whole = pending.count - pending.count % Armor.bytesPerLine
                try writeLines(pending.span.extracting(0..<whole))
                pending.removeFirst(whole)
            }
        }
    }

    func finish() throws(StreamError) {
        try pending.withLock { (pending) throws(StreamError) in
            try writeLines(pending.span)
            try output.write((Armor.end + [Armor.lineBreak]).span)
        }
    }

    private func writeLines(_ bytes: Span<UInt8>) throws(StreamError) {
        guard bytes.count > 0 else { return }
        let text = Base64.encode(bytes, .padded)
        var lines: [UInt8] = []
        lines.reserveCapacity(text.count + text.count / Armor.columns + 1)
        for start in stride(from: 0, to: text.count, by: Armor.columns) {
            lines += text[start..<min(start + Armor.columns, text.count)]
            lines.append(Armor.lineBreak)
        }
        try output.write(lines.span)
    }
}
