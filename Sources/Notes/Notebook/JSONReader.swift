internal import Encoding
package import Platform

/// Reads one JSON value front to back, in constant memory, and nothing but what its caller expects.
///
/// Source: RFC 8259.
package struct JSONReader {
    package enum Mistake: Error, Hashable {
        /// At this byte: no JSON, or not what is expected there.
        case malformed(at: Int)
        case tooLong(limit: Int)
        case unreadable(StreamError)
    }

    private let input: any ByteInput
    private var piece = [UInt8](repeating: 0, count: 65_536)
    private var count = 0
    private var next = 0
    private var before = 0
    private var base64State = Base64State.outside

    package init(_ input: any ByteInput) { self.input = input }

    // MARK: Bytes

    private mutating func peek() throws(Mistake) -> UInt8? {
        if next == count {
            before += count
            next = 0
            let input = input
            let got: Int
            do throws(StreamError) {
                var span = piece.mutableSpan
                got = try input.read(into: &span)
            } catch { throw .unreadable(error) }
            count = got
            if got == 0 { return nil }
        }
        return piece[next]
    }

    private mutating func take() throws(Mistake) -> UInt8 {
        guard let byte = try peek() else { throw mistake }
        next += 1
        return byte
    }

    private var mistake: Mistake { .malformed(at: before + next) }

    private mutating func skipSpace() throws(Mistake) {
        while let byte = try peek(), [0x20, 0x09, 0x0A, 0x0D].contains(byte) { next += 1 }
    }

    private mutating func expect(_ sign: Character) throws(Mistake) {
        try skipSpace()
        guard try peek() == sign.asciiValue else { throw mistake }
        next += 1
    }

    /// Whether `sign` comes next; then it is taken.
    private mutating func takes(_ sign: Character) throws(Mistake) -> Bool {
        try skipSpace()
        guard try peek() == sign.asciiValue else { return false }
        next += 1
        return true
    }

    // MARK: Values

    package mutating func expectEnd() throws(Mistake) {
        try skipSpace()
        guard try peek() == nil else { throw mistake }
    }

    /// Gives the names of an object's members; `body` reads each one's value.
    package mutating func object(
        _ body: (String, inout JSONReader) throws -> Void
    ) throws {
        try expect("{")
        guard try !takes("}") else { return }
        repeat {
            try skipSpace()
            let name = String(decoding: try text(limit: 256), as: UTF8.self)
            try expect(":")
            try body(name, &self)
        } while try takes(",")
        try expect("}")
    }

    /// `body` reads each item of a list.
    package mutating func list(_ body: (inout JSONReader) throws -> Void) throws {
        try expect("[")
        guard try !takes("]") else { return }
        repeat { try body(&self) } while try takes(",")
        try expect("]")
    }

    package mutating func string(limit: Int) throws(Mistake) -> String {
        String(decoding: try text(limit: limit), as: UTF8.self)
    }

    /// nil for `null`.
    package mutating func stringOrNull(limit: Int) throws(Mistake) -> String? {
        try skipSpace()
        guard try peek() == UInt8(ascii: "n") else { return try string(limit: limit) }
        for letter in "null".utf8 {
            guard try take() == letter else { throw mistake }
        }
        return nil
    }

    /// A whole number from 0 on.
    package mutating func number() throws(Mistake) -> Int {
        try skipSpace()
        var digits: [UInt8] = []
        while let byte = try peek(), (0x30...0x39).contains(byte), digits.count < 19 {
            digits.append(byte)
            next += 1
        }
        guard let value = Int(String(decoding: digits, as: UTF8.self)),
            digits.count == 1 || digits.first != 0x30
        else { throw mistake }
        return value
    }

    /// Valid UTF-8.
    package mutating func text(limit: Int) throws(Mistake) -> [UInt8] {
        var out: [UInt8] = []
        try string { (byte) throws(Mistake) in
            guard out.count < limit else { throw .tooLong(limit: limit) }
            out.append(byte)
        }
        guard (try? UTF8Span(validating: out.span)) != nil else { throw mistake }
        return out
    }

    /// Base64 in a string, at most 48 KiB at a time; an empty piece is the end.
    package mutating func base64Piece() throws(Mistake) -> [UInt8] {
        switch base64State {
        case .over:
            base64State = .outside
            return []
        case .outside:
            try expect("\"")
            base64State = .inside(isPadded: false)
        case .inside: break
        }
        var waiting: [UInt8] = []
        while waiting.count < 65_536 {
            let byte = try take()
            guard byte != UInt8(ascii: "\"") else {
                base64State = waiting.isEmpty ? .outside : .over
                break
            }
            // Padding ends the text: nothing comes after it.
            guard base64State != .inside(isPadded: true) else { throw mistake }
            waiting.append(byte)
        }
        guard let bytes = Base64.decode(waiting.span, .padded) else { throw mistake }
        if base64State == .inside(isPadded: false), waiting.last == UInt8(ascii: "=") {
            base64State = .inside(isPadded: true)
        }
        return bytes
    }

    private enum Base64State: Hashable { case outside, inside(isPadded: Bool), over }

    private mutating func string(_ body: (UInt8) throws(Mistake) -> Void) throws(Mistake) {
        try expect("\"")
        while true {
            let byte = try take()
            switch byte {
            case UInt8(ascii: "\""): return
            case ..<0x20: throw mistake
            case UInt8(ascii: "\\"):
                for byte in String(try escaped()).utf8 { try body(byte) }
            default: try body(byte)
            }
        }
    }

    private mutating func escaped() throws(Mistake) -> Character {
        switch try take() {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try unit()
            guard (0xD800...0xDFFF).contains(first) else { return try character(first) }
            guard first < 0xDC00, try take() == UInt8(ascii: "\\"),
                try take() == UInt8(ascii: "u")
            else { throw mistake }
            let second = try unit()
            guard (0xDC00...0xDFFF).contains(second) else { throw mistake }
            return try character(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        default: throw mistake
        }
    }

    private func character(_ value: UInt32) throws(Mistake) -> Character {
        guard let scalar = Unicode.Scalar(value) else { throw mistake }
        return Character(scalar)
    }

    private mutating func unit() throws(Mistake) -> UInt32 {
        var digits: [UInt8] = []
        for _ in 0..<4 { digits.append(try take()) }
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw mistake }
        return value
    }
}
