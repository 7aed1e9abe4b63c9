/// Text as searches compare it: lower case, without accents, ligatures as letters, one space for
/// any white space. It works on UTF-8 bytes and never makes them longer.
///
/// Latin letters only (ñ folds to n, ß to ss); other scripts are compared as they are written.
package enum Folding {
    package static func fold(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        fold(bytes.span, onto: &out)
        return out
    }

    /// Appends the folded form of `text`; the buffer may be kept and reused for speed.
    package static func fold(_ text: Span<UInt8>, onto out: inout [UInt8]) {
        let start = out.count
        out.append(contentsOf: repeatElement(0, count: text.count))
        var target = out.mutableSpan
        let end = fold(text, into: &target, at: start)
        out.removeLast(out.count - end)
    }

    private static func fold(
        _ text: Span<UInt8>, into out: inout MutableSpan<UInt8>, at start: Int
    ) -> Int {
        var end = start
        var index = 0
        // Taken out once: every look at a global costs more than folding a letter.
        let table = quick
        let quick = table.span
        var last = undecided
        while index < text.count {
            let byte = text[index]
            var length = 1
            var code = undecided
            if byte < 0x80 {
                code = quick[Int(byte)]
            } else if (0xc2..<0xd0).contains(byte), index + 1 < text.count,
                text[index + 1] & 0xc0 == 0x80
            {
                length = 2
                code = quick[Int(byte & 0x1f) << 6 | Int(text[index + 1] & 0x3f)]
            }
            if code == undecided {
                length = foldOther(text, at: index, into: &out, from: start, &end)
                last = end > start ? out[end - 1] : undecided
            } else {
                // Without a branch: where a word ends is what a processor guesses worst.
                out[end] = code
                end += code == space && last == space ? 0 : 1
                last = code
            }
            index += length
        }
        return end
    }

    /// - Returns: How many bytes were taken.
    private static func foldOther(
        _ text: Span<UInt8>, at index: Int, into out: inout MutableSpan<UInt8>, from start: Int,
        _ end: inout Int
    ) -> Int {
        let (length, result) = foldOther(text, at: index)
        switch result {
        case .nothing: break
        case .space where end > start && out[end - 1] == space: break
        case .space: write(space, &out, &end)
        case .one(let letter): write(letter, &out, &end)
        case .letters(let letters):
            for place in letters.indices { write(letters[place], &out, &end) }
        case .same:
            for place in index..<index + length { write(text[place], &out, &end) }
        }
        return length
    }

    /// What the scalars below U+0400 become where that is a single byte: nearly all that is
    /// written in Latin letters.
    private static let quick: [UInt8] = (0..<0x400).map { (scalar: UInt32) in
        if scalar < 0x80 {
            let byte = UInt8(scalar)
            if byte == space || (9...13).contains(byte) { return space }
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            return byte < space ? undecided : isUpper ? byte | 0x20 : byte
        }
        switch fold(scalar: scalar) {
        case .one(let letter): return letter
        case .space: return space
        case .nothing, .same, .letters: return undecided
        }
    }

    private static let undecided: UInt8 = 0

    private static func write(_ byte: UInt8, _ out: inout MutableSpan<UInt8>, _ end: inout Int) {
        out[end] = byte
        end += 1
    }

    private enum Result {
        case nothing, space, same
        case one(UInt8)
        case letters([UInt8])
    }

    private static let space = UInt8(ascii: " ")

    /// Everything but visible ASCII: how many bytes it takes and what becomes of it.
    private static func foldOther(_ text: Span<UInt8>, at index: Int) -> (Int, Result) {
        let byte = text[index]
        if byte < 0x80 {
            return (1, byte == space || (9...13).contains(byte) ? .space : .same)
        }
        // Bytes that are not UTF-8 stand for themselves, one by one.
        guard index + 1 < text.count, let second = continuation(text[index + 1]) else {
            return (1, .same)
        }
        if (0xc2...0xdf).contains(byte) {
            return (2, fold(scalar: UInt32(byte & 0x1f) << 6 | second))
        }
        guard (0xe0...0xef).contains(byte), index + 2 < text.count,
            let third = continuation(text[index + 2])
        else { return (1, .same) }
        return (3, fold(scalar: UInt32(byte & 0x0f) << 12 | second << 6 | third))
    }

    private static func continuation(_ byte: UInt8) -> UInt32? {
        byte & 0xc0 == 0x80 ? UInt32(byte & 0x3f) : nil
    }

    private static func fold(scalar: UInt32) -> Result {
        switch scalar {
        case 0x00a0, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x3000: return .space
        // Soft hyphen, combining marks, zero-width joiners and the byte order mark.
        case 0x00ad, 0x0300...0x036f, 0x200b...0x200d, 0xfeff: return .nothing
        case 0x00aa: return .one(UInt8(ascii: "a"))
        case 0x00ba: return .one(UInt8(ascii: "o"))
        case 0x00c6, 0x00e6: return .letters(Array("ae".utf8))
        case 0x0152, 0x0153: return .letters(Array("oe".utf8))
        case 0x00df, 0x1e9e: return .letters(Array("ss".utf8))
        case 0x00de, 0x00fe: return .letters(Array("th".utf8))
        case 0x0132, 0x0133: return .letters(Array("ij".utf8))
        case 0x2018, 0x2019, 0x02bc: return .one(UInt8(ascii: "'"))
        case 0x201c, 0x201d, 0x00ab, 0x00bb: return .one(UInt8(ascii: "\""))
        case 0x2010...0x2015: return .one(UInt8(ascii: "-"))
        case 0xfb00...0xfb06: return .letters(Array(ligatures[Int(scalar - 0xfb00)].utf8))
        case 0x00c0...0x024f: return letter(latin, scalar - 0x00c0)
        case 0x1e00...0x1eff: return letter(latinAdditional, scalar - 0x1e00)
        default: return .same
        }
    }

    private static func letter(_ table: [UInt8], _ place: UInt32) -> Result {
        let letter = table[Int(place)]
        return letter == UInt8(ascii: ".") ? .same : .one(letter)
    }

    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]

    /// U+00C0…U+024F; a point stands for a letter that stays as it is.
    private static let latin = table(
        "6a1.1c4e4i1d1n5o1.1o4u1y1.1.6a1.1c4e4i1d1n5o1.1o4u1y1.1y",  // Latin-1
        "6a8c4d10e8g4h10i2.2j3k10l9n6o2.6r8s6t12u2w3y6z1s",  // Extended-A
        "32.2o13.2u28.2a2i2o10u1.4a2.4g2k4o2.1j3.2g2.2n2a2.2o",  // Extended-B, U+0180…U+01FF
        "4a4e4i4o4r4u2s2t2.2h6.2a2e8o2y28.")

    /// U+1E00…U+1EFF.
    private static let latinAdditional = table(
        "2a6b2c10d10e2f2g10h4i6k8l6m8n8o4p8r10s8t10u4v10w4x2y6z1h1t1w1y1a3s2.",
        "24a16e4i24o14u8y6.")

    /// Spells out runs such as `6a8c`: six times a, eight times c.
    private static func table(_ runs: String...) -> [UInt8] {
        var out: [UInt8] = []
        var count = 0
        for byte in runs.joined().utf8 {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                count = count * 10 + Int(byte - UInt8(ascii: "0"))
            } else {
                out.append(contentsOf: repeatElement(byte, count: count))
                count = 0
            }
        }
        return out
    }
}
