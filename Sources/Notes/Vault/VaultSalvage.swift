internal import Encoding
package import Platform

/// What was found in the raw bytes of a damaged file.
package struct SalvageReport: Hashable, Sendable {
    package let id: ID16
    package let cellCount: Int
}

/// Takes cells from the bytes of a file that SQLite cannot walk through any more: whole ones prove
/// themselves by the first half of their id.
extension VaultFile {
    /// Makes a vault at `target`, where nothing may be, of every whole cell in `source`.
    ///
    /// - Parameter other: A copy of this vault or one of its bricks, for the head, where all three
    ///   rows of it are gone.
    /// - Throws: `.headLost` when it is needed, `.damaged` when not one cell was found, `.notFound`,
    ///   `.alreadyExists`, …
    package static func salvage(
        from source: String, to target: String, headFrom other: String?, files: any FileSystem
    ) throws(VaultError) -> SalvageReport {
        var found: Head?
        if let other {
            found = try head(in: other, files)
        } else {
            found = try scanHead(source, files)
        }
        guard let found else { throw .headLost }
        return try VaultDraft.place(at: target, named: .random, files) {
            (draft) throws(VaultError) -> SalvageReport in
            try write(draft, head: found) { (writer) throws(VaultError) -> SalvageReport in
                let count = try copyCells(of: source, to: writer, files)
                guard count > 0 else { throw VaultError.damaged }
                return SalvageReport(id: found.salt, cellCount: count)
            }
        }
    }

    private static func copyCells(
        of source: String, to writer: RowWriter, _ files: any FileSystem
    ) throws(VaultError) -> Int {
        var count = 0
        try RawBytes.scan(source, files, for: RawBytes.cell) { (bytes) throws(VaultError) in
            let id = bytes.prefix(CellFormat.idByteCount)
            let box = bytes.dropFirst(CellFormat.idByteCount)
            if try writer.insertForeign(id: id, box: box.span).taken() { count += 1 }
        }
        return count
    }

    private static func head(
        in path: String, _ files: any FileSystem
    ) throws(VaultError) -> Head {
        if let bytes = try? files.read(path, limit: Brick.byteLimit),
            let brick = Brick(parsing: bytes)
        {
            return brick.head
        }
        return try VaultFile(path, access: .foreign).head
    }

    /// The head that most whole rows say.
    private static func scanHead(
        _ source: String, _ files: any FileSystem
    ) throws(VaultError) -> Head? {
        var heads: [Head: Int] = [:]
        for pattern in RawBytes.heads {
            try RawBytes.scan(source, files, for: pattern) { (bytes) throws(VaultError) in
                var reader = ByteReader(bytes)
                guard let salt = try? reader.raw(16),
                    let operations = pattern.hasOperations ? try? reader.u8() : 1,
                    let byteCount = try? reader.u32(), let lineage = try? reader.raw(16),
                    let sum = try? reader.raw(16),
                    let head = try? Head(
                        salt: Array(salt), operations: Int64(operations),
                        byteCount: Int64(byteCount), lineage: Array(lineage), sum: Array(sum))
                else { return }
                heads[head, default: 0] += 1
            }
        }
        return heads.max { ($0.value, $0.key.lineage) < ($1.value, $1.key.lineage) }?.key
    }
}

/// Rows as SQLite lays them down: a header that says the columns' types, then their bytes.
///
/// Source: sqlite.org/fileformat2.html, section 2.1: 0 is NULL (the row's number stands elsewhere),
/// 1 and 4 integers of 1 and 4 bytes, 9 the number 1, 12 + 2n a blob of n bytes.
enum RawBytes {
    struct Pattern: Sendable {
        let header: [UInt8]
        let byteCount: Int
        /// Of a head row: passes other than 1 take a byte.
        var hasOperations = false
    }

    static let cell = Pattern(
        header: [5, 0, 0x4c, 0xbe, 0x4c],
        byteCount: CellFormat.idByteCount + CellFormat.boxByteCount)
    static let heads = [
        Pattern(header: [7, 0, 0x2c, 1, 4, 0x2c, 0x2c], byteCount: 53, hasOperations: true),
        Pattern(header: [7, 0, 0x2c, 9, 4, 0x2c, 0x2c], byteCount: 52),
    ]

    private static let windowByteCount = 1 << 20

    /// Lends what follows each header, wherever in the file it stands.
    static func scan(
        _ path: String, _ files: any FileSystem, for pattern: Pattern,
        _ body: (ArraySlice<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let input: any InputFile
        do throws(FileError) { input = try files.input(path) } catch { throw VaultError(error) }
        let whole = pattern.header.count + pattern.byteCount
        var window = [UInt8](repeating: 0, count: windowByteCount)
        var filled = 0
        while true {
            var isAtEnd = false
            while filled < window.count, !isAtEnd {
                var out = window.mutableSpan
                do throws(StreamError) {
                    let count = try out.withPart(filled..<windowByteCount) {
                        (part) throws(StreamError) in try input.read(into: &part)
                    }
                    filled += count
                    isAtEnd = count == 0
                } catch {
                    throw VaultError(FileError(error))
                }
            }
            var place = 0
            while place + whole <= filled {
                if window[place] == pattern.header[0],
                    window[place..<place + pattern.header.count].elementsEqual(pattern.header)
                {
                    try body(window[place + pattern.header.count..<place + whole])
                }
                place += 1
            }
            guard !isAtEnd else { return }
            // What may begin here and end beyond.
            let rest = Array(window[place..<filled])
            window.replaceSubrange(0..<rest.count, with: rest)
            filled = rest.count
        }
    }
}
