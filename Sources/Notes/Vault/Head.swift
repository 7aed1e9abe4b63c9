internal import Encoding
internal import Primitives

/// What must be known before a passphrase can be tried: the same in each of the three head rows.
struct Head: Hashable {
    /// Salt of the key derivation, and the vault's name.
    let salt: ID16
    let cost: KeyDerivationCost
    /// Drawn anew when a vault is rewritten: other lineages do not merge.
    let lineage: ID16

    static let rowCount = 3

    /// BLAKE2b-128("amparo/head/1" ‖ salt ‖ ops u32 ‖ mem u64 ‖ lineage).
    var sum: [UInt8] {
        var writer = ByteWriter()
        writer.raw(Array("amparo/head/1".utf8))
        writer.raw(salt.bytes)
        writer.u32(UInt32(cost.operations))
        writer.u64(UInt64(cost.byteCount))
        writer.raw(lineage.bytes)
        return BLAKE2b.hash(count: 16, of: writer.bytes.span)
    }

    init(salt: ID16, cost: KeyDerivationCost, lineage: ID16) {
        self.salt = salt
        self.cost = cost
        self.lineage = lineage
    }

    /// - Returns: nil for a row of other types or lengths, or with a wrong sum.
    /// - Throws: `.unreasonableCost` for a sound row that asks for too much or too little.
    init?(
        salt: [UInt8]?, operations: Int64?, byteCount: Int64?, lineage: [UInt8]?, sum: [UInt8]?
    ) throws(VaultError) {
        guard let salt = salt.flatMap({ ID16($0) }), let lineage = lineage.flatMap({ ID16($0) }),
            let operations, let byteCount, let sum,
            let passes = UInt32(exactly: operations), let memory = UInt64(exactly: byteCount)
        else { return nil }
        let claimed = Head(
            salt: salt, cost: KeyDerivationCost(unchecked: Int(passes), Int(clamping: memory)),
            lineage: lineage)
        guard claimed.sum == sum else { return nil }
        guard KeyDerivationCost.operationsRange.contains(Int(passes)),
            KeyDerivationCost.byteRange.contains(Int(clamping: memory))
        else { throw .unreasonableCost(operations: operations, byteCount: byteCount) }
        self = claimed
    }
}
