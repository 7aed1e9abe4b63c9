internal import Encoding
internal import Primitives
internal import Secrets

/// What one blob cell carries.
///
/// Layout: blob id 16 ‖ index u24 ‖ data. The cell's sequence is the first four bytes of the id ‖
/// index u24, so that a blob's cells are found by its name.
enum BlobPiece {
    static let headerByteCount = 19
    static let dataLimit = CellFormat.contentLimit - headerByteCount
    static let greatestIndex = 1 << 24 - 1

    static func address(_ id: ID16, _ index: Int) -> CellAddress {
        let prefix = id.bytes.prefix(4).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return CellAddress(kind: .blob, sequence: prefix << 24 | UInt64(index))
    }

    static func header(_ id: ID16, _ index: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(id.bytes)
        writer.integer(UInt64(index), count: 3)
        return writer.bytes
    }
}

extension Vault {
    /// Bytes of blob cells that wait for the final commit; beyond, they get a transaction of their
    /// own, which nobody can tell from chaff until the commit names the blob.
    static let transactionByteCount = 16 << 20

    package func stageBlob(_ next: () throws -> [UInt8]) throws -> BlobReference {
        try requireWritable()
        let blob = ID16(random: context.random.names)
        var hash = BLAKE2bState(count: 32)
        var byteCount: UInt64 = 0
        var index = 0
        var waiting: [UInt8] = []
        defer { Zeroing.zero(&waiting) }

        while true {
            var bytes = try next()
            if bytes.isEmpty { break }
            hash.update(bytes.span)
            byteCount += UInt64(bytes.count)
            waiting.append(contentsOf: bytes)
            Zeroing.zero(&bytes)
            var start = 0
            while waiting.count - start >= BlobPiece.dataLimit {
                try stagePiece(waiting[start..<start + BlobPiece.dataLimit], of: blob, index)
                start += BlobPiece.dataLimit
                index += 1
            }
            waiting.removeFirst(start)
        }
        if !waiting.isEmpty { try stagePiece(waiting[...], of: blob, index) }
        return BlobReference(id: blob, byteCount: byteCount, hash: hash.finish())
    }

    private func stagePiece(
        _ data: ArraySlice<UInt8>, of blob: ID16, _ index: Int
    ) throws(VaultError) {
        guard index <= BlobPiece.greatestIndex else { throw .tooLarge }
        // Known before a gigabyte was read: the record that names the blob needs a place too.
        guard !isHidden || pending.count + 1 < chaffCount else {
            throw .noRoom(byteCount: roomInAll)
        }
        var content = BlobPiece.header(blob, index) + data
        defer { Zeroing.zero(&content) }
        stage(content, at: BlobPiece.address(blob, index), under: compartmentKeys)
        if !isHidden, isOnDisk, pendingByteCount >= Self.transactionByteCount { try flushPending() }
    }

    package func readBlob(_ blob: BlobReference, _ body: ([UInt8]) throws -> Void) throws {
        guard let file else { throw VaultError.blobMissing(blob.id, index: 0) }
        let reader = try VaultReader(file)
        var hash = BLAKE2bState(count: 32)
        var left = blob.byteCount
        var index = 0
        while left > 0 {
            let pieces = try file.reading { () throws(VaultError) in
                try self.pieces(of: blob.id, from: index, byteCount: left, reader)
            }
            for piece in pieces {
                hash.update(piece.span)
                try body(piece)
                left -= UInt64(piece.count)
            }
            index += pieces.count
        }
        guard hash.finish() == blob.hash else { throw VaultError.blobDamaged(blob.id) }
    }

    /// Pieces read under one lock, which is given back before anybody writes them somewhere.
    private static let piecesAtOnce = 64

    private func pieces(
        of blob: ID16, from first: Int, byteCount: UInt64, _ reader: VaultReader
    ) throws(VaultError) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var left = byteCount
        while left > 0, pieces.count < Self.piecesAtOnce {
            let index = first + pieces.count
            guard index <= BlobPiece.greatestIndex else { throw .blobDamaged(blob) }
            let piece = try piece(blob, index, reader)
            guard piece.count == Int(min(left, UInt64(BlobPiece.dataLimit))) else {
                throw .blobDamaged(blob)
            }
            left -= UInt64(piece.count)
            pieces.append(piece)
        }
        return pieces
    }

    /// The data of one cell: of the rows that claim to hold it, the first that does.
    func piece(
        _ blob: ID16, _ index: Int, _ reader: VaultReader
    ) throws(VaultError) -> [UInt8] {
        let address = BlobPiece.address(blob, index)
        let header = BlobPiece.header(blob, index)
        for row in blobs.rows(address.sequence) {
            let content = try reader.content(row, at: address, keys: compartmentKeys)
            if let content, content.starts(with: header) {
                return Array(content[header.count...])
            }
        }
        throw .blobMissing(blob, index: index)
    }
}
