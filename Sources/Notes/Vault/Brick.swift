internal import Encoding
internal import Primitives

/// Cells on their way to another device: one file of a shared folder, never changed once it has
/// its name.
///
/// Layout: "AMPBRIK1" ‖ salt 16 ‖ ops u32 ‖ mem u64 ‖ lineage 16 ‖ sum 16 ‖ count u16 ‖ cells, each
/// id 32 ‖ box 4,000 ‖ BLAKE2b-256 of all before. 1 MiB at most.
struct Brick {
    let head: Head
    /// The cells that are there from their first byte to their last; their ids still unproven.
    let cells: [(id: ArraySlice<UInt8>, box: ArraySlice<UInt8>)]
    /// Whether every byte is there and right; a file may be half copied.
    let isWhole: Bool

    static let byteLimit = 1 << 20
    static let suffix = ".brick"
    static let cellByteCount = CellFormat.idByteCount + CellFormat.boxByteCount
    private static let magic = Array("AMPBRIK1".utf8)
    private static let headerByteCount = 8 + 16 + 4 + 8 + 16 + 16 + 2
    private static let sumByteCount = 32
    static let cellLimit = (byteLimit - headerByteCount - sumByteCount) / cellByteCount

    /// - Returns: nil for another kind of file, and for one that ends before its cells begin.
    init?(parsing bytes: [UInt8]) {
        var reader = ByteReader(bytes[...])
        guard let magic = try? reader.raw(Self.magic.count), magic.elementsEqual(Self.magic),
            let salt = try? reader.raw(16), let operations = try? reader.u32(),
            let byteCount = try? reader.u64(), let lineage = try? reader.raw(16),
            let sum = try? reader.raw(16), let low = try? reader.u16(),
            let head = try? Head(
                salt: Array(salt), operations: Int64(operations),
                byteCount: Int64(clamping: byteCount), lineage: Array(lineage), sum: Array(sum))
        else { return nil }
        self.head = head
        let count = Int(low)
        var cells: [(id: ArraySlice<UInt8>, box: ArraySlice<UInt8>)] = []
        while cells.count < count, let id = try? reader.raw(CellFormat.idByteCount),
            let box = try? reader.raw(CellFormat.boxByteCount)
        {
            cells.append((id, box))
        }
        self.cells = cells
        let end = Self.headerByteCount + count * Self.cellByteCount
        isWhole =
            bytes.count == end + Self.sumByteCount
            && BLAKE2b.hash(count: 32, of: bytes.span.extracting(0..<end))
                .elementsEqual(bytes[end...])
    }

    /// - Precondition: At most `cellLimit` cells.
    static func serialized(_ cells: [SealedCell], head: Head) -> [UInt8] {
        precondition(cells.count <= cellLimit, "a brick is bounded")
        var writer = ByteWriter()
        writer.raw(magic)
        writer.raw(head.salt.bytes)
        writer.u32(UInt32(head.cost.operations))
        writer.u64(UInt64(head.cost.byteCount))
        writer.raw(head.lineage.bytes)
        writer.raw(head.sum)
        writer.u16(UInt16(cells.count))
        for cell in cells {
            writer.raw(cell.id)
            writer.raw(cell.box)
        }
        writer.raw(BLAKE2b.hash(count: sumByteCount, of: writer.bytes.span))
        return writer.bytes
    }
}
