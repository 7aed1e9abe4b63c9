internal import Primitives

/// Every id in the file, in ascending order, with the number of its row.
///
/// Flat: 500,000 ids are 16 MB here and would be 40 MB as arrays.
struct CellIndex {
    /// 32 bytes per row.
    private(set) var ids: [UInt8] = []
    private(set) var rows: [Int64] = []
    /// Rows whose ids have another length or type: nobody's cells, and damage.
    var misshapen: Set<Int64> = []

    var count: Int { rows.count }

    /// - Precondition: 32 bytes, not less than any before.
    mutating func append(_ id: Span<UInt8>, row: Int64) {
        for place in id.indices { ids.append(id[place]) }
        rows.append(row)
    }

    /// Takes in rows of a transaction of our own.
    mutating func add(_ cells: [SealedCell], rows added: [Int64]) {
        let sorted = zip(cells, added).sorted { $0.0.id.lexicographicallyPrecedes($1.0.id) }
        var merged = CellIndex()
        merged.ids.reserveCapacity(ids.count + cells.count * CellFormat.idByteCount)
        merged.rows.reserveCapacity(rows.count + cells.count)
        merged.misshapen = misshapen
        var done = 0
        func take(until place: Int, into merged: inout CellIndex) {
            let bytes = done * CellFormat.idByteCount..<place * CellFormat.idByteCount
            merged.ids.append(contentsOf: ids[bytes])
            merged.rows.append(contentsOf: rows[done..<place])
            done = place
        }
        for (cell, row) in sorted {
            take(until: firstPlace(notBefore: cell.id), into: &merged)
            merged.ids.append(contentsOf: cell.id)
            merged.rows.append(row)
        }
        take(until: rows.count, into: &merged)
        self = merged
    }

    func contains(_ id: [UInt8]) -> Bool {
        let place = firstPlace(notBefore: id)
        return place < rows.count && self.id(at: place).elementsEqual(id)
    }

    /// The rows whose ids `keys` recognises.
    func candidates(_ keys: CellKeys) -> [(address: CellAddress, row: Int64)] {
        places(keys).map { ($0.address, rows[$0.place]) }
    }

    /// The places whose ids `keys` recognises, in ascending order.
    func places(_ keys: CellKeys) -> [(address: CellAddress, place: Int)] {
        var found: [(address: CellAddress, place: Int)] = []
        let span = ids.span
        for place in rows.indices {
            let start = place * CellFormat.idByteCount
            let id = span.extracting(start..<start + CellFormat.idByteCount)
            if let address = keys.recognise(id) { found.append((address, place)) }
        }
        return found
    }

    /// The places, this one too, whose ids say the same of their boxes.
    func places(sharingCheckOf place: Int) -> Range<Int> {
        let check = id(at: place).prefix(CellFormat.checkByteCount)
        var range = place..<place + 1
        while range.lowerBound > 0, id(at: range.lowerBound - 1).starts(with: check) {
            range = range.lowerBound - 1..<range.upperBound
        }
        while range.upperBound < count, id(at: range.upperBound).starts(with: check) {
            range = range.lowerBound..<range.upperBound + 1
        }
        return range
    }

    /// BLAKE2b-256 over all ids in ascending order.
    func hash() -> [UInt8] { BLAKE2b.hash(count: 32, of: ids.span) }

    /// Places in the order of rows: a disk reads forward faster.
    var placesByRow: [Int] { rows.indices.sorted { (rows[$0], $0) < (rows[$1], $1) } }

    func id(at place: Int) -> ArraySlice<UInt8> {
        ids[place * CellFormat.idByteCount..<(place + 1) * CellFormat.idByteCount]
    }

    private func firstPlace(notBefore id: [UInt8]) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if self.id(at: middle).lexicographicallyPrecedes(id) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
