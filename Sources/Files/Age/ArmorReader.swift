internal import Encoding
internal import Platform

/// Gives the bytes behind a text form; strict, with the few liberties that age allows.
struct ArmorReader: Sendable {
    private enum Place { case before, body, over }

    private var text: ByteBuffer
    private var place = Place.before
    private var decoded: [UInt8] = []
    private var position = 0
    /// What is wrong after the bytes that are still to be given.
    private var failure: ArmorError?

    init(_ text: ByteBuffer) { self.text = text }

    /// Fills the front of `span`; 0 only at the end.
    mutating func read(into span: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        while position == decoded.count {
            if let failure { throw .armor(failure) }
            switch place {
            case .before: try readBegin()
            case .body: try readBody()
            case .over: return 0
            }
        }
        let count = span.copyFront(of: decoded[position...])
        position += count
        return count
    }

    private mutating func readBegin() throws(SourceError) {
        var whiteSpace = 0
        while let line = try line(limit: Armor.whiteSpaceLimit) {
            guard line.allSatisfy(Armor.isWhiteSpace) else {
                guard Self.trimmed(line) == Armor.begin[...] else { throw .armor(.malformedBegin) }
                place = .body
                return
            }
            whiteSpace += line.count + 1
            guard whiteSpace <= Armor.whiteSpaceLimit else { throw .armor(.tooMuchWhiteSpace) }
        }
        throw .armor(.malformedBegin)
    }

    /// Decodes a run of lines; what is wrong with a later one waits until the earlier are given.
    private mutating func readBody() throws(SourceError) {
        decoded = []
        position = 0
        var digits: [UInt8] = []
        // 1,024 lines at a time.
        digits.reserveCapacity(Armor.columns * 1_024)
        while digits.count < Armor.columns * 1_024 {
            guard let line = try line(limit: Armor.columns + 1).map(Self.trimmed) else {
                failure = .malformedEnd
                break
            }
            if line == Armor.end[...] {
                try readAfterEnd()
                break
            }
            guard (1...Armor.columns).contains(line.count) else {
                failure = .malformedLine
                break
            }
            digits += line
            guard line.count == Armor.columns, line.last != UInt8(ascii: "=") else {
                // Only the last line is short.
                if try self.line(limit: Armor.columns).map(Self.trimmed) == Armor.end[...] {
                    try readAfterEnd()
                } else {
                    failure = .malformedEnd
                }
                break
            }
        }
        try decode(digits)
    }

    private mutating func decode(_ digits: [UInt8]) throws(SourceError) {
        if let bytes = Base64.decode(digits.span, .padded) {
            decoded = bytes
            return
        }
        // One of the lines is bad: those before it are as good as ever.
        for start in stride(from: 0, to: digits.count, by: Armor.columns) {
            let line = Array(digits[start..<min(start + Armor.columns, digits.count)])
            guard let bytes = Base64.decode(line.span, .padded) else { break }
            decoded += bytes
        }
        failure = .malformedLine
    }

    private mutating func readAfterEnd() throws(SourceError) {
        place = .over
        do throws(StreamError) {
            let rest = try text.peek(Armor.whiteSpaceLimit)
            if !rest.allSatisfy(Armor.isWhiteSpace) {
                failure = .trailing
            } else if rest.count == Armor.whiteSpaceLimit {
                failure = .tooMuchWhiteSpace
            }
        } catch { throw .stream(error) }
    }

    /// The next line; the last one needs no LF. A line over the limit comes cut.
    private mutating func line(limit: Int) throws(SourceError) -> ArraySlice<UInt8>? {
        do { return try text.line(limit: limit)?.bytes } catch { throw .stream(error) }
    }

    /// Without the CR of a CR LF.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == Armor.carriageReturn ? line.dropLast() : line
    }
}
