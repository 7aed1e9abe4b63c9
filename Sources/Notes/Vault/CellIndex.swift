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
    /// Ids of this process's own commits since, in ascending order.
    private var added: [[UInt8]] = []

    var count: Int { rows.count + added.count }

    /// - Precondition: 32 bytes, not less than any before.
    mutating func append(_ id: Span<UInt8>, row: Int64) {
        for place in id.indices { ids.append(id[place]) }
        rows.append(row)
    }

    mutating func add(_ cells: [SealedCell]) {
        added.append(contentsOf: cells.map(\.id))
        added.sort { $0.lexicographicallyPrecedes($1) }
    }

    func contains(_ id: [UInt8]) -> Bool {
        if added.contains(id) { return true }
        let place = firstPlace(notBefore: id)
        return place < rows.count && self.id(at: place).elementsEqual(id)
    }

    /// The rows whose ids `keys` recognises.
    func candidates(_ keys: CellKeys) -> [(address: CellAddress, row: Int64)] {
        var found: [(address: CellAddress, row: Int64)] = []
        let span = ids.span
        for place in rows.indices {
            let start = place * CellFormat.idByteCount
            let id = span.extracting(start..<start + CellFormat.idByteCount)
            if let address = keys.recognise(id) { found.append((address, rows[place])) }
        }
        return found
    }

    /// BLAKE2b-256 over all ids in ascending order.
    func hash() -> [UInt8] {
        var state = BLAKE2bState(count: 32)
        let span = ids.span
        var done = 0
        for id in added {
            let place = firstPlace(notBefore: id) * CellFormat.idByteCount
            state.update(span.extracting(done..<place))
            state.update(id.span)
            done = place
        }
        state.update(span.extracting(done..<span.count))
        return state.finish()
    }

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
