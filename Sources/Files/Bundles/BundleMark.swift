/// What a bundle says of itself in its mark.
package struct BundleTraits: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// It was made of one file, and comes out as one, through a pipe too.
    package static let oneFile = BundleTraits(rawValue: 1)
    /// Its last member is a signature.
    package static let signed = BundleTraits(rawValue: 2)
}

/// The first 1,024 bytes of a bundle: a pax global header with comments, by which a tar that this
/// program packed is told from anybody else's, which stays a file.
///
/// Source: POSIX.1-2024, pax, "ustar Interchange Format" and "pax Extended Header".
package enum BundleMark {
    static let block = 512
    private static let comment = "amparo-bundle-1"
    private static let comments: [(trait: BundleTraits, text: String)] = [
        (.oneFile, "amparo-one-file"), (.signed, "amparo-signed"),
    ]
    /// A header that other programs wrote may say more.
    private static let longestRecords = 16 * block

    static func bytes(_ traits: BundleTraits) -> [UInt8] {
        // Of several comments readers of tar keep the last: the one that names the format.
        let texts = comments.filter { traits.contains($0.trait) }.map(\.text) + [comment]
        let records = texts.flatMap { text in
            // A record is "LENGTH key=value\n", where the length counts itself: two digits here.
            Array("\(text.utf8.count + 12) comment=\(text)\n".utf8)
        }
        return header(recordByteCount: records.count) + records
            + [UInt8](repeating: 0, count: block - records.count)
    }

    package enum Verdict: Sendable {
        case bundle(BundleTraits)
        case other
        /// Bytes to look at before it is known.
        case needs(Int)
    }

    /// - Parameter front: The beginning of a text; all of it when it ends before what is needed.
    package static func judge(_ front: [UInt8]) -> Verdict {
        guard front.count >= block else { return .needs(block) }
        guard front[156] == UInt8(ascii: "g"), front[257..<262].elementsEqual("ustar".utf8),
            let sum = octal(front[148..<156]), sum == checksum(front),
            let count = octal(front[124..<136]), count > 0, count <= longestRecords
        else { return .other }
        guard front.count >= block + count else { return .needs(block + count) }
        let found = found(in: front[block..<(block + count)])
        guard found.contains(comment) else { return .other }
        let traits = comments.filter { found.contains($0.text) }.map(\.trait)
        return .bundle(BundleTraits(traits))
    }

    /// The comments among the records, up to the first that is none.
    private static func found(in records: ArraySlice<UInt8>) -> Set<String> {
        var found: Set<String> = []
        let key = Array("comment=".utf8)
        var rest = records
        while !rest.isEmpty {
            let digits = rest.prefix { $0 != UInt8(ascii: " ") }
            guard digits.count <= 5, let count = Int(String(decoding: digits, as: UTF8.self)),
                count > digits.count + 1, count <= rest.count
            else { return found }
            let record = rest.prefix(count)
            guard record.last == UInt8(ascii: "\n") else { return found }
            let text = record.dropFirst(digits.count + 1).dropLast()
            if text.starts(with: key) {
                found.insert(String(decoding: text.dropFirst(key.count), as: UTF8.self))
            }
            rest = rest.dropFirst(count)
        }
        return found
    }

    private static func header(recordByteCount: Int) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at place: Int) {
            for (index, byte) in text.utf8.enumerated() { header[place + index] = byte }
        }
        func octal(_ value: Int, _ digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: digits - text.utf8.count) + text
        }
        put("amparo-bundle", at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(recordByteCount, 11), at: 124)
        put(octal(0, 11), at: 136)
        put("g", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        put(octal(checksum(header), 6), at: 148)
        header[155] = UInt8(ascii: " ")
        return header
    }

    /// The sum of the header's bytes, its own eight counted as spaces.
    private static func checksum(_ header: [UInt8]) -> Int {
        header.prefix(block).enumerated().reduce(0) { sum, byte in
            sum + Int((148..<156).contains(byte.offset) ? 0x20 : byte.element)
        }
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.drop { $0 == UInt8(ascii: " ") }
            .prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        guard !digits.isEmpty, field[digits.endIndex...].allSatisfy({ $0 == 0 || $0 == 0x20 })
        else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 & 7) }
    }
}
